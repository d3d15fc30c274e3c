import pytest

from mostrador.channels.numbers import canonical, country_of, is_dear


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


@pytest.mark.parametrize(
    "number", ["+34803123456", "+34902123456", "+34704123456", "+447012345678", "+19005551234", "+881612345678"]
)
def test_a_number_that_pays_whoever_is_called_is_dear(number: str) -> None:
    assert is_dear(number)


@pytest.mark.parametrize("number", ["+34600111222", "+34910000000", "+447700900123", "+5215512345678", "25252", ""])
def test_a_telephone_and_what_nobody_knows_is_not_dear(number: str) -> None:
    assert not is_dear(number)


@pytest.mark.parametrize(
    ("number", "country"), [("+34600111222", "ES"), ("+18765551234", "JM"), ("+881612345678", "001"), ("", "")]
)
def test_a_number_tells_its_country(number: str, country: str) -> None:
    assert country_of(number) == country
