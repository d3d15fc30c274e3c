"""What an agent can do with a conversation, as the buttons and menus below its card.

A button's value is the conversation's id, a menu's is what was chosen; the thread says which conversation it is.
"""

from mostrador.desk import blocks
from mostrador.desk.blocks import Block
from mostrador.desk.views import ConversationView
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import State

CLAIM, CLOSE, REOPEN, RELEASE, WAKE, RING = "claim", "close", "reopen", "release", "wake", "ring"
"""The buttons' action ids."""

READ_OUT, WITHHOLD = "read_out", "withhold"
"""The buttons' action ids below an answer that is kept back; their value is its sequence."""

TEMPLATE, SEND_TEMPLATE, SEND_NONE = "template", "send_template", "send_none"
"""The button that asks which approved message to send, and those in the question; see ``questions``."""

SNOOZE, MORE = "snooze", "more"
"""The menus' action ids."""

HOUR, OPENING, TOMORROW, DAYS = "hour", "opening", "tomorrow", "days"
"""What can be chosen in SNOOZE."""

WHY, PROTOCOL, CALL, CALLED = "why", "protocol", "call", "called"
"""What can be chosen in MORE: Slack shows at most five there."""


def controls(view: ConversationView) -> list[Block]:
    if view.state is State.CLOSED:
        return [_button(view, REOPEN), _more(view)]
    # Whoever closes it ends the promise of a call as well, and should know.
    close = _button(view, CLOSE, confirm=_confirm("close.call" if view.callback_at else "close", view.language))
    if view.quarantine:
        return [_button(view, RELEASE, confirm=_confirm("release", view.language)), close]
    claim = [] if view.assignee else [_button(view, CLAIM, style="primary")]
    rest = _button(view, WAKE) if view.state is State.SNOOZED else _snooze(view)
    ring = [_button(view, RING)] if view.callable else []
    return [*claim, *ring, close, rest, *_templates(view), _more(view)]


def _snooze(view: ConversationView) -> Block:
    language = view.language
    choices = [blocks.option(say(f"snooze.{name}", language), name) for name in (HOUR, OPENING, TOMORROW, DAYS)]
    return blocks.select(SNOOZE, say("menu.snooze", language), choices)


def _templates(view: ConversationView) -> list[Block]:
    return [_button(view, TEMPLATE)] if view.templates and not view.opted_out else []


def _more(view: ConversationView) -> Block:
    protocol = [PROTOCOL] if view.protocol else []
    choices = [blocks.option(say(f"menu.{name}", view.language), name) for name in (WHY, *protocol, *_calls(view))]
    return blocks.overflow(MORE, choices)


def _calls(view: ConversationView) -> list[str]:
    """Whoever waits can be called without a promise as well, and from a telephone that tells us nothing."""
    if view.state is State.CLOSED:
        return []
    if view.callback_at:
        return [CALLED]
    return [CALL, CALLED] if view.callable and view.waiting_since else [CALL]


def _confirm(action: str, language: str) -> Block:
    title, text, yes, no = (say(f"confirm.{action}.{part}", language) for part in ("title", "text", "yes", "no"))
    return blocks.confirm(title, text, yes, no)


def _button(view: ConversationView, action: str, **more: Block | str) -> Block:
    return blocks.button(action, say(f"button.{action}", view.language), view.id, **more)
