"""What browsers bring back: only what was signed here, only of its own kind, only for a while."""

import pytest

from mostrador.channels.signed import LONGEST, genuine, said_by, sign

KEY, NOW = "a-key-of-the-tests", 1_780_000_000.0
TOKEN = sign("a1", {"s": "Ana", "x": int(NOW) + 60}, KEY)


def test_what_was_signed_is_read() -> None:
    assert said_by("a1", TOKEN, KEY, NOW) == {"s": "Ana", "x": int(NOW) + 60}


@pytest.mark.parametrize("place", range(len(TOKEN)))
def test_a_token_with_another_character_anywhere_says_nothing(place: int) -> None:
    other = "A" if TOKEN[place] != "A" else "B"
    changed = TOKEN[:place] + other + TOKEN[place + 1 :]
    # The last character of a signature in base 64 has two bits that mean nothing, but the text is compared.
    assert said_by("a1", changed, KEY, NOW) is None


@pytest.mark.parametrize("token", ["", ".", "a1..", "a1.e30.", "ñ", "a1." + "x" * LONGEST, "a1.e30.ñ"])
def test_nonsense_says_nothing(token: str) -> None:
    assert genuine("a1", token, KEY) is None


def test_a_token_of_another_kind_or_key_says_nothing() -> None:
    assert said_by("b1", TOKEN, KEY, NOW) is None
    assert said_by("a1", TOKEN, "another key", NOW) is None
    assert said_by("a1", sign("a1", {"x": int(NOW) + 60}, ""), "", NOW) is None


def test_a_token_runs_out_and_stays_genuine() -> None:
    assert said_by("a1", TOKEN, KEY, NOW + 60) is None
    assert genuine("a1", TOKEN, KEY) is not None
