"""An approved template that an agent chose becomes their answer, on hold like every other."""

from dataclasses import dataclass, replace

from mostrador.domain.changes import Create
from mostrador.domain.conversation import Conversation, Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.policy.templates import Filled, filled
from mostrador.usecases.deeds import SEND_PATIENCE, Case, Deeds, Plan


@dataclass(frozen=True, slots=True)
class SendTemplate:
    deeds: Deeds

    def __call__(self, case: Case) -> Plan | str:
        policy, user, name = self.deeds.policies.current(), case.event.user, case.event.value
        agent = policy.agents.get(user)
        chosen = filled(policy, name, case.conversation, agent.name if agent else "")
        if chosen is None:
            return "template.gone"
        conversation = self.deeds.taken_up(case.conversation)
        message = self._message(conversation, chosen, user, agent.name if agent else "")
        written = replace(
            conversation,
            counter=message.sequence,
            outbox=conversation.outbox | {message.sequence},
            unmarked=conversation.unmarked | {message.sequence},
        )
        return Plan(written, f"template {name} chosen", (Create(message),))

    def _message(self, conversation: Conversation, chosen: Filled, user: str, name: str) -> Message:
        now = self.deeds.clock()
        until = now + self.deeds.policies.current().hold(conversation.address.channel)
        return Message(
            conversation_id=conversation.id,
            sequence=conversation.counter + 1,
            direction=Direction.OUTBOUND,
            text=chosen.text,
            at=now,
            received_at=now,
            author=user,
            author_name=name,
            answers=conversation.last_inbound,
            state=Delivery.HELD,
            hold_until=until,
            watch_at=until + SEND_PATIENCE,
            template=chosen.approved,
        )
