"""An answer that would ring somebody up leaves only once an agent says so, and at an hour when people are called."""

from dataclasses import dataclass, replace

from mostrador.domain.catalogue import say
from mostrador.domain.changes import Update
from mostrador.domain.conversation import Conversation, Message
from mostrador.domain.delivery import Delivery
from mostrador.policy.hours import calendar_of
from mostrador.policy.in_words import moment
from mostrador.usecases.agents.deeds import SEND_PATIENCE, Case, Deeds, Plan
from mostrador.usecases.viewing import customer_of


@dataclass(frozen=True, slots=True)
class KeptBack:
    deeds: Deeds

    def read_out(self, case: Case) -> Plan | str:
        """From now on it is held like every other, and can still be changed or deleted."""
        message = self._pressed(case)
        if message is None:
            return ""
        conversation, policy, now = case.conversation, self.deeds.policies.current(), self.deeds.clock()
        if not calendar_of(policy, conversation.address.channel).is_open(now):
            self.deeds.tell(case.event, self._not_now(conversation, now))
            return ""
        until = now + policy.hold(conversation.address.channel)
        leaves = replace(message, state=Delivery.HELD, hold_until=until, watch_at=until + SEND_PATIENCE)
        released = replace(_without(conversation, message), outbox=conversation.outbox | {message.sequence})
        return Plan(released, f"message {message.sequence} released", (Update(message, leaves),))

    def withhold(self, case: Case) -> Plan | str:
        message = self._pressed(case)
        if message is None:
            return ""
        cancelled = replace(message, state=Delivery.CANCELLED)
        changed = _without(case.conversation, message)
        return Plan(changed, f"message {message.sequence} cancelled", (Update(message, cancelled),))

    def _pressed(self, case: Case) -> Message | None:
        """None where somebody was faster."""
        value = case.event.value
        sequence = int(value) if value.isascii() and value.isdigit() else 0
        message = self.deeds.inbox.message(case.conversation.id, sequence)
        return message if message and message.state is Delivery.KEPT_BACK else None

    def _not_now(self, conversation: Conversation, now: float) -> str:
        policy = self.deeds.policies.current()
        calendar = calendar_of(policy, conversation.address.channel)
        customer = customer_of(conversation.address, policy.language)
        opens = calendar.next_opening(now)
        if opens is None:
            return say("kept_back.never", policy.language, customer=customer)
        when = moment(opens, now, policy.language, calendar.zone)
        return say("kept_back.not_now", policy.language, customer=customer, when=when)


def _without(conversation: Conversation, message: Message) -> Conversation:
    return replace(
        conversation,
        kept_back=conversation.kept_back - {message.sequence},
        unmarked=conversation.unmarked | {message.sequence},
    )
