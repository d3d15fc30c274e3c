"""WhatsApp behind Twilio's account: through the official client, over a window that closes."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from fakes.outside_world import Playground, Received
from fakes.policies import POLICY
from mostrador.policy.model import Template
from playground.config import Credentials
from playground.whatsapp import WINDOW

SHOP, ANA, NURIA = "whatsapp:+34910000000", "+34600111222", "+34600777888"
FOLLOW_UP = {"es": Template("whatsapp", "Hola, {1}: seguimos con {2}.", "HX1", ("customer", "subject"))}


@pytest.fixture(autouse=True)
def approved(playground: Playground) -> None:
    playground.outside.world.rules.policy = replace(POLICY, templates={"follow_up": FOLLOW_UP})


def fields(received: Received) -> dict[str, str]:
    return dict(parse_qsl(received.body.decode(), keep_blank_values=True, strict_parsing=True))


def writes(page: httpx.Client, text: str = "Hola", phone: str = ANA, **more: Any) -> None:
    page.post("/api/whatsapp/send", data={"phone": phone, "text": text}, **more).raise_for_status()


def send(twilio: Client, playground: Playground, to: str = ANA, **details: Any) -> Any:
    callback = f"{playground.url}/webhooks/twilio?message=1-2"
    content = details or {"body": "Sale hoy"}
    return twilio.messages.create(to=f"whatsapp:{to}", from_=SHOP, status_callback=callback, **content)


def told(playground: Playground) -> list[str]:
    """The states that the shop was told of, in order."""
    states = (fields(each).get("MessageStatus", "") for each in playground.shop.received)
    return [state for state in states if state]


def on_phone(page: httpx.Client) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = page.get("/api/state").json()["whatsapp"]["messages"]
    return messages


def is_open(page: httpx.Client) -> bool:
    return ANA in page.get("/api/state").json()["whatsapp"]["open"]


def test_message_reaches_the_shop_signed_with_who_it_is(page: httpx.Client, playground: Playground) -> None:
    writes(page, "¿Cuándo llega?")
    playground.settle()
    (received,) = playground.shop.received
    got = fields(received)
    assert (got["From"], got["To"], got["Body"]) == (f"whatsapp:{ANA}", SHOP, "¿Cuándo llega?")
    assert (got["ProfileName"], got["WaId"], got["MessageType"]) == ("Ana Molina", "34600111222", "text")
    assert "FromCountry" not in got
    validator = RequestValidator(Credentials().twilio_auth_token)
    assert validator.validate(f"{playground.url}/webhooks/twilio", got, received.headers["x-twilio-signature"])
    assert [shown["text"] for shown in on_phone(page)] == ["¿Cuándo llega?"]
    assert page.get("/api/state").json()["sms"]["messages"] == []


def test_place_is_shared_as_one(page: httpx.Client, playground: Playground) -> None:
    page.post("/api/whatsapp/send", data={"phone": ANA, "place": "workshop"}).raise_for_status()
    playground.settle()
    got = fields(playground.shop.received[0])
    assert (got["MessageType"], got["Label"], got["Latitude"]) == ("location", "Alfar La Tinaja", "39.961233")


def test_each_file_is_a_message_and_the_words_go_with_the_last(page: httpx.Client, playground: Playground) -> None:
    files = [("files", (name, b"png", "image/png")) for name in ("a.png", "b.png")]
    writes(page, "Mira", files=files)
    playground.settle()
    got = sorted((fields(each) for each in playground.shop.received), key=lambda form: form["Body"])
    assert [(form["NumMedia"], form["MessageType"], form["Body"]) for form in got] == [
        ("1", "image", ""),
        ("1", "image", "Mira"),
    ]


def test_answer_within_the_window_is_delivered_and_read_once(
    twilio: Client, page: httpx.Client, playground: Playground
) -> None:
    writes(page)
    send(twilio, playground)
    playground.settle()
    assert told(playground) == ["queued", "sent", "delivered"]
    for _ in range(2):
        page.post("/api/whatsapp/read", json={"phone": ANA}).raise_for_status()
        playground.settle()
    assert told(playground) == ["queued", "sent", "delivered", "read"]
    assert fields(playground.shop.received[-1])["EventType"] == "READ"


@pytest.mark.parametrize("closed", ["never wrote", "a day passes", "the clock runs"])
def test_free_text_outside_the_window_is_taken_and_fails_later(
    twilio: Client, page: httpx.Client, playground: Playground, closed: str
) -> None:
    if closed != "never wrote":
        writes(page)
        assert is_open(page)
    if closed == "a day passes":
        page.post("/api/whatsapp/later", json={"phone": ANA}).raise_for_status()
    if closed == "the clock runs":
        playground.clock.now += WINDOW
    assert not is_open(page)
    assert send(twilio, playground).status == "queued"
    playground.settle()
    assert told(playground)[-1] == "undelivered"
    assert fields(playground.shop.received[-1])["ErrorCode"] == "63016"


def test_writing_opens_the_window_again(twilio: Client, page: httpx.Client, playground: Playground) -> None:
    page.post("/api/whatsapp/later", json={"phone": ANA}).raise_for_status()
    writes(page)
    send(twilio, playground)
    playground.settle()
    assert told(playground)[-1] == "delivered"


def test_template_arrives_outside_the_window_filled_in(
    twilio: Client, page: httpx.Client, playground: Playground
) -> None:
    values = json.dumps({"1": "Ana", "2": "la entrega"})
    created = send(twilio, playground, content_sid="HX1", content_variables=values)
    playground.settle()
    assert created.body == "Hola, Ana: seguimos con la entrega."
    assert told(playground)[-1] == "delivered"
    assert [shown["text"] for shown in on_phone(page)] == ["Hola, Ana: seguimos con la entrega."]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"content_sid": "HX2"}, 21655),
        ({"content_sid": "HX1"}, 21656),
        ({"content_sid": "HX1", "content_variables": "no JSON"}, 21656),
        ({"content_sid": "HX1", "content_variables": '{"1": "Ana", "2": ""}'}, 21656),
        ({"content_sid": "HX1", "content_variables": '{"1": "Ana", "2": 3}'}, 21656),
        ({"body": "x" * 1601}, 21617),
        ({"body": "x", "media_url": ["https://a.example/1", "https://a.example/2"]}, 21623),
    ],
)
def test_what_twilio_refuses_is_refused_here(
    twilio: Client, playground: Playground, details: dict[str, Any], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        send(twilio, playground, **details)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("sender", "recipient", "code"),
    [
        (SHOP, ANA, 21910),
        ("+34910000000", f"whatsapp:{ANA}", 21910),
        ("whatsapp:+34911111111", f"whatsapp:{ANA}", 63007),
    ],
)
def test_channels_are_not_mixed(twilio: Client, sender: str, recipient: str, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(to=recipient, from_=sender, body="Hola")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("number", "status", "code"),
    [("+34600003024", "failed", "63024"), ("+34600003032", "undelivered", "63032")],
)
def test_scripted_numbers_fail(
    twilio: Client, page: httpx.Client, playground: Playground, number: str, status: str, code: str
) -> None:
    writes(page, phone=number)
    send(twilio, playground, to=number)
    playground.settle()
    assert told(playground)[-1] == status
    assert fields(playground.shop.received[-1])["ErrorCode"] == code


def test_keywords_mean_nothing_to_whatsapp(twilio: Client, page: httpx.Client, playground: Playground) -> None:
    writes(page, "STOP")
    send(twilio, playground)
    playground.settle()
    assert told(playground)[-1] == "delivered"


def test_somebody_with_a_username_has_no_number_and_is_answered_all_the_same(
    twilio: Client, page: httpx.Client, playground: Playground
) -> None:
    writes(page, phone=NURIA)
    playground.settle()
    got = fields(playground.shop.received[0])
    assert got.keys().isdisjoint({"From", "WaId"})
    known_as = got["ExternalUserId"].removeprefix("whatsapp:")
    assert known_as.startswith("ES.")
    send(twilio, playground, to=known_as)
    send(twilio, playground, to="ES.nobody")
    playground.settle()
    assert [(shown["phone"], shown["direction"]) for shown in on_phone(page)] == [(NURIA, "sent"), (NURIA, "received")]
    assert {"delivered", "failed"} <= set(told(playground))


def test_contact_comes_as_a_card(page: httpx.Client, playground: Playground) -> None:
    page.post("/api/whatsapp/send", data={"phone": ANA, "contact": "friend"}).raise_for_status()
    playground.settle()
    got = fields(playground.shop.received[0])
    assert (got["MessageType"], got["NumMedia"], got["MediaContentType0"]) == ("contacts", "1", "text/vcard")
    assert [shown["text"] for shown in on_phone(page)] == ["👤 Javier Ruiz"]


def test_button_below_a_template_answers_once(twilio: Client, page: httpx.Client, playground: Playground) -> None:
    send(twilio, playground, content_sid="HX1", content_variables='{"1": "Ana", "2": "eso"}')
    playground.settle()
    (template,) = on_phone(page)
    pressed = {"phone": ANA, "id": template["id"], "choice": template["choices"][0]}
    page.post("/api/whatsapp/press", json=pressed).raise_for_status()
    playground.settle()
    got = fields(playground.shop.received[-1])
    assert (got["MessageType"], got["ButtonText"], got["Body"]) == ("button", "Sí, por favor", "Sí, por favor")
    assert page.post("/api/whatsapp/press", json=pressed).status_code == 404
    assert is_open(page)


def test_reaction_stays_on_the_phone_because_twilio_passes_none_on(
    twilio: Client, page: httpx.Client, playground: Playground
) -> None:
    writes(page)
    send(twilio, playground)
    playground.settle()
    before = len(playground.shop.received)
    answer = on_phone(page)[-1]
    page.post("/api/whatsapp/react", json={"phone": ANA, "id": answer["id"], "emoji": "👍"}).raise_for_status()
    playground.settle()
    assert on_phone(page)[-1]["reaction"] == "👍"
    assert len(playground.shop.received) == before


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("press", {"phone": ANA, "id": "none", "choice": "Sí"}, 404),
        ("react", {"phone": ANA, "id": "none", "emoji": "👍"}, 404),
        ("react", {"phone": ANA, "id": "none"}, 400),
    ],
)
def test_what_is_not_there_cannot_be_answered(page: httpx.Client, path: str, body: dict[str, str], status: int) -> None:
    assert page.post(f"/api/whatsapp/{path}", json=body).status_code == status
