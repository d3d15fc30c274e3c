"""A conversation's own page, for whoever has its link.

The link in a mail shows everything, for it reached the mailbox. The link that a browser gets for sending a form shows
what that browser wrote and what machines answer to everybody: the address in a form is anybody's.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from mostrador.channels.files import origin
from mostrador.channels.form.events import Continued, is_of, page_name, reply_event
from mostrador.channels.form.tokens import Page, Pass, page_of, page_token, pass_of
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import Conversation, Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.domain.form import FORM
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Attachment
from mostrador.domain.naming import given_name
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.contact import refused_page
from mostrador.pages.conversation import Said, ShownFile, Told, conversation_page, gone_page, wait_page
from mostrador.pages.document import moved
from mostrador.pages.files import KeptFile
from mostrador.policy.in_words import moment
from mostrador.usecases.ports import Limit
from mostrador.usecases.web.chosen_files import Chosen, chosen_files, kept, stored
from mostrador.usecases.web.filled_in import faults_of_reply
from mostrador.usecases.web.ports import Asked, Outside, address, digest

MOST_SHOWN = 100
"""Messages of a conversation that its page shows: the last ones."""
FILE_SECONDS = 300
"""How long the address of a file works. The page gives a new one each time."""
FILED_WITHIN = 600
"""Seconds after which a message that was sent is no longer on its way."""
THANKED = 120
"""Seconds for which a page says that what was sent from it is here: its address is kept, and opened again."""
REPLIES = Limit(20, 3600)
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What every browser shows in a page, and runs nothing of."""
VIEWS = Limit(300, 600)
"""Of one conversation and browser: a page that stands open asks once a minute, and each time all of it is read."""
_OUT = frozenset({Delivery.SENDING, Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.READ, Delivery.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Visible:
    """A conversation as one link shows it."""

    conversation: Conversation
    link: Pass
    messages: tuple[Message, ...]
    answered: bool
    """There is more, which this link does not show."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the page says about what was just done on it."""

    errors: Mapping[str, str] = field(default_factory=dict)
    sent: str = ""
    """The id of what was sent."""
    status: int = 200
    kept: tuple[KeptFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivatePage:
    outside: Outside

    def show(self, asked: Asked) -> HttpAnswer:
        token = asked.query.get("k", "")
        link = pass_of(token, self.outside.key(), self.outside.clock())
        if link is None:
            return gone_page(self.outside.site(), asked.language)
        if not self._may_look(link):
            return self._too_often(asked)
        visible = self._visible(link)
        if visible is None:
            return self._not_there(link, asked)
        return self._page(visible, asked, token, Remark(sent=asked.query.get("sent", "")))

    def take(self, asked: Asked) -> HttpAnswer:
        """What somebody adds to the conversation."""
        key, token = self.outside.key(), asked.sent["k"]
        link, page = pass_of(token, key, self.outside.clock()), page_of(asked.sent["token"], key)
        if link and not self._may_look(link):
            return self._too_often(asked)
        visible = self._visible(link) if link else None
        if visible is None or page is None:
            return gone_page(self.outside.site(), asked.language)
        chosen = chosen_files(self.outside, asked.sent)
        errors = faults_of_reply(asked.sent, chosen, asked.language)
        if errors:
            return self._page(visible, asked, token, self._to_mend(page, asked, chosen, errors, 422))
        if not self.outside.allows(f"form:reply:{visible.conversation.id}", REPLIES):
            often = {"": say("form.error.often", asked.language)}
            return self._page(visible, asked, token, self._to_mend(page, asked, chosen, often, 429))
        self._accept(visible, page, asked, chosen)
        return moved(address("conversation", k=token, lang=asked.language, sent=page.id))

    def give(self, asked: Asked) -> HttpAnswer:
        """A file of a message that the link shows: the way to it, for a few minutes."""
        link = pass_of(asked.query.get("k", ""), self.outside.key(), self.outside.clock())
        if link and not self._may_look(link):
            return self._too_often(asked)
        visible = self._visible(link) if link else None
        file = _file(visible, asked.query) if visible else None
        if file is None:
            return gone_page(self.outside.site(), asked.language)
        return moved(self.outside.shelf.link(file.key, file.name, file.content_type, FILE_SECONDS))

    def _to_mend(self, page: Page, asked: Asked, chosen: Chosen, errors: dict[str, str], status: int) -> Remark:
        """What is wrong, and the files that need not be chosen again."""
        files = kept(self.outside, page.id, chosen, asked)
        if files is None:
            errors = {**errors, "files": say("form.error.files_again", asked.language)}
        return Remark(errors, status=status, kept=files or ())

    def _accept(self, visible: Visible, page: Page, asked: Asked, chosen: Chosen) -> None:
        conversation = visible.conversation
        continued = Continued(
            conversation=conversation.id,
            email=conversation.address.value,
            text=asked.sent["text"],
            name=conversation.address.name,
            language=asked.language,
            proven=visible.link.proven,
            files=stored(self.outside, page.id, chosen),
        )
        name = page_name(page.id, visible.link.sent)
        self.outside.queue.inbound(reply_event(name, continued, self.outside.clock()))

    def _may_look(self, link: Pass) -> bool:
        return self.outside.allows(f"form:view:{digest(link.conversation or link.sent)}", VIEWS)

    def _too_often(self, asked: Asked) -> HttpAnswer:
        return refused_page(self.outside.site(), asked.language, "page.often", 429)

    # What a link shows

    def _visible(self, link: Pass) -> Visible | None:
        """None where nothing is there (any more, or yet)."""
        found = None if link.proven else self.outside.inbox.seen(FORM, link.sent)
        conversation_id = link.conversation or (found[0] if found else "")
        conversation = self.outside.inbox.conversation(conversation_id) if conversation_id else None
        if conversation is None or conversation.address.channel != FORM:
            return None
        after = max(0, conversation.counter - MOST_SHOWN)
        messages = self.outside.inbox.messages(conversation.id, after, MOST_SHOWN)
        public = [message for message in messages if _is_said(message)]
        own = {message.sequence for message in public if link.proven or _is_own(message, link.sent)}
        shown = tuple(message for message in public if link.proven or _is_for(own, message))
        answered = any(message.direction is Direction.OUTBOUND for message in public if message not in shown)
        return Visible(conversation, link, shown, answered)

    def _not_there(self, link: Pass, asked: Asked) -> HttpAnswer:
        """Thanks come before the message is filed; later than that it is gone."""
        is_new = not link.proven and self.outside.clock() - link.made_at < FILED_WITHIN
        answer = wait_page if is_new else gone_page
        return answer(self.outside.site(), asked.language)

    def _page(
        self,
        visible: Visible,
        asked: Asked,
        token: str,
        remark: Remark,
    ) -> HttpAnswer:
        now, site = self.outside.clock(), self.outside.site()
        arrived = _arrived(visible, remark.sent)
        told = Told(
            link=token,
            token=page_token(Page(new_id(now), now), self.outside.key()),
            language=asked.language,
            said=[self._said(message, token, asked.language) for message in visible.messages],
            answered=visible.answered,
            sent="" if arrived and now - arrived > THANKED else remark.sent,
            soon=bool(remark.sent) and not arrived,
            values=asked.sent.fields,
            errors=remark.errors,
            kept=remark.kept,
            pictures_from=self._pictures_from(visible),
            zone=self.outside.policies.current().timezone,
        )
        return conversation_page(site, told, remark.status, asked.known)

    def _pictures_from(self, visible: Visible) -> str:
        files = (file for message in visible.messages for file in message.attachments)
        picture = next((file for file in files if file.key and file.content_type in PICTURES), None)
        if picture is None:
            return ""
        scheme, host = origin(self.outside.shelf.link(picture.key, picture.name, picture.content_type, FILE_SECONDS))
        return f"{scheme}://{host}"

    def _said(self, message: Message, token: str, language: str) -> Said:
        policy = self.outside.policies.current()
        own = message.direction is Direction.INBOUND
        return Said(
            author="" if own else given_name(message.author_name) or policy.shop_name,
            text=message.text,
            moment=moment(message.at, self.outside.clock(), language, ZoneInfo(policy.timezone)),
            machine=message.automatic and not own,
            files=tuple(_shown_files(message, token)),
        )


def _file(visible: Visible, query: Mapping[str, str]) -> Attachment | None:
    message = next((one for one in visible.messages if one.id == query.get("m")), None)
    index = query.get("i", "")
    files = dict(enumerate(message.attachments)) if message else {}
    file = files.get(int(index)) if index.isascii() and index.isdigit() and len(index) < 4 else None
    return file if file and file.key else None


def _shown_files(message: Message, token: str) -> Iterator[ShownFile]:
    for number, file in enumerate(message.attachments):
        link = address("file", k=token, m=message.id, i=str(number)) if file.key else ""
        yield ShownFile(file.name, link, is_picture=file.content_type in PICTURES)


def _is_said(message: Message) -> bool:
    """Notes and notices stay inside, and what has not left yet may still be withdrawn."""
    return message.direction is Direction.INBOUND or (message.direction is Direction.OUTBOUND and message.state in _OUT)


def _arrived(visible: Visible, sent: str) -> float:
    """When what was sent by this id came in; 0 for what is on its way, and for no id."""
    if not sent:
        return 0.0
    return next((one.received_at or one.at for one in visible.messages if f"{sent}:" in one.provider_id), 0.0)


def _is_own(message: Message, sent: str) -> bool:
    return message.direction is Direction.INBOUND and is_of(message.provider_id, sent)


def _is_for(own: AbstractSet[int], message: Message) -> bool:
    """Their own words, and what machines answered to these: what the mailbox wrote and was told is not theirs."""
    return message.sequence in own or (message.automatic and message.answers in own)
