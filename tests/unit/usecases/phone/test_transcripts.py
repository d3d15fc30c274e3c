"""What was said in a voice message stands in the thread in words, once."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from fakes.world import Counter
from mostrador.channels.phone.channel import PhoneChannel
from mostrador.channels.phone.transcripts import split_transcribe
from mostrador.domain.errors import TryAgain, Unreadable
from mostrador.domain.ids import message_id
from mostrador.domain.messages import Address, Attachment, ProviderEvent, Received
from mostrador.usecases.intake.ingest import TRANSCRIPT_PATIENCE
from mostrador.usecases.phone.transcripts import LONGEST
from unit.usecases.calls import ANA, SETTINGS

EVENT = "CA1:voicemail:RE1"
RECORDING = Attachment("voicemail.mp3", "audio/mpeg", 9, key="media/phone/1/2/voicemail.mp3")


@dataclass
class FakeTranscriber:
    begun: list[tuple[str, ...]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)

    def begin(self, *job: str) -> None:
        if self.trouble:
            raise self.trouble.pop()
        self.begun.append(job)


class Desk:
    """A counter where a voice message can be left, and Transcribe be played."""

    def __init__(self) -> None:
        self.counter, self.transcriber = Counter(), FakeTranscriber()
        self.counter.ingest = replace(self.counter.ingest, transcriber=self.transcriber)

    def left(self, deed: str = "voicemail", **fields: Any) -> ProviderEvent:
        self.counter.channels["phone"] = type(self.counter.channels["sms"])("phone")
        said = Received("phone", EVENT, Address("phone", ANA), "", "", 0.0, deed=deed, **fields)
        return self.counter.event(replace(said, sent_at=self.counter.clock()))

    def leaves(self, **fields: Any) -> ProviderEvent:
        event = self.left(attachments=(RECORDING,), **fields)
        self.counter.ingest(event)
        return event

    @property
    def ours(self) -> str:
        found = self.counter.inbox.seen("phone", EVENT)
        assert found is not None
        return message_id(*found)

    def is_over(self, status: str = "COMPLETED", words: str | bytes = "Se ha roto el plato.") -> None:
        """Told twice, as every event may be."""
        self.counter.channels["phone"] = PhoneChannel(SETTINGS, self.counter.clock)  # type: ignore[assignment]
        result = (
            words if isinstance(words, bytes) else json.dumps({"results": {"transcripts": [{"transcript": words}]}})
        )
        raw = result if isinstance(result, bytes) else result.encode()
        self.counter.blobs.put(f"transcripts/{self.ours}.json", raw)
        [event] = split_transcribe(state_change(f"mostrador.{self.ours}", status), self.counter.clock())
        for _ in range(2):
            self.counter.ingest(event)
        self.counter.run()

    @property
    def notices(self) -> list[str]:
        return [message.text for message in self.counter.notices]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def state_change(job: str, status: str) -> dict[str, Any]:
    """Source: Amazon Transcribe, "Using Amazon EventBridge with Amazon Transcribe"."""
    return {
        "version": "0",
        "detail-type": "Transcribe Job State Change",
        "source": "aws.transcribe",
        "detail": {"TranscriptionJobName": job, "TranscriptionJobStatus": status},
    }


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_voice_message_is_asked_for_in_words_in_the_callers_language(desk: Desk, language: str) -> None:
    desk.leaves(language=language)
    result = f"transcripts/{desk.ours}.json"
    assert desk.transcriber.begun == [(desk.ours, RECORDING.key, "audio/mpeg", language, result)]


def test_what_could_not_be_begun_is_begun_when_it_comes_again(desk: Desk) -> None:
    event = desk.left(attachments=(RECORDING,))
    desk.transcriber.trouble = [TryAgain("busy")]
    with pytest.raises(TryAgain):
        desk.counter.ingest(event)
    assert desk.counter.queues.desk_wakes  # the message itself waits for nobody
    desk.counter.ingest(event)
    assert [job[0] for job in desk.transcriber.begun] == [desk.ours]


def test_whoever_leaves_a_message_is_not_held_up_for_long_by_the_words_of_it(desk: Desk) -> None:
    event = desk.left(attachments=(RECORDING,))
    desk.transcriber.trouble = [TryAgain("busy")] * 2
    with pytest.raises(TryAgain):
        desk.counter.ingest(event)
    desk.counter.clock.now += TRANSCRIPT_PATIENCE
    desk.counter.ingest(event)
    assert desk.transcriber.begun == []


@pytest.mark.parametrize(
    "fields",
    [{"deed": "missed_call"}, {"attachments": (replace(RECORDING, key="", problem="too_large"),)}],
    ids=["no message was left", "the recording was left out"],
)
def test_without_a_recording_nothing_is_asked_for(desk: Desk, fields: dict[str, Any]) -> None:
    desk.counter.ingest(desk.left(**fields))
    assert desk.transcriber.begun == []


def test_the_words_stand_in_the_thread_once(desk: Desk) -> None:
    desk.leaves()
    desk.is_over(words="Se ha roto  el plato.\n¿Qué hago?")
    assert desk.notices == ["Transcripción del mensaje de voz: «Se ha roto el plato. ¿Qué hago?»"]
    shown = [post.card.blocks for post in desk.counter.desk.posts.values() if "Transcripción" in post.card.text]
    assert [block["elements"][0]["type"] for blocks in shown for block in blocks] == ["plain_text"]


@pytest.mark.parametrize(
    ("status", "words", "told"),
    [
        ("FAILED", "", "no se ha podido transcribir"),
        ("COMPLETED", b"no JSON", "no se ha podido transcribir"),
        ("COMPLETED", b'{"results": {}}', "no se ha podido transcribir"),
        ("COMPLETED", "", "no se entiende ninguna palabra"),
    ],
)
def test_without_words_a_person_is_told_to_listen(desk: Desk, status: str, words: str | bytes, told: str) -> None:
    desk.leaves()
    desk.is_over(status, words)
    [notice] = desk.notices
    assert told in notice


def test_a_long_message_goes_on_in_another_notice(desk: Desk) -> None:
    words = " ".join(f"palabra{number}" for number in range(400))
    assert len(words) > LONGEST
    desk.leaves()
    desk.is_over(words=words)
    said = [notice.partition("«")[2].rstrip("»") for notice in desk.notices]
    assert " ".join(said) == words
    assert len(said) == 2


def test_words_that_are_not_in_the_bucket_yet_are_waited_for(desk: Desk) -> None:
    desk.leaves()
    desk.counter.channels["phone"] = PhoneChannel(SETTINGS, desk.counter.clock)  # type: ignore[assignment]
    [event] = split_transcribe(state_change(f"mostrador.{desk.ours}", "COMPLETED"), 0.0)
    with pytest.raises(TryAgain):
        desk.counter.ingest(event)


@pytest.mark.parametrize(
    ("job", "status"),
    [("mostrador.01kw0000000000000000000000-1", "IN_PROGRESS"), ("somebody-elses", "COMPLETED"), ("", "FAILED")],
)
def test_jobs_that_go_on_or_are_not_ours_are_no_events(job: str, status: str) -> None:
    assert split_transcribe(state_change(job, status), 0.0) == []


def test_what_tells_of_no_job_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        split_transcribe({"source": "aws.transcribe", "detail": {}}, 0.0)


def test_a_transcript_of_an_erased_conversation_is_nobodys(desk: Desk) -> None:
    desk.counter.channels["phone"] = PhoneChannel(SETTINGS, desk.counter.clock)  # type: ignore[assignment]
    [event] = split_transcribe(state_change("mostrador.01kw0000000000000000000000-1", "FAILED"), 0.0)
    desk.counter.ingest(event)
    assert not desk.counter.queues.desk_wakes
