from dataclasses import replace

import pytest

from fakes.policies import POLICY
from mostrador.domain.attention import Attention
from mostrador.policy.facts import CustomerFacts, Facts
from mostrador.policy.model import ChannelRules, CustomerCondition, Hours, Interval, Offer, Policy, Segment
from mostrador.policy.offers import offered_from, phone_offered

MONDAY_AT_NOON = 1_763_982_000.0
"""24 November 2025, 12:00 in Madrid."""
MONDAY_AT_NIGHT = MONDAY_AT_NOON + 10 * 3600
BUYER = CustomerFacts(orders=1)
NEVER = Hours("never", ((),) * 7)
SHOP: Policy = replace(
    POLICY,
    timezone="Europe/Madrid",
    holidays={},
    hours={**POLICY.hours, "phone": Hours("phone", ((Interval(600, 840),),) * 7), "never": NEVER},
    channels={"phone": ChannelRules(hours="phone")},
    segments=(
        Segment("buyer", {"es": "Compró"}, Attention.PERSONAL, (CustomerCondition(orders_at_least=1),)),
        Segment("new", {"es": "Nueva"}, Attention.SELF_SERVICE),
    ),
    phone_offers=(
        Offer("buyers", segments=("buyer",)),
        Offer("open", open=True, channels=("chat",)),
        Offer("dear", channels=("form",), basket_at_least=10_000),
    ),
)


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        (Facts("form", MONDAY_AT_NIGHT, customer=BUYER), True),
        (Facts("form", MONDAY_AT_NIGHT, trusted=False, customer=BUYER), False),
        (Facts("form", MONDAY_AT_NOON), False),
        (Facts("chat", MONDAY_AT_NOON), True),
        (Facts("chat", MONDAY_AT_NIGHT), False),
    ],
    ids=["a buyer, at night", "not proven to be one", "a stranger in the form", "in the chat", "in the chat, at night"],
)
def test_a_call_is_offered_to_whom_the_policy_says(facts: Facts, *, offered: bool) -> None:
    assert phone_offered(SHOP, facts) is offered


@pytest.mark.parametrize(
    ("facts", "least"),
    [
        (Facts("form", MONDAY_AT_NIGHT), 10_000),
        (Facts("form", MONDAY_AT_NIGHT, customer=BUYER), 0),
        (Facts("chat", MONDAY_AT_NIGHT), None),
    ],
    ids=["a dear basket", "whatever they buy", "not even with one"],
)
def test_a_basket_can_be_dear_enough_for_a_call(facts: Facts, least: int | None) -> None:
    assert offered_from(SHOP, facts) == least
    assert phone_offered(SHOP, facts) is (least == 0)


def test_a_policy_that_says_nothing_offers_no_calls() -> None:
    assert not phone_offered(replace(SHOP, phone_offers=()), Facts("chat", MONDAY_AT_NOON, customer=BUYER))


def test_a_phone_that_is_never_attended_is_not_offered() -> None:
    never = replace(SHOP, channels={"phone": ChannelRules(hours="never")})
    assert not phone_offered(never, Facts("chat", MONDAY_AT_NOON, customer=BUYER))
