"""`response_url`: where an app may answer what a person did, five times and within half an hour."""

import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground.cast import BOT_ID, BOT_USER_ID
from playground.slack.arguments import Arguments, read_arguments
from playground.slack.chat import read_content
from playground.slack.errors import SlackError
from playground.slack.state import Author, Message
from playground.slack.workspace import Workspace

USES = 5
LIFETIME = 30 * 60


@dataclass(slots=True)
class ResponseAddress:
    """``original`` is the message that was pressed; a slash command has none."""

    channel: str
    user: str
    original: Message | None
    expires: float
    left: int = USES


class Responses:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._addresses: dict[str, ResponseAddress] = {}

    def address(self, channel: str, user: str, original: Message | None = None) -> str:
        """A new `response_url` for what ``user`` has just done."""
        token = secrets.token_urlsafe(24)
        expires = self._workspace.world.clock.time() + LIFETIME
        self._addresses[token] = ResponseAddress(channel, user, original, expires)
        return f"{self._workspace.world.config.public_url}/slack/response/{token}"

    async def respond(self, request: Request) -> Response:
        """It works without a token, and in channels where the app is no member."""
        address = self._addresses.get(request.path_params["token"])
        if address is None or address.expires < self._workspace.world.clock.time():
            return JSONResponse({"ok": False, "error": "expired_url"}, status_code=404)
        if address.left < 1:
            return JSONResponse({"ok": False, "error": "used_url"}, status_code=404)
        try:
            self._answered(address, await read_arguments(request))
        except SlackError as error:
            return JSONResponse({"ok": False, "error": error.word, **error.details}, status_code=400)
        address.left -= 1
        return PlainTextResponse("ok")

    def say(self, channel: str, user: str, arguments: Arguments) -> None:
        """A message of the app: for ``user`` alone unless it says `in_channel`. Raises SlackError as Slack words it."""
        content = read_content(arguments)
        public = arguments.text("response_type") == "in_channel"
        self._workspace.publish(
            Message(
                channel=channel,
                ts=self._workspace.state.next_ts(),
                author=Author(user=BOT_USER_ID, bot_id=BOT_ID),
                text=content.text,
                blocks=content.blocks,
                thread_ts=arguments.text("thread_ts"),
                ephemeral_to=None if public else user,
            )
        )

    def _answered(self, address: ResponseAddress, arguments: Arguments) -> None:
        if address.original and arguments.flag("delete_original"):
            self._workspace.remove(address.original)
        elif address.original and arguments.flag("replace_original"):
            content = read_content(arguments)
            self._workspace.revise(address.original, text=content.text, blocks=content.blocks)
        else:
            self.say(address.channel, address.user, arguments)
