""" "Call me" on the shop's page: offered by the policy, within the hours of the phone, and made a promise."""

import json
from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.web import Shop
from fakes.world import text_of
from mostrador.channels.phone.channel import PhoneChannel
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.attention import Clock
from mostrador.domain.messages import ProviderEvent
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import ChannelRules, Hours, Interval, Offer
from mostrador.usecases.web.call_me import TO_ONE_NUMBER
from unit.usecases.calls import Line

NEVER = Hours("phone", ((),) * 7)
MORNINGS = Hours("phone", ((Interval(600, 840),),) * 7, keeps_holidays=False)
OFFERING = replace(POLICY, phone_offers=(Offer("web", channels=("form",)),))
WISH = {"phone": "600 111 222", "when": "soon", "consent": "yes", "lang": "es"}


@pytest.fixture
def shop() -> Shop:
    shop = Shop(calls=True, near="+34910000000")
    shop.counter.policies.policy = OFFERING
    settings = ChannelSettings("", lambda _: {}, phone_sender="+34910000000")
    shop.counter.channels["phone"] = PhoneChannel(settings, shop.counter.clock)  # type: ignore[assignment]
    return shop


def asks(shop: Shop, token: str = "", **fields: str) -> tuple[int, str]:
    shown = shop.post("/web/call", {"token": token or shop.token(), **WISH, **fields})
    return shown.status, shown.onward


def test_a_wish_to_be_called_becomes_a_call_that_is_promised(shop: Shop) -> None:
    _, onward = asks(shop, name="Javier Ruiz")
    shop.work()
    conversation = shop.counter.conversation
    assert (conversation.address.channel, conversation.address.value) == ("phone", "+34600111222")
    assert conversation.address.name == "Javier Ruiz"
    assert Clock.CALLBACK in conversation.clocks
    assert not conversation.trusted
    assert "Te llamamos lo antes posible." in shop.get(onward).words


def test_the_next_opening_is_one_choice_and_not_two(shop: Shop) -> None:
    hours = {**POLICY.hours, "phone": MORNINGS}
    shop.counter.policies.policy = replace(OFFERING, hours=hours, channels={"phone": ChannelRules(hours="phone")})
    opens = calendar_of(shop.counter.policies.policy, "phone").next_opening(shop.counter.clock())
    assert opens is not None
    assert opens > shop.counter.clock()
    page = shop.get("/web/call")
    assert "Cuanto antes (" in page.words
    assert f'value="{int(opens)}"' not in page.body


