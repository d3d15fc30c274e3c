"""``mostrador``: the commands."""

import typer

from cli.chat_commands import write_chat_script
from cli.policy_commands import policy
from cli.simulate import record, simulate

app = typer.Typer(no_args_is_help=True, help="What a team does to its deployed counter from a terminal.")
app.add_typer(policy, name="policy")
policy.command()(simulate)
policy.command()(record)
app.command("chat-script")(write_chat_script)


@app.callback()
def main() -> None:
    """What a team does to its deployed counter from a terminal."""
