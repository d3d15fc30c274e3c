"""Telephone numbers in one writing."""

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse


def canonical(value: str) -> str:
    """E.164; what is no international number (a short code, a sender's name such as CORREOS) stays as it is."""
    value = value.strip()
    try:
        number = parse(value, None)
    except NumberParseException:
        return value
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else value
