"""What somebody typed about themselves, as far as its form tells."""

import pytest

from mostrador.domain.typed import LONGEST_NAME, is_email, name_of


@pytest.mark.parametrize(
    "email", ["ana.molina@correo.example", "o'hara+tienda@sub.correo.example", "_@a.es", "a" * 64 + "@correo.example"]
)
def test_an_address_that_mail_can_be_sent_to_is_one(email: str) -> None:
    assert is_email(email)


@pytest.mark.parametrize(
    "email",
    [
        *("", "@", "ana", "ana@", "@correo.example", "ana@correo", "ana@.example", "ana@correo..example"),
        *("ana@@correo.example", "ana molina@correo.example", "ana@correo.example\n", "a..b@correo.example"),
        *(".ana@correo.example", "ana.@correo.example", "<ana>@correo.example", "(ana)@correo.example"),
        *("a,b@correo.example", "a;b@correo.example", "a:b@correo.example", '"ana"@correo.example'),
        *("ñandú@correo.example", "a" * 65 + "@correo.example", "ana@" + "a." * 130 + "example", "ana@10.0.0.1"),
    ],
)
def test_what_no_mail_can_be_sent_to_is_none(email: str) -> None:
    assert not is_email(email)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ana\t Molina ", "Ana Molina"),
        ("Ana\r\nBcc: todos@correo.example", "Ana Bcc: todos@correo.example"),
        ("Ana\u202eanilom\u2028Luis\0", "Ana anilom Luis"),
        ("Núria 🏺 林", "Núria 🏺 林"),
        ("a" * 200, "a" * LONGEST_NAME),
        ("\u202e", ""),
    ],
)
def test_a_name_is_one_line_that_reads_as_it_is_written(typed: str, shown: str) -> None:
    assert name_of(typed) == shown
