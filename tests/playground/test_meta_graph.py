"""Graph for the shop's number: what it takes, what it refuses, and what becomes of it."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.responses import Response

from fakes.outside_world import NOW, STACK, UNHURRIED, Playground, Theatre
from fakes.policies import POLICY
from mostrador.policy.model import Template
from playground.config import Credentials, PlaygroundConfig
from playground.meta.state import Pair
from playground.whatsapp import WINDOW

ANA, NURIA = "+34600111222", "+34600777888"
ACCOUNT = Credentials()
MESSAGES = f"/meta/v25.0/{ACCOUNT.meta_number_id}/messages"
TOKEN = {"authorization": f"Bearer {ACCOUNT.meta_access_token}"}
FOLLOW_UP = {
    "es": Template("whatsapp", "Hola, {1}: seguimos con {2}.", "follow_up", ("customer", "subject")),
    "en": Template(
        "whatsapp", "Hello {1}: about {2}.", "follow_up", ("customer", "subject"), provider_language="en_GB"
    ),
}

type Json = dict[str, Any]


@pytest.fixture
def playground(stage: Theatre) -> Iterator[Playground]:
    with stage.playing(PlaygroundConfig(stack=STACK, pace=UNHURRIED, whatsapp="meta")) as running:
        running.outside.world.rules.policy = replace(POLICY, templates={"follow_up": FOLLOW_UP})
        yield running


def writes(page: httpx.Client, playground: Playground, phone: str = ANA, text: str = "Hola") -> Json:
    """The message as the shop hears of it."""
    page.post("/api/whatsapp/send", data={"phone": phone, "text": text}).raise_for_status()
    playground.settle()
    value: Json = values(playground)[-1]
    return value


def values(playground: Playground) -> list[Json]:
    """What the shop was told, change by change."""
    documents = (json.loads(each.body) for each in playground.shop.received if each.method == "POST")
    return [change["value"] for document in documents for entry in document["entry"] for change in entry["changes"]]


def statuses(playground: Playground) -> list[Json]:
    return [status for value in values(playground) for status in value.get("statuses", [])]


def text(body: str = "Sale hoy", to: str = ANA, **more: Any) -> Json:
    head = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": to.removeprefix("+")}
    return {**head, "type": "text", "text": {"body": body, "preview_url": False}, **more}


def media(kind: str, to: str = ANA, **part: Any) -> Json:
    return {**text(to=to), "type": kind, kind: part}


def template(*values: object, name: str = "follow_up", language: str = "es", component: str = "body") -> Json:
    parameters = [{"type": "text", "text": value} for value in values]
    part = {"name": name, "language": {"code": language}, "components": [{"type": component, "parameters": parameters}]}
    return {**text(), "type": "template", "template": part}


def send(page: httpx.Client, document: Json, **more: Any) -> httpx.Response:
    return page.post(more.pop("url", MESSAGES), json=document, headers=more.pop("headers", TOKEN), **more)


def refusal(answer: httpx.Response) -> tuple[int, int]:
    """The HTTP status and Graph's code."""
    error = answer.json()["error"]
    assert {"message", "type", "code", "fbtrace_id"} <= error.keys()
    return answer.status_code, error["code"]


def on_phone(page: httpx.Client) -> list[Json]:
    shown: list[Json] = page.get("/api/state").json()["whatsapp"]["messages"]
    return shown


def test_text_within_the_window_is_taken_sent_delivered_and_read_once(
    page: httpx.Client, playground: Playground
) -> None:
    writes(page, playground)
    answer = send(page, text(biz_opaque_callback_data="c1-2")).raise_for_status().json()
    assert answer["contacts"] == [{"input": "34600111222", "wa_id": "34600111222"}]
    assert answer["messaging_product"] == "whatsapp"
    sent_id = answer["messages"][0]["id"]
    assert b"34600111222" in base64.b64decode(sent_id.removeprefix("wamid."))
    playground.settle()
    for _ in range(2):
        page.post("/api/whatsapp/read", json={"phone": ANA}).raise_for_status()
        playground.settle()
    told = statuses(playground)
    assert [status["status"] for status in told] == ["sent", "delivered", "read"]
    assert {(status["id"], status["biz_opaque_callback_data"]) for status in told} == {(sent_id, "c1-2")}
    assert {status["recipient_id"] for status in told} == {"34600111222"}
    assert [shown["text"] for shown in on_phone(page)] == ["Hola", "Sale hoy"]


