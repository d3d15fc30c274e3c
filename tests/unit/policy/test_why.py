"""Whoever asks why a conversation is where it is gets the whole of it, in a few sentences."""

from dataclasses import replace
from itertools import product

import pytest

from fakes.policies import DEFAULT_QUEUE, POLICY
from mostrador.domain.attention import Attention, Intent, Priority
from mostrador.domain.catalogue import LANGUAGES
from mostrador.domain.phrases import PHRASES
from mostrador.domain.routing import Because, Routing
from mostrador.policy.assignment import Obstacle
from mostrador.policy.first_word import Silence
from mostrador.policy.model import CustomerCondition, Protocol, Segment, Target, Work
from mostrador.policy.why import explained

WHOLESALE = Segment("wholesale", {"es": "Mayorista", "en": "Wholesaler"}, Attention.DEDICATED, (CustomerCondition(),))
NEW = Segment("new", {"es": "Visita nueva", "en": "New visitor"}, Attention.SELF_SERVICE)
BASE = replace(
    POLICY,
    version="v8",
    segments=(WHOLESALE, NEW),
    queues={
        "default": DEFAULT_QUEUE,
        "wholesale": replace(DEFAULT_QUEUE, id="wholesale", name={"es": "Mayoristas", "en": "Wholesale"}),
    },
    targets={"wholesale": Target("wholesale", 3600, 1800)},
    protocols={"returns": {"es": Protocol("Devoluciones", "..."), "en": Protocol("Returns", "...")}},
)
CARMEN = Routing(
    policy="v8",
    segment="wholesale",
    segment_because=("tags=mayorista",),
    because=(
        Because("queue", "wholesale", "wholesalers"),
        Because("attention", "dedicated", "segment:wholesale"),
        Because("priority", "high", "wholesalers"),
        Because("promise", "wholesale", "vip"),
        Because("answer", "closed", "at night"),
        Because("protocol", "returns", "returns"),
        Because("agent", "U0LUIS", "dedicated"),
        Because("tags", "mayorista", "wholesalers"),
        Because("tags", "devolución", "returns"),
        Because("passed_over", "U0LUIS", "absent"),
        Because("assignee", "U0MARTA", "stand_in"),
    ),
    facts={
        "channel": "email",
        "language": "es",
        "intent": "returns",
        "public": "no",
        "open": "no",
        "trusted": "yes",
        "orders": "6",
        "spent": "412550",
        "last_order": "2026-05-16T22:30:00+00:00",
        "tags": "mayorista,hotel",
        "country": "ES",
        "email_domain": "hotelsol.example",
        "customer_agent": "U0LUIS",
    },
)
VISITOR = Routing(
    policy="v8",
    segment="new",
    because=(
        Because("queue", "default", "default"),
        Because("attention", "self_service", "segment:new"),
        Because("priority", "normal", "default"),
        Because("promise", "chat", "channel"),
        Because("assignee", "", "pull"),
    ),
    facts={"channel": "chat", "language": "fr", "intent": "other", "public": "yes", "open": "yes", "trusted": "no"},
)


def test_a_wholesalers_return_is_explained_in_spanish() -> None:
    assert explained(BASE, CARMEN, "es") == [
        "Segmento *Mayorista*: etiqueta mayorista.",
        "Está en *Mayoristas* por la regla «wholesalers».",
        "Es cliente de Luis Prieto: lo dice la lista de clientes con agente propio.",
        "Luis Prieto estaba fuera. Se dio a Marta Vidal, que hace de suplente.",
        "Trato: con agente propio, por su segmento.",
        "Prioridad alta, por la regla «wholesalers».",
        "Promesa «wholesale» (primera respuesta: una hora; las siguientes: media hora), por la regla «vip».",
        "Respuesta automática «closed», por la regla «at night».",
        "Protocolo «Devoluciones», por la regla «returns».",
        "Etiquetas: mayorista (por la regla «wholesalers») y devolución (por la regla «returns»).",
        (
            "Lo que se sabía: por correo, en español, tema: devolución, fuera de horario, compras: 6, "
            "gasto: 4.125,50 €, "
            "última compra: 17 de mayo de 2026, etiquetas en la tienda: mayorista, hotel, país ES, "
            "correo de hotelsol.example."
        ),
    ]


def test_an_unproven_visitor_is_explained_in_english() -> None:
    assert explained(BASE, VISITOR, "en") == [
        "Segment *New visitor*: none of the segments before it fits.",
        "The sender is not verified: nothing that the shop knows of its customer counts.",
        "It is in *Customer care* because no rule says otherwise.",
        "Whoever is free takes it.",
        "Attended with: self-service, because of the segment.",
        "Promise “chat”, because of the channel.",
        "What was known: by chat, in fr, about: something else, for everybody to read, within opening hours.",
    ]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("orders_at_least=3", "compras: 3 o más"),
        ("orders_at_most=1", "compras: 1 como mucho"),
        ("spent_at_least=123450", "ha gastado 1.234,50 € o más"),
        ("spent_at_most=5000", "ha gastado 50,00 € como mucho"),
        ("ordered_within=31536000", "compró en los últimos 365 días"),
        ("not_ordered_for=864000", "no compra desde hace diez días"),
        ("tags=vip,mayorista", "etiqueta vip, mayorista"),
        ("email_domains=hotelsol.example", "su correo es de hotelsol.example"),
        ("countries=PT", "país PT"),
        ("languages=en", "escribe en inglés"),
        ("channels=phone,email", "escribe por teléfono y correo"),
    ],
)
def test_every_condition_of_a_segment_has_its_words(condition: str, words: str) -> None:
    routing = replace(CARMEN, segment_because=(condition,))
    assert explained(BASE, routing, "es")[0] == f"Segmento *Mayorista*: {words}."


