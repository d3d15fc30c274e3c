"""Automatic answers: what may be told to whom without a person. Never to a machine, and rarely to the same address.

What keeps two machines from answering one another for ever is here, and in the channels, which say of each message
whether an automatic answer may follow it (RFC 3834 for mail).
"""

from enum import IntEnum

from mostrador.domain.conversation import Conversation, Direction, Identity, Message
from mostrador.domain.delivery import Delivery
from mostrador.domain.messages import Received
from mostrador.policy.first_word import Silence


class Pause(IntEnum):
    """Seconds between two automatic answers to one address."""

    COURTESY = 7 * 24 * 3600
    """For what only says that a message arrived (RFC 3834, 2: at most once in a period of days)."""
    HELP = 300
    """For what answers a question: another question may follow soon, but two machines must not talk for long."""


SEND_PATIENCE = 60
"""Seconds until ``tick`` looks whether it left."""


def silence(received: Received, identity: Identity | None, now: float, pause: Pause) -> Silence | None:
    """Why nothing may be said automatically; None where it may."""
    if not received.answerable or received.consent is not None or received.automatic:
        return Silence.MACHINE
    if not (received.trusted or received.by_hand) or received.quarantine or not received.sender.value:
        return Silence.UNPROVEN
    if identity is None:
        return None
    if identity.opted_out:
        return Silence.STOPPED
    if received.by_hand:
        return None  # How often somebody may send the form is counted there.
    return Silence.RECENT if now - identity.acknowledged_at < pause else None


def automatic_message(conversation: Conversation, text: str, now: float) -> Message:
    """The next message of the conversation, ready to be sent."""
    return Message(
        conversation_id=conversation.id,
        sequence=conversation.counter + 1,
        direction=Direction.OUTBOUND,
        text=text,
        at=now,
        received_at=now,
        automatic=True,
        answers=conversation.last_inbound,
        state=Delivery.HELD,
        hold_until=now,
        watch_at=now + SEND_PATIENCE,
    )
