"""What an agent pressed or chose on a card: a change of the case, made once, or an answer to them alone."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from mostrador.desk import menu
from mostrador.desk.events import AgentEvent
from mostrador.desk.questions import ANSWERS
from mostrador.domain.attention import Attention
from mostrador.domain.changes import AlreadySeen, Change, Create, Remember, Tally, Update
from mostrador.domain.conversation import Conversation, State
from mostrador.policy.clocks import closes_later, stopped, waits
from mostrador.policy.model import Policy
from mostrador.usecases.agents.call_up import CallUp, Telephone
from mostrador.usecases.agents.deeds import Case, Deeds, Plan
from mostrador.usecases.agents.explain import Explain
from mostrador.usecases.agents.kept_back import KeptBack
from mostrador.usecases.agents.later import Later
from mostrador.usecases.agents.send_template import SendTemplate
from mostrador.usecases.agents.written import DESK
from mostrador.usecases.handover import Handover, decision_of
from mostrador.usecases.notices import called
from mostrador.usecases.tries import until_it_holds

log = logging.getLogger(__name__)

type Planner = Callable[[Case], Plan | str]
"""What to change, or a phrase for whoever pressed: empty where there is nothing to do."""
type Answerer = Callable[[Case], None]


@dataclass(frozen=True, slots=True)
class Press:
    deeds: Deeds
    telephone: Telephone | None = None

    def __call__(self, event: AgentEvent, conversation_id: str) -> None:
        pressed = event.value if event.action == menu.MORE else event.action
        if pressed == menu.RING:
            CallUp(self.deeds, self.telephone)(event, conversation_id)
            return
        if pressed in ANSWERS:
            self._answer(event, conversation_id)
        elif answer := self._answers().get(pressed):
            answer(Case(event, self.deeds.conversation(conversation_id)))
        elif planner := self._planners().get(pressed):
            self._do(planner, event, conversation_id)
        else:
            log.warning("unknown button", extra={"action": event.action, "event_id": event.event_id})

    def _answers(self) -> dict[str, Answerer]:
        explain = Explain(self.deeds)
        return {
            menu.WHY: explain.why,
            menu.PROTOCOL: explain.protocol,
            menu.TEMPLATE: SendTemplate(self.deeds).ask,
        }

    def _planners(self) -> dict[str, Planner]:
        later, kept_back = Later(self.deeds), KeptBack(self.deeds)
        return {
            menu.CLAIM: self._claim,
            menu.CLOSE: self._close,
            menu.REOPEN: self._reopen,
            menu.RELEASE: self._release,
            menu.SNOOZE: later.snooze,
            menu.WAKE: later.wake,
            menu.CALL: later.promise_call,
            menu.CALLED: later.called,
            menu.READ_OUT: kept_back.read_out,
            menu.WITHHOLD: kept_back.withhold,
        }

    def _answer(self, event: AgentEvent, conversation_id: str) -> None:
        """One question has one answer, however often and whatever was pressed before it went away."""
        if event.action == menu.SEND_TEMPLATE:
            once = replace(event, event_id=f"{event.channel}:{event.ts}:{event.user}:answered")
            self._do(SendTemplate(self.deeds), once, conversation_id)
        self.deeds.withdraw(event)

    def _do(self, planner: Planner, event: AgentEvent, conversation_id: str) -> None:
        try:
            refusal = until_it_holds(lambda: self._commit(planner, event, conversation_id))
        except AlreadySeen:
            refusal = ""  # Done before; whatever happened to the case since then stands.
        self.deeds.announce(conversation_id)
        if refusal:
            self.deeds.whisper(event, conversation_id, refusal)

    def _commit(self, planner: Planner, event: AgentEvent, conversation_id: str) -> str:
        """Once for each press: repeated later, it would undo what others did in between."""
        deeds, conversation = self.deeds, self.deeds.conversation(conversation_id)
        plan = planner(Case(event, conversation))
        if isinstance(plan, str):
            return plan
        changed = deeds.changed(plan.changed)
        pressed = Remember(DESK, event.event_id, conversation.id, conversation.counter, deeds.clock())
        deeds.inbox.commit(pressed, Update(conversation, changed), deeds.line(changed, plan.what, event), *plan.also)
        return ""

    # What changes the case itself

    def _claim(self, case: Case) -> Plan | str:
        conversation, user = case.conversation, case.event.user
        if conversation.assignee in self._policy.agents:
            return "" if conversation.assignee == user else "claim.taken"
        claimed = replace(conversation, assignee=user)
        # Whoever had it and left the shop has it no more.
        return Plan(claimed, "claimed", (*_tally(conversation, -1), *_tally(claimed, 1), *self._taken_over(claimed)))

    def _taken_over(self, conversation: Conversation) -> list[Change]:
        """A customer who is to have an agent of their own, and has none, has whoever answers them first."""
        if conversation.attention is not Attention.DEDICATED or not conversation.trusted:
            return []
        customer = self.deeds.inbox.customer(conversation.customer_id)
        if customer is None or customer.agent in self._policy.agents:
            return []
        return [Update(customer, replace(customer, agent=conversation.assignee))]

    def _close(self, case: Case) -> Plan | str:
        conversation = case.conversation
        if conversation.is_closed:
            return ""
        now = self.deeds.clock()
        closed = replace(
            conversation,
            state=State.CLOSED,
            closed_at=now,
            waiting_since=0.0,
            waited_when_closed=conversation.waiting_since,
        )
        return Plan(stopped(closed), "closed", _tally(conversation, -1))

    def _reopen(self, case: Case) -> Plan | str:
        if not case.conversation.is_closed:
            return ""
        closed = case.conversation
        # Somebody may wait still: whoever was not answered before, or whose answer failed after it was closed.
        waiting = closed.waiting_since or closed.waited_when_closed
        opened = replace(closed, state=State.OPEN, closed_at=0.0, waited_when_closed=0.0, waiting_since=waiting)
        goes_on = waits if waiting else closes_later
        return Plan(goes_on(opened, self._policy, self.deeds.clock()), "reopened", _tally(opened, 1))

    def _release(self, case: Case) -> Plan | str:
        """Out of the quarantine: from now on it is a conversation like any other, and somebody waits."""
        conversation = case.conversation
        if not conversation.quarantine:
            return ""
        policy, now = self._policy, self.deeds.clock()
        let_in = replace(conversation, quarantine="", state=State.OPEN, closed_at=0.0, waiting_since=now)
        counted = _tally(let_in, 1) if conversation.is_closed else ()
        handed = Handover(self.deeds.inbox, self.deeds.clock)(let_in, decision_of(let_in, policy), policy)
        plan = Plan(handed.conversation, "released", (*counted, *handed.changes))
        return plan if handed.conversation.assignee in ("", case.event.user) else self._told(plan)

    def _told(self, plan: Plan) -> Plan:
        """Whoever has it now is called: they did not press anything."""
        told, notice = called(self.deeds.inbox, plan.changed, self._policy, "notice.given", self.deeds.clock())
        return replace(plan, changed=told, also=(*plan.also, Create(notice)))

    @property
    def _policy(self) -> Policy:
        return self.deeds.policies.current()


def _tally(conversation: Conversation, by: int) -> tuple[Change, ...]:
    """Whoever has an open conversation has it among their work."""
    if not conversation.assignee or conversation.is_closed:
        return ()
    return (Tally(conversation.assignee, by),)
