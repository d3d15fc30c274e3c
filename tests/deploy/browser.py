"""A page of the shop with the chat open, without a browser: what its widget would say and hear."""

import asyncio
import json
from typing import Any, Self

import aiohttp

type Frame = dict[str, Any]

PATIENCE = 60.0
"""Seconds: two slow cores start the functions."""


class ChatPage:
    """``async with`` opens the connection. Raises aiohttp.WSServerHandshakeError where the origin is refused."""

    def __init__(self, url: str, origin: str) -> None:
        self._url, self._origin = url, origin

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        try:
            self._socket = await self._session.ws_connect(self._url, origin=self._origin)
        except BaseException:
            await self._session.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()
        await self._session.close()

    async def says(self, kind: str, **fields: Any) -> None:
        await self.sends(json.dumps({"v": 1, "type": kind, **fields}))

    async def sends(self, body: str) -> None:
        """Whatever it is."""
        await self._socket.send_str(body)

    async def hears(self, kind: str) -> Frame:
        """The next frame of this type; others before it are passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame: Frame = await self._socket.receive_json()
                if frame["type"] == kind:
                    return frame

    async def posts(self, ticket: Frame, data: bytes, content_type: str) -> int:
        """A file, as a form of the page's; the status."""
        form = aiohttp.FormData(ticket["fields"])
        form.add_field("file", data, filename="file", content_type=content_type)
        async with self._session.post(ticket["url"], data=form, headers={"Origin": self._origin}) as answer:
            return answer.status

    async def fetches(self, url: str) -> bytes:
        async with self._session.get(url) as answer:
            return await answer.read()
