"""Slash commands, as Slack's client and servers take them."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.responses import JSONResponse, PlainTextResponse, Response

from fakes.outside_world import NOW, Playground
from playground.config import Credentials
from playground.slack.commands import MANIFEST, Command, declared

QUEUE = "C0ATENCION"

Json = dict[str, Any]


def type_in(page: httpx.Client, text: str, user: str = "U0LUIS", **form: str) -> None:
    fields = {"user": user, "channel": QUEUE, "text": text, **form}
    assert page.post("/api/slack/post", data=fields).raise_for_status().json() == {"ts": None}


def messages(page: httpx.Client) -> list[Json]:
    found: list[Json] = page.get("/api/state").json()["slack"]["messages"]
    return found


def test_command_arrives_signed_as_a_form(page: httpx.Client, playground: Playground) -> None:
    type_in(page, "/mostrador  fuera hasta mañana ")
    (received,) = playground.shop.received
    assert received.path.endswith("/slack/commands")
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"
    verifier = SignatureVerifier(Credentials().slack_signing_secret, clock=_Clock())
    assert verifier.is_valid_request(received.body, received.headers)
    fields = dict(parse_qsl(received.body.decode()))
    address, trigger = fields.pop("response_url"), fields.pop("trigger_id")
    assert fields == {
        "token": "deprecated",
        "team_id": "T0TINAJA",
        "team_domain": "latinaja",
        "channel_id": QUEUE,
        "channel_name": "atencion",
        "user_id": "U0LUIS",
        "user_name": "luis",
        "command": "/mostrador",
        "text": "fuera hasta mañana",
        "api_app_id": "A0MOSTRADOR",
        "is_enterprise_install": "false",
    }
    assert address.startswith(f"{playground.url}/slack/response/")
    assert trigger


class _Clock(Clock):
    def now(self) -> float:
        return NOW


def test_empty_answer_leaves_nothing_in_the_channel(page: httpx.Client) -> None:
    type_in(page, "/mostrador")
    assert messages(page) == []


@pytest.mark.parametrize(
    ("answer", "text", "alone"),
    [
        (PlainTextResponse("Estás de turno"), "Estás de turno", True),
        (JSONResponse({"text": "Estás de turno"}), "Estás de turno", True),
        (JSONResponse({"text": "Luis está de turno", "response_type": "in_channel"}), "Luis está de turno", False),
    ],
    ids=["text", "json", "in_channel"],
)
def test_answer_is_for_the_person_alone_unless_it_says_otherwise(
    page: httpx.Client, playground: Playground, answer: Response, text: str, *, alone: bool
) -> None:
    playground.shop.answers.append(answer)
    type_in(page, "/mostrador turno")
    (shown,) = messages(page)
    assert (shown["text"], shown["ephemeral_to"]) == (text, "U0LUIS" if alone else None)
    assert shown["bot_id"] == "B0MOSTRADOR"


def test_app_may_answer_later(page: httpx.Client, playground: Playground) -> None:
    type_in(page, "/mostrador estado")
    url = dict(parse_qsl(playground.shop.received[0].body.decode()))["response_url"]
    with httpx.Client(trust_env=False) as client:
        client.post(url, json={"text": "Marta: 3", "replace_original": True}).raise_for_status()
    (shown,) = messages(page)
    assert (shown["text"], shown["ephemeral_to"], shown["channel"]) == ("Marta: 3", "U0LUIS", QUEUE)


@pytest.mark.parametrize(
    ("language", "said"), [("es", "`/nada` no es un comando válido."), ("en", "`/nada` is not a valid command.")]
)
def test_unknown_command_is_answered_by_slack_itself(
    page: httpx.Client, playground: Playground, language: str, said: str
) -> None:
    page.post("/api/language", json={"language": language})
    type_in(page, "/nada de nada")
    (shown,) = messages(page)
    assert shown["text"].startswith(said)
    assert (shown["username"], shown["bot_id"], shown["ephemeral_to"]) == ("Slackbot", None, "U0LUIS")
    playground.settle()
    assert playground.shop.received == []


def test_command_in_a_thread_is_refused_by_slack(page: httpx.Client, playground: Playground) -> None:
    root = page.post("/api/slack/post", data={"user": "U0LUIS", "channel": QUEUE, "text": "Un hilo"}).json()["ts"]
    type_in(page, "/mostrador estado", thread_ts=root)
    shown = messages(page)[-1]
    assert shown["text"] == "`/mostrador` no se puede usar en hilos. ¡Lo sentimos!"
    assert (shown["thread_ts"], shown["ephemeral_to"]) == (root, "U0LUIS")
    playground.settle()
    assert [each.path for each in playground.shop.received if each.path.endswith("/commands")] == []


@pytest.mark.parametrize(
    "answer",
    [Response(status_code=500), JSONResponse({"blocks": [{"type": "banner"}]})],
    ids=["server error", "blocks that Slack refuses"],
)
def test_failed_command_is_told_to_the_person_and_not_retried(
    page: httpx.Client, playground: Playground, answer: Response
) -> None:
    playground.shop.answers.append(answer)
    type_in(page, "/mostrador estado")
    (shown,) = messages(page)
    assert shown["text"].startswith("`/mostrador` ha fallado con el error")
    assert len(playground.shop.received) == 1
    assert playground.clock.slept == []


def test_space_before_the_slash_makes_it_a_message(page: httpx.Client, playground: Playground) -> None:
    written = page.post("/api/slack/post", data={"user": "U0LUIS", "channel": QUEUE, "text": " /mostrador"}).json()
    playground.settle()
    assert [message["ts"] for message in messages(page)] == [written["ts"]]


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ("{}", ()),
        (
            "{slash_commands: [{command: /uno}, {command: /dos, usage_hint: one}]}",
            (Command("/uno"), Command("/dos", "one")),
        ),
    ],
)
def test_commands_are_those_of_the_apps_manifest(tmp_path: Path, features: str, expected: tuple[Command, ...]) -> None:
    manifest = tmp_path / "manifest.yaml"
    manifest.write_text(f"features: {features}")
    assert declared(manifest) == expected


def test_page_offers_the_shops_command(page: httpx.Client) -> None:
    offered = page.get("/api/state").json()["slack"]["commands"]
    assert [each["name"] for each in offered] == [each.name for each in declared(MANIFEST)] == ["/mostrador"]
