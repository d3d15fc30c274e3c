"""A customer asks to be called: for when that is promised, and what the thread says where it was promised otherwise."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from mostrador.domain.call import PHONE
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import Conversation, Message
from mostrador.domain.messages import Received
from mostrador.policy import clocks
from mostrador.policy.answers import presentable
from mostrador.policy.hours import calendar_of
from mostrador.policy.in_words import moment
from mostrador.policy.model import Policy
from mostrador.policy.requests import CALLBACK
from mostrador.usecases.notices import Notice
from mostrador.usecases.viewing import customer_of


def with_call(
    conversation: Conversation, received: Received, policy: Policy, now: float
) -> tuple[Conversation, Message | None]:
    """A call is promised for the first moment at which the phone is answered, not before the one wished for.

    Who only writes of a call that is promised already does not wish for another time, and nobody who is in a hurry is
    put off. With a notice where another time was promised before.
    """
    before, wished = conversation.callback_at, received.callback_at
    at = calendar_of(policy, PHONE).next_opening(max(now, wished))
    in_a_hurry = wished <= now
    if at is None or at == before or (before and (not wished or (in_a_hurry and before <= at))):
        return conversation, None
    tags = conversation.tags if CALLBACK in conversation.tags else (*conversation.tags, CALLBACK)
    tagged = replace(conversation, tags=tags)
    if conversation.trusted and not received.trusted:
        # Anybody can type anybody's number: whatever was promised to whoever has it stands.
        return _told(tagged, "kept", before, policy, now) if before else (clocks.call_noted(tagged, at), None)
    called = clocks.call_promised(tagged, at)
    return _told(called, "moved", before, policy, now) if before else (called, None)


def _told(
    conversation: Conversation, what: str, before: float, policy: Policy, now: float
) -> tuple[Conversation, Message]:
    zone, address = ZoneInfo(policy.timezone), conversation.address
    text = say(
        f"notice.callback.{what}",
        policy.language,
        customer=presentable(address.name) or customer_of(address, policy.language),
        when=moment(conversation.callback_at, now, policy.language, zone),
        before=moment(before, now, policy.language, zone),
    )
    notice = Notice(text).message(conversation, now)
    return replace(conversation, counter=notice.sequence), notice
