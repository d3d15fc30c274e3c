"""Customers, their identities, and the conversations that the shop has with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mostrador.domain.attention import Attention, Clock, Priority, Stage
from mostrador.domain.call import NUMBERED
from mostrador.domain.delivery import Delivery, Failure
from mostrador.domain.ids import message_id
from mostrador.domain.messages import Address, Approved, Attachment, Page
from mostrador.domain.routing import Promise, Routing
from mostrador.domain.shop import Profile


class State(StrEnum):
    OPEN = "open"
    SNOOZED = "snoozed"
    """Open, but out of sight until a time, or until the customer writes."""
    CLOSED = "closed"


class Direction(StrEnum):
    INBOUND = "in"
    OUTBOUND = "out"
    NOTE = "note"
    """Stays inside: it is never sent to anybody."""
    NOTICE = "notice"
    """The counter's own word to the agents, in the thread."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of one address: whose it is, and what it asked for."""

    address: Address
    customer_id: str
    open_conversation: str = ""
    """Where the next message of a channel without threads belongs; empty when there is none."""
    opted_out: bool = False
    last_inbound_at: float = 0.0
    window_closed_at: float = 0.0
    """When the provider refused free text because they had not written for too long: it knows better than our clock."""
    acknowledged_at: float = 0.0
    """When it was last told automatically that a message arrived."""
    mail: str = ""
    """A mail address that they left on this channel: answers go there while nobody is there to read them."""
    mail_proven: bool = False
    """Whether they have opened, on this channel, the link of a mail that went to ``mail``: they read that mailbox."""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    name: str
    created_at: float
    agent: str = ""
    """The desk's id of the agent who has this customer, over conversations and channels; empty where nobody does."""
    profile: Profile | None = None
    """What the shop's own system says; None where it does not know them."""
    orders: int = 0
    """Purchases that count (``Order.counts``)."""
    spent: int = 0
    """Hundredths of the shop's currency, over all purchases that count."""
    currency: str = ""
    """Of ``spent``: the policy's when their first order was told. Purchases in another one count, but add nothing."""
    first_order_at: float = 0.0
    last_order_at: float = 0.0
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """Where agents see a conversation: a message of the desk and everything below it."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Message:
    conversation_id: str
    sequence: int
    direction: Direction
    text: str
    at: float
    """Epoch seconds: the provider's clock for what came in, ours for what an agent wrote."""
    received_at: float = 0.0
    """When we took it in, by our own clock."""
    author: str = ""
    """The agent's id on the desk; empty for the customer."""
    author_name: str = ""
    mentions: tuple[str, ...] = ()
    """The agents whom a notice calls, by their ids on the desk."""
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    full_text: str = ""
    source: str = ""
    """Where the raw message lies in the bucket."""
    automatic: bool = False
    asks: bool = True
    """False where whoever sent it waits for no answer: a reaction, a keyword of the channel, a machine."""
    trusted: bool = True
    warnings: tuple[str, ...] = ()
    """What an agent should know before believing it: phrases of the catalogue, ``warning.{...}``."""
    forwarded_from: str = ""
    """Who wrote what the customer passes on, as their mail claims."""
    reference: str = ""
    """The channel's own id of this message, by which answers refer to it."""
    provider_id: str = ""
    via: str = ""
    """The channel that it came or left by, where that is not the conversation's own."""
    page: Page | None = None
    """Where the customer wrote it, if that is not where they wrote the one before."""
    answers: int = 0
    """The sequence of the customer's message that this one is an answer to; 0 where there is none."""
    desk: Thread | None = None
    """The agent's message on the desk; its receipt is shown there."""
    edited: str = ""
    """The desk's time of the agent's last change, as a text that sorts."""
    state: Delivery | None = None
    hold_until: float = 0.0
    """When the hold ends, or the next attempt is due."""
    watch_at: float = 0.0
    """When somebody has to look whether the message got stuck; 0 once it is out of our hands."""
    attempts: int = 0
    attempted_at: float = 0.0
    overtaken: bool = False
    """Changed or deleted by the agent during an attempt: should that one fail, there is no other."""
    failure: Failure | None = None
    template: Approved | None = None
    """What is sent in place of the text, which is what the customer reads of it."""
    shown_state: Delivery | None = None
    """The receipt that the desk shows now."""
    asked: str = ""
    """The desk's post that asks whether it may leave; empty where nobody was asked."""
    shown_files: dict[int, str] = field(default_factory=dict)
    """The desk's file id by the attachment's place, recorded before the file is shared."""
    revision: int = 0

    @property
    def id(self) -> str:
        return message_id(self.conversation_id, self.sequence)


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    address: Address
    customer_id: str
    subject: str
    state: State
    language: str
    """The customer's, as well as it is known: a language tag (``es``, ``en``, ``fr``)."""
    queue: str
    desk_channel: str
    opened_at: float
    waiting_since: float = 0.0
    """When the customer began to wait for an answer; 0 while nobody waits."""
    closed_at: float = 0.0
    waited_when_closed: float = 0.0
    """Since when the customer waited when an agent closed it unanswered; 0 where nobody did."""
    assignee: str = ""
    trusted: bool = True
    opted_out: bool = False
    """The customer asked not to be written to on this channel."""
    quarantine: str = ""
    """Why nothing of it is shown until somebody releases it; empty for what came in."""
    recipient: str = ""
    """Our own address that the customer wrote to."""
    counter: int = 0
    """The sequence of the last message."""
    last_inbound: int = 0
    """The sequence of the customer's last message."""
    version: int = 0
    """Grows with every change that agents should see."""
    shown_version: int = 0
    """The version that the desk shows."""
    watch_at: float = 0.0
    """When somebody has to look whether the desk is still behind; 0 while it shows everything."""
    outbox: frozenset[int] = frozenset()
    """Messages that are held or being sent."""
    kept_back: frozenset[int] = frozenset()
    """Messages that leave only once an agent says so."""
    unmarked: frozenset[int] = frozenset()
    """Outbound messages whose receipt on the desk is not up to date."""
    desk_ts: str = ""
    shown: int = 0
    """The sequence of the last message that the desk shows."""
    showing_since: float = 0.0
    """Set before anything is posted and cleared after: a rest means that a post may have happened unrecorded."""
    card_digest: str = ""
    references: tuple[str, ...] = ()
    """Message ids of the mail thread, oldest first, shortened in the middle."""
    page: Page | None = None
    """Where the customer was when they wrote last, as far as the channel tells."""
    said: str = ""
    """How the message begins that opened it, or opened it again, in one line; empty where a subject tells it."""
    phone: str = ""
    """The telephone number that they typed last on a page (E.164), besides their address: nothing proves it."""
    linked_to: str = ""
    """The conversation that this one refers to without belonging to it."""
    public: bool = False
    """Everybody can read it: a comment, a post."""
    segment: str = ""
    """The ids here are the policy's."""
    attention: Attention = Attention.PERSONAL
    stage: Stage = Stage.PERSON
    priority: Priority = Priority.NORMAL
    tags: tuple[str, ...] = ()
    intent: str = ""
    """What the first message was about: a value of ``domain.attention.Intent``."""
    protocol: str = ""
    routing: Routing | None = None
    target: str = ""
    """What was promised: the id of a target; empty: that of the channel."""
    promise: Promise | None = None
    """Runs while the customer waits for a person; None while nobody does."""
    first_answered_at: float = 0.0
    """When the first answer of a person got through."""
    calling_since: float = 0.0
    """When an agent's telephone was rung for a call to the customer; 0 once it is known how that went."""
    call_for: float = 0.0
    """For when the call was promised that the clock CALLBACK reminds of."""
    clocks: Mapping[Clock, float] = field(default_factory=dict)
    """When something has to be done about it: epoch seconds by kind."""
    revision: int = 0
    """Grows with every write; a write that was planned on an older revision is refused."""

    @property
    def is_closed(self) -> bool:
        return self.state is State.CLOSED

    @property
    def callback_at(self) -> float:
        """For when a call is promised to the customer, however often somebody was reminded of it; 0 where none is."""
        reminder = self.clocks.get(Clock.CALLBACK, 0.0)
        return self.call_for or reminder if reminder else 0.0

    @property
    def due_at(self) -> float:
        """When somebody has to look next; 0 while nothing waits."""
        return min((at for at in (self.watch_at, *self.clocks.values()) if at), default=0.0)

    @property
    def thread(self) -> Thread | None:
        return Thread(self.desk_channel, self.desk_ts) if self.desk_ts else None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who did what, when, and from which event."""

    conversation_id: str
    version: int
    """The version of the conversation that this made."""
    what: str
    who: str
    at: float
    event: str


def number_of(conversation: Conversation, customer: Customer | None) -> str:
    """Where the customer can be called, rather as they asked themselves; empty where nobody knows."""
    address = conversation.address
    if address.channel in NUMBERED and address.value.startswith("+"):
        return address.value
    if conversation.phone:
        return conversation.phone
    return customer.profile.phone if customer and customer.profile else ""
