"""The desk itself: Slack's Web API. One attempt per call; whoever calls decides about the next one.

Everything that we post carries, as message metadata, which conversation and which part of it it shows. So what a
crash left in doubt can be read back from Slack instead of being posted twice.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from mostrador.desk.cards import ROOT, Card, page_cards, whisper_cards
from mostrador.desk.errors import Doubtful, FileUnavailable, MessageGone, meaning
from mostrador.desk.events import SlackFile, SlackUpload
from mostrador.desk.files import FileTransfer
from mostrador.desk.markup import clean

SLACK = "https://slack.com/api/"
TIMEOUT = 10
"""Seconds for one call."""
PAGE = 200
"""Messages of one page of a thread or channel."""
SHOWN = "mostrador_shown"
"""The type of our metadata; its payload is ``{"conversation": id, "key": part}``."""
CLOCKS = 60.0
"""Seconds by which Slack's clock may be behind ours."""

type Json = Mapping[str, Any]

# The client writes whole answers into the log, and with them what customers wrote.
_silent = logging.getLogger("mostrador.desk.client")
_silent.setLevel(logging.CRITICAL + 1)


class SlackDesk:
    """Calls raise TryAgain, NotConfigured, MessageGone or Rejected, as ``desk.errors`` decides."""

    def __init__(self, token: Callable[[], str], api_url: str = SLACK, timeout: int = TIMEOUT) -> None:
        """``token`` is asked at every call, so that a rotated one counts; it may raise NotConfigured."""
        # No retry handlers: they would sleep inside a function that is paid by the millisecond.
        self._client = WebClient(base_url=api_url, timeout=timeout, retry_handlers=[], logger=_silent)
        self._token = token
        self._files = FileTransfer(token, api_url, timeout)
        self._names: dict[str, str] = {}

    # Showing

    def post(  # noqa: PLR0913 - a post of the desk has these parts
        self,
        channel: str,
        card: Card,
        *,
        conversation_id: str,
        key: str,
        thread_ts: str = "",
        username: str = "",
        icon: str = "",
    ) -> str:
        """The ts of the new message. MessageGone where the thread's root is not there any more."""
        answer = self._call(
            self._client.chat_postMessage,
            channel=channel,
            text=card.text,
            blocks=card.blocks,
            thread_ts=thread_ts or None,
            username=username or None,
            icon_emoji=icon or None,
            metadata={"event_type": SHOWN, "event_payload": {"conversation": conversation_id, "key": key}},
            unfurl_links=False,
            unfurl_media=False,
        )
        ts: str = answer["ts"]
        if thread_ts and answer.get("message", {}).get("thread_ts", thread_ts) != thread_ts:
            # Slack may turn a reply to a deleted root into a message of its own, out of place in the channel.
            self._call(self._client.chat_delete, {"message_not_found", "cant_delete_message"}, channel=channel, ts=ts)
            raise MessageGone(f"the root {thread_ts} of a thread")
        return ts

    def update(self, channel: str, ts: str, card: Card) -> None:
        self._call(self._client.chat_update, channel=channel, ts=ts, text=card.text, blocks=card.blocks)

    def react(self, channel: str, ts: str, name: str) -> None:
        fine = {"already_reacted", "too_many_emoji", "too_many_reactions"}
        self._call(self._client.reactions_add, fine, channel=channel, timestamp=ts, name=name)

    def unreact(self, channel: str, ts: str, name: str) -> None:
        self._call(self._client.reactions_remove, {"no_reaction"}, channel=channel, timestamp=ts, name=name)

    def whisper(self, channel: str, user: str, thread_ts: str, text: str, title: str = "") -> None:
        """Words that only one person sees; nothing happens where they have left the channel.

        Under a ``title``, the text is Markdown of the shop's own. Without ``thread_ts`` they stand in the channel.
        """
        for card in page_cards(title, text) if title else whisper_cards(text):
            self.ask(channel, user, thread_ts, card)

    def ask(self, channel: str, user: str, thread_ts: str, question: Card) -> None:
        """As ``whisper``, with buttons. Nobody can take it back but through the ``response_url`` of a press on it."""
        self._call(
            self._client.chat_postEphemeral,
            {"user_not_in_channel"},
            channel=channel,
            user=user,
            thread_ts=thread_ts or None,
            text=question.text,
            blocks=question.blocks,
        )

    def withdraw(self, response_url: str) -> None:
        self._respond(response_url, {"delete_original": True})

    def respond(self, response_url: str, text: str) -> None:
        """The answer to a command, for whoever typed it; it works where the bot is no member (*response_url*)."""
        for card in whisper_cards(text):
            self._respond(response_url, {"response_type": "ephemeral", "text": card.text, "blocks": list(card.blocks)})

    def _respond(self, response_url: str, body: dict[str, Any]) -> None:
        try:
            answer = self._webhook(response_url).send_dict(body)
        except (OSError, HTTPException) as error:
            raise Doubtful(f"response_url: {type(error).__name__}") from None
        if answer.status_code != 200:
            raise meaning("response_url", answer.body[:80], status=answer.status_code)

    def _webhook(self, url: str) -> WebhookClient:
        return WebhookClient(url, timeout=self._client.timeout, logger=_silent, retry_handlers=[])

    # Reading back what was shown

    def shown_keys(self, channel: str, thread_ts: str) -> dict[str, str]:
        """The ts by the key of everything of ours in the thread."""
        messages = self._pages(self._client.conversations_replies, channel=channel, ts=thread_ts)
        return {shown["key"]: ts for ts, shown in self._ours(messages)}

    def find_root(self, channel: str, conversation_id: str, since: float) -> str:
        """The ts of a conversation's root, the latest if there are several; empty where none was posted since then."""
        oldest = f"{since - CLOCKS:.6f}"
        messages = self._pages(self._client.conversations_history, channel=channel, oldest=oldest)
        wanted = {"conversation": conversation_id, "key": ROOT}
        return next((ts for ts, shown in self._ours(messages) if shown == wanted), "")

    def conversation_of(self, channel: str, thread_ts: str) -> str | None:
        """The conversation that the root of a thread shows; None for a thread that is not ours."""
        answer = self._call(
            self._client.conversations_replies,
            {"thread_not_found", "message_not_found"},
            channel=channel,
            ts=thread_ts,
            limit=1,
            include_all_metadata=True,
        )
        roots = [shown for ts, shown in self._ours(answer.get("messages", [])) if ts == thread_ts]
        return next((shown["conversation"] for shown in roots if shown["key"] == ROOT), None)

    def _pages(self, method: Callable[..., Any], **arguments: Any) -> Iterator[Json]:
        cursor = ""
        while True:
            page = self._call(method, limit=PAGE, include_all_metadata=True, cursor=cursor or None, **arguments)
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def _ours(self, messages: Iterator[Json] | list[Json]) -> Iterator[tuple[str, dict[str, str]]]:
        """Every app can write metadata: only what stands on our own messages is believed."""
        for message in messages:
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == SHOWN and message.get("bot_id") == self._bot_id:
                yield message["ts"], metadata["event_payload"]

    @cached_property
    def _bot_id(self) -> str:
        bot_id: str = self._call(self._client.auth_test)["bot_id"]
        return bot_id

    # Files

    def begin_upload(self, name: str, size: int) -> SlackUpload:
        """``size`` in bytes. To be recorded before ``finish_upload``, so that ``was_shared`` can be asked."""
        title = clean(name) or "file"
        answer = self._call(self._client.files_getUploadURLExternal, filename=title, length=size)
        return SlackUpload(answer["file_id"], answer["upload_url"], title)

    def finish_upload(self, upload: SlackUpload, data: bytes, channel: str, thread_ts: str) -> None:
        self._files.put(upload.url, data)
        self._call(
            self._client.files_completeUploadExternal,
            files=[{"id": upload.file_id, "title": upload.name}],
            channel_id=channel,
            thread_ts=thread_ts,
        )

    def was_shared(self, file_id: str, channel: str) -> bool:
        found = self._call(self._client.files_info, {"file_not_found"}, file=file_id).get("file", {})
        return any(channel in places for places in (found.get("shares") or {}).values())

    def download(self, file: SlackFile) -> bytes:
        """Raises FileUnavailable with the problem to show, and TryAgain."""
        return self._files.fetch(self._complete(file))

    def _complete(self, file: SlackFile) -> SlackFile:
        """Files of Slack Connect come with an id alone."""
        if file.access != "check_file_info":
            return file
        found = self._call(self._client.files_info, {"file_not_found"}, file=file.id).get("file")
        if not found:
            raise FileUnavailable("unavailable", f"file {file.id} is not known to Slack")
        return replace(
            file,
            name=found.get("name") or file.name,
            mimetype=found.get("mimetype") or "",
            size=found.get("size") or 0,
            url=found.get("url_private_download") or found.get("url_private") or "",
            mode=found.get("mode") or "",
            access=found.get("file_access") or "",
        )

    # People

    def user_name(self, user: str) -> str:
        """The name that a customer may read; empty for somebody whom Slack does not know."""
        if user not in self._names:
            unknown = {"user_not_found", "user_not_visible"}
            found = self._call(self._client.users_info, unknown, user=user).get("user", {})
            profile = found.get("profile") or {}
            self._names[user] = profile.get("real_name") or found.get("real_name") or profile.get("display_name") or ""
        return self._names[user]

    def _call(self, method: Callable[..., Any], fine: set[str] | None = None, **arguments: Any) -> Json:
        """The answer; empty where Slack answered with one of the errors that are ``fine``."""
        name = method.__name__
        self._client.token = self._token()
        try:
            answer: Json = method(**arguments).data
        except SlackApiError as error:
            if error.response.get("error") in (fine or ()):
                return {}
            raise _meaning(name, error) from None  # its text repeats the answer
        except (OSError, HTTPException) as error:
            raise Doubtful(f"{name}: {type(error).__name__}") from None
        return answer


def _meaning(method: str, error: SlackApiError) -> Exception:
    answer, headers = error.response.data, error.response.headers
    after = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return meaning(
        method,
        str(answer.get("error", ""))[:80],
        status=error.response.status_code,
        after=float(after) if after.isascii() and after.isdigit() else 0.0,
        detail=str(answer.get("needed") or (answer.get("response_metadata") or {}).get("messages") or "")[:300],
    )
