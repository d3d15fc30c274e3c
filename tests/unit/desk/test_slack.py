"""The desk over the real client: against Slack's answers on loopback, and against the playground's Slack."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest

from fakes.outside_world import NOW, STACK, UNHURRIED, Playground, theatre
from fakes.provider import Provider, running_provider
from fakes.views import ANA, HELLO, LOST
from mostrador.desk.cards import Card, customer_message, failure_card, notice_card, page_cards, whisper_cards
from mostrador.desk.errors import Doubtful, FileUnavailable, MessageGone, Rejected
from mostrador.desk.events import AgentEvent, SlackFile
from mostrador.desk.questions import MOST_CHOICES, which_template
from mostrador.desk.requests import read_request
from mostrador.desk.root import root_card
from mostrador.desk.signature import verify
from mostrador.desk.slack import SlackDesk
from mostrador.domain.attention import Attention, Priority
from mostrador.domain.conversation import State
from mostrador.domain.errors import NotConfigured, TryAgain
from playground.config import PlaygroundConfig
from playground.files import Upload
from playground.slack.people import Draft
from playground.slack.state import Message

CARD = notice_card("Hola")
ID = "01kgh0000000000000000000ab"


@pytest.fixture
def slack() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def desk(slack: Provider) -> SlackDesk:
    answer(slack, "auth.test", bot_id="B0MOSTRADOR")
    return SlackDesk(lambda: "xoxb-of-the-tests", f"{slack.url}/api/", timeout=5)


def answer(slack: Provider, method: str, *, error: str = "", status: int = 200, **fields: Any) -> None:
    body = {"ok": not error, **({"error": error} if error else {}), **fields}
    headers = {"Retry_After": "12"} if status == 429 else {}
    slack.on(f"/api/{method}", status, json.dumps(body).encode(), content_type="application/json", **headers)


def sent(slack: Provider) -> dict[str, Any]:
    call = slack.calls[-1]
    if call.headers["content-type"].startswith("application/json"):
        fields: dict[str, Any] = json.loads(call.body)
        return fields
    return {name: values[0] for name, values in parse_qs(call.body.decode()).items()}


def ours(key: str, ts: str = "1.1", conversation: str = ID, bot: str = "B0MOSTRADOR") -> dict[str, Any]:
    payload = {"conversation": conversation, "key": key}
    return {"ts": ts, "bot_id": bot, "metadata": {"event_type": "mostrador_shown", "event_payload": payload}}


def post(desk: SlackDesk, **fields: str) -> str:
    return desk.post("C0ATENCION", CARD, conversation_id=ID, **{"key": "1.0", **fields})


def test_a_post_says_whose_it_is_and_unfurls_nothing(slack: Provider, desk: SlackDesk) -> None:
    answer(slack, "chat.postMessage", ts="2.2", message={"thread_ts": "1.1"})
    assert post(desk, thread_ts="1.1", username="Ana Molina · correo", icon=":email:") == "2.2"
    fields = sent(slack)
    assert fields["metadata"]["event_payload"] == {"conversation": ID, "key": "1.0"}
    assert (fields["username"], fields["icon_emoji"]) == ("Ana Molina · correo", ":email:")
    assert fields["unfurl_links"] is fields["unfurl_media"] is False
    assert fields["blocks"] == list(CARD.blocks)


def test_a_rotated_token_counts_at_the_next_call(slack: Provider) -> None:
    tokens = iter(["xoxb-old", "xoxb-new"])
    desk = SlackDesk(lambda: next(tokens), f"{slack.url}/api/", timeout=5)
    slack.on("/api/reactions.add", 200, b'{"ok": true}', content_type="application/json")
    for _ in range(2):
        desk.react("C0ATENCION", "1.0", "lock")
    assert [call.headers["authorization"] for call in slack.calls] == ["Bearer xoxb-old", "Bearer xoxb-new"]


@pytest.mark.parametrize("trouble", ["internal_error", "fatal_error"])
def test_what_slack_may_have_done_before_it_fell_over_is_told_apart(
    slack: Provider, desk: SlackDesk, trouble: str
) -> None:
    slack.on("/api/chat.postMessage", 200, f'{{"ok": false, "error": "{trouble}"}}'.encode())
    with pytest.raises(Doubtful):
        post(desk)


def test_a_reply_that_slack_puts_into_the_channel_is_taken_back(slack: Provider, desk: SlackDesk) -> None:
    answer(slack, "chat.postMessage", ts="2.2", message={"ts": "2.2", "thread_ts": None})
    answer(slack, "chat.delete")
    with pytest.raises(MessageGone):
        post(desk, thread_ts="1.1")
    assert sent(slack) == {"channel": "C0ATENCION", "ts": "2.2"}


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        ("ratelimited", 429, TryAgain),
        ("internal_error", 200, TryAgain),
        ("token_revoked", 200, NotConfigured),
        ("channel_not_found", 200, NotConfigured),
        ("thread_not_found", 200, MessageGone),
        ("invalid_blocks", 200, Rejected),
    ],
)
def test_slacks_errors_reach_the_caller_by_their_meaning(
    slack: Provider, desk: SlackDesk, error: str, status: int, kind: type[Exception]
) -> None:
    answer(slack, "chat.postMessage", error=error, status=status)
    with pytest.raises(kind, match=error):
        post(desk)
    assert len(slack.calls) == 1, "one attempt"


def test_slack_says_how_long_to_wait(slack: Provider, desk: SlackDesk) -> None:
    answer(slack, "chat.postMessage", error="ratelimited", status=429)
    with pytest.raises(TryAgain) as wait:
        post(desk)
    assert wait.value.after == 12.0


@pytest.mark.parametrize(("status", "body"), [(0, b""), (502, b"<html>bad gateway"), (500, b"")])
def test_an_answer_that_is_none_asks_for_patience(slack: Provider, desk: SlackDesk, status: int, body: bytes) -> None:
    slack.on("/api/chat.postMessage", status, body)
    with pytest.raises(TryAgain):
        post(desk)


def test_slack_that_cannot_be_reached_asks_for_patience() -> None:
    with pytest.raises(TryAgain, match="chat_postMessage"):
        post(SlackDesk(lambda: "xoxb-of-the-tests", "http://127.0.0.1:1/api/", timeout=1))


def test_neither_token_nor_words_reach_a_log_or_an_error(
    slack: Provider, desk: SlackDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer(slack, "chat.postMessage", error="invalid_auth", echo="Hola")
    with pytest.raises(NotConfigured) as caught:
        post(desk)
    assert not any(secret in caplog.text + str(caught.value) for secret in ("xoxb", "Hola"))
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("call", "method", "error"),
    [
        (lambda desk: desk.react("C0", "1.1", "eyes"), "reactions.add", "already_reacted"),
        (lambda desk: desk.unreact("C0", "1.1", "eyes"), "reactions.remove", "no_reaction"),
        (lambda desk: desk.whisper("C0", "U0", "1.1", "Hola"), "chat.postEphemeral", "user_not_in_channel"),
    ],
)
def test_what_is_so_already_is_no_error(
    slack: Provider, desk: SlackDesk, call: Callable[[SlackDesk], None], method: str, error: str
) -> None:
    answer(slack, method, error=error)
    call(desk)
    answer(slack, method, error="message_not_found")
    with pytest.raises(MessageGone):
        call(desk)


def test_an_answer_to_a_command_goes_where_it_was_typed_for_whoever_typed_it(slack: Provider, desk: SlackDesk) -> None:
    slack.on("/commands/1", 200, b"ok")
    desk.respond(f"{slack.url}/commands/1", "Atención\n🟢 Marta <Vidal>")
    (call,) = slack.calls
    said = json.loads(call.body)
    assert (said["response_type"], said["text"]) == ("ephemeral", "Atención\n🟢 Marta &lt;Vidal&gt;")
    assert "authorization" not in call.headers, "the address is permission enough, and may be anybody's"


def test_a_question_goes_to_one_person_and_is_withdrawn_by_the_address_of_its_answer(
    slack: Provider, desk: SlackDesk
) -> None:
    answer(slack, "chat.postEphemeral")
    slack.on("/actions/1", 200, b"ok")
    desk.ask("C0ATENCION", "U0MARTA", "", which_template(ID, {"ready": "Hola"}, "Ana", "es"))
    desk.withdraw(f"{slack.url}/actions/1")
    asked, withdrawn = (json.loads(call.body) for call in slack.calls)
    assert (asked["user"], "thread_ts" in asked) == ("U0MARTA", False)
    assert asked["blocks"][1]["accessory"]["value"] == f"{ID}:ready"
    assert withdrawn == {"delete_original": True}


@pytest.mark.parametrize(("status", "kind"), [(404, Rejected), (429, TryAgain), (500, TryAgain), (0, TryAgain)])
def test_an_answer_to_a_command_that_does_not_arrive_says_whether_it_may_later(
    slack: Provider, desk: SlackDesk, status: int, kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    slack.on("/commands/secret", status, b"used_url")
    with pytest.raises(kind) as trouble:
        desk.respond(f"{slack.url}/commands/secret", "Hola")
    assert "secret" not in str(trouble.value) + caplog.text
    assert len(slack.calls) == 1, "one attempt"


def test_a_long_text_of_the_shop_is_whispered_in_as_many_messages_as_it_takes(slack: Provider, desk: SlackDesk) -> None:
    answer(slack, "chat.postEphemeral")
    desk.whisper("C0ATENCION", "U0MARTA", "", "Escucha. " * 3000, "Reclamaciones")
    whispers = [json.loads(call.body) for call in slack.calls]
    assert len(whispers) == 3
    assert all("thread_ts" not in each for each in whispers)


def test_the_keys_of_a_long_thread_are_read_page_by_page(slack: Provider, desk: SlackDesk) -> None:
    page = [ours("root", "1.1"), {"ts": "1.2", "user": "U0MARTA", "text": "Hola"}, ours("1.0", "1.3")]
    answer(slack, "conversations.replies", messages=page, response_metadata={"next_cursor": ""})
    assert desk.shown_keys("C0ATENCION", "1.1") == {"root": "1.1", "1.0": "1.3"}
    assert sent_to(slack, "conversations.replies")[0]["include_all_metadata"] == "1"


def sent_to(slack: Provider, method: str) -> list[dict[str, Any]]:
    calls = [call for call in slack.calls if call.path == f"/api/{method}"]
    return [{name: values[0] for name, values in parse_qs(call.body.decode()).items()} for call in calls]


@pytest.mark.parametrize(
    ("root", "found"),
    [
        (ours("root"), ID),
        (ours("root", bot="B0AJENO"), None),
        (ours("1.0"), None),
        (ours("root", ts="0.9"), None),
        ({"ts": "1.1", "user": "U0MARTA"}, None),
    ],
)
def test_only_our_own_root_names_a_conversation(
    slack: Provider, desk: SlackDesk, root: dict[str, Any], found: str | None
) -> None:
    answer(slack, "conversations.replies", messages=[root])
    assert desk.conversation_of("C0ATENCION", "1.1") == found


def test_a_thread_that_is_gone_names_no_conversation(slack: Provider, desk: SlackDesk) -> None:
    answer(slack, "conversations.replies", error="thread_not_found")
    assert desk.conversation_of("C0ATENCION", "1.1") is None


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"real_name": "Marta Vidal", "display_name": "marta"}}, "Marta Vidal"),
        ({"profile": {"display_name": "marta"}}, "marta"),
        ({"real_name": "Marta Vidal"}, "Marta Vidal"),
        ({}, ""),
    ],
)
def test_a_name_is_asked_for_once(slack: Provider, desk: SlackDesk, user: dict[str, Any], name: str) -> None:
    answer(slack, "users.info", user=user)
    assert [desk.user_name("U0MARTA"), desk.user_name("U0MARTA")] == [name, name]
    assert len(slack.calls) == 1


def test_somebody_whom_slack_does_not_know_has_no_name(slack: Provider, desk: SlackDesk) -> None:
    answer(slack, "users.info", error="user_not_found")
    assert desk.user_name("U0NADIE") == ""


def test_a_file_of_slack_connect_is_looked_up_first(slack: Provider, desk: SlackDesk) -> None:
    url = f"{slack.url}/files/plato.jpg"
    answer(slack, "files.info", file={"id": "F0", "mimetype": "image/jpeg", "url_private_download": url})
    slack.on("/files/plato.jpg", 200, b"plato", content_type="image/jpeg")
    assert desk.download(SlackFile("F0", access="check_file_info")) == b"plato"


@pytest.mark.parametrize("error", ["file_not_found", ""])
def test_a_file_of_slack_connect_that_is_not_shown_to_us_is_unavailable(
    slack: Provider, desk: SlackDesk, error: str
) -> None:
    answer(slack, "files.info", error=error, file={"id": "F0", "file_access": "access_denied"})
    with pytest.raises(FileUnavailable):
        desk.download(SlackFile("F0", access="check_file_info"))


# Against the playground's Slack, which refuses what Slack refuses


@pytest.fixture(scope="module")
def world() -> Iterator[Playground]:
    with theatre() as place, place.playing(PlaygroundConfig(stack=STACK, pace=UNHURRIED)) as playing:
        yield playing


@pytest.fixture
def real(world: Playground) -> SlackDesk:
    return SlackDesk(lambda: "xoxb-playground", f"{world.url}/slack/api/", timeout=5)


def open_thread(desk: SlackDesk, conversation_id: str = ID) -> str:
    return desk.post("C0ATENCION", root_card(ANA), conversation_id=conversation_id, key="root")


ROUTED = replace(
    ANA,
    segment="Mayorista <&>",
    attention=Attention.DEDICATED,
    queue="Mayoristas",
    protocol="Reclamaciones",
    priority=Priority.URGENT,
    tags=("queja",),
    promised_for=NOW,
    callback_at=NOW,
)


@pytest.mark.parametrize(
    "card",
    [
        root_card(ANA),
        root_card(ROUTED),
        root_card(replace(ROUTED, state=State.SNOOZED, snoozed_until=NOW)),
        root_card(replace(ROUTED, state=State.CLOSED)),
        *customer_message(HELLO),
        failure_card(LOST),
        notice_card("Ya <está> & listo"),
        notice_card("Queda media hora", "🔔", ("U0MARTA",)),
        *whisper_cards("Atención\n🟢 Marta"),
        *page_cards("Reclamaciones", "## Primero\n\n1. Escucha\n2. **Anota**"),
        which_template(ID, {f"t{n}": "Hola, <Ana>" * 90 for n in range(MOST_CHOICES + 5)}, "<Ana> & Luis", "es"),
    ],
)
def test_slack_takes_every_card_and_its_update(world: Playground, real: SlackDesk, card: Card) -> None:
    thread = open_thread(real)
    ts = real.post("C0ATENCION", card, conversation_id=ID, key="1.0", thread_ts=thread, username="Ana")
    assert shown(world, ts).text == card.text
    real.update("C0ATENCION", ts, CARD)
    assert shown(world, ts).text == CARD.text


def test_a_whisper_reaches_one_person(world: Playground, real: SlackDesk) -> None:
    root = open_thread(real)
    real.whisper("C0ATENCION", "U0MARTA", root, "Luis llegó antes")
    (heard,) = [message for message in everything(world) if message.thread_ts == root]
    assert (heard.ephemeral_to, heard.text) == ("U0MARTA", "ℹ️ Luis llegó antes")  # noqa: RUF001 - the sign is meant


def test_a_whisper_outside_of_a_thread_stands_in_the_channel(world: Playground, real: SlackDesk) -> None:
    real.whisper("C0ATENCION", "U0LUIS", "", "1. **Escucha**", "Reclamaciones")
    (heard,) = [message for message in everything(world) if message.ephemeral_to == "U0LUIS"]
    assert (heard.thread_ts, heard.text) == (None, "Reclamaciones")


def test_what_was_shown_can_be_read_back(real: SlackDesk) -> None:
    conversation = "01kgh0000000000000000000cd"
    root = open_thread(real, conversation)
    message = real.post("C0ATENCION", CARD, conversation_id=conversation, key="1.0", thread_ts=root, username="Ana")
    assert real.shown_keys("C0ATENCION", root) == {"root": root, "1.0": message}
    assert real.conversation_of("C0ATENCION", root) == conversation
    assert real.find_root("C0ATENCION", conversation, NOW) == root
    assert real.find_root("C0ATENCION", "01kgh0000000000000000000zz", NOW) == ""
    assert real.find_root("C0ATENCION", conversation, NOW + 86400 * 365) == ""


def test_long_threads_and_channels_are_read_to_the_end(real: SlackDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mostrador.desk.slack.PAGE", 2)
    conversation = "01kgh0000000000000000000ef"
    root = open_thread(real, conversation)
    for number in range(5):
        real.post("C0ATENCION", CARD, conversation_id=conversation, key=f"{number}.0", thread_ts=root)
    assert set(real.shown_keys("C0ATENCION", root)) == {"root", "0.0", "1.0", "2.0", "3.0", "4.0"}
    for _ in range(3):
        open_thread(real)
    assert real.find_root("C0ATENCION", conversation, NOW) == root


def test_reactions_come_and_go_and_a_second_time_changes_nothing(world: Playground, real: SlackDesk) -> None:
    root = open_thread(real)
    for _ in range(2):
        real.react("C0ATENCION", root, "white_check_mark")
    assert shown(world, root).reactions == {"white_check_mark": ["U0MOSTRADOR"]}
    for _ in range(2):
        real.unreact("C0ATENCION", root, "white_check_mark")
    assert shown(world, root).reactions == {}


def test_a_thread_whose_root_was_deleted_is_gone(world: Playground, real: SlackDesk) -> None:
    root = open_thread(real)
    message = shown(world, root)
    in_the_playground(world, lambda: world.outside.workspace.remove(message))
    for call in (
        lambda: real.post("C0ATENCION", CARD, conversation_id=ID, key="1.0", thread_ts=root),
        lambda: real.update("C0ATENCION", root, CARD),
        lambda: real.react("C0ATENCION", root, "eyes"),
    ):
        with pytest.raises(MessageGone):
            call()


def test_a_wrong_token_is_a_matter_of_configuration(world: Playground) -> None:
    with pytest.raises(NotConfigured, match="bot_token"):
        open_thread(SlackDesk(lambda: "xoxb-wrong", f"{world.url}/slack/api/", timeout=5))


def test_a_file_is_uploaded_once_and_can_be_asked_for(world: Playground, real: SlackDesk) -> None:
    root = open_thread(real)
    upload = real.begin_upload("plato azul.jpg", 5)
    assert not real.was_shared(upload.file_id, "C0ATENCION")
    real.finish_upload(upload, b"plato", "C0ATENCION", root)
    world.settle()
    assert real.was_shared(upload.file_id, "C0ATENCION")
    assert not real.was_shared(upload.file_id, "C0GENERAL")
    assert not real.was_shared("F0NADA", "C0ATENCION")


def test_an_agents_file_arrives_by_its_signed_event(world: Playground, real: SlackDesk) -> None:
    root = open_thread(real)
    upload = Upload("taza.png", "image/png", b"\x89PNG taza")
    draft = Draft("U0MARTA", "C0ATENCION", "Mira *esta* @Luis", thread_ts=root, attachments=[upload])
    in_the_playground(world, lambda: world.outside.people.write(draft))
    world.settle()
    event = latest_event(world)
    assert (event.user, event.thread_ts, event.external) == ("U0MARTA", root, False)
    (file,) = event.files
    assert (file.name, file.mimetype, real.download(file)) == ("taza.png", "image/png", b"\x89PNG taza")
    with pytest.raises(FileUnavailable, match="files:read"):
        SlackDesk(lambda: "xoxb-wrong", f"{world.url}/slack/api/", timeout=5).download(file)


def test_agents_have_names_a_customer_may_read(real: SlackDesk) -> None:
    assert real.user_name("U0MARTA") == "Marta Vidal"
    assert real.user_name("U0NADIE") == ""


def shown(world: Playground, ts: str) -> Message:
    return next(message for message in everything(world) if message.ts == ts)


def everything(world: Playground) -> list[Message]:
    return list(world.outside.workspace.state.messages.values())


def in_the_playground(world: Playground, work: Callable[[], Any]) -> None:
    """Its state is touched from its own thread only."""

    async def done() -> None:
        await asyncio.sleep(0)
        work()

    world.loop.run(done())


def latest_event(world: Playground) -> AgentEvent:
    request = world.shop.received[-1]
    verify(request.headers, request.body, "playground-signing-secret", world.clock.now)
    event = read_request("events", request.body)
    assert isinstance(event, AgentEvent)
    return event
