"""How a text of the file becomes a value of its model, or an error in plain words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class NotUnderstood(ValueError):
    """``str()`` says what is wrong and what would be right."""


SAID = "said"
"""The type of the errors that are worded here already."""


def wrong(what: str) -> PydanticCustomError:
    return PydanticCustomError(SAID, "{what}", {"what": what})


def as_text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise wrong("a text is expected here")
    return value.strip()


@dataclass(frozen=True, slots=True)
class Written[T]:
    """Marks a type that is read from a text. What ``read`` raises as NotUnderstood is worded for the person already."""

    read: Callable[[str], T]
    json_schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validate)

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.json_schema)

    def validate(self, value: object) -> T:
        try:
            return self.read(as_text(value))
        except NotUnderstood as error:
            raise wrong(str(error)) from error


class _Listed:
    """Of one alone, the brackets may be left out."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.listed, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        items = handler(core)["items"]
        return {"anyOf": [items, {"type": "array", "items": items, "minItems": 1}]}

    @staticmethod
    def listed(value: object) -> object:
        if value in (None, [], ""):
            raise wrong("at least one is expected here, such as `[one, another]`; or leave the line out")
        return [value] if isinstance(value, str) else value


T = TypeVar("T")
ListOf = Annotated[tuple[T, ...], _Listed()]
