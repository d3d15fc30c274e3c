"""What DynamoDB would charge for a request, from the items that were there before it and are there after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.units import Index, Item, index_units, item_size, read_units, write_units

type Json = Mapping[str, Any]

TABLE_KEYS = ("pk", "sk")


@dataclass(frozen=True)
class Charge:
    table_units: int = 0
    index_units: int = 0
    """Indexes are written once, whether or not the item was written in a transaction."""
    read_units: float = 0.0


@dataclass(frozen=True)
class Pending:
    """A request that is under way."""

    operation: str
    body: Json
    written: Sequence[tuple[Json, Item | None]]
    """The keys that it writes to, and what is there until then."""


class Table:
    """Looks at items with a client of its own, which nobody counts."""

    def __init__(self, client: Any, name: str, definition: Json) -> None:
        self._client = client
        self._name = name
        self._indexes = [_index(index) for index in definition["GlobalSecondaryIndexes"]]

    def begin(self, operation: str, body: Json) -> Pending:
        written = [(key, self._item(key)) for key in written_keys(operation, body)]
        return Pending(operation, body, written)

    def settle(self, pending: Pending, answer: Json) -> Charge:
        if pending.operation == "BatchGetItem":
            return Charge(read_units=self._read_in_batch(pending.body["RequestItems"][self._name], answer))
        if not pending.written:
            found = answer.get("Items") or ([answer["Item"]] if "Item" in answer else [])
            consistent = bool(pending.body.get("ConsistentRead"))
            return Charge(read_units=read_units(sum(map(item_size, found)), consistent=consistent))
        pairs = [(before, self._item(key)) for key, before in pending.written]
        times = 2 if pending.operation == "TransactWriteItems" else 1
        return Charge(
            table_units=times * sum(write_units(before, after) for before, after in pairs),
            index_units=sum(self._moved(before, after) for before, after in pairs),
        )

    def _read_in_batch(self, asked: Json, answer: Json) -> float:
        """Each item by itself, one that is not there as well."""
        consistent = bool(asked.get("ConsistentRead"))
        sizes = [item_size(item) for item in answer["Responses"].get(self._name, ())]
        missing = [0] * (len(asked["Keys"]) - len(sizes))
        return sum(read_units(size, consistent=consistent) for size in (*sizes, *missing))

    def _item(self, key: Json) -> Item | None:
        item: Item | None = self._client.get_item(TableName=self._name, Key=key).get("Item")
        return item

    def _moved(self, before: Item | None, after: Item | None) -> int:
        entries = [(index.entry(before, TABLE_KEYS), index.entry(after, TABLE_KEYS)) for index in self._indexes]
        return sum(index_units(old, new) for old, new in entries)


def written_keys(operation: str, body: Json) -> list[Json]:
    """Raises ValueError for an operation that nobody has thought about here."""
    match operation:
        case "GetItem" | "BatchGetItem" | "Query":
            return []
        case "PutItem":
            return [{name: body["Item"][name] for name in TABLE_KEYS}]
        case "UpdateItem" | "DeleteItem" | "ConditionCheck":
            return [body["Key"]]
        case "TransactWriteItems":
            actions = [action for item in body["TransactItems"] for action in item.items()]
            return [key for kind, fields in actions for key in written_keys(_OPERATIONS[kind], fields)]
        case _:
            raise ValueError(f"what {operation} costs is not known here")


_OPERATIONS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheck",
}


def _index(definition: Json) -> Index:
    if definition["Projection"] != {"ProjectionType": "KEYS_ONLY"}:
        raise ValueError(f"{definition['IndexName']} holds more than keys")
    partition, order = (key["AttributeName"] for key in definition["KeySchema"])
    return Index((partition, order))
