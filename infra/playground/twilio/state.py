"""What the account remembers."""

import secrets
from dataclasses import dataclass, field
from typing import Literal

from playground.files import StoredFile

Direction = Literal["inbound", "outbound-api", "outbound-reply"]


@dataclass(slots=True)
class TwilioMessage:
    """A message of the account. Times are seconds since the epoch."""

    sid: str
    direction: Direction
    sender: str
    recipient: str
    body: str
    status: str
    created: float
    updated: float
    sent: float | None = None
    media: list[str] = field(default_factory=list)
    error_code: int | None = None
    error_message: str | None = None
    status_callback: str | None = None
    messaging_service_sid: str | None = None
    content_sid: str | None = None


class TwilioState:
    def __init__(self) -> None:
        self.messages: dict[str, TwilioMessage] = {}
        self.opted_out: set[tuple[str, str]] = set()
        self.refusals_left: dict[str, int] = {}

    def taken_in(self, sender: str, to: str, text: str, files: list[StoredFile], now: float) -> TwilioMessage:
        """A message of somebody's, as the account keeps it."""
        message = TwilioMessage(
            sid=new_sid("MM" if files else "SM"),
            direction="inbound",
            sender=sender,
            recipient=to,
            body=text,
            status="received",
            created=now,
            updated=now,
            sent=now,
            media=[file.id for file in files],
        )
        self.messages[message.sid] = message
        return message


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)
