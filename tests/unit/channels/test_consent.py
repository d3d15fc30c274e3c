import pytest

from mostrador.channels.consent import consent
from mostrador.domain.messages import Consent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STOP", Consent.STOP),
        (" stop. ", Consent.STOP),
        ("Baja", Consent.STOP),
        ("STOPALL", Consent.STOP),
        ("START", Consent.START),
        ("alta", Consent.START),
        ("Yes!", Consent.START),
        ("please don't stop", None),
        ("Quiero la tapa baja", None),
        ("help", None),
        ("", None),
    ],
)
def test_keyword_counts_only_as_the_whole_message(text: str, expected: Consent | None) -> None:
    assert consent(text) is expected


@pytest.mark.parametrize(
    ("text", "opt_out_type", "expected"),
    [("adiós", "STOP", Consent.STOP), ("STOP", "START", Consent.START), ("STOP", "HELP", None)],
)
def test_twilios_own_verdict_wins(text: str, opt_out_type: str, expected: Consent | None) -> None:
    assert consent(text, opt_out_type) is expected
