"""What a callback of WhatsApp's Cloud API holds: messages and the states of ours, several of each."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from mostrador.domain.messages import ProviderEvent

type Json = Mapping[str, Any]

CHANNEL = "whatsapp"
MESSAGE, STATUS, OTHER, UNREAD = "message", "status", "other", "unread"
"""What a payload holds, under this name."""

type _Read = Callable[[Json, float], Iterator[ProviderEvent]]


def whatsapp_events(entry: Json, received_at: float) -> Iterator[ProviderEvent]:
    """What in it is not shaped as Meta documents it is an event that nobody can read: the rest of it goes on.

    Raises KeyError or TypeError for an entry without changes.
    """
    for change in entry["changes"]:
        yield from _readable(change, received_at, _events)


def _events(change: Json, received_at: float) -> Iterator[ProviderEvent]:
    value = change["value"]
    if change["field"] != "messages":
        yield _event(_digest(change), OTHER, {OTHER: change["field"]}, received_at)
        return
    for message in value.get("messages") or ():
        yield from _readable(message, received_at, partial(_message, value))
    for status in value.get("statuses") or ():
        yield from _readable(status, received_at, partial(_status, value))


def _readable(part: Json, received_at: float, read: _Read) -> Iterator[ProviderEvent]:
    """A part that cannot be read takes nobody else's message along."""
    try:
        yield from [*read(part, received_at)]
    except (KeyError, TypeError, AttributeError):
        yield _event(_digest(part), UNREAD, {UNREAD: part}, received_at)


def _message(value: Json, message: Json, received_at: float) -> Iterator[ProviderEvent]:
    payload = {MESSAGE: message, "contact": _contact_of(message, value), "metadata": value.get("metadata") or {}}
    yield _event(message.get("id") or _digest(message), _sender(message), payload, received_at)


def _status(value: Json, status: Json, received_at: float) -> Iterator[ProviderEvent]:
    name = f"{status.get('id') or _digest(status)}:{status.get('status')}"
    ours = status.get("biz_opaque_callback_data") or status.get("id") or name
    yield _event(name, ours, {STATUS: status, "metadata": value.get("metadata") or {}}, received_at)


def _event(event_id: object, sender: object, payload: dict[str, Any], received_at: float) -> ProviderEvent:
    return ProviderEvent(CHANNEL, str(event_id), str(sender), payload, received_at)


def _contact_of(message: Json, value: Json) -> Json:
    """Whose message it is: several people's may come together."""
    contacts = [each for each in value.get("contacts") or () if isinstance(each, Mapping)]
    ids = {message.get("from"), message.get("from_user_id")} - {None, ""}
    found = (each for each in contacts if ids & {each.get("wa_id"), each.get("user_id")})
    return next(found, contacts[0] if len(contacts) == 1 else {})


def _sender(message: Json) -> str:
    return str(message.get("from") or message.get("from_user_id") or "unknown")


def _digest(value: Json) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
