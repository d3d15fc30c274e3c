"""The exchange with the shop's own answers behind it: a call as it is played on the page."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

import pytest

from fakes.outside_world import NOW
from fakes.policies import POLICY
from fakes.world import Counter
from mostrador.channels.base import WebhookRequest
from mostrador.channels.twilio.webhook import TwilioWebhook
from mostrador.domain.messages import ProviderEvent
from mostrador.usecases.phone.pick_up import PickUp
from playground.background import Background
from playground.config import PlaygroundConfig
from playground.twilio.voice.exchange import Exchange
from playground.twilio.voice.state import Leg, VoiceState
from playground.webhooks import Answer
from playground.world import World
from unit.usecases.calls import SETTINGS

ANA, MARTAS = "+34600111222", "+34600900101"


class Clock:
    def time(self) -> float:
        return NOW

    async def sleep(self, seconds: float) -> None: ...


class Trusting:
    """The signature is tried elsewhere."""

    def verify(self, request: WebhookRequest) -> None: ...


class Stage:
    """A world with one exchange, and the shop's use case where its function would be."""

    def __init__(self) -> None:
        self.counter = Counter()
        self.counter.policies.policy = POLICY
        self.world = World(PlaygroundConfig(), Clock())
        self.background = Background()
        self.events: list[ProviderEvent] = []
        self.exchange = Exchange(self.world, VoiceState(), self.post, self.background, thinking=0.0)
        self.base = self.world.config.public_url
        webhook: Any = Trusting()
        counter = self.counter
        self.pick_up = PickUp(webhook, counter.inbox, counter.policies, self, counter.clock, self.base, "+34910000000")

    def inbound(self, event: ProviderEvent) -> None:
        self.events.append(event)

    async def post(self, url: str, form: dict[str, str]) -> Answer:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        request = WebhookRequest("POST", url, headers, urlencode(form).encode(), NOW)
        if "/webhooks/" in url:
            self.events += TwilioWebhook(SETTINGS).split(request)
            return Answer(200)
        answer = self.pick_up(url.partition("?")[0].rpartition("/")[2], request)
        return Answer(answer.status, body=answer.body.encode())

    async def until(self, leg: Leg, waiting: str) -> None:
        async with asyncio.timeout(5):
            async for _ in self.world.versions():
                if leg.waiting == waiting:
                    return

    async def over(self, leg: Leg) -> None:
        async with asyncio.timeout(5):
            await self.background.settled()
        assert leg.is_over


def play(scene: Callable[[Stage], Coroutine[Any, Any, None]]) -> Stage:
    stage = Stage()
    asyncio.run(scene(stage))
    return stage


def test_a_voice_message_is_left_as_typed_words() -> None:
    async def scene(stage: Stage) -> None:
        leg = stage.exchange.call_shop(ANA)
        await stage.until(leg, "key")
        assert "has llamado a La Tinaja" in leg.heard[0]
        stage.exchange.do(leg.sid, "key", "3")
        await stage.until(leg, "voice")
        stage.exchange.do(leg.sid, "voice", "Se ha roto el plato")
        await stage.over(leg)

    stage = play(scene)
    assert [event.event_id.partition(":")[2].partition(":")[0] for event in stage.events] == ["voicemail", "completed"]
    (sound,) = stage.exchange.state.recordings.values()
    assert "Se ha roto el plato".encode("utf-16-le") in sound


def test_who_hangs_up_leaves_a_missed_call() -> None:
    async def scene(stage: Stage) -> None:
        leg = stage.exchange.call_shop(ANA)
        await stage.until(leg, "key")
        stage.exchange.do(leg.sid, "hang_up")
        await stage.over(leg)

    assert [event.payload["CallStatus"] for event in play(scene).events] == ["completed"]


