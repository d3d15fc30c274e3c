"""Every minute: whatever is due is announced, to the queue where it is worked on."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mostrador.domain.changes import Timer
from mostrador.domain.conversation import Conversation
from mostrador.usecases.ports import Clock, Inbox, Queues

log = logging.getLogger(__name__)

PAGE = 100
AGAIN_AFTER = 300
"""Seconds until something that was announced here is announced once more."""
LONGEST_RUN = 40
"""Seconds after which no further page is begun: the next minute goes on. One page takes a few."""


class Spread(Protocol):
    """How many calls are made: one after the other, as ``map`` does, or several at once."""

    def __call__[A, B](self, call: Callable[[A], B], things: Iterable[A], /) -> Iterator[B]: ...


@dataclass(frozen=True, slots=True)
class Tick:
    inbox: Inbox
    queues: Queues
    clock: Clock
    spread: Spread = field(default=map)

    def __call__(self) -> int:
        """How many timers were announced. Announce first, then move the timer: a crash in between repeats it."""
        stop = self.clock() + LONGEST_RUN
        return sum(self._shard(shard, stop) for shard in self.inbox.shards())

    def _shard(self, shard: str, stop: float) -> int:
        announced = 0
        while self.clock() < stop and (timers := self.inbox.due(shard, self.clock(), PAGE)):
            moved = self._announce(timers)
            announced += moved
            if not moved:  # The index is behind the table: what it shows now was moved already.
                break
        return announced

    def _announce(self, timers: Sequence[Timer]) -> int:
        """How many were still where the index had them."""
        now = self.clock()
        own = _conversations(timer for timer in timers if timer.sequence is None)
        read = {found.id: found for found in self.spread(self.inbox.conversation, own) if found}
        self.queues.clocks([found.id for found in read.values() if _rings(found, now)])
        _all(self.spread(self._wake_desk, [found for found in read.values() if 0 < found.watch_at <= now]))
        _all(self.spread(self.queues.deliver, _conversations(timer for timer in timers if timer.sequence is not None)))

        def move(timer: Timer) -> bool:
            conversation = read.get(timer.conversation_id) if timer.sequence is None else None
            return self.inbox.postpone(timer, _again(conversation, now))

        return sum(self.spread(move, timers))

    def _wake_desk(self, conversation: Conversation) -> None:
        self.queues.desk(conversation.desk_channel, conversation.id)


def _conversations(timers: Iterable[Timer]) -> list[str]:
    """Each once, however many of its messages are due."""
    return list(dict.fromkeys(timer.conversation_id for timer in timers))


def _rings(conversation: Conversation, now: float) -> bool:
    """As ``policy.clocks.due`` says it, for which the whole policy would be loaded."""
    return any(at <= now for at in conversation.clocks.values())


def _again(conversation: Conversation | None, now: float) -> float:
    """When to look again, should nobody work it off: never later than what else the conversation waits for."""
    times = (conversation.watch_at, *conversation.clocks.values()) if conversation else ()
    return min((now + AGAIN_AFTER, *(at for at in times if at > now)))


def _all(calls: Iterable[object]) -> None:
    for _ in calls:
        pass
