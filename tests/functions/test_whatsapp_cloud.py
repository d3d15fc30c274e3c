"""WhatsApp from Meta, there and back: whole functions between Meta's and Slack's simulators, over loopback."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cli.policyfile.read import read_policy
from fakes.outside_world import STACK, UNHURRIED, Playground, Theatre, theatre
from functions.conftest import META, ROOT, SLACK, Invoke, Queues, http_event, sqs_event
from playground.config import Credentials, PlaygroundConfig

ANA, NURIA = "+34600111222", "+34600777888"
ACCOUNT = Credentials(
    slack_bot_token=SLACK["bot_token"],
    slack_signing_secret=SLACK["signing_secret"],
    meta_app_secret=META["app_secret"],
    meta_verify_token=META["verify_token"],
    meta_access_token=META["access_token"],
)
ORDERED = {"inbound": "ingest", "desk": "notify", "actions": "act", "deliver": "deliver"}
"""The queues and who is woken by them."""
A_WHILE = 60.0
"""Seconds: longer than answers are held back, and than anything is put off."""

type Json = dict[str, Any]


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as opened:
        yield opened


class Api:
    """The shop's HTTP API: requests to functions, as API Gateway hands them over."""

    def __init__(self, invoke: Invoke) -> None:
        self._invoke = invoke

    def app(self) -> Starlette:
        return Starlette(
            routes=[Route("/_aws/execute-api/{api}/{stage}/{path:path}", self.take, methods=["GET", "POST"])]
        )

    async def take(self, request: Request) -> Response:
        path, body = request.path_params["path"], await request.body()
        event = http_event(
            f"/prod/{path}", body, dict(request.headers), query=request.url.query, encoded=True, method=request.method
        )
        answer = await run_in_threadpool(self._invoke, "slack" if path.startswith("slack/") else "receive", event)
        return Response(answer.get("body", ""), answer["statusCode"], answer.get("headers"))


@dataclass
class Counter:
    """The shop with the functions that are woken by queues, one event after the other."""

    page: httpx.Client
    playground: Playground
    invoke: Invoke
    queues: Queues
    conversations: set[str] = field(default_factory=set)

    def works(self) -> None:
        """Until nothing is left to do, nor on its way; and then what was held back, whose delay is over by now."""
        self._work_off()
        self.playground.clock.now += A_WHILE
        for conversation in sorted(self.conversations):
            self.invoke("release", sqs_event(json.dumps({"conversation": conversation}), group=""))
        self._work_off()

    def _work_off(self) -> None:
        self.playground.settle()
        while events := [(woken, body) for queue, woken in ORDERED.items() for body in self.queues.messages(queue)]:
            for function, body in events:
                assert self.invoke(function, sqs_event(json.dumps(body))) == {"batchItemFailures": []}
                self.conversations |= {body["conversation"]} if function == "notify" else set()
            self.playground.settle()

    @property
    def state(self) -> Json:
        state: Json = self.page.get("/api/state").json()
        return state

    def chats(self, text: str, phone: str = ANA, files: dict[str, bytes] | None = None) -> None:
        parts = [("files", (name, content)) for name, content in (files or {}).items()]
        self.page.post(
            "/api/whatsapp/send", data={"phone": phone, "text": text}, files=parts or None
        ).raise_for_status()
        self.works()

    def on_phone(self) -> Json:
        last: Json = self.state["whatsapp"]["messages"][-1]
        return last

    def slack(self, saying: str) -> Json:
        """The last message in Slack that says this."""
        messages = self.state["slack"]["messages"]
        found: Json = next(
            each for each in reversed(messages) if saying in f"{each['text']} {each['blocks']} {each['files']}"
        )
        return found

    @property
    def card(self) -> Json:
        """Of the only conversation, or of the newest."""
        (*_, card) = [each for each in self.state["slack"]["messages"] if each["thread_ts"] in (None, each["ts"])]
        found: Json = card
        return found

    def answers(self, text: str) -> None:
        form = {"user": "U0MARTA", "channel": self.card["channel"], "thread_ts": self.card["ts"], "text": text}
        self.page.post("/api/slack/post", data=form).raise_for_status()
        self.works()

    def offers(self, template: str) -> None:
        """Asks which, and answers."""
        self.presses(self.card, "template")
        (*_, question) = [each for each in self.state["slack"]["messages"] if each["ephemeral_to"] == "U0MARTA"]
        self.presses(question, "send_template", template)
        assert question["ts"] not in [each["ts"] for each in self.state["slack"]["messages"]]

    def presses(self, message: Json, action: str, chosen: str = "") -> None:
        (block_id,) = [
            block["block_id"]
            for block in message["blocks"]
            for element in (*block.get("elements", []), block.get("accessory") or {})
            if element.get("action_id") == action and element.get("value", "").endswith(chosen)
        ]
        place = {"channel": message["channel"], "ts": message["ts"], "block_id": block_id, "action_id": action}
        self.page.post("/api/slack/action", json={"user": "U0MARTA", **place}).raise_for_status()
        self.works()

    def marks(self, text: str) -> list[str]:
        """On the last message that is just this text."""
        (*_, message) = [each for each in self.state["slack"]["messages"] if each["text"] == text]
        return [reaction["name"] for reaction in message["reactions"]]


