"""Slack's requests, already verified, read into what an agent did. Pure, and light enough for a webhook.

Only what people write in threads counts. Our own posts come back as events, so whatever a bot wrote is dropped
by every mark that Slack may leave on it: a file that a bot uploads, for one, carries the bot's user and no
``bot_id``. Retries are not looked at: the first attempt may be the one that was lost.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qs

from mostrador.desk.events import AgentEvent, Kind, SlackFile
from mostrador.domain.errors import Unreadable

type RequestKind = Literal["events", "actions", "commands", "options"]
type Json = Mapping[str, Any]

WRITTEN_BY_PEOPLE = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of a message that a person wrote; every other one is Slack's own or a bot's."""


@dataclass(frozen=True, slots=True)
class Handshake:
    """Slack checks the address: answer with the challenge."""

    challenge: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A genuine request that asks nothing of us; ``why`` goes to the log."""

    why: str


type SlackRequest = Handshake | AgentEvent | Nothing


def read_request(kind: RequestKind, body: bytes) -> SlackRequest:
    """Raises Unreadable for what is not shaped as Slack documents it."""
    try:
        return _read_event(_object(body.decode())) if kind == "events" else _read_form(kind, body.decode())
    except ValueError as error:
        raise Unreadable("the body is neither UTF-8 nor a form of reasonable size") from error
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable(f"the request lacks what Slack documents: {type(error).__name__} {error}") from error


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the body is not JSON") from error
    if not isinstance(value, dict):
        raise Unreadable("the body is not a JSON object")
    return value


# Events API


def _read_event(envelope: Json) -> SlackRequest:
    match envelope.get("type"):
        case "url_verification":
            return Handshake(str(envelope["challenge"]))
        case "event_callback" if envelope["event"]["type"] == "message":
            return _read_message(envelope, envelope["event"])
        case "event_callback":
            return Nothing(f"event {envelope['event']['type']}")
        case "app_rate_limited":
            return Nothing("app_rate_limited")
        case other:
            raise Unreadable(f"unknown request type {other!r}")


def _read_message(envelope: Json, event: Json) -> SlackRequest:
    match event.get("subtype", ""):
        case "message_changed":
            return _read_edit(envelope, event)
        case "message_deleted":
            return _read_deletion(envelope, event)
        case _:
            return _about(Kind.REPLY, envelope, event, event)


def _read_edit(envelope: Json, event: Json) -> SlackRequest:
    message = event["message"]
    if message.get("subtype") == "tombstone":
        return Nothing("the root of a thread was deleted")
    previous = event.get("previous_message") or {}
    # Slack says "changed" for unfurled links and new replies as well: only words and files matter here.
    if _content(message) == _content(previous):
        return Nothing("neither text nor files changed")
    done = _about(Kind.EDIT, envelope, event, message)
    return replace(done, before=previous.get("text") or "") if isinstance(done, AgentEvent) else done


def _read_deletion(envelope: Json, event: Json) -> SlackRequest:
    previous = event.get("previous_message")
    if not previous:
        return _deletion_alone(envelope, event)
    deleted = {"ts": event["deleted_ts"], **previous}
    return _about(Kind.DELETE, envelope, event, {**deleted, "text": "", "files": []})


def _deletion_alone(envelope: Json, event: Json) -> AgentEvent:
    """Slack may not tell whose message it was, or where: whoever took it in knows, and it must not go out."""
    return AgentEvent(
        kind=Kind.DELETE,
        event_id=envelope["event_id"],
        team=envelope["team_id"],
        channel=event["channel"],
        thread_ts="",
        ts=event["deleted_ts"],
        user="",
        at=event.get("event_ts") or event["ts"],
    )


def _about(kind: Kind, envelope: Json, event: Json, message: Json) -> SlackRequest:
    """``message`` is what was written, changed or deleted; ``event`` says where and when that happened."""
    ts, thread_ts = message["ts"], message.get("thread_ts", "")
    if why := _not_a_person(envelope, message):
        return Nothing(why)
    if thread_ts in ("", ts):
        return Nothing("outside a thread")
    return AgentEvent(
        kind=kind,
        event_id=envelope["event_id"],
        team=envelope["team_id"],
        channel=event["channel"],
        thread_ts=thread_ts,
        ts=ts,
        user=message["user"],
        at=event.get("event_ts") or event["ts"],
        text=message.get("text") or "",
        files=_files(message),
        external=_is_external(envelope, message),
    )


def _not_a_person(envelope: Json, message: Json) -> str:
    bots = {who.get("user_id") for who in envelope.get("authorizations") or () if who.get("is_bot")}
    subtype = message.get("subtype") or ""
    if subtype not in WRITTEN_BY_PEOPLE:
        return f"subtype {subtype}"
    if message.get("bot_id") or message.get("bot_profile") or message.get("user") in bots:
        return "written by a bot"
    if message.get("app_id") and message["app_id"] == envelope.get("api_app_id"):
        return "written by this app"
    return "" if message.get("user") not in (None, "", "USLACKBOT") else "written by nobody"


def _is_external(envelope: Json, message: Json) -> bool:
    """In a shared channel ``team_id`` may be the stranger's own, so our workspace is the one that authorised us."""
    homes = {who.get("team_id") for who in envelope.get("authorizations") or ()} - {None}
    teams = {message.get(name) for name in ("user_team", "source_team", "team")} - {None, ""}
    return bool(teams - (homes or {envelope["team_id"]}))


