"""What was said so far in a visitor's chat, from where their browser has it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from mostrador.channels.chat.channel import by, encoded, shown_file
from mostrador.channels.chat.events import ref_of
from mostrador.domain.catalogue import say
from mostrador.domain.chat import CHAT
from mostrador.domain.conversation import Conversation, Direction, Identity, Message
from mostrador.domain.delivery import Delivery
from mostrador.domain.ids import message_id, parse_message_id
from mostrador.domain.naming import given_name
from mostrador.usecases.ports import Inbox
from mostrador.usecases.sending.ways import answers_a_mail

FIRST_LOOK = 100
"""Messages that a browser without a history is shown."""
MOST_TOLD = 200
"""The last messages of a conversation that are told to whoever has been away for long: browsers keep as many."""
LARGEST_FRAME = 80_000
"""Bytes of messages in one frame: what comes by mail may have 32,000 characters, and Amazon takes 128 KB."""

SHOWN = frozenset({Delivery.SENDING, Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.READ, Delivery.UNKNOWN})
"""An answer that is being sent counts: whoever connects meanwhile may have missed it, and knows it by its id."""


@dataclass(frozen=True, slots=True)
class Replay:
    inbox: Inbox

    def __call__(self, session: str, identity: Identity | None, cursor: str) -> Iterator[dict[str, Any]]:
        """The frames, one at least. ``identity`` is the visitor's; nobody is shown what is not theirs."""
        open_id = identity.open_conversation if identity else ""
        current = self.inbox.conversation(open_id) if open_id else None
        messages = list(self._messages(session, current, cursor, proven=identity is not None and identity.mail_proven))
        groups = list(_frames(messages)) or [[]]
        reached = _cursor(current) if current else ""
        for number, group in enumerate(groups, 1):
            last = number == len(groups)
            frame = {"type": "history", "messages": group, "cursor": reached if last else "", "complete": last}
            yield frame

    def is_behind(self, identity: Identity | None, cursor: str) -> bool:
        """Whether there may be something that a browser does not have which is there already."""
        current = (
            self.inbox.conversation(identity.open_conversation) if identity and identity.open_conversation else None
        )
        return current is not None and _cursor(current) != cursor

    def _messages(
        self, session: str, current: Conversation | None, cursor: str, *, proven: bool
    ) -> Iterator[dict[str, Any]]:
        """The rest of the conversation that the cursor is in, and all of the one that followed it."""
        place = parse_message_id(cursor)
        left = self.inbox.conversation(place[0]) if place and current and place[0] != current.id else None
        if place and left and is_of(left, session):
            yield from self._after(left, place[1], proven=proven)
        if current is None or not is_of(current, session):
            return
        known = place[1] if place and place[0] == current.id else 0
        yield from self._after(current, known if place else max(0, current.counter - FIRST_LOOK), proven=proven)

    def _after(self, conversation: Conversation, sequence: int, *, proven: bool) -> Iterator[dict[str, Any]]:
        for after in range(max(sequence, conversation.counter - MOST_TOLD), conversation.counter, FIRST_LOOK):
            for message in self.inbox.messages(conversation.id, after, FIRST_LOOK):
                if is_shown(message, proven=proven):
                    yield self._shown(message, conversation, proven=proven)

    def _shown(self, message: Message, conversation: Conversation, *, proven: bool) -> dict[str, Any]:
        if not proven and answers_a_mail(self.inbox, message):
            hint = say("chat.by_mail", conversation.language)
            message = replace(message, text=hint, author_name="", automatic=True, attachments=(), via="")
        return shown(message, conversation.address.value)


def is_of(conversation: Conversation, session: str) -> bool:
    return conversation.address.channel == CHAT and conversation.address.value == session


def is_shown(message: Message, *, proven: bool) -> bool:
    """Notes and notices stay inside, and what has not left yet may still be withdrawn.

    So does what came by mail until it is ``proven`` that the mailbox is this visitor's: the address was typed here.
    """
    if message.direction is Direction.INBOUND:
        return proven or not message.via
    return message.state in SHOWN


def shown(message: Message, session: str) -> dict[str, Any]:
    own = message.direction is Direction.INBOUND
    whose = {"from": "you", "ref": ref_of(message.provider_id, session)}
    theirs = {"from": "shop", "name": given_name(message.author_name), "automatic": message.automatic}
    files = [shown_file(file) for file in message.attachments]
    said = {"text": message.text, "at": message.at, "files": files, **by(message.via)}
    return {"id": message.id, **(whose if own else theirs), **said}


def _frames(messages: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    for message in messages:
        length = len(encoded(message))
        if group and size + length > LARGEST_FRAME:
            yield group
            group, size = [], 0
        group.append(message)
        size += length
    if group:
        yield group


def _cursor(conversation: Conversation) -> str:
    """Up to where nothing can come any more: an answer that is held will be said with the number that it has."""
    pending = min(conversation.outbox, default=conversation.counter + 1)
    return message_id(conversation.id, pending - 1)
