"""One pass over a conversation as it was when it was read: what its thread lacks is shown, as far as time goes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from mostrador.desk.cards import customer_message, file_name, icon, is_cut, notice_card, speaker
from mostrador.desk.errors import Rejected
from mostrador.desk.root import root_card
from mostrador.desk.views import MessageView
from mostrador.domain.call import PHONE
from mostrador.domain.catalogue import say
from mostrador.domain.changes import Update
from mostrador.domain.chat import CHAT
from mostrador.domain.conversation import Conversation, Direction, Message, number_of
from mostrador.domain.errors import Conflict, TryAgain
from mostrador.domain.messages import Attachment
from mostrador.domain.subjects import base_subject
from mostrador.policy.model import Policy
from mostrador.usecases.thread.marking import Marking, has_news
from mostrador.usecases.thread.posting import Posting, Tools
from mostrador.usecases.viewing import conversation_view, customer_of, written
from mostrador.usecases.windows import window_of

PAGE = 25
"""Messages that one round shows at most."""


class Round:
    """Raises MessageGone where the thread's root is not there, and what else the desk raises."""

    def __init__(self, tools: Tools, conversation: Conversation, policy: Policy) -> None:
        self._tools = tools
        self._inbox = tools.inbox
        self._desk = tools.desk
        self._posting = Posting(tools, conversation)
        self._policy = policy

    @property
    def _conversation(self) -> Conversation:
        return self._posting.conversation

    def show(self) -> bool:
        """Whether nothing was left to show; what comes later wakes another run."""
        loaded = self._conversation
        waiting = 0 if loaded.quarantine else loaded.counter - loaded.shown
        messages = self._inbox.messages(loaded.id, loaded.shown, min(PAGE, waiting))
        outbound = self._unmarked(loaded)
        if self._will_post(messages, outbound):
            self._posting.announce()
        self._show_card()
        shown = self._show_messages(messages)
        if any(map(_is_template, messages)):
            outbound = self._unmarked(loaded)  # They know now where they are shown.
        complete = Marking(self._tools, self._posting, self._policy.language)(outbound)
        return self._finish(loaded, shown, complete=complete)

    def _unmarked(self, loaded: Conversation) -> list[Message]:
        found = (self._inbox.message(loaded.id, sequence) for sequence in sorted(loaded.unmarked))
        return [message for message in found if message]

    def _will_post(self, messages: list[Message], outbound: list[Message]) -> bool:
        new_root = not self._conversation.desk_ts
        return new_root or any(map(_has_words, messages)) or any(has_news(message) for message in outbound)

    def _finish(self, loaded: Conversation, shown: int, *, complete: bool) -> bool:
        """Say what is shown now; what changed since the round began stays to be shown."""
        known = self._conversation
        done = complete and known.version == loaded.version and bool(loaded.quarantine or shown >= loaded.counter)
        fields: dict[str, Any] = {"shown": shown, "showing_since": 0.0}
        if done:
            fields |= {"shown_version": loaded.version, "unmarked": frozenset(), "watch_at": 0.0}
        try:
            self._inbox.commit(Update(known, replace(known, **fields)))
        except Conflict:
            self._tools.record(loaded.id, shown=shown, showing_since=0.0)
            return False
        return done

    # The card

    def _show_card(self) -> None:
        window = window_of(self._inbox, self._conversation)
        view = conversation_view(self._conversation, self._policy, self._tools.clock(), window)
        view = replace(view, callable=self._is_callable(), number_of=self._owner_of_the_number())
        if view.channel == CHAT and view.customer:
            view = replace(view, address=self._mail_of_the_visitor())
        card = root_card(view)
        if card.digest != self._conversation.card_digest:
            # Should Slack refuse it, what a stranger chose is the likeliest reason.
            self._posting.show_root(card, root_card(replace(view, customer="", subject="")))

    def _mail_of_the_visitor(self) -> str:
        """In place of their address in the chat, a random text. Empty while nobody knows whose the conversation is."""
        customer = self._inbox.customer(self._conversation.customer_id)
        return customer.profile.email if customer and customer.profile and self._conversation.trusted else ""

    def _is_callable(self) -> bool:
        """A customer with a number, in a shop where somebody has a telephone to call from."""
        if not any(agent.phone for agent in self._policy.agents.values()):
            return False
        conversation = self._conversation
        if number_of(conversation, None):
            return True
        return bool(number_of(conversation, self._inbox.customer(conversation.customer_id)))

    def _owner_of_the_number(self) -> str:
        """Only of a caller, whose number may be forged, and whose telephone may be in other hands."""
        address = self._conversation.address
        customer = self._inbox.customer(self._conversation.customer_id) if address.channel == PHONE else None
        profile = customer.profile if customer else None
        return profile.name if profile and profile.phone == address.value else ""

    # What the customer wrote

    def _show_messages(self, messages: list[Message]) -> int:
        """The sequence of the last one that is shown now: at least one more than before, where there is one."""
        before = shown = self._conversation.shown
        for message in messages:
            if self._tools.patience.is_over and shown > before:
                break
            self._show_words(message)
            shown = message.sequence
        return shown

    def _show_words(self, message: Message) -> None:
        """What no agent wrote: an agent's own words are in the thread already."""
        if message.direction is Direction.INBOUND:
            self._show_message(message)
        elif message.direction is Direction.NOTICE:
            card = notice_card(message.text, "🔔" if message.mentions else "🕐", message.mentions)
            self._posting.post(card, f"{message.sequence}.0")
        elif _is_template(message):
            self._show_template(message)
        elif _is_ours_alone(message):
            self._show_automatic(message)

    def _show_message(self, message: Message) -> None:
        view = self._message_view(message)
        name = file_name(view)
        plain = notice_card(say("message.refused", view.language, file=name))
        as_file = is_cut(view)
        for part, card in enumerate(customer_message(view)):
            key = f"{message.sequence}.{part}"
            as_file |= not self._posting.post(card, key, plain, username=speaker(view), icon=icon(view.channel))
        for place, attachment in enumerate(message.attachments):
            if attachment.key:
                message = self._share(message, place, attachment.name, self._bytes_of(attachment))
        if as_file:
            self._share(message, len(message.attachments), name, message.text.encode)

    def _show_automatic(self, message: Message) -> None:
        address = self._conversation.address
        customer = customer_of(address, self._policy.language)
        sentence = say("message.acknowledged", self._policy.language, customer=customer, text=message.text)
        self._posting.post(notice_card(sentence, "🤖"), f"{message.sequence}.0")

    def _show_template(self, message: Message) -> None:
        """In the agent's name, whose own words are not there to be marked: its receipt is shown on this post."""
        address, key = self._conversation.address, f"{message.sequence}.0"
        names = {"agent": message.author_name, "customer": customer_of(address, self._policy.language)}
        sentence = say("message.template", self._policy.language, **names, text=message.text)
        self._posting.post(notice_card(sentence, "📨"), key)
        if message.desk is None:
            self._inbox.commit(Update(message, replace(message, desk=self._posting.place_of(key))))

    def _message_view(self, message: Message) -> MessageView:
        address = self._conversation.address
        return MessageView(
            sequence=message.sequence,
            customer=message.author_name or address.name,
            address=written(address.value),
            channel=message.via or address.channel,
            language=self._policy.language,
            text=message.text,
            sent_at=message.at,
            received_at=message.received_at or message.at,
            subject=self._other_subject(message),
            attachments=message.attachments,
            automatic=message.automatic,
            trusted=message.trusted,
            warnings=message.warnings,
            forwarded_from=message.forwarded_from,
            page=message.page,
            zone=ZoneInfo(self._policy.timezone),
        )

    # Files

    def _other_subject(self, message: Message) -> str:
        """Only where the customer changed what the conversation is about."""
        conversation = self._conversation
        ours = say("mail.no_subject", conversation.language, shop=self._policy.shop_name) if message.via else ""
        same = base_subject(message.subject) in (base_subject(conversation.subject), base_subject(ours))
        return "" if same else message.subject

    def _bytes_of(self, attachment: Attachment) -> Callable[[], bytes]:
        return lambda: self._tools.blobs.fetch(attachment.key)

    def _share(self, message: Message, place: int, name: str, fetch: Callable[[], bytes]) -> Message:
        """Put a file into the thread, or say there why not: one file is no reason to show nothing of what follows."""
        try:
            data = fetch()
        except TryAgain:
            # It was stored before the message was: what is not there now was erased.
            self._say(message, place, "attachment.unavailable", name)
            return message
        try:
            # Slack takes no empty file; the card names it with its size.
            return self._upload(message, place, name, data) if data else message
        except Rejected as refused:
            self._tools.complain(message.conversation_id, refused)
            self._say(message, place, "attachment.not_shown", name)
            return self._inbox.message(message.conversation_id, message.sequence) or message

    def _upload(self, message: Message, place: int, name: str, data: bytes) -> Message:
        """The file's id is recorded before the file is shared, so that a repetition can ask for it."""
        channel, thread_ts = self._conversation.desk_channel, self._conversation.desk_ts
        known = message.shown_files.get(place)
        if known and self._desk.was_shared(known, channel):
            return message
        upload = self._tools.patience(lambda: self._desk.begin_upload(name, len(data)))
        recorded = replace(message, shown_files={**message.shown_files, place: upload.file_id})
        self._inbox.commit(Update(message, recorded))
        self._tools.patience(lambda: self._desk.finish_upload(upload, data, channel, thread_ts))
        return replace(recorded, revision=message.revision + 1)

    def _say(self, message: Message, place: int, phrase: str, name: str) -> None:
        sentence = say(phrase, self._policy.language, name=name)
        self._posting.post(notice_card(sentence, "⚠️"), f"{message.sequence}.file{place}")


def _has_words(message: Message) -> bool:
    """Whether there is something to post for it."""
    ours = _is_ours_alone(message) or _is_template(message)
    return ours or message.direction in (Direction.INBOUND, Direction.NOTICE)


def _is_template(message: Message) -> bool:
    return message.template is not None


def _is_ours_alone(message: Message) -> bool:
    return message.direction is Direction.OUTBOUND and message.automatic
