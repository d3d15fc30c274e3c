"""The page's API: the state it draws, the news it waits for, and the shop's public address."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from fakes.outside_world import NOW, STACK, UNHURRIED, Playground, Theatre
from fakes.policies import POLICY
from playground.config import PlaygroundConfig, Stack
from playground.policy import wished_for
from playground.server import read_config
from playground.shop_time import Moment, Pretence
from playground.stack import Wish

QUEUE = "C0ATENCION"


def state(page: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = page.get("/api/state").raise_for_status().json()
    return found


def post(page: httpx.Client, user: str, text: str, **form: str) -> str:
    fields = {"user": user, "channel": QUEUE, "text": text, **form}
    return str(page.post("/api/slack/post", data=fields).raise_for_status().json()["ts"])


class TestState:
    def test_state_shows_the_cast(self, page: httpx.Client) -> None:
        shown = state(page)
        assert shown["shop"] == {"name": "La Tinaja", "mail": "hola@latinaja.example", "phone": "+34910000000"}
        assert (shown["ready"], shown["progress"], shown["language"]) == (True, None, "es")
        assert [account["name"] for account in shown["mail"]["accounts"]] == [
            "Ana Molina",
            "Javier Ruiz",
            "Emma Clarke",
            "Carmen Soler",
        ]
        assert len(shown["sms"]["phones"]) == 5
        names = [channel["name"] for channel in shown["slack"]["channels"]]
        assert names == ["atencion", "mayoristas", "ideas", "general"]
        assert {user["title"] for user in shown["slack"]["users"] if user["name"] == "pablo"} == {"Contabilidad"}
        assert [user["id"] for user in shown["slack"]["users"] if user["is_bot"]] == ["U0MOSTRADOR"]

    def test_unread_is_counted_for_each_person(self, page: httpx.Client, slack: WebClient) -> None:
        slack.chat_postMessage(channel=QUEUE, text="Ana escribe")
        post(page, "U0MARTA", "Lo cojo")
        queue = state(page)["slack"]["channels"][0]
        assert queue["unread"] == {"U0MARTA": 0, "U0LUIS": 2, "U0INES": 2, "U0PABLO": 2}
        page.post("/api/slack/read", json={"user": "U0LUIS", "channel": QUEUE}).raise_for_status()
        assert state(page)["slack"]["channels"][0]["unread"]["U0LUIS"] == 0

    def test_reactions_name_the_people(self, page: httpx.Client) -> None:
        ts = post(page, "U0MARTA", "Hecho")
        reaction = {"user": "U0LUIS", "channel": QUEUE, "ts": ts, "name": "tada"}
        page.post("/api/slack/react", json=reaction).raise_for_status()
        assert state(page)["slack"]["messages"][0]["reactions"] == [{"name": "tada", "users": ["U0LUIS"]}]
        page.post("/api/slack/react", json=reaction | {"remove": True}).raise_for_status()
        assert state(page)["slack"]["messages"][0]["reactions"] == []

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/api/slack/edit", {"user": "U0LUIS", "channel": QUEUE, "ts": "{ts}", "text": "x"}),
            ("/api/slack/delete", {"user": "U0LUIS", "channel": QUEUE, "ts": "{ts}"}),
            ("/api/slack/edit", {"user": "U0MARTA", "channel": QUEUE, "ts": "{ts}", "text": " "}),
            ("/api/slack/delete", {"user": "U0MARTA", "channel": QUEUE, "ts": "1.000000"}),
            ("/api/slack/delete", {"user": "U0MARTA", "channel": "C0NADIE", "ts": "{ts}"}),
            ("/api/slack/read", {"user": "U0MOSTRADOR", "channel": QUEUE}),
            ("/api/slack/react", {"user": "U0LUIS", "channel": QUEUE, "ts": "{ts}", "name": "x", "remove": True}),
            ("/api/slack/read", {"user": "U0MARTA"}),
            ("/api/language", {"language": "fr"}),
            ("/api/stack", {"api_id": "a"}),
            ("/api/shop-time", {"moment": "siesta"}),
            ("/api/shop-time", {}),
        ],
    )
    def test_what_a_person_may_not_do_is_said_in_a_sentence(
        self, page: httpx.Client, path: str, body: dict[str, Any]
    ) -> None:
        ts = post(page, "U0MARTA", "Mío")
        body = {name: ts if value == "{ts}" else value for name, value in body.items()}
        answer = page.post(path, json=body)
        assert answer.status_code == 400
        assert answer.json()["error"].endswith(".")

    def test_language_changes_the_sentences_and_the_shop(self, page: httpx.Client, playground: Playground) -> None:
        assert page.post("/api/language", json={"language": "en"}).status_code == 202
        assert state(page)["language"] == "en"
        assert page.post("/api/slack/read", content="no").json()["error"].startswith("Something is missing")
        playground.settle()
        assert playground.door.pushed == [("en", Pretence())]

    def test_time_of_the_shop_is_pushed_and_shown(self, page: httpx.Client, playground: Playground) -> None:
        assert state(page)["shop_time"]["hours"] is None
        chosen = {"moment": "night", "hurry": True}
        assert page.post("/api/shop-time", json=chosen).status_code == 202
        playground.settle()
        assert playground.door.pushed == [("es", Pretence(Moment.NIGHT, hurry=True))]
        shown = state(page)["shop_time"]
        assert shown | chosen | {"pushing": False} == shown
        assert shown["followed_at"] == NOW + 30
        assert shown["hours"]["open"] is False
        assert shown["hours"]["changes_at"] > NOW
        assert shown["hours"]["first_answer"] == "dos minutos"
        assert shown["hours"]["zone"] == "Europe/Madrid"

    def test_what_is_due_is_looked_for_often_in_a_hurry_and_no_longer(
        self, page: httpx.Client, playground: Playground
    ) -> None:
        outside, door = playground.outside, playground.door
        outside.world.stack = replace(STACK, tick_function="mostrador-tick")
        door.hurried_until, door.when_hurried = 3, lambda: outside.pretend(Pretence())
        page.post("/api/shop-time", json={"moment": "morning", "hurry": True}).raise_for_status()
        playground.settle()
        assert door.ticked == ["mostrador-tick"] * 3
        page.post("/api/shop-time", json={"moment": "night"}).raise_for_status()
        playground.settle()
        assert len(door.ticked) == 3

    def test_shop_is_asked_for_its_hours_when_it_opens(self, page: httpx.Client, playground: Playground) -> None:
        outputs = {"api_id": "a", "stage": "s", "bucket": "b", "receive_mail_function": "f"}
        page.post("/api/stack", json=outputs).raise_for_status()
        playground.settle()
        assert playground.door.pushed == [("es", Pretence())]
        assert state(page)["shop_time"]["hours"]["open"] is True

    def test_traffic_keeps_the_last_hundred(self, page: httpx.Client, slack: WebClient) -> None:
        for _ in range(101):
            slack.auth_test()
        traffic = state(page)["traffic"]
        assert len(traffic) == 100
        assert (traffic[-1]["name"], traffic[-1]["status"], traffic[-1]["kind"]) == ("Slack ← auth.test", 200, "api")


class TestFiles:
    def keep(self, playground: Playground, name: str, media_type: str) -> str:
        return playground.outside.world.files.add(name, media_type, b"<svg/>").id

    def test_picture_is_shown(self, page: httpx.Client, playground: Playground) -> None:
        answer = page.get(f"/api/file/{self.keep(playground, 'a.png', 'image/png')}")
        assert "content-disposition" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/pdf"])
    def test_everything_else_is_a_download(self, page: httpx.Client, playground: Playground, media_type: str) -> None:
        answer = page.get(f"/api/file/{self.keep(playground, 'año "1".x', media_type)}")
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith("attachment; filename=")
        assert disposition.endswith("filename*=UTF-8''a%C3%B1o%20%221%22%2Ex")

    def test_unknown_file_is_not_found(self, page: httpx.Client) -> None:
        assert page.get("/api/file/none").status_code == 404


def test_listeners_hear_of_every_change(page: httpx.Client, playground: Playground) -> None:
    with page.stream("GET", "/api/events") as stream:
        lines = (line for line in stream.iter_lines() if line)
        first = int(next(lines).removeprefix("data: "))
        post(page, "U0MARTA", "Hola")
        assert int(next(lines).removeprefix("data: ")) > first
        playground.outside.world.close()
        assert all(line.startswith("data: ") for line in lines)


class TestForwarding:
    @pytest.mark.parametrize("kind", ["events", "actions", "commands", "options"])
    def test_slacks_calls_reach_the_stack_untouched(
        self, page: httpx.Client, playground: Playground, kind: str
    ) -> None:
        body = b'{"a": "\\u00f1"}\xff'
        headers = {"X-Slack-Signature": "v0=1", "Content-Type": "application/json"}
        assert page.post(f"/slack/{kind}?a=%20b&c", content=body, headers=headers).status_code == 200
        (received,) = playground.shop.received
        assert received.path == f"/_aws/execute-api/api1/local/slack/{kind}"
        assert (received.query, received.body) == ("a=%20b&c", body)
        assert received.headers["x-slack-signature"] == "v0=1"

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_webhooks_keep_their_escaped_path(self, page: httpx.Client, playground: Playground, method: str) -> None:
        page.request(method, "/webhooks/meta%2Fx?hub.challenge=1%2B1")
        (received,) = playground.shop.received
        assert received.method == method
        assert received.path == "/_aws/execute-api/api1/local/webhooks/meta%2Fx"
        assert received.query == "hub.challenge=1%2B1"

    def test_before_the_stack_is_up_it_answers_503_and_mail_waits(self, stage: Theatre) -> None:
        with (
            stage.playing(PlaygroundConfig(pace=UNHURRIED)) as playground,
            httpx.Client(base_url=playground.url, trust_env=False) as page,
        ):
            assert not state(page)["ready"]
            page.post("/api/progress", json={"progress": "Desplegando"})
            assert state(page)["progress"] == "Desplegando"
            assert page.post("/webhooks/twilio").status_code == 503
            form = {"account": "ana.molina@correo.example", "to": "hola@latinaja.example", "text": "Hola"}
            page.post("/api/mail/send", data=form)
            assert playground.door.events == []
            outputs = {"api_id": "a", "stage": "s", "bucket": "b", "receive_mail_function": "f"}
            page.post("/api/stack", json=outputs)
            playground.settle()
            assert len(playground.door.events) == 1
            assert (state(page)["ready"], state(page)["progress"]) == (True, None)

    def test_shop_that_starts_in_english_is_told_so(self, stage: Theatre, page: httpx.Client) -> None:
        with stage.playing(PlaygroundConfig(pace=UNHURRIED, language="en")) as playground:
            outputs = {"api_id": "a", "stage": "s", "bucket": "b", "receive_mail_function": "f", "table": "t"}
            page.post("/api/stack", json=outputs).raise_for_status()
            playground.settle()
            assert playground.door.pushed == [("en", Pretence())]
            assert playground.outside.world.stack == Stack("a", "s", "b", "f", "t")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 400),
        ({}, 200),
    ],
)
def test_other_sites_cannot_write_here(page: httpx.Client, headers: dict[str, str], status: int) -> None:
    body = {"user": "U0MARTA", "channel": QUEUE}
    assert page.post("/api/slack/read", json=body, headers=headers).status_code == status


def test_options_of_the_stack_belong_together() -> None:
    with pytest.raises(SystemExit):
        read_config(["--api-id", "a"])
    outputs = ["--api-id", "a", "--stage", "s", "--bucket", "b", "--receive-mail-function", "f"]
    config = read_config([*outputs, "--language", "en", "--port", "4700"])
    assert config.stack is not None
    assert (config.stack.bucket, config.language, config.public_url) == ("b", "en", "http://127.0.0.1:4700")


def test_story_marks_its_notes_as_the_policy_has_it() -> None:
    policy = wished_for(Wish("es", Pretence(), "inbox", "bucket1"), NOW).policy
    assert read_config([]).note_mark == policy.note_mark


def test_policy_in_force_says_how_notes_are_marked(page: httpx.Client, playground: Playground) -> None:
    playground.outside.world.rules.policy = replace(POLICY, note_mark="nota:")
    assert state(page)["note_mark"] == "nota:"


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_server_stops_at_once_though_a_page_is_listening(signal_number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "playground.server", "--port", str(port)]
    environment = os.environ | {"PYTHONWARNINGS": "error"}
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, env=environment) as server,  # noqa: S603 - this very Python
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", trust_env=False, transport=httpx.HTTPTransport(retries=10)
        ) as page,
        page.stream("GET", "/api/events") as stream,
    ):
        assert json.loads(next(stream.iter_lines()).removeprefix("data: ")) == 0
        began = time.monotonic()
        server.send_signal(signal_number)
        _, complaints = server.communicate(timeout=5)
        assert time.monotonic() - began < 2
        assert complaints == b""
