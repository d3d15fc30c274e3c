"""Days and times as a shop writes them: ``monday-thursday``, ``10:00-14:00, 17:00-20:00``, ``22:00-02:00``."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from cli.policyfile.reading import NotUnderstood
from mostrador.policy.model import Interval

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPANISH_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
CLOSED = ("closed", "cerrado")
DAY_MINUTES = 1440

_NUMBERS = {name: number for names in (DAYS, SPANISH_DAYS) for number, name in enumerate(names)} | {
    "miercoles": 2,
    "sabado": 5,
}
_RANGE = re.compile(r"(\w+)(?:\s*[-\u2013]\s*|\s+(?:to|a)\s+)(\w+)")
_INTERVAL = re.compile(r"(\S+?)(?:\s*[-\u2013]\s*|\s+(?:to|a)\s+)(\S+)")
_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?")
_LEAP_YEAR = 2000


def day_numbers(written: str) -> tuple[int, ...]:
    """0 is Monday. Raises NotUnderstood naming the word that is no day."""
    return tuple(number for part in written.split(",") for number in _span(part.strip().casefold()))


def _span(part: str) -> Iterator[int]:
    ends = _RANGE.fullmatch(part)
    first, last = (_day(ends[1]), _day(ends[2])) if ends else (_day(part), _day(part))
    yield first
    while first != last:
        first = (first + 1) % 7
        yield first


def _day(word: str) -> int:
    if word not in _NUMBERS:
        raise NotUnderstood(word)
    return _NUMBERS[word]


def day_words() -> tuple[str, ...]:
    return (*DAYS, *SPANISH_DAYS)


def days_pattern() -> str:
    """A day, a range of days, or several of them, for JSON Schema, which cannot say that capitals do not matter."""
    day = "|".join(f"[{name[0].upper()}{name[0]}]{name[1:]}" for name in _NUMBERS)
    some = rf"({day})((\s*[-\u2013]\s*|\s+(to|a)\s+)({day}))?"
    return rf"^{some}(\s*,\s*{some})*$"


def intervals(written: str) -> tuple[Interval, ...]:
    """In order of time. Raises NotUnderstood; an end before its beginning lies on the next day."""
    if written.strip().casefold() in CLOSED:
        return ()
    read = sorted((_interval(part.strip()) for part in written.split(",")), key=lambda each: each.begins)
    for earlier, later in pairwise(read):
        if later.begins < earlier.ends:
            raise NotUnderstood(
                f"{shown(earlier)} and {shown(later)} overlap; write one interval, or let a gap between"
            )
    return tuple(read)


def _interval(part: str) -> Interval:
    ends = _INTERVAL.fullmatch(part)
    if not ends:
        raise NotUnderstood(f"`{part}` is no interval; write one such as 10:00-14:00, or `closed`")
    begins, finishes = _minutes(ends[1]), _minutes(ends[2])
    if begins in (finishes, DAY_MINUTES):
        raise NotUnderstood(f"`{part}` ends when it begins; for the whole day write 00:00-24:00, for none `closed`")
    return Interval(begins, finishes if finishes > begins else finishes + DAY_MINUTES)


def _minutes(written: str) -> int:
    time = _TIME.fullmatch(written)
    hours, minutes = (int(time[1]), int(time[2] or 0)) if time else (25, 0)
    if minutes > 59 or hours * 60 + minutes > DAY_MINUTES:
        raise NotUnderstood(f"`{written}` is no time of day; write it from 00:00 to 24:00, such as 09:30")
    return hours * 60 + minutes


def shown(interval: Interval) -> str:
    begins, ends = (f"{minutes // 60 % 24:02}:{minutes % 60:02}" for minutes in (interval.begins, interval.ends))
    return f"{begins}-{'24:00' if interval.ends == DAY_MINUTES else ends}"


def month_day(written: str) -> str:
    """``MM-DD``; the 29th of February is a day. Raises NotUnderstood."""
    parts = re.fullmatch(r"(\d{1,2})-(\d{1,2})", written)
    numbers = [int(part) for part in parts.groups()] if parts else []
    if numbers and _exists(_LEAP_YEAR, *numbers):
        return f"{numbers[0]:02}-{numbers[1]:02}"
    if numbers and _exists(_LEAP_YEAR, *reversed(numbers)):
        raise NotUnderstood(
            f"`{written}` has no month {numbers[0]}; the month comes first: {numbers[1]:02}-{numbers[0]:02}"
        )
    raise NotUnderstood(f"`{written}` is no day of the year; write month and day, such as 08-15")


def single_day(written: str) -> str:
    """``YYYY-MM-DD``. Raises NotUnderstood."""
    parts = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", written)
    if parts and _exists(*(int(part) for part in parts.groups())):
        return written
    raise NotUnderstood(f"`{written}` is no date; write year, month and day, such as 2026-12-24")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
