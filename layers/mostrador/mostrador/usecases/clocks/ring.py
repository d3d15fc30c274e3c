"""A clock of a conversation is due: what it asks for is done, once, and told.

The wake-up names a conversation; which clocks are due, and by which hours, is read anew. So a wake-up may come twice,
late, or after a change of the policy, which may have moved a promise.
"""

import logging
from dataclasses import dataclass, replace

from mostrador.domain import attention
from mostrador.domain.changes import Change, Create, Update
from mostrador.domain.conversation import Conversation, HistoryLine, Message
from mostrador.domain.errors import Conflict
from mostrador.policy.model import Policy
from mostrador.usecases.clocks.bells import Bells, Rung
from mostrador.usecases.intake.acknowledge import automatic_message
from mostrador.usecases.ports import Clock, Inbox, Policies, Queues
from mostrador.usecases.sending.settle import DESK_PATIENCE
from mostrador.usecases.tries import TRIES

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ring:
    inbox: Inbox
    queues: Queues
    policies: Policies
    clock: Clock

    def __call__(self, conversation_id: str) -> None:
        """Raises Conflict where others were faster TRIES times."""
        policy = self.policies.current()
        for _ in attention.Clock:
            if not self._ring_next(conversation_id, policy):
                break
        self._announce(conversation_id)

    def _ring_next(self, conversation_id: str, policy: Policy) -> bool:
        """Whether a clock had something to say. Each is a commit of its own."""
        for _ in range(TRIES):
            conversation = self.inbox.conversation(conversation_id)
            rung = Bells(self.inbox, self.clock, policy, conversation).ring() if conversation else None
            if conversation is None or rung is None:
                return False
            try:
                self.inbox.commit(*self._changes(conversation, rung))
            except Conflict:
                continue
            log.info("clock rang", extra={"conversation": conversation_id, "what": rung.history})
            return True
        raise Conflict(conversation_id)

    def _changes(self, before: Conversation, rung: Rung) -> list[Change]:
        now = self.clock()
        after = replace(rung.conversation, version=before.version + 1, watch_at=now + DESK_PATIENCE)
        messages: list[Message] = []
        if rung.notice:
            messages.append(rung.notice.message(after, now))
        if rung.letter:
            messages.append(automatic_message(after, rung.letter, now))
        after = _with_messages(after, messages)
        line = HistoryLine(after.id, after.version, rung.history, "", now, f"clock:{before.due_at}")
        return [Update(before, after), Create(line), *map(Create, messages), *rung.changes]

    def _announce(self, conversation_id: str) -> None:
        """Whether it was done now or by an earlier run, which may have died before it could tell."""
        conversation = self.inbox.conversation(conversation_id)
        if conversation is None:
            return
        if conversation.shown_version < conversation.version:
            self.queues.desk(conversation.desk_channel, conversation.id)
        if conversation.outbox:
            self.queues.deliver(conversation.id)


def _with_messages(conversation: Conversation, messages: list[Message]) -> Conversation:
    """No clock both tells the agents and writes to the customer: there is one message at most."""
    for message in messages:
        leaves = frozenset({message.sequence}) if message.state else frozenset()
        conversation = replace(conversation, counter=message.sequence, outbox=conversation.outbox | leaves)
    return conversation
