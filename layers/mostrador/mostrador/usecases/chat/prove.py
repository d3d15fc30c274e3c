"""A visitor opens, in the chat, the link of a mail that went to the address which they left: they read that mailbox."""

from contextlib import suppress
from dataclasses import dataclass, replace

from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Change, Create, Remember, Update
from mostrador.domain.conversation import Conversation, HistoryLine, Identity
from mostrador.domain.messages import Address, Reachable
from mostrador.usecases.identified import identified
from mostrador.usecases.notices import Notice
from mostrador.usecases.ports import Clock, Inbox, Policies
from mostrador.usecases.sending.settle import DESK_PATIENCE
from mostrador.usecases.sending.ways import EMAIL
from mostrador.usecases.tries import until_it_holds
from mostrador.usecases.viewing import customer_of


@dataclass(frozen=True, slots=True)
class Prove:
    inbox: Inbox
    policies: Policies
    clock: Clock

    def __call__(self, said: Reachable) -> Conversation | None:
        """The conversation in which it is told, for announcing it. Raises Conflict as ``Settle`` does."""
        return until_it_holds(lambda: self._take(said))

    def _take(self, said: Reachable) -> Conversation | None:
        identity = self.inbox.identity(said.sender)
        if identity is None or identity.mail != said.mail:
            return None  # They left another address since.
        conversation = self.inbox.conversation(identity.open_conversation) if identity.open_conversation else None
        with suppress(AlreadySeen):
            self.inbox.commit(*self._changes(said, identity, conversation))
        return conversation

    def _changes(self, said: Reachable, identity: Identity, conversation: Conversation | None) -> list[Change]:
        told_in = conversation.id if conversation else ""
        known = Remember(said.sender.channel, said.provider_id, told_in, 0, self.clock())
        if identity.mail_proven:
            return [known]
        mailbox = self.inbox.identity(Address(EMAIL, said.mail))
        customer_id = mailbox.customer_id if mailbox else identity.customer_id
        proven = Update(identity, replace(identity, mail_proven=True, customer_id=customer_id))
        found = [] if mailbox else [Create(Identity(Address(EMAIL, said.mail), customer_id))]
        told = self._told(said, conversation, customer_id) if conversation else []
        return [known, proven, *found, *told]

    def _told(self, said: Reachable, conversation: Conversation, customer_id: str) -> list[Change]:
        now, policy = self.clock(), self.policies.current()
        known = identified(conversation, self.inbox.customer(customer_id), Address(EMAIL, said.mail), policy, now)
        told = replace(known, trusted=True, version=conversation.version + 1, watch_at=now + DESK_PATIENCE)
        customer = customer_of(told.address, policy.language)
        notice = Notice(say("notice.mail.proven", policy.language, customer=customer, mail=said.mail))
        message = notice.message(told, now)
        line = HistoryLine(told.id, told.version, "mail proven", said.sender.value, now, said.provider_id)
        return [Update(conversation, replace(told, counter=message.sequence)), Create(message), Create(line)]
