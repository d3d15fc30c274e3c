"""With a token, the channels and the people of a policy are looked up."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cli.policyfile.checks.slack import NobodyThere, SlackDirectory, directory_from_environment
from cli.policyfile.read import BrokenPolicy, read_policy
from fakes.policy_files import TODAY, written
from fakes.provider import Provider, running_provider

CHANNEL = {"id": "C0ATENCION", "name": "atencion", "is_archived": False, "is_member": True}
MARTA = {"id": "U0MARTA", "name": "marta", "real_name": "Marta Vidal", "deleted": False, "is_bot": False}


@dataclass
class Workspace:
    """Implements ``Directory``."""

    channels: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {"C0ATENCION": CHANNEL})
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {"U0MARTA": MARTA})

    def channel(self, desk_id: str) -> Mapping[str, Any] | None:
        return self.channels.get(desk_id)

    def person(self, desk_id: str) -> Mapping[str, Any] | None:
        return self.people.get(desk_id)


@pytest.fixture
def slack() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


def test_what_slack_knows_is_in_order(tmp_path: Path) -> None:
    assert read_policy(written(tmp_path), today=TODAY, slack=Workspace()).warnings == []


@pytest.mark.parametrize(
    ("workspace", "says"),
    [
        (Workspace(channels={}), "queues.default.slack: Slack knows no channel `C0ATENCION`"),
        (Workspace(people={}), "agents.marta.slack: Slack knows nobody with the id `U0MARTA`"),
        (Workspace(channels={"C0ATENCION": {**CHANNEL, "is_archived": True}}), "the channel #atencion is archived"),
        (Workspace(people={"U0MARTA": {**MARTA, "deleted": True}}), "Marta Vidal has no account in Slack any more"),
        (Workspace(people={"U0MARTA": {**MARTA, "is_bot": True}}), "Marta Vidal is an app"),
    ],
    ids=["no channel", "nobody", "archived", "gone", "an app"],
)
def test_what_slack_does_not_know_is_a_fault(tmp_path: Path, workspace: Workspace, says: str) -> None:
    with pytest.raises(BrokenPolicy) as broken:
        read_policy(written(tmp_path), today=TODAY, slack=workspace)
    assert says in str(broken.value)
    assert len(broken.value.faults) == 1


def test_an_app_that_was_not_invited_is_a_warning(tmp_path: Path) -> None:
    outside = Workspace(channels={"C0ATENCION": {**CHANNEL, "is_member": False}})
    (warning,) = read_policy(written(tmp_path), today=TODAY, slack=outside).warnings
    assert warning.what == "the app is not in #atencion yet: type `/invite @Mostrador` there"


def answer(provider: Provider, method: str, **content: Any) -> None:
    provider.on(f"/api/{method}", 200, json.dumps(content).encode(), content_type="application/json")


def test_slack_is_asked_with_the_token_of_the_environment(slack: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_API_URL", f"{slack.url}/api/")
    answer(slack, "conversations.info", ok=True, channel=CHANNEL)
    answer(slack, "users.info", ok=True, user=MARTA)
    directory = directory_from_environment()
    assert directory is not None
    assert directory.channel("C0ATENCION") == CHANNEL
    assert directory.person("U0MARTA") == MARTA
    assert {call.headers["authorization"] for call in slack.calls} == {"Bearer xoxb-1"}
    assert b"C0ATENCION" in slack.calls[0].body + slack.calls[0].path.encode()


def test_nobody_is_asked_without_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    assert directory_from_environment() is None


@pytest.mark.parametrize(
    ("method", "code"), [("conversations.info", "channel_not_found"), ("users.info", "user_not_found")]
)
def test_unknown_ids_are_none(slack: Provider, method: str, code: str) -> None:
    answer(slack, method, ok=False, error=code)
    directory = SlackDirectory("xoxb-1", f"{slack.url}/api/")
    asked = directory.channel if method == "conversations.info" else directory.person
    assert asked("X") is None


def test_a_token_that_is_refused_stops_nobody(slack: Provider, tmp_path: Path) -> None:
    answer(slack, "conversations.info", ok=False, error="invalid_auth")
    directory = SlackDirectory("xoxb-1", f"{slack.url}/api/")
    with pytest.raises(NobodyThere, match="invalid_auth"):
        directory.channel("C0ATENCION")
    (warning,) = read_policy(written(tmp_path), today=TODAY, slack=directory).warnings
    assert "Slack could not be asked" in warning.what


def test_a_slack_that_does_not_answer_stops_nobody(tmp_path: Path) -> None:
    with running_provider() as gone:
        url = gone.url
    (warning,) = read_policy(written(tmp_path), today=TODAY, slack=SlackDirectory("xoxb-1", f"{url}/api/")).warnings
    assert "Slack could not be asked" in warning.what
