"""A promise of two hours, watched minute by minute: from the question to the warnings, the breach, and the end.

The shop opens from ten to two and from five to eight. Business time stands still over lunch.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fakes.policies import POLICY
from fakes.world import Counter, text_of
from mostrador.domain.conversation import Conversation, Direction, Message, State
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Receipt
from mostrador.policy.model import Hours, Interval, Patience, Rule

MADRID = ZoneInfo("Europe/Madrid")
HOUR, DAY = 3600, 86_400
SPLIT = Hours("default", ((Interval(600, 840), Interval(1020, 1200)),) * 5 + ((), ()))
SHOP = replace(
    POLICY,
    hours={"default": SPLIT},
    queues={"default": replace(POLICY.queues["default"], users=("U0LUIS",), lead="U0INES")},
    patience=Patience(follow_up_after=4 * DAY, follow_up_answer="follow_up", close_after=10 * DAY),
    answers={"follow_up": {"es": "¿Pudiste resolverlo?", "en": "Did that settle it?"}},
)
BOUNCED = Failure(Reason.BLOCKED, retryable=False, fault=Fault.THEIRS)


class Day:
    """A Monday at the counter: times are what the clock on its wall shows."""

    def __init__(self) -> None:
        self.counter = Counter()
        self.counter.policies.policy = SHOP
        self.counter.clock.now = self.at("13:00")

    def at(self, clock: str, day: int = 23) -> float:
        hour, minute = map(int, clock.split(":"))
        return datetime(2026, 11, day, hour, minute, tzinfo=MADRID).timestamp()

    def until(self, clock: str, day: int = 23) -> None:
        self.counter.pass_time(self.at(clock, day) - self.counter.clock())

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(f"{datetime.fromtimestamp(notice.at, MADRID):%H:%M}", notice.text) for notice in self.notices]

    @property
    def notices(self) -> list[Message]:
        return self.counter.notices

    @property
    def conversation(self) -> Conversation:
        return self.counter.conversation


def _always(answer: str) -> Rule:
    return Rule("always", answer=answer)


def _messages(day: Day) -> list[Message]:
    return day.counter.inbox.messages(day.conversation.id, 0, day.conversation.counter)


@pytest.fixture
def day() -> Day:
    return Day()


def test_nobody_answers_and_the_promise_is_warned_of_twice_and_then_broken(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.until("20:00")
    assert day.told == [
        ("14:00", "Prometimos responder a Ana Molina antes de las 18:00; aún tenemos una hora."),
        ("17:36", "Prometimos responder a Ana Molina antes de las 18:00; aún tenemos 24 minutos."),
        ("18:00", "Ana Molina sigue sin respuesta: la prometimos antes de las 18:00."),
    ]
    assert day.counter.inbox.history(day.conversation.id)[-3:] == ["promise warned"] * 2 + ["promise broken"]


def test_what_was_told_stands_in_the_thread_once_and_calls_somebody(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.until("20:00")
    thread = day.counter.desk.thread(day.counter.root.ts)
    shown = [post for post in thread if "prometimos" in text_of(post.card).lower()]
    assert len(shown) == 3
    assert "<@U0LUIS>" in text_of(shown[0].card)
    assert "<@U0INES>" in text_of(shown[2].card)


def test_the_lead_the_agent_and_their_stand_in_are_called_at_the_breach(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.presses("claim", user="U0LUIS")
    day.until("18:00")
    assert [notice.mentions for notice in day.notices] == [
        ("U0LUIS",),
        ("U0LUIS",),
        ("U0LUIS", "U0MARTA", "U0INES"),
    ]


def test_an_answer_in_time_ends_it(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.until("13:50")
    day.counter.answers("Sí, quedan dos.")
    day.until("20:00")
    assert day.told == []
    assert day.conversation.promise is None


def test_an_answer_that_is_held_or_on_its_way_is_none_yet(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.answers("Sí, quedan dos.")
    assert day.conversation.promise is not None
    day.counter.wait(10)
    assert day.conversation.promise is None
    assert day.conversation.first_answered_at == day.counter.clock()


def test_the_next_question_has_a_promise_of_its_own(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.answers("Sí, quedan dos.")
    day.until("18:00")
    day.counter.writes("¿Y el verde?")
    day.until("19:00")
    assert day.told == [("19:00", "Prometimos responder a Ana Molina antes de las 20:00; aún tenemos una hora.")]
    promise = day.conversation.promise
    assert promise is not None
    assert (promise.kind, promise.since) == ("next", day.at("18:00"))


def test_more_questions_do_not_put_the_promise_off(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.until("13:30")
    day.counter.writes("¿Hola?")
    day.until("20:00")
    assert [when for when, _ in day.told] == ["14:00", "17:36", "18:00"]


def test_an_answer_that_does_not_get_through_leaves_the_promise_running(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.channels["sms"].answers.append(BOUNCED)
    day.counter.answers("Sí, quedan dos.")
    day.until("14:00")
    assert [when for when, _ in day.told] == ["14:00"]


def test_an_answer_that_comes_back_hours_later_makes_the_customer_wait_again(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.answers("Sí, quedan dos.")
    day.until("17:00")
    answer = day.counter.message(2)
    day.counter.ingest(day.counter.event(Receipt("sms", answer.id, Delivery.FAILED, failure=BOUNCED), "sms"))
    day.until("18:00")
    assert day.told == [("18:00", "Prometimos responder a Ana Molina antes de las 19:00; aún tenemos una hora.")]


def test_who_writes_while_the_answer_is_on_its_way_waits_for_the_next_one(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.answers("Sí, quedan dos.")
    day.counter.clock.now += 5
    day.counter.writes("¿Y el verde?")
    asked = day.counter.clock()
    day.counter.wait(5)
    assert day.counter.message(2).state is Delivery.ACCEPTED
    promise = day.conversation.promise
    assert promise is not None
    assert (promise.kind, promise.since, day.conversation.waiting_since) == ("next", asked, asked)


def test_a_receipt_that_comes_late_does_not_answer_the_next_question(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.answers("Sí, quedan dos.")
    day.until("17:00")
    day.counter.writes("¿Y el verde?")
    promise = day.conversation.promise
    day.counter.ingest(day.counter.event(Receipt("sms", day.counter.message(2).id, Delivery.DELIVERED), "sms"))
    assert day.conversation.promise == promise is not None


def test_a_machines_answer_changes_no_promise(day: Day) -> None:
    rule = replace(SHOP, answers={**SHOP.answers, "received": {"es": "Te respondemos {promise}.", "en": "{promise}"}})
    day.counter.policies.policy = replace(rule, rules=(_always("received"),))
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.wait(10)
    assert [sent.text for sent in day.counter.channels["sms"].sent] == ["Te respondemos antes de las 18:00."]
    assert day.conversation.promise is not None
    day.until("14:00")
    assert len(day.told) == 1


def test_a_promise_is_warned_of_while_the_conversation_is_snoozed(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.presses("snooze", value="days")
    assert day.conversation.state is State.SNOOZED
    day.until("14:00")
    assert [when for when, _ in day.told] == ["14:00"]


def test_hours_that_change_in_the_middle_move_what_is_left(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.until("13:30")
    mornings = Hours("default", ((Interval(600, 840),),) * 5 + ((), ()))
    day.counter.policies.policy = replace(SHOP, hours={"default": mornings})
    day.counter.ring(day.conversation.id)
    day.until("10:36", day=24)
    assert [text for _, text in day.told] == [
        "Prometimos responder a Ana Molina mañana antes de las 11:00; aún tenemos una hora.",
        "Prometimos responder a Ana Molina antes de las 11:00; aún tenemos 24 minutos.",
    ]


def test_a_customer_who_never_answers_is_asked_once_and_left_in_peace(day: Day) -> None:
    day.counter.writes("¿Sigue en venta el botijo azul?")
    day.counter.presses("claim", user="U0LUIS")
    day.counter.answers("Sí, quedan dos.", user="U0LUIS")
    day.counter.pass_time(4 * DAY + 120)
    assert [sent.text for sent in day.counter.channels["sms"].sent] == ["Sí, quedan dos.", "¿Pudiste resolverlo?"]
    day.counter.clock.now += 10 * DAY
    day.counter.pass_time(120)
    assert day.conversation.state is State.CLOSED
    assert day.conversation.clocks == {}
    assert day.counter.inbox.agents(["U0LUIS"])["U0LUIS"].load == 0
    outbound = [found for found in _messages(day) if found.direction is Direction.OUTBOUND]
    assert [found.state for found in outbound] == [Delivery.ACCEPTED] * 2
