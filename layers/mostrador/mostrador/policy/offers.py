"""Who is offered a call before they ask for one."""

from mostrador.domain.call import PHONE
from mostrador.policy.facts import Facts
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import Policy
from mostrador.policy.routing import that_hold
from mostrador.policy.segments import segment_of


def offered_from(policy: Policy, facts: Facts) -> int | None:
    """The least basket, in hundredths, with which a call is offered: 0 for any, None where there is no such basket.

    One of ``policy.phone_offers`` is enough; ``open`` there means the hours of the phone. Nothing is offered where the
    phone is not attended at all: nobody would call.
    """
    calendar = calendar_of(policy, PHONE)
    if calendar.next_opening(facts.at) is None:
        return None
    holding = that_hold(policy.phone_offers, facts, segment_of(policy, facts), is_open=calendar.is_open(facts.at))
    return min((offer.basket_at_least for offer in holding), default=None)


def phone_offered(policy: Policy, facts: Facts) -> bool:
    """Whatever lies in the basket, if there is one."""
    return offered_from(policy, facts) == 0
