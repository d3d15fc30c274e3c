"""What became of the agents' messages: a reaction on each, and a sentence where one did not arrive."""

import logging

from mostrador.desk import receipts
from mostrador.desk.cards import Card, failure_card, notice_card
from mostrador.desk.errors import MessageGone, Rejected
from mostrador.desk.views import FailureView
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.domain.form import ANSWERED_BY, FORM
from mostrador.domain.naming import customer_of
from mostrador.usecases.posting import Posting, Tools

log = logging.getLogger(__name__)


class Marking:
    def __init__(self, tools: Tools, posting: Posting, language: str) -> None:
        self._tools = tools
        self._posting = posting
        self._language = language

    def __call__(self, messages: list[Message]) -> bool:
        """Whether there was time for all of them."""
        for message in messages:
            if self._tools.patience.is_over:
                return False
            if message.direction is Direction.NOTE:
                self._mark(message, receipts.NOTE, "")
            elif message.state is not None and message.state is not message.shown_state:
                self._show(message, message.state)
        return True

    def _show(self, message: Message, state: Delivery) -> None:
        if is_bad_news(message):
            plain = notice_card(say("failure.title", self._language, **self._places(message)), "❌")
            self._posting.post(self._bad_news(message), f"{state.value}.{message.sequence}", plain)
        old, new = receipts.changes(message.shown_state, state)
        self._mark(message, new, old)
        self._tools.record_mark(message, state)

    def _mark(self, message: Message, new: str, old: str) -> None:
        """Change the reaction on the agent's own message, unless they deleted it."""
        place, desk = message.desk, self._tools.desk
        if place is None:
            return
        try:
            if new:
                self._tools.patience(lambda: desk.react(place.channel, place.ts, new))
            if old:
                self._tools.patience(lambda: desk.unreact(place.channel, place.ts, old))
        except (MessageGone, Rejected) as unmarked:
            log.info("not marked", extra={"message_id": message.id, "why": str(unmarked)})

    def _bad_news(self, message: Message) -> Card:
        address = self._posting.conversation.address
        if message.failure is None:
            return notice_card(say("delivery.unknown", self._language, **self._places(message)), "❔")
        return failure_card(
            FailureView(
                customer=customer_of(address, self._language),
                address=address.value,
                channel=self._way(message),
                language=self._language,
                failure=message.failure,
                agent=message.author,
                text=message.text,
            )
        )

    def _places(self, message: Message) -> dict[str, str]:
        channel = say(f"channel.{self._way(message)}", self._language)
        return {"customer": customer_of(self._posting.conversation.address, self._language), "channel": channel}

    def _way(self, message: Message) -> str:
        """The channel that it went out by, which is not always the one that the customer wrote on."""
        channel = message.via or self._posting.conversation.address.channel
        return ANSWERED_BY if channel == FORM else channel


def is_bad_news(message: Message) -> bool:
    return message.state in (Delivery.FAILED, Delivery.UNKNOWN) and message.state is not message.shown_state
