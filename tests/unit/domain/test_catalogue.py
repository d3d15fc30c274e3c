"""The catalogue of phrases: complete, and the same in every language."""

import re
from string import Formatter

import pytest

from mostrador.channels.email import channel as email
from mostrador.channels.registry import CHANNELS
from mostrador.channels.whatsapp import channel as whatsapp
from mostrador.desk.cards import VISITOR
from mostrador.domain.catalogue import LANGUAGES, known, say
from mostrador.domain.delivery import Reason
from mostrador.domain.phrases import (
    CALL,
    CARD,
    CHAT,
    DESK,
    DUTY,
    FAILURE,
    MESSAGE,
    NOTICE,
    PHRASES,
    SHOPPER,
    TIMES,
    WEB,
    WHY,
)


def places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize("key", PHRASES)
def test_every_phrase_has_every_language_with_the_same_places(key: str) -> None:
    assert set(PHRASES[key]) == set(LANGUAGES)
    assert len({frozenset(places(text)) for text in PHRASES[key].values()}) == 1


@pytest.mark.parametrize("key", PHRASES)
def test_every_phrase_is_typed_cleanly(key: str) -> None:
    for text in PHRASES[key].values():
        assert text == text.strip() != ""
        assert not re.search(r"  |<|>|&", text)


def test_no_key_is_in_two_tables() -> None:
    tables = (CALL, CARD, CHAT, MESSAGE, DESK, DUTY, FAILURE, NOTICE, SHOPPER, TIMES, WEB, WHY)
    assert len(PHRASES) == sum(map(len, tables))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_of_a_failure_has_a_sentence_of_two_parts(reason: Reason) -> None:
    sentence = say(f"failure.{reason}", "es", customer="Ana", channel="SMS")
    assert len(re.findall(r"[.:](?: |$)", sentence)) >= 2, "what happened, and what to do next"


@pytest.mark.parametrize("problem", ["too_large", "unavailable", "refused"])
def test_every_problem_of_an_attachment_has_a_sentence(problem: str) -> None:
    assert "foto.jpg" in say(f"attachment.{problem}", "es", name="foto.jpg", size="38 MB")


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_registered_channel_has_a_word(channel: str) -> None:
    assert say(f"channel.{channel}", "es")


@pytest.mark.parametrize(
    ("tag", "language"),
    [("es", "es"), ("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("es-419", "es"), ("fr", "es"), ("", "es")],
)
def test_a_language_tag_finds_its_language_or_the_base(tag: str, language: str) -> None:
    assert known(tag) == language
    assert say("button.close", tag) == PHRASES["button.close"][language]


def test_an_unknown_key_raises() -> None:
    with pytest.raises(KeyError):
        say("button.nonsense", "es")


def test_a_value_is_never_read_as_a_template() -> None:
    assert say("mail.sender", "es", agent="{shop.__class__}", shop="La Tinaja") == "{shop.__class__} de La Tinaja"


def test_every_warning_of_a_channel_has_its_phrase() -> None:
    warnings = email.WARNINGS | whatsapp.WARNINGS | {VISITOR}
    assert {f"warning.{warning}" for warning in warnings} == {key for key in PHRASES if key.startswith("warning.")}
