"""What a provider brought becomes a message of a conversation, a receipt, or nothing: exactly once."""

import json
import logging
from dataclasses import dataclass, replace
from hashlib import sha256

from mostrador.domain.call import AnsweredByMachine, Called, Transcribed
from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Change, Create, Refer, Remember, Update
from mostrador.domain.conversation import Conversation, Direction, HistoryLine, Identity, Message, State
from mostrador.domain.errors import Conflict, Unreadable
from mostrador.domain.ids import new_id, parse_message_id
from mostrador.domain.messages import Address, Arrival, Consent, Ignored, ProviderEvent, Reachable, Receipt, Received
from mostrador.domain.webhooks import SHOP
from mostrador.policy.model import DEFAULT, Policy
from mostrador.usecases.called import TakeCall
from mostrador.usecases.ports import Blobs, Channels, Clock, Inbox, Policies, Queues, Transcriber
from mostrador.usecases.reach import Reach
from mostrador.usecases.receive import CLAIM, UNREADABLE
from mostrador.usecases.reception import Attended, Reception, Visit, asks_for_an_answer
from mostrador.usecases.settle import DESK_PATIENCE, TRIES, Outcome, Settle, follow
from mostrador.usecases.transcripts import TakeTranscript, begin_transcript
from mostrador.usecases.windows import watched

log = logging.getLogger(__name__)

REOPENS_WITHIN = 3 * 24 * 3600
"""Seconds after closing during which a message on a channel without threads still belongs to the conversation."""
LONGEST_TEXT = 32_000
"""Bytes of a text that lie in the table; a longer one lies in the bucket."""
REPORTED_WITHIN = 100
"""How many messages back a report that does not carry our own id may speak of."""


