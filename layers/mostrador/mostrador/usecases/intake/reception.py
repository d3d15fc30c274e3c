"""How somebody who writes is received: who answers first, whose it is, and what is promised.

Everything here is decided from what was read; the caller commits it, together with the message.
"""

from dataclasses import dataclass, replace

from mostrador.domain.attention import Attention, Clock, Stage
from mostrador.domain.catalogue import say
from mostrador.domain.changes import Change, Create, Tally, Update
from mostrador.domain.chat import CHAT
from mostrador.domain.conversation import Conversation, Customer, Identity
from mostrador.domain.messages import Received
from mostrador.domain.naming import hides
from mostrador.domain.routing import Because
from mostrador.policy import clocks
from mostrador.policy.answers import fill
from mostrador.policy.facts import Facts, facts_of
from mostrador.policy.first_word import Allowed, Question, Silence, first_word, may_confirm_a_call
from mostrador.policy.hours import NeverOpen, calendar_of
from mostrador.policy.model import Policy
from mostrador.policy.presence import Attended as Presence
from mostrador.policy.presence import Counter
from mostrador.policy.requests import CALLBACK, is_content
from mostrador.policy.routing import NO_ANSWER, Decision, decide
from mostrador.policy.segments import segment_name
from mostrador.selfservice.fixed import fixed_answer
from mostrador.usecases import ports
from mostrador.usecases.handover import Handover, decision_of
from mostrador.usecases.intake.acknowledge import Pause, automatic_message, silence
from mostrador.usecases.intake.agreed_call import with_call
from mostrador.usecases.intake.understand import Understood, understand
from mostrador.usecases.notices import called

SHOWN = 20_000
"""Bytes from which a file is something that a customer shows: smaller ones are mostly logos below a mail."""


@dataclass(frozen=True, slots=True)
class Attended:
    """A conversation as it is to be written, and what has to be written with it."""

    conversation: Conversation
    changes: tuple[Change, ...] = ()
    answered: bool = False
    """An automatic answer is among the changes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One message of somebody, with what is known when it is received."""

    received: Received
    identity: Identity | None
    policy: Policy
    now: float

    @property
    def expects_an_answer(self) -> bool:
        """Until somebody lets it in, nobody waits for what may be spam."""
        return asks_for_an_answer(self.received) and not self.received.quarantine

    @property
    def is_content(self) -> bool:
        """Thanks, and nothing else."""
        return not self.received.attachments and is_content(self.received.text, self.received.sender.name)

    @property
    def shows(self) -> bool:
        return any(file.problem or file.size >= SHOWN for file in self.received.attachments)

    @property
    def allowed(self) -> Allowed:
        return Allowed(help=self._silence(Pause.HELP), courtesy=self._silence(Pause.COURTESY))

    def _silence(self, pause: Pause) -> Silence | None:
        return silence(self.received, self.identity, self.now, pause)


def asks_for_an_answer(received: Received) -> bool:
    """Machines and keywords wait for nobody."""
    return received.asks and not (received.automatic or received.consent)


