"""A conversation turns out to be somebody's whom the shop knows: what its card says of them from then on."""

from dataclasses import replace

from mostrador.domain.conversation import Conversation, Customer
from mostrador.domain.messages import Address
from mostrador.policy.facts import facts_of
from mostrador.policy.model import Policy
from mostrador.policy.routing import decide


def identified(
    conversation: Conversation, customer: Customer | None, proven: Address, policy: Policy, now: float
) -> Conversation:
    """``proven`` is the address that told who it is. Where it lies and who has it stays: people have seen it there.

    So does the record of how it was routed, which tells what was known then.
    """
    if customer is None:
        return conversation
    facts = facts_of(
        sender=proven,
        customer=customer,
        at=now,
        public=conversation.public,
        language=conversation.language,
        intent=conversation.intent,
    )
    decision = decide(policy, replace(facts, channel=conversation.address.channel))
    name = (customer.profile.name if customer.profile else "") or customer.name or conversation.address.name
    return replace(
        conversation,
        address=replace(conversation.address, name=name),
        customer_id=customer.id,
        segment=decision.segment,
        attention=decision.attention,
    )
