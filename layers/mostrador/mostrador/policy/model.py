"""What a shop decides for itself: the compiled policy, as functions read it.

People write ``policy.yaml``; the command line checks it and compiles it into this (``infra/cli/policyfile``). Names of
agents are resolved into desk ids, holidays into dates, times into minutes and seconds, money into hundredths. Nothing
here needs more than the standard library, so that a function that starts pays for nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mostrador.domain.attention import Attention, Priority
from mostrador.domain.call import PHONE
from mostrador.domain.errors import MostradorError

LANGUAGES = ("es", "en")
LONGEST_HOLD = 900
"""Seconds: what a queue message can be delayed by (Amazon SQS)."""
DEFAULT = "default"


class PolicyError(MostradorError):
    """``str()`` names the place, what is wrong, and what would be right; one line for each fault."""


# When the shop works


@dataclass(frozen=True, slots=True)
class Interval:
    """Minutes from midnight of the day on which it begins; an end over 1440 lies on the next day."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Season:
    """Replaces the week between two days of every year, both included; it may reach over New Year."""

    name: str
    begins: str
    """``MM-DD``."""
    ends: str
    week: tuple[tuple[Interval, ...], ...]


@dataclass(frozen=True, slots=True)
class Hours:
    id: str
    week: tuple[tuple[Interval, ...], ...]
    """Seven days, Monday first."""
    seasons: tuple[Season, ...] = ()
    """The first that covers a day counts."""
    special: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    """Single days (``YYYY-MM-DD``) with hours of their own, over seasons and holidays; no interval: closed."""
    keeps_holidays: bool = True


# For whom


@dataclass(frozen=True, slots=True)
class CustomerCondition:
    """Holds where everything that is said here holds; of a list, one is enough. Money is in hundredths."""

    orders_at_least: int | None = None
    orders_at_most: int | None = None
    spent_at_least: int | None = None
    spent_at_most: int | None = None
    ordered_within: int | None = None
    """Seconds since the last purchase, at most."""
    not_ordered_for: int | None = None
    """Seconds since the last purchase, at least; who never bought anything is not meant."""
    tags: tuple[str, ...] = ()
    email_domains: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    id: str
    name: Mapping[str, str]
    """By language."""
    attention: Attention
    any_of: tuple[CustomerCondition, ...] = ()
    """Empty: everybody."""


@dataclass(frozen=True, slots=True)
class Dedication:
    """Whose customers these are, whoever they wrote to before."""

    user: str
    any_of: tuple[CustomerCondition, ...]


# By whom


@dataclass(frozen=True, slots=True)
class Agent:
    id: str
    """Their name in the file."""
    user: str
    """Their id on the desk."""
    name: str
    languages: tuple[str, ...] = ()
    """Empty: all."""
    stand_in: str = ""
    """A desk id, like every person here."""
    capacity: int = 0
    """Open conversations that are given to them at most; 0: no limit."""
    phone: str = ""
    """E.164: where they are rung up for a call to a customer; empty: they make none."""


class Work(StrEnum):
    """How a queue gives out its work."""

    PULL = "pull"
    """Whoever is free claims it."""
    ROUND_ROBIN = "round_robin"
    LEAST_LOADED = "least_loaded"


@dataclass(frozen=True, slots=True)
class Queue:
    id: str
    name: Mapping[str, str]
    desk_channel: str
    """The desk's id of the channel."""
    users: tuple[str, ...]
    lead: str
    """Who is called when a promise is broken."""
    work: Work = Work.PULL
    hours: str = ""
    """Empty: those of the channel."""
    overflow: str = ""
    """The queue that takes what comes while nobody of this one is on duty."""


# What is promised


@dataclass(frozen=True, slots=True)
class Target:
    """Business seconds from the moment somebody begins to wait."""

    id: str
    first: int
    next: int
    warn: tuple[int, ...] = (50, 80)
    """Percent of the time after which the thread is warned."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all conditions hold, what it says counts, unless an earlier rule said something about the same thing.

    Tags alone add up. An empty condition holds for everything.
    """

    id: str
    segments: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    public: bool | None = None
    open: bool | None = None
    """Within the hours of the queue that it goes to; where the rule decides the queue itself, of the channel."""
    queue: str = ""
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    attention: Attention | None = None
    promise: str = ""
    """The id of a target."""
    answer: str = ""
    """The id of an automatic answer; ``none``: no machine answers."""
    protocol: str = ""
    agent: str = ""
    """A desk id: this person gets it."""


@dataclass(frozen=True, slots=True)
class Offer(Rule):
    """Where all conditions hold, a call is offered; what a rule says otherwise is empty."""

    basket_at_least: int = 0
    """Hundredths: what somebody is about to buy."""


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """What holds for one channel; empty fields fall back to the ones of ``default``."""

    hold: int | None = None
    """Seconds during which an agent's answer can still be changed or withdrawn."""
    hours: str = ""
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """What happens when a customer does not answer us. Plain seconds, not business time; 0: nothing."""

    follow_up_after: int = 0
    follow_up_answer: str = ""
    """Sent to the customer; empty: the agent is reminded."""
    close_after: int = 0
    """From our last word, or from the follow-up."""
    community_wait: int = 14_400
    """Business seconds that other customers have before staff is asked."""
    callback_again: int = 900
    """Business seconds until an agent is called again about a call that was promised."""