def test_status_tells_the_price_and_the_conversation(page: httpx.Client, playground: Playground) -> None:
    writes(page, playground)
    send(page, text()).raise_for_status()
    playground.settle()
    sent, delivered = statuses(playground)
    assert sent["pricing"] == {"billable": True, "pricing_model": "PMP", "category": "service", "type": "regular"}
    assert sent["conversation"]["origin"] == {"type": "service"}
    assert int(sent["conversation"]["expiration_timestamp"]) > NOW
    assert delivered["conversation"] == {"id": sent["conversation"]["id"], "origin": {"type": "service"}}
    assert "biz_opaque_callback_data" not in sent
    assert values(playground)[-1]["contacts"][0]["wa_id"] == "34600111222"


@pytest.mark.parametrize("closed", ["never wrote", "a day passes", "the clock runs"])
def test_free_text_outside_the_window_is_taken_and_fails_later(
    page: httpx.Client, playground: Playground, closed: str
) -> None:
    if closed != "never wrote":
        writes(page, playground)
    if closed == "a day passes":
        page.post("/api/whatsapp/later", json={"phone": ANA}).raise_for_status()
    if closed == "the clock runs":
        playground.clock.now += WINDOW
    assert send(page, text(biz_opaque_callback_data="c1-2")).status_code == 200
    playground.settle()
    (failed,) = statuses(playground)
    (error,) = failed["errors"]
    assert (failed["status"], error["code"], failed["biz_opaque_callback_data"]) == ("failed", 131047, "c1-2")
    assert "24 hours" in error["error_data"]["details"]
    assert "contacts" not in values(playground)[-1]
    assert "131047" in on_phone(page)[-1]["problem"]


def test_template_arrives_outside_the_window_filled_in(page: httpx.Client, playground: Playground) -> None:
    answer = send(page, template("Ana", "la entrega")).raise_for_status().json()
    assert answer["messages"][0]["message_status"] == "accepted"
    send(page, template("Ana", "your order", language="en_GB")).raise_for_status()
    playground.settle()
    shown = [message["text"] for message in on_phone(page)]
    assert sorted(shown) == ["Hello Ana: about your order.", "Hola, Ana: seguimos con la entrega."]
    assert {status["pricing"]["category"] for status in statuses(playground)} == {"utility"}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (template("Ana", "x", name="other"), (404, 132001)),
        (template("Ana", "x", language="en"), (404, 132001)),
        (template("Ana"), (400, 132000)),
        (template(), (400, 132000)),
        (template("Ana", ""), (400, 131008)),
        (template("Ana", None), (400, 131008)),
        (template("Ana", "a\nb"), (400, 100)),
        (template("Ana", "a     b"), (400, 100)),
        (template("Ana", "x", component="header"), (400, 100)),
        (template("Ana", "x" * 1024), (400, 100)),
        (text(""), (400, 100)),
        (text("x" * 4097), (400, 100)),
        (text(messaging_product="sms"), (400, 100)),
        (text(type="telegram"), (400, 100)),
        (text(type="image"), (400, 131008)),
        (text(biz_opaque_callback_data="x" * 513), (400, 100)),
        (text(to=""), (400, 131008)),
        (text(recipient="ES.1"), (400, 131008)),
        (text(to="Ana"), (400, 131009)),
        ({**text(to=""), "recipient": "Nuria"}, (400, 131009)),
        ({**text(to=""), "recipient": "ES.nobody"}, (400, 131026)),
        (text(to="34910000000"), (400, 131021)),
        (media("image"), (400, 100)),
        (media("image", link="https://a.example/1", id="1"), (400, 100)),
        (media("image", link="file:///etc/passwd"), (400, 100)),
        (media("image", link="http://[a"), (400, 100)),
        (media("image", id="1"), (400, 100)),
        (media("image", link="https://a.example/1", caption="x" * 1025), (400, 100)),
        (media("audio", link="https://a.example/1", caption="x"), (400, 100)),
        ({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}, (400, 131009)),
    ],
)
def test_what_graph_refuses_is_refused_here(
    page: httpx.Client, playground: Playground, document: Json, code: tuple[int, int]
) -> None:
    assert refusal(send(page, document)) == code
    playground.settle()
    assert (statuses(playground), on_phone(page)) == ([], [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"headers": {}}, (401, 190)),
        ({"headers": {"authorization": "Bearer another"}}, (401, 190)),
        ({"url": MESSAGES.replace("v25.0", "v9.0")}, (400, 2500)),
        ({"url": MESSAGES.replace(ACCOUNT.meta_number_id, "1")}, (400, 100)),
    ],
)
def test_somebody_elses_call_is_refused(page: httpx.Client, changes: Json, code: tuple[int, int]) -> None:
    assert refusal(send(page, text(), **changes)) == code


