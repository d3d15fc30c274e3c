"""What agents see, and that nothing which a customer writes can break it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from fakes.views import ANA, HELLO, LOST, OPENED
from mostrador.channels.registry import CHANNELS
from mostrador.desk.cards import (
    Card,
    customer_message,
    failure_card,
    file_name,
    icon,
    is_cut,
    notice_card,
    page_cards,
    speaker,
    whisper_cards,
)
from mostrador.desk.root import root_card
from mostrador.desk.views import ConversationView, FailureView, MessageView
from mostrador.domain.attention import Attention, Intent, Priority, Stage
from mostrador.domain.catalogue import LANGUAGES
from mostrador.domain.conversation import State
from mostrador.domain.messages import Attachment


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from objects(inner)


def texts(card: Card, kind: str = "") -> list[str]:
    kinds = {kind} if kind else {"plain_text", "mrkdwn"}
    return [found["text"] for found in objects(card.blocks) if found.get("type") in kinds]


def buttons(card: Card) -> dict[str, dict[str, Any]]:
    return {found["action_id"]: found for found in objects(card.blocks) if found.get("type") == "button"}


def menus(card: Card) -> dict[str, list[str]]:
    kinds = ("overflow", "static_select")
    shown = [found for found in objects(card.blocks) if found.get("type") in kinds]
    return {found["action_id"]: [option["value"] for option in found["options"]] for found in shown}


def test_the_root_says_who_writes_what_and_since_when() -> None:
    card = root_card(ANA)
    assert card.text == "Ana Molina escribe por correo: ¿Cuándo llega el plato azul?"
    assert texts(card)[:5] == [
        "✉️ Ana Molina",
        "¿Cuándo llega el plato azul?",
        "ana.molina@correo.example",
        "correo · llegó <!date^1780000000^{ago}|28/05/2026 22:26>",
        "🟢 *Abierta* · sin asignar · espera respuesta desde <!date^1780000000^{ago}|28/05/2026 22:26>",
    ]


def test_an_unclaimed_conversation_can_be_claimed_or_closed_with_a_question() -> None:
    shown = buttons(root_card(ANA))
    assert list(shown) == ["claim", "close"]
    assert list(menus(root_card(ANA))) == ["snooze", "more"]
    assert {button["value"] for button in shown.values()} == {ANA.id}
    assert shown["close"]["confirm"]["title"]["text"] == "¿Cerrar la conversación?"


def test_whoever_closes_what_has_a_call_promised_is_asked_about_the_call() -> None:
    shown = buttons(root_card(replace(ANA, callback_at=1_780_003_600.0)))
    assert shown["close"]["confirm"]["title"]["text"] == "Hay una llamada prometida"


def test_a_claimed_conversation_names_its_agent_and_cannot_be_claimed_again() -> None:
    card = root_card(replace(ANA, assignee="U0MARTA", waiting_since=0.0))
    assert list(buttons(card)) == ["close"]
    assert "🟢 *Abierta* · la atiende <@U0MARTA> · al día: nadie espera respuesta" in texts(card, "mrkdwn")


def test_a_closed_conversation_can_only_be_reopened() -> None:
    card = root_card(replace(ANA, state=State.CLOSED, assignee="U0MARTA"))
    assert list(buttons(card)) == ["reopen"]
    assert "⚪ *Cerrada* · la atiende <@U0MARTA>" in texts(card, "mrkdwn")


ROUTED = replace(
    ANA,
    segment="Mayorista",
    attention=Attention.DEDICATED,
    queue="Mayoristas",
    protocol="Reclamaciones",
    priority=Priority.URGENT,
    intent=Intent.COMPLAINT,
    tags=("mayorista", "queja"),
    assignee="U0LUIS",
    promised_for=OPENED + 3600,
    callback_at=OPENED + 7200,
    seen_at=OPENED,
)


def test_a_routed_conversation_says_who_they_are_what_was_promised_and_what_it_is_about() -> None:
    assert texts(root_card(ROUTED), "mrkdwn") == [
        "correo · llegó <!date^1780000000^{ago}|28/05/2026 22:26> · *Mayorista* · con agente propio",
        (
            "🟢 *Abierta* · la atiende <@U0LUIS> · espera respuesta desde <!date^1780000000^{ago}|28/05/2026 22:26>"
            " · prometida antes de las <!date^1780003600^{time}|28/05/2026 23:26>"
        ),
        (
            "🚨 *urgente* · 📥 Mayoristas · queja · 🏷 mayorista · 📋 Reclamaciones"
            " · 📞 llamada prometida para <!date^1780007200^{date_short_pretty} {time}|29/05/2026 00:26>"
        ),
    ]
    assert menus(root_card(ROUTED))["more"] == ["why", "protocol", "called"]


def test_the_card_stays_calm() -> None:
    kinds = [block["type"] for block in root_card(ROUTED).blocks]
    assert kinds == ["header", "section", "context", "section", "context", "actions"]


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (replace(ROUTED, promised_for=OPENED + 7200), "prometida para <!date^1780007200^"),
        (replace(ROUTED, seen_at=OPENED + 3599), "prometida antes de las"),
        (replace(ROUTED, seen_at=OPENED + 3600), "⏰ *con retraso*: prometida para <!date^1780003600^"),
        (replace(ROUTED, stage=Stage.MACHINE), "🤖 respondida automáticamente"),
        (replace(ROUTED, stage=Stage.COMMUNITY), "👥 la comunidad responde primero"),
        (replace(ROUTED, state=State.SNOOZED, snoozed_until=OPENED + 9000), "💤 *Pospuesta* hasta <!date^1780009000^"),
        (replace(ROUTED, waiting_since=0.0), "al día: nadie espera respuesta"),
    ],
    ids=["another day", "in time", "late", "machine", "community", "snoozed", "answered"],
)
def test_the_card_says_how_it_stands(view: ConversationView, said: str) -> None:
    assert said in texts(root_card(view), "mrkdwn")[1]


@pytest.mark.parametrize("stage", [Stage.MACHINE, Stage.COMMUNITY])
def test_while_others_may_answer_nothing_is_said_of_a_promise(stage: Stage) -> None:
    assert "prometida" not in texts(root_card(replace(ROUTED, stage=stage)), "mrkdwn")[1]


def test_what_is_ordinary_is_not_said() -> None:
    ordinary = replace(ROUTED, priority=Priority.NORMAL, intent=Intent.OTHER, tags=(), protocol="", callback_at=0.0)
    assert texts(root_card(ordinary), "mrkdwn")[2] == "📥 Mayoristas"
    assert menus(root_card(ordinary))["more"] == ["why", "call"]


@pytest.mark.parametrize(
    ("view", "offered"),
    [
        (replace(ANA, state=State.SNOOZED, snoozed_until=OPENED + 60), ["claim", "close", "wake", "more"]),
        (replace(ANA, state=State.CLOSED), ["reopen", "more"]),
        (replace(ANA, quarantine="spam"), ["release", "close"]),
    ],
    ids=["snoozed", "closed", "quarantine"],
)
def test_only_what_makes_sense_is_offered(view: ConversationView, offered: list[str]) -> None:
    assert [element["action_id"] for element in root_card(view).blocks[-1]["elements"]] == offered


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("attention", Attention)
def test_every_attention_and_intent_has_its_words(language: str, attention: Attention) -> None:
    for intent in Intent:
        for priority in Priority:
            view = replace(ROUTED, language=language, attention=attention, intent=intent, priority=priority)
            assert_slack_accepts(root_card(view))


def test_an_english_desk_reads_english() -> None:
    card = root_card(replace(ANA, language="en", zone=UTC))
    assert card.text == "Ana Molina writes by email: ¿Cuándo llega el plato azul?"
    assert "email · arrived <!date^1780000000^{ago}|2026-05-28 20:26>" in texts(card)


def test_a_conversation_without_subject_or_name_shows_the_address() -> None:
    card = root_card(replace(ANA, customer=" ", subject="", channel="sms", address="+34600111222"))
    assert card.text == "+34600111222 escribe por SMS"
    assert texts(card)[0] == "📱 +34600111222"


@pytest.mark.parametrize(
    ("view", "warning"),
    [
        (replace(ANA, trusted=False), "⚠️ Remitente sin verificar: "),
        (replace(ANA, opted_out=True), "⚠️ Ha pedido no recibir más mensajes por correo"),
    ],
)
def test_what_an_agent_must_know_before_answering_is_a_visible_warning(view: ConversationView, warning: str) -> None:
    assert any(text.startswith(warning) for text in texts(root_card(view)))
    assert not any("⚠️" in text for text in texts(root_card(ANA)))


def test_only_a_real_user_id_becomes_a_mention() -> None:
    card = root_card(replace(ANA, assignee="U0MARTA> <!channel"))
    assert "<!channel" not in json.dumps(card.blocks)


def test_the_same_view_gives_the_same_digest_and_another_view_another() -> None:
    assert root_card(ANA).digest == root_card(replace(ANA)).digest
    assert root_card(ANA).digest != root_card(replace(ANA, assignee="U0MARTA")).digest


def test_an_ordinary_message_is_one_card_with_the_words_alone() -> None:
    (card,) = customer_message(HELLO)
    assert card.text == "Hola, ¿cuándo llega?"
    assert texts(card) == ["Hola, ¿cuándo llega?"]


def test_the_speaker_names_customer_and_channel() -> None:
    assert speaker(HELLO) == "Ana Molina · correo"
    assert speaker(replace(HELLO, customer="<b>Ana</b> & Co")) == "bAna/b Co · correo"
    assert speaker(replace(HELLO, customer="x" * 200)) == "x" * 59 + "… · correo"


SIGNS = {
    "chat": ("💬 Ana Molina", "Ana Molina · chat", ":speech_balloon:"),
    "email": ("✉️ Ana Molina", "Ana Molina · correo", ":email:"),
    "form": ("📝 Ana Molina", "Ana Molina · formulario", ":memo:"),
    "phone": ("📞 Ana Molina", "Ana Molina · teléfono", ":telephone_receiver:"),
    "sms": ("📱 Ana Molina", "Ana Molina · SMS", ":iphone:"),
    "whatsapp": ("💚 Ana Molina", "Ana Molina · WhatsApp", ":green_heart:"),
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_is_told_by_a_picture_and_a_word(channel: str) -> None:
    head, above, picture = SIGNS[channel]
    assert texts(root_card(replace(ANA, channel=channel)))[0] == head
    assert speaker(replace(HELLO, channel=channel)) == above
    assert icon(channel) == picture


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_channels_look_alike_in_any_language(language: str) -> None:
    speakers = {speaker(replace(HELLO, channel=channel, language=language)) for channel in CHANNELS}
    assert len(speakers) == len({icon(channel) for channel in CHANNELS}) == len(CHANNELS)


def test_what_came_in_by_no_channel_has_a_picture_that_none_of_them_has() -> None:
    assert icon("unreadable") not in {icon(name) for name in CHANNELS}


@pytest.mark.parametrize(
    ("view", "note"),
    [
        (replace(HELLO, automatic=True), "🤖 Respuesta automática: la ha escrito una máquina."),
        (replace(HELLO, trusted=False), "⚠️ Remitente sin verificar."),
        (replace(HELLO, subject="Otra cosa"), "Asunto: Otra cosa"),
        (
            replace(HELLO, received_at=OPENED + 301),
            "Escrito <!date^1780000000^{date_short_pretty} {time}|28/05/2026 20:26>; nos llegó más tarde.",
        ),
    ],
)
def test_what_is_unusual_about_a_message_stands_above_it(view: MessageView, note: str) -> None:
    (card,) = customer_message(view)
    assert texts(card) == [note, "Hola, ¿cuándo llega?"]


def test_attachments_are_listed_with_what_became_of_them() -> None:
    files = (
        Attachment("plato.jpg", "image/jpeg", 48213, key="k"),
        Attachment("vídeo.mov", "video/quicktime", 38_400_000, problem="too_large"),
    )
    (card,) = customer_message(replace(HELLO, text="", attachments=files))
    assert texts(card) == [
        "(mensaje sin texto)",
        "📎 plato.jpg (48 kB)",
        "⚠️ vídeo.mov (38,4 MB) es demasiado grande y no se ha guardado. Pide que lo envíen con un enlace.",
    ]


def test_many_attachments_are_counted() -> None:
    files = tuple(Attachment(f"{number}.jpg", "image/jpeg", 1, key="k") for number in range(12))
    (card,) = customer_message(replace(HELLO, attachments=files))
    assert texts(card)[-1] == "y 3 más"
    assert len(texts(card)) == 1 + 10


def test_a_long_message_is_split_and_a_very_long_one_ends_in_a_file() -> None:
    long = replace(HELLO, text="palabra " * 2000)
    assert [len(card.blocks) for card in customer_message(long)] == [3, 3]
    assert not is_cut(long)
    longest = replace(HELLO, text="palabra " * 20_000)
    *_, last = cards = customer_message(longest)
    assert len(cards) == 3
    assert is_cut(longest)
    assert file_name(longest) in texts(last)[-1]


def test_a_message_that_was_cut_before_says_so_too() -> None:
    (card,) = customer_message(replace(HELLO, truncated=True))
    assert "mensaje-1.txt" in texts(card)[-1]


def test_a_failure_says_what_happened_what_to_do_and_to_whom() -> None:
    card = failure_card(LOST)
    assert texts(card) == [
        "❌ No se ha entregado a Ana Molina por SMS",
        "Ana Molina ha pedido no recibir más mensajes por SMS (STOP). Escríbele por otro canal.",
        "<@U0MARTA>",
        "«Sale hoy»",
    ]
    assert card.text.startswith("❌ No se ha entregado a Ana Molina por SMS. Ana Molina ha pedido")


def test_a_notice_is_one_line_of_small_print() -> None:
    card = notice_card("Luis <b> llegó antes", "🙋")
    assert texts(card) == ["🙋 Luis &lt;b&gt; llegó antes"]
    assert card.text == "🙋 Luis &lt;b&gt; llegó antes"


def test_a_notice_calls_those_whom_it_concerns_and_nobody_else() -> None:
    card = notice_card("Queda media hora para Ana <!channel>", "🔔", ("U0MARTA", "U0LUIS> <!here", "U0INES"))
    assert texts(card, "mrkdwn") == ["<@U0MARTA> <@U0INES>"]
    assert texts(card, "plain_text") == ["🔔 Queda media hora para Ana &lt;!channel&gt;"]
    assert card.text == "<@U0MARTA> <@U0INES> 🔔 Queda media hora para Ana &lt;!channel&gt;"


def test_several_lines_are_whispered_at_full_size_and_keep_their_lines() -> None:
    (card,) = whisper_cards("Atención\n• Marta <3")
    assert [block["type"] for block in card.blocks] == ["section"]
    assert texts(card) == ["Atención\n• Marta &lt;3"]


def test_a_long_protocol_is_whispered_in_pieces_that_slack_takes() -> None:
    cards = page_cards("Reclamaciones", "## Primero\n\n> escucha & anota\n\n" * 1000)
    assert len(cards) > 1
    assert cards[0].blocks[0]["text"]["text"] == "Reclamaciones"
    for card in cards:
        written = [block["text"] for block in card.blocks if block["type"] == "markdown"]
        assert 0 < sum(map(len, written)) <= 12_000
        assert written[0].startswith(("## Primero", "> escucha & anota"))


def test_a_protocol_without_a_text_is_its_title() -> None:
    assert [len(card.blocks) for card in page_cards("Reclamaciones", " ")] == [1]


HOSTILE = st.text(st.sampled_from("<>&*_~`|\x00\u202e\ud800 \n😀aé!@#"), max_size=400) | st.sampled_from(
    ["<!channel>", "<@U0MARTA>", "<https://x|y>", "&" * 5000, "<" * 40_000, "a" * 4000, " ", ""]
)
FILES = st.lists(
    st.builds(
        Attachment,
        name=HOSTILE,
        content_type=st.just("image/jpeg"),
        size=st.integers(0, 10**9),
        problem=st.sampled_from(["", "too_large", "unavailable", "refused"]),
    ),
    max_size=14,
).map(tuple)
CONVERSATIONS = st.builds(
    replace,
    st.just(ANA),
    customer=HOSTILE,
    address=HOSTILE,
    subject=HOSTILE,
    assignee=HOSTILE,
    trusted=st.booleans(),
    opted_out=st.booleans(),
    state=st.sampled_from(State),
    segment=HOSTILE,
    attention=st.sampled_from(Attention),
    queue=HOSTILE,
    protocol=HOSTILE,
    priority=st.sampled_from(Priority),
    intent=st.none() | st.sampled_from(Intent),
    tags=st.lists(HOSTILE, max_size=3).map(tuple),
    stage=st.sampled_from(Stage),
    quarantine=st.sampled_from(["", "spam", "virus"]),
    promised_for=st.sampled_from([0.0, OPENED, OPENED + 3600, OPENED + 90_000]),
    snoozed_until=st.sampled_from([0.0, OPENED + 3600]),
    callback_at=st.sampled_from([0.0, OPENED + 3600]),
    seen_at=st.just(OPENED + 60),
)
MESSAGES = st.builds(
    replace,
    st.just(HELLO),
    customer=HOSTILE,
    subject=HOSTILE,
    text=HOSTILE,
    attachments=FILES,
    automatic=st.booleans(),
    trusted=st.booleans(),
    truncated=st.booleans(),
    received_at=st.sampled_from([OPENED, OPENED + 900]),
)
FAILURES = st.builds(replace, st.just(LOST), customer=HOSTILE, address=HOSTILE, text=HOSTILE, agent=HOSTILE)

OURS = re.compile(r"<!date\^\d+\^[{}a-z_ ]+\|[\d/: -]+>|<@[UW][A-Z0-9]+>")


def assert_slack_accepts(card: Card) -> None:
    assert 0 < len(card.blocks) <= 50
    assert 0 < len(card.text) <= 4000
    assert not re.search("[<>]|&(?!amp;|lt;|gt;)", card.text)
    json.dumps(card.blocks).encode()
    for parsed in Block.parse_all(list(card.blocks)):
        parsed.validate_json()
    limits = {"header": 150, "section": 3000}
    for block in card.blocks:
        if block["type"] in limits:
            assert len(block["text"]["text"]) <= limits[block["type"]]
        assert len(block.get("elements", ())) <= 10
    for kind in ("plain_text", "mrkdwn"):
        for text in texts(card, kind):
            assert 0 < len(text) <= 3000
            ours_removed = OURS.sub("", text) if kind == "mrkdwn" else text
            assert not re.search("[<>]|&(?!amp;|lt;|gt;)", ours_removed)


@given(CONVERSATIONS)
def test_no_customer_can_break_a_root_card(view: ConversationView) -> None:
    assert_slack_accepts(root_card(view))


@given(MESSAGES)
def test_no_customer_can_break_a_message(view: MessageView) -> None:
    cards = customer_message(view)
    assert 1 <= len(cards) <= 3
    for card in cards:
        assert_slack_accepts(card)
        assert sum(map(len, texts(card))) <= 13_000


@given(FAILURES)
def test_no_customer_can_break_a_failure(view: FailureView) -> None:
    assert_slack_accepts(failure_card(view))


@given(HOSTILE)
def test_no_text_can_break_a_whisper(text: str) -> None:
    for card in whisper_cards(text):
        assert_slack_accepts(card)


@given(CONVERSATIONS)
def test_what_a_customer_wrote_is_never_formatted(view: ConversationView) -> None:
    marked = replace(view, customer="*Ana*", address="_ana_@correo.example", subject="~azul~", assignee="")
    assert not any(word in text for text in texts(root_card(marked), "mrkdwn") for word in ("Ana", "ana_", "azul"))
