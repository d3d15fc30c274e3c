"""What `sam build` made, run with nothing else on the path: no virtual environment, no checkout."""

import subprocess
import sys
from pathlib import Path

LAYERS = ("DependenciesLayer", "MostradorLayer")
FUNCTIONS = (
    "receive",
    "receive_mail",
    "ingest",
    "notify",
    "slack",
    "act",
    "release",
    "deliver",
    "tick",
    "clocks",
    "chat",
    "voice",
    "web",
)


def folder_of(built: Path, function: str) -> Path:
    return built / f"{function.title().replace('_', '')}Function"


def search_path(built: Path, function: str) -> list[str]:
    """In Lambda's order: the function, then the layers."""
    return [str(folder_of(built, function)), *(str(built / layer / "python") for layer in LAYERS)]


def run(built: Path, function: str, code: str) -> subprocess.CompletedProcess[str]:
    """``code`` on a bare Python 3.13 with the artefacts of ``function`` alone, warnings on, no variable set."""
    prelude = f"import sys; sys.path[:0] = {search_path(built, function)!r}\n"
    return subprocess.run(  # noqa: S603 - this interpreter, and code written in these tests
        [sys.executable, "-I", "-S", "-B", "-c", prelude + code], env={}, capture_output=True, text=True, check=False
    )
