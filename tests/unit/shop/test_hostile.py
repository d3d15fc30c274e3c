"""Whatever stands in a signed request, the shop's events are read, ignored, or set aside: nothing else is raised."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mostrador.channels.registry import ChannelSettings
from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import Ignored
from mostrador.domain.shop import Product, Profile
from mostrador.domain.webhooks import WebhookRequest
from mostrador.shop.reading import read
from mostrador.shop.told import OrderTold, PartTold, StockTold
from mostrador.shop.webhook import ShopWebhook
from unit.shop.payloads import NAMES, payload

NOW = 1_795_341_600.0
KNOWN = (Ignored, OrderTold, PartTold, Product, Profile, StockTold)
WEBHOOK = ShopWebhook(ChannelSettings("https://api.example.com", lambda _: {}))

STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [
        "x" * 1_000_000, "9" * 5_000, "\ud800", "\0", "\u202e", "", " ", "-0", "1e999999", "NaN", "٣", "https://[",
        "https://", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2026-02-30T00:00:00Z",
        "2026-11-22T10:00:60Z", "a@b", "+" * 40, "+999999999999999", 10**400, -(10**400), 1e308, float("nan"),
        float("inf"), -0.0, True, None, [], {}, [[[[]]]], {"$ref": "#"}, 0, -1, 2**63,
    ]
)  # fmt: skip
SCALARS = STRANGE | st.text(max_size=30) | st.integers() | st.floats() | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def mutilated(data: Any, draw: st.DrawFn) -> Any:
    """One place of a document holds something else."""
    if isinstance(data, dict) and data and draw(st.integers(0, 3)):
        field = draw(st.sampled_from(sorted(data)))
        return data | {field: mutilated(data[field], draw)}
    if isinstance(data, list) and data and draw(st.booleans()):
        return [mutilated(data[0], draw), *data[1:]]
    return draw(VALUES)


@st.composite
def documents(draw: st.DrawFn) -> Any:
    event = payload(draw(st.sampled_from(NAMES)))
    for _ in range(draw(st.integers(1, 3))):
        event = mutilated(event, draw)
    return event


def take(body: bytes) -> None:
    """As receive and ingest do."""
    with suppress(Unreadable):
        for event in WEBHOOK.split(WebhookRequest("POST", "", {}, body, NOW)):
            assert event.event_id
            assert event.sender
            understand(event.payload)


def understand(told: dict[str, Any]) -> None:
    """What is set aside is set aside with a sentence, however long what was wrong is."""
    try:
        found: object = read(json.loads(json.dumps(told)), NOW)
    except Unreadable as fault:
        found = fault
    assert isinstance(found, (*KNOWN, Unreadable))
    assert len(str(found)) < 300 or not isinstance(found, Unreadable)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_a_document_with_anything_in_its_place_is_never_an_accident(document: Any) -> None:
    take(json.dumps(document).encode())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_of_any_kind_are_never_an_accident(body: bytes) -> None:
    take(body)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
@example(
    {"id": "1", "type": "customer.deleted", "created_at": "\ud800", "data": {"id": "7", "updated_at": "2026-11-22"}}
)
def test_what_came_through_another_reader_is_never_an_accident(document: Any) -> None:
    """What lies in the bucket is read with Python's own reader, which takes more than JSON."""
    if isinstance(document, dict):
        understand(document)
