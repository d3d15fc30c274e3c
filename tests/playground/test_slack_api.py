"""The Web API through the official client: what it does, and with which word it refuses."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from fakes.outside_world import STACK, Playground, Theatre
from playground.config import Pace, PlaygroundConfig

QUEUE = "C0ATENCION"
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hola"}}
BAD_METADATA = "invalid_metadata_format"
TAGGED = {"event_type": "message_shown", "event_payload": {"id": "m1"}}


def posted(slack: WebClient, **details: Any) -> str:
    return str(slack.chat_postMessage(channel=QUEUE, **{"text": "Hola", **details})["ts"])


def refusal(call: Callable[[], object]) -> Any:
    with pytest.raises(SlackApiError) as caught:
        call()
    return caught.value.response


def test_auth_test_names_the_bot(slack: WebClient) -> None:
    answer = slack.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0MOSTRADOR", "B0MOSTRADOR", "T0TINAJA")


def test_message_posted_with_a_borrowed_name_shows_no_user(slack: WebClient) -> None:
    message = slack.chat_postMessage(channel=QUEUE, text="Hola", username="Ana", icon_emoji=":mailbox:")["message"]
    assert (message["username"], message["subtype"], message["bot_id"]) == ("Ana", "bot_message", "B0MOSTRADOR")
    assert "user" not in message


def test_blocks_without_names_are_named(slack: WebClient) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Atender"}}
    message = slack.chat_postMessage(channel=QUEUE, text="Hola", blocks=[{"type": "actions", "elements": [button]}])[
        "message"
    ]
    assert message["blocks"][0]["block_id"]
    assert message["blocks"][0]["elements"][0]["action_id"]


def test_text_beyond_forty_thousand_characters_is_cut(slack: WebClient) -> None:
    assert len(slack.chat_postMessage(channel=QUEUE, text="a" * 40_001)["message"]["text"]) == 40_000


def test_thread_is_read_from_its_root_and_from_a_reply(slack: WebClient) -> None:
    root = posted(slack)
    reply = posted(slack, thread_ts=root, text="Dentro")
    for named in (root, reply):
        thread = slack.conversations_replies(channel=QUEUE, ts=named)["messages"]
        assert [message["ts"] for message in thread] == [root, reply]
    assert thread[0]["reply_count"] == 1
    assert thread[0]["latest_reply"] == reply


def test_history_leaves_replies_out_and_is_newest_first(slack: WebClient) -> None:
    first = posted(slack)
    posted(slack, thread_ts=first)
    second = posted(slack)
    history = slack.conversations_history(channel=QUEUE)["messages"]
    assert [message["ts"] for message in history] == [second, first]


def test_replies_come_in_pages(slack: WebClient) -> None:
    root = posted(slack)
    replies = [posted(slack, thread_ts=root) for _ in range(4)]
    seen: list[str] = []
    cursor: str | None = None
    while cursor != "":
        page = slack.conversations_replies(channel=QUEUE, ts=root, limit=2, cursor=cursor)
        seen += [message["ts"] for message in page["messages"]]
        more: dict[str, str] = page.get("response_metadata") or {}
        assert page["has_more"] is bool(more)
        cursor = more.get("next_cursor", "")
    assert seen == [root, *replies]


def test_oldest_and_latest_leave_their_own_messages_out_unless_inclusive(slack: WebClient) -> None:
    first, second, third = (posted(slack) for _ in range(3))

    def history(**bounds: Any) -> list[str]:
        answer = slack.conversations_history(channel=QUEUE, oldest=first, latest=third, **bounds)
        return [message["ts"] for message in answer["messages"]]

    assert history() == [second]
    assert history(inclusive=True) == [third, second, first]


@pytest.mark.parametrize("everything", [True, False])
def test_metadata_payload_is_shown_only_when_asked_for(slack: WebClient, *, everything: bool) -> None:
    ts = posted(slack, metadata=TAGGED)
    for read in (
        slack.conversations_replies(channel=QUEUE, ts=ts, include_all_metadata=everything),
        slack.conversations_history(channel=QUEUE, include_all_metadata=everything),
    ):
        shown = read["messages"][0]["metadata"]
        assert shown == (TAGGED if everything else {"event_type": "message_shown"})


def test_update_with_text_alone_removes_the_blocks_and_marks_it_edited(slack: WebClient) -> None:
    ts = posted(slack, blocks=[SECTION], metadata=TAGGED)
    slack.chat_update(channel=QUEUE, ts=ts, text="Adiós")
    message = slack.conversations_replies(channel=QUEUE, ts=ts, include_all_metadata=True)["messages"][0]
    assert message["text"] == "Adiós"
    assert "blocks" not in message
    assert message["edited"]["user"] == "U0MOSTRADOR"
    assert message["metadata"] == TAGGED


def test_update_with_blocks_is_not_marked_edited(slack: WebClient) -> None:
    ts = posted(slack)
    slack.chat_update(channel=QUEUE, ts=ts, text="Hola", blocks=[SECTION])
    message = slack.conversations_replies(channel=QUEUE, ts=ts)["messages"][0]
    assert message["blocks"][0]["type"] == "section"
    assert "edited" not in message


def test_deleted_root_with_replies_becomes_a_tombstone(slack: WebClient) -> None:
    root = posted(slack)
    posted(slack, thread_ts=root)
    slack.chat_delete(channel=QUEUE, ts=root)
    shown = slack.conversations_replies(channel=QUEUE, ts=root)["messages"][0]
    assert (shown["subtype"], shown["user"]) == ("tombstone", "USLACKBOT")


def test_ephemeral_message_is_for_one_person_and_kept_by_nobody(slack: WebClient, page: httpx.Client) -> None:
    slack.chat_postEphemeral(channel=QUEUE, user="U0MARTA", text="Solo tú")
    assert slack.conversations_history(channel=QUEUE)["messages"] == []
    assert page.get("/api/state").json()["slack"]["messages"][0]["ephemeral_to"] == "U0MARTA"


def test_reactions_come_and_go(slack: WebClient) -> None:
    ts = posted(slack)
    slack.reactions_add(channel=QUEUE, timestamp=ts, name="eyes")
    shown = slack.conversations_replies(channel=QUEUE, ts=ts)["messages"][0]["reactions"]
    assert shown == [{"name": "eyes", "users": ["U0MOSTRADOR"], "count": 1}]
    slack.reactions_remove(channel=QUEUE, timestamp=ts, name="eyes")
    assert "reactions" not in slack.conversations_replies(channel=QUEUE, ts=ts)["messages"][0]


def test_directory_knows_people_and_channels(slack: WebClient) -> None:
    assert {user["id"] for user in slack.users_list()["members"]} >= {"U0MARTA", "U0LUIS", "U0INES", "U0MOSTRADOR"}
    assert slack.users_info(user="U0INES")["user"]["real_name"] == "Inés Soto"
    member = {channel["id"]: channel["is_member"] for channel in slack.conversations_list()["channels"]}
    assert member == {"C0ATENCION": True, "C0MAYORISTAS": True, "C0IDEAS": True, "C0GENERAL": False}
    assert slack.conversations_info(channel=QUEUE)["channel"]["name"] == "atencion"


@pytest.mark.parametrize(
    ("method", "named", "error"),
    [
        ("conversations.info", {"channel": "C0NADIE"}, "channel_not_found"),
        ("conversations.info", {"channel": "atencion"}, "channel_not_found"),
        ("users.info", {"user": "U0NADIE"}, "user_not_found"),
    ],
)
def test_directory_does_not_know_other_ids(slack: WebClient, method: str, named: dict[str, str], error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        slack.api_call(method, params=named)
    assert refused.value.response["error"] == error


def test_file_goes_up_in_three_steps_and_down_with_the_token(slack: WebClient, playground: Playground) -> None:
    root = posted(slack)
    uploaded = slack.files_upload_v2(
        channel=QUEUE, thread_ts=root, filename="foto añil.png", content=b"\x89PNG", initial_comment="Mira"
    )
    assert uploaded["files"][0]["shares"] == {}
    playground.settle()
    shared = slack.conversations_replies(channel=QUEUE, ts=root)["messages"][1]
    assert (shared["subtype"], shared["user"], shared["text"]) == ("file_share", "U0MOSTRADOR", "Mira")
    file = slack.files_info(file=uploaded["files"][0]["id"])["file"]
    assert file["shares"]["public"][QUEUE][0]["ts"] == shared["ts"]
    bearer = {"Authorization": f"Bearer {slack.token}"}
    with httpx.Client(trust_env=False) as client:
        fetched = client.get(file["url_private_download"], headers=bearer)
        login = client.get(file["url_private_download"])
    assert (fetched.content, fetched.headers["content-type"]) == (b"\x89PNG", "image/png")
    assert (login.status_code, login.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"Sign in" in login.content


def test_json_and_form_bodies_mean_the_same(playground: Playground, slack: WebClient) -> None:
    bearer = {"Authorization": f"Bearer {slack.token}"}
    url = f"{playground.url}/slack/api/chat.postMessage"
    with httpx.Client(trust_env=False, headers=bearer) as client:
        form = client.post(url, data={"channel": QUEUE, "text": "Hola", "blocks": '[{"type": "divider"}]'})
        json = client.post(url, json={"channel": QUEUE, "text": "Hola", "blocks": [{"type": "divider"}]})
    for answer in (form.json(), json.json()):
        assert answer["message"]["blocks"][0]["type"] == "divider"


@pytest.mark.parametrize(
    ("method", "arguments", "word"),
    [
        ("chat.postMessage", {"channel": "C0NADIE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0GENERAL", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": QUEUE}, "no_text"),
        ("chat.postMessage", {"channel": QUEUE, "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": QUEUE, "text": "x", "blocks": {"type": "x"}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": QUEUE, "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ("chat.postMessage", {"channel": QUEUE, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        (
            "chat.postMessage",
            {"channel": QUEUE, "text": "x", "metadata": {"event_type": "x"}},
            "invalid_metadata_format",
        ),
        (
            "chat.postMessage",
            {"channel": QUEUE, "text": "x", "metadata": {"event_type": "x", "event_payload": {"a": "b" * 9000}}},
            "metadata_too_large",
        ),
        (
            "chat.postMessage",
            {"channel": QUEUE, "blocks": [{"type": "markdown", "text": "a" * 7000}] * 2, "text": "x"},
            "msg_blocks_too_long",
        ),
        ("chat.postMessage", {"channel": QUEUE, "markdown_text": "a", "text": "x"}, "markdown_text_conflict"),
        ("chat.postEphemeral", {"channel": QUEUE, "user": "U0NADIE", "text": "x"}, "user_not_in_channel"),
        ("chat.update", {"channel": QUEUE, "ts": "1.000000", "text": "x"}, "message_not_found"),
        ("chat.update", {"channel": "C0NADIE", "ts": "1.000000", "text": "x"}, "channel_not_found"),
        ("chat.delete", {"channel": QUEUE, "ts": "1.000000"}, "message_not_found"),
        ("reactions.add", {"channel": QUEUE, "timestamp": "1.000000", "name": "eyes"}, "message_not_found"),
        ("conversations.replies", {"channel": QUEUE, "ts": "1.000000"}, "thread_not_found"),
        ("conversations.history", {"channel": "C0GENERAL"}, "not_in_channel"),
        ("conversations.history", {"channel": QUEUE, "cursor": "no"}, "invalid_cursor"),
        ("conversations.history", {"channel": QUEUE, "oldest": "yesterday"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": QUEUE, "limit": "0"}, "invalid_limit"),
        ("conversations.info", {"channel": "C0NADIE"}, "channel_not_found"),
        ("users.info", {"user": "U0NADIE"}, "user_not_found"),
        ("files.info", {"file": "F0NADIE"}, "file_not_found"),
        ("files.completeUploadExternal", {"files": '[{"id": "F0NADIE"}]'}, "file_not_found"),
        ("views.open", {"trigger_id": "1.2.3", "view": {}}, "unknown_method"),
    ],
)
def test_what_slack_refuses_is_refused_with_its_word(
    slack: WebClient, method: str, arguments: dict[str, Any], word: str
) -> None:
    assert refusal(lambda: slack.api_call(method, json=arguments))["error"] == word


def test_reply_named_as_a_root_is_refused(slack: WebClient) -> None:
    reply = posted(slack, thread_ts=posted(slack))
    assert refusal(lambda: posted(slack, thread_ts=reply))["error"] == "invalid_thread_ts"


def test_app_touches_only_its_own_messages(slack: WebClient, page: httpx.Client) -> None:
    form = {"user": "U0MARTA", "channel": QUEUE, "text": "Mío"}
    ts = page.post("/api/slack/post", data=form).json()["ts"]
    assert refusal(lambda: slack.chat_update(channel=QUEUE, ts=ts, text="x"))["error"] == "cant_update_message"
    assert refusal(lambda: slack.chat_delete(channel=QUEUE, ts=ts))["error"] == "cant_delete_message"


def test_update_beyond_four_thousand_characters_is_refused(slack: WebClient) -> None:
    ts = posted(slack)
    assert refusal(lambda: slack.chat_update(channel=QUEUE, ts=ts, text="a" * 4001))["error"] == "msg_too_long"


def test_reaction_that_changes_nothing_is_refused(slack: WebClient) -> None:
    ts = posted(slack)
    slack.reactions_add(channel=QUEUE, timestamp=ts, name="eyes")
    again = refusal(lambda: slack.reactions_add(channel=QUEUE, timestamp=ts, name="eyes"))
    absent = refusal(lambda: slack.reactions_remove(channel=QUEUE, timestamp=ts, name="wave"))
    assert (again["error"], absent["error"]) == ("already_reacted", "no_reaction")


@pytest.mark.parametrize(("token", "word"), [(None, "not_authed"), ("xoxb-other", "invalid_auth")])
def test_call_without_the_right_token_is_refused(playground: Playground, token: str | None, word: str) -> None:
    client = WebClient(token, base_url=f"{playground.url}/slack/api/")
    assert refusal(client.auth_test)["error"] == word


def test_posting_too_fast_is_answered_with_429_until_the_wait_is_over(stage: Theatre) -> None:
    config = PlaygroundConfig(stack=STACK, pace=Pace(slack_post_burst=3, slack_posts_per_second=0.5))
    with stage.playing(config) as playground:
        slack = WebClient(config.credentials.slack_bot_token, base_url=f"{playground.url}/slack/api/")
        for _ in range(3):
            posted(slack)
        limited = refusal(lambda: posted(slack))
        assert (limited.status_code, limited["error"], limited.headers["Retry-After"]) == (429, "ratelimited", "2")
        playground.clock.now += 2
        assert posted(slack)
