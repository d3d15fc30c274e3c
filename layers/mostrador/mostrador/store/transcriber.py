"""Amazon Transcribe: what was said in a recording of the bucket is written into the bucket."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from mostrador.domain.errors import TryAgain

log = logging.getLogger(__name__)

FORMATS: Mapping[str, str] = {"audio/mpeg": "mp3", "audio/wav": "wav", "audio/x-wav": "wav", "audio/ogg": "ogg"}
"""``MediaFormat`` by the type of the file (Amazon Transcribe, "StartTranscriptionJob")."""
LANGUAGES: Mapping[str, str] = {"es": "es-ES", "en": "en-GB"}
_BEGUN = "ConflictException"
_BUSY = frozenset({"LimitExceededException", "InternalFailureException", "ThrottlingException", "ServiceUnavailable"})


class AmazonTranscriber:
    """Implements ``usecases.ports.Transcriber``. ``jobs`` is what the names of our jobs begin with.

    The name tells a job of this stack from those of others in the account, and one that was begun from a new one.
    """

    def __init__(self, open_client: Callable[[], Any], bucket: str, jobs: str) -> None:
        self._open_client = open_client
        self._bucket = bucket
        self._jobs = jobs

    def begin(self, message_id: str, media_key: str, content_type: str, language: str, result_key: str) -> None:
        if content_type not in FORMATS:
            log.warning("recording not transcribed", extra={"message_id": message_id, "why": content_type})
            return
        try:
            self._open_client().start_transcription_job(
                TranscriptionJobName=self._jobs + message_id,
                Media={"MediaFileUri": f"s3://{self._bucket}/{media_key}"},
                MediaFormat=FORMATS[content_type],
                OutputBucketName=self._bucket,
                OutputKey=result_key,
                **_language(language),
            )
        except ClientError as error:
            _judge(error, message_id)
        except BotoCoreError as error:
            # Where there is no way to Transcribe, a caller's next message does not wait for one.
            log.warning("recording not transcribed", extra={"message_id": message_id, "why": type(error).__name__})


def _language(language: str) -> dict[str, Any]:
    if language in LANGUAGES:
        return {"LanguageCode": LANGUAGES[language]}
    return {"IdentifyLanguage": True, "LanguageOptions": [*LANGUAGES.values()]}


def _judge(error: ClientError, message_id: str) -> None:
    code = str(error.response["Error"]["Code"])
    if code == _BEGUN:
        return
    if code in _BUSY:
        raise TryAgain(f"Transcribe: {code}", after=10) from error
    log.warning("recording not transcribed", extra={"message_id": message_id, "why": code})
