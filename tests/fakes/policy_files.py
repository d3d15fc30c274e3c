"""A small policy that has no fault, to be changed by a test."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from cli.policyfile.read import Checked, read_policy

EXAMPLE = Path(__file__).parents[2] / "infra/policy/policy.yaml"
TODAY = date(2026, 11, 22)

SMALL: Mapping[str, Any] = {
    "shop": {"name": "La Tinaja", "language": "es"},
    "hours": {"default": {"monday-friday": "10:00-14:00, 17:00-20:00"}},
    "agents": {"marta": {"slack": "U0MARTA", "name": "Marta Vidal"}},
    "queues": {"default": {"name": "Atención", "slack": "C0ATENCION", "agents": ["marta"], "lead": "marta"}},
    "segments": [{"id": "all", "name": {"es": "Todos", "en": "Everybody"}, "attention": "personal"}],
    "promises": {"default": {"first": "2h", "next": "2h"}},
}


def written(folder: Path, **sections: Any) -> Path:
    file = folder / "policy.yaml"
    file.write_text(yaml.safe_dump({**SMALL, **sections}, allow_unicode=True, sort_keys=False))
    return file


def checked(folder: Path, **sections: Any) -> Checked:
    return read_policy(written(folder, **sections), today=TODAY)