@pytest.fixture
def counter(
    stage: Theatre, invoke: Invoke, queues: Queues, secrets: None, policy: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counter]:
    config = PlaygroundConfig(stack=STACK, pace=UNHURRIED, whatsapp="meta", credentials=ACCOUNT)
    with stage.playing(config) as playground, httpx.Client(base_url=stage.url, trust_env=False) as page:
        stage.shop.app = Api(invoke).app()
        playground.outside.world.rules.policy = read_policy(ROOT / "infra/policy/policy.yaml").policy
        values = {
            "PUBLIC_BASE_URL": playground.url,
            "SLACK_API_URL": f"{playground.url}/slack/api/",
            "META_GRAPH_URL": f"{playground.url}/meta",
            "WHATSAPP_PROVIDER": "meta",
            "WHATSAPP_SENDER": ACCOUNT.meta_number_id,
            "AWS_REGION": "eu-west-1",
        }
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("time.time", playground.clock.time)
        yield Counter(page, playground, invoke, queues)


def test_message_with_a_file_is_answered_and_read(counter: Counter) -> None:
    counter.chats("¿Llegó rota?", files={"rota.png": b"\x89PNG not really"})
    counter.slack("¿Llegó rota?")
    (file,) = counter.slack("'mimetype': 'image/png'")["files"]
    assert counter.page.get(f"/api/file/{file['id']}").content == b"\x89PNG not really"
    counter.answers("Te mando otra.")
    assert counter.on_phone()["text"] == "Te mando otra."
    assert counter.marks("Te mando otra.") == ["white_check_mark"]
    counter.page.post("/api/whatsapp/read", json={"phone": ANA}).raise_for_status()
    counter.works()
    assert counter.marks("Te mando otra.") == ["eyes"]


def test_whoever_has_not_written_for_a_day_gets_a_template_and_presses_its_button(counter: Counter) -> None:
    counter.chats("Hola")
    counter.page.post("/api/whatsapp/later", json={"phone": ANA}).raise_for_status()
    counter.answers("¿Sigues ahí?")
    assert "131047" in counter.on_phone()["problem"]
    assert counter.marks("¿Sigues ahí?") == ["x"]
    assert "ventana cerrada" in str(counter.card["blocks"])
    counter.offers("whatsapp_follow_up")
    template = counter.on_phone()
    assert template["text"].startswith("Hola, Ana Molina: seguimos con tu consulta")
    choice = {"phone": ANA, "id": template["id"], "choice": template["choices"][0]}
    counter.page.post("/api/whatsapp/press", json=choice).raise_for_status()
    counter.works()
    counter.slack("Sí, por favor")
    assert "ventana abierta" in str(counter.card["blocks"])


def test_somebody_who_goes_by_a_username_is_answered(counter: Counter) -> None:
    counter.chats("¿Hacéis envíos?", NURIA)
    assert "Nuria Vega" in str(counter.card["blocks"])
    counter.answers("Claro que sí.")
    shown = counter.on_phone()
    assert (shown["phone"], shown["text"], shown["problem"]) == (NURIA, "Claro que sí.", None)


def test_what_meta_says_twice_and_in_the_wrong_order_is_one_message_with_its_last_mark(counter: Counter) -> None:
    for number in ("+34600000002", "+34600000021"):
        counter.chats("Hola otra vez", number)
        shown = [each for each in counter.state["slack"]["messages"] if each["text"] == "Hola otra vez"]
        assert len({each["thread_ts"] for each in shown}) == len(shown)
        counter.answers("Dime.")
        assert counter.marks("Dime.") == ["white_check_mark"]


def test_refusal_that_passes_is_tried_again_until_the_answer_is_there(counter: Counter) -> None:
    counter.chats("Hola", "+34600000429")
    counter.answers("Dime.")
    for _ in range(5):
        counter.works()
    assert counter.on_phone()["text"] == "Dime."
    assert counter.marks("Dime.") == ["white_check_mark"]
