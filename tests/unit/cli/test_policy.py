"""The policy from a terminal: a broken file never replaces a working one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import boto3
import pytest
from botocore.exceptions import ClientError
from typer.testing import CliRunner, Result

from cli import policy_commands
from cli.main import app
from cli.policy import Stack, push, put_in_force, roll_back
from cli.policyfile.read import BrokenPolicy
from cli.stack import NoStack, find_stack
from fakes.conversations import a_conversation
from fakes.policy_files import EXAMPLE, SMALL, checked, written
from mostrador.domain.changes import Create
from mostrador.domain.conversation import State
from mostrador.policy.model import PolicyError
from mostrador.store.blobs import S3Blobs
from mostrador.store.inbox import DynamoInbox
from mostrador.store.policies import StoredPolicy

type Mostrador = Callable[..., Result]


def stored(bucket: str) -> StoredPolicy:
    return StoredPolicy(S3Blobs(boto3.client("s3"), bucket))


@pytest.fixture
def mostrador(table: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Mostrador:
    """The command, in an account with one stack, called ``mostrador``."""
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    monkeypatch.setattr(policy_commands, "find_stack", {"mostrador": Stack(table, bucket)}.__getitem__)
    return lambda *arguments: CliRunner().invoke(app, ["policy", *map(str, arguments)])


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# check


def test_the_example_is_in_order(mostrador: Mostrador) -> None:
    result = mostrador("check", EXAMPLE)
    assert result.exit_code == 0
    for said in ("La Tinaja", "Mayorista", "Marta Vidal", "10:00-14:00", "21 hours", "Inmaculada"):
        assert said in result.output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"shop: [", "policy.yaml:2: fault: "),
        (b"- a\n- b\n", "not a list"),
        (b"\xff\xfe", "not UTF-8"),
        (b"shop: {name: X}", "`language` is missing"),
    ],
    ids=["broken YAML", "a list", "not text", "half a policy"],
)
def test_a_broken_file_is_refused_in_words(mostrador: Mostrador, tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "policy.yaml"
    file.write_bytes(content + b"\n")
    result = mostrador("check", file)
    assert result.exit_code == 1
    assert says in result.output


def test_a_file_that_is_not_there_is_said_so(mostrador: Mostrador, tmp_path: Path) -> None:
    result = mostrador("check", tmp_path / "none.yaml")
    assert result.exit_code == 1
    assert "none.yaml" in result.output
    assert "no such file" in result.output


def test_warnings_stop_only_those_who_ask_for_it(mostrador: Mostrador, tmp_path: Path) -> None:
    idle = {**SMALL["promises"], "chat": {"first": "3m", "next": "2m"}}
    file = written(tmp_path, promises=idle)
    assert mostrador("check", file).exit_code == 0
    assert mostrador("check", "--strict", file).exit_code == 1


def test_a_quiet_check_says_nothing_of_a_file_in_order(mostrador: Mostrador, tmp_path: Path) -> None:
    assert mostrador("check", "--quiet", written(tmp_path)).output == ""


def test_a_machine_reads_what_is_wrong(mostrador: Mostrador, tmp_path: Path) -> None:
    file = written(tmp_path, holidays={"country": "XX"})
    result = mostrador("check", "--json", file)
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (report["in_order"], report["version"]) == (False, None)
    (finding,) = report["findings"]
    assert (finding["severity"], finding["place"], finding["path"]) == ("fault", "holidays.country", str(file))
    assert finding["line"] == file.read_text().splitlines().index("  country: XX") + 1
    assert printed(mostrador("check", "--json", EXAMPLE))["in_order"]


# push, history, rollback


def test_a_pushed_policy_is_the_one_in_force(table: str, bucket: str) -> None:
    pushed = push(EXAMPLE, table_name=table, bucket_name=bucket)
    assert stored(bucket).current() == pushed
    english = push(EXAMPLE, table_name=table, bucket_name=bucket, language="en")
    assert stored(bucket).current().language == "en"
    assert english.version != pushed.version


def test_a_broken_policy_leaves_the_one_in_force(table: str, bucket: str, tmp_path: Path) -> None:
    pushed = push(EXAMPLE, table_name=table, bucket_name=bucket)
    broken = tmp_path / "policy.yaml"
    broken.write_text("shop: {name: X}\n")
    with pytest.raises(BrokenPolicy):
        push(broken, table_name=table, bucket_name=bucket)
    assert stored(bucket).current() == pushed


def test_a_refused_push_says_that_nothing_was_changed(mostrador: Mostrador, bucket: str, tmp_path: Path) -> None:
    mostrador("push", EXAMPLE)
    result = mostrador("push", written(tmp_path, queues={}))
    assert result.exit_code == 1
    assert "Nothing was changed." in result.output
    assert stored(bucket).current().queues.keys() >= {"default", "wholesale"}


def test_what_aws_refuses_is_told_without_a_traceback(
    mostrador: Mostrador, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_commands, "find_stack", lambda _name: Stack(table, "no-such-bucket"))
    result = mostrador("push", EXAMPLE)
    assert result.exit_code == 1
    assert "AWS did not do it: " in result.output
    assert "NoSuchBucket" in result.output


def test_the_same_version_twice_changes_nothing(mostrador: Mostrador) -> None:
    assert "is in force. Functions follow" in mostrador("push", EXAMPLE).output
    assert "in force already: nothing was changed" in mostrador("push", EXAMPLE).output
    assert len(printed(mostrador("history", "--json"))) == 1


def test_the_history_tells_who_and_why(mostrador: Mostrador, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_commands, "whoever_runs_this", lambda: "Marta Vidal")
    mostrador("push", written(tmp_path), "-m", "two hours for everybody")
    mostrador("push", EXAMPLE, "-m", "August")
    newest, oldest = printed(mostrador("history", "--json"))
    assert (newest["number"], newest["note"], newest["who"]) == (2, "August", "Marta Vidal")
    assert (oldest["number"], oldest["note"]) == (1, "two hours for everybody")
    table = mostrador("history").output
    assert table.index("August") < table.index("two hours")


def test_a_rollback_puts_an_earlier_version_in_force(mostrador: Mostrador, bucket: str, tmp_path: Path) -> None:
    mostrador("push", written(tmp_path))
    mostrador("push", EXAMPLE)
    first = printed(mostrador("history", "--json"))[1]["version"]
    assert f"Version {first} is in force" in mostrador("rollback", first[:6]).output
    assert stored(bucket).current().version == first
    newest, *_ = printed(mostrador("history", "--json"))
    assert (newest["number"], newest["version"], newest["note"]) == (3, first, "back to number 1")
    assert "in force already" in mostrador("rollback", first).output


@pytest.mark.parametrize("version", ["nothing", ""])
def test_a_rollback_to_an_unknown_version_is_refused(mostrador: Mostrador, bucket: str, version: str) -> None:
    mostrador("push", EXAMPLE)
    before = stored(bucket).current().version
    result = mostrador("rollback", version)
    assert result.exit_code == 1
    assert "mostrador policy history" in result.output
    assert stored(bucket).current().version == before


def test_what_is_in_force_is_shown_as_it_was_written(mostrador: Mostrador) -> None:
    assert "no policy is in force yet" in mostrador("show").output
    mostrador("push", EXAMPLE)
    assert mostrador("show", "--file").stdout.strip() == EXAMPLE.read_text().strip()
    assert printed(mostrador("show", "--json"))["shop_name"] == "La Tinaja"
    assert "Mayoristas" in mostrador("show").output


# the conversations that are open


def opened(inbox: DynamoInbox, conversation_id: str, queue: str, state: State = State.OPEN) -> None:
    inbox.commit(Create(a_conversation(1.0, id=conversation_id, state=state, queue=queue)))


@pytest.fixture
def clocks(aws: None) -> str:
    return str(boto3.client("sqs").create_queue(QueueName="clocks")["QueueUrl"])


def waiting(clocks: str) -> set[str]:
    client: Any = boto3.client("sqs")
    answer = client.receive_message(QueueUrl=clocks, MaxNumberOfMessages=10)
    return {json.loads(message["Body"])["conversation"] for message in answer.get("Messages", ())}


def test_a_new_policy_has_every_open_conversation_looked_at(
    table: str, bucket: str, clocks: str, tmp_path: Path
) -> None:
    stack, inbox = Stack(table, bucket, clocks), DynamoInbox(table)
    orders = {"name": "Pedidos", "slack": "C0PEDIDOS", "agents": ["marta"], "lead": "marta"}
    put_in_force(checked(tmp_path, queues={**SMALL["queues"], "orders": orders}), stack)
    for conversation_id, queue in (("one", "default"), ("two", "default"), ("three", "orders")):
        opened(inbox, conversation_id, queue)
    opened(inbox, "closed", "default", State.CLOSED)
    done = put_in_force(checked(tmp_path), stack)
    assert done.looked_at_again == 3
    assert waiting(clocks) == {"one", "two", "three"}  # also those of a queue that is gone
    assert put_in_force(checked(tmp_path), stack).looked_at_again == 0
    assert roll_back(stack.versions().history()[-1].version, stack).looked_at_again == 3


def test_without_the_queue_of_clocks_nothing_is_looked_at(table: str, bucket: str, tmp_path: Path) -> None:
    opened(DynamoInbox(table), "one", "default")
    assert put_in_force(checked(tmp_path), Stack(table, bucket)).looked_at_again == 0


def test_what_an_older_program_pushed_does_not_stop_a_push(table: str, bucket: str, tmp_path: Path) -> None:
    stack = Stack(table, bucket)
    first = put_in_force(checked(tmp_path), stack).policy.version
    boto3.client("s3").put_object(Bucket=bucket, Key=f"policy/{first}.json", Body=b'{"desk": {}}')
    put_in_force(checked(tmp_path, shop={"name": "Otra", "language": "es"}), stack)
    assert stored(bucket).current().shop_name == "Otra"
    with pytest.raises(PolicyError, match="not understood by this version"):
        roll_back(first, stack)


# the stack


class CloudFormation:
    """As much of it as is asked: the outputs of two stacks."""

    outputs: ClassVar = {
        "mostrador": {"TableName": "inbox", "BucketName": "files", "ClocksQueueUrl": "https://sqs.example/clocks"},
        "website": {"Url": "https://latinaja.example"},
    }

    def describe_stacks(self, StackName: str) -> Any:  # noqa: N803 - the name that AWS gives it
        if StackName not in self.outputs:
            message = f"Stack with id {StackName} does not exist"
            raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks")
        known = self.outputs[StackName].items()
        return {"Stacks": [{"Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in known]}]}


@pytest.fixture
def cloudformation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "client", lambda _service: CloudFormation())


def test_a_stack_is_found_by_its_name(cloudformation: None) -> None:
    assert find_stack("mostrador") == Stack("inbox", "files", "https://sqs.example/clocks")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("other", "the stack `other` cannot be looked at: Stack with id other does not exist"),
        ("website", "the stack `website` has no output 'TableName': is it one of Mostrador's?"),
    ],
)
def test_a_stack_that_is_not_ours_is_said_so(cloudformation: None, name: str, says: str) -> None:
    with pytest.raises(NoStack) as error:
        find_stack(name)
    assert str(error.value) == says


def test_whoever_names_no_region_is_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with pytest.raises(NoStack, match="AWS_DEFAULT_REGION=eu-west-1"):
        find_stack("mostrador")
