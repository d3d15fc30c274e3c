"""What a message is about: the reading itself, and how well the shop's own words read real messages."""

import sys
from collections.abc import Sequence
from functools import cache

import pytest

from cli.policyfile.read import read_policy
from fakes.policy_files import EXAMPLE, TODAY
from labelled.messages import PARTS, accuracy, labelled, scores, table
from mostrador.domain.attention import Intent
from mostrador.policy.intents import ORDER, read_intent
from mostrador.policy.model import IntentWords
from mostrador.policy.words import QUESTION, STOP, words_of

WORDS = (
    IntentWords("complaint", "es", ("roto",), 3, unless=("resist*",)),
    IntentWords("delivery", "es", ("dónde .. pedido", "llega*"), 3),
    IntentWords("delivery", "es", ("pedido", "paquete"), 1),
    IntentWords("returns", "es", ("devol*",), 3),
    IntentWords("product", "es", ("plato",), 0.5),
    IntentWords("delivery", "en", ("parcel",), 2),
)


@pytest.mark.parametrize(
    ("text", "intent", "because"),
    [
        ("¿Dónde está mi pedido?", "delivery", ("donde .. pedido",)),
        ("quiero devolver el plato", "returns", ("devolver",)),
        ("pedido", "delivery", ("pedido",)),
        ("Mi pedido\n¿ha llegado el paquete?", "delivery", ("llegado", "pedido", "paquete")),
        ("plato", "other", ()),
        ("hola", "other", ()),
        ("", "other", ()),
        ("ha llegado roto", "complaint", ("roto",)),
        ("¿llega roto o resiste?", "delivery", ("llega",)),
        ("where is my parcel", "delivery", ("parcel",)),
    ],
)
def test_the_heaviest_intent_has_the_message_and_its_words_are_named(
    text: str, intent: str, because: tuple[str, ...]
) -> None:
    reading = read_intent(WORDS, text, "es")
    assert (reading.intent, reading.because) == (intent, because)


def test_what_is_said_first_weighs_more() -> None:
    filler = "además les cuento que vivo lejos de todo y trabajo por las mañanas "
    assert read_intent(WORDS, f"devolver {filler} llega", "es").intent == "returns"
    assert read_intent(WORDS, f"llega {filler} devolver", "es").intent == "delivery"


def test_a_phrase_that_is_repeated_counts_once() -> None:
    assert read_intent(WORDS, "devolver, pedido pedido pedido pedido pedido", "es").intent == "returns"


@pytest.mark.parametrize("language", ["es", "en", "pt", ""])
def test_words_of_another_language_are_tried_where_the_own_say_nothing(language: str) -> None:
    assert read_intent(WORDS, "onde está o meu parcel", language).intent == "delivery"


def test_the_costliest_intent_wins_a_tie_whatever_the_order_of_the_file() -> None:
    tied = tuple(IntentWords(intent, "es", (f"w{place}",), 2) for place, intent in enumerate(reversed(ORDER)))
    text = " ".join(f"w{place}" for place in range(len(ORDER)))
    assert read_intent(tied, text, "es").intent == Intent.COMPLAINT
    assert set(ORDER) == set(Intent)


def test_a_policy_without_words_reads_nothing() -> None:
    assert read_intent((), "¿Dónde está mi pedido?", "es").intent == Intent.OTHER


@cache
def shop_words() -> tuple[IntentWords, ...]:
    return read_policy(EXAMPLE, today=TODAY).policy.intents


def read_all(part: str, languages: Sequence[str]) -> tuple[list[str], list[str]]:
    messages = [message for message in labelled(part) if message.language in languages]
    return [message.intent for message in messages], [
        read_intent(shop_words(), message.text, message.language).intent for message in messages
    ]


@pytest.mark.parametrize(("part", "least"), [("dev", 0.98), ("test", 0.96)])
def test_the_shops_words_read_most_messages_rightly(part: str, least: float) -> None:
    expected, read = read_all(part, ("es", "en"))
    rows = scores(expected, read)
    sys.stdout.write(table(f"{part}, {len(expected)}", rows) + f"{accuracy(expected, read):.3f} of all\n")
    assert accuracy(expected, read) >= least
    assert min(row.precision for row in rows) >= 0.80
    assert min(row.recall for row in rows) >= 0.85


def test_the_labelled_set_is_large_and_balanced() -> None:
    for part in PARTS:
        expected, _ = read_all(part, ("es", "en"))
        assert len(expected) >= 200
        assert min(expected.count(intent) for intent in Intent) >= 20


def test_nothing_is_learnt_from_what_is_measured() -> None:
    learnt, measured = ({tuple(contents(message.text)) for message in labelled(part)} for part in ("dev", "test"))
    assert not learnt & measured - {()}


def contents(text: str) -> list[str]:
    """The words of a message without their marks."""
    return [word for word in words_of(text) if word not in {STOP, QUESTION}]


def test_languages_that_the_shop_does_not_speak_are_read_as_far_as_they_resemble() -> None:
    expected, read = read_all("test", ("ca", "fr", "pt", "de", "it"))
    wrong = [intent for want, intent in zip(expected, read, strict=True) if intent not in {want, Intent.OTHER}]
    assert len(wrong) <= len(expected) // 4
