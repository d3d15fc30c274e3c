"""A conversation comes to a person: to whom, until when, and what else has to be written with it."""

from dataclasses import dataclass, replace

from mostrador.domain.agents import AgentState, Turn
from mostrador.domain.attention import Attention, Stage
from mostrador.domain.changes import Change, Create, Tally, Update
from mostrador.domain.conversation import Conversation
from mostrador.domain.routing import Routing
from mostrador.policy.assignment import Assignment, assign, people_of, queue_for
from mostrador.policy.clocks import waits
from mostrador.policy.model import DEFAULT, Policy, Queue, Work
from mostrador.policy.routing import NO_ANSWER, Decision
from mostrador.usecases.ports import Clock, Inbox


@dataclass(frozen=True, slots=True)
class HandedOver:
    conversation: Conversation
    changes: tuple[Change, ...] = ()
    """What has to be written with the conversation: whose turn it was, and whose work it is now."""


@dataclass(frozen=True, slots=True)
class Handover:
    inbox: Inbox
    clock: Clock

    def __call__(self, conversation: Conversation, decision: Decision, policy: Policy) -> HandedOver:
        """Whoever has it keeps it, unless they left; else it is given out as its queue gives out work.

        The promise begins now.
        """
        now, comes = self.clock(), replace(conversation, stage=Stage.PERSON)
        if conversation.assignee in policy.agents:
            return HandedOver(waits(comes, policy, now))
        states = self._states(decision, policy)
        turn = self._turn(policy.queues[queue_for(policy, decision, states, now)])
        given = assign(policy, decision, states, turn, now)
        changes = (*_turned(turn, given.turn), *_tallied(conversation.assignee, given.user))
        return HandedOver(waits(_placed(comes, given, policy), policy, now), changes)

    def _turn(self, queue: Queue) -> Turn | None:
        return None if queue.work is Work.PULL else self.inbox.turn(queue.id)

    def _states(self, decision: Decision, policy: Policy) -> dict[str, AgentState]:
        """Nobody is asked about where nothing is given out."""
        queue = policy.queues[decision.queue]
        idle = queue.work is Work.PULL and not queue.overflow and not decision.agent
        return {} if idle else self.inbox.agents(people_of(policy, decision))


def _placed(conversation: Conversation, given: Assignment, policy: Policy) -> Conversation:
    # A thread that exists stays where it is, and so does one that is just being begun.
    begun = bool(conversation.desk_ts or conversation.showing_since)
    queue = conversation.queue if begun else given.queue
    routing = conversation.routing
    return replace(
        conversation,
        assignee=given.user,
        queue=queue,
        desk_channel=conversation.desk_channel if begun else policy.queues[queue].desk_channel,
        routing=given.on_record(routing) if routing else None,
    )


def _turned(before: Turn | None, after: Turn | None) -> list[Change]:
    if after is None or after == before:
        return []
    return [Update(before, after)] if before else [Create(after)]


def _tallied(before: str, after: str) -> list[Change]:
    return [Tally(user, by) for user, by in ((before, -1), (after, 1)) if user]


def decision_of(conversation: Conversation, policy: Policy) -> Decision:
    """What was decided when the conversation began, for handing it over later.

    A queue that is gone is the default one; an agent who left has nobody any more.
    """
    routing = conversation.routing or Routing(policy.version, conversation.segment)
    said = {because.field: because.value for because in routing.because}
    agent = said.get("agent", "")
    return Decision(
        segment=conversation.segment,
        attention=Attention(conversation.attention),
        queue=conversation.queue if conversation.queue in policy.queues else DEFAULT,
        priority=conversation.priority,
        tags=conversation.tags,
        promise=conversation.target,
        answer=NO_ANSWER if said.get("answer") == NO_ANSWER else "",
        protocol=conversation.protocol,
        agent=agent if agent in policy.agents else "",
        routing=routing,
    )
