"""The handler behind ``/web``: pages from the use case, the files that give them their look, and the chat's script."""

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from mostrador.channels.base import HttpAnswer
from mostrador.runtime import bootstrap
from mostrador.runtime.starting import opened_early
from mostrador.runtime.web import Handler, http_handler, read_request
from mostrador.usecases.web.web import NOT_FOUND

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
CHAT = "chat.js"


def web_handler(folder: Path, chat: Path) -> Handler:
    """Answers ``GET`` and ``POST /web/{page}``, ``GET /web/assets/{name}`` from ``folder``, and ``GET /web/chat.js``.

    That one is made of the modules in ``chat`` when somebody first asks for it.
    """
    assets = cache(lambda: Assets.of(folder))
    script = cache(lambda: ChatScript.of(chat))
    opened = opened_early(lambda: bootstrap.open_web(assets().version))

    def answer(event: Mapping[str, Any]) -> HttpAnswer:
        parameters = event["pathParameters"]
        if "name" in parameters:
            return assets()(parameters["name"], event.get("rawQueryString") or "")
        if (parameters["page"], event["requestContext"]["http"]["method"]) == (CHAT, "GET"):
            return script()(read_request(event, "").headers)
        source = str(event["requestContext"]["http"].get("sourceIp", ""))
        return opened()(parameters["page"], read_request(event, ""), source)

    return http_handler(answer)


@dataclass(frozen=True, slots=True)
class Assets:
    """Style sheets, scripts and the icon. Pages ask for them with their version, so that browsers may keep them."""

    texts: Mapping[str, str]
    version: str

    @classmethod
    def of(cls, folder: Path) -> Self:
        texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
        return cls(texts, hashlib.sha256("".join(texts.values()).encode()).hexdigest()[:12])

    def __call__(self, name: str, query: str) -> HttpAnswer:
        if name not in self.texts:
            return NOT_FOUND
        lasting = query == f"v={self.version}"
        headers = {
            "cache-control": "public, max-age=31536000, immutable" if lasting else "public, max-age=300",
            "x-content-type-options": "nosniff",
            # The shop's own page, of another origin, runs the one that embeds the form.
            "cross-origin-resource-policy": "cross-origin",
        }
        return HttpAnswer(200, self.texts[name], _TYPES[Path(name).suffix], headers)


@dataclass(frozen=True, slots=True)
class ChatScript:
    """The chat for the shop's pages. Their tag names no version: browsers ask once an hour whether there is another."""

    text: str
    packed: str
    """The same, compressed, in base64: API Gateway compresses nothing by itself."""
    version: str

    @classmethod
    def of(cls, folder: Path) -> Self:
        from mostrador.pages.chat_script import joined  # noqa: PLC0415  no page waits for it

        text = joined(folder)
        packed = gzip.compress(text.encode(), mtime=0)
        return cls(text, base64.b64encode(packed).decode(), hashlib.sha256(packed).hexdigest()[:16])

    def __call__(self, asked: Mapping[str, str]) -> HttpAnswer:
        """``asked``: the headers of the request."""
        headers = {
            "cache-control": "public, max-age=3600, stale-while-revalidate=86400",
            "etag": f'W/"{self.version}"',
            "vary": "accept-encoding",
            "x-content-type-options": "nosniff",
            "cross-origin-resource-policy": "cross-origin",
        }
        if self.version in asked.get("if-none-match", ""):
            return HttpAnswer(304, "", _TYPES[".js"], headers)
        if "gzip" not in asked.get("accept-encoding", ""):
            return HttpAnswer(200, self.text, _TYPES[".js"], headers)
        return HttpAnswer(200, self.packed, _TYPES[".js"], {**headers, "content-encoding": "gzip"}, is_base64=True)
