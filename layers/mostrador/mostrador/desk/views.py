"""What the cards show, and nothing more: a use case fills these in."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from mostrador.domain.attention import Attention, Intent, Priority, Stage
from mostrador.domain.conversation import State
from mostrador.domain.delivery import Failure
from mostrador.domain.messages import Attachment, Page


@dataclass(frozen=True, slots=True)
class ConversationView:
    id: str
    customer: str
    """The name that the customer goes by; empty where none is known."""
    address: str
    channel: str
    language: str
    """The language of the shop's agents."""
    opened_at: float
    """Epoch seconds, as every time here."""
    state: State = State.OPEN
    subject: str = ""
    assignee: str = ""
    """The Slack user who has it; empty while nobody does."""
    waiting_since: float = 0.0
    """0 while nobody waits for an answer."""
    trusted: bool = True
    opted_out: bool = False
    quarantine: str = ""
    """Why nothing of it is shown yet (``quarantine.{...}``); empty for what came in."""
    segment: str = ""
    """In words, as the queue and the protocol."""
    attention: Attention = Attention.PERSONAL
    queue: str = ""
    protocol: str = ""
    priority: Priority = Priority.NORMAL
    intent: Intent | None = None
    tags: tuple[str, ...] = ()
    stage: Stage = Stage.PERSON
    promised_for: float = 0.0
    """When the customer was promised an answer; 0 while nothing is promised."""
    snoozed_until: float = 0.0
    callback_at: float = 0.0
    """When somebody promised to call; 0 where nobody did."""
    number_of: str = ""
    """Whose number a caller's is, as the shop has it; empty where it has none, and on other channels."""
    typed_number: str = ""
    """A telephone number that they typed on a page: nothing proves it."""
    kept_back: int = 0
    """Answers that leave only once somebody says so."""
    writing: str = ""
    """What becomes of words that are written in the thread (``card.writing.{...}``), where that is not what they expect
    who write it."""
    callable: bool = False
    """Somebody here can ring them up."""
    seen_at: float = 0.0
    """Now: what was promised for an earlier moment is late."""
    window: float | None = None
    """When free text can no longer be sent, 0 where it never could; None where it always can."""
    templates: bool = False
    """Approved messages can be sent all the same."""
    zone: tzinfo = UTC
    """The shop's, for times that are written out."""


@dataclass(frozen=True, slots=True)
class MessageView:
    sequence: int
    customer: str
    address: str
    channel: str
    language: str
    text: str
    sent_at: float
    received_at: float
    subject: str = ""
    """Only where it differs from what the conversation is about."""
    attachments: tuple[Attachment, ...] = ()
    automatic: bool = False
    trusted: bool = True
    warnings: tuple[str, ...] = ()
    """Phrases of the catalogue, ``warning.{...}``."""
    forwarded_from: str = ""
    """Whom the message claims to pass something on from."""
    page: Page | None = None
    """Where the customer writes from, as their browser says; None where it has not changed."""
    truncated: bool = False
    """``text`` is only the beginning."""
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class FailureView:
    """A message of an agent that did not reach the customer."""

    customer: str
    address: str
    channel: str
    language: str
    failure: Failure
    agent: str
    """The Slack user who wrote it."""
    text: str
    """What they wrote; the beginning is quoted."""
