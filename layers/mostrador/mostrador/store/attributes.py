"""Attributes that hold a whole value of the domain, as JSON."""

from typing import Any

import msgspec
from pynamodb.attributes import Attribute
from pynamodb.constants import STRING


class DocumentAttribute[T](Attribute[T]):
    """A data class, or a mapping or tuple of them. What a newer version has added to it is left out when it is read."""

    attr_type = STRING

    def __init__(self, kind: Any, **options: Any) -> None:
        """``kind`` is T as a type that msgspec can read, such as ``Routing`` or ``dict[Clock, float]``."""
        super().__init__(**options)
        self._kind = kind

    def serialize(self, value: T) -> str:
        return msgspec.json.encode(value).decode()

    def deserialize(self, value: str) -> T:
        document: T = msgspec.json.decode(value, type=self._kind)
        return document
