"""What is due in a conversation goes out, in order; what got stuck is looked into.

The attempt is recorded before the call. After a crash in between, the message says ``sending``: the provider is
asked, and where it cannot be asked its events are waited for, until a person has to decide.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass, replace

from mostrador.channels.base import CannotBeAsked, ShowsElsewhere, ShowsTyping
from mostrador.domain.catalogue import say
from mostrador.domain.changes import Update
from mostrador.domain.conversation import Conversation, Message
from mostrador.domain.delivery import Absent, Accepted, Delivery, Failure, Fault, Reason, SendResult, Unclear
from mostrador.domain.errors import Conflict, NotConfigured, TryAgain
from mostrador.domain.messages import Outgoing
from mostrador.domain.naming import given_name
from mostrador.usecases.ports import Blobs, Channels, Clock, Inbox, Policies, Queues
from mostrador.usecases.sending.letters import Letter, Letters
from mostrador.usecases.sending.settle import Outcome, Settle
from mostrador.usecases.sending.ways import EMAIL, Way, answers_a_mail
from mostrador.usecases.tries import TRIES

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
FIRST_PAUSE = 15
"""Seconds before the second attempt; each further pause is twice as long."""
DOUBT = 90
"""Seconds after an attempt during which its outcome may still be on its way."""
DOUBT_ENDS = 900
"""Seconds after which an attempt that nobody can vouch for becomes an agent's decision."""
MOST_DOUBTS = 3
"""Attempts after which one more that is unclear, and of which the provider knows nothing, is the agent's decision:
it may be the looking that fails."""
QUICK = 5
"""Seconds of a run during which one more message may be begun. A call that times out must not run into the end of
the function, or a message that was never sent would be in doubt."""

LEFT_BEHIND = Failure(Reason.LEFT_BEHIND, retryable=False, fault=Fault.THEIRS)
NOT_THERE = Failure(Reason.PROVIDER_DOWN, retryable=True, fault=Fault.THEIRS)


