"""The functions behind the queues: partial batches, the policy that is missing, the timers."""

import io
import json
import time
from typing import Any

import boto3
import pytest

from functions.conftest import Invoke, Json, Queues, sqs_event
from mostrador.domain.messages import ProviderEvent
from mostrador.store.queues import encode_event

NOW = 1_780_000_000.0


def sms(sid: str, sender: str = "+34600333444", **fields: str) -> str:
    payload = {
        "MessageSid": sid,
        "From": sender,
        "To": "+34910000000",
        "Body": "Hola",
        "NumMedia": "0",
        "AccountSid": "AC1",
        **fields,
    }
    return json.dumps(encode_event(ProviderEvent("sms", sid, sender, payload, NOW)))


def test_a_text_becomes_a_message_in_the_table_and_a_wake_up(
    invoke: Invoke, secrets: None, policy: None, queues: Queues, table: str
) -> None:
    assert invoke("ingest", sqs_event(sms("SM1"))) == {"batchItemFailures": []}
    (wake,) = queues.messages("desk")
    key = {"pk": {"S": f"CON#{wake['conversation']}"}, "sk": {"S": "MSG#00000001"}}
    stored = boto3.client("dynamodb").get_item(TableName=table, Key=key)["Item"]
    assert stored["text"]["S"] == "Hola"


def test_without_a_policy_messages_wait_and_the_log_says_what_to_do(
    invoke: Invoke, secrets: None, table: str, bucket: str, log: io.StringIO
) -> None:
    answer = invoke("ingest", sqs_event(sms("SM1")))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert "mostrador policy push" in log.getvalue()


def grouped(*records: tuple[str, str]) -> Json:
    event = sqs_event(*(body for _, body in records))
    for record, (group, _) in zip(event["Records"], records, strict=True):
        record["attributes"]["MessageGroupId"] = group
    return event


def test_a_failing_record_holds_up_its_own_group_alone(invoke: Invoke, secrets: None, policy: None) -> None:
    broken = json.dumps({"channel": "sms"})
    answer: Any = invoke("ingest", grouped(("a", broken), ("b", sms("SM1")), ("a", sms("SM2", "+34600111222"))))
    failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
    assert failed == ["message-0", "message-2"]


def test_what_is_soon_over_is_asked_for_again_soon(
    invoke: Invoke, secrets: None, policy: None, queues: Queues, log: io.StringIO
) -> None:
    client: Any = boto3.client("sqs")
    mail = ProviderEvent("email", "ses-1", "ana", {"key": "mail/not-there-yet", "mail": {}, "receipt": {}}, NOW)
    body = json.dumps(encode_event(mail))
    url = queues.urls["inbound"]
    client.send_message(QueueUrl=url, MessageBody=body, MessageGroupId="g", MessageDeduplicationId="1")
    (received,) = client.receive_message(QueueUrl=url, VisibilityTimeout=360)["Messages"]
    event = sqs_event(body)
    arn = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    event["Records"][0] |= {"receiptHandle": received["ReceiptHandle"], "eventSourceARN": arn}
    assert invoke("ingest", event) == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert "not hastened" not in log.getvalue()


def lines(log: io.StringIO) -> list[Json]:
    return [json.loads(line) for line in log.getvalue().splitlines() if line.startswith("{")]


@pytest.mark.parametrize(("deliveries", "seconds"), [(1, 60), (2, 60), (4, None)])
def test_a_planned_wait_is_one_warning_that_says_why_and_for_how_long(
    invoke: Invoke,
    secrets: None,
    policy: None,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    deliveries: int,
    seconds: int | None,
) -> None:
    monkeypatch.setenv("CHANNELS", "phone")
    sender = {"Direction": "inbound", "From": "+34600111222"}
    over = {"what": "status", "CallSid": "CA1", "CallStatus": "completed", **sender}
    call = ProviderEvent("phone", "CA1:completed", "CA1:completed", over, time.time())
    event = sqs_event(json.dumps(encode_event(call)))
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(deliveries)
    assert invoke("ingest", event) == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    (waits,) = [line for line in lines(log) if line["message"].startswith("record")]
    assert (waits["level"], waits["message"], waits.get("seconds")) == ("WARNING", "record waits", seconds)
    assert (waits["why"], waits["receive_count"]) == ("whoever hung up may have left a message", str(deliveries))
    assert "Traceback" not in log.getvalue()


def test_a_failure_that_nobody_planned_is_an_error_with_its_traceback(
    invoke: Invoke, secrets: None, policy: None, log: io.StringIO
) -> None:
    invoke("ingest", sqs_event(json.dumps({"channel": "sms"})))
    (failed,) = [line for line in lines(log) if line["message"].startswith("record")]
    assert (failed["level"], failed["message"]) == ("ERROR", "record failed")
    assert "Traceback" in failed["exception"]


def test_nothing_is_begun_when_half_of_the_time_is_gone(
    invoke: Invoke, secrets: None, policy: None, queues: Queues
) -> None:
    event = grouped(("a", sms("SM1")), ("b", sms("SM2", "+34600111222")))
    answer = invoke("ingest", event, remaining=[60_000, 60_000, 29_000])
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert len(queues.messages("desk")) == 1


def whatsapp(number: int, **names: str) -> str:
    message = {"id": f"wamid.{number}", "type": "text", "text": {"body": "Hola"}, **names}
    event = ProviderEvent("whatsapp", f"wamid.{number}", "sender", {"message": message}, NOW + number)
    return json.dumps(encode_event(event))


def test_whoever_whatsapp_calls_by_two_names_has_one_conversation(
    invoke: Invoke, secrets: None, policy: None, queues: Queues
) -> None:
    number, scoped = {"from": "34600111222"}, {"from_user_id": "ES.13491208655302741918"}
    for place, names in enumerate((scoped, number | scoped, number), start=1):
        invoke("ingest", sqs_event(whatsapp(place, **names)))
    assert len({wake["conversation"] for wake in queues.messages("desk")}) == 1


def test_the_end_of_a_hold_moves_the_wake_up_to_the_ordered_queue(invoke: Invoke, queues: Queues) -> None:
    assert invoke("release", sqs_event('{"conversation": "c1"}')) == {"batchItemFailures": []}
    assert queues.messages("deliver") == [{"conversation": "c1"}]


def test_tick_announces_what_the_desk_did_not_show(
    invoke: Invoke, secrets: None, policy: None, queues: Queues, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: NOW)
    invoke("ingest", sqs_event(sms("SM1")))
    queues.messages("desk")
    monkeypatch.setattr("time.time", lambda: NOW + 61)
    invoke("tick", {})
    assert len(queues.messages("desk")) == 1


def test_no_text_reaches_the_log(invoke: Invoke, secrets: None, policy: None, log: io.StringIO) -> None:
    invoke("ingest", sqs_event(sms("SM1", Body="mi tarjeta es 4111"), json.dumps({"channel": "sms"})))
    assert "message stored" in log.getvalue()
    assert "4111" not in log.getvalue()
    assert "+34600333444" not in log.getvalue()
