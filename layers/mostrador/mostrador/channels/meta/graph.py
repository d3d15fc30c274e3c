"""The Graph API: one attempt for each call, and files that only our token opens."""

import json
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from mostrador.channels.files import LeftOut, Media, named, origin, plain_type, read_answer
from mostrador.channels.meta.failures import failure
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.delivery import Accepted, SendResult, Unclear
from mostrador.domain.errors import NotConfigured, TryAgain

VERSION = "v25.0"
"""Of 2026-02-18; it is served until 2028-07-29."""
MEDIA_HOSTS = frozenset({("https", "lookaside.fbsbx.com")})
"""Where Graph says that files lie. They want our token too, so that no other host may be named."""
_LARGEST_ANSWER = 1_000_000
_MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


class Graph:
    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self._base = settings.meta_graph_url.rstrip("/")
        # Never a retry: a repeated send is a second message. Never a redirect: the token would go along.
        self._http = urllib3.PoolManager(
            retries=False, timeout=urllib3.Timeout(connect=3, read=10), cert_reqs="CERT_REQUIRED"
        )

    def send(self, path: str, document: Mapping[str, Any]) -> SendResult:
        """One attempt at what gives a message's id."""
        headers = {**self._authorization, "content-type": "application/json"}
        url, body = f"{self._base}/{VERSION}/{path}", json.dumps(document).encode()
        try:
            answer = self._http.request("POST", url, body=body, headers=headers, redirect=False)
        except (NewConnectionError, ConnectTimeoutError):
            return failure("", 503)  # Not one byte left.
        except HTTPError as error:
            return Unclear(type(error).__name__)
        return _outcome(answer.status, _object(answer.data))

    def media(self, media_id: str, name: str, content_type: str, largest: int) -> Media:
        """The file behind an id of a message's. Raises TryAgain while Graph is unwell."""
        announced = plain_type(content_type)
        try:
            kind, data = self._download(media_id, announced, largest)
        except LeftOut as left_out:
            return Media(_called(name, announced), announced, size=left_out.size, problem=left_out.problem)
        except HTTPError as error:
            raise TryAgain(f"media: {type(error).__name__}", after=5) from error
        return Media(_called(name, kind), kind, data, len(data))

    def _download(self, media_id: str, announced: str, largest: int) -> tuple[str, bytes]:
        if not _MEDIA_ID.fullmatch(media_id):
            raise LeftOut("unavailable")
        _, described = read_answer(self._get(f"{self._base}/{VERSION}/{media_id}"), "", _LARGEST_ANSWER)
        about = _object(described)
        size, url = about.get("file_size"), str(about.get("url", ""))
        if isinstance(size, int) and size > largest:
            raise LeftOut("too_large", size)
        if origin(url) not in MEDIA_HOSTS | {origin(self._base)}:
            raise LeftOut("refused")
        return read_answer(self._get(url), announced, largest)

    def _get(self, url: str) -> urllib3.BaseHTTPResponse:
        return self._http.request("GET", url, headers=self._authorization, redirect=False, preload_content=False)

    @cached_property
    def _authorization(self) -> dict[str, str]:
        token = self._settings.secret("meta").get("access_token", "")
        if not token:
            raise NotConfigured("the secret meta has no access_token")
        return {"authorization": f"Bearer {token}"}


def _called(name: str, content_type: str) -> str:
    return name if PurePosixPath(name).suffix else named(name, content_type)


def _outcome(status: int, answer: Mapping[str, Any]) -> SendResult:
    error = answer.get("error")
    if isinstance(error, dict) and "code" in error:
        return failure(str(error["code"]), status)
    if status == 200:
        sent = _first_id(answer)
        return Accepted(sent) if sent else Unclear("an answer without an id")
    if status >= 500 and status != 503:
        return Unclear(f"HTTP {status}")
    return failure("", status)


def _first_id(answer: Mapping[str, Any]) -> str:
    try:
        return str(answer["messages"][0]["id"])
    except (KeyError, IndexError, TypeError):
        return ""


def _object(data: bytes) -> dict[str, Any]:
    """Empty for what is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
