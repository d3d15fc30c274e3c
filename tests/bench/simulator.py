"""How long it takes to decide many past conversations again, by two policies."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from bench.artefacts import ROOT
from cli.policyfile.read import read_policy
from cli.recordings import read_recordings
from mostrador.policy.model import Policy
from mostrador.policy.recorded import Recorded
from mostrador.policy.simulator import compare
from mostrador.selfservice.fixed import fixed_answer

CONVERSATIONS = 10_000
APART = 61.0
"""Seconds between two of them: in all a week, with its nights."""


@dataclass(frozen=True)
class Simulated:
    conversations: int
    changed: int
    milliseconds: float
    """Of processor time, in this process: noisy on a busy machine."""
    elapsed_milliseconds: float


def measure(recorded: Path = ROOT / "tests/recorded", policy: Path = ROOT / "infra/policy/policy.yaml") -> Simulated:
    """The dearest case: no language is known beforehand, and the words differ, so that every text is read twice."""
    before = read_policy(policy).policy
    past = list(_past(recorded))
    begun, begun_by_the_clock = time.process_time(), time.perf_counter()
    report = compare(before, _edited(before), past, fixed_answer)
    return Simulated(
        conversations=report.read,
        changed=len(report.moved),
        milliseconds=round((time.process_time() - begun) * 1000),
        elapsed_milliseconds=round((time.perf_counter() - begun_by_the_clock) * 1000),
    )


def _edited(policy: Policy) -> Policy:
    return replace(policy, rules=policy.rules[1:], intents=policy.intents[:-1])


def _past(folder: Path) -> Iterator[Recorded]:
    for number, recorded in enumerate(islice(cycle(read_recordings(folder)), CONVERSATIONS)):
        yield replace(recorded, id=str(number), at=recorded.at + number * APART, language="")
