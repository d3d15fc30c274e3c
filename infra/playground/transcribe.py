"""Amazon Transcribe: it "hears" what was typed into a recording, writes it down, and EventBridge tells of it.

The protocol is AWS JSON 1.1: the operation stands in a header. The result has the shape that Amazon documents ("Data
input and output"), without the times of single words, which nobody here has spoken.
"""

import json
import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.background import Background
from playground.ses.receiving import Receiving
from playground.ses.records import ACCOUNT, stamp
from playground.stack import StackDoor
from playground.twilio.voice.wire import words_of
from playground.world import World

Json = dict[str, Any]

START = "Transcribe.StartTranscriptionJob"
LISTENS = 1.0
"""Seconds."""
_NAME = re.compile(r"[0-9a-zA-Z._-]{1,200}")
_LANGUAGES = frozenset({"es-ES", "en-GB", "en-US"})


class TranscribeApi:
    def __init__(self, world: World, door: StackDoor, receiving: Receiving, background: Background) -> None:
        self._world = world
        self._door = door
        self._receiving = receiving
        self._background = background
        self._jobs: set[str] = set()

    def routes(self) -> list[Route]:
        return [Route("/transcribe", self.call, methods=["POST"])]

    async def call(self, request: Request) -> Response:
        since = self._world.clock.time()
        job: Json = json.loads(await request.body())
        answer = self._begin(job, request.headers.get("x-amz-target", ""))
        name = f"Transcribe ← StartTranscriptionJob {job.get('LanguageCode', '')}"
        self._world.record("api", name, answer.status_code, since=since)
        return answer

    def _begin(self, job: Json, target: str) -> Response:
        name = str(job.get("TranscriptionJobName", ""))
        if refusal := _refusal(job, target):
            return _error("BadRequestException", refusal)
        if name in self._jobs:
            return _error("ConflictException", "The requested job name already exists.")
        self._jobs.add(name)
        self._background.start(self._listen(job))
        told = {name: job[name] for name in ("TranscriptionJobName", "LanguageCode", "Media") if name in job}
        return JSONResponse({"TranscriptionJob": {**told, "TranscriptionJobStatus": "IN_PROGRESS"}})

    async def _listen(self, job: Json) -> None:
        await self._world.clock.sleep(LISTENS)
        name = job["TranscriptionJobName"]
        try:
            await self._write_down(job)
            status = "COMPLETED"
        except (BotoCoreError, ClientError, ValueError):
            status = "FAILED"
        await self._receiving.invoke(_state_change(name, status, self._world.clock.time(), self._world.config.region))

    async def _write_down(self, job: Json) -> None:
        """Raises botocore's errors, and ValueError for a sound of which nobody knows the words."""
        stack = self._world.stack
        if stack is None:
            raise ValueError("no stack")
        place = urlsplit(job["Media"]["MediaFileUri"])
        words = words_of(await self._door.fetch(stack, place.path.removeprefix("/")))
        await self._door.store_mail(stack, job["OutputKey"], json.dumps(_result(job, words)).encode())


def _refusal(job: Json, target: str) -> str:
    """Why Transcribe would not begin; empty where it would."""
    if target != START:
        return f"{target} is not played here."
    if not _NAME.fullmatch(str(job.get("TranscriptionJobName", ""))):
        return "1 validation error detected: TranscriptionJobName must match ^[0-9a-zA-Z._-]+"
    if not str((job.get("Media") or {}).get("MediaFileUri", "")).startswith("s3://"):
        return "The S3 URI that you provided can't be accessed."
    if job.get("LanguageCode") not in _LANGUAGES and not job.get("IdentifyLanguage"):
        return "You must specify a LanguageCode, or IdentifyLanguage."
    return "" if job.get("OutputBucketName") and job.get("OutputKey") else "OutputBucketName and OutputKey are missing."


def _error(kind: str, message: str) -> JSONResponse:
    return JSONResponse({"__type": kind, "Message": message}, status_code=400)


def _result(job: Json, words: str) -> Json:
    results = {"transcripts": [{"transcript": words}], "items": []}
    return {
        "jobName": job["TranscriptionJobName"],
        "accountId": ACCOUNT,
        "status": "COMPLETED",
        "results": results,
    }


def _state_change(name: str, status: str, at: float, region: str) -> Json:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Transcribe Job State Change",
        "source": "aws.transcribe",
        "account": ACCOUNT,
        "time": stamp(at)[:19] + "Z",
        "region": region,
        "resources": [],
        "detail": {"TranscriptionJobName": name, "TranscriptionJobStatus": status},
    }
