"""From the shop's documents to the domain's values."""

import re
from datetime import datetime
from decimal import Decimal
from functools import singledispatch
from typing import Any

import msgspec

from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import Ignored
from mostrador.domain.shop import Fulfilment, Order, OrderLine, Product, Profile, Refund
from mostrador.shop import documents
from mostrador.shop.told import OrderTold, PartTold, StockTold, Told

EARLIEST, LATEST = 946_684_800.0, 4_102_444_800.0
"""2000 and 2100: what lies outside is a mistake of the shop's."""
AHEAD = 24 * 3600
"""Seconds by which the shop's clock may be ahead of ours: a description from next year could never be replaced."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def read(payload: dict[str, Any], received_at: float) -> Told | Ignored:
    """Raises Unreadable with a sentence that names the field, and repeats nothing of what it holds."""
    kind = payload.get("type")
    document = documents.EVENTS.get(kind) if isinstance(kind, str) else None
    if document is None:
        return Ignored("an event of a type that means nothing here")
    try:
        event: Any = msgspec.convert(payload, document)
    except msgspec.ValidationError as error:
        raise Unreadable(_sentence(str(error))) from None
    except RecursionError:
        raise Unreadable("the event is nested too deeply") from None
    except UnicodeEncodeError:
        raise Unreadable("the event holds half of a character") from None
    _not_ahead("updated_at", event.data.updated_at, received_at)
    told: Told | Ignored = _told(event.data)
    if isinstance(told, OrderTold):
        _not_ahead("placed_at", event.data.placed_at, received_at)
    return told


@singledispatch
def _told(data: object) -> Told | Ignored:
    raise TypeError(f"no reader for {type(data).__name__}")


@_told.register
def _customer(data: documents.CustomerData) -> Profile:
    return Profile(
        shop_id=data.id.strip(),
        name=_clean(data.name),
        email=_mail(data.email),
        phone=_phone(data.phone, data.country),
        language=_language(data.language),
        country=_clean(data.country).upper(),
        company=_clean(data.company),
        tags=_tags(data.tags or []),
        registered_at=_seconds("registered_at", data.registered_at),
        updated_at=_seconds("updated_at", data.updated_at),
    )


@_told.register
def _deleted(data: documents.DeletedData) -> Profile:
    """Nothing is known of them any more, and no older description brings it back."""
    return Profile(data.id.strip(), updated_at=_seconds("updated_at", data.updated_at))


@_told.register
def _order(data: documents.OrderData) -> OrderTold | Ignored:
    if data.customer is None:
        return Ignored("an order of nobody, such as one that was paid at the till")
    order = Order(
        id=data.id.strip(),
        customer_id="",
        number=_clean(data.number),
        placed_at=_seconds("placed_at", data.placed_at),
        updated_at=_seconds("updated_at", data.updated_at),
        status=data.status,
        total=_hundredths(data.total),
        currency=data.currency.strip().upper(),
        lines=tuple(map(_line, data.lines or [])),
    )
    return OrderTold(order, _buyer(data.customer, order.updated_at))


def _buyer(data: documents.BuyerData, told_at: float) -> Profile:
    if not (data.id or data.email):
        raise Unreadable("data.customer: neither id nor email")
    return Profile(
        shop_id=_clean(data.id),
        name=_clean(data.name),
        email=_mail(data.email),
        phone=_phone(data.phone, data.country),
        language=_language(data.language),
        country=_clean(data.country).upper(),
        updated_at=0.0 if data.id else told_at,
    )


def _line(data: documents.LineData) -> OrderLine:
    return OrderLine(_clean(data.product_id), _clean(data.title), data.quantity, _hundredths(data.price))


@_told.register
def _fulfilment(data: documents.FulfilmentData) -> PartTold:
    fulfilment = Fulfilment(
        id=data.id.strip(),
        carrier=_clean(data.carrier),
        number=_clean(data.number),
        url=_clean(data.url),
        phone=_clean(data.phone),
        shipped_at=_seconds("shipped_at", data.shipped_at),
        expected_at=_seconds("expected_at", data.expected_at),
        delivered_at=_seconds("delivered_at", data.delivered_at),
        updated_at=_seconds("updated_at", data.updated_at),
    )
    return PartTold(data.order_id.strip(), fulfilment)


@_told.register
def _refund(data: documents.RefundData) -> PartTold:
    refund = Refund(data.id.strip(), _hundredths(data.amount), _seconds("updated_at", data.updated_at))
    return PartTold(data.order_id.strip(), refund)


@_told.register
def _product(data: documents.ProductData) -> Product:
    return Product(
        id=data.id.strip(),
        title=_clean(data.title),
        sku=_clean(data.sku),
        price=_hundredths(data.price or "0"),
        currency=_clean(data.currency).upper(),
        url=_clean(data.url),
        updated_at=_seconds("updated_at", data.updated_at),
    )


@_told.register
def _stock(data: documents.StockData) -> StockTold:
    available = None if data.available is None else max(0, data.available)  # sold more often than it was there
    return StockTold(
        data.product_id.strip(),
        available,
        _seconds("expected_at", data.expected_at),
        _seconds("updated_at", data.updated_at),
    )


def _sentence(error: str) -> str:
    """msgspec says ``... - at `$.data.total```; of a wrong word it also repeats the word."""
    message, _, place = error.rpartition(" - at `$")
    if not message:
        return error
    said = "not one of the words that are documented" if message.startswith("Invalid enum value") else message
    return f"{place.strip('`').removeprefix('.')}: {said}"


def _clean(text: str | None) -> str:
    return _CONTROL.sub(" ", text or "").strip()


def _mail(text: str | None) -> str:
    """As the mail channel writes addresses."""
    return (text or "").strip().lower()


def _phone(text: str | None, country: str | None) -> str:
    """E.164. Customers type these themselves: what is no number is left out, and their event is taken all the same."""
    if not (text and text.strip()):
        return ""
    # Only who tells of a phone pays for the library.
    from phonenumbers import (  # noqa: PLC0415
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        parse,
    )

    try:
        number = parse(text, _clean(country).upper() or None)
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""


def _language(text: str | None) -> str:
    return _clean(text).replace("_", "-").partition("-")[0].lower()


def _tags(tags: list[str]) -> tuple[str, ...]:
    cleaned = (_clean(tag).lower() for tag in tags)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))


def _hundredths(text: str) -> int:
    return int(Decimal(text.strip()) * 100)


def _seconds(field: str, time: datetime | None) -> float:
    if time is None:
        return 0.0
    seconds = time.timestamp()
    if not EARLIEST <= seconds < LATEST:
        raise Unreadable(f"data.{field}: not between 2000 and 2100")
    return seconds


def _not_ahead(field: str, time: datetime, now: float) -> None:
    if time.timestamp() > now + AHEAD:
        raise Unreadable(f"data.{field}: in the future")
