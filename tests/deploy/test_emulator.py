"""The built functions under AWS's own runtime interface client and emulator, against the deployed stack."""

import importlib.util
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.artefacts import FUNCTIONS, search_path
from deploy.fixtures import CHECKOUT
from playground.processes import free_port, running
from playground.running import RunningStack

CLIENT = ("awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py")
"""The packages of the runtime interface client, which Lambda's own image holds beside Python."""
INVOCATIONS = "2015-03-31/functions/function/invocations"


def status(code: int) -> Callable[[Any], bool]:
    return lambda answer: isinstance(answer, dict) and answer.get("statusCode") == code


def failed_record(answer: Any) -> bool:
    return bool(answer == {"batchItemFailures": [{"itemIdentifier": "1"}]})


def nothing(answer: Any) -> bool:
    return answer is None


EXPECTED: dict[str, Callable[[Any], bool]] = {
    "receive": status(404),  # no such provider
    "slack": status(401),  # nobody signed
    "receive_mail": nothing,  # what SES puts into the bucket when a rule is made is no mail
    "tick": nothing,
    "chat": status(403),  # another shop's page
    "voice": status(403),  # nobody signed
    "web": status(404),  # no such page
    # A record that a function cannot read: it has to say which it was, and not fall.
    **dict.fromkeys(("ingest", "notify", "act", "release", "deliver", "clocks"), failed_record),
}


def event_for(function: str) -> dict[str, Any]:
    """The same that docs/sam-local.md offers for `sam local invoke`."""
    found: dict[str, Any] = json.loads((CHECKOUT / "infra/sam-local/events" / f"{function}.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def runtime_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client by itself: the environment that it is installed in holds every library of the tests."""
    folder = tmp_path_factory.mktemp("runtime-client")
    for name in CLIENT:
        found = importlib.util.find_spec(name)
        if found and found.origin:
            origin = Path(found.origin)
            home = origin.parent if found.submodule_search_locations else origin
            (folder / home.name).symlink_to(home)
    return folder


def emulator() -> Path:
    """It comes with SAM CLI."""
    architecture = "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"
    [found] = CHECKOUT.glob(f".tools/sam/lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{architecture}")
    return found


@contextmanager
def emulated(built: Path, function: str, runtime_client: Path, variables: dict[str, str], log: Path) -> Iterator[str]:
    """The URL that invokes ``function``."""
    door, inner = free_port(), free_port()
    environment = {
        **variables,
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join([*search_path(built, function), str(runtime_client)]),
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "30",
    }
    command = [
        str(emulator()),
        "--runtime-interface-emulator-address", f"127.0.0.1:{door}",
        "--runtime-api-address", f"127.0.0.1:{inner}",
        sys.executable, "-S", "-B", "-m", "awslambdaric", "app.handler",
    ]  # fmt: skip
    with running("the emulator", command, log, environment) as program:
        program.wait_until(lambda: _listens(door), patience=10)
        yield f"http://127.0.0.1:{door}/{INVOCATIONS}"


def _listens(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=1, trust_env=False)
    except httpx.TransportError:
        return False
    return True


def variables_of(shop: RunningStack, function: str) -> dict[str, str]:
    name = f"mostrador-{function.replace('_', '-')}"
    with shop.engine.client("lambda") as functions:
        found: dict[str, str] = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    return found | shop.engine.environment() | {"AWS_REGION": "eu-west-1", "AWS_LAMBDA_FUNCTION_NAME": name}


@pytest.mark.skipif(sys.platform != "linux", reason="the emulator is a Linux program")
@pytest.mark.parametrize("function", FUNCTIONS)
def test_built_function_answers_under_the_real_runtime_client(
    built: Path, shop: RunningStack, runtime_client: Path, tmp_path: Path, function: str
) -> None:
    log = tmp_path / "emulator.log"

    with emulated(built, function, runtime_client, variables_of(shop, function), log) as url:
        answer = httpx.post(url, json=event_for(function), timeout=30, trust_env=False).json()

    assert EXPECTED[function](answer), f"{answer}\n{log.read_text()}"
