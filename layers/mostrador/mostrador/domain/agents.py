"""Who works, as the inbox knows it: what people say of themselves, beside what the policy says of them."""

from dataclasses import dataclass

SHIFT = 12 * 3600.0
"""Seconds for which somebody is on duty because they said so: whoever forgets to go off is not on duty at night."""


@dataclass(frozen=True, slots=True)
class AgentState:
    user: str
    """The desk's id of the person."""
    on_duty: bool | None = None
    """What they said last; None: as the hours of their queues say."""
    said_at: float = 0.0
    absent_until: float = 0.0
    """Epoch seconds; until then their stand-in has their customers."""
    load: int = 0
    """Open conversations that are theirs. Changed by ``Tally`` alone."""
    revision: int = 0

    def says_on_duty(self, now: float) -> bool | None:
        """None where the hours of their queues decide, as they do again after a shift."""
        is_over = self.on_duty is True and now - self.said_at >= SHIFT
        return None if is_over else self.on_duty

    def is_absent(self, now: float) -> bool:
        return self.absent_until > now


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it was last in a queue that is given out in turns."""

    queue: str
    user: str
    revision: int = 0
