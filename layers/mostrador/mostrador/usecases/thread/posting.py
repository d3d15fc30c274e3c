"""Posting into a conversation's thread once, whatever dies in between.

Before anything is posted, the conversation notes that a post may happen; should the run die, the next one finds that
note and asks the desk what is there before it posts again.
"""

import logging
from dataclasses import dataclass, replace
from typing import Any

from mostrador.desk.cards import ROOT, Card
from mostrador.desk.errors import Rejected
from mostrador.domain.changes import Change, Refer, Update
from mostrador.domain.conversation import Conversation, Message, Thread
from mostrador.domain.delivery import Delivery
from mostrador.domain.errors import Conflict
from mostrador.usecases.ports import Blobs, Clock, Desk, Inbox
from mostrador.usecases.sending.patience import Patience
from mostrador.usecases.tries import TRIES

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a run that shows a conversation works with."""

    inbox: Inbox
    blobs: Blobs
    desk: Desk
    clock: Clock
    patience: Patience

    def record(self, conversation_id: str, **fields: Any) -> Conversation:
        """Write what only the showing writes, over whatever others changed meanwhile."""
        for _ in range(TRIES):
            conversation = self.inbox.conversation(conversation_id)
            if conversation is None:
                break
            try:
                return self._write(conversation, fields)
            except Conflict:
                continue
        raise Conflict(conversation_id)

    def record_on(self, known: Conversation, **fields: Any) -> Conversation:
        """The same, without reading first what has hardly ever changed since it was read."""
        try:
            return self._write(known, fields)
        except Conflict:
            return self.record(known.id, **fields)

    def _write(self, conversation: Conversation, fields: dict[str, Any]) -> Conversation:
        recorded = replace(conversation, **fields)
        self.inbox.commit(Update(conversation, recorded), *_alias(conversation, recorded))
        return replace(recorded, revision=conversation.revision + 1)

    def record_mark(self, message: Message, state: Delivery, asked: str = "") -> None:
        """The receipt that the desk shows now, whatever became of the message meanwhile."""
        for _ in range(TRIES):
            try:
                self.inbox.commit(Update(message, replace(message, shown_state=state, asked=asked)))
            except Conflict:
                message = self.inbox.message(message.conversation_id, message.sequence) or message
                continue
            return
        raise Conflict(message.id)

    def complain(self, conversation_id: str, refused: Rejected) -> None:
        """An alarm may listen for this line: Slack does not accept what we built, and a person has to look."""
        log.error("not shown", extra={"event": "not_shown", "conversation": conversation_id, "why": str(refused)})


class Posting:
    """The thread of one conversation. Every call raises MessageGone where the thread's root is not there."""

    def __init__(self, tools: Tools, conversation: Conversation) -> None:
        self._tools = tools
        self._there: dict[str, str] = {}
        self.conversation = conversation
        """As it was when it was last written here."""

    def announce(self) -> None:
        """Note that a post may happen, or, where the note is there already, look at what an earlier run posted."""
        conversation = self.conversation
        if not conversation.showing_since:
            self._record(showing_since=self._tools.clock())
            return
        desk = self._tools.desk
        if not conversation.desk_ts:
            found = desk.find_root(conversation.desk_channel, conversation.id, conversation.showing_since)
            if found:
                self._record(desk_ts=found)
        if self.conversation.desk_ts:
            self._there = dict(desk.shown_keys(conversation.desk_channel, self.conversation.desk_ts))

    def show_root(self, card: Card, plain: Card) -> None:
        """The card itself, or ``plain`` where Slack does not accept it."""
        try:
            ts = self._show_root(card)
        except Rejected as refused:
            self._tools.complain(self.conversation.id, refused)
            ts = self._show_root(plain)
        self._record(desk_ts=ts, card_digest=card.digest)

    def _show_root(self, card: Card) -> str:
        channel, ts = self.conversation.desk_channel, self.conversation.desk_ts
        if not ts:
            return self._post(card, ROOT)
        self._tools.patience(lambda: self._tools.desk.update(channel, ts, card))
        return ts

    def post(self, card: Card, key: str, plain: Card | None = None, *, username: str = "", icon: str = "") -> bool:
        """Unless it is there already. False where Slack did not accept it, and ``plain`` was posted in its place."""
        if key in self._there:
            return True
        try:
            self._post(card, key, username=username, icon=icon)
        except Rejected as refused:
            if plain is None:
                raise
            self._tools.complain(self.conversation.id, refused)
            self._post(plain, key)
            return False
        return True

    def place_of(self, key: str) -> Thread:
        """Where what was posted under this key is. Raises KeyError where nothing was."""
        return Thread(self.conversation.desk_channel, self._there[key])

    def _post(self, card: Card, key: str, *, username: str = "", icon: str = "") -> str:
        conversation = self.conversation
        ts = self._tools.patience(
            lambda: self._tools.desk.post(
                conversation.desk_channel,
                card,
                conversation_id=conversation.id,
                key=key,
                thread_ts=conversation.desk_ts,
                username=username,
                icon=icon,
            )
        )
        self._there[key] = ts
        return ts

    def _record(self, **fields: Any) -> None:
        self.conversation = self._tools.record_on(self.conversation, **fields)


def _alias(before: Conversation, after: Conversation) -> list[Change]:
    """A new root makes its thread mean the conversation, in the same write."""
    if not after.desk_ts or before.desk_ts == after.desk_ts:
        return []
    return [Refer("desk", f"{after.desk_channel}:{after.desk_ts}", after.id)]
