# One JSON object on stdin, one on stdout.
import base64
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "webhooks"))

from jwcrypto.jwk import JWK  # noqa: E402
from verify import decrypt, verify_kayle, verify_standard  # noqa: E402


def attempt(work, otherwise):
    try:
        return work()
    except Exception:
        return otherwise


given = attempt(lambda: json.load(sys.stdin), {})
secret, headers = attempt(lambda: (given["secret"], given["headers"]), (None, None))
body = attempt(lambda: base64.b64decode(given["body"]), b"")


def event():
    pem = given.get("private_key")
    return json.loads(decrypt(JWK.from_pem(pem.encode()), body) if pem else body)


print(json.dumps({
    "kayle": attempt(lambda: verify_kayle(secret, headers, body, given.get("now")), False),
    "standard": attempt(lambda: verify_standard(secret, headers, body), False),
    "event": attempt(event, None),
}))
