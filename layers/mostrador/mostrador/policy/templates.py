"""Messages that a provider approved beforehand, filled in for one customer: what may be sent when free text may not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mostrador.domain.attention import Intent
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import Conversation
from mostrador.domain.messages import Approved
from mostrador.domain.naming import given_name
from mostrador.policy.answers import presentable, spoken_to
from mostrador.policy.model import Policy, Template

VARIABLES = ("customer", "shop", "agent", "subject")
"""What may fill a place of a template."""
LONGEST_VALUE = 60
"""Characters: a template with its places filled has to stay below what the provider takes (WhatsApp: 1,024)."""

_PLACE = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True, slots=True)
class Filled:
    text: str
    """As the customer reads it."""
    approved: Approved


def filled(policy: Policy, template_id: str, conversation: Conversation, agent: str) -> Filled | None:
    """``agent`` is the name of whoever sends it. None for one that is not approved for the conversation's channel."""
    found = _spoken(policy, template_id, conversation)
    if found is None:
        return None
    language, template = found
    values = _values(policy, conversation, language, agent)
    chosen = tuple(values[name] for name in template.variables)
    text = _PLACE.sub(lambda place: chosen[int(place[1]) - 1], template.text)
    return Filled(text, Approved(template.provider_id, template.provider_language or language, chosen))


def offered(policy: Policy, conversation: Conversation, agent: str) -> dict[str, str]:
    """What an agent can choose: the texts by the templates' ids."""
    every = ((name, filled(policy, name, conversation, agent)) for name in policy.templates)
    return {name: each.text for name, each in every if each is not None}


def _spoken(policy: Policy, template_id: str, conversation: Conversation) -> tuple[str, Template] | None:
    """In the customer's language; where that one is not approved, in another that is."""
    translations = policy.templates.get(template_id, {})
    first = spoken_to(policy, conversation.language)
    for language in (first, *(other for other in translations if other != first)):
        template = translations.get(language)
        if template and template.provider_id and template.channel == conversation.address.channel:
            return language, template
    return None


def _values(policy: Policy, conversation: Conversation, language: str, agent: str) -> Mapping[str, str]:
    """Never empty, and on one line: providers refuse anything else in a place."""
    known = {
        "customer": presentable(conversation.address.name) or say("template.customer", language),
        "shop": policy.shop_name,
        "agent": given_name(agent) or policy.shop_name,
        "subject": presentable(conversation.subject) or _subject(conversation.intent, language),
    }
    return {name: " ".join(value.split())[:LONGEST_VALUE] for name, value in known.items()}


def _subject(intent: str, language: str) -> str:
    known = intent in set(Intent) - {Intent.OTHER}
    return say(f"template.subject.{intent}" if known else "template.subject", language)
