"""`make bench`: what starts, messages, mails and simulations cost. Figures only; they are kept in .local/bench.json."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress

from bench import comparison, mail, report, simulator
from bench.artefacts import ROOT, Artefacts, find_artefacts
from bench.imports import Starter, Starts
from bench.instructions import Meter, NoMeter, find_meter
from bench.scenarios import Played, play_all
from bench.spine import open_spine

console = Console()


def main() -> None:
    meter = _meter()
    console.print("· building what is measured")
    artefacts = find_artefacts()
    console.print("· playing messages")
    played = _play()
    starts = _starts(artefacts, meter) if meter else None
    console.print("· reading mails")
    mails = mail.measure(Starter(artefacts, meter) if meter else None)
    console.print("· simulating a policy")
    simulated = simulator.measure()
    if starts:
        console.print(report.starts_table(starts))
    console.print(report.messages_table(played), report.mails_table(mails), report.simulation_table(simulated))
    _compare(comparison.figures(starts, played, mails, simulated))


def _meter() -> Meter | None:
    try:
        return find_meter()
    except NoMeter as none:
        console.print(f"[bold]Cold starts are left out:[/bold] {none}")
        return None


def _starts(artefacts: Artefacts, meter: Meter) -> Starts:
    console.print(f"· counting instructions with {meter.name}")
    with Progress(BarColumn(), MofNCompleteColumn(), console=console, transient=True) as progress:
        task = progress.add_task("")
        return Starter(artefacts, meter).measure(lambda done, of: progress.update(task, completed=done, total=of))


def _play() -> Played:
    with open_spine() as spine:
        return play_all(spine)


def _compare(now: comparison.Figures) -> None:
    before = comparison.read()
    comparison.write(now)
    if before:
        console.print(report.changes_table(comparison.changes(before, now)))
    console.print(f"Kept in {comparison.FILE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
