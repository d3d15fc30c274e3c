"""The other end of the chat widget: a shop's page with the script tag, and a server of docs/chat-protocol.md.

It keeps everything in memory, shows what it was sent, and misbehaves when told to.
"""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from cli.chat_script import chat_script
from fakes.outside_world import Loop
from mostrador.channels.chat.frames import BadFrame, read_frame

Json = dict[str, Any]

HERE: Json = {"state": "here", "text": "Ahora estamos: te respondemos en unos minutos.", "opens_at": 0, "within": 180}
CLOSED: Json = {
    "state": "closed",
    "text": "Ahora está cerrado: volvemos mañana a las 10:00.",
    "opens_at": 1_795_000_000,
    "within": 0,
}
NO_OFFERS: Json = {"email": False, "form": "", "callback": ""}
LIMITS: Json = {"text": 4000, "files": 2, "file_bytes": 1_000_000, "file_types": ["image/png", "application/pdf"]}
PATIENCE = 20.0
"""Seconds."""
SCRIPT = chat_script()


@dataclass
class Visitor:
    session: str
    messages: list[Json] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    email: str = ""


@dataclass
class Faults:
    deaf: bool = False
    """Takes what is sent and does not acknowledge it, as when the connection ends in between."""
    mute: bool = False
    """Answers no ping, as when the network is gone without a word."""
    refusals: list[Json] = field(default_factory=list)
    """Each is what one message is answered with."""
    shut: bool = False
    """The page is there, the chat is not."""
    breaks_off: bool = False
    """Welcomes, and does not come to the history."""
    upload_status: int = 204
    interrupted: str = ""
    """What the shop says between a hello and its history, which does not come: the connection ends."""


