"""Who calls, as far as a caller's number tells."""

from collections.abc import Mapping

from mostrador.channels.numbers import canonical
from mostrador.domain.call import PHONE
from mostrador.domain.messages import Address

HIDDEN = frozenset({"+266696687", "+7378742883", "+2562533", "+8656696", "+86282452253", "+464"})
"""What Twilio gives for a caller who hides, spelled with the letters of a keypad: ANONYMOUS, RESTRICTED, BLOCKED..."""
SPANISH = (
    "+34",
    *("+52", "+54", "+56", "+57", "+58", "+51"),
    *("+502", "+503", "+504", "+505", "+506", "+507", "+53", "+591", "+593", "+595", "+598"),
)
"""Where Spanish is spoken, by the country's calling code."""
_SHORTEST = 8
"""Characters of a number that can be called from abroad, its plus among them."""


def caller(fields: Mapping[str, object]) -> Address:
    """Whoever hides has no number, and is known by the call alone."""
    number = canonical(str(fields.get("From", "")))
    if is_hidden(number):
        return Address(PHONE, str(fields.get("CallSid", "")))
    return Address(PHONE, number, str(fields.get("CallerName", "")))


def is_hidden(number: str) -> bool:
    """Also of what is no number at all: ``anonymous``, a SIP address."""
    return not number.startswith("+") or number in HIDDEN or len(number) < _SHORTEST


def language_of_number(number: str) -> str:
    """Empty for a caller who hides."""
    if is_hidden(number):
        return ""
    return "es" if number.startswith(SPANISH) else "en"
