"""What every registered channel promises, whichever provider stands behind it."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.doors import BASE, DOORS, NOW, PAYLOADS, SECRET, SECRETS, Door
from fakes.intake import FakeIntake
from fakes.provider import Provider, running_provider
from mostrador.channels.base import WebhookRequest
from mostrador.channels.registry import CHANNELS, WEBHOOKS, ChannelSettings, open_channel, open_webhook
from mostrador.domain.delivery import Accepted, Delivery, Failure
from mostrador.domain.errors import NotConfigured, Refused, TryAgain, Unreadable
from mostrador.domain.messages import Address, Arrival, Outgoing, ProviderEvent, Receipt, Received
from mostrador.domain.webhooks import SHOP
from mostrador.usecases.intake.receive import Receive

WITH_WEBHOOK = [door for door in DOORS.values() if door.sign]
ALL_PAYLOADS = [(name, door, path) for name, door in DOORS.items() for path in door.payloads]
by_channel = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
by_webhook = pytest.mark.parametrize("door", WITH_WEBHOOK, ids=lambda door: door.folder or door.channel)
by_payload = pytest.mark.parametrize(
    ("door", "path"),
    [(door, path) for _, door, path in ALL_PAYLOADS],
    ids=[f"{name}-{path.name}" for name, _, path in ALL_PAYLOADS],
)


def missing(name: str) -> NoReturn:
    raise NotConfigured(name)


def surroundings(
    door: Door, provider: str = "", secret: Callable[[str], Mapping[str, str]] = SECRETS.__getitem__
) -> ChannelSettings:
    """``provider`` is where every provider's API is."""
    names = ("twilio_api_url", "meta_graph_url", "chat_endpoint")
    addresses: dict[str, Any] = dict.fromkeys(names, provider) if provider else {}
    common = ChannelSettings(
        public_base_url=BASE,
        secret=secret,
        switched_on=tuple(CHANNELS),
        mail_address="hola@latinaja.example",
        sms_sender="+34910000000",
    )
    return replace(common, **addresses, **door.settings)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Every provider's API, on loopback."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with running_provider() as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", running.url)
        yield running


def read_all(door: Door, path: Path) -> list[Arrival | Unreadable]:
    """What the channel makes of a payload; a provider's media are not to be had, as on a bad day."""
    intake = FakeIntake()
    with running_provider() as nobody:
        around = surroundings(door, nobody.url)
        channel = open_channel(door.channel, around)
        arrivals: list[Arrival | Unreadable] = []
        for event in door.enter(path, around, intake):
            try:
                arrivals.append(channel.read(event, intake))
            except Unreadable as unreadable:
                arrivals.append(unreadable)
        return arrivals


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)


def test_every_registered_channel_has_a_door_and_enough_payloads() -> None:
    assert {door.channel for door in DOORS.values()} == CHANNELS.keys()
    assert {door.provider for door in WITH_WEBHOOK} == WEBHOOKS.keys() - {SHOP}  # which is no channel
    assert all(len(door.payloads) >= 6 for door in DOORS.values())
    assert {path.name for path in PAYLOADS.iterdir()} >= CHANNELS.keys()


@by_channel
def test_a_channel_says_its_own_name(door: Door) -> None:
    assert open_channel(door.channel, surroundings(door)).name == door.channel


@by_channel
def test_a_channel_that_is_switched_off_cannot_be_opened(door: Door) -> None:
    with pytest.raises(KeyError):
        open_channel(door.channel, replace(surroundings(door), switched_on=()))


@by_payload
def test_what_arrives_is_whole_and_can_be_stored(door: Door, path: Path) -> None:
    for arrival in read_all(door, path):
        match arrival:
            case Received():
                assert arrival.channel == arrival.sender.channel == door.channel
                assert arrival.provider_id
                assert arrival.sender.value
                assert 0 < arrival.sent_at < NOW * 2
                assert all(attachment.key or attachment.problem for attachment in arrival.attachments)
            case Receipt():
                assert arrival.channel == door.channel
                assert (arrival.failure is not None) or arrival.state is not Delivery.FAILED
            case _:
                assert str(arrival)
        if not isinstance(arrival, Unreadable):
            for text in texts_in(asdict(arrival)):
                assert "\0" not in text
                text.encode()


