"""What people type after the slash command."""

from datetime import date

import pytest

from mostrador.desk.commands import WORDS, Command, Verb, read_command

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("on", Command(Verb.ON)),
        (" Turno ", Command(Verb.ON)),
        ("FUERA", Command(Verb.OFF)),
        ("off", Command(Verb.OFF)),
        ("away 2026-12-01", Command(Verb.AWAY, DAY)),
        ("ausente hasta 2026-12-01, de vacaciones", Command(Verb.AWAY)),
        ("ausente hasta 2026-12-01", Command(Verb.AWAY, DAY)),
        ("ausente", Command(Verb.AWAY)),
        ("ausente 1/12/2026", Command(Verb.AWAY)),
        ("away 2026-13-01", Command(Verb.AWAY)),
        ("away 2026-12-01 2027-01-01", Command(Verb.AWAY, DAY)),
        ("vuelvo", Command(Verb.BACK)),
        ("estado", Command(Verb.STATUS)),
        ("ayuda", Command(Verb.HELP)),
        ("", Command(Verb.HELP)),
        ("buscar plato", Command(Verb.HELP)),
        ("2026-12-01", Command(Verb.HELP)),
        ("on\x00\u202e", Command(Verb.HELP)),
    ],
)
def test_a_command_is_read_in_both_languages_and_what_nobody_knows_asks_for_help(text: str, command: Command) -> None:
    assert read_command(text) == command


def test_everything_that_can_be_asked_for_has_a_word_in_each_language() -> None:
    assert [list(WORDS.values()).count(verb) for verb in Verb] == [2] * len(Verb)
