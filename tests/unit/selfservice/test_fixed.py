"""What a machine answers by itself, and what it leaves to a person."""

from dataclasses import replace

import pytest

from fakes.policies import POLICY
from mostrador.policy.model import FixedAnswer
from mostrador.selfservice.fixed import fixed_answer

ANSWERING = replace(
    POLICY,
    requests={"person": {"es": ("persona",), "en": ("person",)}, "callback": {"es": ("llámame",), "en": ("call me",)}},
    fixed_answers=(
        FixedAnswer("hours", "hours", words={"es": ("horario*", "abrís/cerráis"), "en": ("opening hours", "open")}),
        FixedAnswer("delivery", "delivery", intents=("delivery",)),
        FixedAnswer("parcels", "delivery", words={"es": ("paquete",), "en": ("parcel",)}),
        FixedAnswer("trust", "trust", intents=("trust",)),
    ),
)


@pytest.mark.parametrize(
    ("text", "intent", "language", "answer"),
    [
        ("¿Cuánto tarda el envío?", "delivery", "es", "delivery"),
        ("Hola, ¿qué tal? ¿Cuánto tarda el envío?", "delivery", "es", "delivery"),
        ("Hi, how are you? How long does shipping take?", "delivery", "en", "delivery"),
        ("¿¿¿Dónde está mi paquete???", "delivery", "es", "delivery"),
        ("¿Qué HORARIOS tenéis?", "other", "es", "hours"),
        ("are you open today", "other", "en", "hours"),
        ("Ouvert demain? horario", "other", "fr", "hours"),
        ("sois de fiar", "trust", "es", "trust"),
    ],
)
def test_a_message_about_one_thing_is_answered(text: str, intent: str, language: str, answer: str) -> None:
    assert fixed_answer(ANSWERING, text, intent, language) == answer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Llevo un mes esperando el paquete", "complaint"),
        ("¿Cuánto tarda el envío? ¿Y se puede pagar con Bizum?", "delivery"),
        ("¿Cuánto tarda el envío? Prefiero hablar con una persona", "delivery"),
        ("¿Dónde está mi pedido? llámame", "delivery"),
        ("¿Qué horario tenéis para recoger mi pedido?", "delivery"),
        ("Quiero devolver el jarrón, ¿a qué hora abrís?", "returns"),
        ("¿Va al lavavajillas?", "product"),
        ("hola", "other"),
        ("", "other"),
        ("El envío " + "tarda mucho y además les cuento otra cosa " * 10, "delivery"),
    ],
)
def test_anything_else_goes_to_a_person(text: str, intent: str) -> None:
    assert fixed_answer(ANSWERING, text, intent, "es") == ""


def test_a_policy_without_fixed_answers_answers_nothing() -> None:
    assert fixed_answer(POLICY, "¿Cuánto tarda el envío?", "delivery", "es") == ""
