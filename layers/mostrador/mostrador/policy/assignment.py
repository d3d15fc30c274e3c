"""Who gets a conversation, among those who can take it now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mostrador.domain.agents import AgentState, Turn
from mostrador.domain.routing import Because, Routing
from mostrador.policy.facts import short
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import DEFAULT, Policy, Queue, Work
from mostrador.policy.routing import Decision

PASSED_OVER_TOLD = 5
"""How many of those who were passed over the record names: it lies on the conversation, and every byte is paid for."""


class Obstacle(StrEnum):
    """Why somebody was passed over."""

    ABSENT = "absent"
    OFF_DUTY = "off_duty"
    FULL = "full"
    """At their capacity."""
    LANGUAGE = "language"
    """A colleague who could take it, too, speaks the customer's language."""


@dataclass(frozen=True, slots=True)
class Assignment:
    queue: str
    """Where the conversation goes, after overflow."""
    user: str
    """A desk id; empty where it waits for somebody to claim it."""
    because: tuple[Because, ...] = ()
    turn: Turn | None = None
    """What to store where somebody got it in turn: with the revision of the turn that was given, or 0 for a new one."""

    def on_record(self, routing: Routing) -> Routing:
        """In place of how it was given out before: what nobody claims is given out with every message of it."""
        decided = tuple(because for because in routing.because if not _was_given(because))
        return replace(routing, because=decided + self.because)


def _was_given(because: Because) -> bool:
    return because.field in ("assignee", "passed_over") or (because.field, because.rule) == ("queue", "overflow")


@dataclass(frozen=True, slots=True)
class _Staff:
    """Everybody's state at one moment, for one conversation."""

    policy: Policy
    states: Mapping[str, AgentState]
    at: float
    channel: str
    language: str

    def obstacle(self, user: str, queue: str) -> Obstacle | None:
        """Why somebody cannot be given work of a queue now."""
        if not on_duty(self.policy, user, self.states.get(user), self.at, queue, self.channel):
            return Obstacle.ABSENT if self._is_absent(user) else Obstacle.OFF_DUTY
        return Obstacle.FULL if self._is_full(user) else None

    def obstacle_to_own(self, user: str) -> Obstacle | None:
        """Why somebody cannot be given work of their own customers.

        Outside the hours only who said so is off duty: the others find it when they come.
        """
        if self._is_absent(user):
            return Obstacle.ABSENT
        state = self.states.get(user)
        if user not in self.policy.agents or (state is not None and state.on_duty is False):
            return Obstacle.OFF_DUTY
        return Obstacle.FULL if self._is_full(user) else None

    def anybody_on_duty(self, queue: Queue) -> bool:
        return any(
            on_duty(self.policy, user, self.states.get(user), self.at, queue.id, self.channel) for user in queue.users
        )

    def is_open(self, queue: str) -> bool:
        return calendar_of(self.policy, self.channel, queue).is_open(self.at)

    def load(self, user: str) -> int:
        state = self.states.get(user)
        return state.load if state else 0

    def speaks(self, user: str) -> bool:
        languages = self.policy.agents[user].languages
        return not self.language or not languages or self.language in languages

    def _is_absent(self, user: str) -> bool:
        state = self.states.get(user)
        return state is not None and state.is_absent(self.at)

    def _is_full(self, user: str) -> bool:
        capacity = self.policy.agents[user].capacity
        return bool(capacity) and self.load(user) >= capacity


def on_duty(  # noqa: PLR0913, PLR0917 - who, when and where are all needed
    policy: Policy, user: str, state: AgentState | None, at: float, queue: str, channel: str = DEFAULT
) -> bool:
    """As they said themselves; who said nothing of late, by the hours of the queue. Never while absent."""
    if user not in policy.agents or (state is not None and state.is_absent(at)):
        return False
    said = state.says_on_duty(at) if state is not None else None
    if said is not None:
        return said
    return calendar_of(policy, channel, queue).is_open(at)


def people_of(policy: Policy, decision: Decision) -> tuple[str, ...]:
    """Everybody whose state matters to an assignment: read them all at once."""
    found = list(_stand_ins(policy, decision.agent))
    for queue in _overflow(policy, decision.queue):
        found.extend(queue.users)
    return tuple(dict.fromkeys(found))


