"""Transcribe through boto3, what it writes into the bucket, and what EventBridge hands to the function."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from fakes.outside_world import Playground
from mostrador.channels.phone.transcripts import split_transcribe
from playground.twilio.voice.wire import recording

MESSAGE = "01kw0000000000000000000000-1"
KEY = "media/phone/1/2/voicemail.mp3"


@pytest.fixture
def transcribe(playground: Playground) -> Iterator[Any]:
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="eu-west-1")
    once = Config(retries={"total_max_attempts": 1})
    client = session.client("transcribe", endpoint_url=f"{playground.url}/transcribe", config=once)
    yield client
    client.close()


def begin(transcribe: Any, **details: Any) -> Any:
    job = {
        "TranscriptionJobName": f"mostrador.{MESSAGE}",
        "Media": {"MediaFileUri": f"s3://bucket/{KEY}"},
        "LanguageCode": "es-ES",
        "OutputBucketName": "bucket",
        "OutputKey": f"transcripts/{MESSAGE}.json",
    }
    return transcribe.start_transcription_job(**job | details)


def refusal(transcribe: Any, **details: Any) -> str:
    with pytest.raises(ClientError) as caught:
        begin(transcribe, **details)
    return str(caught.value.response["Error"]["Code"])


def test_what_was_typed_is_written_down_and_told(playground: Playground, transcribe: Any) -> None:
    playground.door.stored[KEY] = recording("Se ha roto el plato «azul»")
    assert begin(transcribe)["TranscriptionJob"]["TranscriptionJobStatus"] == "IN_PROGRESS"
    playground.settle()

    result = json.loads(playground.door.stored[f"transcripts/{MESSAGE}.json"])
    assert result["results"]["transcripts"] == [{"transcript": "Se ha roto el plato «azul»"}]
    [told] = playground.door.events
    [event] = split_transcribe(told, 0.0)
    assert event.payload == {"what": "transcript", "message": MESSAGE, "status": "COMPLETED"}


def test_a_sound_that_holds_no_words_is_told_of_as_failed(playground: Playground, transcribe: Any) -> None:
    playground.door.stored[KEY] = b"\xff\xfb a real sound"
    begin(transcribe)
    playground.settle()

    assert [event["detail"]["TranscriptionJobStatus"] for event in playground.door.events] == ["FAILED"]


def test_a_job_of_the_same_name_is_refused(playground: Playground, transcribe: Any) -> None:
    playground.door.stored[KEY] = recording("Hola")
    begin(transcribe)

    assert refusal(transcribe) == "ConflictException"


@pytest.mark.parametrize(
    "details",
    [
        {"TranscriptionJobName": "a name"},
        {"Media": {"MediaFileUri": "file:///etc/passwd"}},
        {"LanguageCode": "xx-XX"},
        {"OutputBucketName": ""},
    ],
    ids=["name", "place", "language", "nowhere to write"],
)
def test_what_amazon_would_refuse_is_refused(transcribe: Any, details: dict[str, Any]) -> None:
    assert refusal(transcribe, **details) == "BadRequestException"
