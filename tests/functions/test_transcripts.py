"""A voice message on its way through the functions: stored, handed to Transcribe, and its words taken in."""

import json

import boto3
import pytest

from fakes.provider import running_provider
from functions.conftest import Invoke, Json, Queues, sqs_event
from mostrador.domain.messages import ProviderEvent
from mostrador.store.queues import encode_event

RECORDING = "/2010-04-01/Accounts/AC1/Recordings/RE1"


def voicemail(url: str) -> str:
    call = {"what": "voicemail", "CallSid": "CA1", "From": "+34600111222", "language": "en", "RecordingUrl": url}
    return json.dumps(encode_event(ProviderEvent("phone", "CA1:voicemail:RE1", "ana", call, 1_780_000_000.0)))


def state_change(job: str) -> Json:
    detail = {"TranscriptionJobName": job, "TranscriptionJobStatus": "COMPLETED"}
    return {"detail-type": "Transcribe Job State Change", "source": "aws.transcribe", "detail": detail}


def test_a_voice_message_is_written_down_and_told(
    invoke: Invoke,
    secrets: None,
    policy: None,
    queues: Queues,
    table: str,
    bucket: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running_provider() as outside:
        outside.on(f"{RECORDING}.mp3", 200, b"ID3 a sound", content_type="audio/mpeg")
        monkeypatch.setenv("CHANNELS", "phone")
        monkeypatch.setenv("TWILIO_API_URL", outside.url)
        monkeypatch.setenv("TRANSCRIPTION_JOBS", "mostrador.")
        monkeypatch.setenv("AWS_ENDPOINT_URL_TRANSCRIBE", outside.url)
        outside.on("/", 200, b"{}", content_type="application/x-amz-json-1.1")
        for _ in range(2):  # as SQS may
            assert invoke("ingest", sqs_event(voicemail(outside.url + RECORDING))) == {"batchItemFailures": []}

    conversation = queues.messages("desk")[0]["conversation"]
    jobs = [json.loads(call.body) for call in outside.calls if call.path == "/"]
    assert {job["TranscriptionJobName"] for job in jobs} == {f"mostrador.{conversation}-1"}
    assert jobs[0]["LanguageCode"] == "en-GB"

    result = json.dumps({"results": {"transcripts": [{"transcript": "My plate is broken."}]}}).encode()
    boto3.client("s3").put_object(Bucket=bucket, Key=f"transcripts/{conversation}-1.json", Body=result)
    invoke("receive_mail", state_change(jobs[0]["TranscriptionJobName"]))
    [told] = queues.messages("inbound")
    assert invoke("ingest", sqs_event(json.dumps(told))) == {"batchItemFailures": []}
    key = {"pk": {"S": f"CON#{conversation}"}, "sk": {"S": "MSG#00000002"}}
    notice = boto3.client("dynamodb").get_item(TableName=table, Key=key)["Item"]
    assert "My plate is broken." in notice["text"]["S"]
