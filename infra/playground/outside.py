"""The simulators put together: everything that is not the shop's own."""

import asyncio
import ssl
from contextlib import suppress
from functools import cache

import httpx
from botocore.exceptions import BotoCoreError, ClientError
from starlette.routing import Route

from playground.background import Background
from playground.clock import Clock, SystemClock
from playground.config import Language, PlaygroundConfig, Stack
from playground.forward import Forwarder
from playground.handsets import Handsets
from playground.meta.api import GraphApi
from playground.meta.callbacks import Callbacks
from playground.meta.chats import CloudCarrier, MetaChats
from playground.meta.state import MetaState
from playground.ses.api import SesApi
from playground.ses.client import MailClient
from playground.ses.mailboxes import Mailboxes
from playground.ses.receiving import Receiving
from playground.shop.shop import Shop
from playground.shop_time import Pretence
from playground.slack.api import SlackApi
from playground.slack.buttons import Buttons
from playground.slack.commands import Commands
from playground.slack.people import People
from playground.slack.responses import Responses
from playground.slack.workspace import Workspace
from playground.stack import EngineDoor, StackDoor
from playground.transcribe import TranscribeApi
from playground.twilio.api import TwilioApi
from playground.twilio.carrier import Air, Carrier
from playground.twilio.chats import TwilioChats
from playground.twilio.phones import Phones, SignedForm
from playground.twilio.state import TwilioState
from playground.twilio.voice.api import VoiceApi
from playground.twilio.voice.exchange import Exchange
from playground.twilio.voice.state import VoiceState
from playground.webhooks import WebhookSender
from playground.whatsapp import Chats, Whatsapp
from playground.world import World

LOOKS_EVERY = 5
"""Seconds, in a hurry."""


@cache
def trusted_authorities() -> ssl.SSLContext:
    """Reading the authorities takes longer than any call on loopback, so that they are read once."""
    return ssl.create_default_context()


class Outside:
    """`door` and `clock` are the real ones unless a test brings its own."""

    def __init__(self, config: PlaygroundConfig, *, clock: Clock | None = None, door: StackDoor | None = None) -> None:
        self.world = World(config, clock or SystemClock())
        self.background = Background()
        self._one_push = asyncio.Lock()
        self._hurrying = False
        self.http = httpx.AsyncClient(trust_env=False, verify=trusted_authorities())
        sender = WebhookSender(self.world, self.http)
        self._open_slack(sender)
        self._open_twilio(sender)
        self._open_meta(sender)
        provider = self._by_meta if config.whatsapp == "meta" else self._by_twilio
        self.whatsapp = Whatsapp(self.chats, self.handsets, provider)
        self._door = door or EngineDoor(config)
        self._open_mail(self._door)
        self.shop = Shop(self.world, sender, self.background)

    def routes(self) -> list[Route]:
        forward = Forwarder(self.world, self.http).forward
        return [
            *self._slack_api.routes(),
            *self._twilio_api.routes(),
            *VoiceApi(self.exchange, self._twilio_api.guarded).routes(),
            *self._graph_api.routes(),
            *self._ses_api.routes(),
            *TranscribeApi(self.world, self._door, self.receiving, self.background).routes(),
            Route("/slack/{kind:str}", forward, methods=["POST"]),
            Route("/voice/{path:path}", forward, methods=["POST"]),
            Route("/webhooks/{path:path}", forward, methods=["GET", "POST"]),
            Route("/web/{path:path}", forward, methods=["GET", "POST"]),
        ]

    def connect(self, stack: Stack) -> None:
        """The stack is up: from now on webhooks get through, and mail that has waited goes in."""
        self.world.stack = stack
        self.world.progress = None
        self._push_policy()
        self.shop.open()
        if self.world.config.whatsapp == "meta":
            self.background.start(self._callbacks.ask())

    def choose_language(self, language: Language) -> None:
        self.world.language = language
        self._push_policy()

    def pretend(self, pretence: Pretence) -> None:
        self.world.rules.pretence = pretence
        self._push_policy()
        stack = self.world.stack
        if pretence.hurry and not self._hurrying and stack is not None and stack.tick_function:
            self._hurrying = True
            self.background.start(self._look_often(stack))

    async def _look_often(self, stack: Stack) -> None:
        """The stack's own schedule looks once a minute for what is due: in a hurry, that is once in an hour."""
        while self.world.rules.pretence.hurry:
            with suppress(BotoCoreError, ClientError):
                await self._door.invoke_tick(stack)
            await self.world.clock.sleep(LOOKS_EVERY)
        self._hurrying = False

    def _push_policy(self) -> None:
        if self.world.stack is not None:
            self.world.rules.pushing += 1
            self.background.start(self._pushed(self.world.stack))
        self.world.changed()

    async def _pushed(self, stack: Stack) -> None:
        """Pushes what is wished for by then, so that the last wish wins whatever is under way."""
        rules = self.world.rules
        try:
            async with self._one_push:
                policy = await self._door.push_policy(stack, self.world.language, rules.pretence)
            if policy is not None:
                rules.policy, rules.pushed_at = policy, self.world.clock.time()
        finally:
            rules.pushing -= 1
            self.world.changed()

    async def close(self) -> None:
        self.world.close()
        await self.background.close()
        await self.http.aclose()

    def _open_slack(self, sender: WebhookSender) -> None:
        self.workspace = Workspace(self.world, sender, self.background)
        responses = Responses(self.workspace)
        buttons, commands = Buttons(self.workspace, responses), Commands(self.workspace, responses)
        self.people = People(self.workspace, buttons, commands)
        self._slack_api = SlackApi(self.workspace, responses)

    def _open_twilio(self, sender: WebhookSender) -> None:
        self.handsets = Handsets()
        self.chats = Chats(self.world, self.handsets)
        state, signed = TwilioState(), SignedForm(self.world, sender)
        self.phones = Phones(self.world, state, self.handsets, signed, self.background)
        self.exchange = Exchange(self.world, VoiceState(), signed, self.background)
        air = Air(state, self.phones, self.chats)
        carrier = Carrier(self.world, air, signed, self.http)
        self._twilio_api = TwilioApi(self.world, state, carrier, self.background)
        self._by_twilio = TwilioChats(self.world, air, carrier, signed, self.background)

    def _open_meta(self, sender: WebhookSender) -> None:
        state = MetaState()
        self._callbacks = Callbacks(self.world, sender, self.background)
        carrier = CloudCarrier(self.world, self.chats, self._callbacks, self.http)
        self._graph_api = GraphApi(self.world, state, self.chats, carrier, self.background)
        self._by_meta = MetaChats(self.world, state, self._callbacks)

    def _open_mail(self, door: StackDoor) -> None:
        self.mailboxes = Mailboxes(self.world)
        self.receiving = Receiving(self.world, door, self.background)
        self.mail_client = MailClient(self.world, self.mailboxes, self.receiving)
        self._ses_api = SesApi(self.world, self.mailboxes, self.receiving, self.background)
