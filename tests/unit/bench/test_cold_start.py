"""What a cold start loads: a door has to be open before the provider's patience ends, so it carries nothing heavy."""

import pytest

from bench.artefacts import checkout
from bench.cold_start import HEAVY
from bench.imports import Task, first_messages, loaded

LEAST = {"aws_lambda_powertools", "botocore", "urllib3"}
TABLE = LEAST | {"pynamodb", "msgspec"}
POLICY = TABLE | {"mostrador.policy.model"}
DESK = POLICY | {"slack_sdk"}
MAY_LOAD = {
    "receive": LEAST,
    "receive_mail": LEAST,
    "release": LEAST,
    "slack": LEAST,
    "tick": TABLE,
    "clocks": POLICY,
    "ingest": POLICY,
    "deliver": POLICY,
    "chat": POLICY,
    "web": POLICY,
    "notify": DESK,
    "act": DESK,
    # Whoever calls hears a voice at once, and nothing that Twilio said is believed before its signature is checked.
    "voice": POLICY | {"twilio", "phonenumbers"},
}
"""Of the heavy libraries, what is there before a function's first event. What reads texts, and what is only needed by
one channel, comes with the first text and the first message of that channel."""


def test_every_function_says_what_it_loads() -> None:
    assert MAY_LOAD.keys() == set(checkout().functions)


@pytest.mark.parametrize("function", MAY_LOAD)
def test_a_function_loads_what_it_needs_and_nothing_else(function: str) -> None:
    assert {*loaded(checkout(), Task("started", function, function))} == MAY_LOAD[function]


@pytest.mark.parametrize(
    ("message", "loads"),
    [
        ("ingest: a first SMS", {"phonenumbers"}),
        ("ingest: a first mail", {"selectolax"}),
        ("ingest: a first WhatsApp", set()),
        ("ingest: a first message in the chat", set()),
        ("ingest: a first SMS, understood", {"phonenumbers", "fasttext"}),
        ("deliver: a first SMS", {"phonenumbers", "requests", "twilio", "twilio.rest"}),
        ("deliver: a first mail", {"selectolax"}),
        ("deliver: a first WhatsApp", {"requests", "twilio", "twilio.rest"}),
    ],
)
def test_a_message_loads_what_its_channel_needs_and_nothing_else(message: str, loads: set[str]) -> None:
    with first_messages() as firsts:
        assert {*loaded(checkout(), firsts[message])} - POLICY == loads


def test_what_nobody_may_load_is_looked_for() -> None:
    assert {"boto3", "pydantic", "holidays", "yaml"} <= {*HEAVY}
