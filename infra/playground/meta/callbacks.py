"""Meta's calls to the shop: once a question, then whatever happens, again and again until somebody says 200."""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from playground.background import Background
from playground.meta.problems import TWICE
from playground.meta.wire import contact_of, encoded, envelope, signed_headers
from playground.webhooks import Webhook, WebhookSender
from playground.whatsapp import Person
from playground.world import World

type Json = dict[str, Any]

PATH = "/webhooks/meta"


class Callbacks:
    def __init__(self, world: World, sender: WebhookSender, background: Background) -> None:
        self._world = world
        self._sender = sender
        self._background = background
        self._account = world.config.credentials
        self._url = world.config.public_url + PATH
        self._gathered: list[tuple[Person, Json]] = []
        self.subscribed = True
        """Until the shop's answer to the question says otherwise. A stack that was up first was asked before."""

    async def ask(self) -> None:
        """Whether the address is the shop's: it repeats the challenge to whoever knows its token."""
        challenge = str(secrets.randbelow(2**31))
        query = {"mode": "subscribe", "challenge": challenge, "verify_token": self._account.meta_verify_token}
        url = f"{self._url}?{urlencode({f'hub.{name}': value for name, value in query.items()})}"
        webhook = Webhook("Meta", url, b"", {}, self._world.config.pace.meta_deadline, method="GET")
        for pause in (*self._world.config.pace.meta_retries, 0):
            answer = await self._sender.post(webhook)
            self.subscribed = answer.status == 200 and answer.body.decode("utf-8", "replace") == challenge
            if self.subscribed or answer.status == 200:
                break
            await self._world.clock.sleep(pause)

    def tell(self, person: Person, message: Json) -> None:
        """A person's message. What is written within a moment goes in one body."""
        self._gathered.append((person, message))
        if len(self._gathered) == 1:
            self._background.start(self._tell_gathered())

    async def report(self, person: Person, value: Json) -> None:
        """Returns once it is told, or given up."""
        await self._deliver(value, twice=person.phone.endswith(TWICE))

    async def _tell_gathered(self) -> None:
        await self._world.clock.sleep(self._world.config.pace.meta_gathers)
        gathered, self._gathered = self._gathered, []
        people = {person.phone: contact_of(person) for person, _ in gathered}
        value = {"contacts": list(people.values()), "messages": [message for _, message in gathered]}
        await self._deliver(value, twice=any(phone.endswith(TWICE) for phone in people))

    async def _deliver(self, value: Json, *, twice: bool) -> None:
        if not self.subscribed:
            return
        body = encoded(envelope(self._account, value))
        headers = signed_headers(body, self._account.meta_app_secret)
        for _ in range(2 if twice else 1):
            await self._post(body, headers)

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Anything but 200 brings it again, ever more rarely; in the end it is dropped."""
        pace = self._world.config.pace
        for attempt, pause in enumerate((*pace.meta_retries, 0), start=1):
            webhook = Webhook("Meta", self._url, body, dict(headers), pace.meta_deadline, attempt)
            if (await self._sender.post(webhook)).status == 200:
                return
            await self._world.clock.sleep(pause)
