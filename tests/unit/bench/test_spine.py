"""The spine on the wire: every function is woken by what another one really queued, and every request is counted."""

from bench.scenarios import HALF_OF_THE_PROMISE, STRANGER, TO_A_PERSON, TO_SELF_SERVICE, WHOLESALER, Shop
from bench.spine import open_spine
from bench.totals import add_up
from bench.wire import Step


def functions(steps: list[Step]) -> list[str]:
    return [step.function for step in steps]


def test_a_text_and_its_answer_wake_every_function_and_are_counted() -> None:
    with open_spine() as spine:
        shop = Shop(spine)
        taken_in, answered = shop.sms("+34600111222", TO_A_PERSON), shop.answer()
    assert functions(taken_in) == ["receive", "ingest", "notify"]
    assert {"slack", "act", "release", "deliver", "notify"} == {*functions(answered)}
    assert add_up(answered[-1].requests).of("slack") > 0
    (delivered,) = (step for step in answered if step.function == "deliver")
    assert add_up(delivered.requests).of("twilio") == 1


def test_a_delivery_is_shown_as_the_answers() -> None:
    with open_spine() as spine:
        shop = Shop(spine)
        shop.mail(STRANGER, TO_A_PERSON)
        shop.answer()
        reported = shop.mail_delivered()
    assert functions(reported) == ["receive_mail", "ingest", "notify"]
    assert add_up(reported[-1].requests).of("slack") > 0


def test_self_service_answers_and_nobody_is_promised_anything() -> None:
    with open_spine() as spine:
        answered = Shop(spine).mail(STRANGER, TO_SELF_SERVICE)
        quiet = Shop(spine).minute_after(HALF_OF_THE_PROMISE)
    assert functions(answered) == ["receive_mail", "ingest", "notify", "deliver", "notify"]
    assert functions(quiet) == ["tick"]


def test_half_of_a_promise_is_told_once_in_the_thread_of_whom_it_was_made_to() -> None:
    with open_spine() as spine:
        shop = Shop(spine)
        shop.mail(WHOLESALER, TO_A_PERSON)
        warned, quiet = shop.minute_after(HALF_OF_THE_PROMISE), shop.minute_after(0)
        channels = {post.channel for post in spine.desk.posts.values()}
    assert functions(warned) == ["tick", "clocks", "notify"]
    assert functions(quiet) == ["tick"]
    assert channels == {"C0MAYORISTAS"}


def test_a_transaction_is_charged_twice_for_every_item_it_writes() -> None:
    with open_spine() as spine:
        (_, ingested, _) = Shop(spine).sms("+34600111222", TO_A_PERSON)
    (transaction,) = (request for request in ingested.requests if request.items)
    assert transaction.charge.table_units >= 2 * transaction.items
    assert transaction.charge.table_units % 2 == 0
    assert transaction.charge.index_units > 0
    assert transaction.received > 0
