"""The file as its model, and in plain words whatever the model does not take.

An entry with a fault is left out and the others are read on, so that a person hears of everything at once.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cli.policyfile.findings import Findings, Place, meant
from cli.policyfile.reading import SAID
from cli.policyfile.source import Raw

_PLAIN = {
    "string_type": "a text is expected here",
    "list_type": "a list is expected here, such as `[one, another]`, or lines that begin with `-`",
    "tuple_type": "a list is expected here, such as `[one, another]`, or lines that begin with `-`",
    "dict_type": "a section is expected here: lines such as `name: value`, indented",
    "model_type": "a section is expected here: lines such as `name: value`, indented",
    "model_attributes_type": "a section is expected here: lines such as `name: value`, indented",
}
_NOT_UNDERSTOOD = "cannot be understood; see the example for how it is written"


def understood[M: BaseModel](model: type[M], raw: Raw, findings: Findings) -> tuple[M, Mapping[str, list[int]]]:
    """What of the file can be read, and for each list the positions in the file of the entries that are left.

    ``model`` must be able to stand without anything.
    """
    document: dict[str, Any] = dict(raw) if isinstance(raw, dict) else {}
    kept = {name: list(range(len(entries))) for name, entries in document.items() if isinstance(entries, list)}
    while True:
        try:
            return model.model_validate(document), kept
        except ValidationError as error:
            details = error.errors(include_url=False)
            for each in details:
                _tell(model, each, kept, findings)
            _leave_out(document, kept, {_entry(model, each) for each in details})


def _entry(model: type[BaseModel], error: ErrorDetails) -> Place:
    """What has to go: one entry of a section that has entries, else all of it."""
    section = str(error["loc"][0])
    field = model.model_fields.get(section)
    return error["loc"][:2] if field and get_origin(field.annotation) in {dict, list} else (section,)


def _leave_out(document: dict[str, Any], kept: dict[str, list[int]], places: set[Place]) -> None:
    """The faulty entries, or the whole section where it has none."""
    for section, *entry in sorted(places, key=str, reverse=True):
        entries = document.get(str(section))
        if entry and isinstance(entries, dict) and entry[0] in entries:
            document[str(section)] = {name: value for name, value in entries.items() if name != entry[0]}
        elif entry and isinstance(entries, list) and isinstance(entry[0], int):
            _leave_position(document, kept, str(section), entry[0])
        else:
            document.pop(str(section), None)


def _leave_position(document: dict[str, Any], kept: dict[str, list[int]], section: str, at: int) -> None:
    document[section] = [entry for number, entry in enumerate(document[section]) if number != at]
    del kept[section][at]


def _tell(model: type[BaseModel], error: ErrorDetails, kept: Mapping[str, list[int]], findings: Findings) -> None:
    loc = tuple(part for part in error["loc"] if part != "[key]")
    place = in_file(loc, kept)
    if error["type"] == "missing":
        findings.fault(place[:-1], f"`{place[-1]}` is missing{_said_about(model, loc)}")
    elif error["type"] == "extra_forbidden":
        findings.fault(place, f"is not known here; {meant(str(loc[-1]), known_at(model, loc[:-1]))}")
    elif error["input"] is None:
        findings.fault(place, "nothing is said here; say it, or leave the line out")
    else:
        findings.fault(place, error["msg"] if error["type"] == SAID else _PLAIN.get(error["type"], _NOT_UNDERSTOOD))


def in_file(place: Place, kept: Mapping[str, list[int]]) -> Place:
    """The place in the file of a place in what is left of it."""
    if len(place) > 1 and place[0] in kept and isinstance(place[1], int):
        return (place[0], kept[str(place[0])][place[1]], *place[2:])
    return place


def known_at(model: type[BaseModel], place: Place) -> tuple[str, ...]:
    """What may stand in the section at this place, by the schema of the file."""
    return tuple(_schema_at(model, place).get("properties", ()))


def _said_about(model: type[BaseModel], place: Place) -> str:
    description = _schema_at(model, place).get("description", "")
    return f": {in_passing(description)}" if description else ""


def in_passing(description: str) -> str:
    """A description as the end of a sentence."""
    return description[0].lower() + description[1:].rstrip(".")


def _schema_at(model: type[BaseModel], place: Place) -> dict[str, Any]:
    schema = _schema(model)
    at: dict[str, Any] = schema
    for part in place:
        at = next(_inside(at, part, schema["$defs"]), {})
    return _resolved(at, schema["$defs"])


def _inside(at: dict[str, Any], part: str | int, definitions: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for choice in at.get("anyOf", (at,)):
        resolved = _resolved(choice, definitions)
        inner = resolved.get("properties", {}).get(part)
        inner = inner or resolved.get("items" if isinstance(part, int) else "additionalProperties")
        if inner:
            yield inner


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    for choice in schema.get("anyOf", (schema,)):
        if "$ref" in choice:
            return {
                **definitions[choice["$ref"].rpartition("/")[2]],
                **{k: v for k, v in schema.items() if k == "description"},
            }
    return schema


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    return {"$defs": {}, **schema}
