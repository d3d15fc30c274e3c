"""A word of the counter to the agents, in the thread of a conversation."""

from dataclasses import dataclass

from mostrador.domain.conversation import Conversation, Direction, Message


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