@dataclass(frozen=True, slots=True)
class Reception:
    inbox: ports.Inbox
    clock: ports.Clock

    def opened(self, conversation: Conversation, visit: Visit) -> Attended:
        """``conversation`` is new, with its first message counted."""
        stored = self.inbox.customer(conversation.customer_id) if visit.identity else None
        understood = understand(visit.received, visit.policy, stored if visit.received.trusted else None)
        conversation = _named(conversation, stored)
        decision = decide(visit.policy, _facts(visit, understood, stored))
        routed = _routed(conversation, understood, decision, visit.policy)
        asks = visit.expects_an_answer
        attended = self._attend(routed, visit, decision, understood) if asks else Attended(_unasked(routed, visit))
        customer = _customer(stored, attended.conversation, decision, visit)
        return replace(attended, changes=(*attended.changes, *customer))

    def continued(self, conversation: Conversation, visit: Visit, *, reopened: bool) -> Attended:
        """``conversation`` is one that goes on, with its new message counted."""
        mine = (Tally(conversation.assignee, 1),) if reopened and conversation.assignee else ()
        if not visit.expects_an_answer or conversation.quarantine:
            return Attended(_unasked(conversation, visit), mine)
        understood = understand(visit.received, visit.policy, None)
        if conversation.stage is Stage.COMMUNITY and not understood.request:
            return Attended(_left_to_others(conversation, visit), mine)
        if conversation.stage is Stage.MACHINE and visit.is_content:
            return Attended(_resting(conversation, visit), mine)
        decision = decision_of(conversation, visit.policy)
        asked = understood.request == CALLBACK and not visit.allowed.help
        answer = CALLBACK if asked and may_confirm_a_call(visit.policy, decision) else ""
        handed = self._hand_over(conversation, visit, decision, understood.request, answer)
        told = self._called(conversation, handed, visit)
        return replace(told, changes=(*mine, *told.changes))

    def _called(self, before: Conversation, handed: Attended, visit: Visit) -> Attended:
        """The thread is there already, but nobody had to look at it until now, or nobody in particular."""
        phrase = _news(before, handed.conversation)
        if not phrase:
            return handed
        counted, notice = called(self.inbox, handed.conversation, visit.policy, phrase, visit.now)
        return replace(handed, conversation=counted, changes=(*handed.changes, Create(notice)))

    def _attend(self, conversation: Conversation, visit: Visit, decision: Decision, understood: Understood) -> Attended:
        about, language = conversation.intent, conversation.language
        question = Question(visit.received.text, about, language, understood.request, shows=visit.shows)
        word = first_word(visit.policy, decision, question, visit.allowed, fixed_answer)
        noted = _noted(conversation, word.because)
        match word.stage:
            case Stage.COMMUNITY:
                return Attended(_left_to_others(noted, visit))
            case Stage.MACHINE:
                return _answered(_resting(noted, visit), (), word.answer, visit)
            case Stage.PERSON:
                handed = self._hand_over(noted, visit, decision, understood.request, word.answer)
                return handed if word.answer else self._nobody_there(handed, visit, decision)

    def _nobody_there(self, handed: Attended, visit: Visit, decision: Decision) -> Attended:
        """Whoever waits in the chat for an answer within minutes is told when nobody is on duty, though it is open."""
        channel = handed.conversation.address.channel
        if channel != CHAT or decision.answer == NO_ANSWER or visit.allowed.courtesy:
            return handed
        counter = Counter(visit.policy, decision, channel)
        language = handed.conversation.language
        if counter.presence(self.inbox.agents(counter.people), visit.now, language).state is not Presence.AWAY:
            return handed
        return _said(handed.conversation, handed.changes, say("chat.away", language), visit)

    def _hand_over(
        self, conversation: Conversation, visit: Visit, decision: Decision, request: str, answer: str
    ) -> Attended:
        handed = Handover(self.inbox, self.clock)(conversation, decision, visit.policy)
        placed, notice = handed.conversation, None
        if request == CALLBACK:
            placed, notice = with_call(placed, visit.received, visit.policy, visit.now)
        changes = (*handed.changes, *([Create(notice)] if notice else []))
        return _answered(placed, changes, answer, visit) if answer else Attended(placed, changes)


def _news(before: Conversation, after: Conversation) -> str:
    """What whoever has it now is told, as a phrase; empty where they have it for longer."""
    if before.stage is not Stage.PERSON:
        return "notice.handed_over"
    return "notice.given" if after.assignee not in ("", before.assignee) else ""


def _unasked(conversation: Conversation, visit: Visit) -> Conversation:
    """Nobody waits, unless an answer failed after it was closed.

    What we could not read is nobody's either, but it stays until a person has looked at it. So does what somebody
    said who cannot be answered.
    """
    if conversation.stage is Stage.PERSON and conversation.waiting_since and not conversation.promise:
        return clocks.waits(conversation, visit.policy, visit.now)
    reachable = conversation.address.value and not hides(conversation.address)
    return clocks.ends_some_day(conversation, visit.policy, visit.now) if reachable else conversation


