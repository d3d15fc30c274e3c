"""Calls between the shop and its customers: how one ended, and what somebody said to the machine."""

from dataclasses import dataclass
from enum import StrEnum

PHONE = "phone"
NUMBERED = (PHONE, "sms", "whatsapp")
"""Channels on which an address is a telephone number."""


class Outcome(StrEnum):
    """Each has a sentence for the agents, ``notice.call.{value}``."""

    TALKED = "talked"
    CUT_SHORT = "cut_short"
    """Somebody or something answered, and was gone before anything can have been settled."""
    MACHINE = "machine"
    """A machine answered in the customer's place."""
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    """The customer's number cannot be reached."""
    DECLINED = "declined"
    """The agent picked up and did not go on."""
    AGENT_AWAY = "agent_away"
    """The agent did not pick up, or was busy."""
    AGENT_UNREACHABLE = "agent_unreachable"


@dataclass(frozen=True, slots=True)
class Called:
    """What became of a call."""

    provider_id: str
    call: str
    """The provider's id of the call to the agent: the same for everything that is told of it."""
    conversation_id: str
    user: str
    """The agent's id on the desk."""
    outcome: Outcome
    at: float
    """Epoch seconds."""
    seconds: int = 0
    """How long the two were connected."""


@dataclass(frozen=True, slots=True)
class AnsweredByMachine:
    """Told while the call goes on; how it ended is told by a ``Called``."""

    call: str
    conversation_id: str
    at: float


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What was said in a voice message, written down by a machine."""

    message_id: str
    """Our own id of the message that has the recording."""
    text: str | None
    """Empty where no word was understood; None where it could not be written down."""
