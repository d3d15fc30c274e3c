"""One half of a call: a telephone at one end, the account at the other."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["inbound", "outbound-api", "outbound-dial"]
Waiting = Literal["", "answer", "key", "voice", "talk"]
"""What whoever is at the telephone can do now."""

OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})


@dataclass(frozen=True, slots=True)
class Line:
    kind: Literal["heard", "said", "pressed"]
    words: str


@dataclass(slots=True)
class Leg:
    """``number`` is the telephone's, whichever way the call goes."""

    sid: str
    direction: Direction
    number: str
    status: str
    created: float
    callback: str = ""
    """Told when it is over."""
    waiting: Waiting = ""
    lines: list[Line] = field(default_factory=list)
    """What was said on either side, as whoever is at this telephone knows it."""
    answered: float = 0.0
    ended: float = 0.0
    deeds: asyncio.Queue[tuple[str, str]] = field(default_factory=asyncio.Queue)
    """What a person does: ``key``, ``voice``, ``pick_up``, ``machine``, ``busy``, ``hang_up``, and with what."""

    @property
    def heard(self) -> list[str]:
        return [line.words for line in self.lines if line.kind == "heard"]

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def seconds(self) -> int:
        return round(self.ended - self.answered) if self.answered and self.ended else 0


class VoiceState:
    def __init__(self) -> None:
        self.legs: dict[str, Leg] = {}
        self.recordings: dict[str, bytes] = {}
