"""``mostrador policy``: the shop's rules, checked, put to work, and taken back."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException
from rich.console import Console

from cli import policy as policies
from cli.policy_report import findings_as_json, show_findings, show_history, show_policy
from cli.policyfile.checks.slack import directory_from_environment
from cli.policyfile.findings import Finding
from cli.policyfile.read import BrokenPolicy, Checked, read_policy
from cli.policyfile.schema import schema_text
from cli.stack import NoStack, find_stack, whoever_runs_this
from mostrador.domain.errors import Conflict
from mostrador.policy.model import Policy, PolicyError
from mostrador.store.policies import encode_policy

policy = typer.Typer(no_args_is_help=True, help="The shop's rules: check them, put them to work, take them back.")

POLICY_FILE = Path("infra/policy/policy.yaml")
REFUSED = 1

File = Annotated[Path, typer.Argument(help="The policy file.")]
StackName = Annotated[str, typer.Option("--stack", help="The CloudFormation stack that `sam deploy` made.")]
Note = Annotated[str, typer.Option("--note", "-m", help="Why: a line for the history.")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]
Version = Annotated[str, typer.Argument(help="The id of a version, or the beginning of it.")]


@policy.command()
def check(
    file: File = POLICY_FILE,
    *,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for faults.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")] = False,
) -> None:
    """Say everything that is wrong with a policy file, and what it promises. Touches nothing."""
    try:
        checked = read_policy(file, slack=directory_from_environment())
    except BrokenPolicy as error:
        _tell(file, error.faults + error.warnings, None, as_json=as_json)
        raise typer.Exit(REFUSED) from error
    if as_json or not quiet:
        _tell(file, checked.warnings, checked.policy, as_json=as_json)
    if strict and checked.warnings:
        raise typer.Exit(REFUSED)


@policy.command()
def push(file: File = POLICY_FILE, stack: StackName = "mostrador", note: Note = "", *, as_json: AsJson = False) -> None:
    """Make a policy file the one in force. A file with a fault changes nothing."""
    with _refusals():
        checked = _read(file)
        done = policies.put_in_force(checked, find_stack(stack), who=whoever_runs_this(), note=note)
    _tell_done(done, as_json=as_json)


@policy.command()
def history(stack: StackName = "mostrador", limit: int = 20, *, as_json: AsJson = False) -> None:
    """List the policies that were put in force, the newest first."""
    with _refusals():
        lines = find_stack(stack).versions().history(limit)
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines]))
    else:
        show_history(Console(highlight=False), lines)


@policy.command()
def rollback(version: Version, stack: StackName = "mostrador", note: Note = "", *, as_json: AsJson = False) -> None:
    """Put an earlier version in force again."""
    with _refusals():
        done = policies.roll_back(version, find_stack(stack), who=whoever_runs_this(), note=note)
    _tell_done(done, as_json=as_json)


@policy.command()
def show(
    version: Annotated[str, typer.Argument(help="The id of a version; the one in force where it is left out.")] = "",
    stack: StackName = "mostrador",
    *,
    file: Annotated[bool, typer.Option("--file", help="The file as it was written.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what the shop promises now, or promised then."""
    with _refusals():
        versions = find_stack(stack).versions()
        line = versions.find(version) if version else versions.in_force()
        if line is None:
            raise PolicyError("no policy is in force yet; `mostrador policy push` puts one in force")
        written, shown = (versions.written(line.version) if file else ""), versions.policy(line.version)
    if file or as_json:
        typer.echo(written if file else encode_policy(shown).decode())
    else:
        show_policy(Console(highlight=False), shown, time.time())


@policy.command()
def schema() -> None:
    """Print the JSON Schema with which an editor completes and checks the file."""
    typer.echo(schema_text(), nl=False)


def _read(file: Path) -> Checked:
    """Raises BrokenPolicy; warnings are told, and stop nobody."""
    checked = read_policy(file, slack=directory_from_environment())
    show_findings(Console(stderr=True, highlight=False), checked.warnings)
    return checked


@contextmanager
def _refusals() -> Iterator[None]:
    """Turns what a person can mend into words and an exit code."""
    console = Console(stderr=True, highlight=False)
    try:
        yield
    except BrokenPolicy as error:
        show_findings(console, error.faults + error.warnings)
        console.print("[red]Nothing was changed.[/]")
        raise typer.Exit(REFUSED) from error
    except (PolicyError, NoStack, Conflict) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(REFUSED) from error
    except (BotoCoreError, ClientError, PynamoDBException) as error:
        console.print(f"AWS did not do it: {error}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(REFUSED) from error


def _tell(file: Path, findings: list[Finding], found: Policy | None, *, as_json: bool) -> None:
    if as_json:
        version = found.version if found else None
        report = {"file": str(file), "in_order": found is not None, "version": version}
        typer.echo(json.dumps(report | {"findings": findings_as_json(findings)}, ensure_ascii=False))
        return
    show_findings(Console(stderr=True, highlight=False), findings)
    if found:
        console = Console(highlight=False)
        console.print(f"[green]✓[/] {file} is in order: {found.shop_name}, version {found.version}", soft_wrap=True)
        show_policy(console, found, time.time())


def _tell_done(done: policies.Done, *, as_json: bool) -> None:
    if as_json:
        line = asdict(done.line) if done.line else None
        typer.echo(
            json.dumps({"version": done.policy.version, "put_in_force": line, "looked_at": done.looked_at_again})
        )
    elif done.line is None:
        typer.echo(f"Version {done.policy.version} is in force already: nothing was changed.")
    else:
        typer.echo(f"Version {done.policy.version} is in force. Functions follow within half a minute.")
        if done.looked_at_again:
            typer.echo(f"The promises of {done.looked_at_again} open conversations are counted anew.")
