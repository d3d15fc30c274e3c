"""Somebody says where else they can be reached: it is kept with their address, and the agents read it."""

from contextlib import suppress
from dataclasses import dataclass, replace

from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Change, Create, Remember, Update
from mostrador.domain.conversation import Conversation, Customer, HistoryLine, Identity
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Address, Reachable
from mostrador.usecases.notices import Notice
from mostrador.usecases.ports import Clock, Inbox, Policies
from mostrador.usecases.sending.settle import DESK_PATIENCE
from mostrador.usecases.tries import until_it_holds
from mostrador.usecases.viewing import customer_of


@dataclass(frozen=True, slots=True)
class Reach:
    inbox: Inbox
    policies: Policies
    clock: Clock

    def __call__(self, said: Reachable) -> Conversation | None:
        """The conversation in which it is told, for announcing it. Raises Conflict as ``Settle`` does."""
        return until_it_holds(lambda: self._take(said))

    def _take(self, said: Reachable) -> Conversation | None:
        identity = self.inbox.identity(said.sender)
        open_id = identity.open_conversation if identity else ""
        conversation = self.inbox.conversation(open_id) if open_id else None
        with suppress(AlreadySeen):
            self.inbox.commit(*self._changes(said, identity, conversation))
        return conversation

    def _changes(self, said: Reachable, identity: Identity | None, conversation: Conversation | None) -> list[Change]:
        known = Remember(
            said.sender.channel, said.provider_id, conversation.id if conversation else "", 0, self.clock()
        )
        if identity is None:
            new = Identity(said.sender, new_id(self.clock()), mail=said.mail)
            return [known, Create(new), Create(Customer(new.customer_id, said.sender.name, self.clock()))]
        named = _named(identity.address, said.sender)
        proven = identity.mail_proven and identity.mail == said.mail
        left = replace(identity, address=named, mail=said.mail, mail_proven=proven)
        changes: list[Change] = [known, Update(identity, left)]
        return changes + (self._told(said, conversation) if conversation else [])

    def _told(self, said: Reachable, conversation: Conversation) -> list[Change]:
        now = self.clock()
        address = _named(conversation.address, said.sender)
        told = replace(conversation, address=address, version=conversation.version + 1, watch_at=now + DESK_PATIENCE)
        key = "notice.mail" if said.mail else "notice.mail.none"
        customer = customer_of(address, self.policies.current().language)
        notice = Notice(say(key, self.policies.current().language, customer=customer, mail=said.mail)).message(
            told, now
        )
        line = HistoryLine(
            told.id, told.version, "mail left" if said.mail else "mail taken back", address.value, now, said.provider_id
        )
        return [Update(conversation, replace(told, counter=notice.sequence)), Create(notice), Create(line)]


def _named(address: Address, said: Address) -> Address:
    return replace(address, name=said.name) if said.name else address
