"""A conversation to begin with: a test says what it is about, and nothing else."""

from typing import Any

from mostrador.domain.conversation import Conversation, State
from mostrador.domain.messages import Address


def a_conversation(opened_at: float = 0.0, **fields: Any) -> Conversation:
    """Ana's, by text message, open in the queue that everything lands in."""
    usual: dict[str, Any] = {
        "id": "c1",
        "address": Address("sms", "+34600111222", "Ana Molina"),
        "customer_id": "customer-1",
        "subject": "",
        "state": State.OPEN,
        "language": "es",
        "queue": "default",
        "desk_channel": "C0ATENCION",
    }
    return Conversation(opened_at=opened_at, **usual | fields)
