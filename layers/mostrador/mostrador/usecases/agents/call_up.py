"""An agent asks for a call to the customer: first the agent's phone rings, and when they are ready the customer's."""

import logging
from dataclasses import dataclass, replace
from typing import Protocol

from mostrador.desk.events import AgentEvent
from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Remember, Update
from mostrador.domain.conversation import Conversation, number_of
from mostrador.domain.delivery import Failure, SendResult, Unclear
from mostrador.domain.errors import NotConfigured
from mostrador.usecases.agents.deeds import Deeds
from mostrador.usecases.agents.written import DESK
from mostrador.usecases.tries import until_it_holds
from mostrador.usecases.viewing import customer_of

log = logging.getLogger(__name__)

UNDER_WAY = 120
"""Seconds for which a call that was begun may still ring somebody: the agent, who finds the key, and the customer."""


class Telephone(Protocol):
    def ring(self, number: str, conversation_id: str, user: str) -> SendResult:
        """Ring up an agent about a conversation. Raises NotConfigured where we have no number to call from."""


@dataclass(frozen=True, slots=True)
class CallUp:
    deeds: Deeds
    telephone: Telephone | None

    def __call__(self, event: AgentEvent, conversation_id: str) -> None:
        """Rings once for each press: should this run die before it rings, the agent sees that nothing rings."""
        try:
            refusal = until_it_holds(lambda: self._begin(event, conversation_id))
        except AlreadySeen:
            return
        if refusal:
            self.deeds.whisper(event, conversation_id, refusal)
            return
        self.deeds.announce(conversation_id)
        self._ring(event, conversation_id)

    def _begin(self, event: AgentEvent, conversation_id: str) -> str:
        deeds, conversation = self.deeds, self.deeds.conversation(conversation_id)
        if refusal := self._refusal(event, conversation):
            return refusal
        changed = deeds.changed(conversation, calling_since=deeds.clock())
        pressed = Remember(DESK, event.event_id, conversation.id, conversation.counter, deeds.clock())
        deeds.inbox.commit(pressed, Update(conversation, changed), deeds.line(changed, "call begun", event))
        return ""

    def _refusal(self, event: AgentEvent, conversation: Conversation) -> str:
        if self.telephone is None:
            return "call.off"
        if self.deeds.clock() - conversation.calling_since < UNDER_WAY:
            return "call.under_way"
        if not self.deeds.policies.current().agents[event.user].phone:
            return "call.no_phone"
        number = number_of(conversation, self.deeds.inbox.customer(conversation.customer_id))
        return self._number_refusal(number) if number else "call.no_number"

    def _number_refusal(self, number: str) -> str:
        """Whoever has a call missed from such a number is paid for calling back."""
        from mostrador.channels.numbers import is_dear  # noqa: PLC0415  a press on another button does not wait for it

        return "call.dear" if is_dear(number) else ""

    def _ring(self, event: AgentEvent, conversation_id: str) -> None:
        if self.telephone is None:
            return
        policy = self.deeds.policies.current()
        try:
            result = self.telephone.ring(policy.agents[event.user].phone, conversation_id, event.user)
        except NotConfigured as missing:
            log.error("channel closed", extra={"event": "channel_closed", "provider": "phone", "why": str(missing)})  # noqa: TRY400
            self._undo(conversation_id)
            self.deeds.whisper(event, conversation_id, "call.off")
            return
        if isinstance(result, Unclear):
            log.warning("outcome unclear", extra={"conversation": conversation_id, "why": result.why})
        if isinstance(result, Failure):
            log.warning("call refused", extra={"reason": result.reason, "code": result.code})
            self._undo(conversation_id)
            conversation = self.deeds.conversation(conversation_id)
            customer = customer_of(conversation.address, policy.language)
            self.deeds.tell(event, say("call.refused", policy.language, customer=customer, code=result.code))

    def _undo(self, conversation_id: str) -> None:
        """Nothing rings: whoever presses again need not wait."""

        def undo() -> None:
            conversation = self.deeds.conversation(conversation_id)
            self.deeds.inbox.commit(Update(conversation, replace(conversation, calling_since=0.0)))

        until_it_holds(undo)
