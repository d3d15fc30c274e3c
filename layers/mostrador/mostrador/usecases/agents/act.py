"""What an agent did in a thread becomes an answer on hold, a note, a change of an answer, or a change of the case."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from mostrador.desk import receipts
from mostrador.desk.events import AgentEvent, Kind
from mostrador.desk.notes import begins_with
from mostrador.desk.questions import ANSWERS, answered
from mostrador.domain.changes import AlreadySeen, Create, Remember, Update
from mostrador.domain.conversation import Conversation, Direction, Message, Thread
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Attachment
from mostrador.domain.naming import hides
from mostrador.policy.model import Policy
from mostrador.usecases.agents.call_up import Telephone
from mostrador.usecases.agents.deeds import SEND_PATIENCE, Deeds
from mostrador.usecases.agents.duty import Duty
from mostrador.usecases.agents.press import Press
from mostrador.usecases.agents.written import DESK, Fetch, Written, event_key
from mostrador.usecases.ports import Blobs, Clock, Desk, Inbox, Policies, Queues
from mostrador.usecases.tries import until_it_holds
from mostrador.usecases.windows import is_closed, window_of

log = logging.getLogger(__name__)

OVERTAKES_WITHIN = 3600
"""Seconds after a message was written during which a change of it may be the first that we hear of it."""
NOWHERE = 0
"""The sequence under which a message is remembered that was deleted before it was taken in."""

_STILL_HERE = frozenset({Delivery.HELD, Delivery.KEPT_BACK})
_LEFT = frozenset({Delivery.SENDING, Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.READ})

_REACHES_NOBODY = Failure(Reason.NUMBER_HIDDEN, retryable=False, fault=Fault.THEIRS)
_NOT_READ_OUT = Failure(Reason.ATTACHMENT_REFUSED, retryable=False, fault=Fault.THEIRS)


@dataclass(frozen=True, slots=True)
class Act:
    inbox: Inbox
    blobs: Blobs
    queues: Queues
    policies: Policies
    desk: Desk
    clock: Clock
    telephone: Telephone | None = None

    def __call__(self, event: AgentEvent) -> None:
        if event.kind is Kind.COMMAND:
            Duty(self._deeds)(event)
            return
        conversation_id = self._conversation_of(event)
        if conversation_id is None:
            log.info("not a conversation's thread", extra={"event_id": event.event_id})
        elif refusal := self._refusal(event):
            self._refuse(event, conversation_id, refusal)
        else:
            self._do()[event.kind](event, conversation_id)

    def _refusal(self, event: AgentEvent) -> str:
        """What to tell whoever may not work here. Taking words back is allowed to everybody: they are their own."""
        if event.external:
            return "reply.external"
        if event.kind is Kind.DELETE or event.user in self.policies.current().agents:
            return ""
        return "agent.unknown"

    def _refuse(self, event: AgentEvent, conversation_id: str, why: str) -> None:
        """Colleagues read what stays in the thread: the mark says that the customer does not have it."""
        if event.kind is Kind.REPLY:
            self._deeds.mark(event, receipts.REFUSED)
        self._deeds.whisper(event, conversation_id, why)

    def _do(self) -> dict[Kind, Callable[[AgentEvent, str], None]]:
        press = Press(self._deeds, self.telephone)
        return {Kind.REPLY: self._reply, Kind.EDIT: self._edit, Kind.DELETE: self._delete, Kind.BUTTON: press}

    @property
    def _deeds(self) -> Deeds:
        return Deeds(self.inbox, self.queues, self.policies, self.desk, self.clock)

    def _conversation_of(self, event: AgentEvent) -> str | None:
        """Our own record first; a root that was posted a moment ago may have only its metadata in Slack yet."""
        if event.action in ANSWERS:
            return answered(event.value)[0]
        if not event.thread_ts:
            seen = self.inbox.seen(DESK, event_key(event))
            return seen[0] if seen else None
        known = self.inbox.referred(DESK, event.group)
        return known or self.desk.conversation_of(event.channel, event.thread_ts)

    # What an agent wrote

    def _reply(self, event: AgentEvent, conversation_id: str) -> None:
        policy = self.policies.current()
        if self._deeds.conversation(conversation_id).quarantine:
            self._refuse(event, conversation_id, "reply.quarantine")
            return
        written = self._fetch(event, policy)
        if written.empty:
            self._deeds.whisper(event, conversation_id, "reply.empty")
            return
        try:
            until_it_holds(lambda: self._write(event, written, conversation_id))
        except AlreadySeen:
            self._told_again(event, written)
        self._deeds.announce(conversation_id)
        if phrase := self._worth_saying(event, written, conversation_id):
            self._deeds.whisper(event, conversation_id, phrase)

    def _worth_saying(self, event: AgentEvent, written: Written, conversation_id: str) -> str:
        """What may surprise whoever wrote it, as a phrase; empty where it does what everybody expects."""
        if written.inside:
            plain = begins_with(event.text, self.policies.current().note_mark)
            return "" if plain else "note.kept" if written.note else "edit.note_to_reply"
        window = window_of(self.inbox, self._deeds.conversation(conversation_id))
        return "reply.window_closed" if is_closed(window, self.clock()) else ""

    def _told_again(self, event: AgentEvent, written: Written) -> None:
        """A change overtook the message; should this have been a note, that one stays inside too."""
        seen = self.inbox.seen(DESK, event_key(event))
        if seen is not None:
            until_it_holds(lambda: self._rewrite(event, written, *seen))

    def _write(self, event: AgentEvent, written: Written, conversation_id: str) -> None:
        conversation = self._deeds.conversation(conversation_id)
        message = self._message(event, written, conversation)
        changed = self._deeds.changed(
            self._deeds.taken_up(conversation) if message.state else conversation,
            counter=message.sequence,
            unmarked=conversation.unmarked | {message.sequence},
            **_put_by(conversation, message),
        )
        remember = Remember(DESK, event_key(event), conversation_id, message.sequence, self.clock())
        self.inbox.commit(remember, Create(message), Update(conversation, changed))

    def _fetch(self, event: AgentEvent, policy: Policy) -> Written:
        return Fetch(self.desk, self.blobs)(event, policy.note_mark)

    def _message(self, event: AgentEvent, written: Written, conversation: Conversation) -> Message:
        now = self.clock()
        message = Message(
            conversation_id=conversation.id,
            sequence=conversation.counter + 1,
            direction=Direction.NOTE if written.inside else Direction.OUTBOUND,
            text=written.text,
            at=now,
            received_at=now,
            author=event.user,
            author_name=written.author_name,
            attachments=written.attachments,
            answers=0 if written.note else conversation.last_inbound,
            desk=Thread(event.channel, event.ts),
            edited=event.at,
        )
        return message if written.inside else self._outgoing(message, conversation)

    def _outgoing(self, message: Message, conversation: Conversation) -> Message:
        """What cannot be read out is refused now, and not when somebody says at last that it may be."""
        if hides(conversation.address):
            return replace(message, state=Delivery.FAILED, failure=_REACHES_NOBODY)
        if not self.policies.current().keeps_back(conversation.address.channel):
            return self._on_hold(message, conversation)
        if message.attachments:
            return replace(message, state=Delivery.FAILED, failure=_NOT_READ_OUT)
        return replace(message, state=Delivery.KEPT_BACK)

    def _on_hold(self, message: Message, conversation: Conversation) -> Message:
        until = self.clock() + self.policies.current().hold(conversation.address.channel)
        return replace(message, state=Delivery.HELD, hold_until=until, watch_at=until + SEND_PATIENCE)

    # What an agent changed or took back

    def _edit(self, event: AgentEvent, conversation_id: str) -> None:
        seen = self.inbox.seen(DESK, event_key(event))
        if seen is not None:
            written = self._fetch(event, self.policies.current())
            phrase = until_it_holds(lambda: self._rewrite(event, written, *seen))
            self._deeds.announce(conversation_id)
        elif float(event.at) - float(event.ts) <= OVERTAKES_WITHIN:
            self._reply(event, conversation_id)  # The change overtook the message: it says the same, and more.
            if self.inbox.seen(DESK, event_key(event)):
                self._deeds.unmark(event, receipts.REFUSED)  # Whoever wrote it may answer by now.
            return
        else:
            phrase = "edit.no_effect"  # What this message became is forgotten; it is not sent a second time.
        if phrase:
            self._deeds.whisper(event, conversation_id, phrase)

    def _rewrite(self, event: AgentEvent, written: Written, conversation_id: str, sequence: int) -> str:
        """What to tell the agent: nothing where the change counts."""
        message = self.inbox.message(conversation_id, sequence)
        if message is None:
            return ""  # It was deleted.
        if event.at <= message.edited:
            # A later change is in: Slack does not keep the order of what it tells. But a note stays a note.
            return self._keep_inside(event, message) if written.inside else ""
        if message.direction is Direction.NOTE:
            self.inbox.commit(Update(message, replace(message, text=written.text, edited=event.at)))
            return "" if written.note else "edit.note_to_reply"
        if message.state in _STILL_HERE:
            return self._rewrite_held(event, written, message)
        if message.state not in _LEFT:
            return "edit.no_effect"
        return self._rewrite_late(event, written, message)

    def _rewrite_held(self, event: AgentEvent, written: Written, message: Message) -> str:
        if written.inside or written.empty:
            self._cancel(event, message)
            return "" if written.inside else "delete.cancelled"
        changed = replace(message, text=written.text, attachments=written.attachments, edited=event.at)
        if message.state is Delivery.HELD:
            changed = self._on_hold(changed, self._deeds.conversation(message.conversation_id))
        self.inbox.commit(Update(message, changed))
        return ""

    def _keep_inside(self, event: AgentEvent, message: Message) -> str:
        if message.state in _STILL_HERE:
            self._cancel(event, message)
        self._overtake(event, message)
        return ""

    def _rewrite_late(self, event: AgentEvent, written: Written, message: Message) -> str:
        if (written.text, _names(written.attachments)) == (message.text, _names(message.attachments)):
            self._deeds.unmark(event, receipts.REWORDED)
            return ""
        self._overtake(event, message)
        self._deeds.mark(event, receipts.REWORDED)
        return "edit.too_late"

    def _delete(self, event: AgentEvent, conversation_id: str) -> None:
        seen = self.inbox.seen(DESK, event_key(event)) or self._delete_in_advance(event, conversation_id)
        if seen is None:
            return
        message = self.inbox.message(*seen)
        if message is None or message.direction is Direction.NOTE:
            return
        in_time = until_it_holds(lambda: self._withdraw(event, *seen))
        self._deeds.announce(conversation_id)
        self._deeds.whisper(event, conversation_id, "delete.cancelled" if in_time else "delete.too_late")

    def _delete_in_advance(self, event: AgentEvent, conversation_id: str) -> tuple[str, int] | None:
        """Slack may tell of the deletion first, and of the message a minute later: then it is known, and not sent."""
        try:
            self.inbox.commit(Remember(DESK, event_key(event), conversation_id, NOWHERE, self.clock()))
        except AlreadySeen:
            return self.inbox.seen(DESK, event_key(event))
        log.info("deleted before it was taken in", extra={"event_id": event.event_id})
        return None

    def _withdraw(self, event: AgentEvent, conversation_id: str, sequence: int) -> bool:
        """True where the answer will not be sent."""
        message = self.inbox.message(conversation_id, sequence)
        if message is None or message.state is None:
            return False
        if message.state in _STILL_HERE:
            self._cancel(event, message)
            return True
        self._overtake(event, message)
        return message.state in (Delivery.CANCELLED, Delivery.FAILED)

    def _cancel(self, event: AgentEvent, message: Message) -> None:
        conversation = self._deeds.conversation(message.conversation_id)
        edited = max(message.edited, event.at)
        cancelled = replace(message, state=Delivery.CANCELLED, hold_until=0.0, watch_at=0.0, edited=edited)
        changed = self._deeds.changed(
            conversation,
            outbox=conversation.outbox - {message.sequence},
            kept_back=conversation.kept_back - {message.sequence},
            unmarked=conversation.unmarked | {message.sequence},
        )
        line = self._deeds.line(changed, f"message {message.sequence} cancelled", event)
        self.inbox.commit(Update(message, cancelled), Update(conversation, changed), line)

    def _overtake(self, event: AgentEvent, message: Message) -> None:
        """An attempt is under way and cannot be called back; but it is the last one."""
        if message.state is Delivery.SENDING:
            edited = max(message.edited, event.at)
            self.inbox.commit(Update(message, replace(message, overtaken=True, edited=edited)))


def _put_by(conversation: Conversation, message: Message) -> dict[str, frozenset[int]]:
    """Where a new message waits: only what is in the outbox is looked after, and what comes behind it waits for it."""
    own = {message.sequence}
    outbox = conversation.outbox | own if message.state is Delivery.HELD else conversation.outbox
    kept_back = conversation.kept_back | own if message.state is Delivery.KEPT_BACK else conversation.kept_back
    return {"outbox": outbox, "kept_back": kept_back}


def _names(attachments: tuple[Attachment, ...]) -> list[tuple[str, int]]:
    return [(attachment.name, attachment.size) for attachment in attachments]
