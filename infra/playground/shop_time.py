"""What time it is in the shop: a policy varied in such a way that this very moment lies in the morning, in the lunch
break, on a holiday. The shop's code knows nothing of it: it reads a policy like any other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mostrador.policy.hours import DAY, season_of
from mostrador.policy.model import Hours, Interval, Patience, Policy, Season, Target

SPEED = 60
"""How many times faster promises run in a hurry: two hours take two minutes."""
FEAST = "San Isidro"
IN_AUGUST = date(2026, 8, 12)
"""Any day on which a shop that has hours for August keeps them."""
SMALL_HOURS = 300
"""Minutes from midnight until which a night is followed by that same day."""


class Moment(StrEnum):
    """What this moment is, as far as the shop is concerned."""

    AS_IT_IS = "as_it_is"
    MORNING = "morning"
    LUNCH = "lunch"
    NIGHT = "night"
    HOLIDAY = "holiday"
    AUGUST = "august"


@dataclass(frozen=True, slots=True)
class Pretence:
    """``hurry``: everything that runs in hours runs in minutes."""

    moment: Moment = Moment.AS_IT_IS
    hurry: bool = False


def pretending(policy: Policy, pretence: Pretence, now: float) -> Policy:
    """The policy under which ``now``, in epoch seconds, is what is pretended."""
    shown = datetime.fromtimestamp(now, ZoneInfo(policy.timezone))
    varied = _VARIATIONS[pretence.moment](policy, shown.date(), shown.hour * 60 + shown.minute)
    return hurried(varied) if pretence.hurry else varied


def hurried(policy: Policy) -> Policy:
    targets = {each.id: _sooner(each) for each in policy.targets.values()}
    return replace(policy, targets=targets, patience=_impatient(policy.patience))


def _sooner(target: Target) -> Target:
    return replace(target, first=_part(target.first), next=_part(target.next))


def _impatient(patience: Patience) -> Patience:
    return replace(
        patience,
        follow_up_after=_part(patience.follow_up_after),
        close_after=_part(patience.close_after),
        community_wait=_part(patience.community_wait),
        callback_again=_part(patience.callback_again),
    )


def _part(seconds: int) -> int:
    """Rounded up, since nothing at all has a meaning of its own."""
    return -(-seconds // SPEED)


def _as_it_is(policy: Policy, _day: date, _minute: int) -> Policy:
    return policy


def _morning(policy: Policy, day: date, minute: int) -> Policy:
    """Open for an hour already, for three more, and again later where the day is long enough."""
    return _today(policy, day, [(minute - 60, minute + 180), (minute + 360, minute + 540)])


def _lunch(policy: Policy, day: date, minute: int) -> Policy:
    """Closed half an hour ago; an hour and a half to go, or as much as is left of the day."""
    return _today(policy, day, [(minute - 240, minute - 30), (min(minute + 90, DAY - 1), minute + 270)], closed=minute)


def _night(policy: Policy, day: date, minute: int) -> Policy:
    """The day is over and the next one comes as usual; in the small hours, the day is still to come."""
    if minute <= SMALL_HOURS:
        return _today(policy, day, [(600, 840), (1020, 1200)])
    return _today(policy, day, [(minute - 720, minute - 180)])


def _holiday(policy: Policy, day: date, _minute: int) -> Policy:
    """For everybody, whoever else works on holidays."""
    hours = {each.id: replace(_unspecial(each, day), keeps_holidays=True) for each in policy.hours.values()}
    return replace(policy, hours=hours, holidays={**policy.holidays, day.isoformat(): FEAST})


def _august(policy: Policy, day: date, _minute: int) -> Policy:
    """The hours of August for a month from today, where there are any; a holiday today is none."""
    holidays = {each: name for each, name in policy.holidays.items() if each != day.isoformat()}
    hours = {each.id: _unspecial(_from_today(each, day), day) for each in policy.hours.values()}
    return replace(policy, hours=hours, holidays=holidays)


def _from_today(hours: Hours, day: date) -> Hours:
    august = season_of(hours, IN_AUGUST)
    if august is None:
        return hours
    begins, ends = (f"{each:%m-%d}" for each in (day, day + timedelta(days=30)))
    return replace(hours, seasons=(Season(august.name, begins, ends, august.week), *hours.seasons))


def _unspecial(hours: Hours, day: date) -> Hours:
    return replace(hours, special={each: open_ for each, open_ in hours.special.items() if each != day.isoformat()})


def _today(policy: Policy, day: date, spans: list[tuple[int, int]], *, closed: int | None = None) -> Policy:
    """``spans`` in minutes from midnight, for all hours alike. What begins yesterday begins at midnight instead, what
    begins tomorrow is left out, and so is what is open at ``closed``."""
    kept = [(max(0, begins), ends) for begins, ends in spans if begins < DAY and ends > max(0, begins)]
    intervals = tuple(Interval(*span) for span in kept if closed is None or not span[0] <= closed < span[1])
    hours = {each.id: _with_special(each, day, intervals) for each in policy.hours.values()}
    return replace(policy, hours=hours)


def _with_special(hours: Hours, day: date, intervals: tuple[Interval, ...]) -> Hours:
    return replace(hours, special={**hours.special, day.isoformat(): intervals})


_VARIATIONS: Mapping[Moment, Callable[[Policy, date, int], Policy]] = {
    Moment.AS_IT_IS: _as_it_is,
    Moment.MORNING: _morning,
    Moment.LUNCH: _lunch,
    Moment.NIGHT: _night,
    Moment.HOLIDAY: _holiday,
    Moment.AUGUST: _august,
}
