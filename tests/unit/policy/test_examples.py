"""What messages of a known intent teach about a new one."""

from string import ascii_lowercase

import pytest

from mostrador.domain.attention import Intent
from mostrador.policy.examples import FEWEST, MOST, Examples, lesson
from mostrador.policy.intents import read_intent
from mostrador.policy.model import IntentWords
from mostrador.policy.words import words_of

ARRIVES = tuple(f"¿Dónde anda el bulto {number}?" for number in range(FEWEST))
COSTS = tuple(f"¿Dónde pago {number} euros?" for number in range(FEWEST))
TAUGHT = (
    IntentWords("delivery", "es", (), lesson=lesson(ARRIVES)),
    IntentWords("payment", "es", (), lesson=lesson(COSTS)),
)


@pytest.mark.parametrize(
    ("text", "intent", "because"),
    [
        ("anda perdido el bulto", "delivery", ("anda", "bulto", "el")),
        ("pago 5 euros", "payment", ("# euros", "euros", "pago")),
        ("anduve por ahí", "other", ()),
        ("¿Dónde?", "other", ()),
    ],
)
def test_a_message_is_read_like_the_examples_that_it_resembles(
    text: str, intent: str, because: tuple[str, ...]
) -> None:
    reading = read_intent(TAUGHT, text, "es")
    assert (reading.intent, reading.because) == (intent, because)


def test_a_plain_phrase_of_the_policy_goes_before_what_the_examples_say() -> None:
    phrase = IntentWords("returns", "es", ("devol*",), 4.5)
    reading = read_intent((phrase, *TAUGHT), "quiero devolver el bulto que anda por casa", "es")
    assert (reading.intent, reading.because) == ("returns", ("devolver",))


def test_what_all_intents_share_says_nothing() -> None:
    assert Examples(TAUGHT).weigh(words_of("dónde")) == pytest.approx({"delivery": 0, "payment": 0})


def test_a_spanish_verb_counts_with_all_its_forms() -> None:
    entry = IntentWords("product", "es", (), lesson=lesson(("recomendar", *COSTS)))
    said = Examples((entry, TAUGHT[0])).weigh(words_of("recomiéndame"))
    assert said["product"] > 0 > said["delivery"]


def test_an_intent_with_few_examples_is_not_judged_by_them() -> None:
    few = IntentWords("trust", "es", (), lesson=lesson(("¿Sois vosotros?",) * (FEWEST - 1)))
    examples = Examples((*TAUGHT, few))
    assert set(examples.weigh(words_of("¿dónde vosotros?"))) == {"delivery", "payment"}
    assert examples.said_for("trust", words_of("vosotros")) == ()


def test_a_long_message_weighs_no_more_than_one_of_ordinary_length() -> None:
    words = [f"{one}{other}" for one in ascii_lowercase for other in "bcdf"]
    entry = IntentWords("idea", "es", (), lesson=lesson((" ".join(words),) * FEWEST))
    examples = Examples((entry, *TAUGHT))
    ordinary = examples.weigh(words[:MOST])["idea"]
    assert examples.weigh(words)["idea"] == pytest.approx(ordinary)
    assert 0 < examples.weigh(words[: MOST // 4])["idea"] < ordinary


def test_a_language_without_words_of_its_own_is_read_without_examples() -> None:
    assert read_intent(TAUGHT, "anda perdido el bulto", "pt").intent == Intent.OTHER


def test_no_examples_weigh_nothing() -> None:
    assert Examples(()).weigh(words_of("¿Dónde anda el bulto?")) == {}
    assert read_intent((IntentWords("delivery", "es", ()),), "¿Dónde anda el bulto?", "es").intent == Intent.OTHER
