"""What happens to the clocks of a conversation when somebody begins to wait, answers, rests, snoozes or stops.

Pure: each function returns the conversation as it is then. Who has to answer (``stage``) is decided by the caller
beforehand. All times are epoch seconds.
"""

from dataclasses import replace

from mostrador.domain.attention import Clock, Stage
from mostrador.domain.conversation import Conversation, State
from mostrador.domain.routing import Promise
from mostrador.policy.model import Policy
from mostrador.policy.promises import FIRST, NEXT, promise_of

PATIENCE = (Clock.FOLLOW_UP, Clock.CLOSE)
"""They run while we wait for the customer."""


def waits(conversation: Conversation, policy: Policy, at: float) -> Conversation:
    """The customer waits for us since ``at``, or still does: what waited for them stops, and no snooze goes on.

    A promise begins where a person has to answer; one that runs already keeps its ``since``. To whom a call is
    promised, nothing else is.
    """
    waiting = without(awake(conversation), *PATIENCE)
    if waiting.stage is not Stage.PERSON or waiting.quarantine:
        return waiting
    ours = without(waiting, Clock.COMMUNITY)
    if Clock.CALLBACK in ours.clocks and not ours.promise:
        return ours
    return promised(ours, ours.promise or _promise(ours, policy, at))


def answered(conversation: Conversation, policy: Policy, at: float) -> Conversation:
    """An answer of a person got through, and nobody waits for us. While it is snoozed, nobody waits for them either."""
    known = replace(conversation, promise=None, first_answered_at=conversation.first_answered_at or at)
    kept = without(known, Clock.PROMISE, Clock.COMMUNITY, *PATIENCE)
    return patient(kept, policy, at) if kept.state is State.OPEN else kept


def patient(conversation: Conversation, policy: Policy, at: float) -> Conversation:
    """We wait for the customer since ``at``: they are asked once, and after that it closes by itself."""
    patience = policy.patience
    if patience.follow_up_after:
        return with_clock(conversation, Clock.FOLLOW_UP, at + patience.follow_up_after)
    return closes_later(conversation, policy, at)


def closes_later(conversation: Conversation, policy: Policy, at: float) -> Conversation:
    """Nothing but its end is expected."""
    after = policy.patience.close_after
    return with_clock(conversation, Clock.CLOSE, at + after if after else 0.0)


def rests(conversation: Conversation, policy: Policy, at: float) -> Conversation:
    """A machine answered: nothing is promised, and the customer is not asked whether that helped."""
    quiet = without(replace(conversation, promise=None), Clock.PROMISE, Clock.COMMUNITY, *PATIENCE)
    return closes_later(quiet, policy, at)


def stopped(conversation: Conversation) -> Conversation:
    """It is closed: nothing of it is waited for."""
    return replace(conversation, promise=None, clocks={})


def snoozed(conversation: Conversation, until: float) -> Conversation:
    """Out of sight until then. Whom we owe an answer goes on waiting, and their promise goes on running."""
    return with_clock(without(replace(conversation, state=State.SNOOZED), *PATIENCE), Clock.WAKE, until)


def awake(conversation: Conversation) -> Conversation:
    """In sight again. A conversation that is closed stays so."""
    state = State.OPEN if conversation.state is State.SNOOZED else conversation.state
    return without(replace(conversation, state=state), Clock.WAKE)


def ends_some_day(conversation: Conversation, policy: Policy, at: float) -> Conversation:
    """Where nobody waits for anybody, it does not stay open for ever, and nobody's work for ever."""
    waited_for = conversation.promise or conversation.waiting_since or conversation.quarantine
    if waited_for or conversation.state is not State.OPEN or any(clock in conversation.clocks for clock in PATIENCE):
        return conversation
    return closes_later(conversation, policy, at)


def promised(conversation: Conversation, promise: Promise) -> Conversation:
    """This is the promise, and its next mark is when somebody is told."""
    return with_clock(replace(conversation, promise=promise), Clock.PROMISE, promise.next_mark)


def call_promised(conversation: Conversation, at: float) -> Conversation:
    """They are called at ``at``: that is what they wait for, and no answer is late before."""
    return call_noted(without(replace(conversation, promise=None), Clock.PROMISE), at)


def call_noted(conversation: Conversation, at: float) -> Conversation:
    """A call is to be made at ``at``, and what was promised otherwise stands."""
    return with_clock(replace(conversation, call_for=at), Clock.CALLBACK, at)


def due(conversation: Conversation, now: float) -> tuple[Clock, ...]:
    """The clocks whose time has come, the earliest first."""
    rung = sorted((at, clock) for clock, at in conversation.clocks.items() if at <= now)
    return tuple(clock for _, clock in rung)


def with_clock(conversation: Conversation, clock: Clock, at: float) -> Conversation:
    """``at`` 0: that clock does not run."""
    if not at:
        return without(conversation, clock)
    return replace(conversation, clocks={**conversation.clocks, clock: at})


def without(conversation: Conversation, *clocks: Clock) -> Conversation:
    kept = {clock: at for clock, at in conversation.clocks.items() if clock not in clocks}
    return replace(conversation, clocks=kept)


def _promise(conversation: Conversation, policy: Policy, at: float) -> Promise:
    target = conversation.target or policy.target_of(conversation.address.channel)
    kind = NEXT if conversation.first_answered_at else FIRST
    return promise_of(policy, target, kind, at, conversation.address.channel, conversation.queue)
