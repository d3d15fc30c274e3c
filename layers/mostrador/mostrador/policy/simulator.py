"""Past conversations decided again: where each would go under a policy, and what changes from one to another.

Who is on duty is not replayed: it says where a conversation goes, not to whom a queue would have given it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mostrador.domain.attention import Stage
from mostrador.domain.call import PHONE
from mostrador.domain.form import FORM
from mostrador.domain.routing import Promise
from mostrador.policy.facts import short
from mostrador.policy.first_word import Allowed, Answers, Question, Silence, first_word
from mostrador.policy.hours import calendar_of
from mostrador.policy.intents import read_intent
from mostrador.policy.language import language_of
from mostrador.policy.model import Policy
from mostrador.policy.promises import FIRST, promise_of
from mostrador.policy.recorded import Recorded, facts_recorded
from mostrador.policy.requests import CALLBACK, asked_for
from mostrador.policy.routing import Decision, decide, in_text

COMPARED = (
    "segment",
    "attention",
    "queue",
    "agent",
    "priority",
    "tags",
    "promise",
    "due",
    "answer",
    "protocol",
    "intent",
)
"""What is compared; where several things change, the first of them names the cause."""
COUNTED = ("queue", "segment", "attention", "priority", "promise", "answer", "kept")
"""What is added up. ``kept``: of those that a person answered, who had the answer in time."""


@dataclass(frozen=True, slots=True)
class Replayed:
    decision: Decision
    intent: str
    intent_because: tuple[str, ...]
    """The words that spoke for it."""
    stage: Stage
    """Who answers first."""
    answer: str
    """The id of the automatic answer; empty where there is none."""
    promise: Promise | None
    """Of a first answer; None where a machine or the community goes first."""


@dataclass(frozen=True, slots=True)
class Changed:
    field: str
    before: str
    after: str
    because: tuple[str, str]
    """Who said it before, and who says it now: as ``Because.rule``, or a ``Stage`` where no person goes first; of a
    segment its conditions, of an intent the words. Empty where nobody says anything."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A conversation of which something would be different."""

    recorded: Recorded
    cause: str
    """What of the policy did it: ``rule:{id}``, ``segment:{id}``, ``promise:{id}``, ``intents``, ``hours``,
    ``channels``, ``dedicated``, ``self_service``, or ``order`` (nothing but the order of the rules)."""
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Total:
    before: int = 0
    after: int = 0

    @property
    def differ(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Report:
    read: int
    moved: tuple[Moved, ...]
    totals: Mapping[str, Mapping[str, Total]] = field(default_factory=dict)
    """Conversations by field (COUNTED) and value."""


def no_fixed_answer(policy: Policy, text: str, intent: str, language: str) -> str:  # noqa: ARG001 - see Answers
    return ""


# One conversation


def replay(policy: Policy, recorded: Recorded, fixed: Answers = no_fixed_answer) -> Replayed:
    """Everything that would be decided when this came in. A pause between automatic answers is not known here."""
    return _decided(policy, recorded, _read(policy, recorded), fixed)


@dataclass(frozen=True, slots=True)
class _Read:
    language: str
    intent: str
    because: tuple[str, ...] = ()


def _read(policy: Policy, recorded: Recorded) -> _Read:
    read = recorded.language or language_of(recorded.words) or recorded.customer.language or policy.language
    if not recorded.words:
        return _Read(short(read), recorded.intent)
    reading = read_intent(policy.intents, recorded.words, short(read))
    return _Read(short(read), reading.intent, reading.because)


def _read_alike(old: Policy, new: Policy) -> bool:
    """Whether both understand every text in the same way: reading is the dearest part."""
    return old.intents == new.intents and old.language == new.language


def _decided(policy: Policy, recorded: Recorded, read: _Read, fixed: Answers) -> Replayed:
    decision = decide(policy, facts_recorded(recorded, read.language, read.intent))
    question = _question(policy, recorded, read)
    word = first_word(policy, decision, question, _allowed(recorded), fixed)
    promise = None
    if word.stage is Stage.PERSON and not _is_called(policy, recorded, question):
        promise = promise_of(policy, decision.promise, FIRST, recorded.at, recorded.channel, decision.queue)
    return Replayed(decision, read.intent, read.because, word.stage, word.answer, promise)


def _question(policy: Policy, recorded: Recorded, read: _Read) -> Question:
    return Question(recorded.text, read.intent, read.language, asked_for(policy, recorded.text, read.language))


def _is_called(policy: Policy, recorded: Recorded, question: Question) -> bool:
    """To whom a call is promised, nothing else is."""
    asks = question.request == CALLBACK
    return asks and calendar_of(policy, PHONE).next_opening(recorded.at) is not None


def _allowed(recorded: Recorded) -> Allowed:
    """As far as a record tells: when the same address was last answered is not in it."""
    return Allowed() if recorded.trusted or recorded.channel == FORM else Allowed(Silence.UNPROVEN, Silence.UNPROVEN)


# Two policies


def compare(old: Policy, new: Policy, recorded: Iterable[Recorded], fixed: Answers = no_fixed_answer) -> Report:
    """Reads ``recorded`` once, as it comes."""
    moved: list[Moved] = []
    before: Counter[tuple[str, str]] = Counter()
    after: Counter[tuple[str, str]] = Counter()
    alike, read = _read_alike(old, new), 0
    for read, each in enumerate(recorded, start=1):  # noqa: B007 - how many there were is wanted afterwards
        understood = _read(old, each)
        was = _decided(old, each, understood, fixed)
        would_be = _decided(new, each, understood if alike else _read(new, each), fixed)
        before.update(_counted(each, was))
        after.update(_counted(each, would_be))
        changes = tuple(_changes(was, would_be))
        if changes:
            moved.append(Moved(each, _cause(old, new, was, would_be, changes), changes))
    return Report(read, tuple(moved), _totals(before, after))


def _totals(before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> Mapping[str, Mapping[str, Total]]:
    totals: dict[str, dict[str, Total]] = {name: {} for name in COUNTED}
    for name, value in sorted(before | after, key=lambda pair: (-(before | after)[pair], pair)):
        totals[name][value] = Total(before[name, value], after[name, value])
    return totals


def _counted(recorded: Recorded, replayed: Replayed) -> Iterator[tuple[str, str]]:
    told = outcome(replayed)
    for name in COUNTED[:-1]:
        yield name, told[name]
    answered, promise = recorded.then.answered_at, replayed.promise
    if answered and promise:
        yield "kept", "yes" if answered <= promise.due_at else "no"


def outcome(replayed: Replayed) -> dict[str, str]:
    """What is compared, in text."""
    decision, promise = replayed.decision, replayed.promise
    return {
        "segment": decision.segment,
        "attention": decision.attention.value,
        "queue": decision.queue,
        "agent": decision.agent,
        "priority": in_text(decision.priority),
        "tags": ",".join(decision.tags),
        "promise": promise.target if promise else replayed.stage.value,
        "due": _moment(promise.due_at) if promise else "",
        "answer": replayed.answer,
        "protocol": decision.protocol,
        "intent": replayed.intent,
    }


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def _changes(was: Replayed, would_be: Replayed) -> Iterator[Changed]:
    before, after = outcome(was), outcome(would_be)
    for name in COMPARED:
        if before[name] != after[name]:
            because = (_because(was, name, after), _because(would_be, name, before))
            yield Changed(name, before[name], after[name], because)


def _because(replayed: Replayed, name: str, other: Mapping[str, str]) -> str:
    """Who said it: a rule, or ``machine`` and ``community`` where they go first. Of tags, those of this one alone."""
    if name == "segment":
        return ", ".join(replayed.decision.routing.segment_because)
    if name == "intent":
        return ", ".join(replayed.intent_because)
    if name in _WITHOUT_A_PERSON.get(replayed.stage, ()):
        return str(replayed.stage)
    field_of = "promise" if name == "due" else name
    theirs = other["tags"].split(",") if name == "tags" else []
    said = [because for because in replayed.decision.routing.because if because.field == field_of]
    return next((because.rule for because in said if because.value not in theirs), "")


# Why

_WITHOUT_A_PERSON = {Stage.MACHINE: ("promise", "due", "answer"), Stage.COMMUNITY: ("promise", "due")}
"""What no rule decides where no person is waited for."""


def _cause(old: Policy, new: Policy, was: Replayed, would_be: Replayed, changes: tuple[Changed, ...]) -> str:
    """What was changed in the policy that changed this: of several reasons, the one that explains the others."""
    if was.intent != would_be.intent:
        return "intents"
    if was.decision.segment != would_be.decision.segment:
        return f"segment:{_edited_segment(old, new, was, would_be)}"
    rule = next(_edited_rules(old, new, changes), "")
    if rule:
        return f"rule:{rule}"
    return _other_cause(old, new, was, would_be, changes[0])


def _edited_segment(old: Policy, new: Policy, was: Replayed, would_be: Replayed) -> str:
    """The one whose conditions let go of them or took them in; where neither was touched, the one that they came to."""
    before, after = ({segment.id: segment for segment in policy.segments} for policy in (old, new))
    both = [segment for segment in (was.decision.segment, would_be.decision.segment) if segment]
    edited = (segment for segment in both if before.get(segment) != after.get(segment))
    return next(edited, both[-1])


def _edited_rules(old: Policy, new: Policy, changes: tuple[Changed, ...]) -> Iterator[str]:
    """Those that speak of what changed and are new, gone, or not what they were."""
    before, after = ({rule.id: rule for rule in policy.rules} for policy in (old, new))
    for change in changes:
        for rule in reversed(change.because):
            if rule in before.keys() | after.keys() and before.get(rule) != after.get(rule):
                yield rule


def _other_cause(old: Policy, new: Policy, was: Replayed, would_be: Replayed, first: Changed) -> str:
    if was.decision.routing.facts["open"] != would_be.decision.routing.facts["open"]:
        return "hours"
    if first.field == "attention":
        edited = old.segments != new.segments and first.because[1].startswith("segment:")
        return first.because[1] if edited else "order"
    if was.stage is not would_be.stage or first.field == "answer":
        return "self_service"
    target = would_be.decision.promise
    causes = {
        "agent": "dedicated",
        "promise": "channels",
        "due": "hours" if old.targets.get(target) == new.targets.get(target) else f"promise:{target}",
    }
    return causes.get(first.field, "order")
