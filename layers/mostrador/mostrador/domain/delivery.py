"""The life of an outbound message, and what it means when sending fails."""

from dataclasses import dataclass
from enum import StrEnum


class Delivery(StrEnum):
    """Where an outbound message is."""

    HELD = "held"
    """Written by an agent; still inside the hold, so an edit or a deletion changes or cancels it."""
    KEPT_BACK = "kept_back"
    """Written by an agent; leaves only once one of them says so, whenever that is."""
    SENDING = "sending"
    """The attempt is recorded; the provider may or may not have it."""
    ACCEPTED = "accepted"
    """The provider answered that it took it."""
    DELIVERED = "delivered"
    """The provider says that the other side took it (for mail: the next server, not the inbox)."""
    READ = "read"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """An attempt whose outcome nobody can tell: an agent decides whether to send again."""


TRANSITIONS: dict[Delivery, frozenset[Delivery]] = {
    # A message that waits for its next attempt is held: an event may still tell that an earlier one did arrive.
    Delivery.HELD: frozenset(
        {
            Delivery.SENDING,
            Delivery.CANCELLED,
            Delivery.ACCEPTED,
            Delivery.DELIVERED,
            Delivery.READ,
            Delivery.FAILED,
        }
    ),
    Delivery.KEPT_BACK: frozenset({Delivery.HELD, Delivery.CANCELLED}),
    Delivery.SENDING: frozenset(
        {
            Delivery.HELD,
            Delivery.ACCEPTED,
            Delivery.DELIVERED,
            Delivery.READ,
            Delivery.FAILED,
            Delivery.UNKNOWN,
        }
    ),
    Delivery.ACCEPTED: frozenset({Delivery.DELIVERED, Delivery.READ, Delivery.FAILED}),
    # A mail server may accept a mail and return it minutes later: a bounce after the delivery is real.
    Delivery.DELIVERED: frozenset({Delivery.READ, Delivery.FAILED}),
    Delivery.READ: frozenset(),
    Delivery.FAILED: frozenset(),
    Delivery.CANCELLED: frozenset(),
    Delivery.UNKNOWN: frozenset({Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.READ, Delivery.FAILED}),
}
"""Receipts come late, twice and out of order: a step that is not listed here is not taken."""


def may_become(current: Delivery, wanted: Delivery) -> bool:
    return wanted in TRANSITIONS[current]


class Fault(StrEnum):
    OURS = "ours"
    """Configuration, credentials, quota: the team has to act."""
    THEIRS = "theirs"
    """The address, the carrier, the customer's wish: the agent has to choose another way."""


class Reason(StrEnum):
    """Why a message did not go out. Each has a sentence for the agent in the catalogue, ``failure.{value}``."""

    OPTED_OUT = "opted_out"
    ADDRESS_INVALID = "address_invalid"
    UNREACHABLE = "unreachable"
    NOT_A_MOBILE = "not_a_mobile"
    BLOCKED = "blocked"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    TOO_LONG = "too_long"
    ATTACHMENT_REFUSED = "attachment_refused"
    ATTACHMENT_MISSING = "attachment_missing"
    SENDER_NOT_ALLOWED = "sender_not_allowed"
    CREDENTIALS = "credentials"
    ACCOUNT_SUSPENDED = "account_suspended"
    RATE_LIMITED = "rate_limited"
    PROVIDER_DOWN = "provider_down"
    WINDOW_CLOSED = "window_closed"
    TEMPLATE_REFUSED = "template_refused"
    ONE_AT_A_TIME = "one_at_a_time"
    LEFT_BEHIND = "left_behind"
    LINE_BUSY = "line_busy"
    NOT_ANSWERED = "not_answered"
    NUMBER_NOT_CALLED = "number_not_called"
    NUMBER_HIDDEN = "number_hidden"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that did not go out, as three facts: worth another try? whose fault? what the agent should read."""

    reason: Reason
    retryable: bool
    fault: Fault
    code: str = ""
    """The provider's own code, for the log and for whoever looks it up."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message under ``provider_id`` (SES message id, Twilio SID)."""

    provider_id: str
    reference: str = ""
    """The id by which an answer will refer to it, where that is another one (the mail's Message-ID on the wire)."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The call broke off after the request may have left: neither accepted nor failed."""

    why: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Nobody is there to read it. It is kept, and shown to them when they come back."""


type SendResult = Accepted | Absent | Failure | Unclear
