"""What a provider brought is told to whom it concerns: a message, a receipt, the end of a call, or nothing."""

import json
import logging
from dataclasses import dataclass, replace

from mostrador.domain.call import AnsweredByMachine, Called, Transcribed
from mostrador.domain.catalogue import say
from mostrador.domain.chat import CHAT
from mostrador.domain.conversation import Conversation, Direction
from mostrador.domain.errors import TryAgain, Unreadable
from mostrador.domain.ids import parse_message_id
from mostrador.domain.messages import UNREADABLE, Address, Arrival, Ignored, ProviderEvent, Reachable, Receipt, Received
from mostrador.domain.webhooks import SHOP
from mostrador.usecases.chat.prove import Prove
from mostrador.usecases.chat.reach import Reach
from mostrador.usecases.intake.receive import CLAIM
from mostrador.usecases.intake.take_in import TakeIn
from mostrador.usecases.phone.called import TakeCall
from mostrador.usecases.phone.transcripts import TakeTranscript, begin_transcript
from mostrador.usecases.ports import Blobs, Channels, Clock, Inbox, Policies, Queues, Transcriber
from mostrador.usecases.sending.settle import Outcome, Settle
from mostrador.usecases.sending.ways import answers_a_mail

log = logging.getLogger(__name__)

REPORTED_WITHIN = 100
"""How many messages back a report that does not carry our own id may speak of."""

TRANSCRIPT_PATIENCE = 120
"""Seconds for which a voice message may wait for being written down."""


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
                TakeCall(self.inbox, self.policies, self.clock).answered(told)
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
            from mostrador.usecases.intake.learn import Learn  # noqa: PLC0415  no shopper's message waits for it

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
        conversation = TakeIn(self.inbox, self.blobs, self.policies, self.clock)(received)
        if conversation is not None:
            self.queues.desk(conversation.desk_channel, conversation.id)
            if conversation.outbox:
                self.queues.deliver(conversation.id)
            self._begin_transcript(received, conversation)

    def _begin_transcript(self, received: Received, conversation: Conversation) -> None:
        """The message is stored: what the same person does next waits for its words only for a while."""
        if self.transcriber is None:
            return
        try:
            begin_transcript(received, conversation, self.inbox, self.transcriber)
        except TryAgain as busy:
            if self.clock() - received.sent_at < TRANSCRIPT_PATIENCE:
                raise
            log.warning("recording not transcribed", extra={"conversation": conversation.id, "why": str(busy)})

    def _take_reachable(self, said: Reachable) -> None:
        takes = Prove if said.proven else Reach
        self._announced(takes(self.inbox, self.policies, self.clock)(said))

    def _announced(self, conversation: Conversation | None) -> None:
        if conversation is not None:
            self.queues.desk(conversation.desk_channel, conversation.id)

    def _take_receipt(self, receipt: Receipt, event: ProviderEvent) -> None:
        ours = parse_message_id(receipt.message_id or self._by_reference(receipt.reference))
        outcome = Outcome(receipt.state, event.event_id, receipt.provider_id, failure=receipt.failure)
        if ours and receipt.channel == CHAT and self._went_to_a_mailbox(*ours):
            return  # What the page has may be a word about it: what became of the mail, its own reports tell.
        conversation = Settle(self.inbox, self.policies, self.clock)(*ours, outcome) if ours else None
        if conversation is None:
            log.warning("receipt of nobody's message", extra={"channel": event.channel, "event_id": event.event_id})
            return
        self.queues.desk(conversation.desk_channel, conversation.id)
        if ours and conversation.outbox - {ours[1]}:
            self.queues.deliver(conversation.id)  # What waited behind it may go now.

    def _went_to_a_mailbox(self, conversation_id: str, sequence: int) -> bool:
        message = self.inbox.message(conversation_id, sequence)
        return message is not None and answers_a_mail(self.inbox, message)

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
