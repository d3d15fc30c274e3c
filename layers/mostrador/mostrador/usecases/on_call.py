"""Whom a notice of the counter calls, by their ids on the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mostrador.domain.agents import AgentState
from mostrador.domain.conversation import Conversation
from mostrador.policy.assignment import on_duty
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import DEFAULT, Policy, Queue

MOST_CALLED = 5
"""Of a queue's people, where nobody has the conversation: a notice that calls everybody calls nobody."""


def people_of(conversation: Conversation, policy: Policy) -> set[str]:
    """Everybody whose state decides who is called: read them all at once."""
    own = {conversation.assignee, _stand_in(conversation, policy)} - {""}
    return own | set(_queue(conversation, policy).users)


@dataclass(frozen=True, slots=True)
class OnCall:
    conversation: Conversation
    policy: Policy
    states: Mapping[str, AgentState]
    """Of ``people_of``, as far as anything is known of them."""
    now: float

    def whoever_has_it(self) -> tuple[str, ...]:
        """The assignee, or their stand-in while they are away; else whoever of the queue is on duty; else its lead."""
        return self._own() or self._on_duty() or self._lead()

    def whoever_is_there(self) -> tuple[str, ...]:
        """For what can wait: outside the hours, nobody but who says that they are on duty."""
        if calendar_of(self.policy, self.conversation.address.channel, self._queue.id).is_open(self.now):
            return self.whoever_has_it()
        return tuple(filter(self._is_on_duty, self._own())) or self._on_duty()

    def whoever_must_know(self) -> tuple[str, ...]:
        """What was promised is broken: the assignee, their stand-in, and the lead of the queue."""
        assignee = self.conversation.assignee
        stand_in = _stand_in(self.conversation, self.policy)
        return _once(user for user in (assignee, stand_in, *self._lead()) if user in self.policy.agents)

    def _own(self) -> tuple[str, ...]:
        own = (self.conversation.assignee, _stand_in(self.conversation, self.policy))
        return tuple(user for user in own if user in self.policy.agents and not self._is_away(user))[:1]

    def _on_duty(self) -> tuple[str, ...]:
        return tuple(filter(self._is_on_duty, self._queue.users))[:MOST_CALLED]

    def _lead(self) -> tuple[str, ...]:
        return (self._queue.lead,)

    def _is_on_duty(self, user: str) -> bool:
        channel = self.conversation.address.channel
        return on_duty(self.policy, user, self.states.get(user), self.now, self._queue.id, channel)

    def _is_away(self, user: str) -> bool:
        state = self.states.get(user)
        return state is not None and state.is_absent(self.now)

    @property
    def _queue(self) -> Queue:
        return _queue(self.conversation, self.policy)


def _queue(conversation: Conversation, policy: Policy) -> Queue:
    """A queue that is gone from the policy is the default one."""
    return policy.queues.get(conversation.queue) or policy.queues[DEFAULT]


def _stand_in(conversation: Conversation, policy: Policy) -> str:
    assignee = policy.agents.get(conversation.assignee)
    return assignee.stand_in if assignee else ""


def _once(users: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(users))
