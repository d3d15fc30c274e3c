"""Fields and JSON of calls, and a recording that holds what was said as text."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from playground.cast import SHOP
from playground.twilio.voice.state import Leg
from playground.twilio.wire import API_VERSION, account_path

Json = dict[str, Any]


def call_form(leg: Leg, account: str) -> dict[str, str]:
    """What every request of a call carries, the blank fields too: they are part of what is signed."""
    inbound = leg.direction == "inbound"
    sender, to = (leg.number, SHOP.phone) if inbound else (SHOP.phone, leg.number)
    return {
        "AccountSid": account,
        "ApiVersion": API_VERSION,
        "CallSid": leg.sid,
        "CallStatus": leg.status,
        "Called": to,
        "Caller": sender,
        "Direction": leg.direction,
        "From": sender,
        "FromCity": "",
        "To": to,
        "ToCity": "",
    }


def over_form(leg: Leg, account: str) -> dict[str, str]:
    return call_form(leg, account) | {
        "CallDuration": str(leg.seconds),
        "CallbackSource": "call-progress-events",
        "SequenceNumber": "0",
        "Timestamp": format_datetime(datetime.fromtimestamp(leg.ended, UTC)),
    }


def resource(leg: Leg, account: str) -> Json:
    form = call_form(leg, account)
    return {
        "sid": leg.sid,
        "account_sid": account,
        "direction": leg.direction,
        "from": form["From"],
        "to": form["To"],
        "status": leg.status,
        "duration": str(leg.seconds) if leg.is_over else None,
        "date_created": format_datetime(datetime.fromtimestamp(int(leg.created), UTC)),
        "uri": f"{account_path(account)}/Calls/{leg.sid}.json",
    }


def recording(words: str) -> bytes:
    """MP3's frame of text (ID3v2.3, ``TIT2``) without a sound: here people type what they say."""
    text = b"\x01" + words.encode("utf-16")
    frame = b"TIT2" + len(text).to_bytes(4, "big") + b"\0\0" + text
    size = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + frame


def words_of(sound: bytes) -> str:
    """What was typed into a ``recording``. Raises ValueError for any other sound."""
    if sound[:3] != b"ID3" or sound[10:14] != b"TIT2":
        raise ValueError("not a recording of this exchange")
    size = int.from_bytes(sound[14:18], "big")
    return sound[21 : 20 + size].decode("utf-16")
