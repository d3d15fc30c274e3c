import pytest

from mostrador.channels.numbers import canonical


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("+34600111222", "+34600111222"),
        (" +34 600 111 222 ", "+34600111222"),
        ("+447700900123", "+447700900123"),
        ("CORREOS", "CORREOS"),
        ("25252", "25252"),
        ("+1", "+1"),
        ("", ""),
    ],
)
def test_number_has_one_writing(value: str, expected: str) -> None:
    assert canonical(value) == expected