@by_payload
def test_a_redelivery_is_known_by_its_ids(door: Door, path: Path) -> None:
    one, two = (door.enter(path, surroundings(door), FakeIntake()) for _ in range(2))
    assert [event.event_id for event in one] == [event.event_id for event in two]
    first, second = (
        [arrival.provider_id for arrival in read_all(door, path) if isinstance(arrival, Received)] for _ in range(2)
    )
    assert first == second


@by_channel
def test_different_payloads_are_different_events(door: Door) -> None:
    paths = door.payloads
    ids = [event.event_id for path in paths for event in door.enter(path, surroundings(door), FakeIntake())]
    assert len(set(ids)) == len(ids)


@by_channel
def test_an_event_of_nonsense_is_unreadable_or_waited_for_and_nothing_else(door: Door) -> None:
    channel = open_channel(door.channel, surroundings(door))
    payloads: list[dict[str, Any]] = [
        {},
        {"surprise": 1},
        {"key": None},
        {"MessageSid": 7, "From": None},
        {"eventType": "Tea"},
    ]
    for payload in payloads:
        event = ProviderEvent(door.channel, "e", "s", payload, NOW)
        try:
            arrival: object = channel.read(event, FakeIntake())
        except (Unreadable, TryAgain) as expected:
            arrival = expected
        assert not isinstance(arrival, Received)


# The callback


def asked(door: Door, request: WebhookRequest, around: ChannelSettings | None = None) -> tuple[int, list[Any]]:
    """The status that the provider sees, and what was made durable."""
    kept: list[Any] = []

    class Keeper:
        inbound, inbound_all = kept.append, kept.extend

        def put(self, key: str, data: bytes, content_type: str = "") -> None:
            kept.append((key, data))

    keeper = Keeper()
    receive = Receive(lambda name: open_webhook(name, around or surroundings(door)), lambda _: True, keeper, keeper)
    return receive(door.provider, request).status, kept


def genuine(door: Door) -> WebhookRequest:
    assert door.sign is not None
    return door.sign(door.payloads[0].read_bytes().strip())


@by_webhook
def test_a_genuine_request_is_kept_and_acknowledged(door: Door) -> None:
    status, kept = asked(door, genuine(door))
    assert (status, len(kept)) == (200, 1)


@by_webhook
@pytest.mark.parametrize(
    "spoil",
    [
        lambda request: replace(request, headers={}),
        lambda request: replace(request, headers=dict.fromkeys(request.headers, "")),
        lambda request: replace(request, headers={name: value[:-2] + "==" for name, value in request.headers.items()}),
        lambda request: replace(request, body=request.body + b"&More=1"),
        lambda request: replace(request, body=b""),
        lambda request: replace(request, body=b"\xff\xfe"),
    ],
    ids=["no headers", "empty headers", "bad signature", "longer body", "no body", "not text"],
)
def test_what_is_not_genuine_is_refused_and_not_kept(
    door: Door, spoil: Callable[[WebhookRequest], WebhookRequest]
) -> None:
    assert asked(door, spoil(genuine(door))) == (403, [])


@pytest.mark.parametrize(
    "door", [door for door in WITH_WEBHOOK if door.signs_url], ids=lambda door: door.folder or door.channel
)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda request: replace(request, url=request.url + "?more=1"),
        lambda request: replace(request, url=request.url.replace("https", "http")),
        lambda request: replace(request, url="not a url"),
    ],
    ids=["other query", "other scheme", "no url"],
)
def test_another_address_is_refused_where_it_is_signed(
    door: Door, spoil: Callable[[WebhookRequest], WebhookRequest]
) -> None:
    assert asked(door, spoil(genuine(door))) == (403, [])


@by_webhook
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 0.999), change=st.integers(1, 255))
def test_a_tampered_byte_anywhere_is_refused(door: Door, place: float, change: int) -> None:
    request = genuine(door)
    body = bytearray(request.body)
    body[int(place * len(body))] ^= change
    status, kept = asked(door, replace(request, body=bytes(body)))
    # A form says the same with an escape spelled in other letters (%2b, %2B): then nothing was tampered with.
    assert (status, kept) == (403, []) or kept == asked(door, request)[1]


