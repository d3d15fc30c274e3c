"""What agents see of a conversation, as Slack messages. Pure: the same view gives the same card.

What a customer wrote stands in ``plain_text`` objects alone (see ``markup``); formatting is for our own words.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched
from urllib.parse import unquote, urlsplit

from mostrador.desk import blocks
from mostrador.desk.blocks import Block
from mostrador.desk.markup import fit, pieces, shorten, split
from mostrador.desk.views import FailureView, MessageView
from mostrador.desk.wording import channel_of, mention, moment, name_of, sign_of
from mostrador.domain.catalogue import known, say
from mostrador.domain.messages import Attachment, Page

SECTIONS = 3
"""In one Slack message: Slack also limits all blocks together (``msg_blocks_too_long``), at no published figure."""

MESSAGES = 3
"""For one message of a customer; a longer one continues in a file, so that it does not flood the thread."""

WHISPER = 600
"""Characters of what is whispered in small print."""

PAGE_TEXT = 10_000
"""Characters of Markdown in one Slack message, which takes 12,000 of them."""

VISITOR = "visitor"
"""The warning that says by itself why a message is not trusted."""

LATE = 300
"""Seconds on its way after which a message says when it was written."""

ROOT = "root"
"""The key of the card that a conversation's thread hangs from."""


@dataclass(frozen=True, slots=True)
class Card:
    """One Slack message. ``text`` is what notifications and screen readers say."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def digest(self) -> str:
        """Tells whether a card that was shown is still the right one."""
        content = json.dumps([self.text, self.blocks], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]


def speaker(view: MessageView) -> str:
    """The name above a customer's message. It says the channel, so that nobody passes for a colleague."""
    # A username is no text object, and whether Slack unescapes it is not documented.
    name = shorten(re.sub("[<>&]", "", name_of(view)), 60) or say("card.nameless", view.language)
    return f"{name} · {channel_of(view)}"


def icon(channel: str) -> str:
    """What Slack shows in place of a face beside a customer's message."""
    return sign_of(channel).shortcode


# What the customer wrote


def customer_message(view: MessageView) -> tuple[Card, ...]:
    """One card or a few, in order. Where ``is_cut``, the whole text belongs into the thread as a file."""
    shown = split(view.text, blocks.SECTION_TEXT)[: SECTIONS * MESSAGES]
    groups = list(batched(shown, SECTIONS, strict=False)) or [(say("message.empty", view.language),)]
    bodies = [[blocks.section(blocks.escaped(piece)) for piece in group] for group in groups]
    bodies[0] = _above(view) + bodies[0]
    bodies[-1] = bodies[-1] + _below(view)
    return tuple(Card(group[0], tuple(body)) for group, body in zip(groups, bodies, strict=True))


def is_cut(view: MessageView) -> bool:
    """Whether the cards show less than the whole message."""
    return view.truncated or len(split(view.text, blocks.SECTION_TEXT)) > SECTIONS * MESSAGES


def file_name(view: MessageView) -> str:
    """Of the file with the whole text, as the cards announce it."""
    return say("message.file", view.language, sequence=view.sequence)


def _above(view: MessageView) -> list[Block]:
    notes = []
    if not view.trusted and VISITOR not in view.warnings:
        notes.append(blocks.plain(f"⚠️ {say('message.untrusted', view.language)}"))
    notes += [blocks.plain(f"⚠️ {say(f'warning.{warning}', view.language)}") for warning in view.warnings]
    if view.forwarded_from:
        author = shorten(view.forwarded_from, 200)
        notes.append(blocks.plain(f"↪️ {say('message.forwarded', view.language, author=author)}"))
    if view.automatic:
        notes.append(blocks.plain(f"🤖 {say('message.automatic', view.language)}"))
    if view.subject.strip():
        notes.append(blocks.plain(say("message.subject", view.language, subject=view.subject), 300))
    if view.page:
        notes.append(blocks.plain(f"📍 {_whereabouts(view.page, view.language)}", 400))
    if view.received_at - view.sent_at > LATE:
        when = moment(view.sent_at, view.language, view.zone)
        notes.append(blocks.formatted(say("message.late", view.language, when=when)))
    return [blocks.context(notes[: blocks.CONTEXT_ELEMENTS])] if notes else []


