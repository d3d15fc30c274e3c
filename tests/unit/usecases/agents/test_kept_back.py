"""What is written in the thread of a call: it rings nobody up until an agent says so."""

from dataclasses import replace

import pytest

from fakes.policies import POLICY
from fakes.world import Counter, FakeChannel, Post, text_of
from mostrador.desk.events import Kind, SlackFile
from mostrador.domain.delivery import Delivery, Reason
from mostrador.domain.messages import Address
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import ChannelRules, Hours, Interval, Policy

JAVIERS = "+34600333444"
DAY = 86_400
MORNINGS = Hours("phone", ((Interval(600, 840),),) * 7, keeps_holidays=False)
SHOP: Policy = replace(
    POLICY,
    hours={**POLICY.hours, "phone": MORNINGS},
    channels={**POLICY.channels, "phone": ChannelRules(hours="phone")},
)
NEVER = replace(SHOP, hours={**SHOP.hours, "phone": Hours("phone", ((),) * 7)})
READ_OUT_AT_ONCE = replace(SHOP, channels={"phone": ChannelRules(hours="phone", hold=10)})


@pytest.fixture
def counter() -> Counter:
    """Javier has called, and the phone is attended."""
    counter = Counter()
    counter.channels["phone"] = FakeChannel("phone")
    counter.policies.policy = SHOP
    counter.clock.now = (calendar_of(SHOP, "phone").next_opening(counter.clock() + DAY) or 0.0) + 60
    calls(counter)
    return counter


def calls(counter: Counter, number: str = JAVIERS, *, asks: bool = True) -> None:
    counter.writes("Ha dejado un mensaje de voz.", channel="phone", sender=Address("phone", number), asks=asks)


def question(counter: Counter) -> Post:
    [post] = [post for post in counter.desk.posts.values() if post.key.startswith("kept_back.")]
    return post


def presses(counter: Counter, action: str, value: str = "2", user: str = "U0MARTA") -> None:
    """A button below the answer."""
    place = {"ts": question(counter).ts, "thread_ts": counter.root.ts}
    counter.act(counter.agent_event(Kind.BUTTON, action=action, value=value, user=user, **place))
    counter.run()


def read_out(counter: Counter) -> list[str]:
    return [message.text for message in counter.channels["phone"].sent]


def test_what_is_written_rings_nobody_up_by_itself(counter: Counter) -> None:
    reply = counter.answers("Sí, cabe: mide 37")
    counter.pass_time(3 * DAY)
    assert read_out(counter) == []
    assert counter.message(2).state is Delivery.KEPT_BACK
    assert counter.marks(reply) == {"telephone_receiver"}
    assert "Tu mensaje espera" in text_of(question(counter).card)
    assert question(counter).thread_ts == counter.root.ts
    assert "*sin leer por teléfono*: 1" in text_of(counter.root.card)


def test_it_wakes_nobody_up_while_it_waits(counter: Counter) -> None:
    counter.answers("Sí, cabe")
    counter.wait(60)
    assert counter.message(2).watch_at == 0.0
    assert counter.conversation.watch_at == 0.0
    assert counter.conversation.outbox == frozenset()


def test_it_is_read_out_once_somebody_says_so_and_waited_a_moment(counter: Counter) -> None:
    reply = counter.answers("Sí, cabe: mide 37")
    counter.pass_time(600)
    presses(counter, "read_out")
    assert read_out(counter) == []
    counter.wait(10)
    assert read_out(counter) == ["Sí, cabe: mide 37"]
    assert counter.marks(reply) == {"outbox_tray"}
    assert "Se llama a" in text_of(question(counter).card)
    assert '"read_out"' not in text_of(question(counter).card)
    assert "sin leer" not in text_of(counter.root.card)
    assert "message 2 released" in counter.inbox.history(counter.conversation.id)


def test_two_presses_ring_once(counter: Counter) -> None:
    counter.answers("Sí, cabe")
    presses(counter, "read_out")
    presses(counter, "read_out", user="U0LUIS")
    counter.wait(30)
    presses(counter, "read_out")
    presses(counter, "withhold")
    counter.wait(30)
    assert read_out(counter) == ["Sí, cabe"]


def test_it_can_be_taken_back(counter: Counter) -> None:
    reply = counter.answers("Sí, cabe")
    presses(counter, "withhold")
    presses(counter, "read_out")
    counter.wait(60)
    assert read_out(counter) == []
    assert counter.marks(reply) == {"lock"}
    assert "no se le ha leído" in text_of(question(counter).card)
    assert "sin leer" not in text_of(counter.root.card)


@pytest.mark.parametrize("change", ["delete", "note"])
def test_the_message_itself_can_be_taken_back(counter: Counter, change: str) -> None:
    reply = counter.answers("Sí, cabe")
    if change == "delete":
        counter.deletes(reply)
    else:
        counter.edits(reply, ";; Sí, cabe")
    assert counter.message(2).state is Delivery.CANCELLED
    assert counter.conversation.kept_back == frozenset()
    assert '"read_out"' not in text_of(question(counter).card)
    presses(counter, "read_out")
    counter.wait(60)
    assert read_out(counter) == []


@pytest.mark.parametrize("pressed", [False, True], ids=["before it may leave", "after"])
def test_what_is_read_out_is_what_it_says_in_the_end(counter: Counter, *, pressed: bool) -> None:
    reply = counter.answers("Mide 73")
    if pressed:
        presses(counter, "read_out")
    counter.edits(reply, "Mide 37")
    if not pressed:
        counter.wait(60)
        assert read_out(counter) == []
        presses(counter, "read_out")
    counter.wait(10)
    assert read_out(counter) == ["Mide 37"]


