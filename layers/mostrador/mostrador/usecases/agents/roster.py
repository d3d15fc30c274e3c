"""Who is on duty in each queue, in words."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mostrador.domain.agents import AgentState
from mostrador.domain.catalogue import say
from mostrador.policy.assignment import on_duty
from mostrador.policy.hours import calendar_of
from mostrador.policy.in_words import moment
from mostrador.policy.model import DEFAULT, Policy, Queue
from mostrador.usecases.viewing import queue_name


def roster(policy: Policy, states: Mapping[str, AgentState], now: float) -> str:
    """One paragraph for each queue: whether it is open, and each of its people with what they have."""
    return "\n\n".join("\n".join(_queue(policy, queue, states, now)) for queue in policy.queues.values())


def queues_of(policy: Policy, user: str) -> list[str]:
    """The names of the queues in which somebody works."""
    return [queue_name(policy, queue.id) for queue in policy.queues.values() if user in queue.users]


def load_of(policy: Policy, user: str, state: AgentState | None) -> str:
    count, capacity = state.load if state else 0, policy.agents[user].capacity
    return say("duty.load.of" if capacity else "duty.load", policy.language, count=count, capacity=capacity)


def written(day: date, language: str) -> str:
    return day.strftime(say("duty.day", language))


def _queue(policy: Policy, queue: Queue, states: Mapping[str, AgentState], now: float) -> Iterator[str]:
    yield _hours(policy, queue, now)
    for user in queue.users:
        if user in policy.agents:
            yield _agent(policy, queue, user, states.get(user), now)


def _hours(policy: Policy, queue: Queue, now: float) -> str:
    name, language = queue_name(policy, queue.id), policy.language
    calendar = calendar_of(policy, DEFAULT, queue.id)
    if calendar.is_open(now):
        return say("duty.status.open", language, queue=name)
    opens = calendar.next_opening(now)
    if opens is None:
        return say("duty.status.shut", language, queue=name)
    when = moment(opens, now, language, ZoneInfo(policy.timezone))
    return say("duty.status.closed", language, queue=name, when=when)


def _agent(policy: Policy, queue: Queue, user: str, state: AgentState | None, now: float) -> str:
    language, load = policy.language, load_of(policy, user, state)
    agent = policy.agents[user].name
    if state is not None and state.is_absent(now):
        back = datetime.fromtimestamp(state.absent_until, ZoneInfo(policy.timezone)).date()
        return say("duty.status.away", language, agent=agent, day=written(back, language), load=load)
    key = "on" if on_duty(policy, user, state, now, queue.id) else "off"
    return say(f"duty.status.{key}", language, agent=agent, load=load)
