"""An answer made ready for its channel: all that an attempt needs, or why there is no use in one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mostrador.channels.base import ShowsElsewhere
from mostrador.domain.conversation import Conversation, Identity, Message
from mostrador.domain.delivery import Failure, Fault, Reason
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.domain.form import FORM
from mostrador.domain.messages import Address, Outgoing, Quoted
from mostrador.domain.naming import given_name
from mostrador.usecases.ports import Blobs, Channels, Clock, Inbox, Policies
from mostrador.usecases.sending.ways import EMAIL, Way, Ways
from mostrador.usecases.windows import closes_at, is_closed

OPTED_OUT = Failure(Reason.OPTED_OUT, retryable=False, fault=Fault.THEIRS)
NO_ADDRESS = Failure(Reason.ADDRESS_INVALID, retryable=False, fault=Fault.THEIRS)
WINDOW_CLOSED = Failure(Reason.WINDOW_CLOSED, retryable=False, fault=Fault.THEIRS)
FILE_MISSING = Failure(Reason.ATTACHMENT_MISSING, retryable=False, fault=Fault.OURS)


@dataclass(frozen=True, slots=True)
class Letter:
    """An answer ready for its channel."""

    way: Way
    message: Outgoing
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Letters:
    inbox: Inbox
    blobs: Blobs
    policies: Policies
    channels: Channels
    clock: Clock

    def prepare(self, conversation: Conversation, message: Message) -> Failure | Letter:
        """All that the attempt needs, so that nothing but the provider's call comes after it is recorded."""
        identity = self.inbox.identity(conversation.address)
        refusal = _refusal(conversation, message, identity) or self._window_refusal(
            message, closes_at(conversation.address.channel, identity)
        )
        if refusal is not None:
            return refusal
        try:
            way = self.way(conversation, message, identity)
        except KeyError:
            return NO_ADDRESS
        try:
            files = self._files(message)
        except TryAgain:
            # They were stored before the message was: what is not there now was erased.
            return FILE_MISSING
        letter = self.outgoing(conversation, message, way.to)
        return Letter(way, replace(letter, page=self._way_back(conversation, way.to)), files)

    def _window_refusal(self, message: Message, window: float | None) -> Failure | None:
        """Providers take such a message, and tell only later that it did not arrive."""
        return WINDOW_CLOSED if message.template is None and is_closed(window, self.clock()) else None

    def way(self, conversation: Conversation, message: Message, identity: Identity | None) -> Way:
        """Raises KeyError where the channel is switched off."""
        return Ways(self.inbox, self.channels).way(conversation, message, identity)

    def _way_back(self, conversation: Conversation, to: Address) -> str:
        """From a mail to whoever wrote somewhere else: where they read it as well. Empty where nobody knows."""
        if to.channel == conversation.address.channel or conversation.page is None:
            return ""
        try:
            channel = self.channels(conversation.address.channel)
            if not isinstance(channel, ShowsElsewhere):
                return ""
            return channel.way_back(conversation.address, to.value, conversation.page)
        except (KeyError, NotConfigured):
            return ""

    def outgoing(self, conversation: Conversation, message: Message, to: Address) -> Outgoing:
        policy = self.policies.current()
        return Outgoing(
            message_id=message.id,
            conversation_id=conversation.id,
            to=to,
            text=message.text,
            subject=conversation.subject,
            attachments=message.attachments,
            in_reply_to=conversation.references[-1] if conversation.references else "",
            references=conversation.references[:-1],
            sender_name=given_name(message.author_name),
            shop_name=policy.shop_name,
            language=conversation.language,
            timezone=policy.timezone,
            quoted=self._quoted(conversation, message, to),
            automatic=message.automatic,
            written_at=message.at,
            template=message.template,
        )

    def _quoted(self, conversation: Conversation, message: Message, to: Address) -> Quoted | None:
        """What the answer is about, where the channel is one of threads: nobody quotes in a chat."""
        if not (conversation.references or to.channel in (EMAIL, FORM)) or not message.answers:
            return None
        if message.automatic and not conversation.trusted:
            return None  # Anybody can type another person's address: nothing that a stranger wrote is sent on.
        answered = self.inbox.message(conversation.id, message.answers)
        name = to.name or to.value
        return Quoted(name, answered.text, answered.at) if answered else None

    def _files(self, message: Message) -> Mapping[str, bytes]:
        return {attachment.key: self.blobs.fetch(attachment.key) for attachment in message.attachments}


def _refusal(conversation: Conversation, message: Message, identity: Identity | None) -> Failure | None:
    """What would fail at the provider, or worse, would not: known before asking it."""
    if identity is not None and identity.opted_out:
        return OPTED_OUT
    if not conversation.address.value:
        return NO_ADDRESS
    return FILE_MISSING if any(not attachment.key for attachment in message.attachments) else None
