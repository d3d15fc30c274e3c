"""The documents of the webhooks, and the bytes that are signed.

Sources: Meta, "Webhooks" (payloads, signatures), "messages" and "status" webhook reference, "Business-scoped user IDs".
"""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from playground.cast import SHOP
from playground.config import Credentials
from playground.files import StoredFile
from playground.meta.problems import CloudProblem
from playground.meta.state import CloudMessage
from playground.whatsapp import Person, Said

type Json = dict[str, Any]

VERSION = "v25.0"
HELP = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
DAY = 86_400


def encoded(document: Json) -> bytes:
    """As Meta writes JSON: letters beyond ASCII as ``\\u00f1``, and each slash with a backslash before it."""
    return json.dumps(document, separators=(",", ":")).replace("/", "\\/").encode()


def signature(body: bytes, secret: str) -> str:
    """Of the bytes, as they are sent."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def signed_headers(body: bytes, secret: str) -> dict[str, str]:
    """The older signature comes along."""
    older = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "Accept": "*/*",
        "X-Hub-Signature": f"sha1={older}",
        "X-Hub-Signature-256": signature(body, secret),
    }


def wamid(person: Person, *, ours: bool) -> str:
    """The ids of the Cloud API hold whose message it is; nobody should read that."""
    digits = (person.number or person.user_id).removeprefix("+").encode()
    kind, length = (b"\x11\x18\x12", 18) if ours else (b"\x12\x18\x14", 20)
    own = secrets.token_hex(length // 2).upper().encode()
    return "wamid." + base64.b64encode(b"\x1c\x18%c%s\x15\x02\x00%s%s\x00" % (len(digits), digits, kind, own)).decode()


def envelope(account: Credentials, value: Json) -> Json:
    metadata = {"display_phone_number": SHOP.phone.removeprefix("+"), "phone_number_id": account.meta_number_id}
    change = {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": "messages"}
    return {"object": "whatsapp_business_account", "entry": [{"id": account.meta_account_id, "changes": [change]}]}


def contact_of(person: Person) -> Json:
    profile = {"name": person.name} | ({"username": f"@{person.username}"} if person.username else {})
    number = {"wa_id": person.number.removeprefix("+")} if person.number else {}
    return {"profile": profile, **number, "user_id": person.user_id}


# What a person says


def message_head(person: Person, message_id: str, at: float) -> Json:
    number = {"from": person.number.removeprefix("+")} if person.number else {}
    return {**number, "from_user_id": person.user_id, "id": message_id, "timestamp": str(int(at))}


def said_part(said: Said, media_id: str) -> Json:
    """``type`` and what goes with it."""
    if said.pressed:
        button = {"payload": said.pressed, "text": said.pressed}
        context = {"from": SHOP.phone.removeprefix("+"), "id": said.about}
        return {"context": context, "type": "button", "button": button}
    if said.place:
        place = said.place
        where = {"latitude": place.latitude, "longitude": place.longitude}
        return {"type": "location", "location": {**where, "name": place.label, "address": place.address}}
    if said.card:
        return {"type": "contacts", "contacts": [_card(said)]}
    if said.file:
        return _media(said.file, media_id, said.text)
    return {"type": "text", "text": {"body": said.text}}


def reaction_part(about: str, emoji: str) -> Json:
    return {"type": "reaction", "reaction": {"message_id": about} | ({"emoji": emoji} if emoji else {})}


def _card(said: Said) -> Json:
    assert said.card is not None  # noqa: S101 - the caller has looked
    card, (first, _, last) = said.card, said.card.name.partition(" ")
    phone = {"phone": card.phone, "wa_id": card.phone.removeprefix("+"), "type": "CELL"}
    name = {"first_name": first, "last_name": last, "formatted_name": card.name}
    return {"name": name, "phones": [phone], "emails": [{"email": card.mail, "type": "HOME"}]}


def _media(file: StoredFile, media_id: str, caption: str) -> Json:
    kind = kind_of(file.type)
    digest = base64.b64encode(hashlib.sha256(file.content).digest()).decode()
    part: Json = {"mime_type": file.type, "sha256": digest, "id": media_id}
    if kind == "audio":
        part |= {"voice": file.type == "audio/ogg"}
    if kind == "sticker":
        part |= {"animated": False}
    if kind == "document":
        part |= {"filename": file.name}
    if caption and kind in {"image", "video", "document"}:
        part |= {"caption": caption}
    return {"type": kind, kind: part}


def kind_of(media_type: str) -> str:
    if media_type == "image/webp":
        return "sticker"
    family = media_type.partition("/")[0]
    return family if family in {"image", "audio", "video"} and media_type != "image/svg+xml" else "document"


# What becomes of the shop's messages


def status_of(message: CloudMessage, status: str, at: float, problem: CloudProblem | None = None) -> Json:
    """A value of its own. Whoever could not be reached is not told of as a contact."""
    number = {"recipient_id": message.to.number.removeprefix("+")} if message.to.number else {}
    head = {"id": message.id, "status": status, "timestamp": str(int(at)), **number}
    about: Json = {"errors": [_error(problem)]} if problem else _price(message, status, at)
    ours = {"biz_opaque_callback_data": message.opaque} if message.opaque else {}
    told = {**head, "recipient_user_id": message.to.user_id, **about, **ours}
    return {"statuses": [told]} if problem else {"contacts": [contact_of(message.to)], "statuses": [told]}


def _price(message: CloudMessage, status: str, at: float) -> Json:
    """What is read has been paid for."""
    if status == "read":
        return {}
    category = "utility" if message.content.is_template else "service"
    number = hashlib.sha256(f"{message.to.user_id} {int(at) // DAY}".encode()).hexdigest()[:32]
    conversation: Json = {"id": number, "origin": {"type": category}}
    if status == "sent":
        conversation |= {"expiration_timestamp": str(int(at) + DAY)}
    pricing = {"billable": True, "pricing_model": "PMP", "category": category, "type": "regular"}
    return {"conversation": conversation, "pricing": pricing}


def _error(problem: CloudProblem) -> Json:
    details = {"details": problem.details}
    return {
        "code": problem.code,
        "title": problem.title,
        "message": problem.title,
        "error_data": details,
        "href": HELP,
    }
