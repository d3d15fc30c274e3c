"""The spine on a wire: every function as its composition root puts it together, driven by what they really queue.

The cloud is moto within this process, Twilio and SES answer on loopback, and Slack is the desk that the tests have.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import boto3
from botocore.session import Session, get_session
from moto import mock_aws

from bench.charges import Table
from bench.imports import ENVIRONMENT, POLICY, REGION
from bench.wire import Step, Wire
from cli.policy import push
from conformance.doors import BASE, DOORS, SECRETS
from fakes.cloud import create_table, table_definition
from fakes.provider import Provider, running_provider
from fakes.world import FakeClock, FakeDesk
from mostrador.desk import slack
from mostrador.runtime import aws, bootstrap
from mostrador.store import keys

SIGNING_SECRET = "playground-signing-secret"
WOKEN = {
    "inbound": "ingest",
    "desk": "notify",
    "actions": "act",
    "hold": "release",
    "deliver": "deliver",
    "clocks": "clocks",
}
"""The function behind each queue."""
STANDARD = frozenset({"hold", "clocks"})
"""The queues without an order."""
NOON = 1_779_962_400.0
"""Thursday, 28 May 2026, 12:00 in the shop: open, so that nobody is told when it opens."""


class CountedDesk:
    """Slack in memory; each call of the desk is at least one of Slack's Web API."""

    def __init__(self, desk: FakeDesk, wire: Wire) -> None:
        self._desk = desk
        self._wire = wire

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self._wire.note("slack", name)
            return getattr(self._desk, name)(*arguments, **named)

        return counted


class Cloud:
    """What the template creates, empty but for the policy and the secrets. Its clients are not counted."""

    def __init__(self) -> None:
        self.table, self.bucket = ENVIRONMENT["TABLE_NAME"], ENVIRONMENT["BUCKET_NAME"]
        self.s3 = boto3.client("s3")
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        self.dynamodb = boto3.client("dynamodb")
        create_table(self.dynamodb, self.table)
        push(POLICY, table_name=self.table, bucket_name=self.bucket)
        self.queues = {name: _create_queue(name) for name in WOKEN}
        secrets = {**SECRETS, "slack": {"bot_token": "xoxb-playground", "signing_secret": SIGNING_SECRET}}
        for name, fields in secrets.items():
            boto3.client("secretsmanager").create_secret(Name=f"mostrador/{name}", SecretString=json.dumps(fields))

    def counter(self, conversation_id: str) -> int:
        """The sequence of a conversation's last message."""
        key = keys.conversation(conversation_id)
        item = self.dynamodb.get_item(TableName=self.table, Key={"pk": {"S": key.pk}, "sk": {"S": key.sk}})["Item"]
        return int(item["counter"]["N"])


def _create_queue(name: str) -> str:
    client: Any = boto3.client("sqs")
    if name in STANDARD:
        return str(client.create_queue(QueueName=name)["QueueUrl"])
    return str(client.create_queue(QueueName=f"{name}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"])


@dataclass
class Spine:
    """Opened by ``open_spine``. The clock moves on while an answer is held."""

    cloud: Cloud
    wire: Wire
    provider: Provider
    desk: FakeDesk
    clock: FakeClock
    opened: dict[str, Callable[..., object]] = field(default_factory=dict)

    def store_mail(self, ses_id: str, raw: bytes) -> None:
        """What SES does before it calls."""
        self.cloud.s3.put_object(Bucket=self.cloud.bucket, Key=f"mail/{ses_id}", Body=raw)

    def play(self, function: str, *arguments: Any) -> list[Step]:
        """Let a function do its work, and then every function that is woken by what came of it."""
        woken = {self.cloud.queues[queue]: name for queue, name in WOKEN.items()}
        begun = len(self.wire.steps)
        self._run(function, *arguments)
        while self.wire.queued:
            message = self.wire.queued.pop(0)
            self.clock.now += message.get("DelaySeconds", 0)
            self._run(woken[message["QueueUrl"]], message["MessageBody"])
        return self.wire.steps[begun:]

    def _run(self, function: str, *arguments: Any) -> None:
        called = len(self.provider.calls)
        with self.wire.step(function):
            self._work(function)(*arguments)
            for call in self.provider.calls[called:]:
                if call.path.startswith("/2010-04-01/"):
                    self.wire.note("twilio", call.method, sent=len(call.body))

    def _work(self, function: str) -> Callable[..., object]:
        if function not in self.opened:
            opened = getattr(bootstrap, f"open_{function}")()
            # ``open_receive`` gives the public address as well, for whoever reads the request.
            self.opened[function] = opened[0] if isinstance(opened, tuple) else opened
        return self.opened[function]


@contextmanager
def open_spine() -> Iterator[Spine]:
    with mock_aws(), running_provider() as provider, patch.dict(os.environ, _environment(provider)):
        for door in DOORS.values():
            door.answer(provider)
        cloud, session = Cloud(), get_session()
        wire = Wire(Table(cloud.dynamodb, cloud.table, table_definition()))
        wire.listen(session)
        spine = Spine(cloud, wire, provider, FakeDesk(), FakeClock(NOON))
        with _surroundings(spine, session):
            yield spine


def _environment(provider: Provider) -> Mapping[str, str]:
    own = {"PUBLIC_BASE_URL": BASE, "TWILIO_API_URL": provider.url, "AWS_ENDPOINT_URL_SESV2": provider.url}
    return {**ENVIRONMENT, **own}


@contextmanager
def _surroundings(spine: Spine, session: Session) -> Iterator[None]:
    """What the composition root finds around it."""
    desk = CountedDesk(spine.desk, spine.wire)
    urls = {f"{queue.upper()}_QUEUE_URL": url for queue, url in spine.cloud.queues.items()}
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, urls))
        stack.enter_context(patch.object(aws, "session", lambda: session))
        stack.enter_context(patch.object(slack, "SlackDesk", lambda *_: desk))
        clock = SimpleNamespace(time=spine.clock, sleep=lambda _seconds: None)
        stack.enter_context(patch.object(bootstrap, "time", clock))
        yield
