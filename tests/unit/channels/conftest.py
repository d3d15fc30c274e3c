"""What the tests of every channel need: settings, a place for files, and a provider's answers on loopback."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from fakes.intake import FakeIntake
from fakes.provider import Provider, running_provider
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.errors import NotConfigured

SECRETS: Mapping[str, Mapping[str, str]] = {
    "meta": {"app_secret": "test-secret", "verify_token": "a token of ours", "access_token": "a token of Meta's"},
    "twilio": {"account_sid": "ACplayground00000000000000000000000", "auth_token": "test-secret"},
    "reply-key": {"key": "a key of the tests"},
}


def secret(name: str) -> Mapping[str, str]:
    try:
        return SECRETS[name]
    except KeyError:
        raise NotConfigured(name) from None


@pytest.fixture
def settings() -> ChannelSettings:
    return ChannelSettings(
        public_base_url="https://mostrador.latinaja.example",
        secret=secret,
        switched_on=("email", "sms"),
        mail_address="hola@latinaja.example",
        mail_configuration_set="mostrador",
        sms_sender="+34910000000",
    )


@pytest.fixture
def intake() -> FakeIntake:
    return FakeIntake()


@pytest.fixture
def payload() -> Callable[[str], bytes]:
    folder = Path(__file__).parents[2] / "payloads"
    return lambda name: (folder / name).read_bytes()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider
