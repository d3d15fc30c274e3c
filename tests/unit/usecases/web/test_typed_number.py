"""A telephone that somebody typed into the form: what agents see of it, and what they can do with it."""

from dataclasses import replace

import pytest

from fakes.policies import POLICY
from fakes.web import Shop
from fakes.world import text_of
from mostrador.desk import menu
from unit.usecases.agents.test_call_up import AGENTS, MARTAS, AgentsLine, FakeTelephone

CALLING = replace(POLICY, agents=AGENTS, phone_countries=("ES", "GB"))


@pytest.fixture
def telephone() -> FakeTelephone:
    return FakeTelephone()


@pytest.fixture
def shop(telephone: FakeTelephone) -> Shop:
    shop = Shop(near="+34910000000")
    shop.counter.policies.policy = CALLING
    shop.counter.act = replace(shop.counter.act, telephone=telephone)
    return shop


def card(shop: Shop) -> str:
    return text_of(shop.counter.root.card)


def has_a_button(shop: Shop) -> bool:
    return f'"action_id": "{menu.RING}"' in card(shop)


def test_a_number_from_the_form_is_called_by_the_button_and_shown_as_unproven(
    shop: Shop, telephone: FakeTelephone
) -> None:
    shop.sends(phone="07700 900123")
    shop.work()
    assert "+44 7700 900123, sin verificar: lo escribió en la web" in card(shop)
    assert has_a_button(shop)
    shop.counter.presses("ring")
    assert telephone.rung == [(MARTAS, shop.counter.conversation.id, "U0MARTA")]
    line = AgentsLine(shop.counter)
    line.picks_up()
    line.presses("1")
    assert line.bridge()["number"] == "+447700900123"


@pytest.mark.parametrize(
    "typed",
    ["", "123456", "+34803123456", "+18765551234", "+34910000000"],
    ids=["none", "no number", "premium", "of a country that the shop does not call", "the shop's own"],
)
def test_a_number_that_the_shop_does_not_call_stays_in_the_words(shop: Shop, typed: str) -> None:
    shop.sends(phone=typed)
    shop.work()
    assert shop.counter.conversation.phone == ""
    assert not has_a_button(shop)
    assert typed in shop.counter.message(1).text