@by_webhook
def test_without_its_secret_a_provider_is_shut(door: Door) -> None:
    assert asked(door, genuine(door), surroundings(door, secret=missing)) == (403, [])
    with pytest.raises(NotConfigured):
        open_webhook(door.provider, surroundings(door, secret=missing)).verify(genuine(door))


@by_webhook
def test_an_empty_secret_opens_nothing(door: Door) -> None:
    empty = surroundings(door, secret=lambda name: dict.fromkeys(SECRETS[name], ""))
    with pytest.raises((NotConfigured, Refused)):
        open_webhook(door.provider, empty).verify(genuine(door))


@by_webhook
@pytest.mark.parametrize("body", [b"", b"Surprise=1", b"{}", b"[]", b"MessageSid="], ids=repr)
def test_what_is_genuine_but_unheard_of_is_kept_with_its_bytes(door: Door, body: bytes) -> None:
    assert door.sign is not None
    status, kept = asked(door, door.sign(body))
    assert status == 200
    (key, data), event = kept
    assert data == body
    assert event.payload["key"] == key


@by_webhook
def test_the_acknowledgement_says_nothing_to_the_shopper(door: Door) -> None:
    answer = open_webhook(door.provider, surroundings(door)).acknowledgement()
    assert not answer.content_type.startswith("text/plain") or not answer.body


# Secrets and logs


@by_payload
def test_neither_secret_nor_text_nor_address_reaches_the_log(
    door: Door, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "mostrador")
    logging.getLogger("mostrador").debug("the log is listened to")
    arrivals = read_all(door, path)
    if door.sign:
        asked(door, door.sign(path.read_bytes().strip()))
        asked(door, replace(door.sign(path.read_bytes().strip()), headers={}))
    logged = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("mostrador"))
    assert "the log is listened to" in logged
    assert SECRET not in logged
    for arrival in arrivals:
        if isinstance(arrival, Received):
            assert arrival.sender.value not in logged
            assert not arrival.text or arrival.text not in logged


# Going out


def outgoing(door: Door, text: str = "Sale hoy.") -> Outgoing:
    return Outgoing(
        message_id="01kw0000000000000000000000-2",
        conversation_id="01kw0000000000000000000000",
        to=Address(door.channel, door.to, "Ana"),
        text=text,
        subject="Tu pedido",
        sender_name="Marta",
        shop_name="La Tinaja",
    )


@by_channel
def test_our_id_travels_with_what_goes_out(door: Door, provider: Provider) -> None:
    door.answer(provider)
    channel = open_channel(door.channel, surroundings(door, provider.url))
    assert isinstance(channel.send(outgoing(door), {}), Accepted)
    (call,) = provider.calls
    assert b"01kw0000000000000000000000-2" in call.body


@by_channel
def test_a_text_beyond_the_limit_is_refused_whole_and_not_cut(door: Door, provider: Provider) -> None:
    door.answer(provider)
    channel = open_channel(door.channel, surroundings(door, provider.url))
    result = channel.send(outgoing(door, "x" * (channel.longest_text + 1)), {})
    assert isinstance(result, Failure)
    assert not result.retryable
    assert provider.calls == []


@by_channel
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
def test_a_refusal_of_the_provider_is_a_value_and_tried_once(door: Door, provider: Provider, status: int) -> None:
    door.answer(provider)
    for path in provider.answers:
        provider.on(path, status, b"{}", content_type="application/json")
    channel = open_channel(door.channel, surroundings(door, provider.url))
    assert not isinstance(channel.send(outgoing(door), {}), Accepted)
    assert len(provider.calls) == 1


@pytest.mark.parametrize("door", [door for door in DOORS.values() if door.secret], ids=lambda door: door.secret)
def test_without_its_secret_nothing_goes_out(door: Door, provider: Provider) -> None:
    channel = open_channel(door.channel, surroundings(door, provider.url, missing))
    with pytest.raises(NotConfigured):
        channel.send(outgoing(door), {})
    assert provider.calls == []
