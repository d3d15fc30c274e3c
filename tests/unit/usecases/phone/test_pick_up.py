"""A call that comes in: what is heard, what can be chosen, and what the agents find."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import START, Counter, text_of
from mostrador.channels.phone.channel import RECORDING_PATIENCE
from mostrador.domain.attention import Clock
from mostrador.domain.conversation import Conversation, Customer, Identity
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import ChannelRules, Hours, Interval, Patience, Policy
from mostrador.usecases.phone.call_menu import MOST_TURNS
from unit.usecases.calls import BASE, EMMA, Line

HOUR = 3600
MORNINGS = Hours("phone", ((Interval(600, 840),),) * 7, keeps_holidays=False)
SHOP: Policy = replace(
    POLICY,
    hours={**POLICY.hours, "phone": MORNINGS},
    channels={**POLICY.channels, "phone": ChannelRules(hours="phone")},
)
CALENDAR = calendar_of(SHOP, "phone")
OPENS = CALENDAR.next_opening(START + 86_400) or 0.0


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.policies.policy = SHOP
    counter.clock.now = OPENS + HOUR
    return counter


@pytest.fixture
def line(counter: Counter) -> Line:
    return Line(counter)


# What is heard


def test_a_caller_hears_who_the_shop_is_and_what_can_be_chosen(line: Line) -> None:
    heard = line.rings()
    assert heard.startswith(f"Hola, has llamado a {SHOP.shop_name}.")
    assert [f"pulsa {key}." in heard for key in (1, 2, 3, 4)] == [True] * 4
    assert line.queued == []


@pytest.mark.parametrize(
    ("number", "beginning", "languages"),
    [
        ("+34600111222", "Hola", {"es-ES", "en-GB"}),
        ("+5215512345678", "Hola", {"es-ES", "en-GB"}),
        (EMMA, "Hello", {"en-GB", "es-ES"}),
        ("anonymous", "Hola", {"es-ES", "en-GB"}),
    ],
)
def test_the_greeting_is_in_the_callers_language_and_offers_the_other(
    counter: Counter, number: str, beginning: str, languages: set[str]
) -> None:
    line = Line(counter, number)
    assert line.rings().startswith(beginning)
    assert set(line.languages) == languages


def test_the_other_language_is_one_key_away_and_stays(line: Line) -> None:
    line.rings()
    assert "To be called back" in line.presses("9")
    assert "At the phone: every day" in line.presses("4")


def test_while_it_is_closed_the_caller_hears_when_it_opens(counter: Counter, line: Line) -> None:
    counter.clock.now = OPENS - 2 * HOUR
    assert "Ahora no atendemos el teléfono." in line.rings()
    assert "en cuanto abramos, hoy a las 10:00, pulsa 1" in line.heard


def test_a_phone_that_is_never_attended_takes_messages_all_the_same(counter: Counter, line: Line) -> None:
    counter.policies.policy = replace(SHOP, hours={**SHOP.hours, "phone": Hours("phone", ((),) * 7)})
    heard = line.rings()
    assert "pulsa 3" in heard
    assert "pulsa 1" not in heard


@pytest.mark.parametrize("key", ["7", "*", "0", "#"])
def test_a_key_that_means_nothing_is_said_and_brings_the_menu_again(line: Line, key: str) -> None:
    line.rings()
    heard = line.presses(key)
    assert heard.startswith("Esa tecla no tiene nada.")
    assert "pulsa 3" in heard


def test_who_presses_nothing_hears_the_menu_twice_and_then_goodbye(line: Line) -> None:
    line.rings()
    assert "pulsa 1" in line.waits()
    assert "Hemos anotado tu llamada" in line.heard
    assert line.document.find("Hangup") is not None


# A call that is wished for


def test_to_be_called_as_soon_as_possible_is_promised_and_taken_down(counter: Counter, line: Line) -> None:
    line.rings()
    assert "en cuanto podamos" in line.presses("1")
    line.hangs_up()
    counter.clock.now += 61
    line.arrive()
    conversation = counter.conversation
    assert conversation.clocks[Clock.CALLBACK] == counter.clock()
    assert counter.message(1).text == "Ha llamado y pide que le llamemos cuanto antes."
    assert conversation.last_inbound == 1


def test_of_three_times_the_one_whose_key_was_pressed_is_promised(counter: Counter, line: Line) -> None:
    line.rings()
    heard = line.presses("2")
    assert "Hoy a las 11:30, pulsa 1. Hoy a las 12:30, pulsa 2. Mañana a las 10:00, pulsa 3." in heard
    counter.clock.now += 600  # somebody thinks for long: the key means what was said
    assert "te llamamos hoy a las 12:30" in line.presses("2")
    line.arrive()
    assert counter.conversation.clocks[Clock.CALLBACK] == OPENS + 2.5 * HOUR
    assert "12:30" in text_of(counter.root.card)


def test_who_writes_of_the_call_that_is_promised_does_not_move_it(counter: Counter) -> None:
    words = {"callback": {"es": ("llamadme",)}}
    counter.policies.policy = replace(SHOP, requests=words)
    chosen = counter.clock() + 3 * HOUR
    counter.writes("Llamadme a la una, por favor", callback_at=chosen)
    promised = counter.conversation.clocks[Clock.CALLBACK]
    counter.writes("Llamadme al fijo si no contesto")
    assert counter.conversation.clocks[Clock.CALLBACK] == promised


def test_nobody_puts_off_another_persons_call(counter: Counter) -> None:
    soon, later = counter.clock() + HOUR, counter.clock() + 24 * HOUR
    counter.writes("Llamadme", callback_at=soon)
    promised = counter.conversation.clocks[Clock.CALLBACK]
    counter.writes("Llamadme mañana", callback_at=later, trusted=False)
    assert counter.conversation.clocks[Clock.CALLBACK] == promised
    counter.writes("Llamadme mañana", callback_at=later)
    assert counter.conversation.clocks[Clock.CALLBACK] > promised


def test_a_call_that_is_promised_is_the_only_promise(counter: Counter, line: Line) -> None:
    line.rings()
    line.presses("2")
    line.presses("2")
    line.arrive()
    assert counter.conversation.promise is None
    card = text_of(counter.root.card)
    assert "llamada prometida para" in card
    assert "prometida antes" not in card
    assert counter.message(1).text == "Ha llamado y ha elegido que le llamemos hoy a las 12:30."
    assert '"text": "Pide que le llamemos."' in card  # Without an hour that may change.


def test_the_card_goes_on_showing_what_was_promised_however_late_it_is(counter: Counter, line: Line) -> None:
    line.rings()
    line.presses("1")
    line.arrive()
    promised = counter.clock()
    counter.pass_time(2 * HOUR)
    assert counter.conversation.callback_at == promised
    assert f"llamada con retraso*: prometida para <!date^{int(promised)}^" in text_of(counter.root.card)
    assert [notice.text[:12] for notice in counter.notices] == ["Toca llamar ", "La llamada a"]


def test_whoever_calls_again_in_a_hurry_is_not_put_off(counter: Counter) -> None:
    promised = counter.clock()
    for sid in ("CA1", "CA2"):
        hurried = Line(counter, sid=sid)
        hurried.rings()
        hurried.presses("1")
        hurried.arrive()
        counter.clock.now += 600
    assert counter.conversation.callback_at == promised
    assert counter.notices == []


def test_another_hour_is_told_with_the_one_that_it_replaces(counter: Counter) -> None:
    for sid, key in (("CA1", "2"), ("CA2", "3")):
        choosy = Line(counter, sid=sid)
        choosy.rings()
        choosy.presses("2")
        choosy.presses(key)
        choosy.arrive()
    [notice] = counter.notices
    assert notice.text.endswith(": mañana a las 10:00 (antes, hoy a las 12:30).")
    assert notice.mentions == ()


@pytest.mark.parametrize("key", ["4", "9", "*"])
def test_a_time_that_was_not_offered_is_not_promised(line: Line, key: str) -> None:
    line.rings()
    line.presses("2")
    assert "pulsa 3" in line.presses(key)
    assert line.queued == []


def test_nobody_is_called_by_a_machine_to_be_told_that_they_called(counter: Counter, line: Line) -> None:
    counter.policies.policy = replace(SHOP, answers={"callback": {"es": "Te llamamos {callback}."}})
    line.rings()
    line.presses("1")
    line.arrive()
    assert counter.conversation.outbox == frozenset()


def test_a_machine_does_not_ring_anybody_up_to_ask_whether_all_is_well(counter: Counter, line: Line) -> None:
    patience = Patience(follow_up_after=HOUR, follow_up_answer="follow_up")
    asks = {"follow_up": {"es": "¿Pudiste resolverlo?"}}
    counter.policies.policy = replace(SHOP, patience=patience, answers=asks)
    line.rings()
    line.presses("1")
    line.arrive()
    counter.presses("called")
    counter.pass_time(2 * HOUR)
    assert counter.conversation.outbox == frozenset()
    assert "Seguimos sin noticias" in counter.notices[-1].text


def test_a_step_that_is_asked_for_twice_says_and_does_the_same(counter: Counter, line: Line) -> None:
    line.rings()
    gather = line.document.find("Gather")
    assert gather is not None
    first, second = (line.asks(gather.attrib["action"], Digits="1") for _ in range(2))
    assert first == second
    assert len({event.event_id for event in line.queued}) == 1


# Voice messages and missed calls


def test_a_voice_message_is_one_message_and_no_missed_call(counter: Counter, line: Line) -> None:
    line.rings()
    assert "después de la señal" in line.presses("3")
    assert "Gracias: tenemos tu mensaje" in line.speaks()
    line.hangs_up()
    counter.clock.now += RECORDING_PATIENCE  # nobody can fetch it here: it is named as missing, and the call is told of
    line.arrive()
    assert counter.conversation.counter == 1
    assert counter.message(1).text == "Ha dejado un mensaje de voz."
    assert [file.problem for file in counter.message(1).attachments] == ["unavailable"]


def test_silence_is_no_voice_message_but_a_missed_call(counter: Counter, line: Line) -> None:
    line.rings()
    assert "No hemos oído nada" in line.presses("3")
    line.hangs_up()
    counter.clock.now += 61
    line.arrive()
    assert counter.message(1).text == "Ha llamado y ha colgado sin elegir nada."


def test_a_missed_call_becomes_a_conversation_with_a_promise(counter: Counter, line: Line) -> None:
    line.rings()
    line.hangs_up()
    with pytest.raises(TryAgain):
        line.arrive()
    counter.clock.now += 61
    line.arrive()
    conversation = counter.conversation
    assert (conversation.address.value, conversation.counter) == (line.number, 1)
    assert conversation.promise is not None


def test_a_missed_call_that_was_told_first_does_not_hide_the_voice_message(counter: Counter, line: Line) -> None:
    line.rings()
    line.presses("3")
    line.speaks()
    line.hangs_up()
    line.queued.reverse()
    counter.clock.now += RECORDING_PATIENCE
    line.arrive()
    assert [counter.message(number).text for number in (1, 2)] == [
        "Ha llamado y ha colgado sin elegir nada.",
        "Ha dejado un mensaje de voz.",
    ]


def test_two_calls_of_one_number_are_one_conversation(counter: Counter) -> None:
    for sid in ("CA1", "CA2"):
        line = Line(counter, sid=sid)
        line.rings()
        line.presses("1")
        line.arrive()
    assert counter.conversation.counter == 2


# The hours


def test_the_hours_are_the_phones_and_the_shops_where_they_differ(line: Line) -> None:
    line.rings()
    heard = line.presses("4")
    assert "Nuestro horario: todos los días, las 24 horas." in heard
    assert "Por teléfono atendemos: todos los días, 10:00-14:00." in heard


def test_hours_that_are_the_same_are_said_once(counter: Counter, line: Line) -> None:
    counter.policies.policy = replace(SHOP, hours={**SHOP.hours, "default": MORNINGS})
    line.rings()
    heard = line.presses("4")
    assert heard.count("10:00") == 1
    assert "Atendemos el teléfono: " in heard


# Who hides


@pytest.mark.parametrize("number", ["anonymous", "+266696687", "sip:ana@provider.example", ""])
def test_who_hides_is_offered_no_call_and_is_no_customer(counter: Counter, number: str) -> None:
    line = Line(counter, number)
    heard = line.rings()
    assert "pulsa 1" not in heard
    assert "Te llamamos nosotros" not in heard
    assert "No podemos devolver la llamada" in heard
    assert "pulsa 3" in line.presses("1")
    assert "Di en tu mensaje un teléfono" in line.presses("3")
    assert line.speaks() == "Gracias: hemos guardado tu mensaje. Hasta luego."
    line.hangs_up()
    counter.clock.now += RECORDING_PATIENCE
    line.arrive()
    kinds = [type(entity) for entity in counter.inbox.entities.values()]
    assert kinds.count(Conversation) == 1
    assert Customer not in kinds
    assert Identity not in kinds
    assert "Número oculto" in text_of(counter.root.card)
    assert line.sid not in text_of(counter.root.card)
    assert counter.message(1).text == "Ha dejado un mensaje de voz."


def test_who_hides_and_says_nothing_leaves_nothing_and_is_told_of_nothing(counter: Counter) -> None:
    line = Line(counter, "anonymous")
    line.rings()
    line.waits()
    assert "anotado" not in line.waits()
    line.hangs_up()
    counter.clock.now += 61
    line.arrive()
    assert counter.inbox.entities == {}


def test_who_calls_from_a_number_that_pays_for_being_called_is_not_called_back(line: Line) -> None:
    line.number = "+34803123456"
    assert "pulsa 1" not in line.rings()
    assert "pulsa 3" in line.presses("1")
    assert line.queued == []


# Calls that go round in circles


def test_a_call_of_ours_that_is_passed_on_to_us_is_not_picked_up(counter: Counter) -> None:
    line = Line(counter, "+34910000000")
    line.rings()
    assert [part.tag for part in line.document] == ["Reject"]
    line.hangs_up()
    counter.clock.now += 61
    line.arrive()
    assert counter.inbox.entities == {}


@pytest.mark.parametrize("key", ["7", "9", "4"])
def test_whoever_presses_keys_for_ever_is_not_listened_to_for_ever(line: Line, key: str) -> None:
    line.rings()
    for _ in range(2 * MOST_TURNS):
        if line.document.find("Gather") is not None:
            line.presses(key)
        else:
            line.waits()
    assert line.document[-1].tag == "Hangup"


# When something is wrong


@pytest.mark.parametrize("change", [{"headers": {}}, {"body": b"From=%2B34600111222"}, {"url": f"{BASE}/voice/menu"}])
def test_what_is_not_signed_is_refused(line: Line, change: dict[str, Any]) -> None:
    request = replace(line.request(f"{BASE}/voice/incoming", line.fields()), **change)
    assert line.pick_up("incoming", request).status == 403


def test_a_step_that_does_not_exist_is_not_found(line: Line) -> None:
    assert line.answer(f"{BASE}/voice/tea").status == 404


def test_a_phone_that_is_switched_off_does_not_exist(line: Line) -> None:
    line.pick_up = replace(line.pick_up, switched_on=False)
    assert line.answer(f"{BASE}/voice/incoming").status == 404


@pytest.mark.parametrize("error", [NotConfigured("policy"), RuntimeError("table")], ids=repr)
@pytest.mark.parametrize(("number", "sentence"), [("+34600111222", "Perdona"), (EMMA, "Sorry")])
def test_whoever_calls_while_something_is_broken_hears_a_sentence(
    counter: Counter, caplog: pytest.LogCaptureFixture, error: Exception, number: str, sentence: str
) -> None:
    class Broken:
        def current(self) -> Policy:
            raise error

    line = Line(counter, number)
    line.pick_up = replace(line.pick_up, policies=Broken())
    assert line.rings().startswith(sentence)
    assert caplog.records[-1].__dict__["event"] in ("channel_closed", "call_broken")


def test_what_cannot_be_taken_down_is_not_promised(line: Line) -> None:
    class Full:
        def inbound(self, event: object) -> None:
            raise RuntimeError(event)

    line.rings()
    line.pick_up = replace(line.pick_up, queue=Full())
    assert line.presses("1").startswith("Perdona")
