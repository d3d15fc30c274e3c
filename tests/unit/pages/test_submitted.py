"""What browsers send, read as they write it; and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.web import BOUNDARY, multipart
from mostrador.domain.errors import Refused
from mostrador.pages.submitted import MOST_PARTS, SentFile, Submitted, read_form

KIND = f"multipart/form-data; boundary={BOUNDARY}"


@given(data=st.binary(min_size=1, max_size=2000))
def test_a_file_arrives_byte_for_byte(data: bytes) -> None:
    sent = read_form(KIND, multipart({}, [("a.bin", "application/pdf", data)]))
    assert sent.files == (SentFile("a.bin", "application/pdf", data),)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_a_text_arrives_as_it_was_typed_but_for_spaces_around_it(text: str) -> None:
    sent = read_form(KIND, multipart({"text": text}))
    assert sent["text"] == text.replace("\r\n", "\n").replace("\0", "").strip()


def test_a_form_without_files_may_come_as_a_browser_of_text_sends_it() -> None:
    sent = read_form("application/x-www-form-urlencoded; charset=utf-8", b"text=%C2%BFQu%C3%A9+tal%3F%0D%0AHola&a=")
    assert (sent["text"], sent["a"], sent["b"]) == ("¿Qué tal?\nHola", "", "")


def test_a_field_for_files_in_which_nothing_was_chosen_holds_none() -> None:
    assert read_form(KIND, multipart({}, [("", "application/octet-stream", b"")])) == Submitted({})


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("foto.png", "foto.png"),
        ("jarr%22ón.png", 'jarr"ón.png'),
        ("C:\\fotos\\jarrón.png", "jarrón.png"),
        ("../../etc/passwd", "passwd"),
        ("a" * 400 + ".png", ("a" * 400 + ".png")[-150:]),
        ("/", "file"),
    ],
)
def test_a_file_has_the_name_that_it_has_at_home(sent: str, read: str) -> None:
    [file] = read_form(KIND, multipart({}, [(sent, "image/png", b"x")])).files
    assert file.name == read


def test_a_quoted_boundary_is_a_boundary() -> None:
    assert read_form(f'multipart/form-data; boundary="{BOUNDARY}"', multipart({"a": "b"}))["a"] == "b"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n--x--",
        b"--x\r\nContent-Disposition: form-data\r\n\r\nA\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nA\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nA\r\n',
        b'\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nA' * (MOST_PARTS + 1) + b"\r\n--x--",
    ],
)
def test_what_is_broken_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        read_form("multipart/form-data; boundary=x", body)


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=x"])
def test_another_kind_of_body_is_refused(kind: str) -> None:
    with pytest.raises(Refused):
        read_form(kind, multipart({"a": "b"}))


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(Refused):
        read_form("application/x-www-form-urlencoded", b"a=1&" * (MOST_PARTS + 1))


@given(body=st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
        try:
            assert isinstance(read_form(kind, b"--x" + body), Submitted)
        except Refused:
            continue
