"""Meta's calls to the shop: asked once, signed over their bytes, and repeated until somebody says 200."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fakes.outside_world import STACK, UNHURRIED, Playground, Received, Theatre
from mostrador.channels.base import WebhookRequest
from mostrador.channels.meta import signature as ours
from mostrador.domain.errors import Refused
from playground.config import Credentials, Pace, PlaygroundConfig, WhatsappProvider
from playground.meta.wire import encoded, signature
from playground.processes import StartFailed
from playground.running import parameters
from playground.server import read_config
from playground.up import chosen_whatsapp
from playground.whatsapp import Arriving

ANA, JAVIER, NURIA = "+34600111222", "+34600333444", "+34600777888"
SECRET = Credentials().meta_app_secret
RETRIES = Pace().meta_retries

type Json = dict[str, Any]


@pytest.fixture
def playground(stage: Theatre) -> Iterator[Playground]:
    with stage.playing(PlaygroundConfig(stack=STACK, pace=UNHURRIED, whatsapp="meta")) as running:
        yield running


def sends(page: httpx.Client, phone: str = ANA, text: str = "Hola", **more: Any) -> None:
    page.post("/api/whatsapp/send", data={"phone": phone, "text": text}, **more).raise_for_status()


def value_of(received: Received) -> Json:
    (entry,) = json.loads(received.body)["entry"]
    (change,) = entry["changes"]
    assert change["field"] == "messages"
    value: Json = change["value"]
    return value


def only_message(playground: Playground) -> Json:
    playground.settle()
    message: Json = value_of(playground.shop.received[-1])["messages"][0]
    return message


class TestSignature:
    def test_vector(self) -> None:
        """Six characters stand for one letter, and the signature is over those six."""
        body = (
            rb'{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"message":{"mid":"m1","text":"a\u00f1o"}}]}]}'
        )
        expected = "sha256=9e1eb74394f8688440a6277c5e3454f82182401e79275e06dfe865d08a0a57dc"
        assert signature(body, "test-secret") == expected
        assert encoded(json.loads(body)) == body

    def test_letters_and_slashes_are_escaped(self, page: httpx.Client, playground: Playground) -> None:
        sends(page, text="¿Año? https://latinaja.example/ 💙")
        playground.settle()
        (received,) = playground.shop.received
        assert rb"\u00bfA\u00f1o? https:\/\/latinaja.example\/ \ud83d\udc99" in received.body
        assert value_of(received)["messages"][0]["text"]["body"] == "¿Año? https://latinaja.example/ 💙"

    def test_bytes_that_the_shop_gets_are_those_that_are_signed(
        self, page: httpx.Client, playground: Playground
    ) -> None:
        sends(page, text="Año")
        playground.settle()
        (received,) = playground.shop.received
        assert received.path.endswith("/webhooks/meta")
        url = f"{playground.url}/webhooks/meta"
        request = WebhookRequest("POST", url, received.headers, received.body, playground.clock.now)
        ours.verify(request, {"app_secret": SECRET})
        rewritten = json.dumps(json.loads(received.body), ensure_ascii=False).encode()
        with pytest.raises(Refused):
            ours.verify(WebhookRequest("POST", url, received.headers, rewritten, 0), {"app_secret": SECRET})
        older = hmac.new(SECRET.encode(), received.body, hashlib.sha1).hexdigest()
        assert received.headers["x-hub-signature"] == f"sha1={older}"


class TestMessages:
    def test_text_tells_who_wrote_by_number_and_by_what_meta_calls_them(
        self, page: httpx.Client, playground: Playground
    ) -> None:
        sends(page)
        message = only_message(playground)
        value = value_of(playground.shop.received[-1])
        assert value["metadata"] == {"display_phone_number": "34910000000", "phone_number_id": "106540352242922"}
        (contact,) = value["contacts"]
        assert contact["profile"] == {"name": "Ana Molina"}
        assert (contact["wa_id"], contact["user_id"]) == (message["from"], message["from_user_id"])
        assert (message["from"], message["type"], message["text"]) == ("34600111222", "text", {"body": "Hola"})
        assert message["timestamp"].isdecimal()

    def test_somebody_with_a_username_has_no_number(self, page: httpx.Client, playground: Playground) -> None:
        sends(page, NURIA)
        message = only_message(playground)
        (contact,) = value_of(playground.shop.received[-1])["contacts"]
        assert contact["profile"] == {"name": "Nuria Vega", "username": "@nuria.vega"}
        assert "wa_id" not in contact
        assert "from" not in message
        assert message["from_user_id"] == contact["user_id"]

    @pytest.mark.parametrize(
        ("media_type", "kind", "more"),
        [
            ("image/jpeg", "image", {"caption": "Mira"}),
            ("video/mp4", "video", {"caption": "Mira"}),
            ("application/pdf", "document", {"caption": "Mira", "filename": "a.bin"}),
            ("audio/ogg", "audio", {"voice": True}),
            ("image/webp", "sticker", {"animated": False}),
        ],
    )
    def test_file_is_named_by_an_id(
        self, page: httpx.Client, playground: Playground, media_type: str, kind: str, more: Json
    ) -> None:
        sends(page, text="Mira", files=[("files", ("a.bin", b"x", media_type))])
        message = only_message(playground)
        assert message["type"] == kind
        part = message[kind]
        assert part["id"].isdecimal()
        assert {name: part[name] for name in part.keys() - {"id", "sha256"}} == {"mime_type": media_type, **more}

    def test_what_is_written_in_a_moment_comes_in_one_body(self, page: httpx.Client, playground: Playground) -> None:
        sends(page, text="Las dos", files=[("files", (name, b"x", "image/png")) for name in ("a.png", "b.png")])
        playground.settle()
        (received,) = playground.shop.received
        value = value_of(received)
        assert [message["image"].get("caption") for message in value["messages"]] == [None, "Las dos"]
        assert len(value["contacts"]) == 1

    def test_place_and_card_are_shared(self, page: httpx.Client, playground: Playground) -> None:
        page.post("/api/whatsapp/send", data={"phone": ANA, "place": "workshop"}).raise_for_status()
        location = only_message(playground)["location"]
        assert (location["name"], location["latitude"]) == ("Alfar La Tinaja", 39.961233)
        page.post("/api/whatsapp/send", data={"phone": ANA, "contact": "friend"}).raise_for_status()
        (card,) = only_message(playground)["contacts"]
        assert card["name"] == {"first_name": "Javier", "last_name": "Ruiz", "formatted_name": "Javier Ruiz"}
        assert (card["phones"][0]["wa_id"], card["emails"][0]["email"]) == ("34600333444", "javier.ruiz@correo.example")

    def test_reaction_is_told_and_taken_back(self, page: httpx.Client, playground: Playground) -> None:
        answered(page, playground)
        shown = page.get("/api/state").json()["whatsapp"]["messages"][-1]
        reaction = {"phone": ANA, "id": shown["id"], "emoji": "👍"}
        page.post("/api/whatsapp/react", json=reaction).raise_for_status()
        told = only_message(playground)["reaction"]
        assert told == {"message_id": "wamid.answer", "emoji": "👍"}
        page.post("/api/whatsapp/react", json=reaction).raise_for_status()
        assert only_message(playground)["reaction"] == {"message_id": "wamid.answer"}

    def test_button_says_what_it_was_below(self, page: httpx.Client, playground: Playground) -> None:
        answered(page, playground, template=True)
        shown = page.get("/api/state").json()["whatsapp"]["messages"][-1]
        pressed = {"phone": ANA, "id": shown["id"], "choice": "Ahora no"}
        page.post("/api/whatsapp/press", json=pressed).raise_for_status()
        message = only_message(playground)
        assert message["button"] == {"payload": "Ahora no", "text": "Ahora no"}
        assert message["context"] == {"from": "34910000000", "id": "wamid.answer"}


def answered(page: httpx.Client, playground: Playground, *, template: bool = False) -> None:
    """Something of the shop's arrived on Ana's phone."""
    sends(page)
    playground.settle()

    async def arrive() -> None:
        playground.outside.chats.receive(ANA, Arriving("Hola", [], "wamid.answer", template=template))

    playground.loop.run(arrive())


class TestRepeating:
    @pytest.mark.parametrize("status", [500, 403, 404, 202, 204])
    def test_anything_but_200_brings_the_same_bytes_again_ever_more_rarely(
        self, page: httpx.Client, playground: Playground, status: int
    ) -> None:
        playground.shop.answers = [Response(status_code=status), Response(status_code=status)]
        sends(page)
        playground.settle()
        assert len(playground.shop.received) == 3
        assert len({(each.body, each.headers["x-hub-signature-256"]) for each in playground.shop.received}) == 1
        assert [pause for pause in playground.clock.slept if pause in RETRIES] == [*RETRIES[:2]]
        assert list(RETRIES) == sorted(RETRIES)

    def test_in_the_end_it_is_dropped(self, page: httpx.Client, playground: Playground) -> None:
        playground.shop.answers = [Response(status_code=500) for _ in range(20)]
        sends(page)
        playground.settle()
        assert len(playground.shop.received) == len(RETRIES) + 1

    def test_everything_of_a_certain_number_is_told_twice(self, page: httpx.Client, playground: Playground) -> None:
        sends(page, "+34600000002")
        playground.settle()
        first, second = playground.shop.received
        assert first.body == second.body


type Answer = Callable[[Request], Response]


def repeats(request: Request) -> Response:
    return PlainTextResponse(request.query_params["hub.challenge"])


class TestHandshake:
    def asked(self, page: httpx.Client, playground: Playground, *greetings: Answer) -> list[Received]:
        """What was asked when the stack came up."""
        playground.shop.greetings = list(greetings)
        outputs = {"api_id": "api1", "stage": "local", "bucket": "b", "receive_mail_function": "f"}
        page.post("/api/stack", json=outputs).raise_for_status()
        playground.settle()
        return [each for each in playground.shop.received if "hub.mode" in each.query]

    def test_address_that_repeats_the_challenge_is_told_of_messages(
        self, page: httpx.Client, playground: Playground
    ) -> None:
        (asked,) = self.asked(page, playground, repeats)
        assert httpx.QueryParams(asked.query)["hub.mode"] == "subscribe"
        assert httpx.QueryParams(asked.query)["hub.verify_token"] == Credentials().meta_verify_token
        sends(page)
        assert only_message(playground)["text"]["body"] == "Hola"

    def test_address_that_says_something_else_is_told_nothing(self, page: httpx.Client, playground: Playground) -> None:
        assert len(self.asked(page, playground, lambda _: PlainTextResponse('"1"'))) == 1
        before = len(playground.shop.received)
        sends(page)
        playground.settle()
        assert len(playground.shop.received) == before

    def test_shop_that_does_not_answer_yet_is_asked_again(self, page: httpx.Client, playground: Playground) -> None:
        unwell = Response(status_code=503)
        assert len(self.asked(page, playground, lambda _: unwell, repeats)) == 2
        sends(page)
        assert only_message(playground)["text"]["body"] == "Hola"


class TestChoosing:
    @pytest.mark.parametrize(("said", "chosen"), [(None, "twilio"), ("twilio", "twilio"), ("meta", "meta")])
    def test_who_carries_whatsapp_is_said_by_a_variable(
        self, monkeypatch: pytest.MonkeyPatch, said: str | None, chosen: str
    ) -> None:
        monkeypatch.delenv("WHATSAPP", raising=False)
        if said is not None:
            monkeypatch.setenv("WHATSAPP", said)
        assert chosen_whatsapp() == chosen

    @pytest.mark.parametrize("said", ["", "Meta", "pigeon"])
    def test_anything_else_is_refused_with_what_to_type(self, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
        monkeypatch.setenv("WHATSAPP", said)
        with pytest.raises(StartFailed, match="make up WHATSAPP=meta"):
            chosen_whatsapp()

    def test_program_is_told(self) -> None:
        assert (read_config([]).whatsapp, read_config(["--whatsapp", "meta"]).whatsapp) == ("twilio", "meta")

    @pytest.mark.parametrize(("provider", "sender"), [("twilio", "+34910000000"), ("meta", "106540352242922")])
    def test_stack_is_told_with_whom_its_number_is(self, provider: WhatsappProvider, sender: str) -> None:
        given = parameters("http://127.0.0.1:4600", "http://127.0.0.1:4566", provider)
        assert (given["WhatsappProvider"], given["WhatsappSender"]) == (provider, sender)
        assert given["MetaGraphUrl"] == "http://127.0.0.1:4600/meta"
