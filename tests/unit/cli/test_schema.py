"""The JSON Schema that editors check and complete the file with."""

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.policyfile.schema import schema, schema_text
from fakes.policy_files import EXAMPLE, SMALL

PUBLISHED = EXAMPLE.with_name("policy.schema.json")
BROKEN = Path(__file__).parent / "broken"


class Yaml12(yaml.SafeLoader):
    """Reads scalars as editors do: by the core schema of YAML 1.2, in which 10:00 and 2026-12-24 are texts."""


Yaml12.yaml_implicit_resolvers = {}

for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*", "-+0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))

jsonschema: Any = import_module("jsonschema")  # published without types; the template's linter brings it
VALIDATOR = jsonschema.Draft7Validator(schema())


def read(file: Path) -> object:
    return yaml.load(file.read_text(), Yaml12)  # noqa: S506 - it is a safe loader that knows fewer types


def complaints(document: object) -> list[str]:
    return [error.json_path for error in VALIDATOR.iter_errors(document)]


def test_the_published_schema_is_the_current_one() -> None:
    assert PUBLISHED.read_text() == schema_text(), "run `mostrador policy schema > infra/policy/policy.schema.json`"


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(schema())


def test_the_example_names_the_schema_and_is_accepted() -> None:
    assert f"$schema={PUBLISHED.name}" in EXAMPLE.read_text()
    assert complaints(read(EXAMPLE)) == []


@pytest.mark.parametrize(
    "name",
    [
        "misspelt_key",
        "unknown_section",
        "missing_section",
        "missing_key",
        "unknown_channel",
        "unknown_intent_in_rule",
        "no_slack_id",
        "name_in_one_language",
        "no_length_of_time",
        "unknown_priority",
        "no_day",
        "no_date",
    ],
)
def test_an_editor_sees_the_mistake_too(name: str) -> None:
    assert complaints(read(BROKEN / f"{name}.yaml"))


@pytest.mark.parametrize(
    "week",
    [
        {"monday": "10:00-14:00"},
        {"lunes a viernes": "10:00-14:00"},
        {"monday, wednesday": "closed"},
        {"saturday-monday": "22:00-02:00", "holidays": False},
        {"monday-friday": "9:00-14:00", "holidays": "no", "special": {"2026-12-24": "closed"}},
    ],
)
def test_hours_are_accepted_however_they_are_written(week: Mapping[str, Any]) -> None:
    assert complaints({**SMALL, "hours": {"default": week}}) == []


def test_every_section_says_what_it_is_for() -> None:
    sections = schema()["properties"]
    assert [name for name, section in sections.items() if not section.get("description")] == []


def test_keys_are_completed_with_the_words_that_they_know() -> None:
    for word in ("round_robin", "self_service", "complaint", "whatsapp", "urgent", "miércoles", "stand_in"):
        assert f'"{word}"' in schema_text()
