"""What is known of a message and its sender, what of it is believed, and the record of it."""

import pytest

from mostrador.domain.conversation import Customer
from mostrador.domain.messages import Address
from mostrador.domain.shop import Profile
from mostrador.policy.facts import (
    STRANGER,
    TAGS_RECORDED,
    CustomerFacts,
    customer_facts,
    facts_of,
    recalled_customer,
    recorded_facts,
)

NOW = 1_780_000_000.0
CARMEN = Customer(
    "cus1",
    "Carmen Soler",
    NOW - 1e7,
    agent="U0LUIS",
    profile=Profile(
        "77", email="compras@hotelsol.example", language="es-ES", country="ES", tags=("mayorista", "hotel")
    ),
    orders=6,
    spent=412_550,
    currency="EUR",
    last_order_at=NOW - 86_400,
)
BY_MAIL = Address("email", "compras@hotelsol.example", "Carmen Soler")
BY_SMS = Address("sms", "+34600555666")


def test_a_known_customer_brings_what_the_shop_knows() -> None:
    facts = facts_of(sender=BY_MAIL, customer=CARMEN, at=NOW)
    assert facts.believed == CustomerFacts(
        orders=6,
        spent=412_550,
        last_order_at=NOW - 86_400,
        tags=("mayorista", "hotel"),
        email_domains=("hotelsol.example",),
        country="ES",
        language="es",
        agent="U0LUIS",
    )


def test_an_unproven_address_makes_a_stranger_of_everybody() -> None:
    facts = facts_of(sender=BY_MAIL, customer=CARMEN, at=NOW, trusted=False, language="")
    assert facts.believed == STRANGER
    assert facts.language == ""


@pytest.mark.parametrize(
    ("sender", "customer", "domains"),
    [
        (BY_MAIL, None, ("hotelsol.example",)),
        (Address("email", "Ana@Correo.Example"), None, ("correo.example",)),
        (Address("email", "carmen@otro.example"), CARMEN, ("otro.example", "hotelsol.example")),
        (BY_SMS, CARMEN, ("hotelsol.example",)),
        (BY_SMS, None, ()),
        (Address("email", "nobody"), None, ()),
        (Address("form", "compras@hotelsol.example"), None, ()),
    ],
    ids=["proven", "any case", "both", "the profile's", "a telephone", "no domain", "typed into a form"],
)
def test_a_mail_domain_comes_from_a_mail_or_the_profile(
    sender: Address, customer: Customer | None, domains: tuple[str, ...]
) -> None:
    assert customer_facts(sender, customer).email_domains == domains


@pytest.mark.parametrize(
    ("read", "language"), [("en", "en"), ("en-GB", "en"), ("", "es"), ("PT_br", "pt")], ids=lambda value: value or "-"
)
def test_the_messages_language_counts_before_the_profiles(read: str, language: str) -> None:
    assert facts_of(sender=BY_SMS, customer=CARMEN, at=NOW, language=read).language == language


def test_a_record_says_everything_that_counted() -> None:
    facts = facts_of(sender=BY_MAIL, customer=CARMEN, at=NOW, intent="delivery")
    assert recorded_facts(facts, is_open=False) == {
        "channel": "email",
        "language": "es",
        "intent": "delivery",
        "public": "no",
        "open": "no",
        "trusted": "yes",
        "orders": "6",
        "spent": "412550",
        "last_order": "2026-05-27T20:26:40+00:00",
        "tags": "mayorista,hotel",
        "country": "ES",
        "email_domain": "hotelsol.example",
        "customer_language": "es",
        "customer_agent": "U0LUIS",
    }


def test_a_record_keeps_nothing_of_whoever_was_not_believed() -> None:
    recorded = recorded_facts(facts_of(sender=BY_MAIL, customer=CARMEN, at=NOW, trusted=False), is_open=True)
    assert recorded["trusted"] == "no"
    assert recorded.keys() == {"channel", "language", "intent", "public", "open", "trusted"}


@pytest.mark.parametrize("customer", [CARMEN, None], ids=["known", "unknown"])
def test_a_record_gives_the_customer_back(customer: Customer | None) -> None:
    facts = facts_of(sender=BY_MAIL, customer=customer, at=NOW)
    assert recalled_customer(recorded_facts(facts, is_open=True)) == facts.customer


def test_a_record_is_bounded() -> None:
    tags = tuple(f"tag{number}" for number in range(500))
    customer = Customer("cus1", "", NOW, profile=Profile("1", tags=tags))
    recorded = recorded_facts(facts_of(sender=BY_SMS, customer=customer, at=NOW), is_open=True)
    assert recalled_customer(recorded).tags == tags[:TAGS_RECORDED]
