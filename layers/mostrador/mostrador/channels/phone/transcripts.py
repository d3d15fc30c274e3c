"""What Amazon Transcribe tells of a recording, as an event of the phone. Pure, and light to import.

It only tells that a job is over; what was said lies in the bucket by then (Amazon Transcribe, "Using Amazon EventBridge
with Amazon Transcribe", and "Data input and output").
"""

import json
from collections.abc import Mapping
from typing import Any

from mostrador.channels.base import Intake
from mostrador.domain.call import PHONE, Transcribed
from mostrador.domain.errors import Unreadable
from mostrador.domain.ids import parse_message_id
from mostrador.domain.messages import ProviderEvent

TRANSCRIPT = "transcript"
COMPLETED = "COMPLETED"
_OVER = frozenset({COMPLETED, "FAILED"})


def result_key(message_id: str) -> str:
    """Where in the bucket the result lies."""
    return f"transcripts/{message_id}.json"


def split_transcribe(event: Mapping[str, Any], received_at: float) -> list[ProviderEvent]:
    """One event for a job of ours that is over, none for any other. Raises Unreadable for what tells of no job."""
    try:
        job, status = str(event["detail"]["TranscriptionJobName"]), str(event["detail"]["TranscriptionJobStatus"])
    except (KeyError, TypeError) as error:
        raise Unreadable("not an event of Transcribe") from error
    message_id = job.rpartition(".")[2]
    if parse_message_id(message_id) is None or status not in _OVER:
        return []
    payload = {"what": TRANSCRIPT, "message": message_id, "status": status}
    return [ProviderEvent(PHONE, f"{TRANSCRIPT}:{message_id}", message_id, payload, received_at)]


def transcribed(event: ProviderEvent, intake: Intake) -> Transcribed:
    """Raises TryAgain while the result is not in the bucket."""
    message_id = str(event.payload["message"])
    if event.payload["status"] != COMPLETED:
        return Transcribed(message_id, None)
    return Transcribed(message_id, _words(intake.fetch(result_key(message_id))))


def _words(result: bytes) -> str | None:
    """None for a result that is not what Amazon documents: then a person listens."""
    try:
        found = [str(each["transcript"]) for each in json.loads(result)["results"]["transcripts"]]
    except (ValueError, KeyError, TypeError):
        return None
    return " ".join(" ".join(found).split())
