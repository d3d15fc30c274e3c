"""What was said in a voice message, in words: asked for once it is stored, and told in the thread when it is there."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from textwrap import wrap

from mostrador.channels.phone.transcripts import TRANSCRIPT, result_key
from mostrador.channels.twilio.calls import VOICEMAIL
from mostrador.domain.call import PHONE, Transcribed
from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Change, Create, Remember, Update
from mostrador.domain.conversation import Conversation
from mostrador.domain.ids import message_id, parse_message_id
from mostrador.domain.messages import Received
from mostrador.usecases.notices import Notice
from mostrador.usecases.ports import Clock, Inbox, Policies, Transcriber
from mostrador.usecases.sending.settle import DESK_PATIENCE
from mostrador.usecases.tries import until_it_holds

log = logging.getLogger(__name__)

LONGEST = 2500
"""Characters of what was said in one notice: the desk shows 3,000 of each."""


def begin_transcript(received: Received, conversation: Conversation, inbox: Inbox, transcriber: Transcriber) -> None:
    """Of a voice message that is stored. As often as it is taken in: it is begun once."""
    recording = next((file for file in received.attachments if file.key), None)
    place = inbox.seen(received.channel, received.provider_id)
    if received.deed != VOICEMAIL or recording is None or place is None:
        return
    ours = message_id(*place)
    language = received.language or conversation.language
    transcriber.begin(ours, recording.key, recording.content_type, language[:2], result_key(ours))


@dataclass(frozen=True, slots=True)
class TakeTranscript:
    inbox: Inbox
    policies: Policies
    clock: Clock

    def __call__(self, told: Transcribed) -> Conversation | None:
        """The conversation in which it is told, for announcing it. Raises Conflict as ``Settle`` does."""
        return until_it_holds(lambda: self._take(told))

    def _take(self, told: Transcribed) -> Conversation | None:
        ours = parse_message_id(told.message_id)
        conversation = self.inbox.conversation(ours[0]) if ours else None
        if conversation is None:
            log.warning("a transcript of no conversation", extra={"message_id": told.message_id})
            return None
        with suppress(AlreadySeen):
            self.inbox.commit(*self._changes(conversation, told))
        return conversation

    def _changes(self, before: Conversation, told: Transcribed) -> list[Change]:
        now, after, notices = self.clock(), before, list[Change]()
        for sentence in _sentences(told.text, self.policies.current().language):
            message = Notice(sentence).message(after, now)
            after = replace(after, counter=message.sequence)
            notices.append(Create(message))
        once = Remember(PHONE, f"{TRANSCRIPT}:{told.message_id}", before.id, after.counter, now)
        return [once, Update(before, replace(after, version=after.version + 1, watch_at=now + DESK_PATIENCE)), *notices]


def _sentences(text: str | None, language: str) -> Sequence[str]:
    if not text:
        return [say("notice.transcript.failed" if text is None else "notice.transcript.empty", language)]
    first, *more = wrap(text, LONGEST)
    said = [say("notice.transcript", language, words=first)]
    return said + [say("notice.transcript.more", language, words=words) for words in more]