def call_out(stage: Stage) -> Leg:
    stage.counter.writes("¿Me llamáis?")
    about = f"conversation={stage.counter.conversation.id}&agent=U0MARTA"
    url, callback = f"{stage.base}/voice/agent?{about}", f"{stage.base}/webhooks/twilio?{about}"
    return stage.exchange.call_out(MARTAS, url, "", callback, rings=5)


async def put_through(stage: Stage, leg: Leg) -> Leg:
    await stage.until(leg, "answer")
    stage.exchange.do(leg.sid, "pick_up")
    await stage.until(leg, "key")
    stage.exchange.do(leg.sid, "key", "1")
    async with asyncio.timeout(5):
        async for _ in stage.world.versions():
            if len(stage.exchange.state.legs) == 2:
                break
    customer = list(stage.exchange.state.legs.values())[1]
    await stage.until(customer, "answer")
    return customer


@pytest.mark.parametrize(
    ("deed", "told", "by"),
    [("pick_up", "completed", "human"), ("machine", "completed", "machine_start")],
)
def test_two_telephones_are_connected_until_one_hangs_up(deed: str, told: str, by: str) -> None:
    async def scene(stage: Stage) -> None:
        leg = call_out(stage)
        customer = await put_through(stage, leg)
        stage.exchange.do(customer.sid, deed)
        await stage.until(leg, "talk")
        stage.exchange.do(leg.sid, "voice", "Hola, soy Marta")
        stage.exchange.do(leg.sid, "hang_up")
        await stage.over(leg)
        assert customer.heard == ["Hola, soy Marta"]

    stage = play(scene)
    machine, bridged, _ = stage.events
    assert (machine.payload["AnsweredBy"], bridged.payload["status"]) == (by, told)


def test_a_talk_lasts_as_long_as_its_words_take_to_say() -> None:
    async def scene(stage: Stage) -> None:
        leg = call_out(stage)
        customer = await put_through(stage, leg)
        stage.exchange.do(customer.sid, "pick_up")
        await stage.until(leg, "talk")
        stage.exchange.do(leg.sid, "voice", "Hola, soy Marta. " * 30)
        stage.exchange.do(leg.sid, "hang_up")
        await stage.over(leg)

    _, bridged, _ = play(scene).events
    assert int(bridged.payload["DialCallDuration"]) >= 30


@pytest.mark.parametrize(("deed", "told"), [("busy", "busy"), ("ignore", "no-answer"), ("fail", "failed")])
def test_a_customer_who_cannot_be_reached_is_told_of(deed: str, told: str) -> None:
    async def scene(stage: Stage) -> None:
        leg = call_out(stage)
        customer = await put_through(stage, leg)
        stage.exchange.do(customer.sid, deed)
        await stage.over(leg)

    stage = play(scene)
    assert stage.events[0].payload["status"] == told


def test_an_agent_who_is_busy_is_told_of() -> None:
    async def scene(stage: Stage) -> None:
        leg = call_out(stage)
        await stage.until(leg, "answer")
        stage.exchange.do(leg.sid, "busy")
        await stage.over(leg)

    assert [event.payload["CallStatus"] for event in play(scene).events] == ["busy"]


def test_an_answer_is_read_out() -> None:
    async def scene(stage: Stage) -> None:
        document = "<Response><Say>Tu plato sale hoy.</Say><Hangup/></Response>"
        leg = stage.exchange.call_out(ANA, "", document, f"{stage.base}/webhooks/twilio?message=m-1", 5)
        await stage.until(leg, "answer")
        stage.exchange.do(leg.sid, "pick_up")
        await stage.over(leg)
        assert leg.heard == ["Tu plato sale hoy."]

    assert play(scene).events[0].payload["message"] == "m-1"


def test_what_is_over_hears_nothing_any_more() -> None:
    async def scene(stage: Stage) -> None:
        leg = stage.exchange.call_shop(ANA)
        await stage.until(leg, "key")
        stage.exchange.do(leg.sid, "hang_up")
        await stage.over(leg)
        assert not stage.exchange.do(leg.sid, "key", "1")

    play(scene)