def test_only_times_within_the_hours_of_the_phone_can_be_chosen(shop: Shop) -> None:
    hours = {**POLICY.hours, "phone": MORNINGS}
    shop.counter.policies.policy = replace(OFFERING, hours=hours, channels={"phone": ChannelRules(hours="phone")})
    page = shop.get("/web/call")
    values = [part.partition('"')[0] for part in page.body.split('name="when" value="')[1:]]
    assert values[0] == "soon"
    assert len(values) >= 3
    status, _ = asks(shop, when=values[-1])
    shop.work()
    assert status == 303
    assert shop.counter.conversation.clocks[Clock.CALLBACK] == float(values[-1])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "12"}, "El teléfono no parece completo"),
        ({"phone": ""}, "El teléfono no parece completo"),
        ({"when": "1"}, "Esa hora ya no está libre"),
        ({"when": ""}, "Esa hora ya no está libre"),
        ({"consent": ""}, "marques la casilla"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_promised(shop: Shop, wrong: dict[str, str], sentence: str) -> None:
    shown = shop.post("/web/call", {"token": shop.token(), **WISH, **wrong})
    assert (shown.status, shop.events.taken) == (422, [])
    assert sentence in shown.words


@pytest.mark.parametrize("number", ["+34600111222", "600111222", "600-11-12-22"])
def test_a_number_without_a_country_is_one_of_the_shops_own(shop: Shop, number: str) -> None:
    asks(shop, phone=number)
    assert shop.events.taken[0].sender == "+34600111222"


COSTLY = {"es premium": "+34803123456", "gb personal": "+447012345678", "satellite": "+881612345678"}


@pytest.mark.parametrize(
    "number", [*COSTLY.values(), "+34910000000", "+18765551234"], ids=[*COSTLY, "our own", "Jamaica"]
)
def test_nobody_makes_the_shop_call_a_number_that_costs_more_than_a_call(shop: Shop, number: str) -> None:
    countries = ("ES", "GB", "001")
    shop.counter.policies.policy = replace(OFFERING, phone_countries=countries)
    shown = shop.post("/web/call", {"token": shop.token(), **WISH, "phone": number})
    assert (shown.status, shop.events.taken) == (422, [])
    assert "A ese número no podemos llamar" in shown.words


@pytest.mark.parametrize(("countries", "status"), [((), 422), (("ES",), 422), (("ES", "PT"), 303)])
def test_a_number_from_abroad_is_called_where_the_policy_says_so(
    shop: Shop, countries: tuple[str, ...], status: int
) -> None:
    shop.counter.policies.policy = replace(OFFERING, phone_countries=countries)
    assert asks(shop, phone="+351912345678")[0] == status


@pytest.mark.parametrize("typed", ["+44 7700 900123", "07700 900123"])
def test_a_number_that_the_library_does_not_know_yet_is_called(shop: Shop, typed: str) -> None:
    shop.counter.policies.policy = replace(OFFERING, phone_countries=("ES", "GB"))
    assert asks(shop, phone=typed)[0] == 303
    assert shop.events.taken[0].sender == "+447700900123"


def test_a_double_click_is_one_call(shop: Shop) -> None:
    token = shop.token()
    for _ in range(2):
        asks(shop, token=token)
    shop.work()
    assert shop.counter.conversation.counter == 1


@pytest.mark.parametrize(
    "change",
    [
        {"phone_offers": ()},
        {"phone_offers": (Offer("wholesalers", segments=("wholesale",)),)},
        {"hours": {**POLICY.hours, "phone": NEVER}, "channels": {"phone": ChannelRules(hours="phone")}},
    ],
)
def test_where_the_policy_offers_no_call_the_page_says_so(shop: Shop, change: dict[str, object]) -> None:
    shop.counter.policies.policy = replace(OFFERING, **change)  # type: ignore[arg-type]
    assert "no podemos llamarte" in shop.get("/web/call").words
    asks(shop)
    assert shop.events.taken == []


def test_where_the_phone_is_switched_off_no_call_is_offered(shop: Shop) -> None:
    shop.calls = False
    assert "no podemos llamarte" in shop.get("/web/call").words


def test_nobody_has_a_telephone_ring_all_day(shop: Shop) -> None:
    answers = [asks(shop)[0] for _ in range(TO_ONE_NUMBER.times + 1)]
    assert answers == [303] * TO_ONE_NUMBER.times + [429]


@pytest.mark.parametrize("wrong", [{"token": "x"}, {"website": "https://evil.example"}])
def test_programs_are_kept_out(shop: Shop, wrong: dict[str, str]) -> None:
    shown = shop.post("/web/call", {"token": shop.token(), **WISH, **wrong})
    assert (shown.status, shop.events.taken) == (403, [])


# The button on the shop's own pages


def told(shop: Shop, language: str = "es") -> dict[str, object]:
    answer = shop.get(f"/web/offer?lang={language}").answer
    assert answer.headers["access-control-allow-origin"] == "*"
    found: dict[str, object] = json.loads(answer.body)
    return found


def test_a_page_of_the_shops_is_told_that_a_call_is_offered(shop: Shop) -> None:
    assert told(shop) == {"basket_from": 0, "button": "¿Te llamamos?", "when": "Te llamamos lo antes posible."}
    assert told(shop, "en")["button"] == "Shall we call you?"


@pytest.mark.parametrize("change", [{"phone_offers": ()}, {"phone_offers": (Offer("chat", channels=("chat",)),)}])
def test_a_page_of_the_shops_is_told_that_none_is(shop: Shop, change: dict[str, Any]) -> None:
    shop.counter.policies.policy = replace(OFFERING, **change)
    assert told(shop)["basket_from"] is None
    shop.counter.policies.policy, shop.calls = OFFERING, False
    assert told(shop)["basket_from"] is None


DEAR = replace(POLICY, phone_offers=(Offer("dear", channels=("form",), basket_at_least=10_050),))


@pytest.mark.parametrize(
    ("basket", "offered"),
    [
        ("100.50", True),
        ("1000", True),
        ("100.49", False),
        ("", False),
        ("lots", False),
        ("-200", False),
        ("1e9", False),
    ],
)
def test_a_call_for_dear_baskets_is_for_those_alone(shop: Shop, basket: str, *, offered: bool) -> None:
    shop.counter.policies.policy = DEAR
    assert told(shop)["basket_from"] == 100.5
    page = shop.get(f"/web/call?lang=es&basket={basket}")
    assert ("no podemos llamarte" not in page.words) is offered
    status, _ = asks(shop, basket=basket)
    assert (status == 303, len(shop.events.taken) == 1) == (offered, offered)


def test_the_basket_stays_while_something_is_mended_or_the_language_changed(shop: Shop) -> None:
    shop.counter.policies.policy = DEAR
    page = shop.get("/web/call?lang=es&basket=145.00")
    assert "/web/call?lang=en&basket=145.00" in page.links
    again = shop.post("/web/call", {"token": shop.token(), **WISH, "basket": page.fields["basket"], "phone": "12"})
    assert (again.status, again.fields["basket"]) == (422, "145.00")


def test_what_was_asked_for_on_the_web_is_not_said_to_be_a_call(shop: Shop) -> None:
    asks(shop)
    shop.work()
    assert shop.counter.message(1).text == "Pide desde la web que le llamemos cuanto antes."


def test_each_fault_stands_at_its_field_and_leads_there(shop: Shop) -> None:
    shown = shop.post("/web/call", {"token": shop.token(), **WISH, "phone": "12", "when": "1", "consent": ""})
    assert {"#phone", "#when", "#consent"} <= set(shown.links)
    for name in ("phone", "when", "consent"):
        assert f'id="{name}-wrong"' in shown.body
    assert shown.body.count("checked") == 1


def test_whoever_is_to_be_called_reads_which_number_will_ring(shop: Shop) -> None:
    _, onward = asks(shop)
    assert "+34 910 00 00 00" in shop.get(onward).words


# Somebody else's number


ACCOUNT = {
    "id": "7",
    "name": "Javier Ruiz",
    "email": "javier.ruiz@correo.example",
    "phone": "600 111 222",
    "country": "ES",
    "updated_at": "2026-05-20T10:00:00+00:00",
}


def calls_and_chooses(shop: Shop, key: str) -> None:
    """From the very number, by telephone."""
    line = Line(shop.counter)
    line.rings()
    line.presses("2")
    line.presses(key)
    line.arrive()


def test_nobody_moves_on_the_web_what_a_caller_chose(shop: Shop) -> None:
    calls_and_chooses(shop, "3")
    chosen = shop.counter.conversation.callback_at
    asks(shop)
    shop.work()
    conversation = shop.counter.conversation
    assert (conversation.callback_at, conversation.trusted) == (chosen, True)
    assert "sigue siendo la que eligió" in shop.counter.notices[-1].text
    assert not shop.counter.message(conversation.last_inbound).trusted


def test_a_real_call_moves_what_was_asked_for_on_the_web_and_says_so(shop: Shop) -> None:
    asks(shop, name="Alguien")
    shop.work()
    asked = shop.counter.conversation.callback_at
    calls_and_chooses(shop, "3")
    assert shop.counter.conversation.callback_at > asked
    assert "(antes, " in shop.counter.notices[-1].text


def test_a_real_call_proves_the_number_and_says_whose_it_is(shop: Shop) -> None:
    payload = {"id": "evt_1", "type": "customer.updated", "data": ACCOUNT}
    shop.counter.ingest(ProviderEvent("shop", "evt_1", "sender", payload, shop.counter.clock()))
    asks(shop)
    shop.work()
    assert "Número sin verificar" in text_of(shop.counter.root.card)
    calls_and_chooses(shop, "3")
    card = text_of(shop.counter.root.card)
    assert "Número sin verificar" not in card
    assert "Javier Ruiz" in shop.counter.root.card.text


def test_a_wish_on_the_web_leaves_what_was_promised_to_a_caller(shop: Shop) -> None:
    line = Line(shop.counter)
    line.rings()
    line.presses("3")
    line.hangs_up()
    shop.counter.clock.now += 61
    line.arrive()
    promise = shop.counter.conversation.promise
    asks(shop)
    shop.work()
    assert shop.counter.conversation.callback_at
    assert shop.counter.conversation.promise == promise is not None