def test_one_that_waits_does_not_hold_up_another(counter: Counter) -> None:
    counter.answers("uno")
    counter.answers("dos")
    posts = [post for post in counter.desk.posts.values() if post.key.startswith("kept_back.")]
    assert len(posts) == 2
    counter.act(counter.agent_event(Kind.BUTTON, action="read_out", value="3", user="U0MARTA", ts=posts[1].ts))
    counter.run()
    counter.wait(10)
    assert read_out(counter) == ["dos"]
    assert "*sin leer por teléfono*: 1" in text_of(counter.root.card)


def test_at_night_nobody_is_called_and_whoever_pressed_reads_when_they_are(counter: Counter) -> None:
    counter.answers("Sí, cabe")
    counter.wait(6 * 3600)
    presses(counter, "read_out")
    counter.wait(60)
    assert read_out(counter) == []
    assert counter.message(2).state is Delivery.KEPT_BACK
    user, sentence = counter.desk.whispers[-1]
    assert user == "U0MARTA"
    assert "A estas horas no se llama a nadie" in sentence
    assert "pulsa otra vez mañana a las 10:00" in sentence
    counter.wait(DAY - 6 * 3600)
    presses(counter, "read_out")
    counter.wait(10)
    assert read_out(counter) == ["Sí, cabe"]


def test_where_the_phone_is_never_attended_nobody_is_called(counter: Counter) -> None:
    counter.policies.policy = NEVER
    counter.answers("Sí, cabe")
    presses(counter, "read_out")
    counter.wait(60)
    assert read_out(counter) == []
    assert "no abre nunca" in counter.desk.whispers[-1][1]


def test_it_outlives_the_closing_of_its_conversation(counter: Counter) -> None:
    counter.answers("Sí, cabe")
    counter.presses("close")
    counter.pass_time(1200)
    assert counter.conversation.kept_back == {2}
    assert "*sin leer por teléfono*: 1" in text_of(counter.root.card)
    presses(counter, "read_out")
    counter.wait(10)
    assert read_out(counter) == ["Sí, cabe"]
    assert counter.conversation.is_closed


def test_whoever_waits_waits_until_it_was_heard(counter: Counter) -> None:
    since = counter.conversation.waiting_since
    counter.answers("Sí, cabe")
    counter.wait(60)
    assert counter.conversation.waiting_since == since
    presses(counter, "read_out")
    counter.wait(10)
    assert counter.conversation.waiting_since == 0.0


def test_a_question_whose_posting_broke_off_is_asked_once(counter: Counter) -> None:
    counter.desk.trouble.extend([None, None, TimeoutError()])
    with pytest.raises(TimeoutError):
        counter.answers("Sí, cabe")
    assert question(counter).thread_ts == counter.root.ts
    assert counter.message(2).asked == ""
    counter.pass_time(300)
    assert counter.message(2).asked == question(counter).ts
    presses(counter, "read_out")
    counter.wait(10)
    assert read_out(counter) == ["Sí, cabe"]


def test_a_shop_that_wants_it_read_out_at_once_says_how_long_it_is_held(counter: Counter) -> None:
    counter.policies.policy = READ_OUT_AT_ONCE
    counter.answers("Sí, cabe")
    counter.wait(10)
    assert read_out(counter) == ["Sí, cabe"]


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [(SHOP, "solo cuando pulses «Leérselo por teléfono»"), (READ_OUT_AT_ONCE, "la llamada sale sola")],
)
def test_the_card_says_beforehand_what_writing_does(policy: Policy, sentence: str) -> None:
    counter = Counter()
    counter.channels["phone"] = FakeChannel("phone")
    counter.policies.policy = policy
    calls(counter)
    assert sentence in text_of(counter.root.card)


def test_a_file_cannot_be_read_out_and_is_refused_at_once(counter: Counter) -> None:
    photo = SlackFile("F1", "plato.jpg", "image/jpeg", 9, "https://files.slack.com/plato.jpg")
    reply = counter.answers("Es este", files=(photo,))
    assert counter.marks(reply) == {"x"}
    assert counter.conversation.kept_back == frozenset()
    assert [post for post in counter.desk.thread(counter.root.ts) if "ese archivo" in text_of(post.card)]


# Hidden numbers


@pytest.fixture
def hidden() -> Counter:
    counter = Counter()
    counter.channels["phone"] = FakeChannel("phone")
    calls(counter, "CA00000000000000000000000000000001", asks=False)
    return counter


def test_whoever_hides_was_promised_nothing_and_the_card_says_why(hidden: Counter) -> None:
    card = text_of(hidden.root.card)
    assert "no se le puede contestar" in card
    assert "prometida" not in card
    assert "lo que escribas aquí no le llega" in card
    hidden.pass_time(3 * DAY)
    assert hidden.notices == []
    assert not hidden.conversation.is_closed


def test_what_is_written_to_whoever_hides_is_refused_at_once(hidden: Counter) -> None:
    reply = hidden.answers("¿Nos das tu número?")
    assert hidden.marks(reply) == {"x"}
    failure = hidden.message(2).failure
    assert failure is not None
    assert failure.reason is Reason.NUMBER_HIDDEN
    assert [post for post in hidden.desk.thread(hidden.root.ts) if "número oculto" in text_of(post.card)]
    hidden.pass_time(600)
    assert hidden.channels["phone"].sent == []


def test_a_note_about_whoever_hides_is_kept(hidden: Counter) -> None:
    note = hidden.answers(";; es Javier, le conozco por la voz")
    assert hidden.marks(note) == {"lock"}
