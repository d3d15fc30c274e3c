"""What the shop's own system tells, through the whole functions, into the table."""

import hashlib
import hmac
import io
import json
import time
from pathlib import Path
from typing import Any

import boto3
import pytest

from functions.conftest import Invoke, Json, Queues, http_event, sqs_event
from mostrador.domain.conversation import Customer
from mostrador.domain.messages import Address
from mostrador.store.inbox import DynamoInbox

PAYLOADS = Path(__file__).parents[1] / "payloads/shop"
MAIL = "ana.molina@correo.example"


def told(*names: str, **changes: Any) -> bytes:
    """Recorded events, all of them told now."""
    events = [json.loads((PAYLOADS / f"{name}.json").read_text()) for name in names]
    for event in events:
        event["data"] |= {"updated_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **changes}
    return json.dumps(events).encode()


def signed(body: bytes, secret: str = "a-secret-of-the-shop") -> Json:
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "mostrador-timestamp": stamp, "mostrador-signature": f"v1={digest}"}
    return http_event("/prod/webhooks/shop", body, headers)


def work_off(invoke: Invoke, queues: Queues) -> list[str]:
    """Everything that is queued, through ingest; the ids of the messages that failed."""
    bodies = [json.dumps(message) for message in queues.messages("inbound")]
    answer = invoke("ingest", sqs_event(*bodies))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def customer_at(inbox: DynamoInbox, mail: str) -> Customer | None:
    identity = inbox.identity(Address("email", mail))
    return inbox.customer(identity.customer_id) if identity else None


def test_a_customer_and_their_order_reach_the_table(
    invoke: Invoke, secrets: None, policy: None, table: str, queues: Queues
) -> None:
    answer = invoke("receive", signed(told("customer_updated__full", "order_updated__of_an_account")))
    assert (answer["statusCode"], answer["body"]) == (200, "")
    assert work_off(invoke, queues) == []
    customer = customer_at(DynamoInbox(table), MAIL)
    assert customer is not None
    assert (customer.name, customer.orders, customer.spent, customer.currency) == ("Ana Molina", 1, 4_990, "EUR")
    assert queues.messages("desk") == []


def test_what_the_shop_did_not_sign_is_refused(invoke: Invoke, secrets: None, queues: Queues) -> None:
    assert invoke("receive", signed(told("customer_updated__full"), "the-secret-of-another"))["statusCode"] == 403
    assert queues.messages("inbound") == []


def test_a_shop_without_its_secret_is_shut(invoke: Invoke, queues: Queues, log: io.StringIO) -> None:
    assert invoke("receive", signed(told("customer_updated__full")))["statusCode"] == 403
    assert '"event":"channel_closed"' in log.getvalue()


@pytest.mark.parametrize("changes", [{"total": "49,90"}, {"customer": {"email": "?"}}], ids=["money", "mail"])
def test_what_breaks_the_contract_becomes_a_conversation_with_the_field_in_the_log(
    invoke: Invoke, secrets: None, policy: None, table: str, queues: Queues, log: io.StringIO, changes: Json
) -> None:
    assert invoke("receive", signed(told("order_updated__of_an_account", **changes)))["statusCode"] == 200
    assert work_off(invoke, queues) == []
    assert len(queues.messages("desk")) == 1
    assert f'"why":"data.{next(iter(changes))}' in log.getvalue().replace('": "', '":"')
    assert MAIL not in log.getvalue()


def test_what_is_no_json_is_kept_for_a_person(
    invoke: Invoke, secrets: None, policy: None, table: str, queues: Queues, bucket: str
) -> None:
    assert invoke("receive", signed(b"id=1&total=49.90"))["statusCode"] == 200
    client: Any = boto3.client("s3")
    kept = [found["Key"] for found in client.list_objects_v2(Bucket=bucket)["Contents"]]
    assert [key.rpartition("/")[0] for key in kept if not key.startswith("policy/")] == ["raw/shop"]
    assert work_off(invoke, queues) == []
    assert len(queues.messages("desk")) == 1


def test_a_parcel_without_its_order_comes_again(
    invoke: Invoke, secrets: None, policy: None, table: str, queues: Queues
) -> None:
    invoke("receive", signed(told("fulfilment_updated__on_its_way")))
    assert work_off(invoke, queues) == ["message-0"]


def test_nothing_of_a_customer_reaches_the_log(
    invoke: Invoke, secrets: None, policy: None, table: str, queues: Queues, log: io.StringIO
) -> None:
    invoke("receive", signed(told("customer_updated__full", "order_updated__of_a_guest")))
    work_off(invoke, queues)
    assert "learnt from the shop" in log.getvalue()
    for private in ("Ana", MAIL, "+34600111222", "emma.clarke", "a-secret-of-the-shop"):
        assert private not in log.getvalue()