@dataclass(frozen=True, slots=True)
class Deliver:
    inbox: Inbox
    blobs: Blobs
    queues: Queues
    policies: Policies
    channels: Channels
    clock: Clock

    def __call__(self, conversation_id: str) -> None:
        """Raises Conflict where others were faster TRIES times."""
        conversation = self.inbox.conversation(conversation_id)
        if conversation is None:
            return
        began = self.clock()
        for sequence in sorted(conversation.outbox):
            if self.clock() - began > QUICK:
                self.queues.hold(conversation_id, 0)
                return
            if not self._advance(conversation, sequence):
                return

    def _advance(self, conversation: Conversation, sequence: int) -> bool:
        """True where the message is out of our hands, so that the next one may go."""
        for _ in range(TRIES):
            message = self.inbox.message(conversation.id, sequence)
            try:
                return message is None or self._step(conversation, message)
            except Conflict:
                continue  # The agent changed it, or the desk marked it: what there is to do may be another thing now.
        raise Conflict(f"{conversation.id}-{sequence}")

    def _step(self, conversation: Conversation, message: Message) -> bool:
        match message.state:
            case Delivery.HELD:
                return self._send_if_due(conversation, message)
            case Delivery.SENDING:
                return self._resolve(conversation, message)
            case _:
                return True

    def _send_if_due(self, conversation: Conversation, message: Message) -> bool:
        remaining = message.hold_until - self.clock()
        if remaining > 0:
            self._show_typing(conversation, message, remaining)
            self.queues.hold(conversation.id, remaining)
            return False
        prepared = self._letters.prepare(conversation, message)
        if isinstance(prepared, Failure):
            return self._failed(message, prepared)
        recorded = self._record_attempt(replace(message, via=_via(conversation, prepared.way)), message)
        result = self._attempt(prepared)
        if isinstance(result, Absent) and prepared.way.mail:
            return self._by_mail(recorded)
        if isinstance(result, Absent) and not prepared.way.waits:
            return self._failed(recorded, LEFT_BEHIND)
        if isinstance(result, Accepted) and prepared.way.mail:
            return False  # Their page says that it has it. Until then it may be one that has just gone to sleep.
        if isinstance(result, Accepted):
            self._show_elsewhere(conversation, recorded)
        return self._conclude(recorded, result)

    def _show_typing(self, conversation: Conversation, message: Message, seconds: float) -> None:
        """Where customers can see it. An answer that did not get through is not being written any more."""
        if message.automatic or message.attempts:
            return
        with suppress(KeyError, NotConfigured):
            channel = self.channels(conversation.address.channel)
            if isinstance(channel, ShowsTyping):
                channel.typing(conversation.address, given_name(message.author_name), seconds)

    def _show_elsewhere(self, conversation: Conversation, message: Message) -> None:
        """An answer to a mail is not for whoever typed its address in a chat, until they prove that they read it there:
        until then they are told that there is one."""
        if not answers_a_mail(self.inbox, message):
            return
        with suppress(KeyError, NotConfigured):
            channel = self.channels(conversation.address.channel)
            if isinstance(channel, ShowsElsewhere):
                identity = self.inbox.identity(conversation.address)
                whole = replace(self._letters.outgoing(conversation, message, conversation.address), via=message.via)
                proven = identity is not None and identity.mail_proven
                channel.show(whole if proven else hint_of(whole))

    @property
    def _letters(self) -> Letters:
        return Letters(self.inbox, self.blobs, self.policies, self.channels, self.clock)

    def _record_attempt(self, message: Message, stored: Message) -> Message:
        """The message as it is stored then. Raises Conflict where somebody changed it since it was read."""
        now = self.clock()
        sending = replace(
            message,
            state=Delivery.SENDING,
            attempts=message.attempts + 1,
            attempted_at=now,
            watch_at=now + DOUBT,
        )
        try:
            self.inbox.commit(Update(stored, sending))
        except Conflict:
            # The write itself may have been the faster one: its answer got lost, and it was repeated.
            found = self.inbox.message(message.conversation_id, message.sequence)
            if found is None or (found.state, found.attempted_at) != (Delivery.SENDING, now):
                raise
            return found
        return replace(sending, revision=message.revision + 1)

    def _attempt(self, letter: Letter) -> SendResult:
        try:
            return letter.way.channel.send(letter.message, letter.files)
        except NotConfigured as missing:
            log.error("channel closed", extra={"event": "channel_closed", "why": str(missing)})  # noqa: TRY400 - an alarm listens
            return Failure(Reason.CREDENTIALS, retryable=True, fault=Fault.OURS)

    def _conclude(self, message: Message, result: SendResult) -> bool:
        match result:
            case Accepted(provider_id, reference):
                self._settle(message, Outcome(Delivery.ACCEPTED, message.id, provider_id, reference))
                return True
            case Absent():
                self._settle(message, Outcome(Delivery.ACCEPTED, message.id))
                return True
            case Failure() as failure if failure.retryable and message.attempts < MOST_ATTEMPTS:
                return self._try_later(message, failure)
            case Failure() as failure:
                return self._failed(message, failure)
            case Unclear(why):
                log.warning("outcome unclear", extra={"message_id": message.id, "why": why})
                return False

    def _failed(self, message: Message, failure: Failure) -> bool:
        log.warning("message failed", extra={"message_id": message.id, "reason": failure.reason, "code": failure.code})
        self._settle(message, Outcome(Delivery.FAILED, message.id, failure=failure))
        return True

    def _try_later(self, message: Message, failure: Failure) -> bool:
        """Back on hold, unless an event of the provider settled it, or the agent changed their mind meanwhile."""
        for _ in range(TRIES):
            now = self.inbox.message(message.conversation_id, message.sequence)
            if now is None or (now.state, now.attempts) != (Delivery.SENDING, message.attempts):
                return False
            if now.overtaken:
                return self._failed(now, failure)
            try:
                self._put_back(now, now, FIRST_PAUSE * 2 ** (now.attempts - 1))
            except Conflict:
                continue
            log.info("message waits", extra={"message_id": now.id, "reason": failure.reason, "code": failure.code})
            return False
        raise Conflict(message.id)

    def _put_back(self, message: Message, stored: Message, pause: float) -> None:
        until = self.clock() + pause
        waiting = replace(message, state=Delivery.HELD, hold_until=until, watch_at=until + DOUBT)
        self.inbox.commit(Update(stored, waiting))
        self.queues.hold(message.conversation_id, pause)

    def _by_mail(self, message: Message) -> bool:
        """Nobody is there, or nobody says that they have it: it goes to the address that they left."""
        for _ in range(TRIES):
            now = self.inbox.message(message.conversation_id, message.sequence)
            if now is None or (now.state, now.attempts) != (Delivery.SENDING, message.attempts):
                return False
            if now.overtaken:
                return self._give_up(now)  # A page may have it. The mail would say what its author has taken back.
            try:
                self._put_back(replace(now, via=EMAIL), now, 0)
            except Conflict:
                continue
            log.info("message goes by mail", extra={"message_id": now.id})
            return False
        raise Conflict(message.id)

    def _settle(self, message: Message, outcome: Outcome) -> None:
        conversation = Settle(self.inbox, self.policies, self.clock)(message.conversation_id, message.sequence, outcome)
        if conversation is not None:
            self.queues.desk(conversation.desk_channel, conversation.id)

    # After a crash

    def _resolve(self, conversation: Conversation, message: Message) -> bool:
        since_attempt = self.clock() - message.attempted_at
        if since_attempt < DOUBT:
            return False
        try:
            way = self._letters.way(conversation, message, self.inbox.identity(conversation.address))
            letter = self._letters.outgoing(conversation, message, way.to)
            found = way.channel.find_sent(letter, message.attempted_at)
        except (CannotBeAsked, KeyError, NotConfigured, TryAgain):
            return since_attempt >= DOUBT_ENDS and self._give_up(message)
        if found is not None:
            self._settle(message, Outcome(Delivery.ACCEPTED, message.id, found.provider_id, found.reference))
            return True
        if way.mail:
            return self._by_mail(message)
        return self._give_up(message) if message.attempts >= MOST_DOUBTS else self._try_later(message, NOT_THERE)

    def _give_up(self, message: Message) -> bool:
        self._settle(message, Outcome(Delivery.UNKNOWN, message.id))
        return True


def hint_of(answer: Outgoing) -> Outgoing:
    """That it was answered somewhere else, and nothing of what it says."""
    hint = say("chat.by_mail", answer.language)
    return replace(answer, text=hint, sender_name="", automatic=True, attachments=(), via="")


def _via(conversation: Conversation, way: Way) -> str:
    return way.to.channel if way.to.channel != conversation.address.channel else ""
