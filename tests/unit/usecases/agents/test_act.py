"""What agents do in a thread: answers, notes, second thoughts and buttons."""

from dataclasses import replace

import pytest

from fakes.world import Counter, race
from mostrador.desk.errors import MessageGone
from mostrador.desk.events import Kind, SlackFile
from mostrador.domain.conversation import Direction, State
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.usecases.agents.act import OVERTAKES_WITHIN

PHOTO = SlackFile("F1", "foto.png", "image/png", 9, "https://files.slack.com/F1")
BUSY = Failure(Reason.RATE_LIMITED, retryable=True, fault=Fault.OURS, code="20429")


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.writes("¿Tenéis la tinaja azul?")
    return counter


def texts(counter: Counter) -> list[str]:
    return [message.text for message in counter.channels["sms"].sent]


def test_an_answer_leaves_after_the_hold_and_not_before(counter: Counter) -> None:
    reply = counter.answers("Queda *una*, <https://latinaja.example|aquí>.")
    assert counter.marks(reply) == {"hourglass_flowing_sand"}
    counter.wait(9.9)
    assert texts(counter) == []
    counter.wait(0.1)
    assert texts(counter) == ["Queda una, aquí (https://latinaja.example)."]
    assert counter.marks(reply) == {"outbox_tray"}
    assert counter.channels["sms"].sent[0].sender_name == "Marta"


def test_somebody_waits_until_the_answer_got_through(counter: Counter) -> None:
    counter.answers()
    assert counter.conversation.waiting_since > 0
    counter.wait(10)
    assert counter.conversation.waiting_since == 0


def test_an_answer_told_of_twice_is_sent_once(counter: Counter) -> None:
    reply = counter.answers("Sí")
    counter.act(reply)
    other_event = counter.agent_event(Kind.REPLY, ts=reply.ts, thread_ts=reply.thread_ts, text="Sí", user="U0MARTA")
    counter.act(other_event)
    counter.wait(10)
    counter.wait(10)
    assert texts(counter) == ["Sí"]


def test_answers_of_one_thread_leave_in_order(counter: Counter) -> None:
    for text in ("uno", "dos", "tres"):
        counter.answers(text)
    counter.wait(30)
    assert texts(counter) == ["uno", "dos", "tres"]


@pytest.mark.parametrize("text", [";;ojo con este", "  ;; llama a Luis"])
def test_a_note_stays_inside(counter: Counter, text: str) -> None:
    note = counter.answers(text)
    counter.wait(60)
    assert texts(counter) == []
    assert counter.marks(note) == {"lock"}
    assert counter.message(2).direction is Direction.NOTE
    assert counter.conversation.waiting_since > 0


@pytest.mark.parametrize("text", ["*;; ojo*", "\u200b;; ojo", "&gt; ;; ojo", "<@U0LUIS> ;; ojo", "Hola\n;; ojo"])
def test_a_note_in_disguise_stays_inside_and_the_agent_is_told(counter: Counter, text: str) -> None:
    note = counter.answers(text)
    counter.wait(60)
    assert texts(counter) == []
    assert counter.marks(note) == {"lock"}
    assert "Se queda dentro" in counter.desk.whispers[0][1]


def test_a_file_with_a_note_stays_inside(counter: Counter) -> None:
    counter.answers(";; el albarán", files=(PHOTO,))
    counter.wait(60)
    assert counter.channels["sms"].sent == []


def test_a_note_edited_into_an_answer_still_stays_inside(counter: Counter) -> None:
    note = counter.answers(";; ojo")
    counter.edits(note, "ojo")
    counter.wait(60)
    assert texts(counter) == []
    assert counter.message(2).text == "ojo"


def test_a_note_without_its_mark_is_said_to_be_a_note_still(counter: Counter) -> None:
    note = counter.answers(";; ojo")
    counter.edits(note, "ojo", before=";; ojo")
    assert "sigue siendo una nota" in counter.desk.whispers[0][1]


@pytest.mark.parametrize("before", [";; ojo", ""], ids=["slack tells what it was", "slack does not tell"])
def test_a_note_whose_change_is_told_first_stays_inside(counter: Counter, before: str) -> None:
    note = counter.agent_event(Kind.REPLY, text=";; ojo", user="U0MARTA")
    place = {"ts": note.ts, "thread_ts": note.thread_ts}
    counter.act(counter.agent_event(Kind.EDIT, text="ojo", before=before, user="U0MARTA", **place))
    counter.act(note)
    counter.wait(60)
    assert texts(counter) == []


