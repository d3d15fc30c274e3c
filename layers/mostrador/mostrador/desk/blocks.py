"""Block Kit's parts with its limits built in: whatever text comes in, what goes out is something Slack accepts.

Limits from docs.slack.dev, *Block Kit*, counted after escaping. ``plain`` is for whatever a customer may have written;
``formatted`` is for our own words alone.
"""

from collections.abc import Sequence
from typing import Any

from mostrador.desk.markup import fit

type Block = dict[str, Any]

SECTION_TEXT = 3000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
BUTTON_TEXT = 75
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
OPTION_TEXT = 75
PLACEHOLDER = 150
MARKDOWN_TEXT = 12_000
"""Of all markdown blocks of a message together."""


def escaped(text: str) -> Block:
    """``text`` is escaped and short enough already. Emoji off: ``:)`` and ``:x:`` stay as they were typed."""
    return {"type": "plain_text", "text": text, "emoji": False}


def plain(text: str, limit: int = SECTION_TEXT) -> Block:
    # Slack refuses an empty text, and what no screen shows leaves one.
    return escaped(fit(text, limit) or "-")


def formatted(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER_TEXT)}


def section(text: Block) -> Block:
    # Without ``expand`` Slack folds a long message behind "See more".
    return {"type": "section", "text": text, "expand": True}


def context(elements: Sequence[Block]) -> Block:
    return {"type": "context", "elements": list(elements[:CONTEXT_ELEMENTS])}


def actions(elements: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(action: str, label: str, value: str, **more: Any) -> Block:
    return {"type": "button", "action_id": action, "text": plain(label, BUTTON_TEXT), "value": value, **more}


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    return {
        "title": plain(title, CONFIRM_TITLE),
        "text": plain(text, CONFIRM_TEXT),
        "confirm": plain(yes, CONFIRM_BUTTON),
        "deny": plain(no, CONFIRM_BUTTON),
    }


def overflow(action: str, options: Sequence[Block]) -> Block:
    """One to five options. Unlike a select it forgets what was chosen, so that the same can be chosen again."""
    return {"type": "overflow", "action_id": action, "options": list(options)}


def select(action: str, placeholder: str, options: Sequence[Block], **more: Any) -> Block:
    """One to a hundred options."""
    text = plain(placeholder, PLACEHOLDER)
    return {"type": "static_select", "action_id": action, "placeholder": text, "options": list(options), **more}


def option(label: str, value: str) -> Block:
    """``value`` in at most 150 characters."""
    return {"text": plain(label, OPTION_TEXT), "value": value}


def markdown(text: str) -> Block:
    """Markdown as the shop wrote it, for a text of at most MARKDOWN_TEXT characters."""
    return {"type": "markdown", "text": text}
