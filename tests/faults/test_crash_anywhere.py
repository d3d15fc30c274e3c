"""Every step dies at every one of its calls, before and after the call took effect, and is simply run again.

Whatever happens, at the end the customer's message is stored and shown once, and the answer was sent once.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import START, Counter, received
from mostrador.desk.events import AgentEvent, Kind
from mostrador.domain.conversation import State
from mostrador.domain.delivery import Accepted
from mostrador.domain.messages import Outgoing, ProviderEvent
from mostrador.policy.model import Patience
from mostrador.usecases.sending.deliver import DOUBT

DAY = 86_400
PATIENT = replace(
    POLICY,
    patience=Patience(follow_up_after=4 * DAY, follow_up_answer="follow_up", close_after=10 * DAY),
    answers={"follow_up": {"es": "¿Pudiste resolverlo?", "en": "Did that settle it?"}},
)
LONGER_THAN_ANY_RUN = 200


class Crash(Exception):
    """The process is gone."""


class Bomb:
    """Lets a port's calls pass until the given one, and then kills the process before or after it happens."""

    def __init__(self) -> None:
        self.calls = 0
        self.at = LONGER_THAN_ANY_RUN
        self.after_effect = False

    def around(self, port: Any, *names: str) -> None:
        for name in names:
            setattr(port, name, self._armed(getattr(port, name)))

    def _armed(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def armed(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            explodes = self.calls == self.at
            if explodes and not self.after_effect:
                raise Crash
            result = call(*arguments, **named)
            if explodes:
                raise Crash
            return result

        return armed


def armed_counter(bomb: Bomb) -> Counter:
    counter = Counter()
    bomb.around(counter.inbox, "commit")
    bomb.around(counter.queues, "desk", "deliver", "hold", "clocks")
    bomb.around(counter.desk, "post", "update", "react", "unreact")
    bomb.around(counter.channels["sms"], "send")
    setattr(counter.channels["sms"], "find_sent", arrived(counter))  # noqa: B010 - a method is replaced
    return counter


def arrived(counter: Counter) -> Callable[[Outgoing, float], Accepted | None]:
    """The provider knows what it took, whether or not we heard its answer."""

    def find_sent(message: Outgoing, _since: float) -> Accepted | None:
        sent = [found for found in counter.channels["sms"].sent if found.message_id == message.message_id]
        return Accepted("provider-1") if sent else None

    return find_sent


def surviving(*steps: Callable[[], object]) -> None:
    """What a queue does: deliver the same message again until it went through."""
    for _ in range(3):
        try:
            for step in steps:
                step()
        except Crash:
            continue
        return


def play(counter: Counter) -> None:
    """Write, answer, deliver; after a crash, redeliver; and let the minutes pass in which ``tick`` looks."""
    play_question(counter)
    minutes(counter, 3)
    play_answer(counter)
    minutes(counter, 12)


def play_question(counter: Counter) -> None:
    event: ProviderEvent = counter.event(received("Hola", "m1", counter.clock()))
    surviving(lambda: counter.ingest(event), lambda: pump(counter))


def play_answer(counter: Counter) -> None:
    root = next(post.ts for post in counter.desk.posts.values() if post.key == "root")
    reply: AgentEvent = counter.agent_event(Kind.REPLY, text="Sí", user="U0MARTA", thread_ts=root)
    surviving(lambda: counter.act(reply), lambda: pump(counter))


def pump(counter: Counter) -> None:
    """As ``Counter.run``, but a wake-up leaves its queue only when its step went through."""
    queues = counter.queues
    while queues.waiting():
        for wakes, step in (
            (queues.clock_wakes, counter.ring),
            (queues.deliver_wakes, counter.deliver),
            (queues.desk_wakes, counter.notify),
        ):
            if wakes:
                step(wakes[0])
                wakes.popleft()


def minutes(counter: Counter, number: int) -> None:
    for _ in range(number):
        counter.clock.now += DOUBT
        surviving(counter.tick, lambda: pump(counter))


def calls_of_an_undisturbed_run() -> int:
    bomb = Bomb()
    play(armed_counter(bomb))
    return bomb.calls


@pytest.mark.parametrize("after_effect", [False, True], ids=["before the call", "after the call"])
@pytest.mark.parametrize("at", range(1, calls_of_an_undisturbed_run() + 1))
def test_a_crash_at_any_call_loses_nothing_and_doubles_nothing(at: int, *, after_effect: bool) -> None:
    bomb = Bomb()
    bomb.at, bomb.after_effect = at, after_effect
    counter = armed_counter(bomb)
    play(counter)
    assert bomb.calls >= at, "the bomb never went off"
    assert [message.text for message in counter.channels["sms"].sent] == ["Sí"]
    assert sorted(post.key for post in counter.desk.posts.values()) == ["1.0", "root"]
    assert counter.conversation.counter == 2
    assert [*counter.desk.reactions.values()] == [{"outbox_tray"}]
    assert counter.conversation.watch_at == 0
    assert counter.message(2).watch_at == 0


# What is due by itself


def play_clocks(counter: Counter) -> None:
    """Nobody answers until the promise is broken; then somebody does, and the customer never writes again."""
    counter.policies.policy = PATIENT
    play_question(counter)
    for mark in (3600, 5760, 7200):
        pass_until(counter, START + mark)
    play_answer(counter)
    minutes(counter, 12)
    pass_until(counter, START + 5 * DAY)
    pass_until(counter, START + 16 * DAY)


def pass_until(counter: Counter, at: float) -> None:
    """All that a crash in the first of these minutes left undone is done within the others."""
    counter.clock.now = max(at, counter.clock.now)
    minutes(counter, 8)


def calls_of_undisturbed_clocks() -> int:
    bomb = Bomb()
    play_clocks(armed_counter(bomb))
    return bomb.calls


@pytest.mark.parametrize("after_effect", [False, True], ids=["before the call", "after the call"])
@pytest.mark.parametrize("at", range(1, calls_of_undisturbed_clocks() + 1))
def test_a_crash_at_any_call_tells_what_is_due_once(at: int, *, after_effect: bool) -> None:
    bomb = Bomb()
    bomb.at, bomb.after_effect = at, after_effect
    counter = armed_counter(bomb)
    play_clocks(counter)
    assert bomb.calls >= at, "the bomb never went off"
    told = ["promise warned", "promise warned", "promise broken", "follow_up sent", "close"]
    assert [line for line in counter.inbox.history(counter.conversation.id) if line in told] == told
    assert [message.text for message in counter.channels["sms"].sent] == ["Sí", "¿Pudiste resolverlo?"]
    assert len(counter.notices) == 3
    keys = sorted(post.key for post in counter.desk.posts.values())
    assert keys == ["1.0", "2.0", "3.0", "4.0", "6.0", "root"]
    assert (counter.conversation.state, counter.conversation.due_at) == (State.CLOSED, 0)
