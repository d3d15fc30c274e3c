"""What a browser said, on its way to the inbox."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from mostrador.channels.chat.frames import LeaveEmail, Receipt, Send
from mostrador.channels.chat.tokens import Upload
from mostrador.domain.chat import CHAT, Connection
from mostrador.domain.messages import Page, ProviderEvent


def message_event(
    connection: Connection, frame: Send, uploads: Iterable[Upload], now: float, page: Page | None = None
) -> ProviderEvent:
    """``frame.ref`` makes it the same event however often it is sent."""
    payload: dict[str, Any] = {
        "type": "send",
        "ref": frame.ref,
        "text": frame.text,
        "language": connection.language,
        "files": [{"key": file.key, "name": file.name, "content_type": file.content_type} for file in uploads],
        **({"page": asdict(page)} if page else {}),
    }
    return _event(connection.session, f"{connection.session}:{frame.ref}", payload, now)


def email_event(connection: Connection, frame: LeaveEmail, now: float) -> ProviderEvent:
    payload: dict[str, Any] = {
        "type": "leave_email",
        "ref": frame.ref,
        "email": frame.email.strip().lower(),
        "name": frame.name[:100],
    }
    return _event(connection.session, f"{connection.session}:{frame.ref}", payload, now)


def proof_event(connection: Connection, mail: str, now: float) -> ProviderEvent:
    """The browser brought what stands in a mail to ``mail`` alone."""
    payload: dict[str, Any] = {"type": "proof", "email": mail}
    return _event(connection.session, f"{connection.session}:proof:{now:.0f}", payload, now)


def receipt_events(session: str, frame: Receipt, now: float) -> Sequence[ProviderEvent]:
    return [_receipt_event(session, message_id, frame.state, now) for message_id in dict.fromkeys(frame.ids)]


def _receipt_event(session: str, message_id: str, state: str, now: float) -> ProviderEvent:
    payload: dict[str, Any] = {"type": "receipt", "id": message_id, "state": state}
    return _event(session, f"{session}:{message_id}:{state}", payload, now)


def _event(session: str, event_id: str, payload: dict[str, Any], now: float) -> ProviderEvent:
    return ProviderEvent(CHAT, event_id, session, payload, now)


def ref_of(provider_id: str, session: str) -> str:
    """The ``ref`` under which the visitor sent a message; empty where it came another way."""
    return provider_id.removeprefix(f"{session}:") if provider_id.startswith(f"{session}:") else ""
