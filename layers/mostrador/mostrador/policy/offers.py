"""Who is offered a call before they ask for one."""

from mostrador.policy.facts import Facts
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import Policy
from mostrador.policy.routing import that_hold
from mostrador.policy.segments import segment_of

PHONE = "phone"


def phone_offered(policy: Policy, facts: Facts) -> bool:
    """Whether one of ``policy.phone_offers`` holds; ``open`` there means the hours of the phone.

    Never where the phone is not attended at all: nobody would call.
    """
    calendar = calendar_of(policy, PHONE)
    if calendar.next_opening(facts.at) is None:
        return False
    holding = that_hold(policy.phone_offers, facts, segment_of(policy, facts), is_open=calendar.is_open(facts.at))
    return next(holding, None) is not None
