"""Twilio's JSON and form fields of a message."""

import json
import math
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from playground.twilio.state import TwilioMessage
from playground.twilio.whatsapp import is_whatsapp, number_of
from playground.whatsapp import Person, Said, country

Json = dict[str, Any]

API_VERSION = "2010-04-01"

# GSM 03.38: the basic alphabet, and the characters that take two places. One character outside makes it UCS-2.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = frozenset("^{}\\[~]|€")


def account_path(account: str) -> str:
    return f"/{API_VERSION}/Accounts/{account}"


def resource(message: TwilioMessage, account: str) -> Json:
    path = f"{account_path(account)}/Messages/{message.sid}"
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _date(message.created),
        "date_sent": _date(message.sent),
        "date_updated": _date(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": message.error_message,
        "from": message.sender,
        "messaging_service_sid": message.messaging_service_sid,
        "num_media": str(len(message.media)),
        "num_segments": str(segments(message.body)),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": message.recipient,
        "uri": f"{path}.json",
    }


def inbound_form(message: TwilioMessage, account: str, media: list[tuple[str, str]]) -> dict[str, str]:
    """The webhook's fields, the blank ones too: they are part of what is signed. `media` is (URL, type)."""
    form = {
        "ToCountry": "ES",
        "ToState": "",
        "SmsMessageSid": message.sid,
        "NumMedia": str(len(media)),
        "ToCity": "",
        "FromZip": "",
        "SmsSid": message.sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": message.body,
        "FromCountry": country(message.sender),
        "To": message.recipient,
        "ToZip": "",
        "NumSegments": str(segments(message.body)),
        "MessageSid": message.sid,
        "AccountSid": account,
        "From": message.sender,
        "ApiVersion": API_VERSION,
    }
    for index, (url, media_type) in enumerate(media):
        form |= {f"MediaUrl{index}": url, f"MediaContentType{index}": media_type}
    return form


def whatsapp_form(
    message: TwilioMessage, account: str, person: Person, media: list[tuple[str, str]], said: Said
) -> dict[str, str]:
    """What a WhatsApp message has more than a text, and less: nobody's country is told, and not everybody's number."""
    form = {field: value for field, value in inbound_form(message, account, media).items() if not _is_place(field)}
    form |= {"ProfileName": person.name, "MessageType": _kind_of(said, media), "ReferralNumMedia": "0"}
    context = {"ProfileName": person.name} | ({"WaId": person.number.removeprefix("+")} if person.number else {})
    form |= {"ChannelMetadata": json.dumps({"type": "whatsapp", "data": {"context": context}})}
    if person.number:
        form |= {"WaId": person.number.removeprefix("+")}
    else:
        del form["From"]
        form |= {"ExternalUserId": message.sender}
    return form | _place_of(said) | _button_of(said)


def _kind_of(said: Said, media: list[tuple[str, str]]) -> str:
    if said.card or said.place or said.pressed:
        return "contacts" if said.card else "location" if said.place else "button"
    return _KINDS.get(media[0][1].partition("/")[0], "document") if media else "text"


def _place_of(said: Said) -> dict[str, str]:
    if not (place := said.place):
        return {}
    where = {"Latitude": str(place.latitude), "Longitude": str(place.longitude)}
    return {**where, "Label": place.label, "Address": place.address}


def _button_of(said: Said) -> dict[str, str]:
    if not said.pressed:
        return {}
    return {"Body": said.pressed, "ButtonText": said.pressed, "ButtonPayload": said.pressed}


_KINDS = {"image": "image", "audio": "audio", "video": "video"}


def _is_place(field: str) -> bool:
    return field.removeprefix("To").removeprefix("From") in ("City", "State", "Zip", "Country")


def status_form(message: TwilioMessage, status: str, account: str) -> dict[str, str]:
    form = {
        "SmsSid": message.sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "To": message.recipient,
        "MessageSid": message.sid,
        "AccountSid": account,
        "From": message.sender,
        "ApiVersion": API_VERSION,
    }
    if message.messaging_service_sid:
        form["MessagingServiceSid"] = message.messaging_service_sid
    if status in ("undelivered", "failed") and message.error_code:
        form["ErrorCode"] = str(message.error_code)
    if is_whatsapp(message.recipient):
        return form | _channel_of(message, status)
    if status in ("delivered", "undelivered") and message.sent:
        form["RawDlrDoneDate"] = datetime.fromtimestamp(message.updated, UTC).strftime("%y%m%d%H%M")
    return form


def _channel_of(message: TwilioMessage, status: str) -> dict[str, str]:
    """What a status tells of WhatsApp beyond that of a text."""
    whom = {"ChannelToAddress": number_of(message.recipient)}
    form = {"ChannelPrefix": "whatsapp", "ChannelInstallSid": "XE" + "0" * 32, **whom}
    form |= {"EventType": status.upper()} if status in ("delivered", "read") else {}
    return form | ({"ChannelStatusMessage": message.error_message} if message.error_message else {})


def segments(body: str) -> int:
    """160 characters alone and 153 in a chain, or 70 and 67 where one of them is not of the GSM alphabet."""
    if all(character in _GSM or character in _GSM_DOUBLE for character in body):
        length, alone, chained = sum(1 + (character in _GSM_DOUBLE) for character in body), 160, 153
    else:
        length, alone, chained = len(body.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= alone else math.ceil(length / chained)


def _date(seconds: float | None) -> str | None:
    return None if seconds is None else format_datetime(datetime.fromtimestamp(int(seconds), UTC))
