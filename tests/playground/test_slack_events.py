"""What the app hears of: signed, enveloped, and tried again as Slack tries again."""

import json
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.responses import Response

from fakes.outside_world import NOW, STACK, UNHURRIED, Playground, Received, Theatre
from playground.config import Credentials, PlaygroundConfig

QUEUE = "C0ATENCION"
EVENTS_PATH = "/_aws/execute-api/api1/local/slack/events"


class At(Clock):
    """The moment at which the verifier looks."""

    def __init__(self, moment: float) -> None:
        self._moment = moment

    def now(self) -> float:
        return self._moment


def write(page: httpx.Client, text: str, **fields: str) -> str:
    form = {"user": "U0MARTA", "channel": QUEUE, "text": text, **fields}
    return str(page.post("/api/slack/post", data=form).raise_for_status().json()["ts"])


def envelopes(playground: Playground) -> list[dict[str, Any]]:
    playground.settle()
    return [json.loads(each.body) for each in playground.shop.received if each.path == EVENTS_PATH]


def events(playground: Playground) -> list[dict[str, Any]]:
    return [envelope["event"] for envelope in envelopes(playground)]


def is_genuine(received: Received, moment: float, secret: str) -> bool:
    verifier = SignatureVerifier(secret, clock=At(moment))
    return verifier.is_valid_request(received.body, received.headers)


def test_message_of_a_person_arrives_in_slacks_envelope(page: httpx.Client, playground: Playground) -> None:
    ts = write(page, "¿Quién coge esto?")
    (envelope,) = envelopes(playground)
    assert envelope["type"] == "event_callback"
    assert (envelope["team_id"], envelope["api_app_id"]) == ("T0TINAJA", "A0MOSTRADOR")
    assert envelope["authorizations"][0]["user_id"] == "U0MOSTRADOR"
    assert envelope["event_id"].startswith("Ev")
    event = envelope["event"]
    assert (event["type"], event["channel"], event["channel_type"]) == ("message", QUEUE, "channel")
    assert (event["user"], event["text"], event["ts"], event["event_ts"]) == ("U0MARTA", "¿Quién coge esto?", ts, ts)
    assert "subtype" not in event
    assert "bot_id" not in event


def test_event_is_signed_over_its_raw_body(page: httpx.Client, playground: Playground) -> None:
    write(page, "Añil & cía")
    playground.settle()
    (received,) = playground.shop.received
    secret = Credentials().slack_signing_secret
    assert is_genuine(received, NOW, secret)
    assert not is_genuine(received, NOW, "another secret")
    assert not is_genuine(received, NOW + 301, secret)


def test_signature_is_the_one_that_slack_computes(stage: Theatre) -> None:
    credentials = Credentials(slack_signing_secret="test-secret")
    with stage.playing(PlaygroundConfig(stack=STACK, pace=UNHURRIED, credentials=credentials)) as playground:
        playground.clock.now = 1_780_000_000
        body = '{"type":"url_verification","challenge":"abc"}'
        playground.loop.run(playground.outside.workspace.post_signed("/slack/events", body, {}))
        headers = playground.shop.received[0].headers
    expected = "v0=0163e85c8da55f573ec1c21d00006367ab48dba2f2ad77a95732778c6b631cf2"
    assert (headers["x-slack-request-timestamp"], headers["x-slack-signature"]) == ("1780000000", expected)


def test_failed_event_is_tried_at_once_then_after_one_and_five_minutes(
    page: httpx.Client, playground: Playground
) -> None:
    playground.shop.answers += [Response(status_code=500)] * 4
    write(page, "Hola")
    playground.settle()
    received = playground.shop.received
    assert [each.headers.get("x-slack-retry-num") for each in received] == [None, "1", "2", "3"]
    assert {each.headers.get("x-slack-retry-reason") for each in received[1:]} == {"http_error"}
    assert playground.clock.slept == [0.1, 60, 300]
    assert len({each.body for each in received}) == 1
    assert all(is_genuine(each, playground.clock.now, Credentials().slack_signing_secret) for each in received[-1:])


def test_event_that_arrives_at_the_second_attempt_is_not_sent_again(page: httpx.Client, playground: Playground) -> None:
    playground.shop.answers += [Response(status_code=503)]
    write(page, "Hola")
    playground.settle()
    assert len(playground.shop.received) == 2


def test_answer_can_forbid_the_retries(page: httpx.Client, playground: Playground) -> None:
    playground.shop.answers += [Response(status_code=500, headers={"x-slack-no-retry": "1"})]
    write(page, "Hola")
    playground.settle()
    assert len(playground.shop.received) == 1


def test_edit_arrives_with_both_versions(page: httpx.Client, playground: Playground) -> None:
    ts = write(page, "Ola")
    body = {"user": "U0MARTA", "channel": QUEUE, "ts": ts, "text": "Hola"}
    page.post("/api/slack/edit", json=body).raise_for_status()
    event = events(playground)[1]
    assert (event["subtype"], event["hidden"]) == ("message_changed", True)
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("Ola", "Hola")
    assert event["message"]["edited"]["user"] == "U0MARTA"
    assert "edited" not in event["previous_message"]


