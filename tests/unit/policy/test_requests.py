"""Who is answered by a machine and would rather have a person, or a call."""

from dataclasses import replace

import pytest

from fakes.policies import POLICY
from mostrador.policy.requests import asked_for, is_content

REQUESTS = {
    "person": {
        "es": ("persona", "humano", "agente", "hablar con alguien"),
        "en": ("person", "human", "agent", "talk to somebody", "talk to someone"),
    },
    "callback": {"es": ("llámame", "llamadme", "que me llamen"), "en": ("call me", "call back")},
}
ASKING = replace(POLICY, requests=REQUESTS)
LONG_MAIL = (
    "Buenos días: les compré hace un mes una vajilla para una persona muy querida y quedó encantada. Ahora busco "
    "una fuente del mismo dibujo para doce comensales, para el horno. Quisiera saber si la persona que pinta las "
    "piezas admite encargos con una fecha. Un saludo."
)


@pytest.mark.parametrize(
    "text",
    [
        "PERSONA",
        "persona",
        "Persona por favor",
        "una persona, gracias",
        "no, una persona",
        "hola, quiero hablar con una persona real",
        "Quiero hablar con alguien",
        "¿puedo hablar con alguien de la tienda?",
        "prefiero que me atienda una persona",
        "Me gustaría que me contestara un humano.",
        "pásame con un agente",
        "¿hay algún humano ahí?",
        "k me atienda un humano x favor, necesito q me atienda una persona",
        "Hola, sigo con la duda del plazo. No me sirve la respuesta automática. Necesito hablar con alguien.",
    ],
)
def test_a_spanish_wish_for_a_person_is_understood(text: str) -> None:
    assert asked_for(ASKING, text, "es") == "person"


@pytest.mark.parametrize(
    "text",
    [
        "person",
        "Person please",
        "a human",
        "I'd like to talk to a real person",
        "can i speak to a human pls",
        "could I talk to someone?",
        "get me an agent",
        "HUMAN!!!",
        "I want to talk to somebody about my order",
    ],
)
def test_an_english_wish_for_a_person_is_understood(text: str) -> None:
    assert asked_for(ASKING, text, "en") == "person"


@pytest.mark.parametrize(
    "text",
    [
        "LLÁMAME",
        "llamame",
        "llamadme mañana al 600 111 222",
        "prefiero que me llamen por la tarde",
        "call me",
        "Please call back!",
    ],
)
def test_a_wish_for_a_call_is_understood_whatever_the_language_is_taken_for(text: str) -> None:
    assert {asked_for(ASKING, text, language) for language in ("es", "en", "")} == {"callback"}


def test_a_call_is_wished_for_rather_than_a_person_where_both_are_named() -> None:
    assert asked_for(ASKING, "Quiero hablar con alguien, llamadme esta tarde", "es") == "callback"


@pytest.mark.parametrize(
    "text",
    [
        LONG_MAIL,
        "¿Sirve de mesa para una persona?",
        "quiero un plato para una persona mayor",
        "quiero que me digáis si sirve para una persona",
        "Esta persona me atendió muy bien",
        "¿Cuándo llega mi pedido?",
        "ok gracias",
        "",
        "???",
        "no me llames, escríbeme",
        "please do not call me",
        "Is the travel agent discount still on?",
        "no soy una persona que reclame, pero esto no puede ser",
        "personas",
    ],
)
def test_the_words_alone_are_no_request(text: str) -> None:
    assert asked_for(ASKING, text, "es") == ""


def test_a_policy_without_words_understands_no_request() -> None:
    assert asked_for(POLICY, "PERSONA", "es") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Gracias",
        "¡Muchas gracias!",
        "Vale, perfecto, gracias.",
        "Thank you so much!",
        "Great, thanks\nEmma",
        "👍",
        "❤️🙏",
    ],
)
def test_thanks_alone_are_contentment(text: str) -> None:
    assert is_content(text, "Emma Clarke")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vale",
        "Gracias por nada",
        "Gracias, ¿y a Canarias?",
        "Gracias?",
        "Gracias, pero no me sirve",
        "PERSONA, gracias",
        "Thanks, call me",
        "Gracias, Luis",
        "👍 5",
        "gracias " * 9,
    ],
)
def test_whatever_somebody_may_have_to_answer_is_none(text: str) -> None:
    assert not is_content(text, "Emma Clarke")
