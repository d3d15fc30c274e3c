import pytest

from mostrador.channels.numbers import canonical, country_of, international, is_dear


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
    ("number", "country"),
    [("+34600111222", "ES"), ("+18765551234", "JM"), ("+881612345678", "001"), ("+447700900123", "GB"), ("", "")],
)
def test_a_number_tells_its_country(number: str, country: str) -> None:
    assert country_of(number) == country


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("600111222", "+34600111222"),
        ("0034600111222", "+34600111222"),
        ("+447700900123", "+447700900123"),
        ("07700900123", "+447700900123"),
        ("0612345678", "+33612345678"),
        ("+34599999999", ""),
        ("599999999", ""),
        ("60011122", ""),
        ("6001112223", ""),
        ("", ""),
    ],
    ids=[
        "at home",
        "dialled from abroad",
        "with its country, and not known to be given out",
        "of the only country where it is a number",
        "of another such country",
        "in no range at all",
        "in no range at home",
        "too short everywhere",
        "too long at home, and in no range elsewhere",
        "nothing",
    ],
)
def test_what_somebody_types_is_read_as_they_meant_it(typed: str, number: str) -> None:
    assert international(typed, "+34910000000", ("ES", "PT", "FR", "GB")) == number


def test_a_number_that_is_not_given_out_is_as_dear_as_those_around_it() -> None:
    assert is_dear("+34809999999")
    assert not is_dear("+447700900123")
