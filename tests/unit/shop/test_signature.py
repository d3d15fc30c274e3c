"""Only who knows the secret, and only now."""

import hashlib
import hmac

import pytest

from mostrador.domain.errors import NotConfigured, Refused
from mostrador.shop.signature import signature, verify

NOW = 1_795_341_600.0
SECRET = "a-secret-of-the-shop"
BODY = '{"id": "evt_1", "ñ": 1}'.encode()
STAMP = "1795341600"
GOOD = "v1=" + hmac.new(SECRET.encode(), STAMP.encode() + b"." + BODY, hashlib.sha256).hexdigest()
OTHER = "v1=" + signature("the-secret-of-last-year", STAMP, BODY)


def headers(signed: str = GOOD, stamp: str = STAMP) -> dict[str, str]:
    return {"mostrador-timestamp": stamp, "mostrador-signature": signed}


def test_signature_of_the_documentation_is_the_one_that_is_checked() -> None:
    body, stamp = b'{"id":"evt_1","type":"ping","data":{}}', "1795341600"
    assert signature("a-secret-of-the-shop", stamp, body) == (
        "a901f51474101b8807c2441be7545ddbef8819410b919b108b1ca83d481a3c81"
    )


@pytest.mark.parametrize(
    "signed", [GOOD, f"{OTHER},{GOOD}", f" {GOOD} , {OTHER}", f"v0=abc,{GOOD}"], ids=["one", "new", "old", "other kind"]
)
def test_a_request_of_the_shop_is_let_in_while_its_secret_changes(signed: str) -> None:
    verify(headers(signed), BODY, SECRET, NOW)


@pytest.mark.parametrize("moved", [-300, 0, 300])
def test_five_minutes_of_difference_are_allowed(moved: float) -> None:
    verify(headers(), BODY, SECRET, NOW + moved)


@pytest.mark.parametrize(
    ("sent", "body", "now"),
    [
        (headers(OTHER), BODY, NOW),
        (headers(), BODY + b" ", NOW),
        (headers(), BODY, NOW + 301),
        (headers(), BODY, NOW - 301),
        (headers(stamp="1795341601"), BODY, NOW),
        (headers(stamp=""), BODY, NOW),
        (headers(stamp="+1795341600"), BODY, NOW),
        (headers(stamp="١٧٩٥٣٤١٦٠٠"), BODY, NOW),
        (headers(stamp="1" * 5000), BODY, NOW),
        (headers(GOOD.removeprefix("v1=")), BODY, NOW),
        (headers(GOOD.replace("v1", "v2")), BODY, NOW),
        (headers("v1=ñ\ud800"), BODY, NOW),
        (headers(""), BODY, NOW),
        (headers(",".join([OTHER] * 5 + [GOOD])), BODY, NOW),
        ({}, BODY, NOW),
    ],
    ids=[
        "another secret",
        "another body",
        "stale",
        "from the future",
        "another time",
        "no time",
        "signed time",
        "other digits",
        "many digits",
        "no scheme",
        "another scheme",
        "not ASCII",
        "no signature",
        "one of too many",
        "no headers",
    ],
)
def test_what_the_shop_did_not_sign_now_is_refused(sent: dict[str, str], body: bytes, now: float) -> None:
    with pytest.raises(Refused):
        verify(sent, body, SECRET, now)


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_secret_that_anybody_could_guess_opens_nothing(secret: str) -> None:
    with pytest.raises(NotConfigured, match="webhook_secret"):
        verify({**headers("v1=" + signature(secret, STAMP, BODY))}, BODY, secret, NOW)
