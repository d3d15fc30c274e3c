"""What the shop's system sends, from the recorded files."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests/payloads/shop"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def payload(name: str, /, **changes: Any) -> dict[str, Any]:
    """A recorded event; the changes are to its data."""
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    document["data"].update(changes)
    return document
