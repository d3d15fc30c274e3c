"""What a message says of itself: its language, what it is about, and whether it asks for a person or a call."""

from dataclasses import dataclass

from mostrador.domain.attention import Intent
from mostrador.domain.conversation import Customer
from mostrador.domain.messages import UNREADABLE, Received
from mostrador.policy.facts import short
from mostrador.policy.intents import read_intent
from mostrador.policy.language import language_of
from mostrador.policy.model import Policy
from mostrador.policy.requests import CALLBACK, asked_for


@dataclass(frozen=True, slots=True)
class Understood:
    language: str
    """The customer's own, even if the shop does not speak it."""
    intent: str
    request: str
    """``person``, ``callback``, or empty."""


def understand(received: Received, policy: Policy, customer: Customer | None) -> Understood:
    """Of a message in quarantine nothing is read: whoever sent it should not decide anything. Nor are our own words."""
    if received.quarantine or received.sender.channel == UNREADABLE:
        return Understood(policy.language, Intent.OTHER, "")
    text = f"{received.subject}\n{received.text}"
    language = language_of(text) or _profile_language(customer) or short(received.language) or policy.language
    return Understood(
        language=language,
        intent=read_intent(policy.intents, text, language).intent,
        request=CALLBACK if received.callback_at else asked_for(policy, received.text, language),
    )


def _profile_language(customer: Customer | None) -> str:
    return customer.profile.language if customer and customer.profile else ""
