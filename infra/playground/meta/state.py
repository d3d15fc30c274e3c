"""What the business account remembers."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from playground.meta.content import Content
from playground.whatsapp import Person

type Json = dict[str, Any]

BURST, EVERY = 45, 6.0
"""Messages to one person at once, and seconds for each that follows. Source: Meta, "Pair rate limits"."""


@dataclass(slots=True)
class CloudMessage:
    """One of the shop's. `opaque` is its own word for it, which every status repeats."""

    id: str
    to: Person
    content: Content
    opaque: str
    status: str = "accepted"
    media: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Pair:
    """How many messages one person may get right now, and when that was reckoned."""

    left: float = BURST
    at: float = 0.0

    def take(self, now: float) -> bool:
        self.left = min(BURST, self.left + (now - self.at) / EVERY)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class MetaState:
    def __init__(self) -> None:
        self.messages: dict[str, CloudMessage] = {}
        self.received: set[str] = set()
        """The ids of what people sent: these can be marked as read."""
        self.media: dict[str, str] = {}
        """The files behind media ids."""
        self.addresses: dict[str, tuple[str, float]] = {}
        """The file behind an address, and until when it can be fetched."""
        self.refusals_left: dict[str, int] = {}
        self._pairs: dict[str, Pair] = {}

    def keep(self, file_id: str) -> str:
        """A media id for a file."""
        media_id = str(10**15 + secrets.randbelow(9 * 10**15))
        self.media[media_id] = file_id
        return media_id

    def may_send(self, phone: str, now: float) -> bool:
        return self._pairs.setdefault(phone, Pair(at=now)).take(now)
