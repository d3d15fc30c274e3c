"""What comes in and what goes out, in the same shape for every channel."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mostrador.domain.call import AnsweredByMachine, Called, Transcribed
from mostrador.domain.delivery import Delivery, Failure

UNREADABLE = "unreadable"
"""What stands for the channel where nobody could tell what was brought: it is shown to a person, with its bytes."""


@dataclass(frozen=True, slots=True)
class Address:
    """A place where a customer can be reached: one identity on one channel."""

    channel: str
    value: str
    """Canonical: a lower-case mail address, an E.164 number."""
    name: str = ""
    """What the sender calls itself: a label to show, never a proof of who it is."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came or goes with a message. Without ``key`` it was left out, and ``problem`` says why."""

    name: str
    content_type: str
    size: int
    """Bytes."""
    key: str = ""
    """Where the bytes lie in the bucket."""
    problem: str = ""
    """A phrase of the catalogue, ``attachment.{problem}``: ``too_large``, ``unavailable``, ``refused``."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the shop's that somebody writes from, as their browser tells it: a label to show, like a name."""

    address: str
    """Without the query and the fragment, which hold tokens and what was searched for."""
    title: str = ""


class Consent(StrEnum):
    """What a customer asked for with a keyword of the channel."""

    STOP = "stop"
    START = "start"


@dataclass(frozen=True, slots=True)
class Received:
    """A customer's message."""

    channel: str
    provider_id: str
    """The provider's id of the message: the key under which it is stored exactly once."""
    sender: Address
    recipient: str
    """Our own address that it was sent to."""
    text: str
    """What the customer wrote now; for mail without quotes and signature."""
    sent_at: float
    """Epoch seconds, by the provider's clock where it tells, else when we received it."""
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    reply_token: str = ""
    """A conversation id taken from a reply address whose signature was checked, else empty."""
    references: tuple[str, ...] = ()
    """Message ids that this one answers, the most telling first."""
    reference: str = ""
    """The id under which later messages will refer to this one (the mail's Message-ID)."""
    threads: bool = False
    """True where the channel itself tells conversations apart (mail); else a customer has one at a time."""
    trusted: bool = True
    """False where the sender's address is not proven (mail that fails DMARC)."""
    automatic: bool = False
    """Written by a machine (out of office, list, bounce): never answered automatically."""
    answerable: bool = True
    """Whether an automatic answer would reach whoever wrote it, and may be sent (mail: RFC 3834)."""
    asks: bool = True
    """False for what nobody waits to be answered for: a reaction."""
    consent: Consent | None = None
    warnings: tuple[str, ...] = ()
    """What an agent should know before believing it: phrases of the catalogue, ``warning.{...}``."""
    forwarded_from: str = ""
    """Who wrote what the sender passes on, as the text claims: a proposal for a person, never a fact."""
    quarantine: str = ""
    """Why a person has to let it in first (``quarantine.{...}``: ``spam``, ``virus``); empty for what may come in."""
    full_text: str = ""
    """Everything readable, quotes included, where that is more than ``text``."""
    source: str = ""
    """Where the raw message lies in the bucket; empty where the event itself is the source."""
    public: bool = False
    """Everybody can read it: a comment, a post."""
    language: str = ""
    """The language tag that the sender's program asks for, where it tells: counts where the text tells none."""
    by_hand: bool = False
    """Filled in on a page of ours that keeps machines out: each is confirmed, to the address that was typed."""
    callback_at: float = 0.0
    """When they would like to be called (epoch seconds; a past one: as soon as possible); 0: the text alone says."""
    phone: str = ""
    """A telephone number of theirs, as they typed it (E.164): nothing proves it."""
    deed: str = ""
    """What they did where they wrote nothing: a phrase of the catalogue, ``deed.{...}``."""
    covers: tuple[str, ...] = ()
    """Ids of other events which say less than this one: they need not be taken in any more."""
    also_known_as: str = ""
    """Another name of the same sender on this channel, in the same proven request; empty where there is none."""
    anonymous: bool = False
    """Whoever it was would not be known again: no customer is made of them."""
    page: Page | None = None
    """Where they are while they write; None where the channel does not tell."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody said where else they can be reached."""

    provider_id: str
    sender: Address
    """Who said so. A name in it is what they call themselves."""
    mail: str
    """A mail address; empty: nowhere any more."""
    at: float
    """Epoch seconds."""
    proven: bool = False
    """They have shown that they read it, and say nothing new."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider says later about a message of ours."""

    channel: str
    message_id: str
    """Our own id (``domain.ids.message_id``), which travelled with the message; empty where only ``reference`` is."""
    state: Delivery
    provider_id: str = ""
    at: float = 0.0
    """Epoch seconds; 0 where the provider does not tell."""
    failure: Failure | None = None
    reference: str = ""
    """The id under which the other side knows the message (the mail's Message-ID on the wire)."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A genuine event that asks nothing of us; ``why`` goes to the log."""

    why: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """The shop's own system told something, and the inbox knows it now: nobody has to be shown anything."""

    what: str


type Arrival = Received | Receipt | Reachable | Called | AnsweredByMachine | Transcribed | Ignored | Learnt


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """One event of a provider on its way from the webhook to the inbox, exactly as it came."""

    channel: str
    event_id: str
    """What tells this event from every other one of the channel; a redelivery has the same."""
    sender: str
    """Whose events stay in order: the customer's address, or our message's id for its receipts."""
    payload: dict[str, Any]
    """The provider's own fields, JSON."""
    received_at: float
    """Epoch seconds."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The customer's message that an answer is about, for channels where people expect to see it below."""

    author: str
    text: str
    at: float
    """Epoch seconds."""


@dataclass(frozen=True, slots=True)
class Approved:
    """A text that the provider approved beforehand, and what fills its places."""

    provider_id: str
    """What the provider calls it: Twilio's ContentSid, the name of Meta's template."""
    language: str
    """As the provider has it: ``es``, ``en``."""
    values: tuple[str, ...] = ()
    """In the order of the places, which are counted from 1."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everything that a channel needs in order to send one message."""

    message_id: str
    """Our own id: it must travel with the message, so that receipts and doubts can be settled."""
    conversation_id: str
    to: Address
    text: str
    """Plain text; a channel turns it into what it can show."""
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = field(default=())
    """Oldest first, without ``in_reply_to``."""
    sender_name: str = ""
    """What customers call the agent, where the channel shows it: their first name."""
    shop_name: str = ""
    language: str = "es"
    timezone: str = "UTC"
    """The shop's, for times that are written out: a name of the IANA database."""
    quoted: Quoted | None = None
    page: str = ""
    """The address where the customer reads all of the conversation and goes on with it; empty where there is none."""
    template: Approved | None = None
    """``text`` is then what the customer reads of it."""
    automatic: bool = False
    written_at: float = 0.0
    """Epoch seconds."""
    via: str = ""
    """The channel that it went by, where it is only shown on this one."""
