"""`python -m playground.server`: the outside world on one port of this machine, and of no other."""

import argparse
import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from playground.clock import Clock
from playground.config import NOTE_MARK, WHATSAPP_PROVIDERS, PlaygroundConfig, Stack
from playground.outside import Outside
from playground.page import Page
from playground.stack import StackDoor

HOST = "127.0.0.1"
_LOCAL_NAMES = ["127.0.0.1", "localhost"]


OF_THE_SHOP = "/web/"
"""The shop's own pages, for anybody. They tell nobody where a browser comes from, not even themselves, and check a
signed field instead."""


class SameOrigin:
    """Refuses what another site's page makes a browser send here: nobody but this page writes in these names."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", []))
        origin, host = headers.get(b"origin", b"").decode("latin-1"), headers.get(b"host", b"").decode("latin-1")
        own = origin and urlsplit(origin).netloc == host
        if origin and not own and not scope["path"].startswith(OF_THE_SHOP):
            await PlainTextResponse("Another origin.", status_code=403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class PlaygroundServer(uvicorn.Server):
    """Lets go of the pages that listen for changes first, as the server would otherwise wait for them."""

    def __init__(self, config: uvicorn.Config, outside: Outside) -> None:
        super().__init__(config)
        self._outside = outside

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._outside.world.close()
        await super().shutdown(sockets)


def create_app(config: PlaygroundConfig, *, clock: Clock | None = None, door: StackDoor | None = None) -> Starlette:
    """The whole playground as one application; `app.state.outside` is the world behind it."""
    outside = Outside(config, clock=clock, door=door)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await outside.close()

    app = Starlette(
        routes=[*outside.routes(), *Page(outside).routes()],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_LOCAL_NAMES), Middleware(SameOrigin)],
        lifespan=lifespan,
    )
    app.state.outside = outside
    return app


def create_server(config: PlaygroundConfig) -> PlaygroundServer:
    app = create_app(config)
    settings = uvicorn.Config(
        app, host=HOST, port=config.port, log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    return PlaygroundServer(settings, app.state.outside)


def read_config(arguments: list[str] | None = None) -> PlaygroundConfig:
    parser = argparse.ArgumentParser(prog="playground", description=__doc__)
    parser.add_argument("--port", type=int, default=4600)
    parser.add_argument("--engine", default="http://127.0.0.1:4566")
    parser.add_argument("--region", default="eu-west-1")
    parser.add_argument("--language", choices=("es", "en"), default="es")
    parser.add_argument("--note-mark", default=NOTE_MARK)
    parser.add_argument("--whatsapp", choices=WHATSAPP_PROVIDERS, default="twilio")
    for name in ("api-id", "stage", "bucket", "receive-mail-function", "table"):
        parser.add_argument(f"--{name}")
    given = parser.parse_args(arguments)
    return PlaygroundConfig(
        port=given.port,
        engine=given.engine,
        region=given.region,
        language=given.language,
        note_mark=given.note_mark,
        whatsapp=given.whatsapp,
        stack=_stack(parser, given),
    )


def _stack(parser: argparse.ArgumentParser, given: argparse.Namespace) -> Stack | None:
    """All four outputs or none: without them the page waits until they are posted to /api/stack."""
    stack = Stack(given.api_id, given.stage, given.bucket, given.receive_mail_function, given.table)
    needed = [stack.api_id, stack.stage, stack.bucket, stack.receive_mail_function]
    if not any(needed):
        return None
    if not all(needed):
        parser.error("--api-id, --stage, --bucket and --receive-mail-function belong together")
    return stack


def main() -> None:
    server = create_server(read_config())
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has stopped
        asyncio.run(server.serve())


if __name__ == "__main__":
    main()
