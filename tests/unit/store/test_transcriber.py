"""The request to Amazon Transcribe, checked against botocore's own description of it, and its refusals."""

from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from mostrador.domain.errors import TryAgain
from mostrador.store.transcriber import AmazonTranscriber

MESSAGE = "01kw0000000000000000000000-1"
MEDIA, RESULT = "media/phone/1/2/voicemail.mp3", f"transcripts/{MESSAGE}.json"
SPANISH = {"LanguageCode": "es-ES"}


@pytest.fixture
def client() -> Any:
    session = botocore.session.Session()
    session.set_credentials("key", "secret")
    return session.create_client("transcribe", region_name="eu-west-1")


@pytest.fixture
def amazon(client: Any) -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def begin(client: Any, language: str = "es", content_type: str = "audio/mpeg") -> None:
    transcriber = AmazonTranscriber(lambda: client, "files", "mostrador.")
    transcriber.begin(MESSAGE, MEDIA, content_type, language, RESULT)


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("es", SPANISH),
        ("en", {"LanguageCode": "en-GB"}),
        ("de", {"IdentifyLanguage": True, "LanguageOptions": ["es-ES", "en-GB"]}),
    ],
)
def test_a_recording_is_written_down_in_its_language_beside_it(
    client: Any, amazon: Stubber, language: str, asked: dict[str, Any]
) -> None:
    request = {
        "TranscriptionJobName": f"mostrador.{MESSAGE}",
        "Media": {"MediaFileUri": f"s3://files/{MEDIA}"},
        "MediaFormat": "mp3",
        "OutputBucketName": "files",
        "OutputKey": RESULT,
        **asked,
    }
    amazon.add_response("start_transcription_job", {}, request)
    begin(client, language)


@pytest.mark.parametrize("code", ["ConflictException", "BadRequestException", "AccessDeniedException"])
def test_what_is_begun_already_or_never_holds_nobody_up(client: Any, amazon: Stubber, code: str) -> None:
    amazon.add_client_error("start_transcription_job", code)
    begin(client)


@pytest.mark.parametrize("code", ["LimitExceededException", "ThrottlingException", "InternalFailureException"])
def test_who_has_too_much_to_do_is_asked_again(client: Any, amazon: Stubber, code: str) -> None:
    amazon.add_client_error("start_transcription_job", code)
    with pytest.raises(TryAgain):
        begin(client)


def test_a_sound_of_an_unknown_kind_is_not_asked_for(client: Any, amazon: Stubber) -> None:
    begin(client, content_type="video/x-unknown")


def test_a_region_without_transcribe_holds_nobody_up() -> None:
    def refuse() -> Any:
        raise EndpointConnectionError(endpoint_url="https://transcribe.nowhere.example")

    AmazonTranscriber(refuse, "files", "mostrador.").begin(MESSAGE, MEDIA, "audio/mpeg", "es", RESULT)