@pytest.mark.parametrize("name", CustomerCondition.__slots__)
def test_no_condition_that_a_policy_knows_is_left_without_words(name: str) -> None:
    said = explained(BASE, replace(CARMEN, segment_because=(f"{name}=1",)), "es")
    assert "1" in said[0] or "segundo" in said[0]


def test_what_was_answered_instead_goes_before_what_a_rule_says() -> None:
    because = (Because("answer", "received", "open"), Because("said", "delivery", "self_service"))
    assert explained(BASE, Routing("v8", "", because=because), "es")[2:] == [
        "Respuesta automática «delivery», porque contesta a lo que pregunta."
    ]


@pytest.mark.parametrize("silence", Silence)
def test_an_answer_that_was_not_sent_is_told_with_its_rule_and_its_reason(silence: Silence) -> None:
    because = (Because("answer", "closed", "at night"), Because("unsaid", "closed", silence))
    rule, reason = explained(BASE, Routing("v8", "", because=because), "en")[2:]
    assert rule == "Automatic answer “closed”, by the rule “at night”."
    assert reason.startswith("“closed” was not sent: ")


def test_overflow_says_where_it_was_meant_to_go() -> None:
    routing = replace(CARMEN, because=(*CARMEN.because[:9], Because("queue", "default", "overflow")))
    assert explained(BASE, routing, "es")[1] == (
        "Iba a *Mayoristas* por la regla «wholesalers», pero allí no había nadie de turno: está en *Atención*."
    )


@pytest.mark.parametrize(("obstacle", "work", "language"), list(product(Obstacle, Work, LANGUAGES)))
def test_every_obstacle_and_every_way_to_give_out_work_has_a_sentence(
    obstacle: Obstacle, work: Work, language: str
) -> None:
    given = (Because("passed_over", "U0LUIS", obstacle), Because("assignee", "U0MARTA", work))
    (sentence,) = [said for said in explained(BASE, Routing("v8", "", because=given), language) if "Luis" in said]
    assert sentence.startswith("Luis Prieto ")
    assert ("Marta Vidal" in sentence) is (work is not Work.PULL)


@pytest.mark.parametrize("nobody", ["nobody", "own"])
def test_who_has_it_is_said_once_though_it_was_given_out_twice(nobody: str) -> None:
    first = (Because("passed_over", "U0LUIS", "absent"), Because("assignee", "", nobody))
    second = (Because("passed_over", "U0INES", "full"), Because("assignee", "U0MARTA", "round_robin"))
    said = explained(BASE, Routing("v8", "", because=first + second), "es")
    assert "Inés Soto tenía todas las conversaciones que admite. Se dio a Marta Vidal por turno." in said
    assert not any("Luis" in sentence for sentence in said)


VALUES = [
    *(f"card.attention.{each}" for each in Attention),
    *(f"why.priority.{each.name.lower()}" for each in Priority),
]


@pytest.mark.parametrize("key", VALUES)
def test_every_value_has_a_word_and_is_never_shown_as_it_is_stored(key: str) -> None:
    _, field, value = key.split(".")
    routing = Routing("v8", "", because=(Because(field, value, "some"),))
    assert any(PHRASES[key]["es"] in sentence for sentence in explained(BASE, routing, "es"))


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_a_word(intent: Intent) -> None:
    (facts,) = explained(BASE, Routing("v8", "", facts={"intent": intent}), "en")[2:]
    assert facts.startswith("What was known: about: ")


def test_a_record_of_an_older_policy_is_explained_with_its_own_ids() -> None:
    said = explained(replace(POLICY, version="v9"), CARMEN, "es")
    assert "Segmento *wholesale*: etiqueta mayorista." in said
    assert "Está en *wholesale* por la regla «wholesalers»." in said
    assert "Promesa «wholesale», por la regla «vip»." in said
    assert "Protocolo «returns», por la regla «returns»." in said
    assert said[-1] == "Lo decidió una versión anterior de la política (v8)."


def test_an_agent_who_left_is_named_by_their_id() -> None:
    routing = replace(CARMEN, because=(Because("agent", "U0GONE", "customer"),))
    assert "Es cliente de U0GONE." in explained(BASE, routing, "es")


def test_a_conversation_without_a_record_has_an_explanation_all_the_same() -> None:
    assert explained(BASE, Routing("v8", ""), "en") == [
        "No segment: none of them fits.",
        "It is in *Customer care* because no rule says otherwise.",
    ]


def test_no_automatic_answer_is_said_so() -> None:
    routing = Routing("v8", "", because=(Because("answer", "none", "forum"),))
    assert "Sin respuesta automática, por la regla «forum»." in explained(BASE, routing, "es")


@pytest.mark.parametrize(
    ("currency", "language", "words"),
    [
        ("EUR", "es", "gasto: 1.234,50 €"),
        ("EUR", "en", "spent: €1,234.50"),
        ("MXN", "es", "gasto: 1.234,50 MXN"),
        ("MXN", "en", "spent: 1,234.50 MXN"),
    ],
)
def test_money_is_written_as_the_language_writes_it(currency: str, language: str, words: str) -> None:
    policy = replace(BASE, currency=currency)
    assert words in explained(policy, Routing("v8", "", facts={"spent": "123450"}), language)[2]


def test_the_shops_usual_promise_needs_no_name() -> None:
    routing = replace(VISITOR, because=(Because("promise", "default", "default"),))
    policy = replace(BASE, targets=POLICY.targets)
    (said,) = [line for line in explained(policy, routing, "es") if line.startswith("Promesa")]
    assert "default" not in said
