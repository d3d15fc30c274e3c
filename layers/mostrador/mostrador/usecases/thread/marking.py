"""What became of the agents' messages: a reaction on each, and a sentence where one did not arrive."""

import logging

from mostrador.desk import receipts
from mostrador.desk.cards import Card, failure_card, notice_card
from mostrador.desk.errors import MessageGone, Rejected
from mostrador.desk.kept_back import decided, question
from mostrador.desk.views import FailureView
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.domain.form import ANSWERED_BY, FORM
from mostrador.usecases.thread.posting import Posting, Tools
from mostrador.usecases.viewing import customer_of, written

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
        asked = self._ask(message) if state is Delivery.KEPT_BACK else message.asked
        if message.asked and message.shown_state is Delivery.KEPT_BACK:
            self._answer(message, state)
        old, new = receipts.changes(message.shown_state, state)
        self._mark(message, new, old)
        self._tools.record_mark(message, state, asked)

    def _ask(self, message: Message) -> str:
        """Whether it may leave: the desk's post with that question."""
        key = f"{message.state}.{message.sequence}"
        self._posting.post(question(self._customer, message.sequence, self._language), key)
        return self._posting.place_of(key).ts

    def _answer(self, message: Message, state: Delivery) -> None:
        """The question is answered, and cannot be answered otherwise any more."""
        channel, card = self._posting.conversation.desk_channel, decided(self._customer, state, self._language)
        try:
            self._tools.patience(lambda: self._tools.desk.update(channel, message.asked, card))
        except (MessageGone, Rejected) as gone:
            log.info("question not answered", extra={"message_id": message.id, "why": str(gone)})

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
                address=written(address.value),
                channel=self._way(message),
                language=self._language,
                failure=message.failure,
                agent=message.author,
                text=message.text,
            )
        )

    def _places(self, message: Message) -> dict[str, str]:
        channel = say(f"channel.{self._way(message)}", self._language)
        return {"customer": self._customer, "channel": channel}

    @property
    def _customer(self) -> str:
        return customer_of(self._posting.conversation.address, self._language)

    def _way(self, message: Message) -> str:
        """The channel that it went out by, which is not always the one that the customer wrote on."""
        channel = message.via or self._posting.conversation.address.channel
        return ANSWERED_BY if channel == FORM else channel


def has_news(message: Message) -> bool:
    """Whether something is to be posted about it."""
    return is_bad_news(message) or (
        message.state is Delivery.KEPT_BACK and message.shown_state is not Delivery.KEPT_BACK
    )


def is_bad_news(message: Message) -> bool:
    return message.state in (Delivery.FAILED, Delivery.UNKNOWN) and message.state is not message.shown_state
