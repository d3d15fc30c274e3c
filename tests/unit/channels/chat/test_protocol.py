"""docs/chat-protocol.md says what the code does: its examples are taken, its codes and limits are the real ones."""

import json
import re
from pathlib import Path

import pytest

from mostrador.channels.chat import frames
from mostrador.channels.chat.frames import read_frame
from mostrador.domain.phrases import CHAT

PAGE = (Path(__file__).parents[4] / "docs/chat-protocol.md").read_text(encoding="utf-8")
WRITTEN = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) + re.findall(r"`(\{\"v\": 1,[^`]*\})`", PAGE)
EXAMPLES = [json.loads(example) for example in WRITTEN]
CLIENTS = {"hello", "send", "upload", "open", "receipt", "leave_email", "ping"}
SERVERS = {"welcome", "history", "ack", "message", "ticket", "link", "typing", "pong", "error"}


def test_every_frame_has_an_example() -> None:
    assert {example["type"] for example in EXAMPLES} == CLIENTS | SERVERS


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each["type"] in CLIENTS], ids=lambda each: each["type"]
)
def test_an_example_of_a_client_is_taken(example: dict[str, object]) -> None:
    frame = read_frame(json.dumps(example))
    assert {name for name in example if name != "type"} <= set(frame.__struct_fields__)


def test_the_page_has_every_code_that_is_told_and_no_other() -> None:
    table = PAGE[PAGE.index("## Errors") :]
    told = {code for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for code in re.findall(r"`(\w+)`", row)}
    told -= {"code"}
    explained = {key.removeprefix("chat.error.") for key in CHAT if key.startswith("chat.error.")}
    silent = {"bad_frame", "unknown_type", "version", "hello_first"}
    assert told == explained | silent


def test_the_limits_are_the_ones_of_the_page() -> None:
    (welcome,) = [example for example in EXAMPLES if example["type"] == "welcome"]
    assert welcome["limits"]["text"] == frames.LONGEST_TEXT
    assert welcome["limits"]["files"] == frames.MOST_FILES
    assert welcome["limits"]["file_bytes"] == frames.LARGEST_FILE
    assert f"At most {frames.MOST_RECEIPTS} ids" in PAGE
