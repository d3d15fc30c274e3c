"""Visitors of the chat: nothing is lost, nothing is doubled, and nobody sees what is somebody else's."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from fakes.chat import KEY, Room
from fakes.policies import ALWAYS, POLICY
from fakes.world import text_of
from mostrador.channels.chat.channel import FRESH
from mostrador.channels.chat.frames import LARGEST_FILE, LONGEST_TEXT, MOST_FILES
from mostrador.channels.chat.tokens import FILE_SECONDS, SESSION_SECONDS, session_of, session_token
from mostrador.channels.uploads import TYPES
from mostrador.domain.agents import AgentState
from mostrador.domain.changes import Create
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.errors import NotConfigured
from mostrador.domain.phrases import PHRASES
from mostrador.policy.model import Interval, Offer, Rule
from mostrador.usecases.chat.limits import FILES, FILES_OF_ALL, MESSAGES, MESSAGES_OF_ALL, VISITS

TAB = "7h2kq9dm"


@pytest.fixture
def room() -> Room:
    return Room()


def say(room: Room, text: str = "¿Hacéis envíos a Canarias?", number: int = 1, **fields: Any) -> Any:
    browser = room.browser()
    answer = browser.says("send", ref=f"{TAB}-{number}", text=text, **fields)
    room.work()
    return browser, answer


# Opening


@pytest.mark.parametrize(
    ("origin", "admitted"),
    [
        ("https://latinaja.example", True),
        ("https://LATINAJA.example", True),
        ("http://latinaja.example", False),
        ("https://latinaja.example.evil.example", False),
        ("https://evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_the_shops_own_pages_open_a_chat(room: Room, origin: str, admitted: bool) -> None:  # noqa: FBT001
    assert room.chat.admits(origin) is admitted


def test_a_new_visitor_is_welcomed_with_a_session_of_their_own(room: Room) -> None:
    one, other = room.browser(), room.browser()
    assert one.welcome["session"] != other.welcome["session"]
    assert session_of(one.welcome["token"], KEY, room.counter.clock()) == one.welcome["session"]
    assert one.heard[-1] == {"v": 1, "type": "history", "messages": [], "cursor": "", "complete": True}


def test_who_comes_back_is_the_same_visitor_with_a_renewed_token(room: Room) -> None:
    first = room.browser().welcome
    room.counter.clock.now += SESSION_SECONDS - 60
    second = room.browser(first["token"]).welcome
    assert second["session"] == first["session"]
    assert second["expires_at"] > first["expires_at"]


@pytest.mark.parametrize("spoil", ["late", "other key", "tampered", "nonsense", "file"])
def test_a_token_that_is_not_good_makes_a_new_visitor_and_shows_nothing(room: Room, spoil: str) -> None:
    browser, _ = say(room)
    session, token = browser.welcome["session"], browser.welcome["token"]
    spoilt = {
        "late": session_token(session, room.counter.clock() - 1, KEY),
        "other key": session_token(session, room.counter.clock() + 99, "another"),
        "tampered": token[:-3] + ("AAA" if not token.endswith("AAA") else "BBB"),
        "nonsense": "c1.e30.x",
        "file": token.replace("c1.", "f1."),
    }
    stranger = room.browser(spoilt[spoil])
    assert stranger.welcome["session"] != session
    assert stranger.history == []


def test_visitors_without_end_from_one_address_are_slowed_down(room: Room) -> None:
    for _ in range(VISITS.times):
        room.browser()
    refused = room.browser()
    assert (refused.heard[0]["type"], refused.heard[0]["code"]) == ("error", "slow_down")
    assert 0 < refused.heard[0]["retry_after"] <= VISITS.seconds


def test_before_hello_nothing_is_taken(room: Room) -> None:
    browser = room.browser()
    room.connections.opened.clear()
    assert browser.says("send", ref=f"{TAB}-1", text="Hola")["code"] == "hello_first"
    assert browser.says("ping")["code"] == "hello_first"
    assert room.events.taken == []


def test_without_its_key_nobody_is_welcomed(room: Room) -> None:
    room.key = None
    with pytest.raises(NotConfigured):
        room.browser()
    assert room.connections.opened == {}


# Talking


def test_what_is_said_is_acknowledged_once_it_is_durable_and_shown_to_the_agents(room: Room) -> None:
    browser, ack = say(room)
    assert ack == {"v": 1, "type": "ack", "ref": f"{TAB}-1"}
    assert room.counter.conversation.address.value == browser.welcome["session"]
    assert room.counter.message(1).text == "¿Hacéis envíos a Canarias?"


def test_agents_read_where_the_visitor_is_when_it_is_somewhere_else(room: Room) -> None:
    plate = {"address": "https://latinaja.example/tienda/plato-hondo?token=secreto", "title": "*Plato* <!here>"}
    jar = {"address": "https://latinaja.example/tienda/j%C3%ADcara", "title": ""}
    browser, _ = say(room, "¿Este aguanta el horno?", page=plate)
    for number, page in enumerate([plate, jar, {"address": "https://otra.example/", "title": "Otra"}, None], 2):
        browser.says("send", ref=f"{TAB}-{number}", text=f"Mensaje {number}", page=page)
        room.work()
    counter = room.counter
    shown = [text_of(post.card) for post in counter.desk.thread(counter.root.ts)]
    about = ["".join(re.findall(r"📍[^\"]*", each)) for each in shown]
    assert about == [
        "📍 Está en: *Plato* &lt;!here&gt; (/tienda/plato-hondo)",
        "",
        "📍 Está en: /tienda/jícara",
        "",
        "",
    ]
    assert "secreto" not in str(shown)


def test_what_cannot_be_made_durable_is_not_acknowledged(room: Room) -> None:
    browser = room.browser()
    room.events.failure = RuntimeError("the queue is away")
    body = json.dumps({"v": 1, "type": "send", "ref": f"{TAB}-1", "text": "Hola"})
    with pytest.raises(RuntimeError):
        browser.sends(body)
    room.chat.apologises(browser.connection, body)
    assert [frame["type"] for frame in browser.heard] == ["welcome", "history", "error"]
    assert (browser.heard[-1]["code"], browser.heard[-1]["ref"]) == ("try_again", f"{TAB}-1")
    assert browser.heard[-1]["retry_after"] > 0


def test_said_again_after_a_reconnect_it_is_acknowledged_again_and_stored_once(room: Room) -> None:
    browser, _ = say(room)
    again = room.browser(browser.welcome["token"])
    assert again.says("send", ref=f"{TAB}-1", text="¿Hacéis envíos a Canarias?")["type"] == "ack"
    room.work()
    assert room.counter.conversation.counter == 1


def test_two_tabs_that_count_alike_are_not_taken_for_one(room: Room) -> None:
    browser, _ = say(room)
    browser.says("send", ref="0therTab1-1".lower(), text="Desde otra pestaña")
    room.work()
    assert room.counter.conversation.counter == 2


def test_an_answer_reaches_every_tab_of_the_visitor_and_nobody_else(room: Room) -> None:
    one, _ = say(room)
    two, stranger = room.browser(one.welcome["token"]), room.browser()
    room.counter.answers("Sí, en tres días.")
    room.counter.wait(10)
    assert (one.told, two.told, stranger.told) == (["Sí, en tres días."], ["Sí, en tres días."], [])
    assert one.heard[-1]["message"]["name"] == "Marta"


def test_an_answer_is_the_same_when_it_is_told_and_when_it_is_told_again(room: Room) -> None:
    browser, _ = say(room)
    room.counter.answers("Sí, en tres días.")
    room.counter.wait(10)
    assert room.browser(browser.welcome["token"]).history[1] == browser.heard[-1]["message"]


def test_while_an_answer_is_held_the_visitor_sees_that_somebody_is_writing(room: Room) -> None:
    browser, _ = say(room)
    room.counter.answers("Sí, en tres días.")
    assert browser.heard[-1] == {"v": 1, "type": "typing", "name": "Marta", "seconds": 10}
    room.counter.wait(10)
    assert [frame["type"] for frame in browser.heard][-2:] == ["typing", "message"]


def test_what_waits_for_another_attempt_is_not_being_written(room: Room) -> None:
    browser, _ = say(room)
    room.line.failure = Failure(Reason.RATE_LIMITED, retryable=True, fault=Fault.OURS)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    room.line.failure = None
    before = len(browser.heard)
    room.counter.wait(5)
    room.counter.deliver(room.counter.conversation.id)
    assert len(browser.heard) == before


def test_what_was_said_meanwhile_is_told_on_return_once(room: Room) -> None:
    browser, _ = say(room)
    browser.leaves()
    room.counter.answers("Sí, en tres días.")
    room.counter.wait(10)
    assert room.counter.message(2).state is Delivery.ACCEPTED
    back = room.browser(browser.welcome["token"], browser.cursor)
    assert [message["text"] for message in back.history] == ["¿Hacéis envíos a Canarias?", "Sí, en tres días."]
    assert [message["from"] for message in back.history] == ["you", "shop"]
    assert back.history[0]["ref"] == f"{TAB}-1"
    assert room.browser(browser.welcome["token"], back.cursor).history == []


def test_an_answer_on_hold_is_not_told_yet_and_not_jumped_over(room: Room) -> None:
    browser, _ = say(room)
    room.counter.answers("Sí, en tres días.")
    browser.says("send", ref=f"{TAB}-2", text="¿Hola?")
    room.work()
    back = room.browser(browser.welcome["token"])
    assert [message["text"] for message in back.history] == ["¿Hacéis envíos a Canarias?", "¿Hola?"]
    back.leaves()
    browser.leaves()
    room.counter.wait(10)
    later = room.browser(browser.welcome["token"], back.cursor)
    assert "Sí, en tres días." in [message["text"] for message in later.history]


def test_notes_notices_and_cancelled_answers_stay_inside(room: Room) -> None:
    browser, _ = say(room)
    browser.says("leave_email", ref=f"{TAB}-e1", email="Ana.Molina@correo.example", name="Ana")
    room.work()
    room.counter.answers(";; paga siempre tarde")
    cancelled = room.counter.answers("Esto no")
    room.counter.deletes(cancelled)
    room.counter.wait(10)
    assert len(room.browser(browser.welcome["token"]).history) == 1


def test_a_long_history_comes_in_several_frames_none_of_which_is_too_large(room: Room) -> None:
    browser, _ = say(room)
    for number in range(2, 45):
        room.counter.clock.now += 60
        browser.says("send", ref=f"{TAB}-{number}", text="ñ" * LONGEST_TEXT)
        room.work()
    back = room.browser(browser.welcome["token"])
    frames = [frame for frame in back.heard if frame["type"] == "history"]
    assert [frame["complete"] for frame in frames] == [False] * (len(frames) - 1) + [True]
    assert len(frames) > 1
    assert len(back.history) == 44
    assert max(len(json.dumps(frame, ensure_ascii=False).encode()) for frame in frames) < 131_072


def test_the_rest_of_an_older_conversation_comes_before_the_new_one(room: Room) -> None:
    browser, _ = say(room)
    cursor = room.browser(browser.welcome["token"]).cursor
    room.counter.answers("Sí.")
    room.counter.wait(10)
    room.counter.presses("close")
    room.counter.clock.now += 5 * 24 * 3600
    back = room.browser(browser.welcome["token"])
    back.says("send", ref=f"{TAB}-2", text="Otra cosa")
    room.work()
    later = room.browser(browser.welcome["token"], cursor)
    assert [message["text"] for message in later.history] == ["Sí.", "Otra cosa"]


@pytest.mark.parametrize("state", ["delivered", "read"])
def test_a_browser_tells_what_became_of_an_answer(room: Room, state: str) -> None:
    browser, _ = say(room)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    assert browser.says("receipt", ids=[room.counter.message(2).id], state=state) == {}
    room.work()
    assert room.counter.message(2).state == state


def test_nobody_tells_what_somebody_else_has_read(room: Room) -> None:
    say(room)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    room.browser().says("receipt", ids=[room.counter.message(2).id, "nonsense", "01kw-1"], state="read")
    assert room.events.taken == []


def test_who_sends_without_end_is_told_to_wait_and_loses_nothing(room: Room) -> None:
    browser = room.browser()
    for number in range(MESSAGES.times):
        assert browser.says("send", ref=f"{TAB}-{number}", text="Hola")["type"] == "ack"
    refused = browser.says("send", ref=f"{TAB}-99", text="Hola")
    assert (refused["code"], refused["ref"]) == ("slow_down", f"{TAB}-99")
    room.counter.clock.now += refused["retry_after"] + 1
    assert browser.says("send", ref=f"{TAB}-99", text="Hola")["type"] == "ack"


def test_many_sessions_from_one_address_do_not_send_more_than_a_crowd(room: Room) -> None:
    answers = []
    for _ in range(MESSAGES_OF_ALL.times // MESSAGES.times + 1):
        browser = room.browser()
        answers += [browser.says("send", ref=f"{TAB}-{number}", text="Hola") for number in range(MESSAGES.times)]
    assert [answer["type"] for answer in answers].count("ack") == MESSAGES_OF_ALL.times
    assert answers[-1]["code"] == "slow_down"


def test_many_sessions_from_one_address_do_not_fill_the_bucket(room: Room) -> None:
    fields: Any = {"name": "x.png", "content_type": "image/png", "size": 1}
    answers = []
    for _ in range(FILES_OF_ALL.times // FILES.times + 1):
        browser = room.browser()
        answers += [browser.says("upload", ref=f"{TAB}-f{number}", **fields) for number in range(FILES.times)]
    assert [answer["type"] for answer in answers].count("ticket") == FILES_OF_ALL.times


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "x" * (LONGEST_TEXT + 1)}, "too_long"),
        ({"text": " \n"}, "empty"),
        ({"files": ["f1.x.y"] * (MOST_FILES + 1)}, "too_many_files"),
        ({"files": ["f1.x.y"]}, "file_unknown"),
    ],
)
def test_what_does_not_fit_is_refused_whole_with_a_sentence(room: Room, fields: Any, code: str) -> None:
    error = room.browser().says("send", ref=f"{TAB}-1", **fields)
    assert (error["code"], error["ref"]) == (code, f"{TAB}-1")
    assert error["text"]
    assert room.events.taken == []


# Who is there


def test_somebody_on_duty_is_said_to_be_there_with_the_promise(room: Room) -> None:
    presence = room.browser().welcome["presence"]
    assert (presence["state"], presence["within"], presence["opens_at"]) == ("here", 7200, 0)
    assert "Ahora estamos" in presence["text"]


def test_within_the_hours_with_nobody_on_duty_nothing_is_promised(room: Room) -> None:
    nobody_is_on_duty(room)
    presence = room.browser(language="en-GB").welcome["presence"]
    assert (presence["state"], presence["within"]) == ("away", 0)
    assert presence["text"].startswith("Nobody is in the chat right now")


def nobody_is_on_duty(room: Room) -> None:
    for user in POLICY.agents:
        room.counter.inbox.commit(Create(AgentState(user, on_duty=False)))


def test_who_writes_while_nobody_is_on_duty_is_told_so_once(room: Room) -> None:
    nobody_is_on_duty(room)
    browser = room.browser()
    for number in (1, 2):
        browser.says("send", ref=f"{TAB}-{number}", text=f"¿Hacéis envíos a Canarias? {number}")
        room.work()
        room.counter.wait(10)
    assert browser.told == [PHRASES["chat.away"]["es"]]
    assert room.counter.conversation.waiting_since


def test_who_writes_while_somebody_is_on_duty_waits_for_them(room: Room) -> None:
    browser = room.browser()
    browser.says("send", ref=f"{TAB}-1", text="¿Hacéis envíos a Canarias?")
    room.work()
    room.counter.wait(10)
    assert browser.told == []


def test_what_the_policy_says_by_itself_is_all_that_is_said(room: Room) -> None:
    nobody_is_on_duty(room)
    said = Rule("all", answer="received")
    room.counter.policies.policy = replace(POLICY, rules=(said,), answers={"received": {"es": "Te leemos."}})
    browser = room.browser()
    browser.says("send", ref=f"{TAB}-1", text="¿Hacéis envíos a Canarias?")
    room.work()
    room.counter.wait(10)
    assert browser.told == ["Te leemos."]


def test_a_closed_shop_says_when_it_opens(room: Room) -> None:
    mornings = replace(ALWAYS, week=((Interval(600, 840),),) * 7)
    room.counter.policies.policy = replace(POLICY, hours={"default": mornings})
    room.counter.clock.now = 1_780_000_000.0  # 2026-05-28, 22:26 in Madrid
    presence = room.browser().welcome["presence"]
    assert (presence["state"], presence["opens_at"]) == ("closed", 1_780_041_600)
    assert "mañana a las 10:00" in presence["text"]


def test_a_ping_keeps_the_visitor_there_and_tells_who_is(room: Room) -> None:
    browser, _ = say(room)
    room.counter.clock.now += FRESH
    assert browser.says("ping")["presence"]["state"] == "here"
    room.counter.clock.now += FRESH - 1
    browser.says("leave_email", ref=f"{TAB}-e1", email="ana@correo.example")
    room.work()
    room.counter.answers("Sí.")
    room.counter.wait(1)
    assert room.counter.channels["email"].sent == []


def test_a_page_that_sleeps_gets_the_answer_and_so_does_the_mailbox(room: Room) -> None:
    browser, _ = say(room)
    browser.says("leave_email", ref=f"{TAB}-e1", email="ana@correo.example")
    room.work()
    room.counter.clock.now += FRESH + 60
    room.counter.answers("Sí.")
    room.counter.wait(10)
    assert browser.told == ["Sí."]
    assert [mail.to.value for mail in room.counter.channels["email"].sent] == ["ana@correo.example"]


def leaves_email(room: Room, browser: Any) -> None:
    browser.says("leave_email", ref=f"{TAB}-e1", email="ana@correo.example")
    room.work()


def test_who_left_an_address_and_reads_in_the_chat_gets_no_mail(room: Room) -> None:
    browser, _ = say(room)
    leaves_email(room, browser)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    browser.says("receipt", ids=[browser.heard[-1]["message"]["id"]], state="delivered")
    room.work()
    room.counter.pass_time(900)
    assert (browser.told, room.counter.channels["email"].sent) == (["Sí."], [])
    assert room.counter.message(3).state is Delivery.DELIVERED


def test_a_page_that_took_an_answer_and_never_says_so_is_followed_by_a_mail(room: Room) -> None:
    browser, _ = say(room)
    leaves_email(room, browser)
    room.counter.answers("Sí.")
    room.counter.pass_time(240)
    assert [mail.text for mail in room.counter.channels["email"].sent] == ["Sí."]
    assert (browser.told, room.counter.message(3).state) == (["Sí."], Delivery.ACCEPTED)


def test_what_waits_behind_an_answer_leaves_when_the_page_has_that_one(room: Room) -> None:
    browser, _ = say(room)
    leaves_email(room, browser)
    room.counter.answers("Uno")
    room.counter.answers("Dos")
    room.counter.wait(10)
    assert browser.told == ["Uno"]
    browser.says("receipt", ids=[browser.heard[-1]["message"]["id"]], state="delivered")
    room.work()
    assert browser.told == ["Uno", "Dos"]


@pytest.mark.parametrize(
    ("offers", "callback"), [((), ""), ((Offer("always"),), "https://latinaja.example/call?lang=es")]
)
def test_a_call_is_offered_where_the_policy_offers_one(room: Room, offers: Any, callback: str) -> None:
    room.counter.policies.policy = replace(POLICY, phone_offers=offers)
    room.chat = replace(room.chat, offers=replace(room.chat.offers, callback="https://latinaja.example/call"))
    assert room.browser().welcome["offers"]["callback"] == callback


def test_an_address_that_was_left_is_shown_shortened(room: Room) -> None:
    browser, _ = say(room)
    assert browser.says("leave_email", ref=f"{TAB}-e1", email="Ana@Correo.example")["type"] == "ack"
    room.work()
    assert room.browser(browser.welcome["token"]).welcome["email"] == "a…@correo.example"


@pytest.mark.parametrize(
    "email",
    [
        *("ana", "ana@correo", "ana@@correo.example", "a b@correo.example", "x" * 300),
        *("a,b@correo.example", "(c)ana@correo.example", "<x>@correo.example", "a..b@correo.example"),
        *(".ana@correo.example", "ana@correo..example", "ana@correo.example\nBcc: x@correo.example"),
    ],
)
def test_an_address_that_is_none_is_refused_with_a_sentence(room: Room, email: str) -> None:
    error = room.browser().says("leave_email", ref=f"{TAB}-e1", email=email)
    assert (error["code"], bool(error["text"])) == ("email_invalid", True)


# Files


def upload(room: Room, content_type: str = "image/png", size: int = 12) -> Any:
    browser, _ = say(room)
    fields = {"name": "jarra rota.png", "content_type": content_type, "size": size}
    return browser, browser.says("upload", ref=f"{TAB}-f1", **fields)


def test_a_file_is_uploaded_with_a_ticket_and_arrives_with_its_message(room: Room) -> None:
    browser, ticket = upload(room)
    assert ticket["fields"]["key"].startswith(f"uploads/chat/{browser.welcome['session']}/")
    room.counter.blobs.put(ticket["fields"]["key"], b"\x89PNG\r\n\x1a\nrest")
    browser.says("send", ref=f"{TAB}-2", files=[ticket["file"]])
    room.work()
    (file,) = room.counter.message(2).attachments
    assert (file.name, file.content_type, file.problem) == ("jarra rota.png", "image/png", "")


def test_a_file_that_is_not_what_it_says_is_left_out_and_named(room: Room) -> None:
    browser, ticket = upload(room)
    room.counter.blobs.put(ticket["fields"]["key"], b"<svg onload=alert(1)>")
    browser.says("send", ref=f"{TAB}-2", text="Mira", files=[ticket["file"]])
    room.work()
    (file,) = room.counter.message(2).attachments
    assert (file.key, file.problem) == ("", "refused")
    assert room.counter.message(2).text == "Mira"


@pytest.mark.parametrize(
    ("content_type", "size", "code"),
    [
        ("text/html", 10, "file_type"),
        ("image/png", LARGEST_FILE + 1, "file_too_large"),
        ("image/png", 0, "file_too_large"),
    ],
)
def test_what_may_not_be_sent_gets_no_ticket(room: Room, content_type: str, size: int, code: str) -> None:
    _, error = upload(room, content_type, size)
    assert (error["code"], bool(error["text"])) == (code, True)


def test_somebody_elses_file_and_an_old_one_are_unknown(room: Room) -> None:
    browser, ticket = upload(room)
    assert room.browser().says("send", ref=f"{TAB}-2", files=[ticket["file"]])["code"] == "file_unknown"
    room.counter.clock.now += FILE_SECONDS + 1
    assert browser.says("send", ref=f"{TAB}-2", files=[ticket["file"]])["code"] == "file_unknown"


def test_a_file_is_opened_by_whose_conversation_it_is_in(room: Room) -> None:
    browser, ticket = upload(room)
    room.counter.blobs.put(ticket["fields"]["key"], b"\x89PNG\r\n\x1a\nrest")
    browser.says("send", ref=f"{TAB}-2", files=[ticket["file"]])
    room.work()
    message = room.counter.message(2)
    link = browser.says("open", id=message.id, index=0)
    assert message.attachments[0].key in link["url"]
    for stranger, index in ((room.browser(), 0), (browser, 1)):
        assert stranger.says("open", id=message.id, index=index)["code"] == "not_found"


def test_what_may_be_sent_is_told(room: Room) -> None:
    limits = room.browser().welcome["limits"]
    assert limits == {"text": 4000, "files": 5, "file_bytes": LARGEST_FILE, "file_types": list(TYPES)}


# Trouble


def test_a_gateway_that_is_busy_makes_the_answer_wait(room: Room) -> None:
    browser, _ = say(room)
    room.line.failure = Failure(Reason.RATE_LIMITED, retryable=True, fault=Fault.OURS)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    assert room.counter.message(2).state is Delivery.HELD
    room.line.failure = None
    room.counter.wait(30)
    assert browser.told == ["Sí."]


def test_a_connection_that_ended_is_forgotten(room: Room) -> None:
    browser, _ = say(room)
    other = room.browser(browser.welcome["token"])
    room.chat.ended(other.connection)
    room.chat.ended("unknown")
    browser.leaves()
    room.counter.answers("Sí.")
    room.counter.wait(10)
    assert room.connections.opened == {}


def test_an_answer_that_broke_off_is_said_again_under_the_same_id(room: Room) -> None:
    browser, _ = say(room)
    deliver = room.counter.deliver
    room.counter.answers("Sí.")
    settle = room.counter.inbox.commit

    def dies(*changes: Any) -> None:
        if any(getattr(getattr(change, "after", None), "state", None) is Delivery.ACCEPTED for change in changes):
            raise RuntimeError("the function died")
        settle(*changes)

    room.counter.inbox.commit = dies  # type: ignore[method-assign]
    room.counter.clock.now += 10
    with pytest.raises(RuntimeError):
        deliver(room.counter.conversation.id)
    room.counter.inbox.commit = settle  # type: ignore[method-assign]
    room.counter.pass_time(600)
    ids = [frame["message"]["id"] for frame in browser.heard if frame["type"] == "message"]
    assert (len(ids), len(set(ids))) == (2, 1)
    assert room.counter.message(2).state is Delivery.ACCEPTED
