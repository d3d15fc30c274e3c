"""Every request that leaves for Amazon, counted where it leaves, retries and all."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from botocore.session import Session

from bench.charges import Charge, Json, Pending, Table


@dataclass
class Request:
    """One request, or one call of what stands in for a service."""

    service: str
    operation: str
    items: int = 0
    """How many a transaction writes."""
    sent: int = 0
    """Bytes of head and body; what TLS adds is left out."""
    received: int = 0
    charge: Charge = field(default_factory=Charge)


@dataclass
class Step:
    """What one function did about one message."""

    function: str
    requests: list[Request] = field(default_factory=list)


class Wire:
    def __init__(self, table: Table) -> None:
        self.steps: list[Step] = []
        self.queued: list[Json] = []
        """What SQS was given, as it was given."""
        self._table = table
        self._pending: Pending | None = None

    def listen(self, session: Session) -> None:
        """To all clients that the session makes from now on."""
        emitter: Any = session.get_component("event_emitter")
        # First of all, because whoever imitates Amazon within this process does its work here.
        emitter.register_first("before-send", self._leaves)
        emitter.register("response-received", self._comes_back)

    @contextmanager
    def step(self, function: str) -> Iterator[Step]:
        """Whatever happens inside is this step's."""
        self.steps.append(Step(function))
        yield self.steps[-1]

    def note(self, service: str, operation: str, *, sent: int = 0) -> None:
        """A call of what is no service of Amazon's."""
        self.steps[-1].requests.append(Request(service, operation, sent=sent))

    def _leaves(self, event_name: str, request: Any, **_more: Any) -> None:
        _, service, operation = event_name.split(".")
        body = _bytes(request.body)
        line = f"{request.method} {urlsplit(request.url).path} HTTP/1.1\r\n"
        noted = Request(service, operation, sent=len(line) + _head_size(request.headers) + len(body))
        if service == "dynamodb":
            self._pending = self._table.begin(operation, json.loads(body))
            noted.items = len(self._pending.written) if operation == "TransactWriteItems" else 0
        if service == "sqs":
            self.queued += _messages(json.loads(body))
        self.steps[-1].requests.append(noted)

    def _comes_back(self, response_dict: Json | None, **_more: Any) -> None:
        if response_dict is None:
            return  # the connection broke, and botocore tries again
        noted, headers = self.steps[-1].requests[-1], response_dict["headers"]
        noted.received = _head_size(headers) + int(headers.get("content-length") or _length(response_dict["body"]))
        if self._pending is not None:
            noted.charge = self._table.settle(self._pending, json.loads(response_dict["body"]))
            self._pending = None


def _messages(asked: Json) -> Iterator[Json]:
    """What SQS was given, one by one, each with the queue that it goes to."""
    for entry in asked.get("Entries", (asked,)):
        yield {"QueueUrl": asked["QueueUrl"], **entry}


def _bytes(body: Any) -> bytes:
    """A request's body, which botocore keeps as text, as bytes or as a file."""
    if body is None or isinstance(body, str):
        return (body or "").encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    content: bytes = body.read()
    body.seek(0)
    return content


def _length(body: Any) -> int:
    return len(body) if isinstance(body, bytes) else 0


def _head_size(headers: Any) -> int:
    return sum(len(_text(name)) + len(_text(value)) + len(": \r\n") for name, value in headers.items()) + len("\r\n")


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
