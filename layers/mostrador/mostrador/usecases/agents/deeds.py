"""What every deed of an agent needs: the conversation as it is, a write that holds, and a word to whoever did it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from mostrador.desk.cards import Card
from mostrador.desk.errors import MessageGone, Rejected
from mostrador.desk.events import AgentEvent, Kind
from mostrador.domain.attention import Clock as Waiting
from mostrador.domain.attention import Stage
from mostrador.domain.catalogue import say
from mostrador.domain.changes import Change, Create
from mostrador.domain.chat import CHAT
from mostrador.domain.conversation import Conversation, HistoryLine
from mostrador.domain.errors import TryAgain
from mostrador.policy.clocks import awake, ends_some_day, waits, without
from mostrador.usecases.ports import Clock, Desk, Inbox, Policies, Queues
from mostrador.usecases.sending.settle import DESK_PATIENCE
from mostrador.usecases.viewing import customer_of, lead_of

log = logging.getLogger(__name__)

SEND_PATIENCE = 60
"""Seconds after the end of the hold until ``tick`` looks whether an answer left."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation as it is now, and what somebody pressed."""

    event: AgentEvent
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Plan:
    """What a press changes."""

    changed: Conversation
    """Without the marks of a new version, which ``Deeds.changed`` adds."""
    what: str
    """For the history."""
    also: tuple[Change, ...] = ()
    """What has to be written with it."""


@dataclass(frozen=True, slots=True)
class Deeds:
    inbox: Inbox
    queues: Queues
    policies: Policies
    desk: Desk
    clock: Clock

    def conversation(self, conversation_id: str) -> Conversation:
        conversation = self.inbox.conversation(conversation_id)
        if conversation is None:
            raise TryAgain(f"conversation {conversation_id} is not readable yet")
        return conversation

    def changed(self, conversation: Conversation, **fields: object) -> Conversation:
        changed: Conversation = replace(
            conversation,
            version=conversation.version + 1,
            watch_at=self.clock() + DESK_PATIENCE,
            **fields,  # type: ignore[arg-type]  # the callers name fields of Conversation
        )
        return changed

    def taken_up(self, conversation: Conversation) -> Conversation:
        """A person answers: it is in sight again, and who waits for them is promised an answer should this one fail."""
        seen = ends_some_day(awake(conversation), self.policies.current(), self.clock())
        if seen.stage is Stage.PERSON:
            return seen
        taken = without(replace(seen, stage=Stage.PERSON), Waiting.COMMUNITY)
        waited_for = taken.waiting_since and not taken.is_closed
        return waits(taken, self.policies.current(), self.clock()) if waited_for else taken

    def line(self, conversation: Conversation, what: str, event: AgentEvent) -> Change:
        return Create(
            HistoryLine(conversation.id, conversation.version, what, event.user, self.clock(), event.event_id)
        )

    def announce(self, conversation_id: str) -> None:
        conversation = self.conversation(conversation_id)
        if conversation.outbox:
            self.queues.hold(conversation.id, self.policies.current().hold(conversation.address.channel))
        if conversation.outbox and conversation.address.channel == CHAT:
            self.queues.hold(conversation.id, 0)  # At once as well: who is in the chat sees that somebody is writing.
        self.queues.desk(conversation.desk_channel, conversation.id)

    def whisper(self, event: AgentEvent, conversation_id: str, phrase: str) -> None:
        """Tell whoever did it, and nobody else."""
        if not event.user:
            return
        conversation, policy = self.conversation(conversation_id), self.policies.current()
        address = conversation.address
        text = say(
            phrase,
            policy.language,
            customer=customer_of(address, policy.language),
            channel=say(f"channel.{address.channel}", policy.language),
            agent=self.desk.user_name(conversation.assignee) if conversation.assignee else "",
            mark=policy.note_mark,
            shop=policy.shop_name,
            lead=lead_of(policy, conversation.queue),
        )
        self.tell(event, text)

    def mark(self, event: AgentEvent, name: str) -> None:
        """For everybody to see, on what they wrote. Slack may be told of it again."""
        self._lenient(lambda: self.desk.react(event.channel, event.ts, name), event, "not marked")

    def unmark(self, event: AgentEvent, name: str) -> None:
        self._lenient(lambda: self.desk.unreact(event.channel, event.ts, name), event, "not unmarked")

    def tell(self, event: AgentEvent, text: str, title: str = "") -> None:
        """In words that are ready. A word that Slack does not take undoes nothing of what was done."""
        whisper = self.desk.whisper
        self._lenient(lambda: whisper(event.channel, event.user, _beside(event), text, title), event, "not whispered")

    def _lenient(self, say_so: Callable[[], None], event: AgentEvent, otherwise: str) -> None:
        try:
            say_so()
        except (MessageGone, Rejected) as refused:
            log.warning(otherwise, extra={"event_id": event.event_id, "why": str(refused)})

    def ask(self, event: AgentEvent, question: Card) -> None:
        """A question to whoever did it, and nobody else."""
        try:
            self.desk.ask(event.channel, event.user, _beside(event), question)
        except (MessageGone, Rejected) as refused:
            log.warning("not asked", extra={"event_id": event.event_id, "why": str(refused)})

    def withdraw(self, event: AgentEvent) -> None:
        """The question that was answered. It goes by itself when Slack is opened again."""
        try:
            self.desk.withdraw(event.response_url)
        except (MessageGone, Rejected, TryAgain) as refused:
            log.warning("not withdrawn", extra={"event_id": event.event_id, "why": str(refused)})


def _beside(event: AgentEvent) -> str:
    """The thread, but for a press on its root: Slack shows that in the channel, and a whisper inside a thread that is
    not open is seen by nobody."""
    return "" if event.kind is Kind.BUTTON and event.ts == event.thread_ts else event.thread_ts
