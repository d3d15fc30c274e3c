"""Whether somebody is there to answer now, when they are back, and how soon an answer is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from mostrador.domain.agents import AgentState
from mostrador.domain.catalogue import say
from mostrador.policy.assignment import on_duty, people_of, queue_for
from mostrador.policy.facts import Facts
from mostrador.policy.hours import calendar_of
from mostrador.policy.in_words import deadline, moment
from mostrador.policy.model import Policy
from mostrador.policy.promises import FIRST, promise_of
from mostrador.policy.routing import Decision, decide

SOON = 900
"""Seconds: a promise so near is not given as a time of the clock."""


class Attended(StrEnum):
    HERE = "here"
    """Somebody is on duty."""
    AWAY = "away"
    """Within the hours, and nobody is."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Presence:
    state: Attended
    text: str
    """In the visitor's language, to be shown as it is."""
    opens_at: float = 0.0
    """Epoch seconds; 0 while it is open, and where nobody can tell."""
    within: float = 0.0
    """Seconds in which whoever writes now is answered; 0: nothing is promised."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Where somebody who writes now for the first time would be attended."""

    policy: Policy
    decision: Decision
    channel: str

    @property
    def people(self) -> Sequence[str]:
        """Everybody whose state matters: read them all at once."""
        return people_of(self.policy, self.decision)

    def presence(self, states: Mapping[str, AgentState], at: float, language: str) -> Presence:
        queue = queue_for(self.policy, self.decision, states, at)
        calendar = calendar_of(self.policy, self.channel, queue)
        zone = ZoneInfo(self.policy.timezone)
        if not calendar.is_open(at):
            return _closed(calendar.next_opening(at), at, language, zone)
        due_at = promise_of(self.policy, self.decision.promise, FIRST, at, self.channel, queue).due_at
        soon = due_at - at <= SOON
        promise = say("answer.soon", language) if soon else deadline(due_at, at, language, zone)
        users = self.policy.queues[queue].users
        here = any(on_duty(self.policy, user, states.get(user), at, queue, self.channel) for user in users)
        state = Attended.HERE if here else Attended.AWAY
        return Presence(state, say(f"presence.{state}", language, promise=promise), within=due_at - at if here else 0.0)


def counter_for(policy: Policy, channel: str, at: float, language: str) -> Counter:
    return Counter(policy, decide(policy, Facts(channel=channel, at=at, language=language)), channel)


def _closed(opens: float | None, at: float, language: str, zone: ZoneInfo) -> Presence:
    if opens is None:
        return Presence(Attended.CLOSED, say("presence.closed.for_good", language))
    when = moment(opens, at, language, zone)
    return Presence(Attended.CLOSED, say("presence.closed", language, when=when), opens_at=opens)
