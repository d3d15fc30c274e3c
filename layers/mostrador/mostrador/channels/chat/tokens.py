"""What the shop signs for a visitor's browser: the session, and the files that it may upload.

A token is ``{kind}.{what it says}.{signature}``: HMAC-SHA256 with the secret ``chat-key``, in base 64 for addresses.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

SESSION_SECONDS = 30 * 24 * 3600
"""How long a visitor who does not come back is known."""
FILE_SECONDS = 24 * 3600
"""How long a file that was uploaded may wait for the message that it belongs to."""
LONGEST = 2000
"""Characters of a token: the name of a file is in it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a visitor may upload, or has."""

    session: str
    key: str
    """Where it lies in the bucket."""
    name: str
    content_type: str


def new_session() -> str:
    """26 characters that nobody guesses: 128 random bits in base 32."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def session_token(session: str, expires_at: float, key: str) -> str:
    return _signed("c1", {"s": session, "x": int(expires_at)}, key)


def session_of(token: str, key: str, now: float) -> str:
    """The visitor; empty where the token is not genuine or has run out."""
    said = _said("c1", token, key, now)
    return str(said["s"]) if said else ""


def file_token(upload: Upload, expires_at: float, key: str) -> str:
    said: dict[str, str | int] = {
        "s": upload.session,
        "k": upload.key,
        "n": upload.name,
        "t": upload.content_type,
        "x": int(expires_at),
    }
    return _signed("f1", said, key)


def upload_of(token: str, session: str, key: str, now: float) -> Upload | None:
    """The file, if it is one of this visitor's."""
    said = _said("f1", token, key, now)
    if not said or said["s"] != session:
        return None
    return Upload(session, str(said["k"]), str(said["n"]), str(said["t"]))


def _signed(kind: str, said: Mapping[str, str | int], key: str) -> str:
    body = f"{kind}.{_encoded(json.dumps(said, separators=(',', ':')).encode())}"
    return f"{body}.{_signature(body, key)}"


def _said(kind: str, token: str, key: str, now: float) -> dict[str, str | int] | None:
    body, _, signature = token.rpartition(".")
    if len(token) > LONGEST or not token.isascii() or not body.startswith(f"{kind}."):
        return None
    if not key or not hmac.compare_digest(signature, _signature(body, key)):
        return None
    said: dict[str, str | int] = json.loads(_decoded(body.partition(".")[2]))
    return said if int(said["x"]) > now else None


def _signature(body: str, key: str) -> str:
    return _encoded(hmac.new(key.encode(), body.encode(), hashlib.sha256).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
