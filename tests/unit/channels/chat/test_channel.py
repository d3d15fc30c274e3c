"""To all open connections of a visitor: what each outcome means, and what comes in."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from fakes.intake import FakeIntake
from fakes.provider import Provider, running_provider
from mostrador.channels.chat.channel import FRESH, ChatChannel
from mostrador.channels.files import PATIENCE
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.uploads import TYPES, is_what_it_says
from mostrador.domain.chat import Connection
from mostrador.domain.delivery import Absent, Accepted, Failure, Fault, Reason, SendResult
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.domain.messages import Address, Attachment, Outgoing, ProviderEvent, Received

NOW = 1_780_000_000.0
ONE = Connection("one=", "k3fq", "es", NOW)
TWO = Connection("two=", "k3fq", "es", NOW)
MESSAGE = Outgoing("01kw0000000000000000000000-2", "01kw0000000000000000000000", Address("chat", "k3fq"), "Sí.")


class Connections:
    def __init__(self, *connections: Connection) -> None:
        self.known = list(connections)

    def of(self, session: str) -> Sequence[Connection]:
        return [connection for connection in self.known if connection.session == session]

    def forget(self, connection: Connection) -> None:
        self.known.remove(connection)


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")


def send(
    connections: Connections, *answers: tuple[str, int], code: str = "", **fields: object
) -> tuple[SendResult, Provider]:
    with running_provider() as gateway:
        for connection, status in answers:
            headers = {"x_amzn_errortype": code} if code else {}
            gateway.on(f"/@connections/{connection}%3D", status, b"{}", **headers)
        settings = ChannelSettings("", lambda _: {}, chat_endpoint=gateway.url, connections=connections)
        return ChatChannel(settings, lambda: NOW).send(replace(MESSAGE, **fields), {}), gateway  # type: ignore[arg-type]


def test_every_open_page_is_told() -> None:
    result, gateway = send(Connections(ONE, TWO), ("one", 200), ("two", 200))
    assert isinstance(result, Accepted)
    assert [call.path for call in gateway.calls] == ["/@connections/one%3D", "/@connections/two%3D"]


def test_nobody_connected_is_absent() -> None:
    assert send(Connections())[0] == Absent()


def test_a_page_that_is_gone_is_forgotten_and_the_other_one_counts() -> None:
    connections = Connections(ONE, TWO)
    result, _ = send(connections, ("one", 410), ("two", 200))
    assert (result, connections.known) == (Accepted("two="), [TWO])


def test_where_every_page_is_gone_nobody_is_there() -> None:
    assert send(Connections(ONE), ("one", 410))[0] == Absent()


def test_a_page_that_has_been_silent_for_long_is_told_and_does_not_count() -> None:
    result, gateway = send(Connections(replace(ONE, seen_at=NOW - FRESH - 1)), ("one", 200))
    assert (result, len(gateway.calls)) == (Absent(), 1)


@pytest.mark.parametrize(
    ("code", "status", "failure"),
    [
        ("LimitExceededException", 429, Failure(Reason.RATE_LIMITED, True, Fault.OURS, "LimitExceededException")),  # noqa: FBT003
        ("ForbiddenException", 403, Failure(Reason.CREDENTIALS, True, Fault.OURS, "ForbiddenException")),  # noqa: FBT003
        ("PayloadTooLargeException", 413, Failure(Reason.TOO_LONG, False, Fault.OURS, "PayloadTooLargeException")),  # noqa: FBT003
        ("InternalServerError", 500, Failure(Reason.PROVIDER_DOWN, True, Fault.THEIRS, "InternalServerError")),  # noqa: FBT003
        ("TeapotException", 418, Failure(Reason.PROVIDER_DOWN, True, Fault.THEIRS, "TeapotException")),  # noqa: FBT003
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_gateway_refuses_is_a_value_with_its_code(code: str, status: int, failure: Failure) -> None:
    assert send(Connections(ONE), ("one", status), code=code)[0] == failure


def test_a_gateway_that_does_not_answer_is_asked_later() -> None:
    result, _ = send(Connections(ONE), ("one", 0))
    assert isinstance(result, Failure)
    assert result.retryable


def test_one_page_that_took_it_is_enough() -> None:
    assert isinstance(send(Connections(ONE, TWO), ("one", 500), ("two", 200))[0], Accepted)


def test_files_are_named_and_fetched_by_the_browser() -> None:
    file = Attachment("tarifa.pdf", "application/pdf", 81_234, "media/slack/1/tarifa.pdf")
    _, gateway = send(Connections(ONE), ("one", 200), attachments=(file,))
    assert b'{"name":"tarifa.pdf","type":"application/pdf","size":81234}' in gateway.calls[0].body
    assert b"media/slack" not in gateway.calls[0].body


def test_where_connections_are_not_known_nothing_is_sent() -> None:
    with pytest.raises(NotConfigured):
        ChatChannel(ChannelSettings("", lambda _: {})).send(MESSAGE, {})


# In


def event(**payload: object) -> ProviderEvent:
    return ProviderEvent("chat", "k3fq:7h2kq9dm-1", "k3fq", {"type": "send", **payload}, NOW)


def photo(at: float) -> tuple[ChatChannel, ProviderEvent]:
    files = [{"key": "uploads/chat/k3fq/1", "name": "rota.jpg", "content_type": "image/jpeg"}]
    return ChatChannel(ChannelSettings("", lambda _: {}), lambda: at), event(text="Mira", files=files)


def test_a_file_that_is_still_on_its_way_is_waited_for_but_not_for_ever() -> None:
    channel, said = photo(NOW + 1)
    with pytest.raises(TryAgain):
        channel.read(said, FakeIntake())
    channel, said = photo(NOW + PATIENCE)
    arrival = channel.read(said, FakeIntake())
    assert isinstance(arrival, Received)
    assert [(file.name, file.problem) for file in arrival.attachments] == [("rota.jpg", "unavailable")]


def test_the_language_of_the_page_comes_with_the_message() -> None:
    arrival = ChatChannel(ChannelSettings("", lambda _: {})).read(event(text="Ok", language="en-GB"), FakeIntake())
    assert isinstance(arrival, Received)
    assert (arrival.language, arrival.trusted, arrival.threads) == ("en-GB", True, False)


@pytest.mark.parametrize(
    ("content_type", "data", "genuine"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe0rest", True),
        ("image/webp", b"RIFF0000WEBPrest", True),
        ("image/heic", b"\0\0\0\x18ftypheic", True),
        ("application/pdf", b"%PDF-1.7", True),
        ("application/pdf", b"<html>", False),
        ("image/jpeg", b"", False),
        ("text/html", b"<html>", False),
    ],
)
def test_a_file_is_known_by_its_first_bytes(content_type: str, data: bytes, *, genuine: bool) -> None:
    assert is_what_it_says(content_type, data) is genuine
    assert "image/svg+xml" not in TYPES
