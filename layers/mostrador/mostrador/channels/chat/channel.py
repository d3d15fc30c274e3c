"""The live chat as a channel: frames of a browser in, frames to all of a visitor's open connections out."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any

from mostrador.channels.base import Intake
from mostrador.channels.chat.frames import LARGEST_FILE, LONGEST_TEXT, MOST_FILES, VERSION
from mostrador.channels.chat.gateway import LARGEST, Gateway, Gone
from mostrador.channels.chat.tokens import mail_proof
from mostrador.channels.files import collected
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.uploads import uploaded
from mostrador.domain.chat import CHAT, Connection
from mostrador.domain.delivery import Absent, Accepted, Delivery, Failure, Fault, Reason, SendResult
from mostrador.domain.errors import NotConfigured, Unreadable
from mostrador.domain.messages import (
    Address,
    Arrival,
    Attachment,
    Outgoing,
    Page,
    ProviderEvent,
    Reachable,
    Receipt,
    Received,
)
from mostrador.domain.typed import name_of, storable

FRESH = 150
"""Seconds since a browser last said something during which it counts as there. It pings every minute."""
MOST_PAGES = 20
"""Connections of one visitor that are told something, those that were heard last: nobody has more tabs open, but a
stranger could have thousands."""
FRAGMENT = "mostrador-chat"
"""Of a page's address: the widget finds in it what a link from a mail brings, and takes it out."""

_STATES = {"delivered": Delivery.DELIVERED, "read": Delivery.READ}


class ChatChannel:
    name = CHAT
    longest_text = LONGEST_TEXT

    def __init__(self, settings: ChannelSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._gateway = Gateway(settings.chat_endpoint, settings.region, settings.session)

    # In

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        payload = event.payload
        match payload.get("type"):
            case "send":
                return self._received(event, payload, intake)
            case "receipt" if payload.get("state") in _STATES:
                return Receipt(self.name, str(payload.get("id", "")), _STATES[payload["state"]], at=event.received_at)
            case "leave_email":
                sender = Address(self.name, event.sender, name_of(str(payload.get("name", ""))))
                return Reachable(event.event_id, sender, str(payload.get("email", "")), event.received_at)
            case "proof":
                sender = Address(self.name, event.sender)
                return Reachable(event.event_id, sender, str(payload.get("email", "")), event.received_at, proven=True)
            case _:
                raise Unreadable("a frame of the chat of an unknown type")

    def _received(self, event: ProviderEvent, payload: Mapping[str, Any], intake: Intake) -> Received:
        return Received(
            channel=self.name,
            provider_id=event.event_id,
            sender=Address(self.name, event.sender),
            recipient="",
            text=storable(str(payload.get("text", ""))),
            sent_at=event.received_at,
            attachments=self._files(event, intake),
            language=str(payload.get("language", "")),
            page=_page(payload),
        )

    def _files(self, event: ProviderEvent, intake: Intake) -> tuple[Attachment, ...]:
        announced = [
            uploaded(file["key"], file["name"], file["content_type"], intake, LARGEST_FILE)
            for file in event.payload.get("files", ())[:MOST_FILES]
        ]
        return tuple(collected(announced, intake, event.received_at, self._clock))

    # Out

    def send(self, message: Outgoing, files: Mapping[str, bytes]) -> SendResult:  # noqa: ARG002  the browser fetches them
        """To each open connection. Absent where none of them shows that somebody is there."""
        if len(message.text) > LONGEST_TEXT:
            return _failure(Reason.TOO_LONG)
        if self._settings.connections is None or not self._settings.chat_endpoint:
            raise NotConfigured("the table and the address of the chat's connections")
        # Without a cursor: whoever has this one need not have what was said before it, nor their own words before that.
        data = encoded({"type": "message", "message": shown(message)})
        if len(data) > LARGEST:
            return _failure(Reason.TOO_LONG)
        return self._told([(one, self._post(one, data)) for one in self._pages(message.to)])

    def typing(self, to: Address, name: str, seconds: float) -> None:
        self._say(to, {"type": "typing", "name": name, "seconds": ceil(seconds)})

    def show(self, message: Outgoing) -> None:
        self._say(message.to, {"type": "message", "message": shown(message)})

    def way_back(self, customer: Address, mail: str, page: Page) -> str:
        key = self._settings.secret("chat-key").get("key", "")
        if not key:
            raise NotConfigured("the secret chat-key has no key")
        return f"{page.address}#{FRAGMENT}={mail_proof(customer.value, mail, key)}"

    def _say(self, to: Address, frame: Mapping[str, Any]) -> None:
        data = encoded(frame)
        if len(data) <= LARGEST:
            for connection in self._pages(to):
                self._post(connection, data)

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:  # noqa: ARG002  the contract's shape
        """Whatever became of it, it can be said again: a browser knows a message by its id."""
        return None

    def _pages(self, visitor: Address) -> Sequence[Connection]:
        known = self._settings.connections.of(visitor.value) if self._settings.connections is not None else ()
        return sorted(known, key=lambda one: one.seen_at)[-MOST_PAGES:]

    def _post(self, connection: Connection, data: bytes) -> Failure | Gone | None:
        said = self._gateway.post(connection.id, data)
        if said is Gone.GONE and self._settings.connections is not None:
            self._settings.connections.forget(connection)
        return said

    def _told(self, outcomes: Sequence[tuple[Connection, Failure | Gone | None]]) -> SendResult:
        since = self._clock() - FRESH
        there = next((one for one, said in outcomes if said is None and one.seen_at >= since), None)
        if there is not None:
            return Accepted(there.id)
        return next((said for _, said in outcomes if isinstance(said, Failure)), Absent())


def shown(message: Outgoing) -> dict[str, Any]:
    """A message of the shop's as the protocol shows it."""
    return {
        "id": message.message_id,
        "from": "shop",
        "name": message.sender_name,
        "automatic": message.automatic,
        "text": message.text,
        "at": message.written_at,
        "files": [shown_file(file) for file in message.attachments],
        **by(message.via),
    }


def by(channel: str) -> dict[str, str]:
    """The way that a message went, where it was another one than the chat."""
    return {"via": channel} if channel else {}


def shown_file(file: Attachment) -> dict[str, Any]:
    problem = {} if file.key else {"problem": file.problem or "unavailable"}
    return {"name": file.name, "type": file.content_type, "size": file.size, **problem}


def encoded(frame: Mapping[str, Any]) -> bytes:
    return json.dumps({"v": VERSION, **frame}, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _page(payload: Mapping[str, Any]) -> Page | None:
    said = payload.get("page")
    return Page(storable(said["address"]), storable(said["title"])) if said else None


def _failure(reason: Reason) -> Failure:
    return Failure(reason, retryable=False, fault=Fault.THEIRS)