def queue_for(policy: Policy, decision: Decision, states: Mapping[str, AgentState], at: float) -> str:
    """The queue that a conversation goes to: the turn to hand to ``assign`` is this one's."""
    staff = _staff(policy, decision, states, at)
    own = _own_agent(staff, decision.agent)[0]
    return decision.queue if own else _queue(staff, decision.queue)[0].id


def assign(
    policy: Policy, decision: Decision, states: Mapping[str, AgentState], turn: Turn | None, at: float
) -> Assignment:
    """``states`` of ``people_of``, ``turn`` of ``queue_for``; the turn of any other queue is not looked at."""
    staff = _staff(policy, decision, states, at)
    user, because = _own_agent(staff, decision.agent)
    if user:
        return Assignment(decision.queue, user, because)
    queue, overflow = _queue(staff, decision.queue)
    given = _given_out(staff, queue, turn)
    return replace(given, because=because + overflow + given.because)


def _staff(policy: Policy, decision: Decision, states: Mapping[str, AgentState], at: float) -> _Staff:
    facts = decision.routing.facts
    return _Staff(policy, states, at, facts.get("channel", DEFAULT), short(facts.get("language", "")))


# Whose customer it is


def _own_agent(staff: _Staff, agent: str) -> tuple[str, tuple[Because, ...]]:
    """The agent, else their stand-in, else the stand-in's; with everybody who was passed over."""
    because: list[Because] = []
    for user in _stand_ins(staff.policy, agent):
        obstacle = staff.obstacle_to_own(user)
        if obstacle is None:
            return user, (*because, Because("assignee", user, "own" if user == agent else "stand_in"))
        because.append(Because("passed_over", user, obstacle))
    return "", tuple(because)


def _stand_ins(policy: Policy, agent: str) -> Iterator[str]:
    """Somebody, and whoever stands in for them, one after the other; a circle ends where it closes."""
    seen: set[str] = set()
    while agent and agent not in seen:
        yield agent
        seen.add(agent)
        agent = policy.agents[agent].stand_in if agent in policy.agents else ""


# Which queue


def _queue(staff: _Staff, queue: str) -> tuple[Queue, tuple[Because, ...]]:
    """The first along the overflow that has somebody on duty, or that is closed: its people find it in the morning.

    Where nobody is on duty anywhere, the one that it was meant for.
    """
    for candidate in _overflow(staff.policy, queue):
        if staff.anybody_on_duty(candidate) or not staff.is_open(candidate.id):
            moved = (Because("queue", candidate.id, "overflow"),) if candidate.id != queue else ()
            return candidate, moved
    return staff.policy.queues[queue], ()


def _overflow(policy: Policy, queue: str) -> Iterator[Queue]:
    seen: set[str] = set()
    while queue in policy.queues and queue not in seen:
        yield policy.queues[queue]
        seen.add(queue)
        queue = policy.queues[queue].overflow


# Who of the queue


def _given_out(staff: _Staff, queue: Queue, turn: Turn | None) -> Assignment:
    if queue.work is Work.PULL:
        return Assignment(queue.id, "", (Because("assignee", "", Work.PULL),))
    own_turn = turn if turn is not None and turn.queue == queue.id else None
    order = _in_order(staff, queue, own_turn.user if own_turn else "")
    obstacles = {user: obstacle for user in order if (obstacle := staff.obstacle(user, queue.id))}
    able = [user for user in order if user not in obstacles]
    if not able:
        return Assignment(queue.id, "", (Because("assignee", "", "nobody"),))
    user = next((user for user in able if staff.speaks(user)), able[0])
    because = (*_passed_over(order[: order.index(user)], obstacles), Because("assignee", user, queue.work))
    if turn is not None and own_turn is None:
        return Assignment(queue.id, user, because)
    return Assignment(queue.id, user, because, Turn(queue.id, user, own_turn.revision if own_turn else 0))


def _in_order(staff: _Staff, queue: Queue, last: str) -> Sequence[str]:
    """Who should get it before whom: in turn, beginning after the last one, or by load and then in turn."""
    after = queue.users.index(last) + 1 if last in queue.users else 0
    in_turn = (*queue.users[after:], *queue.users[:after])
    return sorted(in_turn, key=staff.load) if queue.work is Work.LEAST_LOADED else in_turn


def _passed_over(users: Sequence[str], obstacles: Mapping[str, Obstacle]) -> Iterator[Because]:
    for user in users[:PASSED_OVER_TOLD]:
        yield Because("passed_over", user, obstacles.get(user, Obstacle.LANGUAGE))
