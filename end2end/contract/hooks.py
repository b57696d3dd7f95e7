"""What Schemathesis cannot guess: ids that exist, keys that are new, addresses a browser could open."""

import itertools
import os
import re

import schemathesis
from hypothesis import strategies as st

SESSION = os.environ["CONTRACT_SESSION"]
ENDPOINT = os.environ["CONTRACT_ENDPOINT"]
serial = itertools.count()

schemathesis.openapi.format("session-id", st.just(SESSION))
schemathesis.openapi.format("webhook-endpoint-id", st.just(ENDPOINT))
schemathesis.openapi.format(
    "uri",
    st.sampled_from([
        "https://yourapp.example/done",
        "https://yourapp.example:8443/a/b?c=d#e",
        "https://xn--bcher-kva.example/",
        "https://[2001:db8::1]/",
    ]),
)


def is_id(value, prefix):
    return isinstance(value, str) and re.fullmatch(prefix + "_[0-9a-f]{32}", value) is not None


def is_address(value):
    return isinstance(value, str) and re.fullmatch(r"https?://[^\s@/?#]+([/?#]\S*)?", value) is not None and len(value) <= 2048


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts ids that exist where well-formed ones stand; what is malformed stays as it is."""
    if case.query and is_id(case.query.get("starting_after"), "vs"):
        case.query["starting_after"] = SESSION
    if isinstance(case.body, dict):
        if is_address(case.body.get("url")):
            case.body["url"] = "https://yourapp.example/hooks"
        named = case.body.get("webhook_endpoint_id")
        if is_id(named, "whe"):
            case.body["webhook_endpoint_id"] = ENDPOINT
        elif isinstance(named, list) and all(is_id(item, "whe") for item in named):
            case.body["webhook_endpoint_id"] = [ENDPOINT for _ in named]
    key = case.headers and case.headers.get("Idempotency-Key")
    if isinstance(key, str) and re.fullmatch("[!-~]{1,255}", key):
        case.headers["Idempotency-Key"] = f"contract-{next(serial)}"
