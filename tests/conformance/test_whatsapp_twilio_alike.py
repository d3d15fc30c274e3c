"""The simulator of Twilio's WhatsApp sends what our payload files know it to send, and our channel reads both alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from conformance.doors import BASE, DOORS, NOW
from fakes.intake import FakeIntake
from fakes.outside_world import STACK, UNHURRIED, Playground, Theatre, theatre
from fakes.policies import POLICY
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.whatsapp import WhatsappChannel
from mostrador.domain import messages as domain
from mostrador.domain.messages import ProviderEvent, Receipt
from mostrador.policy.model import Template
from playground.config import Credentials, PlaygroundConfig

ANA, NURIA = "+34600111222", "+34600777888"
OURS = "message=01kw0000000000000000000000-2"
SHOP, TWILIO = "+34910000000", "https://api.twilio.com"
ACCOUNT = Credentials()
FOLLOW_UP = {"es": Template("whatsapp", "Hola, {1}: seguimos con {2}.", "HX1", ("customer", "subject"))}
DOOR = DOORS["whatsapp"]

type Json = dict[str, Any]


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as opened:
        yield opened


@dataclass
class Shopping:
    """People at their phones, Twilio in between, and the shop's account at the other end."""

    page: httpx.Client
    playground: Playground
    twilio: Client

    def writes(self, phone: str = ANA, text: str = "", file: str = "", **more: str) -> None:
        files = [("files", ("fichero", b"bytes", file))] if file else None
        form = {"phone": phone, "text": text, **more}
        self.page.post("/api/whatsapp/send", data=form, files=files).raise_for_status()

    def is_answered(self, **content: str) -> None:
        callback = f"{self.playground.url}/webhooks/twilio?{OURS}"
        details: Json = content or {"body": "Sale hoy"}
        whom = {"to": f"whatsapp:{ANA}", "from_": f"whatsapp:{SHOP}"}
        self.twilio.messages.create(**whom, status_callback=callback, **details)
        self.playground.settle()

    def presses_a_button(self) -> None:
        self.is_answered(content_sid="HX1", content_variables='{"1": "Ana", "2": "eso"}')
        last = self.page.get("/api/state").json()["whatsapp"]["messages"][-1]
        choice = {"phone": ANA, "id": last["id"], "choice": last["choices"][0]}
        self.page.post("/api/whatsapp/press", json=choice).raise_for_status()

    def reads_an_answer(self) -> None:
        self.writes(text="Hola")
        self.is_answered()
        self.page.post("/api/whatsapp/read", json={"phone": ANA}).raise_for_status()


@pytest.fixture
def shopping(stage: Theatre) -> Iterator[Shopping]:
    http = TwilioHttpClient()
    twilio = Client(ACCOUNT.twilio_account_sid, ACCOUNT.twilio_auth_token, http_client=http)
    twilio.api.base_url = f"{stage.url}/twilio"
    config = PlaygroundConfig(stack=STACK, pace=UNHURRIED)
    with stage.playing(config) as playground, httpx.Client(base_url=stage.url, trust_env=False) as page:
        playground.outside.world.rules.policy = replace(POLICY, templates={"follow_up": FOLLOW_UP})
        yield Shopping(page, playground, twilio)
    if http.session:
        http.session.close()


SITUATIONS: dict[str, Callable[[Shopping], None]] = {
    "message__plain": lambda shopping: shopping.writes(text="Hola"),
    "message__photo_with_words": lambda shopping: shopping.writes(text="Llegó rota", file="image/jpeg"),
    "message__voice_note": lambda shopping: shopping.writes(file="audio/ogg"),
    "message__location": lambda shopping: shopping.writes(place="workshop"),
    "message__contact": lambda shopping: shopping.writes(contact="friend"),
    "message__username_without_number": lambda shopping: shopping.writes(NURIA, "Hola"),
    "message__button": Shopping.presses_a_button,
    "status__sent": Shopping.reads_an_answer,
    "status__delivered": Shopping.reads_an_answer,
    "status__read": Shopping.reads_an_answer,
    "status__undelivered_window_closed": Shopping.is_answered,
}
"""How each payload file comes about."""
by_situation = pytest.mark.parametrize("name", SITUATIONS)


def fields(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode().strip(), keep_blank_values=True, strict_parsing=True))


def recorded(name: str) -> dict[str, str]:
    (path,) = (each for each in DOOR.payloads if each.stem == name)
    return fields(path.read_bytes())


def simulated(shopping: Shopping, name: str) -> dict[str, str]:
    SITUATIONS[name](shopping)
    shopping.playground.settle()
    told = [fields(each.body) for each in shopping.playground.shop.received]
    state = name.partition("__")[2].partition("_")[0]
    return told[-1] if name.startswith("message") else next(each for each in told if each.get("MessageStatus") == state)


def read(form: dict[str, str], around: ChannelSettings) -> Json:
    """What our channel understands, whatever it says. A status knows its message by the address that it comes to."""
    ours = {"message": OURS.partition("=")[2]} if "MessageStatus" in form else {}
    event = ProviderEvent("whatsapp", form["MessageSid"], "ana", {**form, **ours}, NOW)
    arrival = WhatsappChannel(around, clock=lambda: NOW).read(event, FakeIntake())
    if isinstance(arrival, Receipt):
        failed = arrival.failure and (arrival.failure.reason, arrival.failure.code)
        return {"state": arrival.state, "message": arrival.message_id, "failure": failed}
    assert isinstance(arrival, domain.Received)
    kind = "number" if arrival.sender.value.startswith("+") else "name"
    told = {"text": bool(arrival.text), "files": len(arrival.attachments), "warnings": arrival.warnings}
    return {"sender": kind, "ours": arrival.recipient, "asks": arrival.asks, **told}


@by_situation
def test_simulator_sends_all_the_fields_that_the_payload_files_have(shopping: Shopping, name: str) -> None:
    assert recorded(name).keys() - simulated(shopping, name).keys() == set()


@by_situation
def test_our_channel_understands_the_simulator_as_it_does_the_payload_files(shopping: Shopping, name: str) -> None:
    secret = {"account_sid": ACCOUNT.twilio_account_sid, "auth_token": ACCOUNT.twilio_auth_token}
    api = f"{shopping.playground.url}/twilio"
    around = ChannelSettings(BASE, lambda _name: secret, ("whatsapp",), twilio_api_url=api, whatsapp_sender=SHOP)
    form = {field: value.replace(TWILIO, api) for field, value in recorded(name).items()}
    assert read(simulated(shopping, name), around) == read(form, around)
