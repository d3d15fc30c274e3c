""" "Call me" on the shop's page: offered by the policy, within the hours of the phone, and made a promise."""

from dataclasses import replace

import pytest

from fakes.policies import POLICY
from fakes.web import Shop
from mostrador.channels.phone.channel import PhoneChannel
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.attention import Clock
from mostrador.policy.model import ChannelRules, Hours, Interval, Rule
from mostrador.usecases.call_me import TO_ONE_NUMBER

NEVER = Hours("phone", ((),) * 7)
MORNINGS = Hours("phone", ((Interval(600, 840),),) * 7, keeps_holidays=False)
OFFERING = replace(POLICY, phone_offers=(Rule("web", channels=("form",)),))
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
        {"phone_offers": (Rule("wholesalers", segments=("wholesale",)),)},
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
