"""What a customer is promised: an answer within so much business time, and who is told before it is late."""

from dataclasses import replace

from mostrador.domain.routing import Promise
from mostrador.policy.hours import Calendar, NeverOpen, calendar_of
from mostrador.policy.model import Policy, Target

FIRST = "first"
NEXT = "next"


def promise_of(  # noqa: PLR0913, PLR0917 - what is promised, since when, and by whose hours
    policy: Policy, target: str, kind: str, since: float, channel: str, queue: str
) -> Promise:
    """The promise to somebody who waits since ``since`` for the ``kind`` of response (FIRST or NEXT).

    A target that the policy no longer knows is read as the one of the channel. Raises KeyError where that is missing,
    too. Where it never opens, plain time counts: a promise that cannot be broken would be missed by nobody.
    """
    aim = policy.targets.get(target) or policy.targets[policy.target_of(channel)]
    marks = _marks(aim, kind, since, calendar_of(policy, channel, queue))
    return Promise(aim.id, kind, since, due_at=marks[-1], marks=marks)


def renewed(promise: Promise, policy: Policy, channel: str, queue: str) -> Promise:
    """The same promise by today's hours and targets: still since the same moment, and nobody is told a thing twice.

    However the warnings have changed, the breach counts as told only where it was told.
    """
    today = promise_of(policy, promise.target, promise.kind, promise.since, channel, queue)
    last = len(today.marks)
    broken = 0 < len(promise.marks) <= promise.passed
    return replace(today, passed=last if broken else min(promise.passed, last - 1))


def _marks(target: Target, kind: str, since: float, calendar: Calendar) -> tuple[float, ...]:
    allowed = target.first if kind == FIRST else target.next
    parts = [allowed * percent / 100 for percent in (*sorted(target.warn), 100)]
    try:
        return tuple(calendar.add(since, part) for part in parts)
    except NeverOpen:
        return tuple(since + part for part in parts)
