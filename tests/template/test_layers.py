"""What the layer of libraries is built from is what the lock says."""

import re
import tomllib
from typing import Any

from template.model import CHECKOUT

LEFT_OUT = {"aiohttp", "aiohttp-retry", "robust-downloader"}
"""Only twilio's asynchronous client imports the first two; the last fetches a model that nobody asks for."""


def locked() -> dict[str, dict[str, Any]]:
    lock = tomllib.loads((CHECKOUT / "uv.lock").read_text(encoding="utf-8"))
    return {package["name"]: package for package in lock["package"]}


def needed() -> dict[str, dict[str, Any]]:
    """The libraries of the functions with all that those need, on Linux."""
    packages, found = locked(), dict[str, dict[str, Any]]()
    waiting = [dependency["name"] for dependency in packages["mostrador"]["dependencies"]]
    while waiting:
        name = waiting.pop()
        if name in found or name in LEFT_OUT:
            continue
        found[name] = packages[name]
        dependencies = packages[name].get("dependencies", [])
        waiting += [each["name"] for each in dependencies if "win32" not in each.get("marker", "")]
    return found


def pinned() -> dict[str, tuple[str, set[str]]]:
    """Name, version and hashes of every requirement."""
    text = (CHECKOUT / "layers/dependencies/requirements.txt").read_text(encoding="utf-8")
    blocks = re.findall(r"^(\S+)==(\S+)([^\n]*(?:\n[ ]+[^\n]*)*)", text, re.MULTILINE)
    return {name: (version, set(re.findall(r"sha256:\w+", rest))) for name, version, rest in blocks}


def test_requirements_of_the_layer_are_what_is_locked() -> None:
    assert {name: version for name, (version, _) in pinned().items()} == {
        name: package["version"] for name, package in needed().items()
    }, "run `make layers/dependencies/requirements.txt`"


def test_requirements_of_the_layer_are_pinned_by_the_locked_hashes() -> None:
    packages = locked()
    for name, (_, hashes) in pinned().items():
        files = [*packages[name].get("wheels", []), packages[name].get("sdist", {})]
        assert hashes, name
        assert hashes <= {file["hash"] for file in files if file}, name
