"""Numbers with which something goes wrong on purpose, so that a person can see what the shop does about it.

They end in the last four digits of the code that they bring about. Source of the codes: Meta, "Error codes".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.meta.errors import GraphError, bad_token, refused


@dataclass(frozen=True, slots=True)
class CloudProblem:
    """What a webhook reports after Graph has taken the message."""

    code: int
    title: str
    details: str


OUTSIDE_THE_WINDOW = CloudProblem(
    131047,
    "Re-engagement message",
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
)
PROBLEMS: Mapping[str, CloudProblem] = {
    "1026": CloudProblem(131026, "Message undeliverable", "Message Undeliverable."),
    "1047": OUTSIDE_THE_WINDOW,
    "1049": CloudProblem(
        131049,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
}
"""By the last four digits of the number: taken, and failed later."""

TOO_MANY = refused(
    130429, "Rate limit hit", "Message failed to send because there were too many messages sent in a short time."
)
TOO_MANY_TO_ONE = refused(
    131056,
    "(Business Account, Consumer Account) pair rate limit hit",
    "Message failed to send because there were too many messages sent from this phone number to the same phone number "
    "in a short period of time.",
)
REFUSALS: Mapping[str, GraphError] = {
    "0190": bad_token(),
    "0429": TOO_MANY,
    "1000": refused(131000, "Something went wrong", "Message failed to send due to an unknown error.", 500),
    "1030": refused(
        131030,
        "Recipient phone number not in allowed list",
        "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.",
    ),
    "1056": TOO_MANY_TO_ONE,
}
"""By the same: not taken."""
PASSING = frozenset({"0429", "1000", "1056"})
"""Of those, what is over after ``TIMES``."""
TIMES = 2

TWICE = "0002"
"""Whatever concerns this number is told twice."""
DISORDERED = "0021"
"""Of this number, `delivered` is told before `sent`."""


def media_problem(details: str) -> CloudProblem:
    return CloudProblem(131053, "Media upload error", details)
