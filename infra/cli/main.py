"""``mostrador``: the commands."""

import typer

from cli.policy_commands import policy

app = typer.Typer(no_args_is_help=True, help="What a team does to its deployed counter from a terminal.")
app.add_typer(policy, name="policy")


@app.callback()
def main() -> None:
    """What a team does to its deployed counter from a terminal."""
