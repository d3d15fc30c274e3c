"""The Web API: who may call, how often, which method, and the one envelope of every answer."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.slack import chat, conversations, directory, uploads
from playground.slack.arguments import Arguments, bearer, read_arguments
from playground.slack.errors import RateLimited, SlackError
from playground.slack.rates import TIER_2, TIER_3, TIER_4, Allowance
from playground.slack.responses import Responses
from playground.slack.uploads import Uploads
from playground.slack.workspace import Workspace

Json = dict[str, Any]
type Method = Callable[[Workspace, Arguments], Json]

# chat.postMessage has a pace of its own, per channel.
TIERS: dict[str, Allowance] = {
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "reactions.add": TIER_3,
    "reactions.remove": TIER_2,
    "conversations.replies": TIER_3,
    "conversations.history": TIER_3,
    "conversations.list": TIER_2,
    "conversations.info": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "files.getUploadURLExternal": TIER_4,
    "files.completeUploadExternal": TIER_4,
    "files.info": TIER_4,
}


class SlackApi:
    def __init__(self, workspace: Workspace, responses: Responses) -> None:
        self._workspace = workspace
        self._responses = responses
        self._uploads = Uploads(workspace)
        self._methods: dict[str, Method] = {
            "auth.test": directory.auth_test,
            "chat.postMessage": chat.post_message,
            "chat.postEphemeral": chat.post_ephemeral,
            "chat.update": chat.update,
            "chat.delete": chat.delete,
            "reactions.add": chat.add_reaction,
            "reactions.remove": chat.remove_reaction,
            "conversations.replies": conversations.replies,
            "conversations.history": conversations.history,
            "conversations.list": conversations.list_channels,
            "conversations.info": conversations.info,
            "users.info": directory.users_info,
            "users.list": directory.users_list,
            "files.getUploadURLExternal": self._uploads.promise,
            "files.completeUploadExternal": uploads.complete,
            "files.info": uploads.info,
        }

    def routes(self) -> list[Route]:
        return [
            Route("/slack/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/slack/upload/v1/{token}", self._uploads.take, methods=["POST"]),
            Route("/slack/files-pri/{file}/{path:path}", self._uploads.download),
            Route("/slack/response/{token}", self._responses.respond, methods=["POST"]),
        ]

    async def call(self, request: Request) -> Response:
        method = request.path_params["method"]
        since = self._workspace.world.clock.time()
        answer = await self._answer(method, request)
        self._workspace.world.record("api", f"Slack ← {method}", answer.status_code, since=since)
        return answer

    async def _answer(self, method: str, request: Request) -> Response:
        try:
            arguments = await read_arguments(request)
            self._admit(method, bearer(request) or arguments.text("token"))
            return JSONResponse({"ok": True, **self._methods[method](self._workspace, arguments)})
        except RateLimited as limited:
            headers = {"Retry-After": str(limited.retry_after)}
            return JSONResponse({"ok": False, "error": limited.word}, status_code=429, headers=headers)
        except SlackError as error:
            return JSONResponse({"ok": False, "error": error.word, **error.details})

    def _admit(self, method: str, token: str | None) -> None:
        """A method that this workspace does not know is refused as Slack refuses one that it does not know."""
        if method not in self._methods:
            raise SlackError("unknown_method", req_method=method)
        if token is None:
            raise SlackError("not_authed")
        if token != self._workspace.world.config.credentials.slack_bot_token:
            raise SlackError("invalid_auth")
        if method in TIERS:
            self._workspace.rates.spend(method, TIERS[method])
