"""The policy file as people write it. The docstrings of the fields are what an editor shows beside them."""
# ruff: noqa: RUF012 - these are models of pydantic, which copies the defaults; ruff cannot see that in another file.

from typing import ClassVar

from cli.policyfile.reading import ListOf
from cli.policyfile.sections import Agent, Desk, Holidays, Hours, Queue, Section, Shop
from cli.policyfile.units import Count, Days, Hold, Money, OpeningTime, Percent, Seconds, Weight
from cli.policyfile.vocabulary import (
    AttentionKind,
    Channel,
    ChannelOrDefault,
    Country,
    Domain,
    Identifier,
    InBoth,
    IntentName,
    Language,
    Named,
    PriorityName,
    ShopLanguage,
    Text,
    Variable,
    YesOrNo,
)

NONE = "none"
"""Where an answer could stand: no machine answers."""


# For whom


class Conditions(Section):
    orders_at_least: Count | None = None
    orders_at_most: Count | None = None
    spent_at_least: Money | None = None
    """In the shop's currency, over all orders, refunds taken off."""
    spent_at_most: Money | None = None
    ordered_within: Seconds | None = None
    """The last purchase is no longer ago than this: `365d`."""
    not_ordered_for: Seconds | None = None
    """The last purchase is at least so long ago; who never bought anything is not meant."""
    tags: ListOf[Text] = ()
    """The shop's own tags of the customer; one of them is enough."""
    email_domains: ListOf[Domain] = ()
    """What follows the @; one of them is enough."""
    countries: ListOf[Country] = ()
    languages: ListOf[Language] = ()
    channels: ListOf[Channel] = ()


class When(Conditions):
    """All conditions must hold; of a list under `any`, one."""

    any: tuple[Conditions, ...] = ()


class Segment(Section):
    id: Identifier
    name: Named
    attention: AttentionKind
    """How these customers are attended."""
    when: When | None = None
    """Who belongs here; left out: everybody whom no segment above has taken."""


class Dedicated(Section):
    agent: Identifier
    when: When


# What is promised


class Promise(Section):
    first: OpeningTime
    """Opening time until the first answer. A day (`1d`) is an ordinary day of the shop."""
    next: OpeningTime
    """Opening time until each answer after that."""
    warn: ListOf[Percent] = (50, 80)
    """Percent of the time after which the thread is warned."""


class ChannelRules(Section):
    hold: Hold | None = None
    """How long an answer can still be edited or withdrawn before it leaves; 15m at most."""
    hours: Identifier = ""
    """The hours in which this channel is attended."""
    promise: Identifier = ""
    """How soon customers on this channel have an answer."""


class RuleWhen(Section):
    segments: ListOf[Identifier] = ()
    channels: ListOf[Channel] = ()
    intents: ListOf[IntentName] = ()
    """What the message is about."""
    languages: ListOf[Language] = ()
    public: YesOrNo | None = None
    """Whether everybody can read it, as a comment below a picture."""
    open: YesOrNo | None = None
    """Whether it comes within the hours of the queue that it goes to, else of its channel."""


class RuleThen(Section):
    queue: Identifier = ""
    priority: PriorityName = ""
    tags: ListOf[Text] = ()
    """These add up over all rules that hold."""
    attention: AttentionKind = ""
    promise: Identifier = ""
    answer: Identifier = ""
    """The automatic answer that goes out, or `none`."""
    protocol: Identifier = ""
    """How to go about it, shown to the agent in the thread."""
    agent: Identifier = ""
    """This person gets it."""


class Rule(Section):
    id: Identifier
    when: RuleWhen = RuleWhen()
    then: RuleThen


class OfferWhen(RuleWhen):
    basket_at_least: Money | None = None
    """In the shop's currency: what lies in the basket of whoever is on the shop's page."""


class Phone(Section):
    offer: ListOf[OfferWhen] = ()
    """Who is offered a call on the web: one entry that holds is enough. `open` means the hours of the phone."""
    countries: ListOf[Country] = ()
    """Whose numbers can be left on the web for a call, such as ES or GB; left out: the country of your own number."""


class FollowUp(Section):
    after: Seconds
    """Without a word from the customer since our answer."""
    answer: Identifier
    """What they are sent then; `none`: the agent is reminded instead."""


