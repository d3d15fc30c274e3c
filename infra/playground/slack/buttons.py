"""Interactivity: a person presses or chooses something on a message; the app has three seconds to say that it heard."""

import json
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from playground.cast import APP_ID, TEAM_DOMAIN, TEAM_ID
from playground.slack.errors import SlackError
from playground.slack.responses import Responses
from playground.slack.state import Message, User
from playground.slack.workspace import Workspace
from playground.webhooks import Answer

Json = dict[str, Any]

_STATEFUL = frozenset({"static_select", "radio_buttons"})
"""Elements with one option at a time. Slack repeats their choice in `state`, whichever element was used."""
_TOLD = {
    "button": ("text", "value", "style"),
    "static_select": ("placeholder", "initial_option"),
    "radio_buttons": ("initial_option",),
}
"""What an action repeats of its element."""


class Buttons:
    def __init__(self, workspace: Workspace, responses: Responses) -> None:
        self._workspace = workspace
        self._responses = responses

    async def press(self, user: User, message: Message, block_id: str, element: Json, chosen: str | None) -> Answer:
        """Slack tries once only; a failed answer is for the person to see. Raises SlackError `action_not_found` where
        ``chosen`` is no option of the element."""
        action = _action(block_id, element, chosen, self._workspace.state.next_ts())
        payload = self._payload(user, message) | {"actions": [action], "state": _state(message, block_id, action)}
        body = urlencode({"payload": json.dumps(payload)})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._workspace.post_signed("/slack/actions", body, headers)

    def _payload(self, user: User, message: Message) -> Json:
        container = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        return {
            "type": "block_actions",
            "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM_ID},
            "api_app_id": APP_ID,
            "token": "deprecated",
            "container": container | {"is_ephemeral": message.ephemeral_to is not None},
            "trigger_id": new_trigger_id(),
            "channel": {"id": message.channel, "name": self._workspace.state.channels[message.channel].name},
            "message": self._workspace.wire.message(message),
            "response_url": self._responses.address(message.channel, user.id, message),
            "enterprise": None,
            "is_enterprise_install": False,
        }


def new_trigger_id() -> str:
    return f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"


def element_of(message: Message, block_id: str, action_id: str) -> Json | None:
    """What was pressed. The message may have been updated since the person's page drew it, and then its blocks have
    new ids: a press on the earlier drawing still counts."""
    found = [(block, element) for block, element in _elements(message) if element.get("action_id") == action_id]
    drawn = [element for block, element in found if block == block_id]
    return next(iter([*drawn, *(element for _, element in found)]), None)


def _elements(message: Message) -> Iterator[tuple[str, Json]]:
    for block in message.blocks or []:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            yield block.get("block_id", ""), dict(element)


def _action(block_id: str, element: Json, chosen: str | None, action_ts: str) -> Json:
    told = {name: element[name] for name in _TOLD.get(element["type"], ()) if name in element}
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id} | told
    if element["type"] != "button":
        action["selected_option"] = _option(element, chosen)
    return action | {"action_ts": action_ts}


def _option(element: Json, chosen: str | None) -> Json:
    groups = [element, *element.get("option_groups", [])]
    for option in (option for group in groups for option in group.get("options", [])):
        if option.get("value") == chosen:
            return dict(option)
    raise SlackError("action_not_found")


def _state(message: Message, block_id: str, action: Json) -> Json:
    """What stands in the message's menus at the moment of the press."""
    values: dict[str, Json] = {}
    for block, element in _elements(message):
        if element.get("type") in _STATEFUL:
            pressed = (block, element["action_id"]) == (block_id, action["action_id"])
            selected = action["selected_option"] if pressed else element.get("initial_option")
            values.setdefault(block, {})[element["action_id"]] = {"type": element["type"], "selected_option": selected}
    return {"values": values}