def test_a_deletion_that_does_not_say_where_is_understood(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    deletion = counter.agent_event(Kind.DELETE, ts=reply.ts, user="")
    counter.act(replace(deletion, thread_ts=""))
    counter.wait(60)
    assert texts(counter) == []
    assert counter.message(2).state is Delivery.CANCELLED


def test_a_deletion_of_what_nobody_knows_is_left_alone(counter: Counter) -> None:
    counter.act(replace(counter.agent_event(Kind.DELETE, user=""), thread_ts=""))
    assert counter.desk.whispers == []


def test_an_answer_edited_into_a_note_is_withdrawn(counter: Counter) -> None:
    reply = counter.answers("ojo con este cliente")
    counter.edits(reply, ";; ojo con este cliente")
    counter.wait(60)
    assert texts(counter) == []
    assert counter.message(2).state is Delivery.CANCELLED


def test_an_edit_within_the_hold_changes_what_leaves(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.wait(6)
    counter.edits(reply, "Quedan dos")
    counter.wait(6)
    assert texts(counter) == []
    counter.wait(4)
    assert texts(counter) == ["Quedan dos"]


def test_an_older_edit_that_arrives_later_is_not_applied(counter: Counter) -> None:
    reply = counter.answers("uno")
    older = counter.agent_event(Kind.EDIT, ts=reply.ts, thread_ts=reply.thread_ts, text="dos", user="U0MARTA")
    counter.edits(reply, "tres")
    counter.act(older)
    counter.wait(10)
    assert texts(counter) == ["tres"]


def test_an_edit_that_overtakes_its_message_counts_as_the_message(counter: Counter) -> None:
    reply = counter.agent_event(Kind.REPLY, text="uno", user="U0MARTA")
    counter.edits(reply, "dos")
    counter.act(reply)
    counter.wait(10)
    assert texts(counter) == ["dos"]


def test_an_older_edit_than_the_one_that_overtook_the_message_is_not_applied(counter: Counter) -> None:
    reply = counter.agent_event(Kind.REPLY, text="uno", user="U0MARTA")
    older = counter.agent_event(Kind.EDIT, ts=reply.ts, thread_ts=reply.thread_ts, text="dos", user="U0MARTA")
    counter.edits(reply, "tres")
    for late in (older, reply):
        counter.act(late)
    counter.wait(10)
    assert texts(counter) == ["tres"]


def test_an_edit_of_what_nobody_remembers_is_not_sent(counter: Counter) -> None:
    forgotten = counter.agent_event(Kind.REPLY, text="Sale hoy", user="U0MARTA")
    counter.wait(OVERTAKES_WITHIN + 1)
    counter.edits(forgotten, "Salió ayer")
    counter.wait(60)
    assert texts(counter) == []
    assert "ya no cambia nada" in counter.desk.whispers[0][1]


def test_an_edit_that_leaves_nothing_to_send_withdraws_the_answer(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.edits(reply, "<!here>")
    counter.wait(60)
    assert texts(counter) == []
    assert counter.message(2).state is Delivery.CANCELLED


def test_a_withdrawn_answer_is_not_brought_back_by_an_edit_and_the_agent_is_told(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.edits(reply, ";; Queda una")
    counter.edits(reply, "Quedan dos")
    counter.wait(60)
    assert texts(counter) == []
    assert "escribe otro mensaje" in counter.desk.whispers[-1][1]


def test_an_answer_changed_during_an_attempt_that_fails_is_not_tried_again(counter: Counter) -> None:
    channel = counter.channels["sms"]
    reply = counter.answers("Queda una")
    channel.answers.append(BUSY)
    edit = counter.agent_event(Kind.EDIT, ts=reply.ts, thread_ts=reply.thread_ts, text="Quedan dos", user="U0MARTA")
    channel.meanwhile.append(lambda: counter.act(edit))
    for _ in range(3):
        counter.wait(600)
    assert texts(counter) == ["Queda una"]
    assert counter.marks(reply) == {"x", "pencil2"}


def test_an_answer_deleted_during_an_attempt_that_fails_is_not_tried_again(counter: Counter) -> None:
    channel = counter.channels["sms"]
    reply = counter.answers("Queda una")
    channel.answers.append(BUSY)
    deletion = counter.agent_event(Kind.DELETE, ts=reply.ts, thread_ts=reply.thread_ts, user="U0MARTA")
    channel.meanwhile.append(lambda: counter.act(deletion))
    for _ in range(3):
        counter.wait(600)
    assert texts(counter) == ["Queda una"]
    assert counter.message(2).state is Delivery.FAILED


def test_an_edit_after_the_hold_is_told_to_come_too_late(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.wait(10)
    counter.edits(reply, "Quedan dos")
    counter.wait(60)
    assert texts(counter) == ["Queda una"]
    ((user, sentence),) = counter.desk.whispers
    assert (user, "versión anterior" in sentence) == ("U0MARTA", True)
    assert counter.marks(reply) == {"outbox_tray", "pencil2"}


def test_words_that_are_put_back_as_they_were_sent_bear_no_mark_of_a_change(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.wait(10)
    counter.edits(reply, "Quedan dos")
    counter.edits(reply, "Queda una")
    assert "pencil2" not in counter.marks(reply)


def test_a_deletion_within_the_hold_withdraws_the_answer(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.deletes(reply)
    counter.wait(60)
    assert texts(counter) == []
    assert counter.inbox.history(counter.conversation.id) == ["opened", "message 2 cancelled"]
    assert "Cancelado a tiempo" in counter.desk.whispers[0][1]


def test_a_message_whose_deletion_is_told_first_is_not_sent(counter: Counter) -> None:
    reply = counter.agent_event(Kind.REPLY, text="A quien no era", user="U0MARTA")
    edit = counter.agent_event(Kind.EDIT, ts=reply.ts, thread_ts=reply.thread_ts, text="Nada", user="U0MARTA")
    for _ in range(2):
        counter.deletes(reply)
    for late in (reply, edit):
        counter.act(late)
    counter.wait(60)
    assert texts(counter) == []
    assert counter.conversation.counter == 1


def test_a_withdrawn_answer_does_not_hold_up_the_next(counter: Counter) -> None:
    counter.deletes(counter.answers("uno"))
    counter.answers("dos")
    counter.wait(10)
    assert texts(counter) == ["dos"]


def test_a_deletion_after_the_hold_is_told_to_come_too_late(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.wait(10)
    counter.deletes(reply)
    assert counter.message(2).state is Delivery.ACCEPTED
    assert "ya había salido" in counter.desk.whispers[0][1]


def test_a_file_of_the_agent_goes_along(counter: Counter) -> None:
    counter.answers("Mira", files=(PHOTO,))
    counter.wait(10)
    assert list(counter.channels["sms"].files[0].values()) == [b"bytes of foto.png"]


def test_a_lost_race_is_run_again_without_fetching_again(counter: Counter) -> None:
    reply = counter.agent_event(Kind.REPLY, text="Mira", user="U0MARTA", files=(PHOTO,))
    race(counter, lambda: counter.presses("claim", "U0LUIS"))
    counter.act(reply)
    counter.wait(10)
    assert texts(counter) == ["Mira"]
    assert counter.desk.downloads == 1


def test_an_answer_whose_file_could_not_be_fetched_is_not_sent_without_it(counter: Counter) -> None:
    reply = counter.answers("Mira", files=(SlackFile("F1", "foto.png", "image/png", 9),))
    counter.wait(10)
    assert texts(counter) == []
    assert counter.marks(reply) == {"x"}


def test_whoever_is_not_of_the_shop_cannot_answer(counter: Counter) -> None:
    reply = counter.answers("Hola", external=True)
    counter.wait(60)
    assert texts(counter) == []
    assert "Solo el equipo" in counter.desk.whispers[0][1]
    assert counter.marks(reply) == {"no_entry_sign"}


def test_an_answer_with_nothing_to_send_is_said_to_be_empty(counter: Counter) -> None:
    counter.answers("<!here>")
    counter.wait(60)
    assert texts(counter) == []
    assert "No hay nada que enviar" in counter.desk.whispers[0][1]


def test_a_thread_that_is_no_conversation_is_left_alone(counter: Counter) -> None:
    counter.act(counter.agent_event(Kind.REPLY, thread_ts="1.000000", text="¿Comemos?", user="U0MARTA"))
    counter.wait(60)
    assert texts(counter) == []
    assert counter.desk.whispers == []


def test_the_first_to_claim_has_it(counter: Counter) -> None:
    counter.presses("claim", "U0MARTA")
    counter.presses("claim", "U0LUIS")
    assert counter.conversation.assignee == "U0MARTA"
    ((user, sentence),) = counter.desk.whispers
    assert user == "U0LUIS"
    assert sentence.startswith("Marta")


def test_claiming_twice_oneself_is_no_matter(counter: Counter) -> None:
    counter.presses("claim")
    counter.presses("claim")
    assert counter.desk.whispers == []
    assert counter.inbox.history(counter.conversation.id) == ["opened", "claimed"]


def test_closing_and_reopening_is_written_down_once(counter: Counter) -> None:
    for action in ("close", "close", "reopen", "reopen"):
        counter.presses(action)
    assert counter.conversation.state is State.OPEN
    assert counter.inbox.history(counter.conversation.id) == ["opened", "closed", "reopened"]


@pytest.mark.parametrize(("press", "undone"), [("close", "reopen"), ("claim", "close")])
def test_a_press_that_is_told_of_again_does_not_undo_what_came_after(counter: Counter, press: str, undone: str) -> None:
    pressed = counter.agent_event(Kind.BUTTON, ts=counter.root.ts, action=press, user="U0MARTA")
    counter.act(pressed)
    counter.presses(undone)
    before = counter.conversation
    counter.act(pressed)
    assert counter.conversation.state is before.state
    assert counter.conversation.version == before.version


def test_a_word_that_cannot_be_whispered_undoes_nothing(counter: Counter) -> None:
    reply = counter.answers("Queda una")
    counter.desk.deaf = MessageGone("the root")
    counter.deletes(reply)
    counter.wait(60)
    assert texts(counter) == []
    assert counter.marks(reply) == {"lock"}


def test_the_card_shows_who_has_it_and_its_state(counter: Counter) -> None:
    counter.presses("claim")
    counter.presses("close")
    assert "<@U0MARTA>" in str(counter.root.card.blocks)
    assert "Cerrada" in str(counter.root.card.blocks)


def test_an_unknown_button_does_nothing(counter: Counter) -> None:
    counter.presses("explode")
    assert counter.conversation.version == 1