class Patience(Section):
    follow_up: FollowUp | None = None
    close_after: Seconds | None = None
    """The conversation closes by itself so long after our last word, or after the follow-up."""
    community_wait: OpeningTime | None = None
    """Opening time that other customers have before staff is asked."""
    callback_again: OpeningTime | None = None
    """Opening time until an agent is called again about a call that was promised."""


# What is said


class SelfService(Section):
    id: Identifier
    answer: Identifier
    intents: ListOf[IntentName] = ()
    words: InBoth[ListOf[Text]] | None = None


class Template(Section):
    channel: Channel
    text: Text
    """With {1}, {2}... where values go."""
    provider_id: Text = ""
    """What the provider calls it: Twilio's ContentSid, the name of Meta's template. Without one it is not offered."""
    variables: ListOf[Variable] = ()
    """What fills {1}, {2}..., in this order."""
    provider_language: Text = ""
    """What the provider calls its language, where that is neither es nor en (es_ES)."""


class IntentEntry(Section):
    """One entry of the file of intents."""

    intent: IntentName
    language: ShopLanguage
    words: ListOf[Text]
    """Phrases: whole words, `*` for any ending, `/` for a choice, `..` for a few words between."""
    weight: Weight = 1.0
    """How much they say; 1 is enough by itself."""
    unless: ListOf[Text] = ()
    """Where one of these phrases stands in the message, too, the words say nothing."""


class ExampleLine(Section):
    """One line of the file of examples."""

    text: Text
    language: ShopLanguage
    intent: IntentName
    also: ListOf[IntentName] = ()
    """What else it is about; only for people."""


class Requests(Section):
    person: InBoth[ListOf[Text]] | None = None
    """Somebody who writes this wants a person."""
    callback: InBoth[ListOf[Text]] | None = None
    """Somebody who writes this wants to be called, and is told so with the answer `callback`."""


class Retention(Section):
    messages: Days | None = None
    attachments: Days | None = None
    raw: Days | None = None
    """Mails and requests as they came."""
    recordings: Days | None = None


class PolicyFile(Section):
    """What the shop promises, to whom, and who keeps the promise."""

    REQUIRED: ClassVar = ("shop", "hours", "agents", "queues", "segments", "promises")

    shop: Shop | None = None
    """Who the shop is."""
    desk: Desk = Desk()
    """How agents write in Slack."""
    hours: dict[Identifier, Hours] = {}
    """When somebody can answer. Promises run only in these hours. `default` is the shop's own."""
    holidays: Holidays = Holidays()
    """Days on which the shop is closed."""
    agents: dict[Identifier, Agent] = {}
    """Who answers customers."""
    queues: dict[Identifier, Queue] = {}
    """A Slack channel and the people who answer there. `default` gets whatever no rule sends elsewhere."""
    segments: list[Segment] = []
    """Who a customer is to us: the first that holds."""
    dedicated: list[Dedicated] = []
    """Customers who belong to one agent, whoever answered them before."""
    promises: dict[Identifier, Promise] = {}
    """How soon, in opening hours. `default` holds where nothing else is said."""
    channels: dict[ChannelOrDefault, ChannelRules] = {}
    """What holds for one channel. `default` holds for the others."""
    rules: list[Rule] = []
    """Where a conversation goes: of each thing, the first rule that holds and says it counts."""
    phone: Phone = Phone()
    """Where the telephone is offered; left out: nowhere, and who calls is answered all the same."""
    patience: Patience = Patience()
    """What happens when a customer does not answer us."""
    answers: dict[Identifier, InBoth[Text]] = {}
    """What a customer is told without a person."""
    self_service: list[SelfService] = []
    """What a machine answers by itself when a message is about it."""
    requests: Requests | None = None
    """Words with which somebody who was answered automatically asks for more."""
    protocols: dict[Identifier, InBoth[Text]] = {}
    """How we go about it: Markdown files beside this one, shown to the agent in the thread."""
    templates: dict[Identifier, InBoth[Template]] = {}
    """Messages that a provider has approved, for channels that ask for it."""
    intents: Text = ""
    """The file with the words that speak for an intent."""
    examples: Text = ""
    """The file with messages whose intent is known, one a line: what their words have in common counts, too."""
    retention: Retention | None = None
    """For how many days each kind of data is kept."""
