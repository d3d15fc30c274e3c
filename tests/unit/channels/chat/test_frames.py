"""What browsers send: read where it is right, and answered with a code where it is not."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.channels.chat import frames
from mostrador.channels.chat.frames import LONGEST_TEXT, BadFrame, read_frame

REF = "7h2kq9dm-1"


def body(**fields: Any) -> str:
    return json.dumps({"v": 1, **fields})


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(BadFrame) as bad:
        read_frame(text)
    return str(bad.value), bad.value.ref


def test_what_a_newer_client_adds_is_ignored() -> None:
    frame = read_frame(body(type="send", ref=REF, text="Hola", mood="curious"))
    assert frame == frames.Send(v=1, ref=REF, text="Hola")


def test_a_message_of_the_longest_length_is_taken() -> None:
    assert isinstance(read_frame(body(type="send", ref=REF, text="ñ" * LONGEST_TEXT)), frames.Send)


@pytest.mark.parametrize(
    ("text", "code", "ref"),
    [
        ("", "bad_frame", ""),
        ("hola", "bad_frame", ""),
        ("[]", "bad_frame", ""),
        ("null", "bad_frame", ""),
        ("[" * 100_000, "bad_frame", ""),
        ('{"v": 1}', "unknown_type", ""),
        (body(type="dance", ref=REF), "unknown_type", REF),
        (body(type=["send"], ref=REF), "unknown_type", REF),
        (body(type="send", text="Hola"), "bad_frame", ""),
        (body(type="send", ref=REF, text=7), "bad_frame", REF),
        (body(type="send", ref=7, text="Hola"), "bad_frame", ""),
        (body(type="send", ref="short-1", text="Hola"), "bad_frame", "short-1"),
        (body(type="send", ref="x" * 500, text="Hola"), "bad_frame", "x" * 48),
        (json.dumps({"v": 2, "type": "send", "ref": REF, "text": "Hola"}), "version", REF),
        (json.dumps({"v": 2, "type": "ping"}), "version", ""),
        (body(type="receipt", ids=["a"] * 51, state="read"), "bad_frame", ""),
        (body(type="receipt", ids=["a"], state="failed"), "bad_frame", ""),
        (body(type="open", id="a-1", index=-1), "not_found", ""),
    ],
)
def test_what_is_not_understood_is_told_with_a_code(text: str, code: str, ref: str) -> None:
    assert refused(text) == (code, ref)


@given(
    st.text(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5).map(json.dumps)
)
def test_whatever_comes_is_a_frame_or_a_code(text: str) -> None:
    with suppress(BadFrame):
        assert isinstance(read_frame(text), frames.Frame)
