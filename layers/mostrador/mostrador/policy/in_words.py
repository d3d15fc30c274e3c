"""Moments, spans and hours as a shop would say them. A language that is not ours reads the base one (``catalogue``)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from math import ceil, floor

from mostrador.domain.catalogue import say
from mostrador.policy.hours import DAY, Calendar, merged, season_of, week_of
from mostrador.policy.model import Hours, Interval

MINUTE = 60
HOUR = 3600
NIGHT = 43_200
"""Seconds: who is still open so long after midnight has no closing time that concerns today."""
ROUND = 300
"""Seconds: nobody promises an answer before 12:27."""
SOON_TO_NAME_A_YEAR = 300
"""Days for which a date needs no year."""


# Spans


def span(seconds: float, language: str) -> str:
    """``seconds`` in the two largest units that matter, rounded to the smaller one: "una hora y media"."""
    whole, minutes = round(seconds), round(seconds / MINUTE)
    if whole < MINUTE:
        return _count("second", whole, language)
    if minutes < 60:
        return say("times.half_hour", language) if minutes == 30 else _count("minute", minutes, language)
    if minutes < DAY:
        return _hours(*divmod(minutes, 60), language)
    days, hours = divmod(round(seconds / HOUR), 24)
    parts = [_count("day", days, language), *([_count("hour", hours, language)] if hours else [])]
    return joined(parts, language)


def ahead(seconds: float, language: str) -> str:
    """ "in two hours", "dentro de dos horas"."""
    return say("times.ahead", language, span=span(seconds, language))


def _hours(hours: int, minutes: int, language: str) -> str:
    if minutes == 30:
        return _count("hour", hours, language, "_and_half")
    parts = [_count("hour", hours, language), *([_count("minute", minutes, language)] if minutes else [])]
    return joined(parts, language)


def _count(unit: str, count: int, language: str, half: str = "") -> str:
    if count == 1:
        return say(f"times.{unit}{half}", language)
    word = say(f"times.number.{count}", language) if 2 <= count <= 10 else str(count)
    return say(f"times.{unit}s{half}", language, count=word)


# Moments


def moment(at: float, now: float, language: str, zone: tzinfo) -> str:
    """ "mañana a las 10:00", "el lunes 23 de noviembre a las 10:00"; the year where the date is far from ``now``."""
    shown = datetime.fromtimestamp(at, zone)
    day = _day(shown.date(), datetime.fromtimestamp(now, zone).date(), language)
    return say("times.at", language, day=day, clock=_clock(shown, language))


def deadline(at: float, now: float, language: str, zone: tzinfo, *, exact: bool = False) -> str:
    """ "antes de las 12:30", "mañana antes de las 12:00", "el lunes antes de las 12:00": never earlier than ``at``.

    ``exact`` is for agents: the minute that their card shows, and no later one, which might still be to come.
    """
    rounded = floor(at / MINUTE) * MINUTE if exact else ceil(at / ROUND) * ROUND
    # What ends at midnight ends with the day before it.
    last = datetime.fromtimestamp(rounded - 1, zone).date()
    today = datetime.fromtimestamp(now, zone).date()
    shown = datetime.fromtimestamp(rounded, zone)
    clock = say("times.midnight", language) if shown.date() > last else _clock(shown, language)
    if last == today:
        return say("times.before", language, clock=clock)
    return say("times.day.before", language, day=_coming(last, today, language), clock=clock)


def _coming(day: date, today: date, language: str) -> str:
    if 2 <= (day - today).days <= 6:
        return say("times.day.weekday", language, weekday=_weekday(day.weekday(), language))
    return _day(day, today, language)


def _day(day: date, today: date, language: str) -> str:
    away = (day - today).days
    if -1 <= away <= 1:
        return say(f"times.day.{('today', 'tomorrow', 'yesterday')[away]}", language)
    month = say(f"times.month.{day.month}", language)
    if abs(away) > SOON_TO_NAME_A_YEAR:
        return say("times.day.year", language, number=day.day, month=month, year=day.year)
    return say("times.day.date", language, weekday=_weekday(day.weekday(), language), number=day.day, month=month)


def _clock(shown: datetime, language: str) -> str:
    return say("times.clock.one" if shown.hour == 1 else "times.clock", language, time=_time(shown))


def _time(shown: datetime) -> str:
    return f"{shown.hour}:{shown:%M}"


def _weekday(day: int, language: str) -> str:
    return say(f"times.weekday.{day}", language)


# A week of hours


def week(hours: Hours, language: str, day: date) -> str:
    """The week that counts on ``day`` in one line, without a full stop; a season says until when it lasts."""
    text = _week(hours, week_of(hours, day), language)
    season = season_of(hours, day)
    if season is None:
        return text
    month, number = season.ends.split("-")
    ends = say("times.date", language, number=int(number), month=say(f"times.month.{int(month)}", language))
    return say("times.season", language, week=text, date=ends)


def _week(hours: Hours, days: Sequence[Sequence[Interval]], language: str) -> str:
    """Holidays stand behind Sunday, like an eighth day."""
    each = [_intervals(day, language) for day in days]
    closed = say("times.closed", language)
    if set(each) == {closed}:
        return closed
    each += [closed] if hours.keeps_holidays else []
    groups = [(text, [day for day, _ in same]) for text, same in groupby(enumerate(each), lambda pair: pair[1])]
    return "; ".join(f"{joined(_days(numbers, language), language)}, {text}" for text, numbers in groups)


def _days(numbers: Sequence[int], language: str) -> list[str]:
    """Neighbours in order, where 7 stands for holidays: "lunes a jueves"; "sábado", "domingo", "festivos"."""
    days = [_weekday(number, language) for number in numbers if number < 7]
    if len(days) == 7:
        days = [say("times.every_day", language)]
    elif len(days) > 2:
        days = [say("times.range", language, first=days[0], last=days[-1])]
    return days + ([say("times.holidays", language)] if 7 in numbers else [])


def _intervals(day: Sequence[Interval], language: str) -> str:
    spans = merged((interval.begins, interval.ends) for interval in day)
    if not spans:
        return say("times.closed", language)
    if spans[0][0] == 0 and spans[0][1] >= DAY:
        return say("times.all_day", language)
    return joined([f"{_minutes(begins)}-{_minutes(ends)}" for begins, ends in spans], language)


def _minutes(minutes: int) -> str:
    hour, minute = divmod(minutes if minutes == DAY else minutes % DAY, 60)
    return f"{hour}:{minute:02}"


# Today


def today(calendar: Calendar, now: float, language: str) -> str:
    """One or two sentences: until when it is open today, or that it is closed and when it opens again."""
    day = calendar.day(now)
    begins, ends = calendar.midnight(day), calendar.midnight(day + timedelta(days=1))
    openings = calendar.openings(begins, ends)
    if openings == [(begins, ends)]:
        return say("times.today.all_day", language)
    left = [_opening(calendar, opens, ends, now, language) for opens, closes in openings if closes > now]
    if left:
        return say("times.today.open", language, openings=joined(left, language))
    has_been = any(opens > begins for opens, _ in openings)
    return _closed(calendar, now, language, has_been=has_been)


def _opening(calendar: Calendar, opens: float, midnight: float, now: float, language: str) -> str:
    closes = calendar.closing(opens)
    first = datetime.fromtimestamp(opens, calendar.zone)
    if closes is None or closes > midnight + NIGHT:
        return say("times.from", language, clock=_clock(first, language))
    last = datetime.fromtimestamp(closes, calendar.zone)
    if opens <= now:
        return say("times.until", language, clock=_clock(last, language))
    return say("times.from_to", language, begins=_time(first), ends=_time(last))


def _closed(calendar: Calendar, now: float, language: str, *, has_been: bool) -> str:
    holiday = calendar.holiday(now)
    if holiday:
        text = say("times.today.holiday", language, holiday=holiday)
    else:
        text = say("times.today.over" if has_been else "times.today.closed", language)
    opens = calendar.next_opening(now)
    if opens is None:
        return text
    return say("times.today.back", language, today=text, moment=moment(opens, now, language, calendar.zone))


def joined(parts: Sequence[str], language: str) -> str:
    """ "uno, dos y tres". Raises IndexError where there is nothing to join."""
    if len(parts) == 1:
        return parts[0]
    return say("times.and", language, one=", ".join(parts[:-1]), other=parts[-1])
