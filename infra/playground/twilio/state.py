"""What the account and the phones remember."""

import secrets
from dataclasses import dataclass, field
from typing import Literal

from playground.cast import SHOPPERS

App = Literal["sms", "whatsapp"]
"""What a message is read in."""
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


@dataclass(slots=True)
class PhoneMessage:
    """A message as the phone shows it; `sent` and `received` are the shopper's view of it."""

    id: str
    phone: str
    direction: Literal["sent", "received"]
    text: str
    media: list[str]
    date: float
    problem: str | None = None
    app: App = "sms"


class TwilioState:
    def __init__(self) -> None:
        self.messages: dict[str, TwilioMessage] = {}
        self.phones = {shopper.phone: shopper.name for shopper in SHOPPERS}
        self.on_phones: list[PhoneMessage] = []
        self.opted_out: set[tuple[str, str]] = set()
        self.refusals_left: dict[str, int] = {}
        self.wrote: dict[str, float] = {}
        """When somebody last wrote by WhatsApp, by their number: the window counts from then."""

    def phone(self, number: str) -> str:
        """A number that nobody has yet gets a phone of its own."""
        self.phones.setdefault(number, number)
        return number


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)
