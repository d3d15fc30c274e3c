"""What is written down of a run, and in what the next one differs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.artefacts import LOCAL
from bench.imports import Starts
from bench.mail import Reading
from bench.scenarios import Played
from bench.simulator import Simulated
from bench.totals import as_figures

FILE = LOCAL / "bench.json"
WORTH_TELLING = 0.01
"""A change by a smaller share is not told."""

type Figures = Mapping[str, Any]
"""Nested: names, with numbers or texts at the ends."""


def figures(starts: Starts | None, played: Played, mails: Mapping[str, Reading], simulated: Simulated) -> Figures:
    return {
        "imports": asdict(starts) if starts else {},
        "messages": {name: as_figures(steps) for name, steps in played.items()},
        "mails": {name: asdict(reading) for name, reading in mails.items()},
        "simulation": asdict(simulated),
    }


def read(file: Path = FILE) -> Figures:
    """Those of the run before; empty where there was none."""
    before: Figures = json.loads(file.read_text()) if file.exists() else {}
    return before


def write(now: Figures, file: Path = FILE) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n")


def changes(before: Figures, now: Figures) -> Iterator[tuple[str, float, float]]:
    """The numbers that are not what they were, by their path. Times are left out: they are never what they were."""
    old, new = dict(_numbers(_comparable(before, now))), dict(_numbers(_comparable(now, before)))
    for path in sorted(old.keys() | new.keys()):
        was, is_now = old.get(path, 0), new.get(path, 0)
        if "milliseconds" not in path and abs(is_now - was) > WORTH_TELLING * max(was, is_now):
            yield path, was, is_now


def _comparable(figures: Figures, others: Figures) -> Figures:
    """What both runs have; of messages their sums, and of instructions those of one meter and one kind of code."""
    ours, theirs = figures.get("imports", {}), others.get("imports", {})
    same = all(ours.get(name) == theirs.get(name) for name in ("meter", "artefacts"))
    played = {name: sums for name, sums in figures.get("messages", {}).items() if name in others.get("messages", {})}
    sums = {name: {what: figure for what, figure in each.items() if what != "steps"} for name, each in played.items()}
    return {"imports": ours if same else {}, "messages": sums, "mails": figures.get("mails", {}) if same else {}}


def _numbers(part: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(part, Mapping):
        for name, below in part.items():
            yield from _numbers(below, f"{path} > {name}" if path else name)
    elif isinstance(part, int | float):
        yield path, part
