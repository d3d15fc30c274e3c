"""What an edited policy would do to conversations of the past, to which of them, and because of what."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.policies import DEFAULT_QUEUE, POLICY
from mostrador.domain.attention import Attention, Priority, Stage
from mostrador.policy.facts import CustomerFacts
from mostrador.policy.model import (
    ChannelRules,
    CustomerCondition,
    Dedication,
    Hours,
    IntentWords,
    Interval,
    Policy,
    Rule,
    Segment,
    Target,
)
from mostrador.policy.recorded import Happened, Recorded, without_names
from mostrador.policy.simulator import COUNTED, Changed, Report, Total, compare, outcome, replay

NOW = 1_780_000_000.0  # A Thursday, 22:26 in Madrid.
HOUR = 3600.0
WHOLESALE = Segment(
    "wholesale", {"es": "Mayorista", "en": "Wholesaler"}, Attention.PERSONAL, (CustomerCondition(tags=("mayorista",)),)
)
BUYER = Segment(
    "buyer", {"es": "Comprador", "en": "Buyer"}, Attention.PERSONAL, (CustomerCondition(orders_at_least=1),)
)
NEW = Segment("new", {"es": "Visita", "en": "Visitor"}, Attention.SELF_SERVICE)
WORDS = (
    IntentWords("delivery", "es", ("llega", "envio"), 2.0),
    IntentWords("complaint", "es", ("verguenza",), 2.0),
)
OLD = replace(
    POLICY,
    version="old",
    segments=(WHOLESALE, BUYER, NEW),
    queues={"default": DEFAULT_QUEUE, "wholesale": replace(DEFAULT_QUEUE, id="wholesale")},
    targets={"default": Target("default", 7200, 7200), "wholesale": Target("wholesale", 3600, 3600)},
    intents=WORDS,
    requests={"person": {"es": ("persona",)}, "callback": {"es": ("llamame",)}},
    answers={"received": {"es": "", "en": ""}, "callback": {"es": "", "en": ""}},
    rules=(
        Rule("complaints", intents=("complaint",), priority=Priority.URGENT, attention=Attention.PERSONAL),
        Rule("wholesalers", segments=("wholesale",), queue="wholesale", promise="wholesale", tags=("mayorista",)),
        Rule("forum", channels=("forum",), attention=Attention.COMMUNITY),
        Rule("received", channels=("email",), answer="received"),
    ),
)
WHOLESALER = CustomerFacts(tags=("mayorista",), email_domains=("hotelsol.example",))
BOUGHT = CustomerFacts(orders=2, spent=9000, last_order_at=NOW - 1e6)


def asked(text: str = "¿Cuándo llega?", channel: str = "email", **fields: object) -> Recorded:
    return replace(Recorded("con1", NOW, channel, text, language="es"), **fields)  # type: ignore[arg-type]


def delivery_only(policy: Policy, text: str, intent: str, language: str) -> str:
    return "delivery" if intent == "delivery" else ""


def with_rule(policy: Policy, rule: Rule) -> Policy:
    return replace(policy, rules=tuple(rule if each.id == rule.id else each for each in policy.rules))


# One conversation


@pytest.mark.parametrize(
    ("recorded", "stage", "answer", "due"),
    [
        (asked(), Stage.MACHINE, "delivery", None),
        (asked("Hola"), Stage.PERSON, "received", 2 * HOUR),
        (asked("Hola", "sms"), Stage.PERSON, "", 2 * HOUR),
        (asked(customer=BOUGHT), Stage.PERSON, "received", 2 * HOUR),
        (asked(customer=WHOLESALER), Stage.PERSON, "received", HOUR),
        (asked("PERSONA"), Stage.PERSON, "received", 2 * HOUR),
        (asked("Llámame"), Stage.PERSON, "callback", None),
        (asked(channel="forum"), Stage.COMMUNITY, "", None),
        (asked("PERSONA", channel="forum"), Stage.PERSON, "", 2 * HOUR),
        (asked("Una vergüenza", channel="forum"), Stage.PERSON, "", 2 * HOUR),
        (asked(customer=WHOLESALER, trusted=False), Stage.PERSON, "", 2 * HOUR),
    ],
    ids=[
        "a visitor whom a machine can answer",
        "a visitor whom it cannot",
        "a channel without a rule for answers",
        "a buyer has a person",
        "a wholesaler has one sooner",
        "a visitor who wants a person",
        "a visitor who wants a call",
        "the community goes first",
        "not where somebody wants a person",
        "nor where a rule says otherwise",
        "unproven: a stranger, and no machine answers",
    ],
)
def test_a_conversation_is_begun_again(recorded: Recorded, stage: Stage, answer: str, due: float | None) -> None:
    replayed = replay(OLD, recorded, delivery_only)
    assert (replayed.stage, replayed.answer) == (stage, answer)
    assert (replayed.promise and replayed.promise.due_at) == (NOW + due if due else None)


def test_where_a_rule_wants_no_answer_no_machine_gives_one() -> None:
    policy = with_rule(OLD, Rule("received", answer="none"))
    assert replay(policy, asked(), delivery_only).stage is Stage.PERSON


def test_each_policy_reads_the_intent_with_its_own_words() -> None:
    other = replace(OLD, intents=(IntentWords("trust", "es", ("llega",), 2.0),))
    assert [replay(policy, asked()).intent for policy in (OLD, other)] == ["delivery", "trust"]
    assert replay(other, asked()).intent_because == ("llega",)


def test_a_record_without_a_text_keeps_what_was_read_then() -> None:
    bare = without_names(asked(subject="Pedido", intent="complaint"), OLD)
    assert (bare.text, bare.subject) == ("", "")
    assert replay(OLD, bare).decision.priority is Priority.URGENT


def test_a_record_without_names_decides_as_the_whole_one_did() -> None:
    customer = replace(WHOLESALER, tags=("mayorista", "ana molina"), orders=4)
    whole = asked(intent="delivery", customer=customer)
    bare = without_names(whole, OLD)
    assert bare.customer == CustomerFacts(tags=("mayorista",), orders=4)
    assert outcome(replay(OLD, bare, delivery_only)) == outcome(replay(OLD, whole, delivery_only))


def test_what_a_dedication_names_is_kept_without_names() -> None:
    policy = replace(
        OLD, dedications=(Dedication("U0LUIS", (CustomerCondition(email_domains=("hotelsol.example",)),)),)
    )
    assert without_names(asked(customer=WHOLESALER), policy).customer.email_domains == ("hotelsol.example",)


# Two policies


def test_the_same_policy_changes_nothing() -> None:
    report = compare(OLD, replace(OLD, version="new"), [asked(), asked("Hola", "sms")], delivery_only)
    assert (report.read, report.moved) == (2, ())


def test_nothing_recorded_is_nothing_changed() -> None:
    assert compare(OLD, OLD, []) == Report(0, (), {name: {} for name in COUNTED})


def test_a_change_says_what_it_was_and_who_said_so() -> None:
    new = with_rule(OLD, Rule("wholesalers", segments=("wholesale",), queue="default", tags=("vip",)))
    (moved,) = compare(OLD, new, [asked("Hola", customer=WHOLESALER)]).moved
    assert moved.changes == (
        Changed("queue", "wholesale", "default", ("wholesalers", "wholesalers")),
        Changed("tags", "mayorista", "vip", ("wholesalers", "wholesalers")),
        Changed("promise", "wholesale", "default", ("wholesalers", "default")),
        Changed("due", "2026-05-28T21:26:40+00:00", "2026-05-28T22:26:40+00:00", ("wholesalers", "default")),
    )


def _closed_now(policy: Policy) -> Policy:
    at_night = Hours("default", ((Interval(0, 600),),) * 7, keeps_holidays=False)
    return replace(policy, hours={"default": at_night})


SMS = asked("Hola", "sms", customer=BOUGHT)
CAUSES: list[tuple[str, Recorded, Callable[[Policy], Policy], str]] = [
    (
        "a rule is edited",
        asked("Vergüenza"),
        lambda old: with_rule(old, replace(old.rules[0], priority=Priority.HIGH)),
        "rule:complaints",
    ),
    (
        "a rule is added",
        SMS,
        lambda old: replace(old, rules=(*old.rules, Rule("texts", channels=("sms",), priority=Priority.HIGH))),
        "rule:texts",
    ),
    ("a rule is taken out", asked("Vergüenza"), lambda old: replace(old, rules=old.rules[1:]), "rule:complaints"),
    (
        "rules change places",
        asked("Vergüenza", "forum"),
        lambda old: replace(old, rules=(old.rules[2], *old.rules[:2])),
        "order",
    ),
    (
        "a segment lets somebody go",
        SMS,
        lambda old: replace(old, segments=(WHOLESALE, NEW)),
        "segment:buyer",
    ),
    (
        "a segment takes somebody in",
        SMS,
        lambda old: replace(old, segments=(replace(WHOLESALE, any_of=(CustomerCondition(orders_at_least=1),)), BUYER)),
        "segment:wholesale",
    ),
    (
        "a segment is attended otherwise",
        SMS,
        lambda old: replace(old, segments=(replace(BUYER, attention=Attention.AUTOMATED),)),
        "segment:buyer",
    ),
    ("words change", asked("Vergüenza", "sms"), lambda old: replace(old, intents=WORDS[:1]), "intents"),
    (
        "a promise is shortened",
        SMS,
        lambda old: replace(old, targets={**old.targets, "default": Target("default", 60, 60)}),
        "promise:default",
    ),
    (
        "a channel has a promise of its own",
        SMS,
        lambda old: replace(old, channels={"sms": ChannelRules(promise="wholesale")}),
        "channels",
    ),
    ("it is closed", SMS, _closed_now, "hours"),
    (
        "customers are somebody's",
        asked("Hola", customer=BOUGHT),
        lambda old: replace(
            old,
            segments=(replace(BUYER, attention=Attention.DEDICATED),),
            dedications=(Dedication("U0LUIS", (CustomerCondition(orders_at_least=1),)),),
        ),
        "segment:buyer",
    ),
    ("a machine may not answer any more", asked(), lambda old: replace(old, language="en"), "self_service"),
]


def _spanish_only(policy: Policy, text: str, intent: str, language: str) -> str:
    return delivery_only(policy, text, intent, language) if policy.language == "es" else ""


@pytest.mark.parametrize(
    ("recorded", "edited", "cause"), [case[1:] for case in CAUSES], ids=[case[0] for case in CAUSES]
)
def test_a_change_is_put_down_to_what_was_edited(
    recorded: Recorded, edited: Callable[[Policy], Policy], cause: str
) -> None:
    (moved,) = compare(OLD, edited(OLD), [recorded], _spanish_only).moved
    assert moved.cause == cause


def test_a_new_owner_is_put_down_to_the_list_of_dedicated_customers() -> None:
    dedicated = replace(OLD, segments=(replace(BUYER, attention=Attention.DEDICATED),))
    everybody = (CustomerCondition(orders_at_least=1),)
    luis, ines = (replace(dedicated, dedications=(Dedication(user, everybody),)) for user in ("U0LUIS", "U0INES"))
    (moved,) = compare(luis, ines, [SMS]).moved
    assert (moved.cause, moved.changes) == (
        "dedicated",
        (Changed("agent", "U0LUIS", "U0INES", ("dedicated", "dedicated")),),
    )


def test_totals_count_everything_before_and_after() -> None:
    new = with_rule(OLD, Rule("wholesalers", segments=("wholesale",)))
    past = [asked(), asked("Hola", customer=WHOLESALER), SMS]
    report = compare(OLD, new, past, delivery_only)
    assert report.totals["queue"] == {"default": Total(2, 3), "wholesale": Total(1, 0)}
    assert report.totals["segment"] == {"buyer": Total(1, 1), "new": Total(1, 1), "wholesale": Total(1, 1)}
    assert report.totals["promise"] == {"default": Total(1, 2), "machine": Total(1, 1), "wholesale": Total(1, 0)}
    assert report.totals["answer"] == {"": Total(1, 1), "delivery": Total(1, 1), "received": Total(1, 1)}


def test_what_was_answered_then_tells_which_promise_would_have_been_kept() -> None:
    new = replace(OLD, targets={**OLD.targets, "default": Target("default", 3600, 3600)})
    answered = [replace(SMS, then=Happened(answered_at=NOW + hours * HOUR)) for hours in (0.5, 1.5, 3)]
    assert compare(OLD, new, [*answered, SMS]).totals["kept"] == {"yes": Total(2, 1), "no": Total(1, 2)}


pasts = st.lists(
    st.builds(
        asked,
        text=st.sampled_from(["", "Hola", "¿Cuándo llega?", "Vergüenza", "PERSONA"]),
        channel=st.sampled_from(["email", "sms", "forum"]),
        at=st.floats(NOW, NOW + 1e6),
        public=st.booleans(),
        trusted=st.booleans(),
        customer=st.sampled_from([CustomerFacts(), BOUGHT, WHOLESALER]),
    ),
    max_size=6,
)
edits = st.sampled_from([case[2] for case in CAUSES])


@given(pasts, edits)
def test_totals_and_changes_agree(past: list[Recorded], edit: Callable[[Policy], Policy]) -> None:
    report, back = compare(OLD, edit(OLD), past), compare(edit(OLD), OLD, past)
    assert report.read == len(past)
    for name in COUNTED[:-1]:
        totals = report.totals[name]
        assert sum(total.before for total in totals.values()) == len(past)
        assert sum(total.after for total in totals.values()) == len(past)
        moves = [change for moved in report.moved for change in moved.changes if change.field == name]
        for value, total in totals.items():
            came = sum(change.after == value for change in moves)
            went = sum(change.before == value for change in moves)
            assert total.after - total.before == came - went
    assert [moved.recorded for moved in back.moved] == [moved.recorded for moved in report.moved]
