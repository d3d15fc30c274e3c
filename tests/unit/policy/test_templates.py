"""Approved templates as they would leave for one customer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from fakes.conversations import a_conversation
from fakes.policies import POLICY
from mostrador.domain.attention import Intent
from mostrador.domain.catalogue import LANGUAGES
from mostrador.domain.conversation import Conversation
from mostrador.domain.messages import Address, Approved
from mostrador.policy.model import Policy, Template
from mostrador.policy.templates import LONGEST_VALUE, Filled, filled, offered

ES = Template("whatsapp", "Hola, {1}: seguimos con {2}.", "HX1", ("customer", "subject"))
EN = Template("whatsapp", "Hello {1}, this is {3} from {2}.", "HX2", ("customer", "shop", "agent"))


def policy(**translations: Template) -> Policy:
    return replace(POLICY, templates={"follow_up": translations})


def conversation(name: str = "Ana Molina", **fields: Any) -> Conversation:
    known: dict[str, Any] = {"language": "es", "subject": "", "intent": Intent.DELIVERY}
    return a_conversation(address=Address("whatsapp", "+34600111222", name), **known | fields)


def test_places_are_filled_in_their_order() -> None:
    assert filled(policy(es=ES), "follow_up", conversation(), "Marta") == Filled(
        "Hola, Ana Molina: seguimos con la entrega.", Approved("HX1", "es", ("Ana Molina", "la entrega"))
    )


def test_place_that_stands_later_gets_the_value_of_its_number() -> None:
    found = filled(policy(en=EN), "follow_up", conversation(language="en"), "Marta Vidal")
    assert found is not None
    assert found.text == "Hello Ana Molina, this is Marta from La Tinaja."
    assert found.approved.values == ("Ana Molina", "La Tinaja", "Marta")


@pytest.mark.parametrize(
    ("language", "translations", "spoken"),
    [
        ("en-GB", {"es": ES, "en": EN}, "en"),
        ("fr", {"es": ES, "en": EN}, "es"),
        ("en", {"es": ES}, "es"),
        ("en", {"es": ES, "en": replace(EN, provider_id="")}, "es"),
        ("es", {"es": replace(ES, channel="sms"), "en": EN}, "en"),
    ],
)
def test_customers_language_is_spoken_where_it_is_approved(
    language: str, translations: Mapping[str, Template], spoken: str
) -> None:
    found = filled(policy(**translations), "follow_up", conversation(language=language), "Marta")
    assert found is not None
    assert found.approved.language == spoken


def test_language_goes_by_the_providers_name_for_it() -> None:
    found = filled(policy(es=replace(ES, provider_language="es_ES")), "follow_up", conversation(), "")
    assert found is not None
    assert found.approved.language == "es_ES"


@pytest.mark.parametrize(
    "translations", [{}, {"es": replace(ES, provider_id="")}, {"es": replace(ES, channel="messenger")}]
)
def test_what_is_not_approved_for_the_channel_is_not_offered(translations: Mapping[str, Template]) -> None:
    assert filled(policy(**translations), "follow_up", conversation(), "Marta") is None
    assert offered(policy(**translations), conversation(), "Marta") == {}


def test_template_that_the_policy_does_not_have_is_none() -> None:
    assert filled(POLICY, "follow_up", conversation(), "Marta") is None


def test_offer_says_what_would_leave() -> None:
    assert offered(policy(es=ES), conversation(), "Marta") == {
        "follow_up": "Hola, Ana Molina: seguimos con la entrega."
    }


@pytest.mark.parametrize(
    ("name", "subject", "values"),
    [
        ("", "", ("cliente", "la entrega")),
        ("", "Vajilla Azul", ("cliente", "Vajilla Azul")),
        ("Ana\nMolina\t ", "Dos\n\nlíneas", ("Ana Molina", "Dos líneas")),
        ("https://evil.example/x", "", ("cliente", "la entrega")),
        ("A" * 90, "B" * 90, ("A" * LONGEST_VALUE, "B" * LONGEST_VALUE)),
        ("{2}", "{1}", ("{2}", "{1}")),
    ],
)
def test_value_is_never_empty_and_on_one_line(name: str, subject: str, values: tuple[str, str]) -> None:
    found = filled(policy(es=ES), "follow_up", conversation(name, subject=subject), "")
    assert found is not None
    assert found.approved.values == values
    assert found.text == f"Hola, {values[0]}: seguimos con {values[1]}."


@pytest.mark.parametrize("intent", ["", *Intent, "gone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_something_that_can_be_spoken_of(intent: str, language: str) -> None:
    both = policy(es=ES, en=replace(ES, text="Hello {1}, about {2}."))
    found = filled(both, "follow_up", conversation(intent=intent, language=language), "")
    assert found is not None
    assert all(found.approved.values)
