"""The playground's server on loopback, before a shop that is made up, at a pace that takes no time."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from fakes.policies import POLICY
from mostrador.policy.model import Policy
from playground.config import Pace, PlaygroundConfig, Stack
from playground.outside import Outside
from playground.server import create_app
from playground.shop_time import Pretence, pretending

Json = dict[str, Any]

NOW = 1_795_000_000.0
STACK = Stack("api1", "local", "mostrador-files", "mostrador-receive-mail")
UNHURRIED = Pace(slack_post_burst=1000)


class FastClock:
    """Sleeps at once, and remembers for how long it was asked to."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class Door:
    """The doors of the stack; each of `failures` spoils one call."""

    stored: dict[str, bytes] = field(default_factory=dict)
    events: list[Json] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    pushed: list[tuple[str, Pretence]] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    hurried_until: int = 0
    when_hurried: Callable[[], object] = lambda: None
    """What happens at that many ticks."""

    async def store_mail(self, _stack: Stack, key: str, raw: bytes) -> None:
        self.stored[key] = raw

    async def fetch(self, _stack: Stack, key: str) -> bytes:
        return self.stored[key]

    async def invoke_receive_mail(self, _stack: Stack, event: Json) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.events.append(event)

    async def invoke_tick(self, stack: Stack) -> None:
        self.ticked.append(stack.tick_function)
        if len(self.ticked) == self.hurried_until:
            self.when_hurried()

    async def push_policy(self, _stack: Stack, language: str, pretence: Pretence) -> Policy:
        self.pushed.append((language, pretence))
        return pretending(replace(POLICY, language=language), pretence, NOW)


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Shop:
    """The engine's HTTP side: keeps what arrives, and answers as told, in the end always with an empty 200."""

    received: list[Received] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    greetings: list[Callable[[Request], Response]] = field(default_factory=list)
    """For whoever asks first whether the address is ours."""

    async def take(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode()
        query = request.scope["query_string"].decode()
        headers = dict(request.headers.items())
        self.received.append(Received(request.method, path, query, headers, await request.body()))
        if self.greetings and "hub.challenge" in request.query_params:
            return self.greetings.pop(0)(request)
        return self.answers.pop(0) if self.answers else Response()

    def app(self) -> Starlette:
        methods = ["GET", "POST", "PUT", "DELETE"]
        return Starlette(routes=[Route("/{path:path}", self.take, methods=methods)])


class Loop:
    """An event loop in a thread of its own, for the servers of all tests."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def start(self, work: Coroutine[Any, Any, Any]) -> Callable[[float], Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result

    def close(self) -> None:
        """A connection that was closed lets go of its socket one turn of the loop later."""
        self.run(asyncio.sleep(0))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@dataclass
class Playground:
    """A running playground and what is around it."""

    url: str
    outside: Outside
    shop: Shop
    door: Door
    clock: FastClock
    loop: Loop

    def settle(self) -> None:
        """Returns once every webhook has arrived and every carrier has done its work."""
        self.loop.run(self.outside.background.settled())


class Stage:
    """One port of loopback on which every test puts its own application: starting a server takes longer than a test."""

    def __init__(self) -> None:
        self.app: ASGIApp = Starlette()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._server = uvicorn.Server(
            uvicorn.Config(self._play, interface="asgi3", lifespan="off", log_level="warning")
        )

    async def serve(self) -> None:
        await self._server.serve(sockets=[self._listening])

    def end(self) -> None:
        self._server.should_exit = True

    async def _play(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass(frozen=True)
class Theatre:
    """Two ports, of the playground and of the shop behind it, for all tests one after the other."""

    loop: Loop
    playground: Stage
    shop: Stage

    @property
    def url(self) -> str:
        """Of the playground, whichever is playing."""
        return f"http://127.0.0.1:{self.playground.port}"

    @contextmanager
    def playing(self, config: PlaygroundConfig) -> Iterator[Playground]:
        """Whatever `config` says of ports is overruled by those that are free here."""
        settings = replace(config, port=self.playground.port, engine=f"http://127.0.0.1:{self.shop.port}")
        shop, door, clock = Shop(), Door(), FastClock()
        app = self.loop.run(_created(settings, clock, door))
        outside: Outside = app.state.outside
        self.playground.app, self.shop.app = app, shop.app()
        try:
            yield Playground(settings.public_url, outside, shop, door, clock, self.loop)
        finally:
            self.loop.run(_ended(outside))


@contextmanager
def theatre() -> Iterator[Theatre]:
    opened = Theatre(Loop(), Stage(), Stage())
    stages = (opened.playground, opened.shop)
    done = [opened.loop.start(stage.serve()) for stage in stages]
    yield opened
    for stage, ended in zip(stages, done, strict=True):
        stage.end()
        ended(5)
    opened.loop.close()


async def _created(config: PlaygroundConfig, clock: FastClock, door: Door) -> Starlette:
    return create_app(config, clock=clock, door=door)


async def _ended(outside: Outside) -> None:
    """Lets the work under way come to its end: a request that is cut off leaves its socket open for a while."""
    outside.world.close()
    await outside.background.settled()
    await outside.close()
