# pip install "standardwebhooks>=1.1,<2" "jwcrypto>=1.6.1,<2"
import hashlib
import hmac
import re
import time
from typing import Mapping, Optional

from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK
from standardwebhooks import Webhook, WebhookVerificationError

TOLERANCE = 5 * 60  # seconds


def verify_kayle(secret: str, headers: Mapping[str, str], body: bytes, now: Optional[float] = None) -> bool:
    """Whether X-Kayle-Signature was made with `secret` over `body`, at most five minutes from `now`.

    `secret` is the whole secret, `whsec_…`; `body` the bytes exactly as received; `now` Unix seconds.
    """
    header = {name.lower(): value for name, value in headers.items()}.get("x-kayle-signature", "")
    at, *offered = header.split(",")
    match = re.fullmatch(r"t=([0-9]{1,12})", at)
    now = time.time() if now is None else now
    if match is None or abs(int(now) - int(match[1])) > TOLERANCE:
        return False
    mac = hmac.new(secret.encode(), match[1].encode() + b"." + body, hashlib.sha256)
    expected = f"v1={mac.hexdigest()}".encode()
    return any(hmac.compare_digest(one.encode(errors="replace"), expected) for one in offered)


def verify_standard(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the Standard Webhooks headers are genuine and recent; parameters as for `verify_kayle`."""
    webhook = Webhook(secret)  # raises if the secret itself is malformed
    try:
        webhook.verify(body, headers, json_parse=False)  # an encrypted body is not JSON
    except (WebhookVerificationError, ValueError):  # ValueError: a header or body that cannot be decoded
        return False
    return True


def decrypt(private_key: JWK, body: bytes) -> str:
    """The JSON text of a verified body sent as application/jose; raises if it does not decrypt.

    `private_key` is what `JWK.from_pem(pem)` returns.
    """
    token = JWE(algs=["RSA-OAEP-256", "A256GCM"])
    token.deserialize(body.decode("ascii"), private_key)
    return token.payload.decode()
