"""Prints the JSON Schema of the shop's events: ``python -m mostrador.shop.schema > docs/connect/shop.schema.json``."""

import json
import sys

import msgspec

from mostrador.shop.documents import ShopEvent


def schema() -> str:
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An event of the shop"}
    return json.dumps(document | msgspec.json.schema(ShopEvent), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
