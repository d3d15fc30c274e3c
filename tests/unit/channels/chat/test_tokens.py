"""What the shop signs for a browser opens nothing but what it says, to nobody else, and not for ever."""

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.channels.chat.tokens import Upload, file_token, new_session, session_of, session_token, upload_of
from mostrador.channels.uploads import LONGEST_NAME

KEY, NOW = "a-key-of-the-tests", 1_780_000_000.0
UPLOAD = Upload("k3fq", "uploads/chat/k3fq/1", "jarra rota.png", "image/png")


def test_a_session_is_found_until_it_runs_out() -> None:
    token = session_token("k3fq", NOW + 60, KEY)
    assert session_of(token, KEY, NOW) == "k3fq"
    assert session_of(token, KEY, NOW + 60) == ""


def test_a_token_says_what_the_protocol_says_and_no_more() -> None:
    kind, said, _ = session_token("k3fq", NOW, KEY).split(".")
    assert (kind, json.loads(base64.urlsafe_b64decode(said + "=="))) == ("c1", {"s": "k3fq", "x": int(NOW)})


def test_sessions_are_not_guessed_and_fit_an_address() -> None:
    sessions = {new_session() for _ in range(100)}
    assert len(sessions) == 100
    assert {len(session) for session in sessions} == {26}
    assert all(session == session.lower() and session.isalnum() for session in sessions)


@given(place=st.floats(0, 0.999), letter=st.sampled_from("ABCxyz019-_.="))
def test_a_token_that_was_changed_anywhere_is_nobodys(place: float, letter: str) -> None:
    token = session_token("k3fq", NOW + 60, KEY)
    at = int(place * len(token))
    changed = token[:at] + letter + token[at + 1 :]
    assert session_of(changed, KEY, NOW) in ({"k3fq"} if changed == token else {""})


@given(st.text(max_size=300))
def test_nonsense_is_nobodys_and_harms_nothing(token: str) -> None:
    assert session_of(token, KEY, NOW) == ""
    assert session_of(f"c1.{token}", KEY, NOW) == ""
    assert upload_of(f"f1.{token}", "k3fq", KEY, NOW) is None


def test_without_a_key_nothing_is_genuine() -> None:
    assert session_of(session_token("k3fq", NOW + 60, ""), "", NOW) == ""


def test_a_file_belongs_to_the_session_that_asked_for_it() -> None:
    token = file_token(UPLOAD, NOW + 60, KEY)
    assert upload_of(token, "k3fq", KEY, NOW) == UPLOAD
    assert upload_of(token, "another", KEY, NOW) is None
    assert upload_of(token, "k3fq", KEY, NOW + 61) is None


@pytest.mark.parametrize("kind", ["session for a file", "file for a session"])
def test_one_kind_of_token_is_not_good_for_another(kind: str) -> None:
    if kind == "session for a file":
        assert upload_of(session_token("k3fq", NOW + 60, KEY), "k3fq", KEY, NOW) is None
    else:
        assert session_of(file_token(UPLOAD, NOW + 60, KEY), KEY, NOW) == ""


@pytest.mark.parametrize("letter", ["a", "ñ", "陶", "🏺", "\\", '"'])
def test_a_file_with_the_longest_name_there_is_has_a_token_that_is_taken(letter: str) -> None:
    named = replace(UPLOAD, session="k" * 26, key=f"uploads/chat/{'k' * 26}/{'0' * 26}", name=letter * LONGEST_NAME)
    assert upload_of(file_token(named, NOW + 60, KEY), named.session, KEY, NOW) == named