def _content(message: Json) -> tuple[str, frozenset[str]]:
    return message.get("text") or "", frozenset(file.id for file in _files(message))


def _files(message: Json) -> tuple[SlackFile, ...]:
    """Without those that were deleted again, of which Slack keeps a tombstone in the message."""
    return tuple(
        SlackFile(
            id=file["id"],
            name=file.get("name") or file.get("title") or "",
            mimetype=file.get("mimetype") or "",
            size=file.get("size") or 0,
            url=file.get("url_private_download") or file.get("url_private") or "",
            mode=file.get("mode") or "",
            access=file.get("file_access") or "",
        )
        for file in message.get("files") or ()
        if file.get("mode") != "tombstone"
    )


# Interactivity, commands, options


def _read_form(kind: RequestKind, body: str) -> SlackRequest:
    fields = parse_qs(body, keep_blank_values=True, max_num_fields=100)
    if fields.get("ssl_check") == ["1"]:
        return Nothing("ssl_check")
    if kind == "commands":
        return _read_command({name: values[0] for name, values in fields.items()})
    payload = _object(fields["payload"][0])
    return _read_press(payload) if payload.get("type") == "block_actions" else Nothing(f"{payload['type']}")


def _read_command(fields: Mapping[str, str]) -> SlackRequest:
    """Docs: *Implementing slash commands*. Only members of our own workspace can type one."""
    return AgentEvent(
        kind=Kind.COMMAND,
        event_id=f"command:{fields['trigger_id']}",
        team=fields["team_id"],
        channel=fields["channel_id"],
        thread_ts="",
        ts="",
        user=fields["user_id"],
        text=fields.get("text", ""),
        action=fields["command"],
        trigger_id=fields["trigger_id"],
        response_url=fields.get("response_url", ""),
    )


def _read_press(payload: Json) -> SlackRequest:
    """Docs: *block_actions payload*. A press has no id of its own: who, what, where and when make one."""
    container, press, user = payload["container"], payload["actions"][0], payload["user"]
    if container["type"] != "message":
        return Nothing(f"a button of a {container['type']}")
    ts, at = container["message_ts"], press["action_ts"]
    # The message with the button is ours, so its team is our workspace whoever pressed it.
    team = (payload.get("message") or {}).get("team") or (payload.get("team") or {}).get("id", "")
    return AgentEvent(
        kind=Kind.BUTTON,
        event_id=f"{ts}:{at}:{user['id']}:{press['action_id']}",
        team=team,
        channel=container["channel_id"],
        thread_ts=container.get("thread_ts") or ts,
        ts=ts,
        user=user["id"],
        at=at,
        action=press["action_id"],
        value=press.get("value") or (press.get("selected_option") or {}).get("value") or "",
        trigger_id=payload.get("trigger_id") or "",
        response_url=payload.get("response_url") or "",
        external=bool(team and user.get("team_id") not in (None, "", team)),
    )