def test_deletion_names_what_is_gone(page: httpx.Client, playground: Playground) -> None:
    ts = write(page, "Me he equivocado")
    page.post("/api/slack/delete", json={"user": "U0MARTA", "channel": QUEUE, "ts": ts}).raise_for_status()
    event = events(playground)[1]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", ts)
    assert event["previous_message"]["text"] == "Me he equivocado"


def test_deleted_root_with_replies_arrives_as_a_tombstone(page: httpx.Client, playground: Playground) -> None:
    root = write(page, "Raíz")
    write(page, "Hoja", thread_ts=root)
    page.post("/api/slack/delete", json={"user": "U0MARTA", "channel": QUEUE, "ts": root}).raise_for_status()
    event = events(playground)[2]
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert event["previous_message"]["text"] == "Raíz"


def test_file_of_a_person_arrives_as_file_share(page: httpx.Client, playground: Playground) -> None:
    form = {"user": "U0MARTA", "channel": QUEUE, "text": "La factura"}
    page.post("/api/slack/post", data=form, files={"files": ("factura.pdf", b"%PDF", "application/pdf")})
    (event,) = events(playground)
    assert (event["subtype"], event["user"], event["text"]) == ("file_share", "U0MARTA", "La factura")
    file = event["files"][0]
    assert (file["name"], file["mimetype"], file["size"]) == ("factura.pdf", "application/pdf", 4)


def test_app_hears_its_own_messages_with_its_bot_id(slack: WebClient, playground: Playground) -> None:
    slack.chat_postMessage(channel=QUEUE, text="Hola", metadata={"event_type": "x", "event_payload": {"a": 1}})
    (event,) = events(playground)
    assert (event["bot_id"], event["user"], event["app_id"]) == ("B0MOSTRADOR", "U0MOSTRADOR", "A0MOSTRADOR")
    assert event["metadata"] == {"event_type": "x"}


def test_app_hears_its_own_file_without_a_bot_id(slack: WebClient, playground: Playground) -> None:
    slack.files_upload_v2(channel=QUEUE, filename="a.txt", content="a")
    (event,) = events(playground)
    assert (event["subtype"], event["user"]) == ("file_share", "U0MOSTRADOR")
    assert "bot_id" not in event


def test_app_does_not_hear_of_channels_where_it_is_no_member(page: httpx.Client, playground: Playground) -> None:
    write(page, "Café?", channel="C0GENERAL")
    assert events(playground) == []


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("<b> & co", "&lt;b&gt; &amp; co"),
        ("@luis mira", "<@U0LUIS> mira"),
        ("@Luis Prieto mira", "<@U0LUIS> mira"),
        ("@Inés, ¿puedes?", "<@U0INES>, ¿puedes?"),
        ("luis@correo.example", "<mailto:luis@correo.example|luis@correo.example>"),
        ("ve a https://x.example/a?b=1&c=2.", "ve a <https://x.example/a?b=1&amp;c=2>."),
        ("@channel ojo", "<!channel> ojo"),
        ("en #atencion", "en <#C0ATENCION|atencion>"),
        ("#atencionales", "#atencionales"),
        ("<!channel>", "&lt;!channel&gt;"),
    ],
)
def test_typed_text_is_marked_up_as_slacks_client_does(
    page: httpx.Client, playground: Playground, typed: str, sent: str
) -> None:
    write(page, typed)
    assert events(playground)[0]["text"] == sent