def _named(conversation: Conversation, customer: Customer | None) -> Conversation:
    """A telephone brings no name along: a customer whom the shop knows is called what the shop calls them."""
    address = conversation.address
    profile = customer.profile if customer and conversation.trusted else None
    if address.name or profile is None:
        return conversation
    return replace(conversation, address=replace(address, name=profile.name))


def _facts(visit: Visit, understood: Understood, customer: Customer | None) -> Facts:
    received = visit.received
    return facts_of(
        sender=received.sender,
        customer=customer,
        at=visit.now,
        trusted=received.trusted,
        public=received.public,
        language=understood.language,
        intent=understood.intent,
    )


def _routed(conversation: Conversation, understood: Understood, decision: Decision, policy: Policy) -> Conversation:
    return replace(
        conversation,
        language=understood.language,
        intent=understood.intent,
        segment=decision.segment,
        attention=decision.attention,
        queue=decision.queue,
        desk_channel=policy.queues[decision.queue].desk_channel,
        priority=decision.priority,
        tags=decision.tags,
        target=decision.promise,
        protocol=decision.protocol,
        routing=decision.routing,
    )


def _noted(conversation: Conversation, because: tuple[Because, ...]) -> Conversation:
    routing = conversation.routing
    if routing is None or not because:
        return conversation
    return replace(conversation, routing=replace(routing, because=routing.because + because))


def _resting(conversation: Conversation, visit: Visit) -> Conversation:
    """A machine has said what there is to say."""
    resting = replace(conversation, stage=Stage.MACHINE, waiting_since=0.0)
    return clocks.rests(resting, visit.policy, visit.now)


def _left_to_others(conversation: Conversation, visit: Visit) -> Conversation:
    """For as long as the policy says since it was first asked."""
    asking = clocks.waits(replace(conversation, stage=Stage.COMMUNITY), visit.policy, visit.now)
    if Clock.COMMUNITY in asking.clocks:
        return asking
    calendar = calendar_of(visit.policy, conversation.address.channel, conversation.queue)
    wait = visit.policy.patience.community_wait
    try:
        asked = calendar.add(visit.now, wait)
    except NeverOpen:
        asked = visit.now + wait
    return clocks.with_clock(asking, Clock.COMMUNITY, asked)


# What is said without a person


def _answered(conversation: Conversation, changes: tuple[Change, ...], answer: str, visit: Visit) -> Attended:
    return _said(conversation, changes, _words(conversation, answer, visit), visit)


def _said(conversation: Conversation, changes: tuple[Change, ...], text: str, visit: Visit) -> Attended:
    message = automatic_message(conversation, text, visit.now)
    answered = replace(conversation, counter=message.sequence, outbox=conversation.outbox | {message.sequence})
    return Attended(answered, (*changes, Create(message)), answered=True)


def _words(conversation: Conversation, answer: str, visit: Visit) -> str:
    policy = visit.policy
    return fill(
        policy,
        answer,
        conversation.language,
        visit.now,
        channel=conversation.address.channel,
        queue=conversation.queue,
        promise=conversation.promise,
        customer=conversation.address.name,
        segment=segment_name(policy, conversation.segment, conversation.language),
        callback_at=conversation.callback_at,
    )


# The customer


def _customer(stored: Customer | None, conversation: Conversation, decision: Decision, visit: Visit) -> list[Change]:
    """Whoever gets a dedicated customer that nobody had before, keeps them."""
    nobodys = decision.attention is Attention.DEDICATED and not decision.agent and visit.received.trusted
    agent = conversation.assignee if nobodys else ""
    if stored is None:
        if visit.identity is not None or visit.received.anonymous:
            return []
        return [Create(Customer(conversation.customer_id, visit.received.sender.name, visit.now, agent=agent))]
    if not agent or stored.agent in visit.policy.agents:
        return []
    return [Update(stored, replace(stored, agent=agent))]