@pytest.mark.parametrize("content", [b"no JSON", b"[]"])
def test_what_is_no_document_is_refused(page: httpx.Client, content: bytes) -> None:
    answer = page.post(MESSAGES, content=content, headers=TOKEN | {"content-type": "application/json"})
    assert refusal(answer) == (400, 100)
    assert refusal(page.post(MESSAGES, data={"to": "1"}, headers=TOKEN)) == (400, 100)


@pytest.mark.parametrize(
    ("ending", "code"),
    [("0190", (401, 190)), ("1030", (400, 131030)), ("0429", (400, 130429)), ("1056", (400, 131056))],
)
def test_numbers_that_are_refused(page: httpx.Client, ending: str, code: tuple[int, int]) -> None:
    assert refusal(send(page, text(to=f"+3460000{ending}"))) == code


@pytest.mark.parametrize("ending", ["0429", "1000", "1056"])
def test_refusal_that_may_pass_passes(page: httpx.Client, ending: str) -> None:
    codes = [send(page, text(to=f"+3460000{ending}")).status_code for _ in range(3)]
    assert (codes[0] >= 400, codes[1] >= 400, codes[2]) == (True, True, 200)


@pytest.mark.parametrize(("ending", "code"), [("1026", 131026), ("1047", 131047), ("1049", 131049)])
def test_numbers_that_fail_later(page: httpx.Client, playground: Playground, ending: str, code: int) -> None:
    number = f"+3460000{ending}"
    writes(page, playground, number)
    assert send(page, text(to=number)).status_code == 200
    playground.settle()
    assert statuses(playground)[-1]["errors"][0]["code"] == code


def test_too_many_to_one_person_are_refused_until_some_time_has_passed(
    page: httpx.Client, playground: Playground
) -> None:
    answers = (send(page, text()) for _ in range(300))
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refusal(refused) == (400, 131056)
    assert send(page, text(to=NURIA)).status_code == 200
    playground.settle()
    playground.clock.now += 6
    assert send(page, text()).status_code == 200


def test_one_person_gets_45_at_once_and_then_one_in_six_seconds() -> None:
    pair = Pair(at=NOW)
    assert [pair.take(NOW) for _ in range(46)] == [True] * 45 + [False]
    assert [pair.take(NOW + after) for after in (5, 6, 7, 18, 18, 18)] == [False, True, False, True, True, False]


