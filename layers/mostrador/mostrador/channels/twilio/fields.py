"""The form of an incoming message (Twilio, "TwiML for Programmable Messaging", request parameters)."""

from collections.abc import Iterable, Mapping

_MOST_FILES = 10


def announced_media(fields: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Address and type of each file that a message's form speaks of."""
    count = str(fields.get("NumMedia", "0"))
    for index in range(min(int(count), _MOST_FILES) if count.isascii() and count.isdigit() else 0):
        url = str(fields.get(f"MediaUrl{index}", ""))
        if url:
            yield url, str(fields.get(f"MediaContentType{index}", ""))
