"""What the thread shows, and that it shows it once."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import START, Counter, race, received, text_of
from mostrador.desk.errors import Doubtful, MessageGone
from mostrador.desk.events import Kind
from mostrador.domain.attention import Attention
from mostrador.domain.changes import Create, Update
from mostrador.domain.conversation import Direction, Message
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.domain.messages import Address, Attachment
from mostrador.policy.model import Segment, Target
from mostrador.usecases.sending.patience import LONGEST_RUN, LONGEST_WAIT
from mostrador.usecases.sending.settle import DESK_PATIENCE
from mostrador.usecases.thread.notify import REFUSED, SHUT


def keys(counter: Counter) -> list[str]:
    return [post.key for post in counter.desk.posts.values()]


def test_what_piled_up_is_shown_in_one_run_in_order() -> None:
    counter = Counter()
    for number in range(30):
        counter.ingest(counter.event(received(f"texto {number}", f"m{number}", counter.clock())))
    counter.queues.desk_wakes = type(counter.queues.desk_wakes)([counter.queues.desk_wakes[0]])
    counter.run()
    assert keys(counter) == ["root", *(f"{number}.0" for number in range(1, 31))]


def test_a_wake_up_with_nothing_new_calls_the_desk_for_nothing() -> None:
    counter = Counter()
    counter.writes("Hola")
    counter.desk.trouble.append(AssertionError("the desk was called"))
    counter.notify(counter.conversation.id)
    assert counter.conversation.watch_at == 0


def test_a_wake_up_for_nobody_is_harmless() -> None:
    Counter().notify("unknown")


@pytest.mark.parametrize(("subject", "shown"), [("RE: Re: Mi pedido", False), ("Otra cosa", True)])
def test_a_subject_is_shown_where_the_customer_changed_it(subject: str, *, shown: bool) -> None:
    counter = Counter()
    counter.writes("uno", channel="email", subject="Mi pedido", reference="1@x")
    counter.writes("dos", channel="email", subject=subject, references=("1@x",))
    assert ("Asunto" in text_of(counter.desk.thread(counter.root.ts)[1].card)) is shown


def noticed(counter: Counter, text: str, *mentions: str) -> None:
    """The counter says something itself, as a clock would make it."""
    before = counter.conversation
    sequence, now = before.counter + 1, counter.clock()
    notice = Message(before.id, sequence, Direction.NOTICE, text, now, now, mentions=mentions)
    after = replace(before, counter=sequence, version=before.version + 1, watch_at=now)
    counter.inbox.commit(Create(notice), Update(before, after))
    counter.queues.desk(before.desk_channel, before.id)
    counter.run()


def test_what_the_counter_says_itself_is_shown_once_and_calls_whom_it_names() -> None:
    counter = Counter()
    counter.writes("Hola")
    noticed(counter, "Queda media hora para responder a Ana <!channel>", "U0MARTA", "nobody")
    counter.notify(counter.conversation.id)
    assert keys(counter) == ["root", "1.0", "2.0"]
    card = counter.desk.thread(counter.root.ts)[-1].card
    assert card.text == "<@U0MARTA> 🔔 Queda media hora para responder a Ana &lt;!channel&gt;"
    assert counter.conversation.watch_at == 0


def test_what_concerns_nobody_in_particular_calls_nobody() -> None:
    counter = Counter()
    counter.writes("Hola")
    noticed(counter, "Vuelve a estar abierta")
    assert counter.desk.thread(counter.root.ts)[-1].card.text == "🕐 Vuelve a estar abierta"


def test_a_notice_whose_post_was_lost_is_found_again_instead_of_repeated() -> None:
    counter = Counter()
    counter.writes("Hola")
    # Its card is up to date, so that the post of the notice is the first call: done, and its answer lost.
    counter.desk.trouble.extend([None, ConnectionError("lost")])
    with pytest.raises(ConnectionError):
        noticed(counter, "Queda media hora", "U0MARTA")
    counter.notify(counter.conversation.id)
    assert keys(counter) == ["root", "1.0", "2.0"]


def test_a_customer_who_is_known_is_introduced_on_the_card() -> None:
    counter = Counter()
    new = Segment("new", {"es": "Visita nueva", "en": "New visitor"}, Attention.SELF_SERVICE)
    counter.policies.policy = replace(POLICY, segments=(new,))
    counter.writes("Hola")
    before = counter.conversation
    after = replace(before, segment="new", intent="returns", tags=("queja",), version=before.version + 1)
    counter.inbox.commit(Update(before, after))
    counter.notify(before.id)
    shown = text_of(counter.root.card)
    assert all(word in shown for word in ("*Visita nueva*", "📥 Atención", "devolución", "🏷 queja"))


def test_what_the_policy_no_longer_has_is_left_out_of_the_card() -> None:
    counter = Counter()
    counter.writes("Hola")
    before = counter.conversation
    gone: dict[str, Any] = {"segment": "gone", "queue": "gone", "protocol": "gone", "intent": "gone"}
    counter.inbox.commit(Update(before, replace(before, **gone, version=before.version + 1)))
    counter.notify(before.id)
    assert "gone" not in text_of(counter.root.card)


def test_a_message_is_posted_under_the_customers_name() -> None:
    counter = Counter()
    counter.writes("Hola")
    assert counter.desk.thread(counter.root.ts)[0].username == "Ana Molina · SMS"


def test_a_post_whose_answer_was_lost_is_found_again_instead_of_repeated() -> None:
    counter = Counter()
    counter.desk.trouble.extend([None, None, None, ConnectionError("lost")])
    event = counter.event(received("Hola", "m1", counter.clock()))
    counter.ingest(event)
    with pytest.raises(ConnectionError):
        counter.run()
    counter.ingest(event)
    counter.run()
    assert keys(counter) == ["root", "1.0"]
    assert counter.desk.lookups > 0


def test_the_desk_is_not_searched_where_nothing_went_wrong() -> None:
    counter = Counter()
    counter.writes("uno")
    counter.writes("dos")
    assert counter.desk.lookups == 0


def test_a_short_wait_is_waited() -> None:
    counter = Counter()
    counter.desk.trouble.append(TryAgain("ratelimited", after=3))
    counter.writes("Hola")
    assert counter.slept == [3]
    assert keys(counter) == ["root", "1.0"]


def test_a_long_wait_is_left_to_tick_without_failing_the_run() -> None:
    counter = Counter()
    counter.desk.trouble.append(TryAgain("ratelimited", after=LONGEST_WAIT + 20))
    counter.writes("Hola")
    assert counter.desk.posts == {}
    assert counter.slept == []
    counter.clock.now += LONGEST_WAIT + 20
    counter.tick()
    counter.run()
    assert keys(counter) == ["root", "1.0"]


def test_a_desk_that_is_shut_is_told_to_the_alarm_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    counter = Counter()
    counter.desk.trouble.append(NotConfigured("token_revoked"))
    counter.writes("Hola")
    assert [getattr(record, "event", "") for record in caplog.records if record.levelname == "ERROR"] == [
        "channel_closed"
    ]
    counter.clock.now += SHUT
    assert counter.tick() == 1
    counter.run()
    assert keys(counter) == ["root", "1.0"]


def test_a_call_that_may_have_been_done_is_not_repeated_before_looking() -> None:
    counter = Counter()
    counter.desk.trouble.extend([None, None, None, Doubtful("read timeout")])
    counter.writes("Hola")
    assert counter.slept == []
    counter.clock.now += DESK_PATIENCE
    counter.tick()
    counter.run()
    assert keys(counter) == ["root", "1.0"]


def test_a_message_that_slack_does_not_accept_is_read_in_a_file_and_holds_nothing_up() -> None:
    counter = Counter()
    counter.desk.refuses = lambda text: "veneno" in text
    counter.writes("veneno")
    counter.writes("Hola")
    assert keys(counter) == ["root", "1.0", "2.0"]
    assert list(counter.desk.files.values()) == [("mensaje-1.txt", b"veneno")]
    assert "no acepta este mensaje" in text_of(counter.desk.thread(counter.root.ts)[0].card)
    assert counter.conversation.watch_at == 0


def test_a_name_that_slack_does_not_accept_is_left_out_of_the_card() -> None:
    counter = Counter()
    counter.desk.refuses = lambda text: "veneno" in text
    counter.writes("Hola", sender=Address("sms", "+34600333444", "veneno"), subject="veneno")
    assert keys(counter) == ["root", "1.0"]
    assert "+34 600 33 34 44" in text_of(counter.root.card)


def test_a_conversation_that_slack_refuses_altogether_does_not_hold_up_the_others() -> None:
    counter = Counter()
    patient = Target("default", first=86_400, next=86_400)
    counter.policies.policy = replace(POLICY, targets={"default": patient})
    counter.desk.refuses = lambda text: "veneno@correo.example" in text
    poison = Address("email", "veneno@correo.example")
    for number, sender in enumerate((poison, Address("email", "ana.molina@correo.example"))):
        counter.ingest(counter.event(received("Hola", f"m{number}", START, channel="email", sender=sender)))
    counter.run()
    assert keys(counter) == ["root", "1.0"]
    counter.desk.refuses = lambda _: False
    counter.clock.now += REFUSED
    counter.tick()
    counter.run()
    assert keys(counter) == ["root", "1.0"] * 2


@pytest.mark.parametrize(("kept", "said"), [(b"png", "no lo acepta"), (b"", "no se ha podido")], ids=["full", "erased"])
def test_a_file_that_cannot_be_shown_is_named_with_the_reason_once(kept: bytes, said: str) -> None:
    counter = Counter()
    counter.desk.refuses = lambda text: text == "foto.png"
    if kept:
        counter.blobs.kept["media/foto"] = kept
    counter.writes("Mira", attachments=(Attachment("foto.png", "image/png", 3, "media/foto"),))
    counter.writes("Hola")
    assert keys(counter) == ["root", "1.0", "1.file0", "2.0"]
    assert said in text_of(counter.desk.thread(counter.root.ts)[1].card)


def test_a_run_that_has_no_time_left_puts_the_rest_in_line() -> None:
    counter = Counter()
    post = counter.desk.post

    def slowly(*arguments: Any, **named: Any) -> str:
        counter.clock.now += LONGEST_RUN / 4
        return post(*arguments, **named)

    setattr(counter.desk, "post", slowly)  # noqa: B010 - a method is replaced
    for number in range(10):
        counter.ingest(counter.event(received(f"texto {number}", f"m{number}", START)))
    conversation_id = counter.queues.desk_wakes[0]
    counter.queues.desk_wakes.clear()
    counter.notify(conversation_id)
    assert keys(counter) == ["root", "1.0", "2.0", "3.0"]
    assert [*counter.queues.desk_wakes] == [conversation_id]
    counter.run()
    assert keys(counter) == ["root", *(f"{number}.0" for number in range(1, 11))]


def test_a_thread_that_is_lost_again_and_again_does_not_fill_the_channel() -> None:
    counter = Counter()
    post = counter.desk.post

    def orphan(*arguments: Any, **named: Any) -> str:
        if named["thread_ts"]:
            raise MessageGone(named["thread_ts"])
        return post(*arguments, **named)

    setattr(counter.desk, "post", orphan)  # noqa: B010 - a method is replaced
    counter.writes("Hola")
    assert keys(counter) == ["root", "root"]


def test_a_mark_is_replaced_even_where_the_message_changed_while_it_was_made() -> None:
    counter = Counter()
    counter.writes("Hola")
    reply = counter.agent_event(Kind.REPLY, text="uno", user="U0MARTA")
    counter.act(reply)
    edit = counter.agent_event(Kind.EDIT, ts=reply.ts, thread_ts=reply.thread_ts, text="dos", user="U0MARTA")
    race(counter, lambda: counter.act(edit))
    counter.run()
    counter.wait(10)
    assert counter.marks(reply) == {"outbox_tray"}


def test_a_deleted_root_gets_a_new_thread_and_the_old_one_still_answers() -> None:
    counter = Counter()
    counter.writes("uno")
    old = counter.root.ts
    counter.desk.posts.clear()
    counter.writes("dos")
    assert keys(counter) == ["root", "2.0"]
    counter.answers("Sí", thread_ts=old)
    counter.wait(10)
    assert [message.text for message in counter.channels["sms"].sent] == ["Sí"]


def test_the_card_is_not_updated_for_what_it_does_not_show() -> None:
    counter = Counter()
    counter.writes("uno")
    counter.writes("dos")
    assert counter.desk.updates == []


def test_a_very_long_message_goes_on_in_a_file() -> None:
    counter = Counter()
    text = "Hola, buenos días. " * 1500
    counter.writes(text)
    ((name, data),) = counter.desk.files.values()
    assert name == "mensaje-1.txt"
    assert data.decode() == text


def test_a_file_is_not_shared_twice_after_a_crash() -> None:
    counter = Counter()
    counter.desk.trouble.extend([None] * 4 + [ConnectionError("lost")])
    event = counter.event(received("Hola. " * 5000, "m1", counter.clock()))
    counter.ingest(event)
    with pytest.raises(ConnectionError):
        counter.run()
    shared = len(counter.desk.files)
    counter.ingest(event)
    counter.run()
    assert len(counter.desk.files) == max(shared, 1) == 1
