"""What an agent puts off: a conversation until a time, or a call until somebody can make it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mostrador.desk.menu import DAYS, HOUR, OPENING, TOMORROW
from mostrador.domain.attention import Clock
from mostrador.domain.call import PHONE
from mostrador.domain.conversation import State
from mostrador.policy.clocks import answered, awake, call_promised, ends_some_day, snoozed, without
from mostrador.policy.hours import Calendar, NeverOpen, calendar_of
from mostrador.policy.model import Policy
from mostrador.usecases.agents.deeds import Case, Deeds, Plan

"""The channel whose hours say when somebody can call."""
AN_HOUR = 3600
A_FEW_DAYS = 3 * 86_400


@dataclass(frozen=True, slots=True)
class Later:
    deeds: Deeds

    # Snoozing

    def snooze(self, case: Case) -> Plan | str:
        conversation, ends = case.conversation, _ENDS.get(case.event.value)
        if conversation.is_closed or ends is None:
            return ""
        calendar = calendar_of(self._policy, conversation.address.channel, conversation.queue)
        until = ends(calendar, self.deeds.clock())
        if until is None:
            return "snooze.no_hours"
        return Plan(snoozed(conversation, until), f"snoozed until {_written(until)}")

    def wake(self, case: Case) -> Plan | str:
        if case.conversation.state is not State.SNOOZED:
            return ""
        return Plan(ends_some_day(awake(case.conversation), self._policy, self.deeds.clock()), "woken")

    # Calls

    def promise_call(self, case: Case) -> Plan | str:
        conversation, at = case.conversation, self._next_call()
        if conversation.is_closed or Clock.CALLBACK in conversation.clocks:
            return ""
        if at is None:
            return "call.no_hours"
        return Plan(call_promised(conversation, at), f"call promised for {_written(at)}")

    def called(self, case: Case) -> Plan | str:
        """Whoever was waiting for an answer has it now, whether or not a call was promised."""
        if Clock.CALLBACK not in case.conversation.clocks and not case.conversation.waiting_since:
            return ""
        done = without(case.conversation, Clock.CALLBACK)
        if done.waiting_since:
            done = answered(replace(done, waiting_since=0.0), self._policy, self.deeds.clock())
        return Plan(ends_some_day(done, self._policy, self.deeds.clock()), "call made")

    def _next_call(self) -> float | None:
        """When the phone is next attended; while it is, somebody is reminded only if the call is not made by then."""
        now = self.deeds.clock()
        calendar = calendar_of(self._policy, PHONE)
        if not calendar.is_open(now):
            return calendar.next_opening(now)
        try:
            return calendar.add(now, self._policy.patience.callback_again)
        except NeverOpen:  # These are the last hours in which it is attended.
            return now

    @property
    def _policy(self) -> Policy:
        return self.deeds.policies.current()


def _opening(calendar: Calendar, now: float) -> float | None:
    """Of the next time that the shop opens: it may be open now."""
    after = calendar.closing(now) if calendar.is_open(now) else now
    return None if after is None else calendar.next_opening(after)


def _tomorrow(calendar: Calendar, now: float) -> float | None:
    """On the next day on which it opens, should it be closed tomorrow."""
    return calendar.next_opening(calendar.midnight(calendar.day(now) + timedelta(days=1)))


def _in_a_few_days(calendar: Calendar, now: float) -> float:
    """Not before somebody is there to see it."""
    return calendar.next_opening(now + A_FEW_DAYS) or now + A_FEW_DAYS


_ENDS: dict[str, Callable[[Calendar, float], float | None]] = {
    HOUR: lambda _calendar, now: now + AN_HOUR,
    OPENING: _opening,
    TOMORROW: _tomorrow,
    DAYS: _in_a_few_days,
}


def _written(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%MZ")
