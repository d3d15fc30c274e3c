"""By which channel an answer goes: the one that the customer wrote from, or the mail address that they left there."""

from collections.abc import Callable
from dataclasses import dataclass

from mostrador.channels.base import Channel
from mostrador.domain.conversation import Conversation, Direction, Identity, Message
from mostrador.domain.messages import Address
from mostrador.usecases.ports import Inbox

EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Way:
    to: Address
    channel: Channel
    mail: Address | None = None
    """Where else it may go when nobody is there; None where nobody said, or where it goes there already."""
    waits: bool = True
    """Whoever is not there reads it on return: it is of the conversation that they return to."""


def answers_a_mail(inbox: Inbox, message: Message) -> bool:
    """What was answered to a mailbox is for whoever reads that, as what was written there."""
    if message.via != EMAIL or message.direction is Direction.INBOUND or not message.answers:
        return False
    asked = inbox.message(message.conversation_id, message.answers)
    return asked is not None and asked.via == EMAIL


@dataclass(frozen=True, slots=True)
class Ways:
    inbox: Inbox
    channels: Callable[[str], Channel]

    def way(self, conversation: Conversation, message: Message, identity: Identity | None) -> Way:
        """``identity`` is that of the conversation's address. Raises KeyError where its channel is switched off."""
        mail = self._mail(conversation, identity)
        if mail is not None and EMAIL in (message.via, self._asked_by(conversation, message)):
            return Way(mail, self.channels(EMAIL))
        # Anybody may leave anybody's address: it takes a person to write there.
        elsewhere = None if message.automatic else mail
        waits = identity is None or identity.open_conversation == conversation.id
        return Way(conversation.address, self.channels(conversation.address.channel), elsewhere, waits)

    def _mail(self, conversation: Conversation, identity: Identity | None) -> Address | None:
        """Nobody is written to who asked not to be, or by a channel that is switched off."""
        if identity is None or not identity.mail:
            return None
        mail = Address(EMAIL, identity.mail, conversation.address.name)
        known = self.inbox.identity(mail)
        return mail if self._is_on(EMAIL) and not (known and known.opted_out) else None

    def _asked_by(self, conversation: Conversation, message: Message) -> str:
        """The channel of the question that this answers, where that is not the conversation's own."""
        asked = self.inbox.message(conversation.id, message.answers) if message.answers else None
        return asked.via if asked else ""

    def _is_on(self, channel: str) -> bool:
        try:
            self.channels(channel)
        except KeyError:
            return False
        return True
