"""The handler behind ``/web``: pages from the use case, and beside them the files that give them their look."""

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
from mostrador.usecases.web import NOT_FOUND

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


def web_handler(folder: Path) -> Handler:
    """Answers ``GET`` and ``POST /web/{page}``, and ``GET /web/assets/{name}`` from ``folder``."""
    assets = cache(lambda: Assets.of(folder))
    opened = opened_early(lambda: bootstrap.open_web(assets().version))

    def answer(event: Mapping[str, Any]) -> HttpAnswer:
        parameters = event["pathParameters"]
        if "name" in parameters:
            return assets()(parameters["name"], event.get("rawQueryString") or "")
        source = str(event["requestContext"]["http"].get("sourceIp", ""))
        return opened()(parameters["page"], read_request(event, ""), source)

    return http_handler(answer)


@dataclass(frozen=True, slots=True)
class Assets:
    """Style sheet and scripts. Pages ask for them with their version, so that browsers may keep them."""

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
