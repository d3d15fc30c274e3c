"""What everybody in the playground shares: time, language, files, traffic, and the news that something changed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from mostrador.policy.model import Policy
from playground.clock import Clock
from playground.config import Language, PlaygroundConfig, Stack
from playground.files import FileStore
from playground.shop_time import Pretence
from playground.traffic import Call, Kind, Traffic


@dataclass(slots=True)
class Rules:
    """What the shop goes by. ``policy`` is the last that was pushed from here, as it was compiled, and ``pushed_at``
    when: functions follow within half a minute. ``pushing`` counts the pushes under way."""

    pretence: Pretence = field(default_factory=Pretence)
    policy: Policy | None = None
    pushed_at: float = 0.0
    pushing: int = 0


class World:
    """Touched from the event loop's thread only, hence without locks."""

    def __init__(self, config: PlaygroundConfig, clock: Clock) -> None:
        self.config = config
        self.clock = clock
        self.language: Language = config.language
        self.stack: Stack | None = config.stack
        self.progress: str | None = None
        self.rules = Rules()
        self.files = FileStore()
        self.traffic = Traffic()
        self.version = 0
        self.closed = False
        self._wake_up = asyncio.Event()

    @property
    def note_mark(self) -> str:
        """What an agent's message begins with that is to stay inside."""
        return self.rules.policy.note_mark if self.rules.policy else self.config.note_mark

    def changed(self) -> None:
        self.version += 1
        woken, self._wake_up = self._wake_up, asyncio.Event()
        woken.set()

    def close(self) -> None:
        """Ends everybody who is listening for changes, so that the server can stop at once."""
        self.closed = True
        self.changed()

    async def versions(self) -> AsyncIterator[int]:
        """The version now, and again whenever it has grown; ends when the world closes."""
        while not self.closed:
            wake_up = self._wake_up
            yield self.version
            await wake_up.wait()

    async def until[T](self, look: Callable[[], T | None]) -> T | None:
        """What `look` finds, as soon as it finds something; None when the world closes first."""
        async for _ in self.versions():
            if (found := look()) is not None:
                return found
        return None

    def record(self, kind: Kind, name: str, status: int, *, since: float, attempt: int = 1) -> None:
        """Notes a call that began at `since`, in seconds since the epoch, and has just ended."""
        took = round((self.clock.time() - since) * 1000)
        self.traffic.record(Call(self.traffic.next_id(), since, kind, name, status, attempt, took))
        self.changed()
