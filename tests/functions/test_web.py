"""The pages through the whole function: handed out, sent back, queued, and seen again."""

import base64
import gzip
import json
import re
from typing import Any

import boto3
import pytest

from cli.chat_script import chat_script
from fakes.web import ANA, BOUNDARY, KEY, multipart
from functions.conftest import Invoke, Json, Queues, http_event
from mostrador.channels.form.tokens import Page, page_token

PNG = b"\x89PNG\r\n\x1a\n\xff\xfe\x00"


@pytest.fixture(autouse=True)
def key(environment: None, secrets: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = boto3.client("secretsmanager")
    client.create_secret(Name="mostrador/web-key", SecretString=json.dumps({"key": KEY}))
    monkeypatch.setenv("CHANNELS", "email,form")


def ask(
    invoke: Invoke, path: str, *, method: str = "GET", body: bytes = b"", query: str = "", **parameters: str
) -> Json:
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept-Language": "es"}
    event = http_event(f"/prod/web/{path}", body, headers, query=query, encoded=method == "POST")
    event["requestContext"]["http"] |= {"method": method, "sourceIp": "203.0.113.7"}
    event["pathParameters"] = parameters or {"page": path}
    answer: Json = invoke("web", event)
    return answer


def test_a_page_is_handed_out_and_one_that_was_open_for_years_comes_back(
    invoke: Invoke, queues: Queues, policy: None
) -> None:
    token = page_token(Page("01kw0000000000000000000000", 0), KEY)
    old = ask(invoke, "form", method="POST", body=multipart({"token": token, "lang": "es", **ANA}))
    assert ask(invoke, "form")["statusCode"] == 200
    assert (old["statusCode"], queues.messages("inbound")) == (422, [])


def test_what_was_sent_is_queued_and_its_file_lies_in_the_bucket(
    invoke: Invoke, queues: Queues, policy: None, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mostrador.usecases.web.contact.FASTEST", 0)
    token = re.search(r'name="token" value="([^"]+)"', ask(invoke, "form")["body"])
    assert token is not None
    body = multipart({"token": token[1], "lang": "es", **ANA}, [("plato.png", "image/png", PNG)])
    sent = ask(invoke, "form", method="POST", body=body)
    [event] = queues.messages("inbound")
    [file] = event["payload"]["files"]
    client: Any = boto3.client("s3")
    assert sent["statusCode"] == 303
    assert client.get_object(Bucket=bucket, Key=file["key"])["Body"].read() == PNG
    assert event["payload"]["text"] == ANA["text"]
    assert ask(invoke, "thanks", query=sent["headers"]["location"].partition("?")[2])["statusCode"] == 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("form.css", "text/css; charset=utf-8"),
        ("dark.css", "text/css; charset=utf-8"),
        ("form.js", "text/javascript; charset=utf-8"),
        ("conversation.js", "text/javascript; charset=utf-8"),
        ("embed.js", "text/javascript; charset=utf-8"),
        ("call.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_what_pages_look_like_is_served_and_may_be_kept(invoke: Invoke, policy: None, name: str, kind: str) -> None:
    version = re.search(r"form\.css\?(v=\w+)", ask(invoke, "form")["body"])
    assert version is not None
    lasting = ask(invoke, f"assets/{name}", query=version[1], name=name)
    passing = ask(invoke, f"assets/{name}", name=name)
    assert lasting["headers"]["content-type"] == kind
    assert "immutable" in lasting["headers"]["cache-control"]
    assert "immutable" not in passing["headers"]["cache-control"]
    assert lasting["body"] == passing["body"] != ""


def test_chat_is_served_small_and_asked_for_again_only_when_it_changed(invoke: Invoke) -> None:
    plain, packed = script(invoke), script(invoke, **{"Accept-Encoding": "br, gzip"})
    known = script(invoke, **{"If-None-Match": f'"old", {plain["headers"]["etag"]}', "Accept-Encoding": "gzip"})
    assert (plain["statusCode"], plain["body"], plain["isBase64Encoded"]) == (200, chat_script(), False)
    assert (packed["headers"]["content-encoding"], packed["isBase64Encoded"]) == ("gzip", True)
    assert gzip.decompress(base64.b64decode(packed["body"])).decode() == chat_script()
    assert (known["statusCode"], known["body"]) == (304, "")
    for answer in (plain, packed, known):
        assert answer["headers"]["content-type"].startswith("text/javascript")
        assert answer["headers"]["vary"] == "accept-encoding"
        assert "max-age=3600" in answer["headers"]["cache-control"]


def script(invoke: Invoke, **headers: str) -> Json:
    event = http_event("/prod/web/chat.js", b"", headers)
    event["requestContext"]["http"] |= {"method": "GET", "sourceIp": "203.0.113.7"}
    event["pathParameters"] = {"page": "chat.js"}
    answer: Json = invoke("web", event)
    return answer


def test_pages_of_another_origin_may_read_whether_a_call_is_offered(invoke: Invoke, policy: None) -> None:
    answer = ask(invoke, "offer")
    assert answer["headers"]["access-control-allow-origin"] == "*"
    assert json.loads(answer["body"])["basket_from"] is None  # the phone is not switched on


@pytest.mark.parametrize("name", ["app.py", "../app.py", "", "form.css.map"])
def test_nothing_else_of_the_function_is_served(invoke: Invoke, name: str) -> None:
    assert ask(invoke, f"assets/{name}", name=name)["statusCode"] == 404
