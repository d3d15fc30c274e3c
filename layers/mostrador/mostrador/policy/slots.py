"""The times at which somebody can be offered a call."""

from datetime import timedelta
from math import ceil

from mostrador.policy.hours import Calendar

STEP = 1800
"""Seconds: calls are offered for the hour and for half past."""
NOTICE = 1800
"""Seconds from now to the first one, at least."""


def slots(calendar: Calendar, now: float) -> tuple[float, ...]:
    """Three at most, in order and all within the hours: the next, one an hour later, and the first of another day."""
    first = _next(calendar, now + NOTICE)
    if first is None:
        return ()
    second = _next(calendar, first + 2 * STEP)
    after = calendar.midnight(calendar.day(max(first, second or 0.0)) + timedelta(days=1))
    found = (first, second, _next(calendar, float(after)))
    return tuple(at for at in found if at is not None)


def _next(calendar: Calendar, at: float) -> float | None:
    """The first full or half hour from ``at`` on, or the opening itself."""
    opens = calendar.next_opening(ceil(at / STEP) * STEP)
    if opens is None or opens % STEP == 0 or not calendar.is_open(ceil(opens / STEP) * STEP):
        return opens
    return float(ceil(opens / STEP) * STEP)
