"""Who a customer is to the shop, and because of what."""

from dataclasses import replace

import pytest

from fakes.policies import POLICY
from mostrador.domain.attention import Attention
from mostrador.policy.facts import CustomerFacts, Facts
from mostrador.policy.model import CustomerCondition, Dedication, Segment
from mostrador.policy.segments import dedicated_agent, holds, segment_of

NOW = 1_780_000_000.0
DAY = 86_400.0
BUYER = CustomerFacts(
    orders=3,
    spent=30_000,
    last_order_at=NOW - 10 * DAY,
    tags=("mayorista", "hotel"),
    email_domains=("hotelsol.example",),
    country="ES",
)


def facts(customer: CustomerFacts = BUYER, *, trusted: bool = True) -> Facts:
    return Facts("email", NOW, trusted=trusted, language="es", customer=customer)


def segment(name: str, *conditions: CustomerCondition) -> Segment:
    return Segment(name, {"es": name, "en": name}, Attention.PERSONAL, conditions)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (CustomerCondition(), True),
        (CustomerCondition(orders_at_least=3), True),
        (CustomerCondition(orders_at_least=4), False),
        (CustomerCondition(orders_at_most=3), True),
        (CustomerCondition(orders_at_most=2), False),
        (CustomerCondition(spent_at_least=30_000), True),
        (CustomerCondition(spent_at_least=30_001), False),
        (CustomerCondition(spent_at_most=30_000), True),
        (CustomerCondition(spent_at_most=29_999), False),
        (CustomerCondition(ordered_within=int(10 * DAY)), True),
        (CustomerCondition(ordered_within=int(10 * DAY) - 1), False),
        (CustomerCondition(not_ordered_for=int(10 * DAY)), True),
        (CustomerCondition(not_ordered_for=int(10 * DAY) + 1), False),
        (CustomerCondition(tags=("vip", "mayorista")), True),
        (CustomerCondition(tags=("vip",)), False),
        (CustomerCondition(email_domains=("hotelsol.example",)), True),
        (CustomerCondition(email_domains=("sol.example",)), False),
        (CustomerCondition(countries=("PT", "ES")), True),
        (CustomerCondition(countries=("PT",)), False),
        (CustomerCondition(languages=("es",)), True),
        (CustomerCondition(languages=("en",)), False),
        (CustomerCondition(channels=("email",)), True),
        (CustomerCondition(channels=("sms",)), False),
        (CustomerCondition(orders_at_least=3, tags=("vip",)), False),
        (CustomerCondition(orders_at_least=4, tags=("mayorista",)), False),
        (CustomerCondition(orders_at_least=1, tags=("hotel",), channels=("email",)), True),
    ],
    ids=repr,
)
def test_a_condition_holds_where_everything_that_it_says_holds(condition: CustomerCondition, *, expected: bool) -> None:
    assert holds(condition, facts()) is expected


@pytest.mark.parametrize(
    "condition", [CustomerCondition(ordered_within=10**9), CustomerCondition(not_ordered_for=0)], ids=repr
)
def test_who_never_bought_is_neither_recent_nor_gone(condition: CustomerCondition) -> None:
    assert not holds(condition, facts(CustomerFacts()))


@pytest.mark.parametrize(
    "condition",
    [
        CustomerCondition(orders_at_least=1),
        CustomerCondition(spent_at_least=1),
        CustomerCondition(ordered_within=10**9),
        CustomerCondition(tags=("mayorista",)),
        CustomerCondition(email_domains=("hotelsol.example",)),
        CustomerCondition(countries=("ES",)),
    ],
    ids=repr,
)
def test_nothing_is_believed_of_an_unproven_sender(condition: CustomerCondition) -> None:
    assert holds(condition, facts())
    assert not holds(condition, facts(trusted=False))


def test_the_first_segment_that_holds_counts() -> None:
    segments = (
        segment("vip", CustomerCondition(spent_at_least=10**9)),
        segment("buyer", CustomerCondition(orders_at_least=1)),
        segment("wholesale", CustomerCondition(tags=("mayorista",))),
        segment("everybody"),
    )
    policy = replace(POLICY, segments=segments)
    assert segment_of(policy, facts()).segment is segments[1]
    assert segment_of(policy, facts(CustomerFacts())).segment is segments[3]


def test_where_no_segment_holds_there_is_none() -> None:
    match = segment_of(POLICY, facts())
    assert match.segment is None
    assert match.because == ()


@pytest.mark.parametrize(
    ("conditions", "because"),
    [
        ((), ()),
        (
            (CustomerCondition(orders_at_least=2, ordered_within=10**6),),
            ("orders_at_least=2", "ordered_within=1000000"),
        ),
        ((CustomerCondition(tags=("vip", "hotel", "mayorista")),), ("tags=hotel,mayorista",)),
        ((CustomerCondition(tags=("vip",)), CustomerCondition(channels=("email",))), ("channels=email",)),
        ((CustomerCondition(orders_at_most=3, countries=("ES",)),), ("orders_at_most=3", "countries=ES")),
    ],
    ids=["everybody", "numbers", "what was found of a list", "the one that held", "numbers and lists"],
)
def test_a_match_says_which_conditions_held(
    conditions: tuple[CustomerCondition, ...], because: tuple[str, ...]
) -> None:
    policy = replace(POLICY, segments=(segment("some", *conditions),))
    assert segment_of(policy, facts()).because == because


def test_the_first_dedication_that_holds_owns_the_customer() -> None:
    dedications = (
        Dedication("U0MARTA", (CustomerCondition(tags=("vip",)),)),
        Dedication("U0LUIS", (CustomerCondition(email_domains=("hotelsol.example",)),)),
        Dedication("U0INES", (CustomerCondition(tags=("mayorista",)),)),
    )
    policy = replace(POLICY, dedications=dedications)
    assert dedicated_agent(policy, facts()) == "U0LUIS"
    assert dedicated_agent(policy, facts(trusted=False)) == ""
