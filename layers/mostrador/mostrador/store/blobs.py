"""The bucket: raw mails, files of messages, oversized events, and policies.

mail/{ses message id}                 the raw mail, written by SES
raw/{provider}/{digest}               a webhook's body that is too large for a queue, or was not understood
media/{channel}/{digest}/{file}       a file of a message; the same bytes give the same key
transcripts/{message id}.json         what was said in a voice message, written by Amazon Transcribe
text/{message id}                     a text that is too long for the table
policy/{version}.json                 a compiled policy
policy/{version}.yaml                 the file that it was compiled from
"""

import re
from hashlib import sha256
from typing import Any

from botocore.exceptions import ClientError

from mostrador.domain.errors import TryAgain
from mostrador.domain.messages import Attachment

_NOT_YET = frozenset({"NoSuchKey", "404"})


class S3Blobs:
    """Implements ``usecases.ports.Blobs``."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def fetch(self, key: str) -> bytes:
        """Raises TryAgain while nothing lies there: an event can overtake its object."""
        try:
            body: bytes = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOT_YET:
                raise TryAgain(f"nothing lies under {key} yet", after=5) from error
            raise
        return body

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=content_type)

    def intake(self, channel: str, event_id: str) -> "MessageIntake":
        return MessageIntake(self, channel, event_id)


class MessageIntake:
    """Implements ``channels.base.Intake`` for the files of one event."""

    def __init__(self, blobs: S3Blobs, channel: str, event_id: str) -> None:
        self._blobs = blobs
        self._folder = f"media/{channel}/{sha256(event_id.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"

    def fetch(self, key: str) -> bytes:
        return self._blobs.fetch(key)

    def keep(self, name: str, content_type: str, data: bytes) -> Attachment:
        """Store a file; a second time, the same bytes land on the same key."""
        key = f"{self._folder}/{sha256(data).hexdigest()[:16]}/{_safe(name)}"
        self._blobs.put(key, data, content_type)
        return Attachment(name=name, content_type=content_type, size=len(data), key=key)


def _safe(name: str) -> str:
    """A stranger chose this name; in a key stand only characters that no tool has to quote."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name)[-80:].strip("._") or "file"
