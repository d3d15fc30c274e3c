"""Telephone numbers in one writing, where they ring, and whether they may be called."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_possible_number,
    is_valid_number,
    national_significant_number,
    number_type,
    parse,
    region_code_for_country_code,
    region_code_for_number,
)

NOWHERE = "001"
"""The country of what has none: satellites, and networks that pay whoever is called on them."""
_DEAR = frozenset(
    {
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.PAGER,
        PhoneNumberType.VOICEMAIL,
    }
)
_KEPT_DIGITS = 2
"""Digits of a national number with which its neighbours begin at least."""


def canonical(value: str) -> str:
    """E.164; what is no international number (a short code, a sender's name such as CORREOS) stays as it is."""
    value = value.strip()
    try:
        number = parse(value, None)
    except NumberParseException:
        return value
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else value


def international(typed: str, near: str, others: Iterable[str] = ()) -> str:
    """E.164 of what somebody typed; empty for no number.

    Without a country it is one of the country of ``near``; where no number of that country has its length, of the one
    country among ``others`` (``GB``) that has such numbers. That the number itself is not known is no fault: new ones
    are given out all the time.
    """
    if at_home := _possible(typed, country_of(near)):
        return at_home if _like(at_home) else ""
    abroad = {number for number in (_possible(typed, other) for other in others) if number and _like(number)}
    return abroad.pop() if len(abroad) == 1 else ""


def readable(number: str) -> str:
    """As people write it; what is no international number stays as it is."""
    try:
        return format_number(parse(number, None), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return number


def country_of(number: str) -> str:
    """Two letters, such as ``ES``, or ``NOWHERE``; empty for no number, and for one that may ring in several."""
    try:
        parsed = parse(number, None)
    except NumberParseException:
        return ""
    told = region_code_for_number(parsed)
    if told:
        return str(told)
    first = region_code_for_country_code(parsed.country_code or 0)
    return first if any(region_code_for_number(like) == first for like in _like(number)) else ""


def is_dear(number: str) -> bool:
    """Whether somebody earns by every minute that we call it: of a number that is not given out, as far as its
    neighbours tell."""
    try:
        parsed = parse(number, None)
    except NumberParseException:
        return False
    dear = any(number_type(like) in _DEAR for like in _like(number))
    return dear or region_code_for_number(parsed) == NOWHERE


def _possible(typed: str, region: str) -> str:
    try:
        number = parse(typed, region or None)
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""


@lru_cache(maxsize=256)
def _like(number: str) -> tuple[PhoneNumber, ...]:
    """The number; in place of one that is not given out, those of the narrowest range around it where some are."""
    parsed = parse(number, None)
    if is_valid_number(parsed):
        return (parsed,)
    digits = national_significant_number(parsed)
    for kept in range(len(digits) - 1, _KEPT_DIGITS - 1, -1):
        found = tuple(filter(is_valid_number, _beginning(parsed.country_code or 0, digits[:kept], len(digits) - kept)))
        if found:
            return found
    return ()


def _beginning(country: int, digits: str, missing: int) -> Iterator[PhoneNumber]:
    return (parse(f"+{country}{digits}{digit * missing}", None) for digit in "0123456789")