@dataclass(frozen=True, slots=True)
class Ingest:
    inbox: Inbox
    blobs: Blobs
    queues: Queues
    policies: Policies
    channels: Channels
    clock: Clock
    transcriber: Transcriber | None = None
    """None where voice messages are not written down."""

    def __call__(self, event: ProviderEvent) -> None:
        match self._read(event):
            case Received() as received:
                self._take_in(received)
            case Receipt() as receipt:
                self._take_receipt(receipt, event)
            case Reachable() as said:
                self._take_reachable(said)
            case Called() as called:
                self._announced(TakeCall(self.inbox, self.policies, self.clock)(called))
            case AnsweredByMachine() as told:
                TakeCall(self.inbox, self.policies, self.clock).machine(told)
            case Transcribed() as told:
                self._announced(TakeTranscript(self.inbox, self.policies, self.clock)(told))
            case Ignored(why):
                log.info("event ignored", extra={"channel": event.channel, "event_id": event.event_id, "why": why})

    def _read(self, event: ProviderEvent) -> Arrival:
        if event.channel == UNREADABLE:
            return self._unreadable(event, self.blobs.fetch(event.payload["key"]))
        if event.payload.keys() == {CLAIM}:
            event = replace(event, payload=json.loads(self.blobs.fetch(event.payload[CLAIM])))
        try:
            return self._arrival(event)
        except Unreadable as unreadable:
            log.warning(
                "event set aside", extra={"event": "set_aside", "event_id": event.event_id, "why": str(unreadable)}
            )
            return self._unreadable(event, json.dumps(event.payload, indent=1).encode())

    def _arrival(self, event: ProviderEvent) -> Arrival:
        if event.channel == SHOP:
            from mostrador.usecases.learn import Learn  # noqa: PLC0415  no shopper's message waits for it

            return Learn(self.inbox, self.policies, self.clock)(event)
        return self.channels(event.channel).read(event, self.blobs.intake(event.channel, event.event_id))

    def _unreadable(self, event: ProviderEvent, raw: bytes) -> Received:
        """Shown to a person as a message with the raw bytes as a file; nobody can be answered.

        The bytes are kept with the files of messages: what a webhook set aside is forgotten after a while.
        """
        provider = str(event.payload.get("provider", event.channel))
        kept = self.blobs.intake(event.channel, event.event_id).keep("raw", "application/octet-stream", raw)
        return Received(
            channel=event.channel,
            provider_id=event.event_id,
            sender=Address(UNREADABLE, "", provider),
            recipient="",
            text=say("unreadable.text", self.policies.current().language, provider=provider),
            sent_at=event.received_at,
            attachments=(kept,),
            threads=True,
            asks=False,
        )

    def _take_in(self, received: Received) -> None:
        conversation = self._store(received)
        if conversation is not None:
            self.queues.desk(conversation.desk_channel, conversation.id)
            if conversation.outbox:
                self.queues.deliver(conversation.id)
            if self.transcriber is not None:
                begin_transcript(received, conversation, self.inbox, self.transcriber)

    def _take_reachable(self, said: Reachable) -> None:
        self._announced(Reach(self.inbox, self.policies, self.clock)(said))

    def _announced(self, conversation: Conversation | None) -> None:
        if conversation is not None:
            self.queues.desk(conversation.desk_channel, conversation.id)

    def _store(self, received: Received) -> Conversation | None:
        """The conversation that has the message now, whether from this run or from an earlier one; None where it was
        erased since."""
        policy = self.policies.current()
        bounded = self._bounded(received)
        for _ in range(TRIES):
            try:
                return self._store_once(bounded, policy)
            except AlreadySeen as seen:
                if str(seen) in received.covers:
                    continue  # What says less was faster: it stays, and this is told beside it.
                found = self.inbox.seen(received.channel, str(seen))
                if found is not None:
                    return self.inbox.conversation(found[0])
            except Conflict:
                continue
        raise Conflict(received.provider_id)

    def _store_once(self, received: Received, policy: Policy) -> Conversation:
        identity = self.inbox.identity(received.sender)
        found = self._conversation_of(received, identity)
        if found is not None and self._belongs(received, identity, found) and not _is_apart(received, found):
            conversation, changes = self._continue(found, received, identity, policy)
        else:
            linked_to = found.id if found else ""
            conversation, changes = self._open(new_id(self.clock()), received, identity, policy, linked_to=linked_to)
        self.inbox.commit(*changes)
        log.info("message stored", extra={"conversation": conversation.id, "channel": received.channel})
        return conversation

    def _belongs(self, received: Received, identity: Identity | None, conversation: Conversation) -> bool:
        if belongs(received, identity, conversation):
            return True
        # An answer to a mail that went to the address which a visitor of the chat had left.
        if not received.reply_token or conversation.address.channel == received.channel:
            return False
        visitor = self.inbox.identity(conversation.address)
        return visitor is not None and visitor.mail == received.sender.value

    def _conversation_of(self, received: Received, identity: Identity | None) -> Conversation | None:
        """The conversation that the message itself points at, whoever sent it."""
        if not received.threads:
            open_id = identity.open_conversation if identity else ""
            return self.inbox.conversation(open_id) if open_id else None
        if received.reply_token:
            return self.inbox.conversation(received.reply_token)
        for reference in received.references:
            conversation_id = self.inbox.referred("mail", reference)
            if conversation_id:
                return self.inbox.conversation(conversation_id)
        return None

    def _open(
        self, conversation_id: str, received: Received, identity: Identity | None, policy: Policy, *, linked_to: str
    ) -> tuple[Conversation, list[Change]]:
        now = self.clock()
        visit = Visit(received, identity, policy, now)
        conversation = Conversation(
            id=conversation_id,
            address=received.sender,
            customer_id=identity.customer_id if identity else new_id(now),
            subject=received.subject,
            state=State.OPEN,
            language=policy.language,
            queue=DEFAULT,
            desk_channel=policy.queues[DEFAULT].desk_channel,
            opened_at=now,
            waiting_since=received.sent_at if visit.expects_an_answer else 0.0,
            quarantine=received.quarantine,
            recipient=received.recipient,
            trusted=received.trusted,
            public=received.public,
            opted_out=_opted_out(received, identity),
            counter=1,
            last_inbound=1,
            version=1,
            watch_at=now + DESK_PATIENCE,
            references=follow(tuple(reversed(received.references)), received.reference),
            linked_to=linked_to,
        )
        attended = self._reception.opened(watched(conversation, received.sent_at, now), visit)
        line = HistoryLine(conversation_id, 1, "opened", received.sender.value, now, received.provider_id)
        changes = [Create(line), *self._message(conversation, received), *attended.changes]
        return attended.conversation, [Create(attended.conversation), *changes, *self._identity(visit, attended)]

    def _continue(
        self, conversation: Conversation, received: Received, identity: Identity | None, policy: Policy
    ) -> tuple[Conversation, list[Change]]:
        now = self.clock()
        visit = Visit(received, identity, policy, now)
        reopened = conversation.is_closed
        waiting = received.sent_at if visit.expects_an_answer else 0.0
        continued = replace(
            conversation,
            state=State.OPEN if reopened else conversation.state,
            closed_at=0.0,
            waited_when_closed=0.0,
            waiting_since=conversation.waiting_since or waiting,
            customer_id=_whose(received, identity, conversation),
            trusted=_is_proven(received, conversation),
            opted_out=_opted_out(received, identity),
            counter=conversation.counter + 1,
            last_inbound=conversation.counter + 1,
            version=conversation.version + 1,
            watch_at=now + DESK_PATIENCE,
            references=follow(conversation.references, received.reference),
        )
        continued = watched(continued, received.sent_at, now)
        attended = self._reception.continued(continued, visit, reopened=reopened)
        changes = [*self._message(continued, received), *attended.changes]
        if reopened:
            who, event = received.sender.value, received.provider_id
            changes.append(Create(HistoryLine(conversation.id, continued.version, "reopened", who, now, event)))
        update = Update(conversation, attended.conversation)
        return attended.conversation, [update, *changes, *self._identity(visit, attended)]

    @property
    def _reception(self) -> Reception:
        return Reception(self.inbox, self.clock)

    def _message(self, conversation: Conversation, received: Received) -> list[Change]:
        message = Message(
            conversation_id=conversation.id,
            sequence=conversation.counter,
            direction=Direction.INBOUND,
            text=received.text or self._deed(received),
            at=received.sent_at,
            received_at=self.clock(),
            author_name=received.sender.name,
            subject=received.subject,
            attachments=received.attachments,
            full_text=received.full_text,
            source=received.source,
            automatic=received.automatic,
            asks=asks_for_an_answer(received),
            trusted=received.trusted,
            warnings=received.warnings,
            forwarded_from=received.forwarded_from,
            reference=received.reference,
            provider_id=received.provider_id,
            via=received.channel if received.channel != conversation.address.channel else "",
        )
        return [Create(message), *self._remember(conversation, received), *self._refer(conversation, received)]

    def _deed(self, received: Received) -> str:
        """In the agents' language: the words are ours."""
        return say(f"deed.{received.deed}", self.policies.current().language) if received.deed else ""

    def _remember(self, conversation: Conversation, received: Received) -> list[Change]:
        """The event, and the mail: one that was sent to two of our addresses, or twice, is another event each time."""
        covered = [name for name in received.covers if self.inbox.seen(received.channel, name) is None]
        names = [received.provider_id, *([copy_id(received)] if received.reference else []), *covered]
        now = self.clock()
        return [Remember(received.channel, name, conversation.id, conversation.counter, now) for name in names]

    def _refer(self, conversation: Conversation, received: Received) -> list[Change]:
        """A sender chooses the id of a mail: where it means another conversation already, it goes on meaning that."""
        if not received.reference or self.inbox.referred("mail", received.reference):
            return []
        return [Refer("mail", received.reference, conversation.id)]

    def _identity(self, visit: Visit, attended: Attended) -> list[Change]:
        """An automatic answer that goes out is noted on the identity in the same write: once, whoever else tries."""
        received, identity, conversation = visit.received, visit.identity, attended.conversation
        if received.anonymous:
            return []
        known = identity or Identity(received.sender, conversation.customer_id)
        touched = _touched(known, received, conversation)
        touched = replace(touched, acknowledged_at=visit.now if attended.answered else known.acknowledged_at)
        if identity is None:
            return [Create(touched)]
        if received.threads and received.consent is None and not attended.answered:
            return []  # Nothing here depends on when a mail came last: the write would be for nothing.
        return [Update(identity, touched)]

    def _take_receipt(self, receipt: Receipt, event: ProviderEvent) -> None:
        ours = parse_message_id(receipt.message_id or self._by_reference(receipt.reference))
        outcome = Outcome(receipt.state, event.event_id, receipt.provider_id, failure=receipt.failure)
        conversation = Settle(self.inbox, self.policies, self.clock)(*ours, outcome) if ours else None
        if conversation is None:
            log.warning("receipt of nobody's message", extra={"channel": event.channel, "event_id": event.event_id})
            return
        self.queues.desk(conversation.desk_channel, conversation.id)
        if ours and conversation.outbox - {ours[1]}:
            self.queues.deliver(conversation.id)  # What waited behind it may go now.

    def _by_reference(self, reference: str) -> str:
        """Our id of a recent message that left under this name; empty where there is none."""
        conversation_id = self.inbox.referred("mail", reference) if reference else None
        conversation = self.inbox.conversation(conversation_id) if conversation_id else None
        if conversation is None:
            return ""
        after = max(0, conversation.counter - REPORTED_WITHIN)
        recent = self.inbox.messages(conversation.id, after, REPORTED_WITHIN)
        sent = (message for message in recent if message.direction is Direction.OUTBOUND)
        return next((message.id for message in sent if message.reference == reference), "")

    def _bounded(self, received: Received) -> Received:
        text, full = cut(received.text), received.full_text or received.text
        if text == received.text and len(full.encode()) <= LONGEST_TEXT:
            return received
        kept = self.blobs.intake(received.channel, received.provider_id).keep(
            "message.txt", "text/plain; charset=utf-8", full.encode()
        )
        return replace(received, text=text, full_text="", attachments=(*received.attachments, kept))


