"""WhatsApp behind the same account: addresses with a prefix, templates that were approved, and what goes wrong.

Sources: Twilio, "WhatsApp" (addresses, fields, window), "Content API" (ContentSid, ContentVariables).
"""

import json

from mostrador.policy.model import Policy
from playground.twilio.errors import invalid
from playground.twilio.problems import CarrierProblem
from playground.whatsapp import PLACE, approved

PREFIX = "whatsapp:"
FILE_BYTES = 16_000_000
OUTSIDE_THE_WINDOW = CarrierProblem(
    "undelivered", 63016, "Failed to send freeform message because you are outside the allowed window."
)

NOBODY = CarrierProblem("failed", 63024, "Invalid message recipient")

# By the last four digits of the number.
PROBLEMS: dict[str, CarrierProblem] = {
    "3018": CarrierProblem("failed", 63018, "Rate limit exceeded for Channel"),
    "3024": NOBODY,
    "3032": CarrierProblem("undelivered", 63032, "We cannot send this message to this user"),
    "3049": CarrierProblem("undelivered", 63049, "Meta chose not to deliver this message"),
}


def is_whatsapp(address: str) -> bool:
    return address.startswith(PREFIX)


def number_of(address: str) -> str:
    return address.removeprefix(PREFIX)


def content(policy: Policy | None, content_sid: str, variables: str) -> str:
    """The text of an approved template with its places filled, or Twilio's refusal."""
    template = next((each for each in approved(policy) if each.name == content_sid), None)
    if template is None:
        raise invalid(21655, "The ContentSid is Invalid")
    values = _values(variables)
    if set(PLACE.findall(template.text)) != values.keys() or not all(values.values()):
        raise invalid(21656, "The ContentVariables Parameter is invalid")
    return PLACE.sub(lambda place: values[place[1]], template.text)


def _values(variables: str) -> dict[str, str]:
    try:
        values = json.loads(variables or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise invalid(21656, "The ContentVariables Parameter is invalid")
    return values
