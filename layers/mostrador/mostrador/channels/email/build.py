"""A message of ours as a mail: text, a plain HTML version, files, and the headers that keep the thread together."""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

from mostrador.channels.email.machines.reports import OURS
from mostrador.domain.catalogue import say
from mostrador.domain.messages import Outgoing, Quoted
from mostrador.domain.subjects import base_subject

_MESSAGE_ID = re.compile(r"[!-;=?-~]{3,900}")
_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_LINK = re.compile(r"https?://(?:[^\s<>\"'&]|&amp;)*(?:[^\s<>\"'&.,;:!?)]|&amp;)")
_LONGEST_REFERENCES = 900
"""Characters. One line of a mail may have 998 (RFC 5322, 2.1.1)."""


def build_mail(message: Outgoing, mail_address: str, reply_to: str, files: Mapping[str, bytes]) -> bytes:
    """The raw mail. Raises ValueError for a recipient that is no address, KeyError for a file that is not there."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _mailbox(_from_name(message), mail_address)
    mail["To"] = _mailbox(message.to.name, message.to.value)
    mail["Reply-To"] = _mailbox(message.shop_name, reply_to)
    mail["Subject"] = _subject(message)
    mail[OURS.title()] = message.message_id
    if message.automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_as_text(message), cte="quoted-printable")
    mail.add_alternative(_as_html(message), subtype="html", cte="quoted-printable")
    for file in message.attachments:
        maintype, subtype = _content_type(file.content_type)
        mail.add_attachment(files[file.key], maintype=maintype, subtype=subtype, filename=_one_line(file.name))
    return _threading(message.in_reply_to, message.references) + mail.as_bytes()


def _mailbox(name: str, address: str) -> Address:
    """Raises ValueError for an address that SES could not deliver to: it takes no letters beyond ASCII before the @."""
    local, _, domain = address.rpartition("@")
    try:
        ascii_address = f"{local}@{domain.encode('idna').decode()}"
        if not ascii_address.isascii():
            raise ValueError("letters beyond ASCII before the @")
        return Address(" ".join(name.split()), addr_spec=ascii_address)
    except (MessageError, IndexError) as error:
        # What the standard library's parser raises on addresses that are none.
        raise ValueError("not a mail address") from error


def wire_message_id(provider_id: str, region: str) -> str:
    """The Message-ID with which SES replaces ours, without angle brackets.

    Source: SES Developer Guide, "Header fields"; us-east-1 alone writes ``email`` for its name.
    """
    return f"{provider_id}@{'email' if region == 'us-east-1' else region}.amazonses.com"


def reply_subject(subject: str) -> str:
    """``Re:`` once, however many are there in whatever language."""
    return f"Re: {base_subject(subject)}".strip()


def _threading(in_reply_to: str, references: Sequence[str]) -> bytes:
    """Written by hand: the standard library breaks ids that are longer than a line into encoded words."""
    parent = _ids([in_reply_to])
    if not parent:
        return b""
    known = [one for one in _ids(references) if one not in parent]
    lines = [f"In-Reply-To: {parent[0]}", "References: " + "\r\n ".join(_shortened([*known, *parent]))]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _ids(values: Sequence[str]) -> list[str]:
    bare = (value.strip("<> ") for value in values)
    return [f"<{value}>" for value in bare if _MESSAGE_ID.fullmatch(value)]


def _shortened(ids: list[str]) -> list[str]:
    """The root and as many of the last as fit (RFC 5322, 3.6.4 leaves what to drop to the writer)."""
    kept: list[str] = []
    room = _LONGEST_REFERENCES - len(ids[0])
    for one in reversed(ids[1:]):
        room -= len(one) + 1
        if room < 0:
            break
        kept.append(one)
    return [ids[0], *reversed(kept)] if room >= 0 or kept else ids[-1:]


def _from_name(message: Outgoing) -> str:
    if not message.sender_name or not message.shop_name:
        return message.shop_name or message.sender_name
    return say("mail.sender", message.language, agent=message.sender_name, shop=message.shop_name)


def _subject(message: Outgoing) -> str:
    if not message.subject.strip():
        return reply_subject(say("mail.no_subject", message.language, shop=message.shop_name))
    return reply_subject(message.subject)


def _attribution(quoted: Quoted, message: Outgoing) -> str:
    moment = datetime.fromtimestamp(quoted.at, ZoneInfo(message.timezone))
    day = moment.strftime(say("mail.day", message.language))
    author = _one_line(quoted.author)
    return say("mail.quote", message.language, day=day, time=f"{moment:%H:%M}", author=author)


def _as_text(message: Outgoing) -> str:
    text = message.text + _way_on(message)
    if message.quoted is None:
        return text
    lines = (f"> {line}".rstrip() for line in message.quoted.text.splitlines())
    return f"{text}\n\n{_attribution(message.quoted, message)}\n\n" + "\n".join(lines) + "\n"


def _way_on(message: Outgoing) -> str:
    """An address of many letters is in the way where it can be read: the first mail of a thread has it, for all."""
    if not message.page or message.in_reply_to:
        return ""
    return "\n\n" + say("mail.page.text", message.language, link=message.page)


def _paragraphs(text: str) -> str:
    escaped = (html.escape(part).replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text.strip()))
    return "\n".join(f'<p style="margin:0 0 1em">{part}</p>' for part in escaped)


def _linked(markup: str) -> str:
    """Addresses in our own words can be clicked; those that a customer wrote stay text."""
    return _LINK.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', markup)


def _quoted_as_html(message: Outgoing) -> str:
    """Marked up as Gmail does, which other mail programs fold away as well."""
    if message.quoted is None:
        return ""
    attribution = html.escape(_attribution(message.quoted, message))
    style = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex;color:#555"
    return (
        f'<div class="gmail_quote">\n<div class="gmail_attr">{attribution}</div>\n'
        f'<blockquote class="gmail_quote" style="{style}">\n{_paragraphs(message.quoted.text)}\n</blockquote>\n</div>\n'
    )


def _footer(message: Outgoing) -> str:
    """In small print: where the conversation goes on, and who writes."""
    lines = [_way_on_as_html(message)] if message.page else []
    lines += [html.escape(message.shop_name)] if message.shop_name else []
    style = "margin:2em 0 1.5em;color:#767676;font-size:13px"
    return f'<p style="{style}">{"<br>\n".join(lines)}</p>\n' if lines else ""


def _way_on_as_html(message: Outgoing) -> str:
    words, link = (html.escape(say(phrase, message.language)) for phrase in ("mail.page", "mail.page.link"))
    return f'{words} <a href="{html.escape(message.page)}">{link}</a>.'


def _as_html(message: Outgoing) -> str:
    body = _linked(_paragraphs(message.text))
    style = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5"
    return (
        f'<!doctype html>\n<html lang="{html.escape(message.language)}">\n<head><meta charset="utf-8"></head>\n'
        f'<body style="{style};color:#222">\n{body}\n{_footer(message)}{_quoted_as_html(message)}</body>\n</html>\n'
    )


def _content_type(value: str) -> tuple[str, str]:
    kind = value.partition(";")[0].strip().lower()
    # A mail inside a mail would have to be parsed to be attached, and adds nothing for the shopper.
    known = _CONTENT_TYPE.fullmatch(kind) and not kind.startswith(("message/", "multipart/"))
    maintype, _, subtype = (kind if known else "application/octet-stream").partition("/")
    return maintype, subtype


def _one_line(text: str) -> str:
    return " ".join(text.split())
