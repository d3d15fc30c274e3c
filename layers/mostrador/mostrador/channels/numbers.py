"""Telephone numbers in one writing."""

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    is_valid_number,
    parse,
    region_code_for_number,
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
