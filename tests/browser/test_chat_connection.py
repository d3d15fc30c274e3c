"""The chat widget where connections end, pages are left, servers restart, and one visitor has several tabs."""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from fakes.chat_server import ChatServer
from fakes.chat_visitor import a_page, enter, messages, texts, write

VISIBILITY = """state => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => state === "hidden" });
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


LOSES_RECEIPTS = """() => {
  const send = WebSocket.prototype.send;
  window.loses = true;
  WebSocket.prototype.send = function (data) {
    const { type, state } = JSON.parse(data);
    if (loses && type === "receipt") document.body.dataset.lost = state;
    else send.call(this, data);
  };
}"""


def refs(server: ChatServer) -> list[str]:
    return [frame["ref"] for frame in server.sent("send")]


class TestLoss:
    def test_message_whose_acknowledgement_is_lost_is_sent_again_and_stored_once(
        self, page: Page, server: ChatServer
    ) -> None:
        enter(page)
        server.faults.deaf = True
        write(page, "¿Sigue en pie?")
        server.until(lambda: len(refs(server)) == 1)
        expect(messages(page)).to_contain_text("Enviando…")
        server.faults.deaf = False
        server.cut()
        expect(messages(page)).to_contain_text("Enviado")
        expect(messages(page)).to_have_count(1)
        assert server.stored == ["¿Sigue en pie?"]

    def test_message_that_never_arrived_is_sent_once_the_connection_is_back(
        self, page: Page, server: ChatServer
    ) -> None:
        enter(page)
        server.stop()
        expect(page.get_by_test_id("notice")).to_have_text("Sin conexión. Lo que escribas saldrá en cuanto vuelva.")
        write(page, "Uno")
        write(page, "Dos")
        expect(messages(page).first).to_contain_text("Se enviará al volver la conexión")
        server.start()
        server.until(lambda: len(refs(server)) == 2)
        expect(page.get_by_test_id("notice")).to_have_text("")
        expect(texts(page)).to_have_text(["Uno", "Dos"])
        assert server.stored == ["Uno", "Dos"]

    def test_what_the_shop_said_meanwhile_is_read_later_and_once(self, page: Page, server: ChatServer) -> None:
        enter(page)
        write(page, "Hola")
        server.until(lambda: bool(refs(server)))
        server.say("Buenas")
        expect(texts(page)).to_have_count(2)
        server.faults.shut = True
        server.cut()
        expect(page.get_by_test_id("notice")).not_to_be_empty()
        server.say("¿Qué necesitas?")
        server.faults.shut = False
        expect(texts(page)).to_have_text(["Hola", "Buenas", "¿Qué necesitas?"])
        assert server.sent("hello")[-1]["cursor"] == ""
        assert server.sent("hello")[-1]["token"] == f"c1.{server.visitor.session}"

    def test_message_that_comes_twice_is_shown_once(self, page: Page, server: ChatServer) -> None:
        enter(page)
        said = server.say("Una vez")
        server.tell({"type": "message", "message": said, "cursor": "after-1"})
        server.tell({"type": "history", "messages": [said], "cursor": "after-1", "complete": True})
        server.say("Otra")
        expect(texts(page)).to_have_text(["Una vez", "Otra"])

    def test_answer_that_comes_before_the_history_does_not_hide_what_was_missed(
        self, page: Page, server: ChatServer
    ) -> None:
        enter(page)
        write(page, "Hola")
        server.until(lambda: bool(refs(server)))
        server.faults.shut = True
        server.cut()
        expect(page.get_by_test_id("notice")).not_to_be_empty()
        server.say("Lo de antes")
        server.faults.interrupted = "Lo de ahora"
        server.faults.shut = False
        expect(texts(page)).to_have_text(["Hola", "Lo de antes", "Lo de ahora"])

    def test_receipt_that_is_lost_with_its_connection_is_told_again(self, page: Page, server: ChatServer) -> None:
        enter(page)
        write(page, "Hola")
        server.until(lambda: bool(refs(server)))
        page.evaluate(LOSES_RECEIPTS)
        said = server.say("Buenas")
        expect(texts(page)).to_have_count(2)
        expect(page.locator("body")).to_have_attribute("data-lost", "read")
        page.evaluate("() => { window.loses = false; }")
        server.cut()
        server.until(lambda: bool(server.sent("receipt")))
        assert [(each["state"], each["ids"]) for each in server.sent("receipt")] == [("read", [said["id"]])]

    @pytest.mark.parametrize("ahead", [-7200, 7200])
    def test_order_is_kept_where_the_clocks_disagree(self, page: Page, server: ChatServer, ahead: float) -> None:
        server.ahead = ahead
        enter(page)
        for number in range(3):
            write(page, f"Pregunta {number}")
            server.until(lambda: len(server.stored) == number + 1)  # noqa: B023 - it is called here and nowhere else
            server.say(f"Respuesta {number}")
            expect(texts(page)).to_have_count(2 * number + 2)
        order = [f"{what} {number}" for number in range(3) for what in ("Pregunta", "Respuesta")]
        expect(texts(page)).to_have_text(order)
        page.reload()
        expect(texts(page)).to_have_text(order)

    def test_connection_that_is_dead_without_a_word_is_replaced(
        self, context: BrowserContext, server: ChatServer
    ) -> None:
        server.ping_every = 30
        page = context.new_page()
        page.clock.install()
        page.goto(server.url)
        enter(page)
        server.faults.mute = True
        page.clock.fast_forward(31_000)
        server.until(lambda: bool(server.sent("ping")))
        page.clock.fast_forward(11_000)
        page.clock.fast_forward(2_000)
        server.until(lambda: len(server.sent("hello")) == 2)

    def test_message_that_nobody_acknowledges_makes_the_connection_suspect(
        self, context: BrowserContext, server: ChatServer
    ) -> None:
        page = context.new_page()
        page.clock.install()
        page.goto(server.url)
        enter(page)
        server.faults.deaf = True
        write(page, "¿Hola?")
        server.until(lambda: len(refs(server)) == 1)
        server.faults.deaf = False
        page.clock.fast_forward(16_000)
        page.clock.fast_forward(2_000)
        expect(messages(page)).to_contain_text("Enviado")
        assert len(set(refs(server))) == 1
        assert server.stored == ["¿Hola?"]

    def test_welcome_without_its_history_makes_the_connection_suspect(
        self, context: BrowserContext, server: ChatServer
    ) -> None:
        page = context.new_page()
        page.clock.install()
        page.goto(server.url)
        server.faults.breaks_off = True
        page.get_by_test_id("launcher").click()
        expect(page.get_by_test_id("presence")).not_to_have_text("Conectando…")
        write(page, "¿Hola?")
        server.faults.breaks_off = False
        page.clock.fast_forward(21_000)
        page.clock.fast_forward(2_000)
        server.until(lambda: server.stored == ["¿Hola?"])
        expect(messages(page)).to_contain_text("Enviado")

    def test_history_that_takes_its_time_is_waited_for_as_long_as_it_comes(
        self, context: BrowserContext, server: ChatServer
    ) -> None:
        page = context.new_page()
        page.clock.install()
        page.goto(server.url)
        server.faults.breaks_off = True
        page.get_by_test_id("launcher").click()
        for part in range(3):
            expect(page.get_by_test_id("presence")).not_to_have_text("Conectando…")
            page.clock.fast_forward(15_000)
            said = {"id": f"con-{part}", "from": "shop", "name": "Marta", "text": f"Parte {part}", "at": part}
            server.tell({"type": "history", "messages": [{**said, "files": []}], "cursor": "", "complete": part == 2})
            expect(texts(page)).to_have_count(part + 1)
        write(page, "¿Hola?")
        server.until(lambda: server.stored == ["¿Hola?"])
        assert len(server.sent("hello")) == 1

    def test_pauses_between_attempts_grow(self, context: BrowserContext, server: ChatServer) -> None:
        page = context.new_page()
        page.add_init_script(
            "const real = setTimeout; window.pauses = []; window.setTimeout = (work, time) => {"
            " const pauses = time >= 500 && time !== 20000; if (pauses) window.pauses.push(time / 1000);"
            " return real(work, pauses ? 1 : time); };"
        )
        server.faults.shut = True
        page.goto(server.url)
        page.get_by_test_id("launcher").click()
        server.until(lambda: server.turned_away > 10)
        pauses, longest = page.evaluate("pauses")[:10], [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
        assert all(most / 2 <= pause <= most for pause, most in zip(pauses, longest, strict=True)), pauses
        assert len(set(pauses)) == 10

    def test_visitor_whom_the_shop_does_not_know_any_more_begins_anew_and_loses_nothing_unsent(
        self, page: Page, server: ChatServer
    ) -> None:
        enter(page)
        write(page, "Lo de antes")
        server.until(lambda: server.stored == ["Lo de antes"])
        server.say("Sí")
        server.faults.shut = True
        server.cut()
        expect(page.get_by_test_id("notice")).not_to_be_empty()
        write(page, "Lo de ahora")
        server.forget_everybody()
        server.faults.shut = False
        server.until(lambda: bool(server.visitors) and server.stored == ["Lo de ahora"])
        expect(texts(page)).to_have_text(["Lo de ahora"])

    def test_shop_that_asks_to_be_left_alone_is(self, context: BrowserContext, server: ChatServer) -> None:
        page = context.new_page()
        page.clock.install()
        page.goto(server.url)
        server.busy_for = 600
        page.get_by_test_id("launcher").click()
        server.until(lambda: len(server.sent("hello")) == 1)
        expect(page.get_by_test_id("notice")).not_to_be_empty()
        server.busy_for = 0
        page.clock.fast_forward(500_000)
        assert len(server.sent("hello")) == 1
        page.clock.fast_forward(200_000)
        server.until(lambda: len(server.sent("hello")) == 2)


class TestReload:
    def test_message_that_is_on_its_way_survives(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.faults.deaf = True
        write(page, "A medias")
        server.until(lambda: len(refs(server)) == 1)
        server.faults.deaf = False
        page.reload()
        server.until(lambda: len(server.sent("hello")) == 2)
        expect(texts(page)).to_have_text(["A medias"])
        expect(messages(page)).to_contain_text("Enviado")
        assert server.stored == ["A medias"]

    def test_message_that_could_not_leave_survives(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.faults.shut = True
        server.cut()
        expect(page.get_by_test_id("notice")).not_to_be_empty()
        write(page, "Antes de recargar")
        page.reload()
        expect(texts(page)).to_have_text(["Antes de recargar"])
        server.faults.shut = False
        server.until(lambda: server.stored == ["Antes de recargar"])
        page.reload()
        expect(messages(page)).to_contain_text("Enviado")
        assert len(refs(server)) == 1

    def test_chat_stands_open_as_it_was_and_leaves_the_focus_alone(self, page: Page, server: ChatServer) -> None:
        enter(page)
        write(page, "Hola")
        server.until(lambda: bool(refs(server)))
        server.say("Buenas")
        page.get_by_test_id("write").fill("Estoy mirando las tin")
        page.goto(f"{server.url}tinajas")
        expect(page.get_by_test_id("panel")).to_be_visible()
        expect(texts(page)).to_have_text(["Hola", "Buenas"])
        expect(page.get_by_test_id("write")).to_have_value("Estoy mirando las tin")
        expect(page.get_by_test_id("write")).not_to_be_focused()

    def test_refs_are_never_used_twice(self, page: Page, server: ChatServer) -> None:
        enter(page)
        for _ in range(3):
            write(page, "Hola")
            expect(messages(page).last).to_contain_text("Enviado")
            page.reload()
        server.until(lambda: len(server.stored) == 3)
        assert len(set(refs(server))) == 3

    def test_returning_visitor_hears_what_was_said_without_opening_anything(
        self, page: Page, server: ChatServer
    ) -> None:
        enter(page)
        write(page, "Hola")
        server.until(lambda: bool(refs(server)))
        page.get_by_test_id("close").click()
        page.goto("about:blank")
        server.say("Te llamamos mañana")
        page.goto(server.url)
        expect(page.get_by_test_id("badge")).to_have_text("1")

    def test_history_of_a_session_that_has_run_out_is_not_shown(self, page: Page, server: ChatServer) -> None:
        enter(page)
        write(page, "Hola")
        expect(messages(page)).to_contain_text("Enviado")
        page.reload()
        expect(texts(page)).to_have_text(["Hola"])
        page.evaluate("""() => {
          const name = "mostrador-chat:session", session = JSON.parse(localStorage[name]);
          localStorage[name] = JSON.stringify({ ...session, expires_at: 1 });
        }""")
        server.faults.shut = True
        page.reload()
        expect(page.get_by_test_id("panel")).to_be_visible()
        expect(messages(page)).to_have_count(0)

    @pytest.mark.parametrize("kept", ["{", "null", "7", '"text"'])
    def test_what_somebody_else_left_in_the_storage_does_no_harm(
        self, page: Page, server: ChatServer, kept: str
    ) -> None:
        for name in ("session", "history", "read", "out:x-1", "sound"):
            page.evaluate(f"localStorage['mostrador-chat:{name}'] = {json.dumps(kept)}")
        page.reload()
        enter(page)
        write(page, "Hola")
        server.until(lambda: "Hola" in server.stored)

    def test_browser_that_keeps_nothing_can_chat(self, context: BrowserContext, server: ChatServer) -> None:
        context.add_init_script(
            "for (const name of ['localStorage', 'sessionStorage'])"
            " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
        )
        page = a_page(context, server.url)
        enter(page)
        write(page, "Hola")
        server.until(lambda: server.stored == ["Hola"])
        server.say("Buenas")
        expect(texts(page)).to_have_text(["Hola", "Buenas"])


class TestOutOfSight:
    def test_tab_that_nobody_looks_at_lets_go_and_comes_back(self, context: BrowserContext, server: ChatServer) -> None:
        page = context.new_page()
        page.clock.install()
        page.goto(server.url)
        enter(page)
        page.evaluate(VISIBILITY, "hidden")
        page.clock.fast_forward(4 * 60_000)
        assert server.visitor.sockets
        page.clock.fast_forward(61_000)
        server.until(lambda: not server.visitor.sockets)
        server.say("¿Sigues ahí?")
        page.evaluate(VISIBILITY, "visible")
        expect(texts(page)).to_have_text(["¿Sigues ahí?"])

    def test_message_in_a_hidden_tab_is_not_read_until_somebody_looks(self, page: Page, server: ChatServer) -> None:
        enter(page)
        page.evaluate(VISIBILITY, "hidden")
        server.say("Hola")
        server.until(lambda: bool(server.sent("receipt")))
        page.evaluate(VISIBILITY, "visible")
        server.until(lambda: len(server.sent("receipt")) == 2)
        assert [each["state"] for each in server.sent("receipt")] == ["delivered", "read"]


class TestTabs:
    @pytest.fixture
    def other(self, page: Page, context: BrowserContext, server: ChatServer) -> Page:
        return a_page(context, server.url)

    def test_tabs_that_open_at_once_are_one_visitor(self, page: Page, other: Page, server: ChatServer) -> None:
        with server.hesitating():
            for tab in (page, other):
                tab.get_by_test_id("launcher").click()
            server.until(lambda: server.connections == 2)
            assert other.evaluate("document.readyState") == "complete"
        server.until(lambda: len(server.sent("hello")) == 2)
        expect(other.get_by_test_id("presence")).not_to_have_text("Conectando…")
        assert len(server.visitors) == 1

    def test_both_tabs_show_the_same(self, page: Page, other: Page, server: ChatServer) -> None:
        enter(page)
        enter(other)
        write(page, "Desde la primera")
        expect(texts(other)).to_have_text(["Desde la primera"])
        write(other, "Y desde la otra")
        server.until(lambda: len(server.stored) == 2)
        server.say("Os leo")
        for tab in (page, other):
            expect(texts(tab)).to_have_text(["Desde la primera", "Y desde la otra", "Os leo"])
        page.reload()
        expect(texts(page)).to_have_text(["Desde la primera", "Y desde la otra", "Os leo"])

    def test_one_message_is_on_its_way_at_a_time(self, page: Page, other: Page, server: ChatServer) -> None:
        enter(page)
        enter(other)
        server.faults.deaf = True
        write(page, "Primero")
        server.until(lambda: len(refs(server)) == 1)
        write(other, "Segundo")
        expect(texts(page)).to_have_text(["Primero", "Segundo"])
        assert len(refs(server)) == 1
        server.faults.deaf = False
        server.tell({"type": "ack", "ref": refs(server)[0]})
        server.until(lambda: server.stored == ["Primero", "Segundo"])
        assert len(refs(server)) == 2

    def test_message_of_a_tab_that_is_closed_leaves_from_the_other(
        self, page: Page, other: Page, server: ChatServer
    ) -> None:
        enter(page)
        enter(other)
        server.faults.deaf = True
        write(page, "Cierro y me voy")
        server.until(lambda: len(refs(server)) == 1)
        write(other, "Me quedo")
        expect(texts(other)).to_have_count(2)
        server.faults.deaf = False
        page.close()
        server.until(lambda: server.stored == ["Cierro y me voy", "Me quedo"])
        assert len(set(refs(server))) == 2

    def test_message_read_in_one_tab_is_read_in_the_other(self, page: Page, other: Page, server: ChatServer) -> None:
        enter(page)
        write(page, "Hola")
        server.until(lambda: bool(refs(server)))
        page.get_by_test_id("close").click()
        server.until(lambda: len(server.visitor.sockets) == 2)
        server.say("Buenas")
        for tab in (page, other):
            expect(tab.get_by_test_id("badge")).to_have_text("1")
        enter(other)
        expect(page.get_by_test_id("badge")).to_be_hidden()

    def test_tab_that_was_only_there_hears_when_another_begins(
        self, page: Page, other: Page, server: ChatServer
    ) -> None:
        enter(page)
        write(page, "Hola")
        page.get_by_test_id("close").click()
        server.until(lambda: len(server.visitor.sockets) == 2)
        server.say("Buenas")
        expect(other.get_by_test_id("badge")).to_have_text("1")
