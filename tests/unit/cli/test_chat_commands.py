"""``mostrador chat-script``, as a team types it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import chat_commands, main
from cli.chat_script import chat_script
from cli.stack import NoStack

URL = "wss://a1b2c3.execute-api.eu-west-1.amazonaws.com/live"
OUTPUTS = {"mostrador": {"ChatUrl": URL}, "another": {"Url": "https://latinaja.example"}}


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    def outputs(name: str) -> dict[str, str]:
        if name not in OUTPUTS:
            raise NoStack(f"the stack `{name}` cannot be looked at: it does not exist")
        return OUTPUTS[name]

    monkeypatch.setattr(chat_commands, "stack_outputs", outputs)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main.app, ["chat-script", *map(str, arguments)])


def test_script_and_tag_are_there_to_be_put_on_the_page(tmp_path: Path) -> None:
    file = tmp_path / "chat.js"
    done = run(file)
    assert done.exit_code == 0
    assert f'<script src="/chat.js" data-url="{URL}" async></script>' in done.stdout
    assert file.read_text() == chat_script()


@pytest.mark.parametrize(
    ("stack", "says"),
    [
        ("nobody", "the stack `nobody` cannot be looked at: it does not exist"),
        ("another", "the stack `another` has no output `ChatUrl`"),
    ],
)
def test_stack_without_a_chat_is_said_so_and_nothing_is_written(tmp_path: Path, stack: str, says: str) -> None:
    done = run(tmp_path / "chat.js", "--stack", stack)
    assert done.exit_code == 1
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []
