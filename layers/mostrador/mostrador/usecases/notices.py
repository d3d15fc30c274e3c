"""A word of the counter to the agents, in the thread of a conversation."""

from dataclasses import dataclass, replace

from mostrador.domain.catalogue import say
from mostrador.domain.conversation import Conversation, Direction, Message
from mostrador.policy.answers import presentable
from mostrador.policy.model import Policy
from mostrador.usecases.on_call import OnCall, people_of
from mostrador.usecases.ports import Inbox
from mostrador.usecases.viewing import customer_of


@dataclass(frozen=True, slots=True)
class Notice:
    text: str
    """In the language of the shop's agents, our own words."""
    mentions: tuple[str, ...] = ()
    """Whom it calls, by their ids on the desk."""

    def message(self, conversation: Conversation, now: float) -> Message:
        """The next message of the conversation."""
        return Message(
            conversation_id=conversation.id,
            sequence=conversation.counter + 1,
            direction=Direction.NOTICE,
            text=self.text,
            at=now,
            received_at=now,
            mentions=self.mentions,
        )


def called(
    inbox: Inbox, conversation: Conversation, policy: Policy, phrase: str, now: float
) -> tuple[Conversation, Message]:
    """Whoever has to answer it now, and is there, is told: the conversation with that notice counted, and the notice.

    ``phrase`` is one of the catalogue that names the ``customer``.
    """
    mentions = OnCall(conversation, policy, inbox.agents(people_of(conversation, policy)), now).whoever_is_there()
    customer = presentable(conversation.address.name) or customer_of(conversation.address, policy.language)
    message = Notice(say(phrase, policy.language, customer=customer), mentions).message(conversation, now)
    return replace(conversation, counter=message.sequence), message
