"""What `make` does to the policy, and when."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("target", "steps"),
    [
        ("deploy", ["mostrador policy check", "sam build", "sam deploy", "mostrador policy push"]),
        ("up", ["mostrador policy check", "playground.up"]),
    ],
)
def test_a_broken_policy_is_found_before_anything_is_built(target: str, steps: list[str]) -> None:
    command = ["make", "--dry-run", target, "SAM=sam"]
    planned = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own
    places = [planned.index(step) for step in steps]
    assert places == sorted(places)
