"""How phrases of the policy are found in what shoppers write."""

import pytest

from mostrador.policy.words import LONGEST_TEXT, Finder, contains, fold, parse, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  ¿DÓNDE   está\nmi pedido? ", "¿donde esta mi pedido?"),
        ("Holaaaa", "hola"),
        ("llegó a la piña", "llego a la pina"),
        ("I can't, I\u2019d rather", "i cant, id rather"),
        ("STRASSE straße", "strasse strasse"),
        ("\uff12 \ufb01nes", "2 fines"),
        ("1000 €", "1000 €"),
        ("", ""),
    ],
)
def test_a_text_is_folded_to_what_does_not_change_its_sense(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("¿Dónde está mi pedido?", "pedido"),
        ("¿Dónde está mi pedido?", "mi pedido"),
        ("quiero devolverlo", "devol*"),
        ("devol", "devol*"),
        ("mi paquete no llega", "mi pedido/paquete"),
        ("dnd esta el paqete", "donde .. paquete"),
        ("¿dónde anda ya por fin mi paquete?", "dónde .. paquete"),
        ("dónde paquete", "dónde .. paquete"),
        ("q tal", "que tal"),
        ("xfa", "por favor"),
        ("no será una estafa, ¿verdad?", "verdad ?"),
        ("¿esto es una estafa?", "estafa .. ?"),
        ("it's broken", "its broken"),
        ("que que pasa", "que pasa"),
    ],
)
def test_a_phrase_stands_in_a_text(text: str, phrase: str) -> None:
    assert contains(fold(text), fold(phrase))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("personas", "persona"),
        ("el impedido", "pedido"),
        ("pedido mi", "mi pedido"),
        ("mi otro pedido", "mi pedido"),
        ("¿dónde? el paquete", "dónde .. paquete"),
        ("dónde, pues el paquete", "dónde .. paquete"),
        ("donde uno dos tres cuatro cinco seis paquete", "donde .. paquete"),
        ("esto es una estafa", "estafa .. ?"),
        ("", "pedido"),
        ("pedido", ""),
        ("cualquier cosa", ".. *"),
        ("cualquier cosa", "/"),
    ],
)
def test_a_phrase_does_not_stand_in_another_text(text: str, phrase: str) -> None:
    assert not contains(fold(text), fold(phrase))


def test_every_place_is_told_with_the_words_that_were_asked_for() -> None:
    words = words_of("Mi pedido, dónde está mi pedido")
    found = [(one.phrase, one.at) for one in Finder(("dónde .. pedido", "mi pedido", "nada")).find(words)]
    assert found == [(1, (0, 1)), (0, (3, 6)), (1, (5, 6))]


def test_a_phrase_of_punctuation_alone_has_no_steps() -> None:
    assert parse(" .. ** / - ") == ()


def test_only_the_beginning_of_a_hostile_text_counts() -> None:
    late = "a " * LONGEST_TEXT + "pedido"
    assert not contains(fold(late), "pedido")
    assert len(fold("\ufdfa" * LONGEST_TEXT)) <= LONGEST_TEXT


def test_a_long_text_made_of_beginnings_is_read_in_steps_that_its_length_bounds() -> None:
    words = ["quiero"] * 2_000
    phrases = tuple(f"quiero .. quiero .. quiero .. {end}" for end in range(50))
    assert list(Finder(phrases).find(words)) == []
