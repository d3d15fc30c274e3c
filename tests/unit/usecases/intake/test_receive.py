"""A provider's call is proven with the secret as it is now."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.domain.errors import Refused
from mostrador.domain.messages import ProviderEvent
from mostrador.usecases.intake.receive import Receive

REQUEST = WebhookRequest("POST", "https://api.example.com/webhooks/twilio", {}, b"", 1_780_000_000.0)


class Webhook:
    """Refuses until the secret was read again."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals

    def verify(self, request: WebhookRequest) -> None:
        self.refusals -= 1
        if self.refusals >= 0:
            raise Refused("the signature does not match")

    def split(self, request: WebhookRequest) -> list[ProviderEvent]:
        return []

    def acknowledgement(self) -> HttpAnswer:
        return HttpAnswer(200)


class Nowhere:
    def inbound(self, event: ProviderEvent) -> None:
        raise AssertionError(event)

    def inbound_all(self, events: Sequence[ProviderEvent]) -> None:
        assert events == []

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        raise AssertionError(key)


@pytest.mark.parametrize(
    ("refusals", "renewed", "status"),
    [(0, True, 200), (1, True, 200), (1, False, 403), (2, True, 403)],
    ids=["right", "replaced just now", "read just now", "forged"],
)
def test_a_secret_is_read_again_before_a_provider_is_refused(refusals: int, *, renewed: bool, status: int) -> None:
    webhook, nowhere = Webhook(refusals), Nowhere()
    receive = Receive(lambda _: webhook, lambda _: True, nowhere, nowhere, lambda _: renewed)
    assert receive("twilio", REQUEST).status == status


class Greeter(Webhook):
    """Refuses to greet until the secret was read again."""

    def greet(self, request: WebhookRequest) -> HttpAnswer:
        self.verify(request)
        return HttpAnswer(200, "challenge")


@pytest.mark.parametrize(
    ("refusals", "renewed", "answer"),
    [(0, True, (200, "challenge")), (1, True, (200, "challenge")), (1, False, (403, "refused"))],
    ids=["right", "replaced just now", "forged"],
)
def test_a_provider_that_asks_first_is_greeted_and_nothing_is_kept(
    refusals: int, *, renewed: bool, answer: tuple[int, str]
) -> None:
    greeter, nowhere = Greeter(refusals), Nowhere()
    receive = Receive(lambda _: greeter, lambda _: True, nowhere, nowhere, lambda _: renewed)
    answered = receive("meta", replace(REQUEST, method="GET"))
    assert (answered.status, answered.body) == answer


def test_a_get_to_a_provider_that_never_asks_is_a_request_like_every_other() -> None:
    forged, nowhere = Webhook(1), Nowhere()
    receive = Receive(lambda _: forged, lambda _: True, nowhere, nowhere)
    assert receive("twilio", replace(REQUEST, method="GET")).status == 403
