"""Of each thing, the first rule that holds and says something about it; and the record of who said what."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.policies import ALWAYS, DEFAULT_QUEUE, POLICY
from mostrador.domain.attention import Attention, Priority
from mostrador.domain.routing import Because
from mostrador.policy.facts import STRANGER, CustomerFacts, Facts
from mostrador.policy.model import ChannelRules, CustomerCondition, Dedication, Hours, Policy, Rule, Segment, Target
from mostrador.policy.routing import NO_ANSWER, Decision, decide

NOW = 1_780_000_000.0
NEVER = Hours("never", ((),) * 7)
WHOLESALE = Segment(
    "wholesale",
    {"es": "Mayorista", "en": "Wholesaler"},
    Attention.DEDICATED,
    (CustomerCondition(tags=("mayorista",)),),
)
NEW = Segment("new", {"es": "Visita", "en": "Visitor"}, Attention.SELF_SERVICE)
CARMEN = CustomerFacts(tags=("mayorista",), email_domains=("hotelsol.example",))
BASE = replace(
    POLICY,
    version="v7",
    segments=(WHOLESALE, NEW),
    queues={"default": DEFAULT_QUEUE, "wholesale": replace(DEFAULT_QUEUE, id="wholesale")},
    hours={"default": ALWAYS, "never": NEVER},
    targets={name: Target(name, 7200, 7200) for name in ("default", "chat", "wholesale")},
    channels={"chat": ChannelRules(hours="never", promise="chat"), "phone": ChannelRules(hours="never")},
)


def message(channel: str = "email", customer: CustomerFacts = STRANGER, **fields: object) -> Facts:
    return replace(Facts(channel, NOW, language="es", intent="other", customer=customer), **fields)  # type: ignore[arg-type]


def ruled(*rules: Rule, base: Policy = BASE) -> Policy:
    return replace(base, rules=rules)


def said_by(decision: Decision, field: str) -> list[str]:
    return [because.rule for because in decision.routing.because if because.field == field]


# What holds where no rule says anything


def test_without_a_rule_the_fallbacks_hold() -> None:
    decision = decide(BASE, message())
    assert (decision.segment, decision.attention) == ("new", Attention.SELF_SERVICE)
    assert (decision.queue, decision.priority, decision.promise) == ("default", Priority.NORMAL, "default")
    assert (decision.tags, decision.answer, decision.protocol, decision.agent) == ((), "", "", "")
    assert decision.routing.because == (
        Because("queue", "default", "default"),
        Because("attention", "self_service", "segment:new"),
        Because("priority", "normal", "default"),
        Because("promise", "default", "default"),
    )


def test_without_a_segment_the_attention_is_personal() -> None:
    decision = decide(replace(BASE, segments=()), message())
    assert (decision.segment, decision.attention) == ("", Attention.PERSONAL)
    assert said_by(decision, "attention") == ["default"]


def test_a_channel_has_a_promise_of_its_own() -> None:
    decision = decide(BASE, message("chat"))
    assert decision.promise == "chat"
    assert said_by(decision, "promise") == ["channel"]


# What a rule asks for


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (Rule("r"), message(), True),
        (Rule("r", segments=("wholesale", "new")), message(), True),
        (Rule("r", segments=("wholesale",)), message(), False),
        (Rule("r", channels=("sms", "email")), message(), True),
        (Rule("r", channels=("sms",)), message(), False),
        (Rule("r", intents=("idea", "other")), message(), True),
        (Rule("r", intents=("idea",)), message(), False),
        (Rule("r", languages=("es",)), message(), True),
        (Rule("r", languages=("en",)), message(), False),
        (Rule("r", languages=("es",)), message(language=""), False),
        (Rule("r", public=True), message(public=True), True),
        (Rule("r", public=True), message(), False),
        (Rule("r", public=False), message(), True),
        (Rule("r", public=False), message(public=True), False),
        (Rule("r", open=True), message(), True),
        (Rule("r", open=False), message(), False),
        (Rule("r", open=True), message("phone"), False),
        (Rule("r", open=False), message("phone"), True),
        (Rule("r", channels=("email",), intents=("idea",)), message(), False),
    ],
    ids=repr,
)
def test_a_rule_speaks_where_all_its_conditions_hold(rule: Rule, facts: Facts, *, expected: bool) -> None:
    decision = decide(ruled(replace(rule, priority=Priority.URGENT)), facts)
    assert (decision.priority is Priority.URGENT) is expected


# What rules say


RICH = Rule(
    "rich",
    queue="wholesale",
    priority=Priority.LOW,
    tags=("a", "b"),
    attention=Attention.COMMUNITY,
    promise="wholesale",
    answer=NO_ANSWER,
    protocol="returns",
    agent="U0MARTA",
)
POOR = Rule("poor", tags=("z",))
LATE = Rule(
    "late",
    queue="default",
    priority=Priority.URGENT,
    tags=("b", "c"),
    attention=Attention.PERSONAL,
    promise="chat",
    answer="closed",
    protocol="public",
    agent="U0INES",
)


def test_the_first_rule_that_says_something_decides_and_tags_add_up() -> None:
    decision = decide(ruled(POOR, RICH, LATE), message())
    assert decision == replace(
        decision,
        queue="wholesale",
        priority=Priority.LOW,
        tags=("z", "a", "b", "c"),
        attention=Attention.COMMUNITY,
        promise="wholesale",
        answer=NO_ANSWER,
        protocol="returns",
        agent="U0MARTA",
    )
    assert decision.routing.because == (
        Because("queue", "wholesale", "rich"),
        Because("attention", "community", "rich"),
        Because("priority", "low", "rich"),
        Because("promise", "wholesale", "rich"),
        Because("answer", "none", "rich"),
        Because("protocol", "returns", "rich"),
        Because("agent", "U0MARTA", "rich"),
        Because("tags", "z", "poor"),
        Because("tags", "a", "rich"),
        Because("tags", "b", "rich"),
        Because("tags", "c", "late"),
    )


def test_rules_share_what_each_of_them_says() -> None:
    decision = decide(ruled(Rule("one", queue="wholesale"), Rule("two", priority=Priority.HIGH)), message())
    assert (decision.queue, decision.priority) == ("wholesale", Priority.HIGH)
    assert (said_by(decision, "queue"), said_by(decision, "priority")) == (["one"], ["two"])


# Whose customer it is

LISTED = replace(BASE, dedications=(Dedication("U0LUIS", (CustomerCondition(tags=("mayorista",)),)),))
INES_HAS_HER = replace(CARMEN, agent="U0INES")


@pytest.mark.parametrize(
    ("policy", "facts", "agent", "by"),
    [
        (LISTED, message(customer=CARMEN), "U0LUIS", ["dedicated"]),
        (LISTED, message(customer=INES_HAS_HER), "U0LUIS", ["dedicated"]),
        (BASE, message(customer=INES_HAS_HER), "U0INES", ["customer"]),
        (BASE, message(customer=CARMEN), "", []),
        (BASE, message(customer=replace(CARMEN, agent="U0GONE")), "", []),
        (LISTED, message(customer=INES_HAS_HER, trusted=False), "", []),
        (BASE, message(customer=CustomerFacts(agent="U0INES")), "", []),
        (
            ruled(Rule("r", attention=Attention.DEDICATED)),
            message(customer=CustomerFacts(agent="U0INES")),
            "U0INES",
            ["customer"],
        ),
        (
            ruled(Rule("r", attention=Attention.DEDICATED)),
            message(customer=CustomerFacts(agent="U0INES"), trusted=False),
            "",
            [],
        ),
        (ruled(Rule("r", attention=Attention.PERSONAL), base=LISTED), message(customer=CARMEN), "", []),
        (ruled(Rule("r", agent="U0MARTA"), base=LISTED), message(customer=CARMEN), "U0MARTA", ["r"]),
        (ruled(Rule("r", agent="U0MARTA")), message(), "U0MARTA", ["r"]),
    ],
    ids=[
        "the list says so",
        "the list counts before whoever has her",
        "who has her",
        "nobody yet",
        "who had her is gone",
        "unproven",
        "not a dedicated segment",
        "a rule makes it dedicated",
        "a rule makes it dedicated, but it is unproven",
        "a rule makes it personal",
        "a rule counts before the list",
        "a rule names somebody for everybody",
    ],
)
def test_a_dedicated_customer_has_an_agent(policy: Policy, facts: Facts, agent: str, by: Sequence[str]) -> None:
    decision = decide(policy, facts)
    assert decision.agent == agent
    assert said_by(decision, "agent") == by


# The record


def test_the_record_says_which_policy_which_segment_and_which_facts() -> None:
    routing = decide(BASE, message("phone", CARMEN)).routing
    assert (routing.policy, routing.segment, routing.segment_because) == ("v7", "wholesale", ("tags=mayorista",))
    assert routing.facts["open"] == "no"
    assert routing.facts["tags"] == "mayorista"
    assert routing.facts["email_domain"] == "hotelsol.example"


def test_an_unproven_wholesaler_is_routed_as_a_stranger() -> None:
    policy = ruled(Rule("wholesalers", segments=("wholesale",), queue="wholesale"))
    assert decide(policy, message(customer=CARMEN)).queue == "wholesale"
    unproven = decide(policy, message(customer=CARMEN, trusted=False))
    assert (unproven.segment, unproven.queue) == ("new", "default")
    assert unproven.routing.facts["trusted"] == "no"
    assert "tags" not in unproven.routing.facts


# Properties

rules = st.builds(
    Rule,
    id=st.sampled_from(["one", "two", "three"]),
    segments=st.sampled_from([(), ("new",), ("wholesale",)]),
    intents=st.sampled_from([(), ("idea",), ("other", "delivery")]),
    public=st.sampled_from([None, True, False]),
    open=st.sampled_from([None, True, False]),
    queue=st.sampled_from(["", "default", "wholesale"]),
    priority=st.sampled_from([None, *Priority]),
    tags=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
    answer=st.sampled_from(["", "none", "closed"]),
    agent=st.sampled_from(["", "U0MARTA"]),
)
messages = st.builds(
    message,
    channel=st.sampled_from(["email", "phone", "chat"]),
    customer=st.sampled_from([CustomerFacts(), CARMEN]),
    intent=st.sampled_from(["idea", "other", "delivery", "trust"]),
    public=st.booleans(),
    trusted=st.booleans(),
)


@given(st.lists(rules, max_size=5), messages)
def test_a_rule_that_says_nothing_new_changes_nothing(some: list[Rule], facts: Facts) -> None:
    policy = ruled(*some)
    assert decide(policy, facts) == decide(policy, facts)
    assert decide(ruled(*some, *some), facts) == decide(policy, facts)


@given(st.lists(rules, max_size=5), rules, messages)
def test_what_a_rule_says_is_never_undone_by_a_later_one(some: list[Rule], later: Rule, facts: Facts) -> None:
    before, after = decide(ruled(*some), facts), decide(ruled(*some, later), facts)
    ids = {rule.id for rule in some}
    kept = [because for because in before.routing.because if because.rule in ids]
    assert [because for because in after.routing.because if because in kept] == kept
