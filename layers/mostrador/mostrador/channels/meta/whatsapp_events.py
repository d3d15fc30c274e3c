"""What a callback of WhatsApp's Cloud API holds: messages and the states of ours, several of each."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from mostrador.domain.messages import ProviderEvent

type Json = Mapping[str, Any]

CHANNEL = "whatsapp"
MESSAGE, STATUS, OTHER = "message", "status", "other"
"""What a payload holds, under this name."""


def whatsapp_events(entry: Json, received_at: float) -> Iterator[ProviderEvent]:
    """Raises KeyError, TypeError or AttributeError for what is not shaped as Meta documents it."""
    for change in entry["changes"]:
        value = change["value"]
        if change["field"] != "messages":
            yield _event(_digest(change), OTHER, {OTHER: change["field"]}, received_at)
            continue
        metadata = value.get("metadata") or {}
        for message in value.get("messages") or ():
            payload = {MESSAGE: message, "contact": _contact_of(message, value), "metadata": metadata}
            yield _event(message.get("id") or _digest(message), _sender(message), payload, received_at)
        for status in value.get("statuses") or ():
            name = f"{status.get('id') or _digest(status)}:{status.get('status')}"
            ours = status.get("biz_opaque_callback_data") or status.get("id") or name
            yield _event(name, ours, {STATUS: status, "metadata": metadata}, received_at)


def _event(event_id: object, sender: object, payload: dict[str, Any], received_at: float) -> ProviderEvent:
    return ProviderEvent(CHANNEL, str(event_id), str(sender), payload, received_at)


def _contact_of(message: Json, value: Json) -> Json:
    """Whose message it is: several people's may come together."""
    contacts = value.get("contacts") or []
    ids = {message.get("from"), message.get("from_user_id")} - {None, ""}
    found = (each for each in contacts if ids & {each.get("wa_id"), each.get("user_id")})
    return next(found, contacts[0] if len(contacts) == 1 else {})


def _sender(message: Json) -> str:
    return str(message.get("from") or message.get("from_user_id") or "unknown")


def _digest(value: Json) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
