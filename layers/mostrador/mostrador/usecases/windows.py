"""Until when a customer can be written to freely: some channels allow it only for a while after they wrote."""

from mostrador.channels.registry import ANSWER_WINDOWS
from mostrador.domain.attention import Clock
from mostrador.domain.conversation import Conversation, Identity
from mostrador.policy.clocks import with_clock
from mostrador.usecases.ports import Inbox

WARNED_BEFORE = 3600
"""Seconds before a window closes at which whoever has the conversation is told, should somebody still be waiting."""


def window_of(inbox: Inbox, conversation: Conversation) -> float | None:
    """When it closes: epoch seconds, 0 for somebody who never wrote; None on a channel that has no such thing."""
    limited = conversation.address.channel in ANSWER_WINDOWS
    return closes_at(conversation.address.channel, inbox.identity(conversation.address)) if limited else None


def closes_at(channel: str, identity: Identity | None) -> float | None:
    """As ``window_of``, for whoever has read the identity already."""
    seconds = ANSWER_WINDOWS.get(channel)
    if seconds is None:
        return None
    if identity is None or not identity.last_inbound_at:
        return 0.0
    if identity.window_closed_at > identity.last_inbound_at:
        return identity.window_closed_at
    return identity.last_inbound_at + seconds


def watched(conversation: Conversation, wrote_at: float, now: float) -> Conversation:
    """Somebody is told while there is still time to answer, and the card when there is none."""
    seconds = ANSWER_WINDOWS.get(conversation.address.channel)
    if seconds is None or conversation.is_closed or conversation.quarantine:
        return conversation
    looks_at = wrote_at + seconds - WARNED_BEFORE
    return with_clock(conversation, Clock.WINDOW, looks_at) if looks_at > now else conversation


def is_closed(window: float | None, now: float) -> bool:
    return window is not None and window <= now
