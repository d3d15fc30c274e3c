"""`mostrador policy simulate` and `record`: what a manager sees, what a review reads, and what is refused."""

import json
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import main, simulate
from cli.policy import Stack, push
from cli.recordings import read_recordings
from fakes.conversations import a_conversation
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Customer, Direction, Message
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Address
from mostrador.domain.shop import Profile
from mostrador.store.inbox import DynamoInbox

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "infra/policy/policy.yaml"
RECORDED = ROOT / "tests/recorded"
TEXT = "¿Cuándo llega mi pedido?"


def run(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "120"}).invoke(main.app, ["policy", *map(str, arguments)])


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """Only who has bought five times is a regular, and complaints go to the wholesalers' queue."""
    for part in ("intents.yaml", "examples.jsonl", "protocols"):
        (tmp_path / part).symlink_to(EXAMPLE.parent / part)
    written = EXAMPLE.read_text().replace("orders_at_least: 3,", "orders_at_least: 5,")
    written = written.replace("then: { priority: urgent,", "then: { queue: wholesale, priority: urgent,")
    (tmp_path / "policy.yaml").write_text(written)
    return tmp_path / "policy.yaml"


@pytest.fixture
def stack(table: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """A counter with the example policy in force."""
    push(EXAMPLE, table_name=table, bucket_name=bucket)
    found = Stack(table, bucket)
    monkeypatch.setattr(simulate, "find_stack", {"mostrador": found}.__getitem__)
    return found


def conversation_of(number: int, *, days_ago: float = 1.0, customer_id: str = "cus0") -> list[Create]:
    at = time.time() - days_ago * 86_400
    visitor = Address("email", f"visitor{number}@correo.example")
    conversation = a_conversation(at, id=new_id(at), address=visitor, customer_id=customer_id, subject="Pedido")
    return [Create(conversation), Create(Message(conversation.id, 1, Direction.INBOUND, TEXT, at))]


def fill(stack: Stack) -> None:
    """Three conversations of a regular, one of a visitor, and one of long ago."""
    inbox = DynamoInbox(stack.table)
    now = time.time()
    ana = Customer("ana", "Ana Molina", now, profile=Profile("1", tags=("ana molina",)), orders=4, last_order_at=now)
    inbox.commit(Create(ana))
    stories = [conversation_of(number, customer_id="ana") for number in range(3)]
    for story in (*stories, conversation_of(3), conversation_of(4, days_ago=40)):
        inbox.commit(*story)


# What a manager sees


def test_a_manager_sees_how_many_change_where_they_go_and_which_rule_did_it(edited: Path) -> None:
    result = run("simulate", edited, "--against", EXAMPLE, "--recorded", RECORDED / "regulars.jsonl")
    assert result.exit_code == 0
    assert "6 conversations were decided again: 5 of them (83.3%) would be treated differently." in result.stdout
    assert "the segment “Cliente habitual” changes 5" in result.stdout
    assert "segment: Cliente habitual → Ya ha comprado  5" in result.stdout
    assert "priority: high → normal  5" in result.stdout
    assert TEXT in result.stdout
    assert "and 2 more" in result.stdout


def test_a_rule_that_moves_conversations_is_named_with_the_queues_by_name(edited: Path) -> None:
    result = run("simulate", edited, "--against", EXAMPLE, "--recorded", RECORDED / "comments.jsonl")
    assert "the rule “complaints” changes 1" in result.stdout
    assert "queue: Atención → Mayoristas  1" in result.stdout
    assert "Mayoristas" in result.stdout


def test_the_same_file_changes_nothing() -> None:
    result = run("simulate", EXAMPLE, "--against", EXAMPLE, "--recorded", RECORDED / "chat.jsonl", "--fail-on-change")
    assert result.exit_code == 0
    assert "8 conversations were decided again: nothing would be different." in result.stdout


def test_no_conversations_are_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    result = run("simulate", EXAMPLE, "--against", EXAMPLE, "--recorded", tmp_path / "empty.jsonl")
    assert (result.exit_code, result.stdout) == (0, "There are no conversations to decide again.\n")


def test_what_a_customer_wrote_commands_no_terminal(edited: Path, tmp_path: Path) -> None:
    line = json.loads((RECORDED / "regulars.jsonl").read_text().splitlines()[0])
    line["text"] = "\x1b[31mrojo\x1b[0m [bold]fuerte[/bold] \u202eoderi\r\n" + "x" * 500
    file = tmp_path / "hostile.jsonl"
    file.write_text(json.dumps(line))
    shown = run("simulate", edited, "--against", EXAMPLE, "--recorded", file).stdout
    assert "[31mrojo [0m [bold]fuerte[/bold]" in shown
    assert not {"\x1b", "\u202e", "\r"} & set(shown)
    assert "x" * 60 not in shown


# What a review reads


def test_a_review_reads_json_without_a_word_of_a_customer(edited: Path) -> None:
    recorded = RECORDED / "comments.jsonl"
    result = run("simulate", edited, "--against", EXAMPLE, "--recorded", recorded, "--json")
    report = json.loads(result.stdout)
    assert (report["read"], report["changed"]) == (7, 2)
    assert report["causes"] == {"rule:complaints": 1, "segment:recurring": 1}
    assert report["totals"]["queue"] == {
        "default": {"before": 6, "after": 5},
        "ideas": {"before": 1, "after": 1},
        "wholesale": {"before": 0, "after": 1},
    }
    (moved,) = (each for each in report["conversations"] if each["cause"] == "rule:complaints")
    assert moved["id"] == "comments: anger in public"
    assert moved["at"] == "2026-11-24T11:30:00+00:00"
    because = ["default", "complaints"]
    assert moved["changes"] == {"queue": {"before": "default", "after": "wholesale", "because": because}}
    assert not any(words.text and words.text in result.stdout for words in read_recordings(recorded))


@pytest.mark.parametrize(("flag", "code"), [("--fail-on-change", 2), ("--no-fail-on-change", 0)])
def test_a_review_can_ask_to_fail_where_something_changes(edited: Path, flag: str, code: int) -> None:
    arguments = ("--against", EXAMPLE, "--recorded", RECORDED / "regulars.jsonl", flag)
    assert run("simulate", edited, *arguments).exit_code == code


# What is stored


def test_stored_conversations_are_compared_with_the_policy_in_force(stack: Stack, edited: Path) -> None:
    fill(stack)
    report = json.loads(run("simulate", edited, "--json").stdout)
    assert (report["read"], report["causes"]) == (4, {"segment:recurring": 3})
    assert json.loads(run("simulate", edited, "--json", "--since", "8w").stdout)["read"] == 5


def test_recorded_conversations_are_replayed_as_the_stored_ones_were(
    stack: Stack, edited: Path, tmp_path: Path
) -> None:
    fill(stack)
    file = tmp_path / "past.jsonl"
    assert run("record", file).stdout == f"4 conversations are in {file}.\n"
    assert TEXT in file.read_text()
    assert run("simulate", edited, "--json").stdout == run("simulate", edited, "--json", "--recorded", file).stdout


def test_a_record_without_names_decides_the_same_and_tells_nobody(stack: Stack, edited: Path, tmp_path: Path) -> None:
    fill(stack)
    bare, whole = tmp_path / "bare.jsonl", tmp_path / "whole.jsonl"
    run("record", bare, "--anonymous")
    run("record", whole)
    assert not any(word in bare.read_text() for word in (TEXT, "Pedido", "correo.example", "ana molina"))
    changed = [json.loads(run("simulate", edited, "--json", "--recorded", file).stdout) for file in (bare, whole)]
    assert changed[0]["causes"] == changed[1]["causes"]


def test_a_record_is_for_its_owners_eyes_alone(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "past.jsonl"
    file.write_text("old")
    file.chmod(0o644)
    run("record", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == ""


def test_holidays_from_before_the_policy_in_force_are_those_of_the_new_one(stack: Stack) -> None:
    policy = simulate._in_force("mostrador")  # noqa: SLF001 - the command shows it only in January
    first = min(policy.holidays)
    new = replace(policy, holidays={"2001-01-01": "Año Nuevo", first: "otra", "2999-01-01": "Año Nuevo"})
    assert simulate._in_force("mostrador", new).holidays == {"2001-01-01": "Año Nuevo", **policy.holidays}  # noqa: SLF001


# What is refused


def test_a_broken_policy_is_refused_as_check_refuses_it(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(EXAMPLE.read_text().replace("queue: ideas,", "queue: idees,"))
    result = run("simulate", file, "--against", EXAMPLE, "--recorded", RECORDED / "chat.jsonl")
    assert result.exit_code == 1
    assert "idees" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--recorded", "none.jsonl"), "none.jsonl: No such file"),
        (("--since", "a month"), "write such as 12h, 30d or 8w"),
    ],
)
def test_what_cannot_be_read_is_said_so(arguments: tuple[str, ...], says: str) -> None:
    result = run("simulate", EXAMPLE, *arguments)
    assert result.exit_code == 1
    assert says in result.stderr


def test_without_a_policy_in_force_a_file_is_asked_for(
    table: str, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulate, "find_stack", lambda _: Stack(table, bucket))
    result = run("simulate", EXAMPLE)
    assert result.exit_code == 1
    assert "compare with a file (--against)" in result.stderr
