"""`make up`: the whole shop on this machine. Engine, real template, outside world, and a story under way.

Nothing outlives this program, however it ends: whatever it starts runs under guard (guard.py).
"""

import os
import signal
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.markup import escape

from playground.config import WHATSAPP_PROVIDERS, WhatsappProvider
from playground.processes import StartFailed, is_free
from playground.running import Ports, RunningStack, running_stack

CHECKOUT = Path(__file__).parents[2]
LOGGED_LINES = 15
"""How much of a log is shown when something could not be started; its path is shown with it."""


class Steps:
    """Says what is being done and, once it is, how long it took."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()

    @contextmanager
    def __call__(self, doing: str) -> Iterator[None]:
        began = time.monotonic()
        with self._console.status(doing):
            yield
        self._console.print(f"  [green]✓[/] {doing} [dim]{time.monotonic() - began:.1f} s[/]")

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began


def chosen_ports() -> Ports:
    """From PORT and ENGINE_PORT. Raises StartFailed with what to type when one of them is taken."""
    try:
        ports = Ports(int(os.environ.get("PORT", "4600")), int(os.environ.get("ENGINE_PORT", "4566")))
    except ValueError as error:
        raise StartFailed("PORT and ENGINE_PORT are numbers, as in `make up PORT=4700`") from error
    for name, port in (("PORT", ports.playground), ("ENGINE_PORT", ports.engine)):
        if not is_free(port):
            raise StartFailed(
                f"Port {port} is in use, perhaps by another `make up`. Stop that, or choose another port: "
                f"`make up {name}={port + 100}`"
            )
    return ports


def chosen_whatsapp() -> WhatsappProvider:
    """From WHATSAPP. Raises StartFailed for whoever carries no WhatsApp."""
    chosen = os.environ.get("WHATSAPP", "twilio")
    for provider in WHATSAPP_PROVIDERS:
        if chosen == provider:
            return provider
    raise StartFailed(
        f"WHATSAPP says who carries WhatsApp, twilio or meta, and not {chosen!r}: `make up WHATSAPP=meta`"
    )


def has_browser() -> bool:
    """Whether opening a page would open it for a person: not on a build machine, not in somebody's terminal."""
    if os.environ.get("MOSTRADOR_NO_BROWSER") or os.environ.get("CI"):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def welcome(console: Console, stack: RunningStack, seconds: float) -> None:
    console.print(f"\n  The shop is open after {seconds:.0f} seconds:  [bold cyan]{stack.url}[/]")
    console.print(f"  [dim]The engine answers at {stack.engine.endpoint}; logs are in {stack.logs}[/]", soft_wrap=True)
    console.print("  [dim]Ctrl-C stops everything.[/]\n")


def explain(console: Console, failure: StartFailed) -> None:
    console.print(f"\n  [red]✗[/] {escape(str(failure))}", soft_wrap=True)
    if failure.log and failure.log.exists():
        lines = failure.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOGGED_LINES:]
        for line in lines:
            console.print(f"    [dim]{escape(line)}[/]", soft_wrap=True)
        console.print(f"  The whole log: {failure.log}. `make clean` starts from nothing.", soft_wrap=True)


def leave(number: int, _frame: object) -> NoReturn:
    """Unwinds everything; 128 and the signal is what shells expect of a program that one has ended."""
    sys.exit(128 + number)


def stay_open(stack: RunningStack) -> NoReturn:
    """Until a signal comes, or until something that has to run has ended. Raises StartFailed for that."""
    while True:
        for program in stack.programs:
            if not program.running:
                raise StartFailed(f"{program.name} has ended", program.log)
        time.sleep(0.5)


def run(console: Console) -> NoReturn:
    steps = Steps(console)
    ports, whatsapp = chosen_ports(), chosen_whatsapp()
    with running_stack(CHECKOUT, CHECKOUT / ".local", ports, steps, whatsapp=whatsapp) as stack:
        with steps("Letting the first shoppers in"):
            stack.tell_story()
        welcome(console, stack, steps.elapsed)
        if has_browser():
            webbrowser.open(stack.url)
        try:
            stay_open(stack)
        finally:
            console.print("  Closing the shop.")


def main() -> int:
    console = Console(highlight=False)
    # Ctrl-C too: where this was started in the background, Python would otherwise not listen to it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    try:
        run(console)
    except StartFailed as failure:
        explain(console, failure)
        return 1


if __name__ == "__main__":
    sys.exit(main())
