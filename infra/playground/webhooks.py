"""One request of a provider to the shop, with the provider's patience and the shop's answer."""

import asyncio
from dataclasses import dataclass, field

import httpx

from playground.traffic import NO_ANSWER
from playground.world import World


@dataclass(frozen=True, slots=True)
class Webhook:
    """`sender` is the provider's name as people know it; `deadline` is in seconds, for the whole exchange."""

    sender: str
    url: str
    body: bytes
    headers: dict[str, str]
    deadline: float
    attempt: int = 1
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `failure` says why nothing did, in Slack's words for it."""

    status: int = NO_ANSWER
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes = b""
    failure: str | None = None

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


class WebhookSender:
    def __init__(self, world: World, http: httpx.AsyncClient) -> None:
        self._world = world
        self._http = http

    async def post(self, webhook: Webhook) -> Answer:
        since = self._world.clock.time()
        answer = await self._exchange(webhook)
        name = f"{webhook.sender} → {httpx.URL(webhook.url).path}"
        self._world.record("webhook", name, answer.status, since=since, attempt=webhook.attempt)
        return answer

    async def _exchange(self, webhook: Webhook) -> Answer:
        try:
            async with asyncio.timeout(webhook.deadline):
                response = await self._http.request(
                    webhook.method, webhook.url, content=webhook.body, headers=webhook.headers, timeout=webhook.deadline
                )
        except (TimeoutError, httpx.TimeoutException):
            return Answer(failure="http_timeout")
        except httpx.HTTPError:
            return Answer(failure="connection_failed")
        return Answer(response.status_code, response.headers, response.content)
