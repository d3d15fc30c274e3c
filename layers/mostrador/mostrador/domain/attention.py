"""How a customer is attended: the words that the policy, the inbox and the desk share."""

from enum import IntEnum, StrEnum


class Attention(StrEnum):
    """What a segment of customers is promised."""

    SELF_SERVICE = "self_service"
    """Fixed answers first; a person on request, or when they do not help."""
    PERSONAL = "personal"
    """A person on duty, in the queue of the segment."""
    DEDICATED = "dedicated"
    """One named agent has this customer, over conversations and channels; else the stand-in."""
    AUTOMATED = "automated"
    """As self_service, with what is known of the customer and their orders."""
    COMMUNITY = "community"
    """Other customers may answer first; staff after a while."""
    CO_CREATION = "co_creation"
    """An idea: filed in a queue of its own, and thanked for."""


class Stage(StrEnum):
    """Who has to answer now."""

    MACHINE = "machine"
    """An automatic answer went out; nobody has to look unless the customer comes back."""
    COMMUNITY = "community"
    """Other customers may answer; no promise of ours runs yet."""
    PERSON = "person"


class Priority(IntEnum):
    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4


class Intent(StrEnum):
    """What a message is about."""

    DELIVERY = "delivery"
    RETURNS = "returns"
    PAYMENT = "payment"
    PRODUCT = "product"
    TRUST = "trust"
    """Who is behind the shop, and can it be trusted?"""
    ORDER_CHANGE = "order_change"
    COMPLAINT = "complaint"
    IDEA = "idea"
    OTHER = "other"


class Clock(StrEnum):
    """What a conversation may wait for; each has at most one time."""

    PROMISE = "promise"
    """The next mark of the promise to answer: a warning, or the breach."""
    WAKE = "wake"
    """The end of a snooze."""
    FOLLOW_UP = "follow_up"
    """The customer has not answered us for a while."""
    CLOSE = "close"
    """Nobody has said anything for so long that the conversation closes by itself."""
    CALLBACK = "callback"
    """A call was promised for this time."""
    COMMUNITY = "community"
    """Other customers had their time to answer."""
    WINDOW = "window"
    """Free text will soon not reach the customer any more, or does not now."""
