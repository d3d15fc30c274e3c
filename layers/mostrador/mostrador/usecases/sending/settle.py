"""Where an outbound message ends up: the one place that writes an outcome, whoever learnt of it.

The provider's answer and its later events race one another. Whoever comes first writes; whoever comes second
finds the step taken (or no longer allowed by the transition table) and only announces again.
"""

import logging
from dataclasses import dataclass, replace

from mostrador.domain.attention import Stage
from mostrador.domain.changes import Change, Create, Refer, Update
from mostrador.domain.conversation import Conversation, Direction, HistoryLine, Identity, Message
from mostrador.domain.delivery import Delivery, Failure, Reason, may_become
from mostrador.domain.errors import Conflict
from mostrador.policy.clocks import answered, waits
from mostrador.usecases.handover import Handover, decision_of
from mostrador.usecases.notices import called
from mostrador.usecases.ports import Clock, Inbox, Policies
from mostrador.usecases.tries import TRIES

log = logging.getLogger(__name__)

"""How often a lost race is run again before the queue does it."""
DESK_PATIENCE = 60
"""Seconds after which ``tick`` looks whether the desk has shown a change."""

LOOKED_THROUGH = 100
"""Messages after an answer among which the customer's next question is looked for."""

_BAD_NEWS = frozenset({Delivery.FAILED, Delivery.UNKNOWN})
_THROUGH = frozenset({Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.READ})
_WORTH_A_LINE = frozenset({Delivery.FAILED, Delivery.UNKNOWN, Delivery.CANCELLED})