class ChatServer:
    """Run its methods from the test's thread."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.presence, self.offers, self.limits = HERE, NO_OFFERS, LIMITS
        self.language, self.ping_every, self.shop = "es", 60, "La Tinaja"
        self.ahead = 0.0
        """Seconds by which this clock is ahead of the browser's."""
        self.busy_for = 0
        """Seconds for which visitors are asked to come back later."""
        self.tag: dict[str, str] = {}
        self.head, self.body, self.page_css, self.lang = "", "", "", "es"
        self.csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' ws://127.0.0.1:*"
        self.frames: list[Json] = []
        self.misshapen: list[str] = []
        """Frames that the counter would not take for what they are."""
        self.turned_away = 0
        self.uploaded: dict[str, bytes] = {}
        self.pictures: dict[str, bytes] = {}
        """What is behind a link, by the message's id and the place in it: ``con-1-0``."""
        self.visitors: dict[str, Visitor] = {}
        self._script = SCRIPT
        self._heard = threading.Condition()
        self._transports: set[Any] = set()
        self._loop = Loop()
        self._greeting = asyncio.Event()
        self._greeting.set()
        self._runner: web.AppRunner | None = None
        self.port = 0

    # What a test does

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def visitor(self) -> Visitor:
        """The latest."""
        return list(self.visitors.values())[-1]

    @property
    def stored(self) -> list[str]:
        return [each["text"] for each in self.visitor.messages if each["from"] == "you"]

    def sent(self, kind: str) -> list[Json]:
        return [frame for frame in self.frames if frame["type"] == kind]

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what the browser sends."""
        with self._heard:
            assert self._heard.wait_for(holds, PATIENCE), self.frames

    def say(self, text: str, **more: Any) -> Json:
        """The shop says something; with the ``id`` of an older message, that again."""
        message, _ = self._saying(text, **more)
        self._loop.run(self._tell({"type": "message", "message": message}))
        return message

    def _saying(self, text: str, **more: Any) -> tuple[Json, Json]:
        number = len(self.visitor.messages) + 1
        message = {"id": f"con-{number}", "from": "shop", "name": "Marta", "automatic": False, "files": [], **more}
        message |= {"text": text, "at": time.time() + self.ahead}
        self.visitor.messages[:] = [each for each in self.visitor.messages if each["id"] != message["id"]] + [message]
        return message, {"type": "message", "message": message, "cursor": f"after-{len(self.visitor.messages)}"}

    def tell(self, frame: Json) -> None:
        """Any frame, to every connection of the latest visitor."""
        self._loop.run(self._tell(frame))

    @property
    def connections(self) -> int:
        return len(self._transports)

    @contextmanager
    def hesitating(self) -> Iterator[None]:
        """Takes its time over every hello."""
        self._loop.run(_calling(self._greeting.clear))
        yield
        self._loop.run(_calling(self._greeting.set))

    def cut(self) -> None:
        """Ends every connection without a word."""
        self._loop.run(self._cut())

    def forget_everybody(self) -> None:
        """No token is genuine any more."""
        self.visitors.clear()

    def start(self) -> None:
        self._loop.run(self._start())

    def stop(self) -> None:
        self._loop.run(self._stop())

    def close(self) -> None:
        self.stop()
        self._loop.close()

    # What it does

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/chat", self._chat)
        app.router.add_get("/chat.js", self._chat_script)
        app.router.add_get("/page.css", self._page_css)
        app.router.add_post("/upload/{name}", self._upload)
        app.router.add_get("/file/{name}", self._file)
        app.router.add_get("/{page:.*}", self._page)
        self._runner = web.AppRunner(app, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        await self._cut()
        if self._runner:
            await self._runner.cleanup()

    async def _cut(self) -> None:
        for transport in list(self._transports):
            transport.abort()
        for visitor in self.visitors.values():
            visitor.sockets.clear()

    async def _page(self, _request: web.Request) -> web.Response:
        settings = {"data-url": f"ws://127.0.0.1:{self.port}/chat", **self.tag}
        tag = " ".join(f'{name}="{value}"' for name, value in settings.items())
        html = (
            f'<!doctype html><html lang="{self.lang}"><head><meta charset="utf-8"><title>La Tinaja</title>'
            f'<meta name="viewport" content="width=device-width">{self.head}</head><body>{self.body}'
            f'<script src="/chat.js" {tag}></script></body></html>'
        )
        return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": self.csp})

    async def _chat_script(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._script, content_type="text/javascript")

    async def _page_css(self, _request: web.Request) -> web.Response:
        return web.Response(text=self.page_css, content_type="text/css")

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        assert list(form) == ["key", "policy", "file"]
        self.uploaded[request.match_info["name"]] = file.file.read()
        return web.Response(status=self.faults.upload_status)

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if picture := self.pictures.get(name):
            return web.Response(body=picture, content_type="image/png")
        return web.Response(text=f"the file {name}")

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        if self.faults.shut:
            with self._heard:
                self.turned_away += 1
                self._heard.notify_all()
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        with self._heard:
            self._transports.add(request.transport)
            self._heard.notify_all()
        visitor: Visitor | None = None
        async for said in socket:
            if said.type is WSMsgType.TEXT:
                self._check(said.data)
                visitor = await self._hear(socket, visitor, json.loads(said.data))
        with self._heard:
            self._transports.discard(request.transport)
            if visitor and socket in visitor.sockets:
                visitor.sockets.remove(socket)
            self._heard.notify_all()
        return socket

    def _check(self, body: str) -> None:
        """The counter itself would take this frame."""
        try:
            read_frame(body)
        except BadFrame as bad:
            self.misshapen.append(f"{bad}: {body[:200]}")

    async def _hear(self, socket: web.WebSocketResponse, visitor: Visitor | None, frame: Json) -> Visitor | None:
        if frame["type"] == "hello":
            await self._greeting.wait()
        with self._heard:
            self.frames.append(frame)
            if frame["type"] == "hello":
                visitor = self._recognised(frame.get("token", ""))
                # As the counter does it: what is said from now on reaches this tab, and what was said before is in
                # its history. Known only once it is greeted, it would miss what is said in between.
                visitor.sockets.append(socket)
            elif visitor and not self.faults.refusals:
                self._store(visitor, frame)
            self._heard.notify_all()
        if visitor and frame["type"] == "hello" and self.faults.interrupted:
            await self._interrupt(socket, visitor)
            return visitor
        for answer in self._answers(visitor, frame):
            await _write(socket, answer)
        return visitor

    async def _interrupt(self, socket: web.WebSocketResponse, visitor: Visitor) -> None:
        _, frame = self._saying(self.faults.interrupted)
        self.faults.interrupted = ""
        for said in (self._welcome(visitor), frame):
            await _write(socket, said)
        await socket.close()

    def _recognised(self, token: str) -> Visitor:
        session = token.removeprefix("c1.")
        if session not in self.visitors:
            session = f"visitor{len(self.frames)}"
            self.visitors[session] = Visitor(session)
        return self.visitors[session]

    def _store(self, visitor: Visitor, frame: Json) -> None:
        if frame["type"] == "leave_email":
            visitor.email = frame["email"]
        if frame["type"] == "send" and all(each.get("ref") != frame["ref"] for each in visitor.messages):
            number = len(visitor.messages) + 1
            files = [{"name": file, "type": "image/png", "size": 2048} for file in frame["files"]]
            message = {"id": f"con-{number}", "from": "you", "ref": frame["ref"], "text": frame["text"], "files": files}
            visitor.messages.append({**message, "at": time.time() + self.ahead})

    def _answers(self, visitor: Visitor | None, frame: Json) -> list[Json]:
        match frame["type"]:
            case "hello" if visitor:
                return self._greeted(visitor, frame)
            case "ping" if not self.faults.mute:
                return [*self._news(visitor, frame), {"type": "pong", "presence": self.presence}]
            case "send" | "leave_email":
                return self._taken(frame)
            case "upload":
                return [self._ticket(frame)]
            case "open":
                return [self._link(frame)]
            case _:
                return []

    def _greeted(self, visitor: Visitor, frame: Json) -> list[Json]:
        if self.busy_for:
            return [{"type": "error", "code": "slow_down", "retry_after": self.busy_for, "text": ""}]
        history = [] if self.faults.breaks_off else [_history(visitor, frame.get("cursor", ""))]
        return [self._welcome(visitor), *history]

    def _news(self, visitor: Visitor | None, frame: Json) -> list[Json]:
        history = _history(visitor, frame.get("cursor") or "") if visitor else {}
        return [history] if history and history["cursor"] != (frame.get("cursor") or "") else []

    def _taken(self, frame: Json) -> list[Json]:
        if self.faults.refusals:
            return [{"type": "error", "ref": frame["ref"], **self.faults.refusals.pop(0)}]
        return [] if self.faults.deaf else [{"type": "ack", "ref": frame["ref"]}]

    def _welcome(self, visitor: Visitor) -> Json:
        return {
            "type": "welcome",
            "session": visitor.session,
            "token": f"c1.{visitor.session}",
            "expires_at": 4_000_000_000,
            "language": self.language,
            "shop": self.shop,
            "presence": self.presence,
            "offers": self.offers,
            "email": visitor.email,
            "limits": self.limits,
            "ping_every": self.ping_every,
        }

    def _ticket(self, frame: Json) -> Json:
        url = f"{self.url}upload/{frame['name']}"
        fields = {"key": "uploads/1", "policy": "signed"}
        return {"type": "ticket", "ref": frame["ref"], "url": url, "fields": fields, "file": f"f1.{frame['name']}"}

    def _link(self, frame: Json) -> Json:
        where = {"id": frame["id"], "index": frame["index"], "ref": frame["ref"]}
        if not any(each["id"] == frame["id"] and each["files"] for each in self.visitor.messages):
            return {"type": "error", "code": "not_found", "ref": frame["ref"], "text": "Eso ya no está aquí."}
        return {"type": "link", **where, "url": f"{self.url}file/{frame['id']}-{frame['index']}"}

    async def _tell(self, frame: Json) -> None:
        for socket in list(self.visitor.sockets):
            await _write(socket, frame)


async def _calling(what: Callable[[], object]) -> None:
    what()


async def _write(socket: web.WebSocketResponse, frame: Json) -> None:
    if not socket.closed:
        await socket.send_str(json.dumps({"v": 1, **frame}))


def _history(visitor: Visitor, cursor: str) -> Json:
    known = int(cursor.removeprefix("after-") or 0)
    messages, reached = visitor.messages[known:], len(visitor.messages)
    return {"type": "history", "messages": messages, "cursor": f"after-{reached}" if reached else "", "complete": True}


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    server = ChatServer()
    server.start()
    try:
        yield server
    finally:
        server.close()
    assert server.misshapen == []
