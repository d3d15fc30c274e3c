"""Who a customer is to the shop: the first segment whose conditions hold, and which of them did."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mostrador.policy.facts import CustomerFacts, Facts
from mostrador.policy.model import CustomerCondition, Policy, Segment


@dataclass(frozen=True, slots=True)
class Match:
    segment: Segment | None
    """None where no segment holds: then nothing but the rules speaks for this customer."""
    because: tuple[str, ...] = ()
    """The conditions that held, as ``name=value``; lists name only what was found: ``tags=mayorista``."""


_LISTS: tuple[tuple[str, Callable[[Facts], Sequence[str]]], ...] = (
    ("tags", lambda facts: facts.believed.tags),
    ("email_domains", lambda facts: facts.believed.email_domains),
    ("countries", lambda facts: (facts.believed.country,)),
    ("languages", lambda facts: (facts.language,)),
    ("channels", lambda facts: (facts.channel,)),
)
"""The conditions of which one entry is enough, with what is looked for among them."""

_NUMBERS = ("orders_at_least", "orders_at_most", "spent_at_least", "spent_at_most", "ordered_within", "not_ordered_for")


def segment_of(policy: Policy, facts: Facts) -> Match:
    for segment in policy.segments:
        held = first_held(segment.any_of, facts)
        if held is not None:
            return Match(segment, tuple(_in_text(held, facts)))
        if not segment.any_of:
            return Match(segment)
    return Match(None)


def segment_name(policy: Policy, segment_id: str, language: str) -> str:
    """In the shop's language where it has no other; empty for a segment that is gone."""
    segment = next((segment for segment in policy.segments if segment.id == segment_id), None)
    return segment.name.get(language, segment.name.get(policy.language, "")) if segment else ""


def dedicated_agent(policy: Policy, facts: Facts) -> str:
    """Whose customer this is by the policy's list: a desk id; empty where the list does not speak of them."""
    owners = (dedication.user for dedication in policy.dedications if first_held(dedication.any_of, facts))
    return next(owners, "")


def first_held(conditions: Sequence[CustomerCondition], facts: Facts) -> CustomerCondition | None:
    return next((condition for condition in conditions if holds(condition, facts)), None)


def holds(condition: CustomerCondition, facts: Facts) -> bool:
    return _purchases_hold(condition, facts.believed, facts.at) and all(
        not (wanted := getattr(condition, name)) or not set(wanted).isdisjoint(found(facts)) for name, found in _LISTS
    )


def _purchases_hold(condition: CustomerCondition, customer: CustomerFacts, now: float) -> bool:
    return (
        _within(customer.orders, condition.orders_at_least, condition.orders_at_most)
        and _within(customer.spent, condition.spent_at_least, condition.spent_at_most)
        and _recency_holds(condition, customer.last_order_at, now)
    )


def _within(value: float, least: float | None, most: float | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _recency_holds(condition: CustomerCondition, last_order_at: float, now: float) -> bool:
    """Who never bought anything is neither recent nor gone."""
    if condition.ordered_within is None and condition.not_ordered_for is None:
        return True
    return bool(last_order_at) and _within(now - last_order_at, condition.not_ordered_for, condition.ordered_within)


def _in_text(condition: CustomerCondition, facts: Facts) -> Iterator[str]:
    for name in _NUMBERS:
        value = getattr(condition, name)
        if value is not None:
            yield f"{name}={value}"
    for name, found in _LISTS:
        both = [value for value in getattr(condition, name) if value in found(facts)]
        if both:
            yield f"{name}={','.join(both)}"
