"""``mostrador chat-script``: the chat's one file, and the tag that puts it on a page."""

from pathlib import Path
from typing import Annotated

import typer

from cli.chat_script import chat_script
from cli.stack import NoStack, stack_outputs

SCRIPT = Path("mostrador-chat.js")
REFUSED = 1

File = Annotated[Path, typer.Argument(help="Where the script is written.")]
StackName = Annotated[str, typer.Option("--stack", help="The CloudFormation stack that `sam deploy` made.")]


def write_chat_script(file: File = SCRIPT, stack: StackName = "mostrador") -> None:
    """Write the chat's script for the shop's site, and say the tag that belongs on its pages."""
    try:
        url = _chat_url(stack)
    except NoStack as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from error
    file.write_text(chat_script(), encoding="utf-8")
    typer.echo(f"{file} is for your site. Where the chat is wanted, before </body>:\n")
    typer.echo(f'<script src="/{file.name}" data-url="{url}" async></script>')


def _chat_url(stack: str) -> str:
    """Raises NoStack."""
    if url := stack_outputs(stack).get("ChatUrl"):
        return url
    raise NoStack(f"the stack `{stack}` has no output `ChatUrl`: is it one of Mostrador's, and a recent one?")
