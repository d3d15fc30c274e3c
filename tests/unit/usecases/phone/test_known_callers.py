"""Whoever calls from a number that the shop has of a customer: whom the agents see, and what is decided by it."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import Counter, text_of
from mostrador.domain.attention import Attention
from mostrador.domain.messages import Address, ProviderEvent
from mostrador.policy.model import CustomerCondition, Segment
from unit.usecases.calls import ANA, Line

SEGMENTS = (
    Segment("vip", {"es": "Buena clienta"}, Attention.PERSONAL, (CustomerCondition(tags=("vip",)),)),
    Segment("new", {"es": "Nueva"}, Attention.PERSONAL),
)
ACCOUNT: dict[str, Any] = {
    "id": "7",
    "name": "Ana Molina",
    "email": "ana.molina@correo.example",
    "phone": "600 111 222",
    "country": "ES",
    "tags": ["vip"],
    "updated_at": "2026-05-20T10:00:00+00:00",
}


@pytest.fixture
def counter() -> Counter:
    """The shop has told of Ana, who has never written or called."""
    counter = Counter()
    counter.policies.policy = replace(POLICY, segments=SEGMENTS)
    payload = {"id": "evt_1", "type": "customer.updated", "data": ACCOUNT}
    counter.ingest(ProviderEvent("shop", "evt_1", "sender", payload, counter.clock()))
    return counter


def misses(counter: Counter, number: str = ANA, verdict: str = "") -> str:
    """A call that is hung up; what the card says."""
    line = Line(counter, number, verdict=verdict)
    heard = line.rings()
    assert "Ana" not in heard
    line.hangs_up()
    counter.clock.now += 61
    line.arrive()
    return text_of(counter.root.card)


def test_a_caller_is_recognised_by_the_number_that_the_shop_has(counter: Counter) -> None:
    card = misses(counter)
    customer = counter.inbox.customer(counter.conversation.customer_id)
    assert customer is not None
    assert customer.profile is not None
    assert customer.profile.shop_id == "7"
    assert counter.conversation.segment == "vip"
    assert "Ana Molina" in card
    assert "+34 600 11 12 22: el número que figura en la tienda" in card


def test_a_forged_number_is_told_of_and_nothing_is_decided_by_it(counter: Counter) -> None:
    card = misses(counter, verdict="TN-Validation-Failed-B")
    assert counter.conversation.segment == "new"
    assert counter.conversation.address.name == ""
    assert "+34 600 11 12 22: en la tienda, el número de Ana Molina" in card
    assert "Número sin verificar" in card


def test_a_number_that_the_shop_does_not_have_says_nothing_of_anybody(counter: Counter) -> None:
    card = misses(counter, "+34600333444")
    assert counter.conversation.segment == "new"
    assert "el número de" not in card


def test_a_caller_whom_the_shop_calls_by_another_number_now_is_not_said_to_have_this_one(counter: Counter) -> None:
    changed = ACCOUNT | {"phone": "+34600999888", "updated_at": "2026-05-21T10:00:00+00:00"}
    payload = {"id": "evt_2", "type": "customer.updated", "data": changed}
    counter.ingest(ProviderEvent("shop", "evt_2", "sender", payload, counter.clock()))
    assert "el número de" not in misses(counter)


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_a_text_from_that_number_is_theirs(counter: Counter, channel: str) -> None:
    counter.writes("¿Sale hoy?", channel=channel, sender=Address(channel, ANA))
    assert counter.conversation.segment == "vip"
    assert counter.conversation.address.name == "Ana Molina"
