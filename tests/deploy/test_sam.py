"""SAM CLI's own commands, which a team types: they accept the template, and make of it what `make up` makes."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.fixtures import CHECKOUT
from playground.deployment import build_environment
from playground.running import NAME, RunningStack, parameters

ANOTHER = "by-hand"
"""A second stack beside the shop's, with secrets of its own."""


def sam(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - SAM CLI by its full path
        [str(CHECKOUT / ".tools/sam/bin/sam"), *arguments],
        cwd=CHECKOUT,
        env=build_environment(CHECKOUT) | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def resources(shop: RunningStack, stack: str) -> dict[str, str]:
    with shop.engine.client("cloudformation") as cloudformation:
        listed = cloudformation.list_stack_resources(StackName=stack)
    # The transform puts a digest of where the archive lies behind a layer's name.
    return {
        re.sub(r"(?<=Layer)[0-9a-f]{10}$", "", each["LogicalResourceId"]): each["ResourceType"]
        for each in listed["StackResourceSummaries"]
    }


@pytest.fixture
def deployed_by_sam(shop: RunningStack, built: Path) -> Iterator[str]:
    """The name of a stack that `sam deploy` made with this checkout's samconfig.toml."""
    values = parameters(shop.url, shop.engine.endpoint) | {"SecretsPrefix": ANOTHER}
    done = sam(
        "deploy",
        # SAM looks for it beside the template, which is the built one here.
        "--config-file", str(CHECKOUT / "samconfig.toml"),
        "--template-file", str(built / "template.yaml"),
        "--stack-name", ANOTHER,
        "--no-confirm-changeset",
        "--parameter-overrides", *(f"{name}={value}" for name, value in values.items()),
        **shop.engine.environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    yield ANOTHER
    with shop.engine.client("cloudformation") as cloudformation:
        cloudformation.delete_stack(StackName=ANOTHER)


@pytest.mark.usefixtures("tools")
def test_sam_finds_the_template_valid() -> None:
    done = sam("validate", "--lint", AWS_DEFAULT_REGION="eu-west-1")

    assert done.returncode == 0, done.stdout + done.stderr


def test_sam_deploys_the_very_resources_that_the_local_run_deploys(shop: RunningStack, deployed_by_sam: str) -> None:
    assert resources(shop, deployed_by_sam) == resources(shop, NAME)
    assert len(resources(shop, NAME)) > 50
