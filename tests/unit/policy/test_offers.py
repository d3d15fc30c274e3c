from dataclasses import replace

import pytest

from fakes.policies import POLICY
from mostrador.domain.attention import Attention
from mostrador.policy.facts import CustomerFacts, Facts
from mostrador.policy.model import ChannelRules, CustomerCondition, Hours, Interval, Policy, Rule, Segment
from mostrador.policy.offers import phone_offered

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
    phone_offers=(Rule("buyers", segments=("buyer",)), Rule("open", open=True, channels=("chat",))),
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


def test_a_policy_that_says_nothing_offers_no_calls() -> None:
    assert not phone_offered(replace(SHOP, phone_offers=()), Facts("chat", MONDAY_AT_NOON, customer=BUYER))


def test_a_phone_that_is_never_attended_is_not_offered() -> None:
    never = replace(SHOP, channels={"phone": ChannelRules(hours="never")})
    assert not phone_offered(never, Facts("chat", MONDAY_AT_NOON, customer=BUYER))