@dataclass(frozen=True, slots=True)
class Outcome:
    state: Delivery
    event: str
    """What told us: a provider's event id, or the attempt."""
    provider_id: str = ""
    reference: str = ""
    """The id under which the other side will refer to the message."""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    inbox: Inbox
    policies: Policies
    clock: Clock

    def __call__(self, conversation_id: str, sequence: int, outcome: Outcome) -> Conversation | None:
        """The conversation, for announcing it; None where the message is not ours. Raises Conflict after TRIES."""
        for _ in range(TRIES):
            conversation = self.inbox.conversation(conversation_id)
            message = self.inbox.message(conversation_id, sequence)
            if conversation is None or message is None or message.state is None:
                return None
            changes = self._changes(conversation, message, outcome)
            try:
                if changes:
                    self.inbox.commit(*changes)
            except Conflict:
                continue
            return conversation
        raise Conflict(f"{conversation_id}-{sequence}")

    def _changes(self, conversation: Conversation, message: Message, outcome: Outcome) -> list[Change]:
        if message.state is None or not may_become(message.state, outcome.state) or _is_outdated(message, outcome):
            return self._late_facts(conversation, message, outcome)
        settled = replace(
            message,
            state=outcome.state,
            provider_id=outcome.provider_id or message.provider_id,
            reference=outcome.reference or message.reference,
            failure=outcome.failure,
            watch_at=0.0,
        )
        changed, more = self._handed_over(self._conversation(conversation, message, outcome), message, outcome)
        learnt = self._learnt(conversation, message, outcome)
        changes: list[Change] = [Update(conversation, changed), Update(message, settled), *more, *learnt]
        return changes + self._refer(conversation, outcome) + self._history(changed, message, outcome)

    def _late_facts(self, conversation: Conversation, message: Message, outcome: Outcome) -> list[Change]:
        """The provider's event overtook its answer: the state stands, but the reference is news."""
        if not outcome.reference or message.reference:
            return []
        known = replace(message, reference=outcome.reference, provider_id=outcome.provider_id)
        referenced = replace(conversation, references=follow(conversation.references, outcome.reference))
        return [Update(message, known), Update(conversation, referenced), *self._refer(conversation, outcome)]

    def _conversation(self, conversation: Conversation, message: Message, outcome: Outcome) -> Conversation:
        settled = replace(
            conversation,
            outbox=conversation.outbox - {message.sequence},
            unmarked=conversation.unmarked | {message.sequence},
            version=conversation.version + 1,
            watch_at=self.clock() + DESK_PATIENCE,
            opted_out=conversation.opted_out or _refused_by_customer(message, outcome),
            references=follow(conversation.references, outcome.reference),
        )
        if message.automatic:
            return settled  # A machine's answer is not what somebody waits for.
        return self._waited_for(settled, message, outcome)

    def _handed_over(
        self, conversation: Conversation, message: Message, outcome: Outcome
    ) -> tuple[Conversation, list[Change]]:
        """Where a machine was to answer, and its answer did not arrive, a person has to; with what else to write."""
        resting = conversation.stage is Stage.MACHINE and not conversation.is_closed
        if not (message.automatic and resting and outcome.state in _BAD_NEWS):
            return conversation, []
        policy, now = self.policies.current(), self.clock()
        asking = replace(conversation, waiting_since=message.at)
        handed = Handover(self.inbox, self.clock)(asking, decision_of(asking, policy), policy)
        counted, notice = called(self.inbox, handed.conversation, policy, "notice.not_reached", now)
        return counted, [*handed.changes, Create(notice)]

    def _waited_for(self, conversation: Conversation, message: Message, outcome: Outcome) -> Conversation:
        """Somebody waits until an answer written after their question gets through, and again if it comes back."""
        if outcome.state in _BAD_NEWS:
            return self._waiting(conversation, conversation.waiting_since or self.clock())
        if outcome.state not in _THROUGH or message.state in _THROUGH:
            return conversation
        served = answered(replace(conversation, waiting_since=0.0), self.policies.current(), self.clock())
        # Who closes a conversation has seen what was written until then.
        since = 0.0 if served.is_closed else self._asked_since(conversation, message)
        return self._waiting(served, since) if since else served

    def _waiting(self, conversation: Conversation, since: float) -> Conversation:
        waiting = replace(conversation, waiting_since=since)
        return waiting if waiting.is_closed else waits(waiting, self.policies.current(), since)

    def _asked_since(self, conversation: Conversation, message: Message) -> float:
        """Since when a question waits that came after this was written; 0 where none came, or each was answered.

        By our own clock: what a provider kept for days is not late the moment that we have it.
        """
        if conversation.last_inbound < message.sequence:
            return 0.0
        later = self.inbox.messages(conversation.id, message.sequence, LOOKED_THROUGH)
        answers = (found.sequence for found in later if _answers(found))
        answered_to = max(answers, default=message.sequence)
        asked = (found.received_at or found.at for found in later if _asks(found) and found.sequence > answered_to)
        return next(asked, 0.0)

    def _refer(self, conversation: Conversation, outcome: Outcome) -> list[Change]:
        changes: list[Change] = []
        if outcome.reference:
            changes.append(Refer("mail", outcome.reference, conversation.id))
        return changes

    def _learnt(self, conversation: Conversation, message: Message, outcome: Outcome) -> list[Change]:
        """What a refusal tells of the customer's address, for the next message."""
        told = outcome.failure is not None and outcome.failure.reason is Reason.WINDOW_CLOSED
        refused = _refused_by_customer(message, outcome)
        identity = self.inbox.identity(conversation.address) if told or refused else None
        if identity is None:
            return []
        known = replace(identity, opted_out=True) if refused else _closed(identity, message.attempted_at)
        return [Update(identity, known)] if known != identity else []

    def _history(self, conversation: Conversation, message: Message, outcome: Outcome) -> list[Change]:
        if outcome.state not in _WORTH_A_LINE:
            return []
        why = f":{outcome.failure.reason.value}" if outcome.failure else ""
        what = f"message {message.sequence} {outcome.state.value}{why}"
        line = HistoryLine(conversation.id, conversation.version, what, message.author, self.clock(), outcome.event)
        return [Create(line)]


def _closed(identity: Identity, at: float) -> Identity:
    """By the provider's word, unless the customer wrote again after that attempt."""
    return replace(identity, window_closed_at=at) if at > identity.last_inbound_at else identity


def _asks(message: Message) -> bool:
    return message.direction is Direction.INBOUND and message.asks and not message.automatic


def _answers(message: Message) -> bool:
    return message.direction is Direction.OUTBOUND and not message.automatic and message.state in _THROUGH


def _is_outdated(message: Message, outcome: Outcome) -> bool:
    """A failure of an earlier attempt, told after a later one was taken."""
    other = bool(message.provider_id and outcome.provider_id) and message.provider_id != outcome.provider_id
    return other and outcome.state is Delivery.FAILED


def _refused_by_customer(message: Message, outcome: Outcome) -> bool:
    """On the conversation's own channel. Of another one that it went by, they said nothing about this one."""
    failure = outcome.failure
    return failure is not None and failure.reason is Reason.OPTED_OUT and not message.via


LONGEST_REFERENCES = 20
"""Message ids that are kept of a mail thread: the first, which is the root, and the latest."""


def follow(references: tuple[str, ...], reference: str) -> tuple[str, ...]:
    following = references if not reference or reference in references else (*references, reference)
    return following if len(following) <= LONGEST_REFERENCES else (following[0], *following[1 - LONGEST_REFERENCES :])
