"""The form as a channel: what it makes of what was typed, and the mail that it sends."""

import json
from dataclasses import replace
from typing import Any

import pytest

from fakes.intake import FakeIntake
from fakes.world import FakeChannel
from mostrador.channels.files import PATIENCE
from mostrador.channels.form.channel import FormChannel
from mostrador.channels.form.events import Continued, Typed, TypedFile, message_event, reply_event
from mostrador.channels.form.tokens import pass_of
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.domain.messages import Address, Outgoing, Received

NOW = 1_780_000_000.0
PNG = b"\x89PNG\r\n\x1a\n"
FILE = TypedFile("uploads/form/1/a", "plato.png", "image/png")
TYPED = Typed("ana@correo.example", "Hola", topic="order", language="es", consent="Acepto", files=(FILE,))
SETTINGS = ChannelSettings("https://latinaja.example", lambda _: {"key": "a-key"}, switched_on=("form",))
ANSWER = Outgoing(
    "01kw0000000000000000000000-2",
    "01kw0000000000000000000000",
    Address("form", "ana@correo.example", "Ana"),
    "Sale hoy.",
)


@pytest.fixture
def intake() -> FakeIntake:
    return FakeIntake(mails={FILE.key: PNG})


def read(typed: Typed, intake: FakeIntake, *, now: float = NOW) -> Received:
    arrival = FormChannel(SETTINGS, lambda: now).read(message_event("page", typed, NOW), intake)
    assert isinstance(arrival, Received)
    return arrival


def test_what_was_agreed_to_is_kept_as_it_was_read(intake: FakeIntake) -> None:
    received = read(TYPED, intake)
    document: dict[str, Any] = json.loads(intake.kept[received.source])
    assert (document["consent"], document["at"]) == ("Acepto", NOW)
    assert [file.name for file in received.attachments] == ["plato.png"]


def test_a_file_that_is_not_there_yet_is_waited_for_and_then_left_out(intake: FakeIntake) -> None:
    intake.mails.clear()
    with pytest.raises(TryAgain):
        read(TYPED, intake)
    [file] = read(TYPED, intake, now=NOW + PATIENCE).attachments
    assert (file.name, file.key, file.problem) == ("plato.png", "", "unavailable")


def test_a_file_that_is_something_else_than_it_says_is_refused(intake: FakeIntake) -> None:
    intake.mails[FILE.key] = b"<html>"
    [file] = read(TYPED, intake).attachments
    assert (file.key, file.problem) == ("", "refused")


def test_the_same_words_are_the_same_event_and_others_are_another() -> None:
    first, again = message_event("page", TYPED, NOW), message_event("page", TYPED, NOW + 9)
    other = message_event("page", replace(TYPED, text="Adiós"), NOW)
    assert first.event_id == again.event_id != other.event_id


@pytest.mark.parametrize("proven", [True, False])
def test_what_is_added_on_the_page_belongs_to_its_conversation(intake: FakeIntake, proven: bool) -> None:  # noqa: FBT001
    event = reply_event("page", Continued("01kw0000000000000000000000", "ana@correo.example", "Y", proven=proven), NOW)
    received = FormChannel(SETTINGS).read(event, intake)
    assert isinstance(received, Received)
    assert (received.reply_token, received.trusted) == ("01kw0000000000000000000000", proven)
    assert not received.by_hand


def test_an_answer_is_a_mail_with_a_link_that_opens_the_conversation() -> None:
    channel, mail = FormChannel(SETTINGS, lambda: NOW), FakeChannel("email")
    channel._mail = mail  # noqa: SLF001 - what it would open
    channel.send(ANSWER, {})
    [sent] = mail.sent
    token = sent.page.removeprefix("https://latinaja.example/web/conversation?k=")
    link = pass_of(token, "a-key", NOW)
    assert (sent.to, sent.text) == (Address("email", "ana@correo.example", "Ana"), ANSWER.text)
    assert link is not None
    assert link.conversation == ANSWER.conversation_id


def test_without_mail_a_form_cannot_be_answered() -> None:
    with pytest.raises(NotConfigured, match="email"):
        FormChannel(SETTINGS).send(ANSWER, {})
