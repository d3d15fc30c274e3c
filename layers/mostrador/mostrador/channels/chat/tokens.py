"""What the shop signs for a visitor's browser, with the secret ``chat-key``: the session, and files to upload."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from mostrador.channels.signed import said_by, sign

SESSION_SECONDS = 30 * 24 * 3600
"""How long a visitor who does not come back is known."""
FILE_SECONDS = 24 * 3600
"""How long a file that was uploaded may wait for the message that it belongs to."""


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
    return sign("c1", {"s": session, "x": int(expires_at)}, key)


def session_of(token: str, key: str, now: float) -> str:
    """The visitor; empty where the token is not genuine or has run out."""
    said = said_by("c1", token, key, now)
    return str(said["s"]) if said else ""


def mail_proof(session: str, mail: str, key: str) -> str:
    """Stands in the mails that go to an address which this visitor left, and nowhere else: 100 bits in base 32.

    It says nothing by itself, and is worth nothing in another visitor's browser.
    """
    digest = hmac.new(key.encode(), f"m1:{session}:{mail}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:20]


def proves(proof: str, session: str, mail: str, key: str) -> bool:
    return bool(mail) and hmac.compare_digest(proof.encode(), mail_proof(session, mail, key).encode())


def file_token(upload: Upload, expires_at: float, key: str) -> str:
    said: dict[str, str | int] = {
        "s": upload.session,
        "k": upload.key,
        "n": upload.name,
        "t": upload.content_type,
        "x": int(expires_at),
    }
    return sign("f1", said, key)


def upload_of(token: str, session: str, key: str, now: float) -> Upload | None:
    """The file, if it is one of this visitor's."""
    said = said_by("f1", token, key, now)
    if not said or said["s"] != session:
        return None
    return Upload(session, str(said["k"]), str(said["n"]), str(said["t"]))
