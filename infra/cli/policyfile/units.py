"""Lengths of time, days, hours, numbers and money, as they are written in the file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated

from cli.policyfile import days
from cli.policyfile.reading import NotUnderstood, Written
from mostrador.policy.model import Interval

_SECONDS = {"s": 1, "m": 60, "h": 3600}
_SPAN = re.compile(r"(\d+)\s*([smhd])")
_SPAN_SCHEMA = r"^\s*(\d+\s*[smhd]\s*)+$"


@dataclass(frozen=True, slots=True)
class Span:
    days: int
    seconds: int

    def in_seconds(self, day: int = 86_400) -> int:
        """``day``: how many seconds one is; opening time knows shorter ones."""
        return self.days * day + self.seconds


def _span(written: str) -> Span:
    if not re.fullmatch(_SPAN_SCHEMA, written):
        raise NotUnderstood(f"`{written}` is no length of time; write a number and s, m, h or d, such as 90s or 2h")
    parts = [(int(number), unit) for number, unit in _SPAN.findall(written)]
    whole = sum(number for number, unit in parts if unit == "d")
    span = Span(whole, sum(number * _SECONDS[unit] for number, unit in parts if unit != "d"))
    if not span.in_seconds():
        raise NotUnderstood(f"`{written}` is no time at all; write one such as 2h")
    return span


def _hold(written: str) -> int:
    return 0 if re.fullmatch(r"0\s*s?", written) else _span(written).in_seconds()


_SPAN_JSON = {"type": "string", "pattern": _SPAN_SCHEMA, "examples": ["90s", "3m", "2h", "4d"]}
OpeningTime = Annotated[Span, Written(_span, _SPAN_JSON)]
"""Counted in opening time alone; a ``d`` is then an ordinary day of the shop."""
Seconds = Annotated[int, Written(lambda written: _span(written).in_seconds(), _SPAN_JSON)]
Hold = Annotated[int, Written(_hold, {**_SPAN_JSON, "examples": ["0s", "10s", "2m"]})]
MonthDay = Annotated[str, Written(days.month_day, {"type": "string", "pattern": r"^\d{1,2}-\d{1,2}$"})]
SingleDay = Annotated[str, Written(days.single_day, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]


INTERVALS_JSON = {"type": "string", "examples": ["10:00-14:00, 17:00-20:00", "22:00-02:00", "closed"]}
Intervals = Annotated[tuple[Interval, ...], Written(days.intervals, INTERVALS_JSON)]


# Numbers


def _whole(smallest: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        if not re.fullmatch(r"\d+", written) or int(written) < smallest:
            raise NotUnderstood(f"`{written}` is not a whole number from {smallest} up")
        return int(written)

    return read


def _money(written: str) -> int:
    if not re.fullmatch(r"\d+([.,]\d{1,2})?", written):
        raise NotUnderstood(f"`{written}` is no amount; write it without currency or separators, such as 1500 or 49.90")
    return int(Decimal(written.replace(",", ".")) * 100)


def _weight(written: str) -> float:
    try:
        weight = Decimal(written.replace(",", "."))
    except InvalidOperation:
        weight = Decimal(0)
    if not 0 < weight <= 100:
        raise NotUnderstood(f"`{written}` is no weight; write a number over 0, such as 1 or 2.5")
    return float(weight)


def _retention(written: str) -> int:
    return _span(written).in_seconds() // 86_400 if written.endswith("d") else _whole(1)(written)


Count = Annotated[int, Written(_whole(0), {"type": "integer", "minimum": 0})]
Positive = Annotated[int, Written(_whole(1), {"type": "integer", "minimum": 1})]
Percent = Annotated[int, Written(_whole(0), {"type": "integer", "minimum": 1, "maximum": 99})]
Weight = Annotated[float, Written(_weight, {"type": "number", "exclusiveMinimum": 0, "maximum": 100})]
Money = Annotated[int, Written(_money, {"type": ["number", "string"], "minimum": 0, "examples": [500, 49.9]})]
"""Hundredths, once it is read."""
Days = Annotated[int, Written(_retention, {"type": ["integer", "string"], "minimum": 1, "examples": [365, "90d"]})]