def _whereabouts(page: Page, language: str) -> str:
    """As people read it: no host, which is the shop's own, and no percent signs."""
    path = shorten(unquote(urlsplit(page.address).path), 150) or "/"
    title = shorten(page.title, 120)
    return say("message.page" if title else "message.page.nameless", language, title=title, path=path)


def _below(view: MessageView) -> list[Block]:
    files = [blocks.context(_attachments(view))] if view.attachments else []
    if not is_cut(view):
        return files
    more = say("message.continues", view.language, file=file_name(view))
    return [*files, blocks.context([blocks.plain(f"📄 {more}")])]


def _attachments(view: MessageView) -> list[Block]:
    lines = [_attachment(attachment, view.language) for attachment in view.attachments]
    if len(lines) > blocks.CONTEXT_ELEMENTS:
        rest = len(lines) - blocks.CONTEXT_ELEMENTS + 1
        lines = [*lines[:-rest], say("attachment.more", view.language, count=rest)]
    return [blocks.plain(line, 400) for line in lines]


def _attachment(attachment: Attachment, language: str) -> str:
    mark, phrase = ("⚠️", attachment.problem) if attachment.problem else ("📎", "kept")
    name = shorten(attachment.name, 100)
    return f"{mark} " + say(f"attachment.{phrase}", language, name=name, size=_size(attachment.size, language))


def _size(count: int, language: str) -> str:
    size = f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
    return size.replace(".", ",") if known(language) == "es" else size


# What became of the agents' messages


def failure_card(view: FailureView) -> Card:
    """What happened and what to do next, addressed to whoever wrote the message."""
    places = {"customer": name_of(view), "channel": channel_of(view)}
    title = say("failure.title", view.language, **places)
    sentence = say(f"failure.{view.failure.reason}", view.language, **places)
    called = mention(view.agent)
    reference = [blocks.formatted(called)] if called else []
    return Card(
        f"❌ {fit(title, 300)}. {fit(sentence, 1000)}",
        (
            blocks.section(blocks.plain(f"❌ {title}", 400)),
            blocks.section(blocks.plain(sentence)),
            blocks.context([*reference, blocks.plain(f"«{shorten(view.text, 120)}»")]),
        ),
    )


def notice_card(sentence: str, mark: str = "ℹ️", mentions: Sequence[str] = ()) -> Card:  # noqa: RUF001 - the sign is meant
    """A sentence of the catalogue in small print: what happened in the thread, or a word to one agent.

    ``mentions`` are users to call. They stand in the text as well, which is what their notification says.
    """
    line = f"{mark} {sentence}"
    called = " ".join(filter(None, map(mention, mentions)))
    elements = [*([blocks.formatted(called)] if called else []), blocks.plain(line)]
    return Card(f"{called} {fit(line, blocks.SECTION_TEXT)}".lstrip(), (blocks.context(elements),))


def whisper_cards(text: str) -> tuple[Card, ...]:
    """A word to one agent: a sentence in small print, or several lines at full size, in pieces that Slack takes."""
    if "\n" not in text.strip() and len(text) <= WHISPER:
        return (notice_card(text),)
    groups = batched(split(text, blocks.SECTION_TEXT), SECTIONS, strict=False)
    return tuple(Card(group[0], tuple(blocks.section(blocks.escaped(piece)) for piece in group)) for group in groups)


def page_cards(title: str, text: str) -> tuple[Card, ...]:
    """A text of the shop's own, in Markdown, under its title."""
    first, *more = [*pieces(text, PAGE_TEXT)] or [""]
    head = Card(fit(title, 300), (blocks.header(title), *([blocks.markdown(first)] if first else [])))
    return (head, *(Card(fit(title, 300), (blocks.markdown(piece),)) for piece in more))
