"""The simulator of Meta is what our payload files and our channel know Meta to be: documents and answers alike.

What it sends gets in through the real door, and what we send goes out through the real Graph client.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.doors import BASE, DOORS, NOW
from fakes.intake import FakeIntake
from fakes.outside_world import STACK, UNHURRIED, Playground, Received, Theatre, theatre
from fakes.policies import POLICY
from mostrador.channels.base import WebhookRequest
from mostrador.channels.registry import ChannelSettings, open_webhook
from mostrador.channels.whatsapp import WhatsappChannel
from mostrador.domain import messages as domain
from mostrador.domain.delivery import Accepted, Delivery, Failure, Reason
from mostrador.domain.messages import Address, Approved, Arrival, Attachment, Outgoing, Receipt
from mostrador.policy.model import Template
from playground.config import Credentials, PlaygroundConfig
from playground.whatsapp import Said

ANA, JAVIER, NURIA = "+34600111222", "+34600333444", "+34600777888"
ACCOUNT = Credentials()
OURS = "01kw0000000000000000000000-2"
FOLLOW_UP = {"es": Template("whatsapp", "Hola, {1}: seguimos con {2}.", "follow_up", ("customer", "subject"))}
APPROVED = Approved("follow_up", "es", ("Ana", "la taza"))

type Json = dict[str, Any]


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as opened:
        yield opened


@dataclass
class Shopping:
    """People at their phones, Meta in between, and our channel at the other end."""

    page: httpx.Client
    playground: Playground

    def writes(self, phone: str = ANA, text: str = "", file: str = "", **more: str) -> None:
        files = [("files", ("fichero", b"bytes", file))] if file else None
        form = {"phone": phone, "text": text, **more}
        self.page.post("/api/whatsapp/send", data=form, files=files).raise_for_status()

    def does(self, what: str, phone: str = ANA, **more: str) -> None:
        """To the last message on the phone."""
        last = self.page.get("/api/state").json()["whatsapp"]["messages"][-1]
        self.page.post(f"/api/whatsapp/{what}", json={"phone": phone, "id": last["id"], **more}).raise_for_status()

    def heard(self) -> list[Received]:
        """What the shop was told since it was asked last."""
        self.playground.settle()
        received, self.playground.shop.received[:] = list(self.playground.shop.received), []
        return received

    @property
    def surroundings(self) -> ChannelSettings:
        secret = {name: getattr(ACCOUNT, f"meta_{name}") for name in ("app_secret", "verify_token", "access_token")}
        return ChannelSettings(
            public_base_url=BASE,
            secret=lambda _name: secret,
            switched_on=("whatsapp",),
            whatsapp_provider="meta",
            whatsapp_sender=ACCOUNT.meta_number_id,
            meta_graph_url=f"{self.playground.url}/meta",
            link=lambda file: f"{self.playground.outside.world.config.engine}/{file.name}",
        )

    @property
    def channel(self) -> WhatsappChannel:
        return WhatsappChannel(self.surroundings, clock=lambda: NOW)

    def send(self, to: str = ANA, text: str = "Sale hoy", **more: Any) -> Any:
        return self.channel.send(Outgoing(OURS, "c1", Address("whatsapp", to), text, **more), {})

    def arrivals(self, heard: Sequence[Received]) -> list[Arrival]:
        """Through the door: signature, events, and what each of them says."""
        webhook, intake = open_webhook("meta", self.surroundings), FakeIntake()
        requests = [WebhookRequest("POST", f"{BASE}/webhooks/meta", each.headers, each.body, NOW) for each in heard]
        for request in requests:
            webhook.verify(request)
        return [self.channel.read(event, intake) for request in requests for event in webhook.split(request)]


@pytest.fixture
def shopping(stage: Theatre) -> Iterator[Shopping]:
    config = PlaygroundConfig(stack=STACK, pace=UNHURRIED, whatsapp="meta")
    with stage.playing(config) as playground, httpx.Client(base_url=stage.url, trust_env=False) as page:
        playground.outside.world.rules.policy = replace(POLICY, templates={"follow_up": FOLLOW_UP})
        yield Shopping(page, playground)


def answered(shopping: Shopping, **more: Any) -> None:
    """Ana wrote, and has an answer."""
    shopping.writes(text="Hola")
    assert isinstance(shopping.send(**more), Accepted)
    shopping.heard()


def reacts(shopping: Shopping, *, times: int = 1) -> None:
    answered(shopping)
    for _ in range(times):
        shopping.heard()
        shopping.does("react", emoji="👍")


def presses(shopping: Shopping) -> None:
    shopping.writes(text="Hola")
    shopping.send(template=APPROVED)
    shopping.heard()
    shopping.does("press", choice="Sí, por favor")


def two_write(shopping: Shopping) -> None:
    async def at_once() -> None:
        for phone in (ANA, JAVIER):
            shopping.playground.outside.whatsapp.send(phone, Said("¿Abrís hoy?"))

    shopping.playground.loop.run(at_once())


def is_answered(shopping: Shopping) -> None:
    shopping.writes(text="Hola")
    shopping.heard()
    shopping.send()


def is_answered_too_late(shopping: Shopping) -> None:
    shopping.send()


def reads(shopping: Shopping) -> None:
    answered(shopping)
    shopping.page.post("/api/whatsapp/read", json={"phone": ANA}).raise_for_status()


SITUATIONS: dict[str, Callable[[Shopping], None]] = {
    "message__plain": lambda shopping: shopping.writes(text="Hola, ¿ha salido ya mi pedido? 💙"),
    "message__photo_with_words": lambda shopping: shopping.writes(text="Llegó rota", file="image/jpeg"),
    "message__voice_note": lambda shopping: shopping.writes(file="audio/ogg"),
    "message__document": lambda shopping: shopping.writes(text="La factura", file="application/pdf"),
    "message__location": lambda shopping: shopping.writes(place="workshop"),
    "message__contacts": lambda shopping: shopping.writes(contact="friend"),
    "message__username_without_number": lambda shopping: shopping.writes(NURIA, text="Hola"),
    "message__two_people_at_once": two_write,
    "message__button": presses,
    "message__reaction": reacts,
    "message__reaction_taken_back": lambda shopping: reacts(shopping, times=2),
    "status__sent": is_answered,
    "status__delivered": is_answered,
    "status__read": reads,
    "status__failed_window_closed": is_answered_too_late,
}
"""How each payload file comes about."""
DOOR = DOORS["whatsapp_cloud"]
by_situation = pytest.mark.parametrize("name", SITUATIONS)


def recorded(name: str) -> Json:
    (path,) = (each for each in DOOR.payloads if each.stem == name)
    document: Json = json.loads(path.read_bytes())
    return document


def value_of(document: Json) -> Json:
    value: Json = document["entry"][0]["changes"][0]["value"]
    return value


def simulated(shopping: Shopping, name: str) -> Received:
    """The request that tells of it."""
    SITUATIONS[name](shopping)
    state = name.partition("__")[2].partition("_")[0]
    heard = shopping.heard()
    if name.startswith("message"):
        return heard[-1]
    statuses = ((each, value_of(json.loads(each.body)).get("statuses", [{}])[0]) for each in heard)
    return next(each for each, status in statuses if status.get("status") == state)


def shape(value: Any, place: str = "") -> set[str]:
    """Where there is what: ``entry.0.changes.0.field str``."""
    if isinstance(value, dict):
        inner = [shape(each, f"{place}.{key}") for key, each in value.items()]
    elif isinstance(value, list):
        inner = [shape(each, f"{place}.{number}") for number, each in enumerate(value)]
    else:
        return {f"{place} {type(value).__name__}"}
    return set().union(*inner)


@by_situation
def test_simulator_sends_all_that_the_payload_files_have(shopping: Shopping, name: str) -> None:
    document = json.loads(simulated(shopping, name).body)
    assert shape(recorded(name)) - shape(document) == set()


@by_situation
def test_our_channel_understands_the_simulator_as_it_does_the_payload_files(shopping: Shopping, name: str) -> None:
    heard = simulated(shopping, name)
    told = [gist(arrival) for arrival in shopping.arrivals([heard])]
    webhook = open_webhook("meta", shopping.surroundings)
    (path,) = (each for each in DOOR.payloads if each.stem == name)
    body = path.read_bytes().strip()
    events = webhook.split(WebhookRequest("POST", f"{BASE}/webhooks/meta", {}, body, NOW))
    assert told == [gist(shopping.channel.read(event, FakeIntake())) for event in events]


def gist(arrival: Arrival) -> Json:
    """What an arrival is, whatever it says."""
    if isinstance(arrival, Receipt):
        failure = arrival.failure and (arrival.failure.reason, arrival.failure.code)
        return {"state": arrival.state, "message": arrival.message_id, "failure": failure}
    if isinstance(arrival, domain.Received):
        kind = "number" if arrival.sender.value.startswith("+") else "name"
        return {
            "sender": kind,
            "ours": arrival.recipient,
            "text": bool(arrival.text),
            "files": len(arrival.attachments),
            "asks": arrival.asks,
            "warnings": arrival.warnings,
        }
    return {"ignored": type(arrival).__name__}


def test_file_of_a_message_is_fetched_from_the_simulator(shopping: Shopping) -> None:
    shopping.writes(text="Llegó rota", file="image/jpeg")
    (arrival,) = shopping.arrivals(shopping.heard())
    assert isinstance(arrival, domain.Received)
    (file,) = arrival.attachments
    assert (file.content_type, file.size, file.problem) == ("image/jpeg", 5, "")


def test_answer_is_accepted_and_each_receipt_finds_it(shopping: Shopping) -> None:
    shopping.writes(text="Hola")
    shopping.heard()
    sent = shopping.send()
    receipts = shopping.arrivals(shopping.heard())
    assert [receipt.state for receipt in receipts if isinstance(receipt, Receipt)] == [
        Delivery.ACCEPTED,
        Delivery.DELIVERED,
    ]
    assert {(each.message_id, each.provider_id) for each in receipts if isinstance(each, Receipt)} == {
        (OURS, sent.provider_id)
    }


def test_somebody_without_a_number_is_answered_by_what_they_are_called(shopping: Shopping) -> None:
    shopping.writes(NURIA, text="Hola")
    (arrival,) = shopping.arrivals(shopping.heard())
    assert isinstance(arrival, domain.Received)
    assert isinstance(shopping.send(arrival.sender.value), Accepted)
    shopping.heard()
    shown = shopping.page.get("/api/state").json()["whatsapp"]["messages"][-1]
    assert (shown["phone"], shown["text"]) == (NURIA, "Sale hoy")


@pytest.mark.parametrize(
    ("number", "reason", "retryable"),
    [
        ("+34600000190", Reason.CREDENTIALS, False),
        ("+34600000429", Reason.RATE_LIMITED, True),
        ("+34600001000", Reason.PROVIDER_DOWN, True),
        ("+34600001030", Reason.SENDER_NOT_ALLOWED, False),
        ("+34600001056", Reason.RATE_LIMITED, True),
        ("ES.nobody", Reason.UNREACHABLE, False),
        ("+34910000000", Reason.ADDRESS_INVALID, False),
    ],
)
def test_refusal_becomes_what_the_agent_should_know(
    shopping: Shopping, number: str, reason: Reason, *, retryable: bool
) -> None:
    refused = shopping.send(number)
    assert isinstance(refused, Failure)
    assert (refused.reason, refused.retryable) == (reason, retryable)


@pytest.mark.parametrize(
    "template",
    [
        replace(APPROVED, provider_id="another"),
        replace(APPROVED, language="en"),
        replace(APPROVED, values=("Ana",)),
    ],
    ids=["another name", "another language", "a place too few"],
)
def test_template_that_was_not_approved_is_refused(shopping: Shopping, template: Approved) -> None:
    refused = shopping.send(template=template)
    assert isinstance(refused, Failure)
    assert refused.reason is Reason.TEMPLATE_REFUSED


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("+34600001026", Reason.UNREACHABLE),
        ("+34600001047", Reason.WINDOW_CLOSED),
        ("+34600001049", Reason.BLOCKED),
    ],
)
def test_what_fails_later_is_told_by_a_receipt(shopping: Shopping, number: str, reason: Reason) -> None:
    shopping.writes(number, text="Hola")
    shopping.heard()
    assert isinstance(shopping.send(number), Accepted)
    (receipt,) = shopping.arrivals(shopping.heard())
    assert isinstance(receipt, Receipt)
    assert receipt.failure is not None
    assert (receipt.state, receipt.failure.reason) == (Delivery.FAILED, reason)


def test_file_that_meta_cannot_fetch_is_told_by_a_receipt(shopping: Shopping) -> None:
    shopping.writes(text="Hola")
    shopping.heard()
    taza = Attachment("taza.png", "image/png", 3, "files/taza.png")
    assert isinstance(shopping.send(attachments=(taza,)), Accepted)
    (receipt,) = shopping.arrivals([each for each in shopping.heard() if each.method == "POST"])
    assert isinstance(receipt, Receipt)
    assert receipt.failure is not None
    assert receipt.failure.reason is Reason.ATTACHMENT_REFUSED


def test_every_situation_has_its_payload_file() -> None:
    assert SITUATIONS.keys() <= {Path(each).stem for each in DOOR.payloads}
