"""How the web shop tells the counter: signed, in order, and again until it was heard."""

import asyncio
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from itertools import batched, count

from playground.shop.documents import Told, time
from playground.webhooks import Webhook, WebhookSender
from playground.world import World

PATH = "/webhooks/shop"
AT_ONCE = 100


class ShopWebhook:
    def __init__(self, world: World, sender: WebhookSender) -> None:
        self._world = world
        self._sender = sender
        self._one_at_a_time = asyncio.Lock()
        # No event of another run may have the same id: the counter would take it for one that it knows.
        self._run = secrets.token_hex(4)
        self._numbers = count(1)

    async def send(self, told: Sequence[Told]) -> bool:
        """False where the counter would not hear of it even after the last attempt."""
        async with self._one_at_a_time:
            for some in batched(told, AT_ONCE, strict=False):
                if not await self._send_once(self._body(some)):
                    return False
        return True

    async def _send_once(self, body: bytes) -> bool:
        """The same events each time, signed anew, for an old signature proves nothing."""
        world = self._world
        pace = world.config.pace
        for attempt, wait in enumerate((0.0, *pace.shop_retries), start=1):
            if wait:
                await world.clock.sleep(wait)
            address = world.config.public_url + PATH
            webhook = Webhook("La Tinaja", address, body, self._headers(body), pace.shop_deadline, attempt)
            if (await self._sender.post(webhook)).accepted:
                return True
        return False

    def _body(self, told: Sequence[Told]) -> bytes:
        now = time(self._world.clock.time())
        events = [
            {"id": f"evt_{self._run}_{next(self._numbers)}", "type": kind, "created_at": now, "data": data}
            for kind, data in told
        ]
        return json.dumps(events if len(events) > 1 else events[0], ensure_ascii=False).encode()

    def _headers(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self._world.clock.time()))
        secret = self._world.config.credentials.shop_webhook_secret
        digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "User-Agent": "La Tinaja",
            "Mostrador-Timestamp": timestamp,
            "Mostrador-Signature": f"v1={digest}",
        }
