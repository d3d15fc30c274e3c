"""The figure of the simulator is measured on the recorded conversations, each of them read by both policies."""

from io import StringIO

import pytest
from rich.console import Console

from bench import report, simulator


def test_many_conversations_are_made_of_the_recorded_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulator, "CONVERSATIONS", 150)
    measured = simulator.measure()
    assert measured.conversations == 150
    assert 0 < measured.changed < 150  # without the rule for ideas, ideas go elsewhere
    assert measured.milliseconds > 0


def test_the_figure_is_shown_in_seconds() -> None:
    shown = StringIO()
    Console(width=80, file=shown).print(report.simulation_table(simulator.Simulated(10_000, 676, 9_876.0, 12_345.0)))
    assert "10,000 676 9.9 12.3" in " ".join(shown.getvalue().split())
