"""The JSON Schema that is published says what the code says."""

import copy
from importlib import import_module
from typing import Any

import msgspec
import pytest

from mostrador.domain.shop import OrderStatus
from mostrador.shop.documents import EVENTS
from mostrador.shop.schema import schema
from unit.shop.payloads import NAMES, ROOT, payload

jsonschema: Any = import_module("jsonschema")  # published without types; the template's linter brings it
PUBLISHED = ROOT / "docs/connect/shop.schema.json"
MANUAL = ROOT / "docs/connect/shop.md"
UNKNOWN = "cart_abandoned__of_no_interest"


@pytest.fixture(scope="module")
def validator() -> Any:
    document = msgspec.json.decode(PUBLISHED.read_bytes())
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)


def test_the_published_schema_is_up_to_date() -> None:
    assert PUBLISHED.read_text() == schema(), "python -m mostrador.shop.schema > docs/connect/shop.schema.json"


@pytest.mark.parametrize("name", [name for name in NAMES if name != UNKNOWN])
def test_a_recorded_event_keeps_to_the_schema(validator: Any, name: str) -> None:
    assert list(validator.iter_errors(payload(name))) == []


def test_the_schema_refuses_what_is_refused_when_it_is_read(validator: Any) -> None:
    wrong = copy.deepcopy(payload("order_updated__of_an_account"))
    wrong["data"]["total"] = "49,90"
    assert not validator.is_valid(wrong)


@pytest.mark.parametrize("word", [*EVENTS, *OrderStatus])
def test_the_manual_speaks_of_every_event_and_state(word: str) -> None:
    assert f"`{word}`" in MANUAL.read_text()


@pytest.mark.parametrize("kind", EVENTS.values(), ids=list(EVENTS))
def test_the_manual_speaks_of_every_field(kind: type[Any]) -> None:
    manual = MANUAL.read_text()
    (data,) = [field.type for field in msgspec.structs.fields(kind) if field.name == "data"]
    assert [field.name for field in msgspec.structs.fields(data) if f"`{field.name}`" not in manual] == []
