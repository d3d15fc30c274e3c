"""The deployed template on the local engine, from a shopper's message to the answer in their hands, and back."""

from collections.abc import Iterator

import pytest

from deploy.visitor import SHOP, Visitor
from playground.running import RunningStack
from playground.ses.verdicts import SPAM_TEST


@pytest.fixture(scope="module")
def visitor(shop: RunningStack) -> Iterator[Visitor]:
    visitor = Visitor(shop.url)
    yield visitor
    visitor.leaves()


def test_a_mail_becomes_a_thread_and_its_answer_a_mail(visitor: Visitor) -> None:
    visitor.mails("Doce platos", "¿Cuándo llegan <b>mis</b> platos & tazas?", files={"foto.png": b"\x89PNG not really"})
    root = visitor.root("Doce platos")
    shown = visitor.in_thread(root, "&lt;b&gt;mis&lt;/b&gt; platos &amp; tazas")
    assert shown["username"] == "Ana Molina · correo"
    (file,) = visitor.in_thread(root, "foto.png")["files"] or visitor.in_thread(root, "'name': 'foto.png'")["files"]
    assert visitor.file(file["id"]) == b"\x89PNG not really"

    visitor.answers(root, "Salen *hoy*, Ana.")
    reply = visitor.in_thread(root, "Salen *hoy*, Ana.")
    visitor.marked(reply, "hourglass_flowing_sand")
    mail = visitor.mail_received("Salen hoy, Ana.")
    visitor.marked(reply, "white_check_mark")
    assert mail["subject"] == "Re: Doce platos"
    assert "Marta" in mail["from"]["name"]

    visitor.mails("Re: Doce platos", "Mil gracias.", reply_to=mail["id"])
    thanks = visitor.in_thread(root, "Mil gracias.")
    assert "Salen hoy" not in str(thanks["blocks"])


def test_a_text_becomes_a_thread_and_its_answer_a_text(visitor: Visitor) -> None:
    visitor.texts("¿Queda la tinaja azul?")
    root = visitor.root("+34600333444")
    visitor.in_thread(root, "¿Queda la tinaja azul?")
    visitor.answers(root, "Queda una.", user="U0LUIS")
    visitor.text_received("Queda una.")
    visitor.marked(visitor.in_thread(root, "Queda una."), "white_check_mark")


def test_a_note_stays_inside_and_second_thoughts_count(visitor: Visitor) -> None:
    before = set(visitor.phone("+34600111222"))
    visitor.texts("¿Y la verde?", phone="+34600111222")
    root = visitor.root("+34600111222")
    visitor.in_thread(root, "¿Y la verde?")
    visitor.answers(root, ";; la verde está rota")
    visitor.marked(visitor.in_thread(root, ";; la verde está rota"), "lock")
    visitor.answers(root, "Te equivocas de tienda")
    visitor.changes("delete", visitor.in_thread(root, "Te equivocas de tienda"))
    visitor.answers(root, "Queda una berde")
    visitor.changes("edit", visitor.in_thread(root, "Queda una berde"), text="Queda una verde")
    visitor.text_received("Queda una verde")
    since = [text for text in visitor.phone("+34600111222") if text not in before and "cerrada" not in text]
    assert since == ["¿Y la verde?", "Queda una verde"]


def test_claim_and_close_change_the_card(visitor: Visitor) -> None:
    visitor.texts("¿Abrís hoy?", phone="+447700900123")
    root = visitor.root("+447700900123")
    visitor.presses(root, "claim", user="U0INES")
    visitor.root("<@U0INES>")
    visitor.presses(visitor.root("+447700900123"), "close")
    visitor.root("Cerrada")


def test_stop_is_respected_and_the_agent_told(visitor: Visitor) -> None:
    visitor.texts("STOP", phone="+447700900123")
    root = visitor.root("+447700900123")
    visitor.in_thread(root, "STOP")
    visitor.answers(root, "Una última cosa")
    visitor.marked(visitor.in_thread(root, "Una última cosa"), "x")
    visitor.in_thread(root, "no recibir más mensajes")


