"""Whole functions with the envelopes that AWS really sends, over a cloud in this process."""

import base64
import importlib.util
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest

from cli.policy import push
from mostrador.runtime.observability import logger

ROOT = Path(__file__).parents[2]

type Json = dict[str, Any]
type Invoke = Callable[..., Any]

TWILIO = {"account_sid": "AC1", "auth_token": "test-secret"}
META = {"app_secret": "test-secret", "verify_token": "our-token", "access_token": "test-token"}
SHOP = {"webhook_secret": "a-secret-of-the-shop"}
SLACK = {"bot_token": "xoxb-test", "signing_secret": "test-secret"}


@dataclass
class Context:
    """What the runtime hands to every handler."""

    function_name: str = "function"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:function"
    aws_request_id: str = "request-1"

    remaining: list[int] = field(default_factory=list)
    """What the next calls are told; then always the same."""

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining.pop(0) if self.remaining else 30_000


@dataclass
class Queues:
    urls: dict[str, str] = field(default_factory=dict)

    def messages(self, name: str) -> list[Json]:
        """Everything that waits in a queue; it waits no more."""
        client: Any = boto3.client("sqs")
        answer = client.receive_message(
            QueueUrl=self.urls[name], MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
        )
        for message in answer.get("Messages", []):
            client.delete_message(QueueUrl=self.urls[name], ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


@pytest.fixture
def queues(aws: None) -> Queues:
    client: Any = boto3.client("sqs")
    urls = {
        name: client.create_queue(QueueName=f"{name}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
        for name in ("inbound", "desk", "actions", "deliver")
    }
    urls |= {name: client.create_queue(QueueName=name)["QueueUrl"] for name in ("hold", "clocks")}
    return Queues(urls)


@pytest.fixture
def secrets(aws: None) -> None:
    client: Any = boto3.client("secretsmanager")
    known = {"twilio": TWILIO, "meta": META, "slack": SLACK, "shop": SHOP, "reply-key": {"key": "test-secret"}}
    for name, value in known.items():
        client.create_secret(Name=f"mostrador/{name}", SecretString=json.dumps(value))


@pytest.fixture
def policy(table: str, bucket: str) -> None:
    push(ROOT / "infra/policy/policy.yaml", table_name=table, bucket_name=bucket)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, queues: Queues) -> None:
    """What the template gives to the functions."""
    values = {
        "SECRETS_PREFIX": "mostrador",
        "PUBLIC_BASE_URL": "https://api.example.com/prod",
        "CHANNELS": "email,sms,whatsapp",
        "TABLE_NAME": "inbox",
        "BUCKET_NAME": "mostrador-files",
        "MAIL_ADDRESS": "hola@latinaja.example",
        "SMS_SENDER": "+34910000000",
        "POWERTOOLS_SERVICE_NAME": "mostrador",
        **{f"{name.upper()}_QUEUE_URL": url for name, url in queues.urls.items()},
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def invoke(environment: None) -> Invoke:
    """Invoke a function by its name, freshly started as after a deployment."""

    def run(name: str, event: Json, remaining: list[int] | None = None) -> Any:
        place = ROOT / "functions" / name / "app.py"
        spec = importlib.util.spec_from_file_location(f"function_{name}", place)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.handler(event, Context(name, remaining=remaining or []))

    return run


def http_event(
    path: str, body: bytes, headers: dict[str, str], *, query: str = "", encoded: bool = False, method: str = "POST"
) -> Json:
    """API Gateway's payload format 2.0."""
    provider = path.rpartition("/")[2]
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "pathParameters": {"provider": provider},
        "requestContext": {"stage": "prod", "http": {"method": method, "path": path}},
        "body": base64.b64encode(body).decode() if encoded else body.decode(),
        "isBase64Encoded": encoded,
    }


def sqs_event(*bodies: str, group: str = "group") -> Json:
    """An SQS batch, as the event source mapping hands it over; without a group, of a standard queue."""
    place = {"MessageGroupId": group} if group else {}
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {"ApproximateReceiveCount": "1", "SenderId": "A", **place},
                "messageAttributes": {},
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:inbound.fifo",
                "awsRegion": "eu-west-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Everything that the functions log, as the cloud would keep it."""
    written = io.StringIO()
    for handler in logger.handlers:
        monkeypatch.setattr(handler, "stream", written)
    return written
