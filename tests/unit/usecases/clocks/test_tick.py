"""Every minute: what is due is announced where it is worked on, first, and then put off."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from fakes.conversations import a_conversation
from fakes.inbox import FakeInbox
from fakes.policies import POLICY
from fakes.world import FakeClock, FakePolicies, FakeQueues
from mostrador.domain.attention import Clock
from mostrador.domain.changes import Create, Timer, Update
from mostrador.domain.conversation import Conversation, Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.policy import clocks
from mostrador.usecases.clocks.ring import Ring
from mostrador.usecases.clocks.tick import AGAIN_AFTER, LONGEST_RUN, PAGE, Tick

NOW = 1_780_000_000.0
CONVERSATION = a_conversation(NOW, id="c0", counter=1, version=1)


class Minute:
    def __init__(self) -> None:
        self.clock, self.inbox = FakeClock(NOW), FakeInbox()
        self.queues = FakeQueues(self.clock)
        self.tick = Tick(self.inbox, self.queues, self.clock)

    def holds(self, *conversations: Conversation) -> None:
        for conversation in conversations:
            self.inbox.commit(Create(conversation))

    @property
    def due_at(self) -> list[float]:
        return sorted(self.inbox.index.values())


@pytest.fixture
def minute() -> Minute:
    return Minute()


def test_what_the_desk_does_not_show_is_announced_to_the_desk(minute: Minute) -> None:
    minute.holds(replace(CONVERSATION, watch_at=NOW))
    assert minute.tick() == 1
    assert list(minute.queues.desk_wakes) == ["c0"]
    assert not minute.queues.clock_wakes
    assert minute.due_at == [NOW + AGAIN_AFTER]


def test_a_clock_that_is_due_is_announced_to_the_clocks(minute: Minute) -> None:
    minute.holds(replace(CONVERSATION, watch_at=NOW + 1000, clocks={Clock.WAKE: NOW}))
    assert minute.tick() == 1
    assert list(minute.queues.clock_wakes) == ["c0"]
    assert not minute.queues.desk_wakes


def test_messages_that_are_due_announce_their_conversation_once(minute: Minute) -> None:
    held = Message("c0", 1, Direction.OUTBOUND, "Hola", NOW, state=Delivery.HELD, watch_at=NOW)
    minute.inbox.commit(Create(held), Create(replace(held, sequence=2)))
    assert minute.tick() == 2
    assert list(minute.queues.deliver_wakes) == ["c0"]


def test_what_is_not_due_is_left_alone(minute: Minute) -> None:
    minute.holds(replace(CONVERSATION, watch_at=NOW + 1, clocks={Clock.CLOSE: NOW + 2}))
    assert minute.tick() == 0
    assert not minute.queues.waiting()


def test_what_nobody_worked_off_is_announced_again_later(minute: Minute) -> None:
    minute.holds(replace(CONVERSATION, clocks={Clock.WAKE: NOW}))
    minute.tick()
    minute.clock.now += 60
    minute.tick()
    assert len(minute.queues.clock_wakes) == 1
    minute.clock.now += AGAIN_AFTER
    minute.tick()
    assert len(minute.queues.clock_wakes) == 2


def test_a_desk_that_is_behind_delays_no_other_clock_of_the_conversation(minute: Minute) -> None:
    minute.holds(replace(CONVERSATION, watch_at=NOW, clocks={Clock.PROMISE: NOW + 90}))
    minute.tick()
    minute.clock.now += 120
    minute.tick()
    assert list(minute.queues.clock_wakes) == ["c0"]


def test_a_timer_is_announced_before_it_is_moved(minute: Minute, monkeypatch: pytest.MonkeyPatch) -> None:
    minute.holds(replace(CONVERSATION, clocks={Clock.WAKE: NOW}))

    def dies(_ids: Sequence[str]) -> None:
        raise ConnectionError

    monkeypatch.setattr(minute.queues, "clocks", dies)
    with pytest.raises(ConnectionError):
        minute.tick()
    assert minute.due_at == [NOW]


def test_an_index_that_is_behind_the_table_does_not_keep_tick_busy(
    minute: Minute, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def stale(shard: str, _now: float, _limit: int) -> list[Timer]:
        looks.append(shard)
        return [Timer("gone", None, NOW)]

    monkeypatch.setattr(minute.inbox, "due", stale)
    assert minute.tick() == 0
    assert looks == ["0", "1"]


def test_a_run_ends_before_the_function_does_and_the_next_minute_goes_on(
    minute: Minute, monkeypatch: pytest.MonkeyPatch
) -> None:
    minute.holds(*many(3 * PAGE))
    postpone = minute.inbox.postpone

    def slowly(timer: Timer, until: float) -> bool:
        minute.clock.now += LONGEST_RUN / 150
        return postpone(timer, until)

    monkeypatch.setattr(minute.inbox, "postpone", slowly)
    assert minute.tick() == 2 * PAGE
    assert minute.clock.now < NOW + 60
    assert minute.tick() == PAGE


# A thousand at once


def many(number: int) -> list[Conversation]:
    waiting = clocks.waits(replace(CONVERSATION, waiting_since=NOW - 3600), POLICY, NOW - 3600)
    return [replace(waiting, id=f"c{place}") for place in range(number)]


def test_a_thousand_that_are_due_at_once_all_ring_once_even_if_every_wake_up_comes_twice(minute: Minute) -> None:
    minute.holds(*many(1000))
    assert minute.tick() == 1000
    ring = Ring(minute.inbox, minute.queues, FakePolicies(), minute.clock)
    wakes = [*minute.queues.clock_wakes, *reversed(minute.queues.clock_wakes)]
    for conversation_id in wakes:
        ring(conversation_id)
    messages = [found for found in minute.inbox.entities.values() if isinstance(found, Message)]
    assert Tally(message.conversation_id for message in messages) == Tally(f"c{place}" for place in range(1000))
    assert {message.direction for message in messages} == {Direction.NOTICE}
    assert set(minute.due_at) == {NOW + 60}  # until when the desk has shown it
    assert set(minute.queues.desk_wakes) == {f"c{place}" for place in range(1000)}


def test_wake_ups_leave_in_batches_and_calls_are_spread() -> None:
    """So that a thousand take seconds: ten queries, ten times a hundred reads and moves, each ten at a time."""
    minute, calls = Minute(), Tally[str]()
    minute.holds(*many(1000))

    def count(port: Any, name: str) -> None:
        call = getattr(port, name)

        def counted(*arguments: Any) -> Any:
            calls[name] += 1
            return call(*arguments)

        setattr(port, name, counted)

    for name in ("due", "conversation", "postpone"):
        count(minute.inbox, name)
    for name in ("clocks", "desk", "deliver"):
        count(minute.queues, name)
    pool = Pool()
    replace(minute.tick, spread=pool)()
    assert calls == {"due": 12, "conversation": 1000, "postpone": 1000, "clocks": 10}
    assert pool.spread == 2000
    assert max(pool.sizes) == PAGE


class Pool:
    """Threads, as in the function."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    @property
    def spread(self) -> int:
        return sum(self.sizes)

    def __call__[A, B](self, call: Callable[[A], B], things: Iterable[A], /) -> Iterator[B]:
        listed = list(things)
        self.sizes.append(len(listed))
        with ThreadPoolExecutor(10) as pool:
            return pool.map(call, listed)


def test_a_conversation_that_changed_while_it_was_announced_keeps_its_new_time(
    minute: Minute, monkeypatch: pytest.MonkeyPatch
) -> None:
    minute.holds(replace(CONVERSATION, clocks={Clock.WAKE: NOW}))
    announce = minute.queues.clocks

    def meanwhile(ids: Sequence[str]) -> None:
        announce(ids)
        stored = minute.inbox.conversation("c0")
        assert stored is not None
        minute.inbox.commit(Update(stored, replace(stored, clocks={Clock.WAKE: NOW + 30})))

    monkeypatch.setattr(minute.queues, "clocks", meanwhile)
    assert minute.tick() == 0
    assert minute.due_at == [NOW + 30]
