"""A browser and the counter talk (docs/chat-protocol.md): a frame is made durable, or answered from what is known."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mostrador.channels.chat import frames
from mostrador.channels.chat.channel import encoded
from mostrador.channels.chat.events import email_event, message_event, proof_event, receipt_events
from mostrador.channels.chat.frames import LARGEST_FILE, LONGEST_TEXT, MOST_FILES, BadFrame, read_frame
from mostrador.channels.chat.pages import page_of
from mostrador.channels.chat.tokens import (
    FILE_SECONDS,
    SESSION_SECONDS,
    Upload,
    file_token,
    new_session,
    proves,
    session_of,
    session_token,
    upload_of,
)
from mostrador.channels.uploads import LONGEST_NAME, TYPES
from mostrador.domain.catalogue import known, say
from mostrador.domain.chat import CHAT, Connection
from mostrador.domain.conversation import Conversation, Identity, Message
from mostrador.domain.delivery import Failure
from mostrador.domain.form import FORM
from mostrador.domain.ids import new_id, parse_message_id
from mostrador.domain.messages import Address
from mostrador.domain.phrases import PHRASES
from mostrador.policy.facts import Facts, short
from mostrador.policy.offers import phone_offered
from mostrador.policy.presence import counter_for
from mostrador.usecases.chat.limits import (
    FILES,
    FILES_OF_ALL,
    MAILS,
    MESSAGES,
    MESSAGES_OF_ALL,
    NEWS,
    OPENED,
    RECEIPTS,
    RECEIPTS_FOR,
    RETURNS,
    VISITS,
    digest,
)
from mostrador.usecases.chat.ports import Connections, Line, Offers
from mostrador.usecases.chat.replay import Replay, is_of, is_shown
from mostrador.usecases.ports import Allowances, Clock, InboundQueue, Inbox, Limit, Policies, Shelf
from mostrador.usecases.sending.ways import answers_a_mail

log = logging.getLogger(__name__)

PING_EVERY = 60
"""Seconds. A browser that has not been heard of for two and a half of these counts as gone (``channels.chat``)."""
UPLOAD_SECONDS = 300
LINK_SECONDS = 600
AGAIN = 5
"""Seconds after which a browser tries again what failed here."""


@dataclass(frozen=True, slots=True)
class Chat:
    inbox: Inbox
    policies: Policies
    queue: InboundQueue
    connections: Connections
    allowances: Allowances
    shelf: Shelf
    line: Line
    key: Callable[[], str]
    """What visitors' tokens are signed with. Raises NotConfigured."""
    clock: Clock
    origins: Collection[str]
    """Pages that may open the chat: their scheme, host and port."""
    offers: Offers

    def admits(self, origin: str) -> bool:
        """Whether a page may open a connection. A browser does not let a page lie about its origin."""
        return origin.lower().rstrip("/") in self.origins

    def ended(self, connection_id: str) -> None:
        connection = self.connections.find(connection_id)
        if connection is not None:
            self.connections.forget(connection)

    def hears(self, connection_id: str, body: str, source: str) -> None:
        """One frame. ``source`` is the network address that it came from."""
        try:
            self._hear(connection_id, read_frame(body), source)
        except BadFrame as bad:
            self._refuse(connection_id, bad)

    def apologises(self, connection_id: str, body: str) -> None:
        """Something of ours failed: the browser tries again."""
        try:
            ref = getattr(read_frame(body), "ref", "")
        except BadFrame as bad:
            ref = bad.ref
        self._refuse(connection_id, BadFrame("try_again", ref, AGAIN))

    def _hear(self, connection_id: str, frame: frames.Frame, source: str) -> None:
        if isinstance(frame, frames.Hello):
            self._welcome(connection_id, frame, source)
            return
        connection = self.connections.find(connection_id)
        if connection is None:
            raise BadFrame("hello_first", getattr(frame, "ref", ""))
        self._answer(connection, frame, digest(source))

    def _answer(self, connection: Connection, frame: frames.Frame, source: str) -> None:
        match frame:
            case frames.Send():
                self._allow(f"chat:sends:{source}", MESSAGES_OF_ALL, frame.ref)
                self._send(connection, frame)
            case frames.Receipt():
                self._take_receipts(connection, frame)
            case frames.Upload():
                self._allow(f"chat:files:{source}", FILES_OF_ALL, frame.ref)
                self._give_ticket(connection, frame)
            case frames.Open():
                self._open(connection, frame)
            case frames.LeaveEmail():
                self._leave_email(connection, frame)
            case frames.Ping():
                self.connections.touch(connection, self.clock())
                self._tell_news(connection, frame.cursor)
                self._say(connection.id, {"type": "pong", "presence": self._presence(connection.language)})

    def _tell_news(self, connection: Connection, cursor: str | None) -> None:
        """What no answer brings: the visitor's own words as they were taken in, and what went by mail."""
        if cursor is None:
            return
        identity, replay = self.inbox.identity(Address(CHAT, connection.session)), Replay(self.inbox)
        if not replay.is_behind(identity, cursor):
            return
        if self.allowances.take(f"chat:news:{connection.session}", NEWS.times, NEWS.seconds, self.clock()):
            self._tell(connection.id, replay(connection.session, identity, cursor))

    # Opening

    def _welcome(self, connection_id: str, frame: frames.Hello, source: str) -> None:
        now, language = self.clock(), frame.language[:35]
        session = session_of(frame.token, self.key(), now)
        if session:
            self._allow(f"chat:hello:{session}", RETURNS)
        else:
            self._allow(f"chat:new:{digest(source)}", VISITS)
            session = new_session()
        before = self.connections.find(connection_id)
        if before is not None and before.session != session:
            self.connections.forget(before)
        # Known before its history is read: what is said from now on reaches it, and what was said before is read.
        connection = Connection(connection_id, session, language, now)
        self.connections.open(connection)
        identity = self.inbox.identity(Address(CHAT, session))
        cursor = frame.cursor
        if identity is not None and frame.proof and proves(frame.proof, session, identity.mail, self.key()):
            identity, cursor = self._proven(connection, identity), ""
        welcome = self._welcomed(session, language, identity.mail if identity else "")
        self._tell(connection_id, (welcome, *Replay(self.inbox)(session, identity, cursor)))

    def _proven(self, connection: Connection, identity: Identity) -> Identity:
        """What was left out until now is told with the rest, from the beginning."""
        if not identity.mail_proven:
            self.queue.inbound(proof_event(connection, identity.mail, self.clock()))
        return replace(identity, mail_proven=True)

    def _tell(self, connection_id: str, told: Iterable[Mapping[str, Any]]) -> None:
        for frame in told:
            if not self._say(connection_id, frame):
                # What follows would tell the browser that it has what it has not.
                raise BadFrame("try_again", retry_after=AGAIN)

    def _welcomed(self, session: str, language: str, mail: str) -> dict[str, Any]:
        expires_at = self.clock() + SESSION_SECONDS
        limits = {"text": LONGEST_TEXT, "files": MOST_FILES, "file_bytes": LARGEST_FILE, "file_types": list(TYPES)}
        callback = self.offers.callback if self._calls_are_offered(language) else ""
        pages = {"form": _spoken(self.offers.form, language), "callback": _spoken(callback, language)}
        offers = {"email": self.offers.email, **pages}
        return {
            "type": "welcome",
            "session": session,
            "token": session_token(session, expires_at, self.key()),
            "expires_at": int(expires_at),
            "language": known(language),
            "shop": self.policies.current().shop_name,
            "presence": self._presence(language),
            "offers": offers,
            "email": _shortened(mail),
            "limits": limits,
            "ping_every": PING_EVERY,
        }

    def _calls_are_offered(self, language: str) -> bool:
        """As the page decides that is led to: to a stranger on the form's own."""
        stranger = Facts(channel=FORM, at=self.clock(), trusted=False, language=short(language))
        return phone_offered(self.policies.current(), stranger)

    def _presence(self, language: str) -> dict[str, Any]:
        now = self.clock()
        counter = counter_for(self.policies.current(), CHAT, now, short(language))
        presence = counter.presence(self.inbox.agents(counter.people), now, language)
        return {
            "state": presence.state.value,
            "text": presence.text,
            "opens_at": presence.opens_at,
            "within": round(presence.within),
        }

    # Talking

    def _send(self, connection: Connection, frame: frames.Send) -> None:
        self._allow(f"chat:send:{connection.session}", MESSAGES, frame.ref)
        now, key = self.clock(), self.key()
        uploads = [upload_of(token, connection.session, key, now) for token in frame.files]
        genuine = [upload for upload in uploads if upload]
        if len(genuine) < len(uploads):
            raise BadFrame("file_unknown", frame.ref)
        page = page_of(frame.page, self.origins)
        self.queue.inbound(message_event(connection, frame, genuine, now, page))
        self._say(connection.id, {"type": "ack", "ref": frame.ref})
        self.connections.touch(connection, now)

    def _take_receipts(self, connection: Connection, frame: frames.Receipt) -> None:
        """Only of what was said to this visitor: nobody tells that somebody else has read something."""
        self._allow(f"chat:receipt:{connection.session}", RECEIPTS)
        places = [place for one in frame.ids if (place := parse_message_id(one))]
        asked = list(dict.fromkeys(conversation_id for conversation_id, _ in places))[:RECEIPTS_FOR]
        said = {one: found.counter for one in asked if (found := self._theirs(one, connection))}
        for event in receipt_events(connection.session, frame, self.clock()):
            place = parse_message_id(event.payload["id"])
            if place and 0 < place[1] <= said.get(place[0], 0):
                self.queue.inbound(event)

    def _leave_email(self, connection: Connection, frame: frames.LeaveEmail) -> None:
        self._allow(f"chat:mail:{connection.session}", MAILS, frame.ref)
        if not self.offers.email:
            raise BadFrame("refused", frame.ref)
        self.queue.inbound(email_event(connection, frame, self.clock()))
        self._say(connection.id, {"type": "ack", "ref": frame.ref})

    # Files

    def _give_ticket(self, connection: Connection, frame: frames.Upload) -> None:
        if frame.content_type not in TYPES:
            raise BadFrame("file_type", frame.ref)
        self._allow(f"chat:file:{connection.session}", FILES, frame.ref)
        now = self.clock()
        key = f"uploads/chat/{connection.session}/{new_id(now)}"
        upload = Upload(connection.session, key, frame.name[:LONGEST_NAME] or "file", frame.content_type)
        url, fields = self.shelf.ticket(key, frame.content_type, frame.size, UPLOAD_SECONDS)
        token = file_token(upload, now + FILE_SECONDS, self.key())
        ticket = {"url": url, "fields": dict(fields), "file": token, "expires_at": int(now) + UPLOAD_SECONDS}
        self._say(connection.id, {"type": "ticket", "ref": frame.ref, **ticket})

    def _open(self, connection: Connection, frame: frames.Open) -> None:
        self._allow(f"chat:open:{connection.session}", OPENED, frame.ref)
        place = parse_message_id(frame.id)
        message = self.inbox.message(*place) if place and self._theirs(place[0], connection) else None
        files = message.attachments if message and self._is_told(message, connection) else ()
        if frame.index >= len(files) or not files[frame.index].key:
            raise BadFrame("not_found", frame.ref)
        file = files[frame.index]
        url = self.shelf.link(file.key, file.name, file.content_type, LINK_SECONDS)
        link = {"id": frame.id, "index": frame.index, "url": url, "expires_at": int(self.clock()) + LINK_SECONDS}
        self._say(connection.id, {"type": "link", "ref": frame.ref, **link})

    def _is_told(self, message: Message, connection: Connection) -> bool:
        if is_shown(message, proven=False) and not answers_a_mail(self.inbox, message):
            return True
        identity = self.inbox.identity(Address(CHAT, connection.session)) if message.via else None
        return identity is not None and identity.mail_proven and is_shown(message, proven=True)

    # Answering

    def _theirs(self, conversation_id: str, connection: Connection) -> Conversation | None:
        conversation = self.inbox.conversation(conversation_id)
        return conversation if conversation and is_of(conversation, connection.session) else None

    def _allow(self, what: str, limit: Limit, ref: str = "") -> None:
        """Raises BadFrame where it is too much."""
        now = self.clock()
        if not self.allowances.take(what, limit.times, limit.seconds, now):
            log.warning("too many frames", extra={"event": "slowed_down", "what": what.split(":")[1]})
            raise BadFrame("slow_down", ref, limit.seconds - now % limit.seconds)

    def _refuse(self, connection_id: str, bad: BadFrame) -> None:
        key = f"chat.error.{bad}"
        text = self._sentence(connection_id, key) if key in PHRASES else ""
        error = {"code": str(bad), "ref": bad.ref, "text": text, "retry_after": round(bad.retry_after)}
        self._say(connection_id, {"type": "error", **error})

    def _sentence(self, connection_id: str, key: str) -> str:
        connection = self.connections.find(connection_id)
        limits = {"characters": LONGEST_TEXT, "files": MOST_FILES, "megabytes": LARGEST_FILE // 1024**2}
        return say(key, connection.language if connection else "", **limits)

    def _say(self, connection_id: str, frame: Mapping[str, Any]) -> bool:
        """False where it did not leave. A browser that is gone, or does not hear this, asks again when it is back."""
        said = self.line.post(connection_id, encoded(frame))
        if isinstance(said, Failure):
            log.warning("frame not sent", extra={"type": frame["type"], "code": said.code})
        return said is None


def _spoken(page: str, language: str) -> str:
    """The page in the language that the chat speaks, whatever the browser's own is."""
    return f"{page}?lang={known(language)}" if page else ""


def _shortened(mail: str) -> str:
    local, at, domain = mail.partition("@")
    return f"{local[:1]}…{at}{domain}" if at else ""
