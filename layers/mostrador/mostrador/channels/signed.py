"""What the shop signs for a browser to bring back: ``{kind}.{what it says}.{signature}``.

The signature is an HMAC-SHA256 over all that stands before it, in base 64 for addresses.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

LONGEST = 2000
"""Characters of a token: the name of a file may be in it."""

type Said = Mapping[str, str | int]
"""``x`` is when it runs out: epoch seconds."""


def sign(kind: str, said: Said, key: str) -> str:
    written = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    body = f"{kind}.{_encoded(written.encode('utf-8', 'replace'))}"
    return f"{body}.{_signature(body, key)}"


def said_by(kind: str, token: str, key: str, now: float) -> Said | None:
    """What a genuine token of this kind says; None for every other one, and for one that has run out."""
    said = genuine(kind, token, key)
    return said if said and int(said["x"]) > now else None


def genuine(kind: str, token: str, key: str) -> Said | None:
    """What it says, whether or not it has run out."""
    body, _, signature = token.rpartition(".")
    if len(token) > LONGEST or not token.isascii() or not body.startswith(f"{kind}."):
        return None
    if not key or not hmac.compare_digest(signature, _signature(body, key)):
        return None
    said: Said = json.loads(_decoded(body.partition(".")[2]))
    return said


def _signature(body: str, key: str) -> str:
    return _encoded(hmac.new(key.encode(), body.encode(), hashlib.sha256).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
