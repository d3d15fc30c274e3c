"""The real thing, built once and run once for all tests that need it. `make tools` brings what it is made with."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from playground.deployment import building
from playground.running import Ports, RunningStack, running_stack

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / ".local" / "test"
"""Beside what `make up` uses, so that a shop may be open while the tests run."""


@pytest.fixture(scope="session")
def tools() -> None:
    for tool in ("sam", "engine"):
        if not (CHECKOUT / ".tools" / tool / ".installed").exists():
            pytest.fail(f".tools/{tool} is missing: `make tools` installs it", pytrace=False)


@pytest.fixture(scope="session")
def built(tools: None) -> Path:
    """The folder that `sam build` made, for this machine's architecture: one folder a function and a layer."""
    with building(CHECKOUT, FOLDER) as build:
        build.finish()
    return build.template.parent


@pytest.fixture(scope="session")
def shop(built: Path) -> Iterator[RunningStack]:
    """The deployed stack, with the outside world around it and an empty inbox. Its logs are in .local/test.

    The shop keeps a holiday: on which day and at what hour the tests run makes no difference to what it answers.
    """
    for old in built.parent.glob("*-*.log"):
        old.unlink()
    with running_stack(CHECKOUT, built.parent, Ports.free()) as stack:
        httpx.post(
            f"{stack.url}/api/shop-time", json={"moment": "holiday"}, timeout=60, trust_env=False
        ).raise_for_status()
        yield stack
