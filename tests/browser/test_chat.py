"""The chat widget in a real browser, before a server of the protocol that misbehaves when told to."""

import re
from typing import ClassVar

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from fakes.chat_server import CLOSED, ChatServer
from fakes.chat_visitor import enter, messages, png, texts, write

PNG: FilePayload = {"name": "rota.png", "mimeType": "image/png", "buffer": png(64, 48, (180, 60, 40))}


def room_of(element: Locator) -> tuple[float, float]:
    """Its place on the screen moves while the panel opens; its size does not."""
    box = element.bounding_box()
    assert box is not None
    return box["width"], box["height"]


class TestConversation:
    def test_nobody_is_connected_before_they_open_the_chat(self, page: Page, server: ChatServer) -> None:
        expect(page.get_by_test_id("launcher")).to_have_accessible_name("Abrir el chat")
        expect(page.get_by_test_id("panel")).to_be_hidden()
        assert server.frames == []

    def test_visitor_writes_and_is_answered(self, page: Page, server: ChatServer) -> None:
        enter(page)
        expect(page.get_by_role("dialog", name="La Tinaja")).to_be_visible()
        expect(page.get_by_test_id("presence")).to_have_text("Ahora estamos: te respondemos en unos minutos.")
        write(page, "¿Hacéis envíos a Canarias?")
        expect(messages(page)).to_contain_text("Enviado")
        server.say("Sí, en tres días.")
        expect(texts(page)).to_have_text(["¿Hacéis envíos a Canarias?", "Sí, en tres días."])
        expect(messages(page).last).to_contain_text("Marta")
        expect(page.get_by_test_id("write")).to_have_value("")
        assert server.stored == ["¿Hacéis envíos a Canarias?"]

    def test_frames_are_as_the_protocol_says(self, page: Page, server: ChatServer) -> None:
        enter(page)
        write(page, "Hola")
        write(page, "Otra cosa")
        server.until(lambda: len(server.sent("send")) == 2)
        hello, first, second = server.frames[:3]
        assert hello == {"v": 1, "type": "hello", "language": "es", "cursor": ""}
        assert set(first) == {"v", "type", "ref", "text", "files", "page"}
        tab, number = first["ref"].split("-")
        assert re.fullmatch(r"[a-z0-9]{8,32}", tab)
        assert second["ref"] == f"{tab}-{int(number) + 1}"

    def test_shop_is_told_where_the_visitor_wrote_and_nothing_that_may_be_secret(
        self, page: Page, server: ChatServer
    ) -> None:
        page.goto(f"{server.url}tienda/plato-hondo?token=secreto#arriba")
        enter(page)
        write(page, "¿Este aguanta el lavavajillas?")
        server.until(lambda: len(server.sent("send")) == 1)
        server.faults.shut = True
        server.cut()
        write(page, "¿Y el horno?")
        page.evaluate("document.title = 'Otra'")
        page.goto(f"{server.url}tienda")
        server.faults.shut = False
        server.until(lambda: len(server.sent("send")) == 2)
        plate = {"address": f"{server.url}tienda/plato-hondo", "title": "La Tinaja"}
        assert [each["page"] for each in server.sent("send")] == [plate, plate]
        assert "secreto" not in str(server.frames)

    def test_half_a_character_makes_no_message_unsendable(self, page: Page, server: ChatServer) -> None:
        enter(page)
        # The title is cut in the middle of the jar; a text can be cut so by whatever put it into the clipboard.
        page.evaluate("document.title = 'T'.repeat(199) + '\\u{1F3FA}'")
        page.get_by_test_id("write").evaluate(
            "(area) => { area.value = 'Hola \\ud83c'; area.dispatchEvent(new Event('input')); }"
        )
        page.get_by_test_id("write").press("Enter")
        server.until(lambda: bool(server.sent("send")))
        expect(messages(page)).to_contain_text("Enviado")
        assert server.misshapen == []
        assert server.stored == ["Hola \ufffd"]

    def test_what_arrives_and_what_is_seen_is_told_to_the_shop(self, page: Page, server: ChatServer) -> None:
        enter(page)
        write(page, "Hola")
        page.get_by_test_id("close").click()
        server.until(lambda: bool(server.sent("send")))
        said = server.say("¡Buenas!")
        server.until(lambda: bool(server.sent("receipt")))
        assert [(each["state"], each["ids"]) for each in server.sent("receipt")] == [("delivered", [said["id"]])]
        expect(page.get_by_test_id("badge")).to_have_text("1")
        expect(page.get_by_test_id("launcher")).to_have_accessible_name("Abrir el chat: un mensaje sin leer")
        enter(page)
        server.until(lambda: len(server.sent("receipt")) == 2)
        assert server.sent("receipt")[-1]["state"] == "read"
        page.get_by_test_id("close").click()
        expect(page.get_by_test_id("badge")).to_be_hidden()

    def test_somebody_who_types_is_shown_until_their_message_comes(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.tell({"type": "typing", "name": "Marta", "seconds": 60})
        expect(page.get_by_test_id("typing")).to_have_text("Marta está escribiendo…")
        server.say("Ya está.")
        expect(page.get_by_test_id("typing")).to_be_hidden()

    def test_typing_ends_by_itself(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.tell({"type": "typing", "name": "", "seconds": 0.5})
        expect(page.get_by_test_id("typing")).to_have_text("Están escribiendo…")
        expect(page.get_by_test_id("typing")).to_be_hidden()

    def test_an_answer_of_a_machine_says_so(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.say("Abrimos a las diez.", automatic=True, name="")
        expect(messages(page)).to_contain_text("Respuesta automática")

    def test_an_answer_that_is_said_again_takes_the_place_of_the_first(self, page: Page, server: ChatServer) -> None:
        enter(page)
        said = server.say("En diez dias.")
        server.say("En diez días.", id=said["id"])
        expect(texts(page)).to_have_text(["En diez días."])

    def test_frames_that_nobody_knows_are_passed_over(self, page: Page, server: ChatServer) -> None:
        enter(page)
        for frame in ({"type": "constructor"}, {"type": "party"}, {"type": "message", "v": 2}, {"type": "error"}):
            server.tell(frame)
        server.say("Sigo aquí.")
        expect(texts(page)).to_have_text(["Sigo aquí."])

    def test_writing_too_much_is_said_before_it_is_sent(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.get_by_test_id("write").fill("a" * 4001)
        expect(page.get_by_test_id("hint")).to_have_text("Sobra 1 carácter")
        page.get_by_test_id("write").press("Enter")
        page.get_by_test_id("write").press("Backspace")
        expect(page.get_by_test_id("hint")).to_have_text("Quedan 0 caracteres")
        page.get_by_test_id("write").press("Enter")
        server.until(lambda: bool(server.sent("send")))
        assert [len(each["text"]) for each in server.sent("send")] == [4000]


class TestWhatTheShopRefuses:
    def test_message_that_is_not_taken_can_be_corrected(self, page: Page, server: ChatServer) -> None:
        server.faults.refusals = [{"code": "too_long", "text": "Ese mensaje es demasiado largo."}]
        enter(page)
        write(page, "Demasiado")
        expect(page.get_by_test_id("problem")).to_contain_text("Ese mensaje es demasiado largo.")
        page.get_by_test_id("correct").click()
        expect(page.get_by_test_id("write")).to_have_value("Demasiado")
        expect(messages(page)).to_have_count(0)
        write(page, "Corto")
        server.until(lambda: server.stored == ["Corto"])

    @pytest.mark.parametrize("code", ["refused", "something_new"])
    def test_message_that_is_refused_can_be_tried_again_or_taken_back(
        self, page: Page, server: ChatServer, code: str
    ) -> None:
        server.faults.refusals = [{"code": code, "text": "Por aquí no."}, {"code": code, "text": "Por aquí no."}]
        enter(page)
        write(page, "¿Y ahora?")
        expect(page.get_by_test_id("problem")).to_contain_text("Por aquí no.")
        page.get_by_test_id("retry").click()
        server.until(lambda: len(server.sent("send")) == 2)
        expect(page.get_by_test_id("problem")).to_be_visible()
        page.get_by_test_id("discard").click()
        expect(messages(page)).to_have_count(0)

    @pytest.mark.parametrize("code", ["slow_down", "try_again"])
    def test_difficulty_that_passes_is_waited_for(self, page: Page, server: ChatServer, code: str) -> None:
        server.faults.refusals = [{"code": code, "text": "Un momento.", "retry_after": 0.2}]
        enter(page)
        write(page, "Uno")
        write(page, "Dos")
        server.until(lambda: server.stored == ["Uno", "Dos"])
        expect(page.get_by_test_id("problem")).to_have_count(0)

    def test_server_that_lost_the_connection_s_name_is_greeted_again(self, page: Page, server: ChatServer) -> None:
        server.faults.refusals = [{"code": "hello_first", "text": ""}]
        enter(page)
        write(page, "Hola")
        server.until(lambda: server.stored == ["Hola"])
        assert len(server.sent("hello")) == 2

    def test_nothing_that_a_stranger_writes_becomes_part_of_the_page(self, page: Page, server: ChatServer) -> None:
        attack = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'
        server.shop = attack
        server.presence = {**CLOSED, "text": attack}
        server.offers = {"email": True, "form": "javascript:window.hurt=1", "callback": "data:text/html,hurt"}
        enter(page)
        write(page, attack)
        server.until(lambda: bool(server.sent("send")))
        server.say(attack, name=attack, files=[{"name": attack, "type": "text/html", "size": 1}])
        server.say("javascript:window.hurt=1 https://latinaja.example/plato. <a href=x>")
        expect(texts(page)).to_have_text(
            [attack, attack, "javascript:window.hurt=1 https://latinaja.example/plato. <a href=x>"]
        )
        links = page.get_by_test_id("panel").get_by_role("link")
        expect(links).to_have_count(1)
        expect(links).to_have_attribute("href", "https://latinaja.example/plato")
        expect(links).to_have_attribute("rel", "noopener noreferrer nofollow")
        assert page.evaluate("window.hurt") is None
        assert page.locator("mostrador-chat img, mostrador-chat script").count() == 0


class TestFiles:
    def test_file_is_uploaded_and_goes_with_the_message(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.get_by_test_id("picker").set_input_files(PNG)
        expect(page.get_by_test_id("chip")).to_have_attribute("data-state", "there")
        write(page, "Llegó rota")
        expect(messages(page)).to_contain_text("rota.png")
        server.until(lambda: bool(server.sent("send")))
        assert server.uploaded == {"rota.png": PNG["buffer"]}
        assert server.sent("send")[0]["files"] == ["f1.rota.png"]
        upload = {**server.sent("upload")[0], "ref": ""}
        told = {"name": "rota.png", "content_type": "image/png", "size": len(PNG["buffer"])}
        assert upload == {"v": 1, "type": "upload", "ref": "", **told}

    @pytest.mark.parametrize(
        ("file", "problem"),
        [
            ({**PNG, "mimeType": "application/x-msdownload", "name": "virus.exe"}, "Este tipo de archivo"),
            ({**PNG, "buffer": b"a" * 1_000_001}, "Pesa demasiado"),
        ],
        ids=["type", "size"],
    )
    def test_file_that_cannot_be_sent_says_why(
        self, page: Page, server: ChatServer, file: FilePayload, problem: str
    ) -> None:
        enter(page)
        page.get_by_test_id("picker").set_input_files(file)
        expect(page.get_by_test_id("chip")).to_contain_text(problem)
        page.get_by_test_id("write").fill("Hola")
        expect(page.get_by_test_id("send")).to_have_attribute("aria-disabled", "true")
        page.get_by_test_id("chip-remove").click()
        page.get_by_test_id("send").click()
        server.until(lambda: server.stored == ["Hola"])
        assert server.sent("upload") == []

    def test_file_with_a_long_name_can_be_removed(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.get_by_test_id("picker").set_input_files({**PNG, "name": f"{'una tinaja muy ' * 9}grande.png"})
        expect(page.get_by_test_id("chip-remove")).to_be_in_viewport(ratio=1)
        page.get_by_test_id("chip-remove").click()
        expect(page.get_by_test_id("chip")).to_have_count(0)

    def test_file_that_does_not_get_through_is_not_sent_without_a_word(self, page: Page, server: ChatServer) -> None:
        server.faults.upload_status = 403
        enter(page)
        page.get_by_test_id("picker").set_input_files(PNG)
        expect(page.get_by_test_id("chip")).to_contain_text("No se ha podido subir")

    def test_one_file_too_many_is_said(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.get_by_test_id("picker").set_input_files([PNG, PNG, PNG])
        expect(page.get_by_test_id("chip").and_(page.locator("[data-state=there]"))).to_have_count(2)
        expect(page.get_by_test_id("chip")).to_have_count(2)
        expect(page.get_by_test_id("hint")).to_have_text("Caben 2 archivos por mensaje.")
        page.get_by_test_id("chip-remove").first.click()
        expect(page.get_by_test_id("hint")).to_have_text("")

    def test_file_of_the_shop_is_opened_by_a_link_of_the_moment(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.say("La tarifa", files=[{"name": "tarifa.pdf", "type": "application/pdf", "size": 81_234}])
        with page.expect_popup() as popup:
            page.get_by_role("button", name="Abrir tarifa.pdf, 79 kB").click()
        expect(popup.value.locator("body")).to_contain_text("the file con-1-0")

    def test_file_that_is_gone_says_so(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.say("La tarifa", files=[{"name": "tarifa.pdf", "type": "application/pdf", "size": 81_234}])
        server.visitor.messages.clear()
        page.get_by_test_id("file").click()
        expect(messages(page)).to_contain_text("Este archivo ya no está disponible.")

    def test_file_that_did_not_arrive_has_no_link(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.say("", files=[{"name": "tarifa.pdf", "type": "application/pdf", "size": 0, "problem": "too_large"}])
        expect(messages(page)).to_contain_text("tarifa.pdf")
        expect(messages(page)).to_contain_text("No nos ha llegado.")
        expect(page.get_by_test_id("file")).to_have_count(0)


class TestPictures:
    """``con-1-0`` is the first file of the first message."""

    JAR: ClassVar = [{"name": "jarra.png", "type": "image/png", "size": 2048}]

    def test_picture_of_the_shop_is_seen_where_it_was_said_and_large_when_opened(
        self, page: Page, server: ChatServer
    ) -> None:
        server.pictures["con-1-0"] = png(1600, 1200, (29, 79, 145))
        enter(page)
        server.say("Esta es", files=self.JAR)
        picture = page.get_by_role("button", name="Abrir jarra.png, 2 kB")
        expect(picture.get_by_role("img", name="jarra.png")).to_be_visible()
        picture.click()
        viewer = page.get_by_role("dialog", name="jarra.png")
        expect(viewer.get_by_role("img", name="jarra.png")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(viewer).to_be_hidden()
        expect(picture).to_be_focused()
        expect(page.get_by_test_id("panel")).to_be_visible()
        picture.click()
        page.get_by_role("button", name="Cerrar la imagen").click()
        expect(viewer).to_be_hidden()
        assert len(server.sent("open")) == 1

    def test_visitor_s_own_picture_is_seen_from_the_moment_of_choosing_it(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.get_by_test_id("picker").set_input_files(PNG)
        expect(page.get_by_test_id("chip").locator("img")).to_be_visible()
        expect(page.get_by_test_id("chip")).to_have_attribute("data-state", "there")
        write(page, "Llegó rota")
        picture = messages(page).get_by_role("img", name="rota.png")
        expect(picture).to_be_visible()
        assert server.sent("open") == []
        server.pictures["con-1-0"] = PNG["buffer"]
        page.reload()
        expect(messages(page).get_by_role("img")).to_be_visible()
        assert len(server.sent("open")) == 1

    @pytest.mark.parametrize("broken", [b"", b"no es una imagen"], ids=["text", "nonsense"])
    def test_picture_that_cannot_be_shown_is_a_file_by_its_name(
        self, page: Page, server: ChatServer, broken: bytes
    ) -> None:
        server.pictures["con-1-0"] = broken
        enter(page)
        server.say("Esta es", files=self.JAR)
        server.until(lambda: bool(server.sent("open")))
        picture = page.get_by_test_id("picture")
        expect(picture).to_have_text("jarra.png")
        expect(picture.get_by_role("img")).to_have_count(0)
        with page.expect_popup() as popup:
            picture.click()
        expect(popup.value).to_have_url(f"{server.url}file/con-1-0")

    def test_picture_that_is_gone_says_so(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.get_by_test_id("close").click()
        server.say("Esta es", files=self.JAR)
        server.visitor.messages.clear()
        enter(page)
        expect(page.get_by_test_id("picture")).to_have_text("Este archivo ya no está disponible.")
        expect(page.get_by_test_id("picture")).to_be_disabled()

    def test_picture_takes_the_same_room_before_and_after_it_comes(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.say("Una", files=self.JAR)
        picture = page.get_by_test_id("picture")
        expect(picture).to_be_visible()
        empty = room_of(picture)
        server.pictures |= {"con-1-0": png(300, 900, (200, 120, 0))}
        page.reload()
        expect(picture.get_by_role("img")).to_be_visible()
        assert room_of(picture) == empty

    def test_pictures_are_asked_for_when_they_come_into_sight(self, page: Page, server: ChatServer) -> None:
        server.pictures = {f"con-{number}-0": png(64, 64, (9, 90, number)) for number in range(1, 9)}
        enter(page)
        for number in range(8):
            server.say(f"Pieza {number}", files=self.JAR)
        expect(texts(page)).to_have_count(8)
        page.reload()
        expect(messages(page).last.get_by_role("img")).to_be_visible()
        asked = {each["id"] for each in server.sent("open")[-4:]}
        assert "con-1" not in asked
        page.get_by_test_id("log").evaluate("log => { log.scrollTop = 0; }")
        expect(messages(page).first.get_by_role("img")).to_be_visible()

    def test_picture_that_was_asked_for_when_the_connection_ended_comes_later(
        self, page: Page, server: ChatServer
    ) -> None:
        server.pictures["con-1-0"] = png(64, 64, (9, 90, 90))
        enter(page)
        page.get_by_test_id("close").click()
        server.say("Esta es", files=self.JAR)
        expect(page.get_by_test_id("badge")).to_have_text("1")
        server.faults.shut = True
        server.cut()
        page.get_by_test_id("launcher").click()
        expect(page.get_by_test_id("notice")).not_to_be_empty()
        expect(page.get_by_test_id("picture")).to_have_text("jarra.png")
        server.faults.shut = False
        expect(messages(page).get_by_role("img")).to_be_visible()

    @pytest.mark.parametrize(
        "file",
        [
            {"name": "dibujo.svg", "type": "image/svg+xml", "size": 2048},
            {"name": "foto.heic", "type": "image/heic", "size": 2048},
            {"name": "enorme.png", "type": "image/png", "size": 9_000_000},
        ],
        ids=["markup", "unknown-to-browsers", "large"],
    )
    def test_what_is_no_picture_to_a_browser_or_too_large_stays_a_file(
        self, page: Page, server: ChatServer, file: dict[str, object]
    ) -> None:
        enter(page)
        server.say("Esto", files=[file])
        expect(page.get_by_test_id("file")).to_contain_text(str(file["name"]))
        assert server.sent("open") == []


class TestNobodyThere:
    @pytest.fixture(autouse=True)
    def closed(self, server: ChatServer) -> None:
        server.presence = CLOSED
        server.offers = {"email": True, "form": f"{server.url}form", "callback": f"{server.url}call"}

    def test_visitor_is_told_when_the_shop_is_back_and_what_else_there_is(self, page: Page) -> None:
        enter(page)
        expect(page.get_by_test_id("presence")).to_have_text("Ahora está cerrado: volvemos mañana a las 10:00.")
        offers = page.get_by_test_id("offers")
        expect(offers.get_by_role("link")).to_have_text(
            [re.compile("^Pide que te llamemos"), re.compile("^Escríbenos")]
        )
        write(page, "Hola igualmente")
        expect(messages(page)).to_contain_text("Enviado")

    def test_visitor_leaves_an_address(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.get_by_label("Deja tu correo y te respondemos ahí.").fill("ana.molina@")
        page.get_by_test_id("email-save").click()
        expect(page.get_by_role("alert")).to_have_text("Ese correo no parece completo.")
        expect(page.get_by_test_id("email")).to_be_focused()
        page.get_by_test_id("email").fill("ana.molina@correo.example")
        page.get_by_test_id("email").press("Enter")
        expect(page.get_by_test_id("email-left")).to_contain_text("te respondemos a ana.molina@correo.example")
        assert server.visitor.email == "ana.molina@correo.example"
        page.get_by_test_id("email-change").click()
        expect(page.get_by_test_id("email")).to_be_focused()

    def test_who_waits_may_leave_an_address_too(self, page: Page, server: ChatServer) -> None:
        server.presence = {**CLOSED, "state": "here", "text": "Ahora estamos."}
        enter(page)
        expect(page.get_by_test_id("offers")).to_be_hidden()
        write(page, "Hola")
        expect(page.get_by_label("¿Tienes que irte? Deja tu correo y te respondemos ahí.")).to_be_visible()
        expect(page.get_by_test_id("offers").get_by_role("link")).to_have_count(0)

    def test_newest_message_stays_in_sight_when_the_offers_take_its_room(self, page: Page, server: ChatServer) -> None:
        enter(page)
        for number in range(12):
            server.say(f"Respuesta {number}")
        expect(texts(page)).to_have_count(12)
        page.reload()
        expect(page.get_by_test_id("offers")).to_be_visible()
        expect(texts(page).last).to_be_in_viewport(ratio=1)
        said = server.say("Y una más")
        server.until(
            lambda: any(said["id"] in each["ids"] for each in server.sent("receipt") if each["state"] == "read")
        )
        expect(page.get_by_test_id("newer")).to_be_hidden()

    def test_who_reads_what_was_said_before_is_left_there(self, page: Page, server: ChatServer) -> None:
        enter(page)
        for number in range(20):
            server.say(f"Respuesta {number}")
        expect(texts(page)).to_have_count(20)
        page.get_by_test_id("log").evaluate("log => { log.scrollTop = 0; }")
        expect(texts(page).first).to_be_in_viewport()
        said = server.say("Más abajo")
        expect(page.get_by_test_id("newer")).to_be_visible()
        expect(texts(page).first).to_be_in_viewport()
        assert not any(said["id"] in each["ids"] for each in server.sent("receipt") if each["state"] == "read")
        page.get_by_role("button", name="Mensajes nuevos").click()
        expect(texts(page).last).to_be_in_viewport()
        expect(page.get_by_test_id("newer")).to_be_hidden()

    def test_shop_that_opens_meanwhile_says_so(self, page: Page, server: ChatServer) -> None:
        server.ping_every = 1
        enter(page)
        server.presence = {**CLOSED, "state": "here", "text": "Ahora estamos."}
        expect(page.get_by_test_id("presence")).to_have_text("Ahora estamos.")
        expect(page.get_by_test_id("offers")).to_be_hidden()
