"""Slash commands: what somebody types after a slash goes to the app, and to nobody else.

What Slackbot says is Slack's own, which is why it is kept apart from the page's sentences: it is as dry as there.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml

from playground.cast import APP_ID, SLACKBOT, TEAM_DOMAIN, TEAM_ID
from playground.config import Language
from playground.slack.arguments import Arguments
from playground.slack.buttons import new_trigger_id
from playground.slack.errors import SlackError
from playground.slack.responses import Responses
from playground.slack.state import Author, Channel, Message, User
from playground.slack.workspace import Workspace
from playground.webhooks import Answer

MANIFEST = Path(__file__).parents[2] / "slack" / "manifest.yaml"

_SLACKBOT: dict[str, tuple[str, str]] = {
    "unknown": (
        """`{command}` no es un comando válido. En Slack, todos los mensajes que empiezan por «/» se interpretan como \
comandos. Si lo que quieres es enviar un mensaje, prueba a poner un espacio delante de «/».""",
        """`{command}` is not a valid command. In Slack, all messages that start with the “/” character are \
interpreted as commands. If you are trying to send a message instead of running a command, try preceding the “/” \
with an empty space.""",
    ),
    "thread": (
        "`{command}` no se puede usar en hilos. ¡Lo sentimos!",
        "`{command}` is not supported in threads. Sorry!",
    ),
    "failed": (
        "`{command}` ha fallado con el error «{error}»",
        "`{command}` failed with the error “{error}”",
    ),
}
_ERRORS = {"http_timeout": "operation_timeout", "connection_failed": "dispatch_failed"}


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` with its slash; ``usage`` is what the client shows while it is being typed."""

    name: str
    usage: str = ""


def declared(manifest: Path) -> tuple[Command, ...]:
    """The commands of an app's manifest."""
    features = yaml.safe_load(manifest.read_text(encoding="utf-8"))["features"]
    commands = features.get("slash_commands", [])
    return tuple(Command(each["command"], each.get("usage_hint", "")) for each in commands)


@cache
def installed() -> tuple[Command, ...]:
    return declared(MANIFEST)


def is_command(typed: str) -> bool:
    """A space before the slash makes it a message, as Slack says itself."""
    return typed.startswith("/")


class Commands:
    def __init__(self, workspace: Workspace, responses: Responses) -> None:
        self._workspace = workspace
        self._responses = responses

    async def run(self, person: User, channel: Channel, typed: str, thread_ts: str | None) -> None:
        """Slack tries once only. Whatever there is to say about it, ``person`` alone hears, unless the app chooses
        otherwise."""
        command, _, text = typed.partition(" ")
        if command not in {each.name for each in installed()}:
            self._slackbot(person, channel, "unknown", thread_ts, command=command)
        elif thread_ts:
            self._slackbot(person, channel, "thread", thread_ts, command=command)
        else:
            self._answered(person, channel, command, await self._sent(person, channel, command, text.strip()))

    async def _sent(self, person: User, channel: Channel, command: str, text: str) -> Answer:
        fields = {
            "token": "deprecated",
            "team_id": TEAM_ID,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": self._responses.address(channel.id, person.id),
            "trigger_id": new_trigger_id(),
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._workspace.post_signed("/slack/commands", urlencode(fields), headers)

    def _answered(self, person: User, channel: Channel, command: str, answer: Answer) -> None:
        """An empty 200 says nothing; any other body is a message, as text or as JSON."""
        if not answer.accepted:
            error = _ERRORS.get(answer.failure or "", "dispatch_failed")
            self._slackbot(person, channel, "failed", None, command=command, error=error)
        elif answer.body.strip():
            try:
                self._responses.say(channel.id, person.id, Arguments(_message(answer.body)))
            except SlackError as error:
                self._slackbot(person, channel, "failed", None, command=command, error=error.word)

    def _slackbot(self, person: User, channel: Channel, word: str, thread_ts: str | None, **places: str) -> None:
        self._workspace.publish(
            Message(
                channel=channel.id,
                ts=self._workspace.state.next_ts(),
                author=Author(user=SLACKBOT, username="Slackbot", icon_emoji=":robot_face:"),
                text=_said(word, self._workspace.world.language).format(**places),
                thread_ts=thread_ts,
                ephemeral_to=person.id,
            )
        )


def _said(word: str, language: Language) -> str:
    spanish, english = _SLACKBOT[word]
    return spanish if language == "es" else english


def _message(body: bytes) -> dict[str, Any]:
    text = body.decode("utf-8", "replace")
    try:
        parsed = json.loads(text)
    except ValueError:
        return {"text": text}
    return parsed if isinstance(parsed, dict) else {"text": text}
