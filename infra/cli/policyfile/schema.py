"""The JSON Schema of the policy file: editors complete keys with it, say what each is for, and check while one types.

Draft 7, because that is what the YAML extensions of editors read.
"""

import json
from typing import Any

from cli.policyfile.document import PolicyFile

DRAFT = "http://json-schema.org/draft-07/schema#"


def schema() -> dict[str, Any]:
    generated = _tidy(PolicyFile.model_json_schema())
    return {"$schema": DRAFT, "title": "Mostrador policy", **generated, "required": list(PolicyFile.REQUIRED)}


def schema_text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _tidy(schema: Any) -> Any:
    """Without the titles, which are the names of fields with a capital letter, and without null: who has nothing to say
    leaves the line out."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _tidy(value) for name, value in schema.items() if not _is_noise(name, value)}
    if "patternProperties" in kept:
        kept.setdefault("additionalProperties", False)
    choices = kept.get("anyOf", ())
    return {**choices[0], **{name: kept[name] for name in kept if name != "anyOf"}} if len(choices) == 1 else kept


def _is_noise(name: str, value: object) -> bool:
    return (name == "title" and isinstance(value, str)) or (
        name == "default" and (not value or isinstance(value, dict))
    )
