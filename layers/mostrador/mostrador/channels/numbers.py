"""Telephone numbers in one writing."""

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_possible_number,
    is_valid_number,
    number_type,
    parse,
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


def canonical(value: str) -> str:
    """E.164; what is no international number (a short code, a sender's name such as CORREOS) stays as it is."""
    value = value.strip()
    try:
        number = parse(value, None)
    except NumberParseException:
        return value
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else value


def international(typed: str, near: str) -> str:
    """E.164 of what somebody typed; without a country it is one of the country of ``near``. Empty for no number."""
    try:
        home = region_code_for_number(parse(near, None)) if near else None
        number = parse(typed, home)
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_valid_number(number) else ""


def readable(number: str) -> str:
    """As people write it; what is no international number stays as it is."""
    try:
        return format_number(parse(number, None), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return number


def country_of(number: str) -> str:
    """Two letters, such as ``ES``, or ``NOWHERE``; empty for no number."""
    try:
        return region_code_for_number(parse(number, None)) or ""
    except NumberParseException:
        return ""


def is_dear(number: str) -> bool:
    """Whether somebody earns by every minute that we call it. Of an unknown range, only the operator knows."""
    try:
        parsed = parse(number, None)
    except NumberParseException:
        return False
    return number_type(parsed) in _DEAR or region_code_for_number(parsed) == NOWHERE