def copy_id(received: Received) -> str:
    """The same for every copy of one mail, and for nothing else: some programs give all their mails one Message-ID."""
    parts = (received.sender.value, received.reference, received.subject, received.text)
    return "copy:" + sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def belongs(received: Received, identity: Identity | None, conversation: Conversation) -> bool:
    """Whether the sender may add to this conversation.

    A reply address is signed, and a sender without threads has one conversation at a time; but a Message-ID can be
    known to anybody whom the mail was forwarded to, and a ``From`` can be anybody's. So the address must be the
    conversation's own or the same customer's, and without a signed reply address it must also be proven.
    """
    if not received.threads:
        fresh = conversation.closed_at == 0 or received.sent_at - conversation.closed_at <= REOPENS_WITHIN
        return conversation.address.value == received.sender.value and fresh
    same = conversation.address.value == received.sender.value
    known = identity is not None and identity.customer_id == conversation.customer_id
    return (same or known) and (received.trusted or bool(received.reply_token))


def _is_proven(received: Received, conversation: Conversation) -> bool:
    """A claimed address is proven by an answer to what went to it; what was written before stays marked."""
    return received.trusted and (conversation.trusted or bool(received.reply_token))


def _whose(received: Received, identity: Identity | None, conversation: Conversation) -> str:
    """Whoever proves to be somebody that we know is no stranger any more."""
    proves = received.trusted and not conversation.trusted and bool(received.reply_token)
    return identity.customer_id if proves and identity else conversation.customer_id


def _is_apart(received: Received, conversation: Conversation) -> bool:
    """What is in quarantine is alone there: it joins nothing, and nothing that may be shown is hidden with it."""
    return bool(received.quarantine or conversation.quarantine)


def cut(text: str) -> str:
    """At most LONGEST_TEXT bytes, never half a character."""
    encoded = text.encode()
    return text if len(encoded) <= LONGEST_TEXT else encoded[:LONGEST_TEXT].decode("utf-8", "ignore")


def _touched(identity: Identity, received: Received, conversation: Conversation) -> Identity:
    return replace(
        identity,
        open_conversation="" if received.threads else conversation.id,
        last_inbound_at=max(identity.last_inbound_at, received.sent_at),
        opted_out=_opted_out(received, identity),
    )


def _opted_out(received: Received, identity: Identity | None) -> bool:
    if received.consent is not None:
        return received.consent is Consent.STOP
    return identity is not None and identity.opted_out