def mail(sender: str, subject: str, text: str, *more: str) -> str:
    headers = [f"From: {sender}", f"To: {SHOP}", f"Subject: {subject}", f"Message-ID: <{subject}@test.example>", *more]
    return "\n".join([*headers, "", text, ""])


def test_what_looks_like_spam_waits_until_somebody_lets_it_in(visitor: Visitor) -> None:
    sender = "oferta@gangas.example"
    visitor.sends_raw(mail(sender, "Gangas", f"Azulejos a mitad de precio {SPAM_TEST.decode()}"), envelope=sender)
    root = visitor.root("En cuarentena")
    assert "Azulejos" not in str(visitor.state["slack"]["messages"])
    visitor.presses(root, "release")
    visitor.in_thread(root, "Azulejos a mitad de precio")


def test_a_sender_who_proves_nothing_is_shown_as_such_and_joins_nothing(visitor: Visitor) -> None:
    forged = mail("Ana Molina <ana.molina@correo.example>", "Forjado", "Enviad mi pedido a otra calle")
    visitor.sends_raw(forged, envelope="quien@sea.example")
    assert "sin verificar" in str(visitor.root("Forjado")["blocks"])


def test_a_mail_that_bounces_is_told_on_the_answer_that_bounced(visitor: Visitor) -> None:
    sender = "rebote@correo.example"
    visitor.sends_raw(mail(sender, "Vuelve", "¿Hola?"), envelope=sender)
    root = visitor.root("Vuelve")
    visitor.in_thread(root, "¿Hola?")
    visitor.answers(root, "Hola, sí.")
    visitor.marked(visitor.in_thread(root, "Hola, sí."), "x")
    visitor.in_thread(root, "El correo ha vuelto")


def test_a_machine_is_shown_as_one_and_never_answered_by_ours(visitor: Visitor) -> None:
    sender = "luis@tercera.example"
    away = mail(sender, "Fuera de la oficina", "Vuelvo el lunes.", "Auto-Submitted: auto-replied")
    visitor.sends_raw(away, envelope=sender)
    root = visitor.root("Fuera de la oficina")
    shown = visitor.in_thread(root, "Vuelvo el lunes.")
    assert "la ha escrito una máquina" in str(shown["blocks"])
    assert len([each for each in visitor.state["slack"]["messages"] if each["thread_ts"] == root["ts"]]) <= 2
    assert not [each for each in visitor.state["mail"]["messages"] if each["account"] == sender]


def test_a_whatsapp_goes_there_and_back_with_its_files_and_is_read(visitor: Visitor) -> None:
    visitor.chats("Is this plate still available?", files={"plate.png": b"\x89PNG not really"})
    root = visitor.root("Emma Clarke", "WhatsApp")
    shown = visitor.in_thread(root, "Is this plate still available?")
    assert shown["username"] == "Emma Clarke · WhatsApp"
    (file,) = visitor.in_thread(root, "'mimetype': 'image/png'")["files"]
    assert visitor.file(file["id"]) == b"\x89PNG not really"

    visitor.answers(root, "Yes, it looks like this.", files={"blue.png": b"\x89PNG neither"})
    received = visitor.text_received("Yes, it looks like this.", app="whatsapp")
    assert visitor.file(received["media"][0]["id"]) == b"\x89PNG neither"
    reply = visitor.in_thread(root, "Yes, it looks like this.")
    visitor.marked(reply, "white_check_mark")
    visitor.looks_at_whatsapp()
    visitor.marked(reply, "eyes")


def test_whoever_has_not_written_for_a_day_is_reached_by_a_template(visitor: Visitor) -> None:
    root = visitor.root("Emma Clarke", "WhatsApp")
    visitor.lets_a_day_pass()
    visitor.answers(root, "Did it arrive?")
    visitor.marked(visitor.in_thread(root, "Did it arrive?"), "x")
    closed = visitor.root("Emma Clarke", "ventana cerrada")
    visitor.sends_template(closed, "whatsapp_follow_up")
    visitor.text_received("Hello Emma Clarke, this is about your question", app="whatsapp")
    visitor.marked(visitor.in_thread(root, "envía una plantilla a Emma Clarke"), "white_check_mark")
