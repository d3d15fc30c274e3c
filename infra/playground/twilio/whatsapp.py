"""WhatsApp behind the same account: addresses with a prefix, a window of 24 hours, templates that were approved.

Sources: Twilio, "WhatsApp" (addresses, fields, window), "Content API" (ContentSid, ContentVariables).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from mostrador.policy.model import Policy
from playground.twilio.errors import invalid
from playground.twilio.problems import CarrierProblem

PREFIX = "whatsapp:"
WINDOW = 24 * 3600
"""Seconds after a person's last message during which free text reaches them."""
FILE_BYTES = 16_000_000
OUTSIDE_THE_WINDOW = CarrierProblem(
    "undelivered", 63016, "Failed to send freeform message because you are outside the allowed window."
)

# By the last four digits of the number.
PROBLEMS: dict[str, CarrierProblem] = {
    "3018": CarrierProblem("failed", 63018, "Rate limit exceeded for Channel"),
    "3024": CarrierProblem("failed", 63024, "Invalid message recipient"),
    "3032": CarrierProblem("undelivered", 63032, "We cannot send this message to this user"),
    "3049": CarrierProblem("undelivered", 63049, "Meta chose not to deliver this message"),
}

_PLACE = re.compile(r"\{(\d+)\}")


def is_whatsapp(address: str) -> bool:
    return address.startswith(PREFIX)


def number_of(address: str) -> str:
    return address.removeprefix(PREFIX)


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody shares as their location."""

    latitude: float
    longitude: float
    label: str
    address: str


THE_WORKSHOP = Place(39.961233, -4.830712, "Alfar La Tinaja", "Calle del Alfar, 12, Talavera de la Reina")


def content(policy: Policy | None, content_sid: str, variables: str) -> str:
    """The text of an approved template with its places filled, or Twilio's refusal."""
    text = _approved(policy).get(content_sid)
    if text is None:
        raise invalid(21655, "The ContentSid is Invalid")
    values = _values(variables)
    if set(_PLACE.findall(text)) != values.keys() or not all(values.values()):
        raise invalid(21656, "The ContentVariables Parameter is invalid")
    return _PLACE.sub(lambda place: values[place[1]], text)


def _approved(policy: Policy | None) -> Mapping[str, str]:
    """What the shop had approved is what its policy names: here nobody rejects a template."""
    every = (each for translations in (policy.templates if policy else {}).values() for each in translations.values())
    return {each.provider_id: each.text for each in every if each.provider_id}


def _values(variables: str) -> dict[str, str]:
    try:
        values = json.loads(variables or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise invalid(21656, "The ContentVariables Parameter is invalid")
    return values