class TestMedia:
    @pytest.mark.parametrize("kind", ["image/png", "image/webp"])
    def test_file_of_a_message_is_had_by_its_id_for_five_minutes(
        self, page: httpx.Client, playground: Playground, kind: str
    ) -> None:
        files = [("files", ("rota", b"bytes", kind))]
        page.post("/api/whatsapp/send", data={"phone": ANA}, files=files).raise_for_status()
        playground.settle()
        message = values(playground)[0]["messages"][0]
        about = page.get(f"/meta/v25.0/{message[message['type']]['id']}", headers=TOKEN).raise_for_status().json()
        assert (about["mime_type"], about["file_size"]) == (kind, 5)
        assert about["sha256"] == hashlib.sha256(b"bytes").hexdigest()
        assert page.get(about["url"], headers=TOKEN).content == b"bytes"
        assert page.get(about["url"]).status_code == 401
        playground.clock.now += 300
        assert page.get(about["url"], headers=TOKEN).status_code == 403

    def test_unknown_id_is_no_object(self, page: httpx.Client) -> None:
        assert refusal(page.get("/meta/v25.0/77", headers=TOKEN)) == (400, 100)

    def test_file_goes_out_by_its_address(self, page: httpx.Client, playground: Playground) -> None:
        writes(page, playground)
        playground.shop.answers = [Response(b"png", media_type="image/png")]
        link = f"{playground.outside.world.config.engine}/files/taza.png"
        send(page, media("image", link=link, caption="La azul")).raise_for_status()
        playground.settle()
        shown = on_phone(page)[-1]
        assert (shown["text"], shown["media"][0]["type"], shown["problem"]) == ("La azul", "image/png", None)

    def test_file_goes_out_by_an_id(self, page: httpx.Client, playground: Playground) -> None:
        writes(page, playground)
        url = MESSAGES.replace("/messages", "/media")
        form = {"messaging_product": "whatsapp", "type": "application/pdf"}
        pdf = {"file": ("factura.pdf", b"%PDF", "application/pdf")}
        media_id = page.post(url, data=form, files=pdf, headers=TOKEN).raise_for_status().json()["id"]
        send(page, media("document", id=media_id, filename="factura.pdf")).raise_for_status()
        playground.settle()
        assert on_phone(page)[-1]["media"][0]["name"] == "factura.pdf"
        assert refusal(page.post(url, data=form, headers=TOKEN)) == (400, 100)
        huge = {"file": ("a.png", b"x" * (5 * 1024 * 1024 + 1), "image/png")}
        assert refusal(page.post(url, data=form | {"type": "image/png"}, files=huge, headers=TOKEN)) == (400, 100)

    @pytest.mark.parametrize(
        "answer",
        [
            Response(status_code=403),
            Response(b"gif", media_type="image/gif"),
            Response(b"x" * (5 * 1024 * 1024 + 1), media_type="image/png"),
        ],
        ids=["refused", "of another type", "too large"],
    )
    def test_file_that_cannot_be_had_fails_the_message(
        self, page: httpx.Client, playground: Playground, answer: Response
    ) -> None:
        writes(page, playground)
        playground.shop.answers = [answer]
        link = f"{playground.outside.world.config.engine}/files/taza.png"
        assert send(page, media("image", link=link)).status_code == 200
        playground.settle()
        assert statuses(playground)[-1]["errors"][0]["code"] == 131053

    def test_address_that_nobody_answers_fails_the_message(self, page: httpx.Client, playground: Playground) -> None:
        send(page, media("image", link="http://127.0.0.1:9/x.png")).raise_for_status()
        playground.settle()
        assert statuses(playground)[-1]["errors"][0]["code"] == 131053


def test_message_of_a_person_is_marked_as_read(page: httpx.Client, playground: Playground) -> None:
    message = writes(page, playground)["messages"][0]
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]}
    answer = send(page, read | {"typing_indicator": {"type": "text"}})
    assert answer.json() == {"success": True}
    assert [shown["read"] for shown in on_phone(page)] == [True]


def test_somebody_with_a_username_is_answered_by_what_meta_calls_them(
    page: httpx.Client, playground: Playground
) -> None:
    message = writes(page, playground, NURIA)["messages"][0]
    document = text() | {"recipient": message["from_user_id"]}
    del document["to"]
    answer = send(page, document).raise_for_status().json()
    assert answer["contacts"] == [{"input": message["from_user_id"], "user_id": message["from_user_id"]}]
    playground.settle()
    assert [status["recipient_user_id"] for status in statuses(playground)] == [message["from_user_id"]] * 2
    assert all("recipient_id" not in status for status in statuses(playground))
    assert on_phone(page)[-1]["phone"] == NURIA


def test_delivered_comes_before_sent_where_that_is_asked_for(page: httpx.Client, playground: Playground) -> None:
    writes(page, playground, "+34600000021")
    send(page, text(to="+34600000021")).raise_for_status()
    playground.settle()
    assert [status["status"] for status in statuses(playground)] == ["delivered", "sent"]
