"""What became of a call to a customer, told in the thread; one in which they talked is an answer."""

import logging
from contextlib import suppress
from dataclasses import dataclass, replace

from mostrador.domain import attention
from mostrador.domain.call import PHONE, AnsweredByMachine, Called, Outcome
from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Change, Create, Remember, Update
from mostrador.domain.conversation import Conversation, HistoryLine
from mostrador.policy.clocks import answered, ends_some_day, without
from mostrador.policy.in_words import span
from mostrador.policy.model import Policy
from mostrador.usecases.notices import Notice
from mostrador.usecases.ports import Clock, Inbox, Policies
from mostrador.usecases.sending.settle import DESK_PATIENCE
from mostrador.usecases.tries import until_it_holds
from mostrador.usecases.viewing import customer_of

log = logging.getLogger(__name__)

SHORTEST_TALK = 20
"""Seconds: in less, "I cannot talk now" is said, and nothing that somebody waits for. An agent can say otherwise."""


@dataclass(frozen=True, slots=True)
class TakeCall:
    inbox: Inbox
    policies: Policies
    clock: Clock

    def __call__(self, called: Called) -> Conversation | None:
        """The conversation in which it is told, for announcing it. Raises Conflict as ``Settle`` does.

        A call ends once, whoever tells it first: the end of the bridge, or the end of the agent's own call.
        """
        return until_it_holds(lambda: self._take(called))

    def _take(self, called: Called) -> Conversation | None:
        conversation = self.inbox.conversation(called.conversation_id)
        if conversation is None:
            log.warning("a call of no conversation", extra={"event_id": called.provider_id})
            return None
        with suppress(AlreadySeen):
            self.inbox.commit(*self._changes(conversation, called))
        return conversation

    def answered(self, told: AnsweredByMachine) -> None:
        """Kept until the call is over: then it is known that nobody was talked to."""
        try:
            self.inbox.commit(Remember(PHONE, _machine_id(told.call), told.conversation_id, 0, self.clock()))
        except AlreadySeen:
            return

    def _changes(self, before: Conversation, called: Called) -> list[Change]:
        now, policy, outcome = self.clock(), self.policies.current(), self._outcome(called)
        after = replace(before, version=before.version + 1, watch_at=now + DESK_PATIENCE, calling_since=0.0)
        if outcome is Outcome.TALKED:
            after = _talked(after, policy, now)
        notice = Notice(_sentence(before, called, outcome, policy)).message(after, now)
        what = f"call {outcome.value}" + (f" {called.seconds}s" if called.seconds else "")
        line = HistoryLine(after.id, after.version, what, called.user, now, called.provider_id)
        once = Remember(PHONE, _ended_id(called.call), before.id, notice.sequence, now)
        return [once, Update(before, replace(after, counter=notice.sequence)), Create(notice), Create(line)]

    def _outcome(self, called: Called) -> Outcome:
        """Whoever hangs up on a voicemail's first words is faster than whatever tells voicemails from people."""
        if called.outcome is not Outcome.TALKED:
            return called.outcome
        if self.inbox.seen(PHONE, _machine_id(called.call)):
            return Outcome.MACHINE
        return Outcome.CUT_SHORT if 0 < called.seconds < SHORTEST_TALK else Outcome.TALKED


def _talked(conversation: Conversation, policy: Policy, now: float) -> Conversation:
    """Whoever was waiting for an answer, or for a call, has it now."""
    done = without(conversation, attention.Clock.CALLBACK)
    if done.waiting_since:
        done = answered(replace(done, waiting_since=0.0), policy, now)
    return done if done.is_closed else ends_some_day(done, policy, now)


def _sentence(conversation: Conversation, called: Called, outcome: Outcome, policy: Policy) -> str:
    agent = policy.agents.get(called.user)
    return say(
        f"notice.call.{outcome.value}",
        policy.language,
        customer=customer_of(conversation.address, policy.language),
        agent=agent.name if agent else policy.shop_name,
        span=span(called.seconds, policy.language),
    )


def _machine_id(call: str) -> str:
    return f"{call}:machine"


def _ended_id(call: str) -> str:
    return f"{call}:ended"
