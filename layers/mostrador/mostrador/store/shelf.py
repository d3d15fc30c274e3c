"""Files between the bucket and browsers: addresses that are signed, and good for a few minutes."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote


class S3Shelf:
    """Implements ``usecases.ports.Shelf``. The client must sign with version 4 (``s3v4``)."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def ticket(self, key: str, content_type: str, largest: int, seconds: int) -> tuple[str, Mapping[str, str]]:
        """Where to post a form, and its fields: Amazon S3 itself refuses another key, another type, or more bytes."""
        fields = {"Content-Type": content_type}
        conditions = [fields, ["content-length-range", 1, largest]]
        post = self._client.generate_presigned_post(
            self._bucket, key, Fields=dict(fields), Conditions=conditions, ExpiresIn=seconds
        )
        return str(post["url"]), post["fields"]

    def link(self, key: str, name: str, content_type: str, seconds: int) -> str:
        """Saved rather than shown: what somebody sent does not run in a page of the bucket's."""
        wanted = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "ResponseContentType": content_type,
        }
        return str(self._client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds))
