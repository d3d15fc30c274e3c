"""The contact form as a channel. What goes out is a mail, so that the conversation goes on in the mailbox."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from mostrador.channels.base import Channel, Intake
from mostrador.channels.files import collected
from mostrador.channels.form.events import files_of
from mostrador.channels.form.tokens import Pass, conversation_link, link_token
from mostrador.channels.registry import ChannelSettings, open_channel
from mostrador.channels.uploads import uploaded
from mostrador.domain.catalogue import say
from mostrador.domain.delivery import Accepted, Failure, Fault, Reason, SendResult
from mostrador.domain.errors import NotConfigured, Unreadable
from mostrador.domain.form import ANSWERED_BY, FORM
from mostrador.domain.messages import Address, Arrival, Attachment, Outgoing, ProviderEvent, Received
from mostrador.domain.typed import name_of, storable

LARGEST_FILE = 6 * 1024 * 1024
"""Bytes: Lambda takes no larger request."""


class FormChannel:
    name = FORM
    longest_text = 190_000
    """Of a mail, with room for the link."""

    def __init__(self, settings: ChannelSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock

    # In

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        match event.payload.get("type"):
            case "message":
                return self._message(event, intake)
            case "reply":
                return self._reply(event, intake)
            case _:
                raise Unreadable("neither a form nor something from a conversation's page")

    def _message(self, event: ProviderEvent, intake: Intake) -> Received:
        typed = event.payload
        # As it was filled in, with what was agreed to: a file beside the others, erased when they are.
        document = json.dumps({**typed, "at": event.received_at}, ensure_ascii=False, indent=1)
        source = intake.keep("form.json", "application/json", document.encode("utf-8", "replace"))
        return replace(
            self._received(event, intake),
            subject=_subject(typed),
            text=_with_details(typed),
            trusted=False,
            by_hand=True,
            phone=str(typed.get("number", "")),
            source=source.key,
        )

    def _reply(self, event: ProviderEvent, intake: Intake) -> Received:
        received = self._received(event, intake)
        return replace(
            received, reply_token=str(event.payload["conversation"]), trusted=event.payload["proven"] is True
        )

    def _received(self, event: ProviderEvent, intake: Intake) -> Received:
        typed = event.payload
        return Received(
            channel=self.name,
            provider_id=event.event_id,
            sender=Address(self.name, str(typed["email"]), name_of(str(typed["name"]))),
            recipient=self._settings.mail_address,
            text=storable(str(typed["text"])),
            sent_at=event.received_at,
            attachments=self._files(event, intake),
            threads=True,
            language=str(typed["language"]),
        )

    def _files(self, event: ProviderEvent, intake: Intake) -> tuple[Attachment, ...]:
        files = files_of(event.payload["files"])
        announced = [uploaded(file.key, file.name, file.content_type, intake, LARGEST_FILE) for file in files]
        return tuple(collected(announced, intake, event.received_at, self._clock))

    # Out

    def send(self, message: Outgoing, files: Mapping[str, bytes]) -> SendResult:
        if len(message.text) > self.longest_text:
            return Failure(Reason.TOO_LONG, retryable=False, fault=Fault.THEIRS)
        return self._mail.send(self._as_mail(message), files)

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        return self._mail.find_sent(self._as_mail(message), since)

    @cached_property
    def _mail(self) -> Channel:
        try:
            return open_channel(ANSWERED_BY, self._settings)
        except KeyError:
            raise NotConfigured("the channel email, by which forms are answered") from None

    def _as_mail(self, message: Outgoing) -> Outgoing:
        """To the address that was typed, with the way to the conversation's own page."""
        token = link_token(Pass(message.conversation_id), self._clock(), self._key())
        link = conversation_link(self._settings.public_base_url, token)
        # Who typed the address may have typed an advertisement as the name: no machine sends that on.
        name = "" if message.automatic else message.to.name
        return replace(message, to=Address(ANSWERED_BY, message.to.value, name), page=link)

    def _key(self) -> str:
        key = self._settings.secret("web-key").get("key", "")
        if not key:
            raise NotConfigured("the secret web-key has no key")
        return key


def _subject(typed: Mapping[str, Any]) -> str:
    """Chosen from a list, so that nothing that a stranger wrote stands in the subject of a mail of ours."""
    return say(f"form.topic.{typed['topic']}", str(typed["language"])) if typed["topic"] else ""


def _with_details(typed: Mapping[str, Any]) -> str:
    given = ((name, storable(str(typed[name]))) for name in ("order", "phone"))
    lines = [say(f"form.detail.{name}", str(typed["language"]), value=value) for name, value in given if value]
    return "\n".join([storable(str(typed["text"])), "", *lines]) if lines else storable(str(typed["text"]))
