"""What somebody wrote joins a conversation, or begins one: exactly once."""

import logging
from dataclasses import dataclass, replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Change, Create, Refer, Remember, Update
from mostrador.domain.conversation import Conversation, Customer, Direction, HistoryLine, Identity, Message, State
from mostrador.domain.errors import Conflict
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Consent, Page, Received
from mostrador.policy.in_words import moment
from mostrador.policy.model import DEFAULT, Policy
from mostrador.usecases.identified import identified
from mostrador.usecases.intake.belonging import is_proven, is_somebody_else, joins, pointed_at, whose
from mostrador.usecases.intake.names import two_names, under_one_name
from mostrador.usecases.intake.reception import Attended, Reception, Visit, asks_for_an_answer
from mostrador.usecases.ports import Blobs, Clock, Inbox, Policies
from mostrador.usecases.sending.settle import DESK_PATIENCE, follow
from mostrador.usecases.tries import TRIES
from mostrador.usecases.windows import watched

log = logging.getLogger(__name__)

BEGINNING = 90
"""Characters of a message that its card begins with."""
VISITOR = "visitor"
"""A warning: see ``is_somebody_else``."""
LONGEST_TEXT = 32_000
"""Bytes of a text that lie in the table; a longer one lies in the bucket."""


@dataclass(frozen=True, slots=True)
class TakeIn:
    inbox: Inbox
    blobs: Blobs
    policies: Policies
    clock: Clock

    def __call__(self, received: Received) -> Conversation | None:
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

    def _store_once(self, told: Received, policy: Policy) -> Conversation:
        received = under_one_name(self.inbox, told)
        identity = self.inbox.identity(received.sender)
        received = _meant(received, identity)
        found = pointed_at(self.inbox, received, identity)
        if found is not None and joins(self.inbox, received, identity, found):
            if is_somebody_else(received, identity, found):
                received = replace(received, trusted=False, warnings=(*received.warnings, VISITOR))
            conversation, changes = self._continue(found, received, identity, policy)
        else:
            linked_to = found.id if found else ""
            conversation, changes = self._open(new_id(self.clock()), received, identity, policy, linked_to=linked_to)
        self.inbox.commit(*changes, *two_names(self.inbox, told))
        log.info("message stored", extra={"conversation": conversation.id, "channel": received.channel})
        return conversation

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
            page=received.page,
            said=self._beginning(received),
            phone=received.phone,
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
        begins = not conversation.subject and (reopened or not conversation.said)
        waiting = received.sent_at if visit.expects_an_answer else 0.0
        continued = replace(
            conversation,
            state=State.OPEN if reopened else conversation.state,
            closed_at=0.0,
            waited_when_closed=0.0,
            waiting_since=conversation.waiting_since or waiting,
            customer_id=whose(self.inbox, received, identity, conversation),
            trusted=is_proven(received, conversation),
            opted_out=_opted_out(received, identity),
            counter=conversation.counter + 1,
            last_inbound=conversation.counter + 1,
            version=conversation.version + 1,
            watch_at=now + DESK_PATIENCE,
            references=follow(conversation.references, received.reference),
            page=received.page or conversation.page,
            phone=received.phone or conversation.phone,
            said=self._beginning(received) if begins else conversation.said,
        )
        continued = self._identified(conversation, watched(continued, received.sent_at, now), visit)
        attended = self._reception.continued(continued, visit, reopened=reopened)
        changes = [*self._message(continued, received, conversation.page), *attended.changes]
        if reopened:
            who, event = received.sender.value, received.provider_id
            changes.append(Create(HistoryLine(conversation.id, continued.version, "reopened", who, now, event)))
        update = Update(conversation, attended.conversation)
        return attended.conversation, [update, *changes, *self._identity(visit, attended)]

    def _identified(self, before: Conversation, conversation: Conversation, visit: Visit) -> Conversation:
        if conversation.customer_id == before.customer_id and conversation.trusted == before.trusted:
            return conversation
        if not conversation.trusted:
            return conversation
        customer = self.inbox.customer(conversation.customer_id)
        return identified(conversation, customer, visit.received.sender, visit.policy, visit.now)

    @property
    def _reception(self) -> Reception:
        return Reception(self.inbox, self.clock)

    def _message(self, conversation: Conversation, received: Received, page: Page | None = None) -> list[Change]:
        """``page`` is where the customer was before."""
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
            page=None if received.page == page else received.page,
        )
        return [Create(message), *self._remember(conversation, received), *self._refer(conversation, received)]

    def _deed(self, received: Received) -> str:
        """In the agents' language: the words are ours."""
        if not received.deed:
            return ""
        policy, now = self.policies.current(), self.clock()
        when = moment(max(received.callback_at, now), now, policy.language, ZoneInfo(policy.timezone))
        return say(f"deed.{received.deed}", policy.language, when=when)

    def _beginning(self, received: Received) -> str:
        """Empty where a subject says it, and of a message that nobody waits for an answer to."""
        if received.subject or not asks_for_an_answer(received):
            return ""
        line = " ".join((received.text or self._wish(received)).split())
        if not line and received.attachments:
            return f"📎 {received.attachments[0].name}"[:BEGINNING]
        return line if len(line) <= BEGINNING else f"{line[: BEGINNING - 1].rstrip()}…"

    def _wish(self, received: Received) -> str:
        """Without an hour, which may be another one tomorrow: the card says for when a call is promised."""
        if received.deed and received.callback_at:
            return say("deed.call", self.policies.current().language)
        return self._deed(received)

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
            return self._newcomer(touched, conversation)
        if received.threads and received.consent is None and not attended.answered:
            return []  # Nothing here depends on when a mail came last: the write would be for nothing.
        return [Update(identity, touched)]

    def _newcomer(self, identity: Identity, conversation: Conversation) -> list[Change]:
        """A mailbox that was named in a chat is nobody's yet: not the visitor's, either, who only typed its address."""
        if identity.address.value == conversation.address.value:
            return [Create(identity)]
        customer = Customer(new_id(self.clock()), identity.address.name, self.clock())
        return [Create(replace(identity, customer_id=customer.id)), Create(customer)]

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


def _meant(received: Received, identity: Identity | None) -> Received:
    """By SMS "yes" takes a STOP back, and is an answer of somebody who never sent one."""
    stopped = identity is not None and identity.opted_out
    return received if stopped or received.consent is not Consent.START else replace(received, consent=None)


def _opted_out(received: Received, identity: Identity | None) -> bool:
    if received.consent is not None:
        return received.consent is Consent.STOP
    return identity is not None and identity.opted_out
