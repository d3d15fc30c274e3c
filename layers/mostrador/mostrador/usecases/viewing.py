"""A conversation as the desk shows it: the policy's ids in the words that the shop has for them today."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from mostrador.desk.views import ConversationView
from mostrador.domain import naming
from mostrador.domain.attention import Clock, Intent
from mostrador.domain.call import PHONE
from mostrador.domain.catalogue import BASE
from mostrador.domain.conversation import Conversation
from mostrador.domain.messages import UNREADABLE, Address
from mostrador.policy.model import DEFAULT, Policy, Protocol
from mostrador.policy.templates import offered


def conversation_view(
    conversation: Conversation, policy: Policy, now: float, window: float | None = None
) -> ConversationView:
    """``window`` as ``windows.window_of`` gives it."""
    protocol = protocol_of(conversation, policy)
    promise = conversation.promise
    return ConversationView(
        id=conversation.id,
        customer=conversation.address.name,
        address=written(conversation.address.value),
        channel=conversation.address.channel,
        language=policy.language,
        opened_at=conversation.opened_at,
        state=conversation.state,
        subject=conversation.subject or conversation.said,
        assignee=conversation.assignee if conversation.assignee in policy.agents else "",
        waiting_since=conversation.waiting_since,
        trusted=conversation.trusted,
        opted_out=conversation.opted_out,
        quarantine=conversation.quarantine,
        segment=_segment(conversation, policy),
        attention=conversation.attention,
        queue=queue_name(policy, conversation.queue),
        protocol=protocol.title if protocol else "",
        priority=conversation.priority,
        intent=_intent(conversation),
        tags=conversation.tags,
        stage=conversation.stage,
        promised_for=promise.due_at if promise else 0.0,
        snoozed_until=conversation.clocks.get(Clock.WAKE, 0.0),
        callback_at=conversation.callback_at,
        typed_number=written(conversation.phone),
        kept_back=len(conversation.kept_back),
        writing=_writing(conversation, policy),
        seen_at=now,
        window=window,
        templates=window is not None and bool(offered(policy, conversation, policy.shop_name)),
        zone=ZoneInfo(policy.timezone),
    )


def _writing(conversation: Conversation, policy: Policy) -> str:
    if naming.hides(conversation.address):
        return "nowhere"
    if conversation.address.channel != PHONE:
        return ""
    return "kept_back" if policy.keeps_back(PHONE) else "read_out"


def customer_of(address: Address, language: str) -> str:
    """Their name, else their address in the way that people write it."""
    return naming.customer_of(replace(address, value=written(address.value)), language)


def written(address: str) -> str:
    """A number in groups; any other address as it is."""
    if not address.startswith("+"):
        return address
    from mostrador.channels.numbers import readable  # noqa: PLC0415  most conversations have no number

    return readable(address)


def protocol_of(conversation: Conversation, policy: Policy) -> Protocol | None:
    """In the language of the shop's agents, else in its other one; None where the policy has none for this."""
    versions = policy.protocols.get(conversation.protocol, {})
    return versions.get(policy.language) or next(iter(versions.values()), None)


def queue_name(policy: Policy, queue_id: str) -> str:
    queue = policy.queues.get(queue_id)
    return queue.name.get(policy.language, "") or queue.name.get(BASE, "") if queue else ""


def lead_of(policy: Policy, queue_id: str) -> str:
    """The name of whoever is to be asked about a queue; the shop's where the policy names nobody."""
    queue = policy.queues.get(queue_id) or policy.queues.get(DEFAULT)
    lead = policy.agents.get(queue.lead) if queue else None
    return lead.name if lead else policy.shop_name


def _segment(conversation: Conversation, policy: Policy) -> str:
    """Empty for one that the policy does not have any more, and where nobody wrote."""
    if conversation.address.channel == UNREADABLE:
        return ""
    names = next((segment.name for segment in policy.segments if segment.id == conversation.segment), {})
    return names.get(policy.language, "") or names.get(BASE, "")


def _intent(conversation: Conversation) -> Intent | None:
    return Intent(conversation.intent) if conversation.intent in set(Intent) else None
