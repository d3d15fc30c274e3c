"""Recorded conversations: written, read again, and refused with the line that is wrong."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.recordings import BadRecording, read_recordings, write_recordings
from mostrador.policy.facts import CustomerFacts
from mostrador.policy.recorded import Happened, Recorded

moments = st.datetimes().map(lambda moment: float(int(moment.timestamp())) if moment.year > 1970 else 0.0)
words = st.text(max_size=20)
recordings = st.builds(
    Recorded,
    id=words,
    at=moments,
    channel=words,
    text=words,
    subject=words,
    language=st.sampled_from(["", "es", "en"]),
    public=st.booleans(),
    trusted=st.booleans(),
    customer=st.builds(
        CustomerFacts,
        orders=st.integers(0, 99),
        spent=st.integers(0, 10**9),
        last_order_at=moments,
        tags=st.lists(words, max_size=3).map(tuple),
        agent=words,
    ),
    then=st.builds(Happened, queue=words, tags=st.lists(words, max_size=2).map(tuple), answered_at=moments),
)


@given(st.lists(recordings, max_size=4))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, some: list[Recorded]) -> None:
    file = tmp_path_factory.mktemp("recordings") / "some.jsonl"
    with file.open("w", encoding="utf-8") as output:
        assert write_recordings(output, some) == len(some)
    assert read_recordings(file) == some


def test_what_goes_without_saying_is_not_written() -> None:
    output = io.StringIO()
    write_recordings(output, [Recorded("con1", 1_780_000_000.0, "sms", "Hola", trusted=False)])
    assert json.loads(output.getvalue()) == {
        "id": "con1",
        "at": "2026-05-28T20:26:40+00:00",
        "channel": "sms",
        "text": "Hola",
        "trusted": False,
    }


def test_a_line_of_hand_is_read_with_its_time_zone(tmp_path: Path) -> None:
    file = tmp_path / "hand.jsonl"
    file.write_text('\n{"id": "a", "at": "2026-05-28T22:26:40+02:00", "channel": "chat"}\n\n')
    assert read_recordings(file) == [Recorded("a", 1_780_000_000.0, "chat")]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "Expecting property name"),
        ("[]", "Expected `object`, got `array`"),
        ('{"id": "a", "channel": "sms"}', "missing required field `at`"),
        ('{"id": "a", "at": "mañana", "channel": "sms"}', "Invalid isoformat string"),
        ('{"id": "a", "at": "2026-05-28T22:26:40", "channel": "sms"}', "does not say of which time zone"),
        ('{"id": "a", "at": 1, "channel": "sms", "public": "yes"}', r"Expected `bool`, got `str` - at `\$\.public`"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, what: str) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text(f'{{"id": "a", "at": 1, "channel": "sms"}}\n{line}\n')
    with pytest.raises(BadRecording, match=rf"some\.jsonl:2: .*{what}"):
        read_recordings(file)


@pytest.mark.parametrize(("content", "what"), [(None, "No such file"), (b"\xff\xfe", "not UTF-8")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, what: str) -> None:
    file = tmp_path / "some.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadRecording, match=rf"some\.jsonl: .*{what}"):
        read_recordings(file)
