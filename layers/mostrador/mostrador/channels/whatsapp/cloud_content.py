"""What a message of the Cloud API says, by its ``type``. Source: Meta, "Webhooks", components of messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mostrador.channels.whatsapp.content import card, filled_in, place, plain

type Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    media_id: str
    name: str
    """The sender's; the id where they gave none."""
    content_type: str


@dataclass(frozen=True, slots=True)
class Content:
    text: str = ""
    files: tuple[File, ...] = ()
    warnings: tuple[str, ...] = ()
    asks: bool = True
    """False where nobody waits for an answer: a thumb up."""


def content_of(message: Json) -> Content | None:
    """None for what takes something back. What is in no table is said to be there.

    Raises KeyError and its relatives.
    """
    kind = plain(message["type"])
    read = _READERS.get(kind)
    content = read(message[kind]) if read else Content(warnings=("unsupported",))
    if content is None or not (message.get("context") or {}).get("forwarded"):
        return content
    return replace(content, warnings=(*content.warnings, "forwarded"))


def _text(part: Json) -> Content:
    return Content(plain(part["body"]))


def _media(part: Json) -> Content:
    media_id, name = plain(part["id"]), plain(part.get("filename"))
    return Content(plain(part.get("caption")), (File(media_id, name or media_id, plain(part.get("mime_type"))),))


def _location(part: Json) -> Content:
    labels = (plain(part.get("name")), plain(part.get("address")))
    return Content(place(part.get("latitude"), part.get("longitude"), labels))


def _contacts(part: list[Json]) -> Content:
    return Content("\n\n".join(map(_contact, part)))


def _contact(one: Json) -> str:
    phones = (plain(phone.get("phone")) for phone in one.get("phones") or ())
    mails = (plain(mail.get("email")) for mail in one.get("emails") or ())
    return card(plain((one.get("name") or {}).get("formatted_name")), (*phones, *mails))


def _button(part: Json) -> Content:
    """A quick reply of a template."""
    return Content(plain(part.get("text")) or plain(part.get("payload")))


def _interactive(part: Json) -> Content:
    kind = plain(part["type"])
    chosen = part[kind]
    if kind == "nfm_reply":
        return Content(filled_in(chosen.get("response_json")) or plain(chosen.get("body")))
    return Content("\n".join(filter(None, (plain(chosen.get("title")), plain(chosen.get("description"))))))


def _reaction(part: Json) -> Content | None:
    emoji = plain(part.get("emoji"))
    return Content(emoji, asks=False) if emoji else None


def _order(part: Json) -> Content:
    wanted = (
        f"🛒 {plain(str(item.get('quantity', '')))} x {plain(item.get('product_retailer_id'))}"
        for item in part["product_items"]
    )
    return Content("\n".join(filter(None, (*wanted, plain(part.get("text"))))))


def _system(part: Json) -> Content:
    """Their number changed, for one: WhatsApp's own words."""
    return Content(plain(part.get("body")), asks=False)


_READERS: Mapping[str, Callable[[Any], Content | None]] = {
    "text": _text,
    "image": _media,
    "audio": _media,
    "video": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
}
