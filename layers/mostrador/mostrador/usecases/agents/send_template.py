"""An approved template that an agent chose becomes their answer, on hold like every other.

They are asked first, and shown what the customer would read: nobody can take a template back.
"""

from dataclasses import dataclass, replace

from mostrador.desk.questions import answered, which_template
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Conversation, Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.domain.naming import customer_of
from mostrador.policy.model import Policy
from mostrador.policy.templates import Filled, filled, offered
from mostrador.usecases.agents.deeds import SEND_PATIENCE, Case, Deeds, Plan


@dataclass(frozen=True, slots=True)
class SendTemplate:
    deeds: Deeds

    def ask(self, case: Case) -> None:
        """Which one, in the name of whoever asks."""
        policy, conversation = self.deeds.policies.current(), case.conversation
        texts = offered(policy, conversation, _name_of(policy, case.event.user))
        if not texts:
            self.deeds.whisper(case.event, conversation.id, "template.gone")
            return
        customer = customer_of(conversation.address, policy.language)
        self.deeds.ask(case.event, which_template(conversation.id, texts, customer, policy.language))

    def __call__(self, case: Case) -> Plan | str:
        policy, user = self.deeds.policies.current(), case.event.user
        _, template_id = answered(case.event.value)
        name = _name_of(policy, user)
        chosen = filled(policy, template_id, case.conversation, name)
        if chosen is None:
            return "template.gone"
        conversation = self.deeds.taken_up(case.conversation)
        message = self._message(conversation, chosen, user, name)
        written = replace(
            conversation,
            counter=message.sequence,
            outbox=conversation.outbox | {message.sequence},
            unmarked=conversation.unmarked | {message.sequence},
        )
        return Plan(written, f"template {template_id} chosen", (Create(message),))

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


def _name_of(policy: Policy, user: str) -> str:
    agent = policy.agents.get(user)
    return agent.name if agent else ""