def option(text: str, value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": text}, "value": value}


def menus(slack: WebClient) -> str:
    """A message with an overflow menu, and with a list in two groups."""
    groups = [
        {"label": {"type": "plain_text", "text": "Hoy"}, "options": [option("Una hora", "1h")]},
        {"label": {"type": "plain_text", "text": "Otro día"}, "options": [option("Tres días", "3d")]},
    ]
    hint = {"type": "plain_text", "text": "Posponer"}
    elements = [
        {"type": "overflow", "action_id": "more", "options": [option("Por qué", "why"), option("Avisar", "call")]},
        {"type": "static_select", "action_id": "snooze", "placeholder": hint, "option_groups": groups},
    ]
    blocks = [{"type": "actions", "block_id": "menus", "elements": elements}]
    return str(slack.chat_postMessage(channel=QUEUE, text="Ana", blocks=blocks)["ts"])


def choose(page: httpx.Client, ts: str, action: str, value: str) -> httpx.Response:
    body = {"user": "U0LUIS", "channel": QUEUE, "ts": ts, "block_id": "menus", "action_id": action, "value": value}
    return page.post("/api/slack/action", json=body)


class TestButtons:
    def posted(self, slack: WebClient) -> str:
        button = {
            "type": "button",
            "action_id": "claim",
            "value": "c1",
            "text": {"type": "plain_text", "text": "Atender"},
        }
        blocks = [{"type": "actions", "block_id": "buttons", "elements": [button]}]
        return str(slack.chat_postMessage(channel=QUEUE, text="Ana", blocks=blocks)["ts"])

    def press(self, page: httpx.Client, ts: str, action: str = "claim") -> httpx.Response:
        body = {"user": "U0LUIS", "channel": QUEUE, "ts": ts, "block_id": "buttons", "action_id": action}
        return page.post("/api/slack/action", json=body)

    def payload(self, playground: Playground) -> dict[str, Any]:
        received = playground.shop.received[-1]
        assert received.path.endswith("/slack/actions")
        assert is_genuine(received, NOW, Credentials().slack_signing_secret)
        payload: dict[str, Any] = json.loads(parse_qs(received.body.decode())["payload"][0])
        return payload

    def test_press_arrives_as_block_actions(self, slack: WebClient, page: httpx.Client, playground: Playground) -> None:
        ts = self.posted(slack)
        playground.settle()
        assert self.press(page, ts).status_code == 200
        payload = self.payload(playground)
        assert (payload["type"], payload["user"]["id"], payload["channel"]["id"]) == ("block_actions", "U0LUIS", QUEUE)
        assert payload["container"]["message_ts"] == payload["message"]["ts"] == ts
        (action,) = payload["actions"]
        assert (action["action_id"], action["block_id"], action["value"]) == ("claim", "buttons", "c1")
        assert float(action["action_ts"]) > float(ts)
        assert payload["trigger_id"]

    @pytest.mark.parametrize("language", ["es", "en"])
    def test_failed_press_is_not_retried_and_the_person_is_told(
        self, slack: WebClient, page: httpx.Client, playground: Playground, language: str
    ) -> None:
        ts = self.posted(slack)
        playground.settle()
        page.post("/api/language", json={"language": language})
        playground.shop.answers.append(Response(status_code=500))
        answer = self.press(page, ts)
        assert answer.status_code == 424
        told = {"es": "ha respondido con un error", "en": "responded with an error"}
        assert told[language] in answer.json()["error"]
        assert playground.clock.slept == []

    def test_chosen_option_of_an_overflow_menu_arrives_whole(
        self, slack: WebClient, page: httpx.Client, playground: Playground
    ) -> None:
        ts = menus(slack)
        assert choose(page, ts, "more", "why").status_code == 200
        (action,) = (payload := self.payload(playground))["actions"]
        assert action == {
            "type": "overflow",
            "action_id": "more",
            "block_id": "menus",
            "selected_option": option("Por qué", "why"),
            "action_ts": action["action_ts"],
        }
        assert payload["state"] == {"values": {"menus": {"snooze": {"type": "static_select", "selected_option": None}}}}

    def test_chosen_option_of_a_list_stands_in_the_state_too(
        self, slack: WebClient, page: httpx.Client, playground: Playground
    ) -> None:
        ts = menus(slack)
        assert choose(page, ts, "snooze", "3d").status_code == 200
        (action,) = (payload := self.payload(playground))["actions"]
        assert action["selected_option"] == option("Tres días", "3d")
        assert action["placeholder"]["text"] == "Posponer"
        selected = {"type": "static_select", "selected_option": option("Tres días", "3d")}
        assert payload["state"] == {"values": {"menus": {"snooze": selected}}}

    def test_option_that_is_not_on_the_menu_is_refused(
        self, slack: WebClient, page: httpx.Client, playground: Playground
    ) -> None:
        assert choose(page, menus(slack), "more", "other").status_code == 400

    def test_press_of_what_is_not_there_is_refused(self, slack: WebClient, page: httpx.Client) -> None:
        assert self.press(page, self.posted(slack), "close").status_code == 400

    def test_response_url_answers_five_times_within_half_an_hour(
        self, slack: WebClient, page: httpx.Client, playground: Playground
    ) -> None:
        ts = self.posted(slack)
        playground.settle()
        self.press(page, ts)
        url = self.payload(playground)["response_url"]
        with httpx.Client(trust_env=False) as client:
            first = client.post(url, json={"text": "Solo para ti"})
            client.post(url, json={"text": "Cogido", "replace_original": True})
            rest = [client.post(url, json={"text": "x"}).status_code for _ in range(4)]
        assert (first.text, rest) == ("ok", [200, 200, 200, 404])
        messages = page.get("/api/state").json()["slack"]["messages"]
        assert (messages[0]["text"], messages[0]["blocks"]) == ("Cogido", None)
        assert messages[1]["ephemeral_to"] == "U0LUIS"

    def test_response_url_expires(self, slack: WebClient, page: httpx.Client, playground: Playground) -> None:
        ts = self.posted(slack)
        playground.settle()
        self.press(page, ts)
        url = self.payload(playground)["response_url"]
        playground.clock.now += 30 * 60 + 1
        with httpx.Client(trust_env=False) as client:
            assert client.post(url, json={"text": "tarde"}).json()["error"] == "expired_url"