# What is answered


@dataclass(frozen=True, slots=True)
class FixedAnswer:
    """What self-service says by itself where a message is about this."""

    id: str
    answer: str
    intents: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language, folded (``policy.words.fold``): one of them must occur as whole words."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples of an intent, counted (``policy.examples.lesson``): what is counted once need not be read again."""

    messages: int = 0
    terms: str = ""
    """Each word, or pair of words, and in how many of the messages it stands if in more than one: ``bulto:3|el bulto``.

    A text, for most functions never take it apart.
    """


@dataclass(frozen=True, slots=True)
class IntentWords:
    """Words and phrases that speak for an intent, with their weight."""

    intent: str
    language: str
    words: tuple[str, ...]
    """Phrases, as ``policy.words`` reads them."""
    weight: float = 1.0
    unless: tuple[str, ...] = ()
    """Where one of these phrases stands in the message, too, the words say nothing."""
    lesson: Lesson = Lesson()
    """What whole messages of this intent teach beside its words."""


@dataclass(frozen=True, slots=True)
class Protocol:
    title: str
    text: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Template:
    """A message that a provider approved beforehand, for channels that ask for it."""

    channel: str
    text: str
    """With ``{1}``, ``{2}``... where values go."""
    provider_id: str = ""
    """What the provider calls it: Twilio's ContentSid, the name of Meta's template. Without one it is not offered."""
    variables: tuple[str, ...] = ()
    """What fills the places, in their order (``policy.templates.VARIABLES``)."""
    provider_language: str = ""
    """What the provider calls its language, where that is neither ``es`` nor ``en`` (``es_ES``)."""


@dataclass(frozen=True, slots=True)
class Policy:
    shop_name: str
    language: str
    """What agents read, and customers whose own language we do not speak: one of LANGUAGES."""
    queues: Mapping[str, Queue]
    """The one that is called ``default`` gets whatever no rule sends elsewhere."""
    agents: Mapping[str, Agent]
    """By their id on the desk. Nobody else can answer customers."""
    note_mark: str = ";;"
    """An agent's message that begins with it is a note and stays inside."""
    timezone: str = "Europe/Madrid"
    currency: str = "EUR"
    hours: Mapping[str, Hours] = field(default_factory=dict)
    holidays: Mapping[str, str] = field(default_factory=dict)
    """Names of the days (``YYYY-MM-DD``) on which the shop is closed."""
    holidays_until: str = ""
    """The last day for which ``holidays`` is known."""
    segments: tuple[Segment, ...] = ()
    """The first that holds counts."""
    dedications: tuple[Dedication, ...] = ()
    targets: Mapping[str, Target] = field(default_factory=dict)
    channels: Mapping[str, ChannelRules] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    phone_offers: tuple[Offer, ...] = ()
    """To whom a call is offered before they ask: one that holds is enough (``policy.offers``)."""
    phone_countries: tuple[str, ...] = ()
    """Where somebody may be called who left a number on the web; none: where our own number is."""
    patience: Patience = field(default_factory=Patience)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Texts by language, with places such as ``{next_opening}`` (``policy.answers``)."""
    fixed_answers: tuple[FixedAnswer, ...] = ()
    requests: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Words by language with which a customer asks for a ``person``, or for a ``callback``; folded."""
    intents: tuple[IntentWords, ...] = ()
    protocols: Mapping[str, Mapping[str, Protocol]] = field(default_factory=dict)
    templates: Mapping[str, Mapping[str, Template]] = field(default_factory=dict)
    retention: Mapping[str, int] = field(default_factory=dict)
    """Days for which each kind of data is kept."""
    version: str = ""

    def hold(self, channel: str) -> int:
        """Seconds during which an agent's answer on this channel can still be changed or withdrawn."""
        holds = (self._channel(name).hold for name in (channel, DEFAULT))
        return next((hold for hold in holds if hold is not None), 10)

    def keeps_back(self, channel: str) -> bool:
        """Whether an agent's answer on this channel leaves only once somebody says so.

        So it is where it rings them up, unless the file says after how long it does that by itself.
        """
        return channel == PHONE and self._channel(channel).hold is None

    def hours_of(self, channel: str, queue: str = "") -> Hours:
        """The queue's, else the channel's, else the shop's. Raises KeyError where the file names no hours at all."""
        own = self.queues[queue].hours if queue in self.queues else ""
        return self.hours[own or self._channel(channel).hours or self._channel(DEFAULT).hours or DEFAULT]

    def target_of(self, channel: str) -> str:
        """The id of the target for a channel that no rule says anything about."""
        return self._channel(channel).promise or self._channel(DEFAULT).promise or DEFAULT

    def _channel(self, name: str) -> ChannelRules:
        return self.channels.get(name, ChannelRules())
