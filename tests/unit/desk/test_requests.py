"""Every kind of request that Slack sends, read into what an agent did."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.desk.events import AgentEvent, Kind, SlackFile
from mostrador.desk.requests import Handshake, Nothing, RequestKind, read_request
from mostrador.domain.errors import Unreadable

PAYLOADS = Path(__file__).parents[2] / "payloads" / "slack"
ROOT, TS = "1780000000.000100", "1780000060.000200"
INTERACTIVE = ("block_actions", "view_submission", "message_action", "block_suggestion")

PLATE = SlackFile(
    id="F0PLATO",
    name="plato azul.jpg",
    mimetype="image/jpeg",
    size=48213,
    url="https://files.slack.com/files-pri/T0TINAJA-F0PLATO/download/plato_azul.jpg",
    mode="hosted",
    access="visible",
)


def read(name: str) -> AgentEvent | Handshake | Nothing:
    path = next(PAYLOADS.glob(f"{name}.*"))
    if path.suffix == ".form":
        return read_request("commands", path.read_bytes())
    if name.startswith(INTERACTIVE):
        kind: RequestKind = "options" if name.startswith("block_suggestion") else "actions"
        return read_request(kind, urlencode({"payload": path.read_text()}).encode())
    return read_request("events", path.read_bytes())


def event(kind: Kind = Kind.REPLY, **fields: Any) -> AgentEvent:
    usual = {
        "event_id": "Ev0TINAJA001",
        "team": "T0TINAJA",
        "channel": "C0ATENCION",
        "thread_ts": ROOT,
        "ts": TS,
        "user": "U0MARTA",
        "at": TS,
    }
    return AgentEvent(kind=kind, **{**usual, **fields})


def press(**fields: Any) -> AgentEvent:
    usual = {
        "event_id": f"{ROOT}:1780000080.512345:U0MARTA:claim",
        "ts": ROOT,
        "at": "1780000080.512345",
        "action": "claim",
        "value": "01kgh0000000000000000000ab",
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        "response_url": "https://hooks.slack.com/actions/T0TINAJA/1/abc",
    }
    return event(Kind.BUTTON, **{**usual, **fields})


COMMAND = AgentEvent(
    kind=Kind.COMMAND,
    event_id="command:1.2.3",
    team="T0TINAJA",
    channel="C0ATENCION",
    thread_ts="",
    ts="",
    user="U0MARTA",
    text="ausente 2026-12-01",
    action="/mostrador",
    trigger_id="1.2.3",
    response_url="https://hooks.slack.com/commands/T0TINAJA/1/abc",
)

HELLO = "Hola Ana, sale hoy mismo del taller"
EDITED, DELETED = "1780000065.000300", "1780000066.000400"
STRANGER: dict[str, Any] = {"user": "U0AJENO", "external": True}
STRANGER_PRESS: dict[str, Any] = {**STRANGER, "event_id": f"{ROOT}:1780000080.512345:U0AJENO:claim"}

EXPECTED: dict[str, AgentEvent | Handshake | Nothing] = {
    "url_verification__handshake": Handshake("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"),
    "app_rate_limited__hour": Nothing("app_rate_limited"),
    "message__in_thread": event(text=HELLO),
    "message__with_file": event(text="Este es el plato", files=(PLATE,)),
    "message__file_without_text": event(files=(PLATE,)),
    "message__file_of_slack_connect": event(files=(SlackFile(id="F0AJENO", access="check_file_info"),)),
    "message__thread_broadcast": event(text=HELLO),
    "message__me_message": event(text="lo está mirando"),
    "message__from_external_user": event(text=HELLO, **STRANGER),
    "message__from_external_user_with_their_team_outside": event(text=HELLO, team="T0AJENO", **STRANGER),
    "message__outside_thread": Nothing("outside a thread"),
    "message__thread_root": Nothing("outside a thread"),
    "message__from_our_bot": Nothing("written by a bot"),
    "message__file_from_our_bot": Nothing("written by a bot"),
    "message__bot_message": Nothing("subtype bot_message"),
    "message__from_another_bot": Nothing("written by a bot"),
    "message__of_our_app_without_bot_id": Nothing("written by this app"),
    "message__slackbot": Nothing("written by nobody"),
    "message__channel_join": Nothing("subtype channel_join"),
    "message_changed__text": event(Kind.EDIT, text="Hola Ana, sale mañana del taller", before=HELLO, at=EDITED),
    "message_changed__file_added": event(Kind.EDIT, text=HELLO, before=HELLO, files=(PLATE,), at=EDITED),
    "message_changed__file_deleted": event(Kind.EDIT, text=HELLO, before=HELLO, at=EDITED),
    "message_changed__unfurl": Nothing("neither text nor files changed"),
    "message_changed__of_our_card": Nothing("written by a bot"),
    "message_changed__root_tombstone": Nothing("the root of a thread was deleted"),
    "message_changed__by_external_user": event(Kind.EDIT, text="otra cosa", before=HELLO, at=EDITED, **STRANGER),
    "message_deleted__reply": event(Kind.DELETE, at=DELETED),
    "message_deleted__of_our_bot": Nothing("written by a bot"),
    "message_deleted__without_previous": event(Kind.DELETE, thread_ts="", user="", at=DELETED),
    "reaction_added__by_agent": Nothing("event reaction_added"),
    "block_actions__claim": press(),
    "block_actions__close_before_any_reply": press(action="close", event_id=f"{ROOT}:1780000080.512345:U0MARTA:close"),
    "block_actions__menu_of_the_card": press(
        action="more", value="why", event_id=f"{ROOT}:1780000080.512345:U0MARTA:more"
    ),
    "block_actions__snooze_chosen": press(
        action="snooze", value="hour", event_id=f"{ROOT}:1780000080.512345:U0MARTA:snooze"
    ),
    "block_actions__by_external_user": press(**STRANGER_PRESS),
    "block_actions__by_external_user_with_their_team_outside": press(**STRANGER_PRESS),
    "block_actions__in_a_view": Nothing("a button of a view"),
    "view_submission__modal": Nothing("view_submission"),
    "message_action__shortcut": Nothing("message_action"),
    "block_suggestion__options": Nothing("block_suggestion"),
    "command__mostrador": COMMAND,
    "ssl_check__distributed_app": Nothing("ssl_check"),
}


def test_every_payload_has_an_expectation() -> None:
    assert {path.stem for path in PAYLOADS.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_recorded_request_reads_as_expected(name: str) -> None:
    assert read(name) == EXPECTED[name]


@pytest.mark.parametrize("name", [name for name, what in EXPECTED.items() if isinstance(what, AgentEvent)])
def test_what_an_agent_did_survives_the_queue(name: str) -> None:
    done = read(name)
    assert isinstance(done, AgentEvent)
    assert AgentEvent.from_json(done.to_json()) == done


def test_what_a_newer_version_adds_is_left_out() -> None:
    done = event(text=HELLO, files=(PLATE,))
    newer = json.loads(done.to_json())
    newer |= {"mood": "good", "files": [{**newer["files"][0], "colour": "blue"}]}
    assert AgentEvent.from_json(json.dumps(newer)) == done


def test_two_presses_of_one_button_are_told_apart_and_one_press_is_always_the_same() -> None:
    body = json.loads((PAYLOADS / "block_actions__claim.json").read_text())
    body["actions"][0]["action_ts"] = "1780000081.000000"
    again = read_request("actions", urlencode({"payload": json.dumps(body)}).encode())
    assert isinstance(again, AgentEvent)
    assert again.dedupe_id != press().dedupe_id
    assert again.group == press().group == f"C0ATENCION:{ROOT}"


def test_the_commands_of_one_person_are_obeyed_in_order_whichever_channel_they_are_typed_in() -> None:
    assert replace(COMMAND, channel="C0GENERAL").group == COMMAND.group
    assert replace(COMMAND, user="U0LUIS").group != COMMAND.group


def test_a_dedupe_id_fits_a_queue_and_keeps_what_differs() -> None:
    long = press(event_id=f"{ROOT}:1780000080.512345:U0MARTA:{'x' * 255}")
    assert len(long.dedupe_id) == 128
    assert long.dedupe_id.startswith(f"{ROOT}:1780000080.512345:U0MARTA:")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("events", b""),
        ("events", b"\xff"),
        ("events", b"[]"),
        ("events", b"{}"),
        ("events", b'{"type":"new_thing"}'),
        ("events", b'{"type":"url_verification"}'),
        ("events", b'{"type":"event_callback"}'),
        ("events", b'{"type":"event_callback","event":{"type":"message"}}'),
        ("events", b'{"type":"event_callback","event":{"type":"message","subtype":"message_changed"}}'),
        ("events", b"[" * 100_000),
        ("actions", b""),
        ("actions", b"payload=%7B"),
        ("actions", b"payload=%7B%7D"),
        ("actions", b"payload=%7B%22type%22%3A%22block_actions%22%7D"),
        ("actions", b"&".join(b"a=1" for _ in range(200))),
        ("commands", b"text=hola"),
        ("commands", b"command=%2Fmostrador&text=status&user_id=U0MARTA&channel_id=C0ATENCION&team_id=T0TINAJA"),
        ("options", b"\xff=1"),
    ],
)
def test_what_slack_would_not_send_is_unreadable(kind: RequestKind, body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_request(kind, body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "previous_message", "files", "user", "ts", "thread_ts", "subtype", "authorizations"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_an_odd_message_is_read_or_unreadable_and_nothing_else(odd: Any) -> None:
    body = json.loads((PAYLOADS / "message__in_thread.json").read_text())
    body["event"] = {**body["event"], **odd} if isinstance(odd, dict) else odd
    with contextlib.suppress(Unreadable):
        assert isinstance(read_request("events", json.dumps(body).encode()), AgentEvent | Nothing)
