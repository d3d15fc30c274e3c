"""Segments and rules that can never count, because of what stands above them or of what they ask for.

All of this is careful: a condition is taken to follow from another only where that is certain.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import ge, le
from typing import Any, Final

from cli.policyfile.document import Conditions, Dedicated, Rule, RuleWhen, Segment, When
from cli.policyfile.draft import Draft
from cli.policyfile.findings import Place, in_a_row
from cli.policyfile.vocabulary import PUBLIC_CHANNELS
from mostrador.domain.attention import Attention

_STRICTER: Final = {
    "orders_at_least": ge,
    "orders_at_most": le,
    "spent_at_least": ge,
    "spent_at_most": le,
    "ordered_within": le,
    "not_ordered_for": ge,
}
_LISTS = ("tags", "email_domains", "countries", "languages", "channels")
_EMPTY_RANGES = (
    ("orders_at_least", "orders_at_most"),
    ("spent_at_least", "spent_at_most"),
    ("not_ordered_for", "ordered_within"),
)
_RULE_LISTS = ("segments", "channels", "intents", "languages")
_SAID_ONCE = ("queue", "priority", "attention", "promise", "answer", "protocol", "agent")


def check_conditions(draft: Draft) -> None:
    _twice(draft)
    _segments(draft)
    _dedications(draft)
    _rules(draft)


def _twice(draft: Draft) -> None:
    for section in ("segments", "rules", "self_service"):
        for name, times in Counter(draft.names(section)).items():
            if times > 1:
                what = f"{times} entries are called `{name}`; give each a name of its own"
                draft.findings.fault((section,), what)


# Segments


def _segments(draft: Draft) -> None:
    seen: list[Segment] = []
    for place, segment in draft.listed("segments", draft.document.segments):
        if segment.when:
            _asked(draft, (*place, "when"), segment.when)
        _unreachable(draft, place, segment, seen)
        seen.append(segment)
    complete = len(seen) == len(draft.names("segments"))
    if seen and complete and all(_alternatives(segment.when) for segment in seen):
        draft.findings.fault(
            ("segments",),
            "not everybody belongs somewhere; let the last segment have no `when`, so that it takes all the others",
        )


def _unreachable(draft: Draft, place: Place, segment: Segment, above: list[Segment]) -> None:
    for earlier in above:
        if not _alternatives(earlier.when):
            what = (
                f"nobody gets here: `{earlier.id}`, above, has no `when` and takes everybody; move that one to the end"
            )
        elif _alternatives(segment.when) and _all_follow(_alternatives(segment.when), _alternatives(earlier.when)):
            what = f"nobody gets here: `{earlier.id}`, above, takes all of them already; move this one above it"
        else:
            continue
        draft.findings.fault(place, what)
        return


def _dedications(draft: Draft) -> None:
    _never_dedicated(draft)
    seen: list[Dedicated] = []
    for place, entry in draft.listed("dedicated", draft.document.dedicated):
        if _alternatives(entry.when):
            _asked(draft, (*place, "when"), entry.when)
        else:
            draft.findings.fault((*place, "when"), f"this gives every customer to `{entry.agent}`; say which ones")
        for earlier in seen:
            if _all_follow(_alternatives(entry.when), _alternatives(earlier.when)):
                what = f"nobody gets here: an entry above gives all of these customers to `{earlier.agent}`"
                draft.findings.fault(place, what)
                break
        seen.append(entry)


def _never_dedicated(draft: Draft) -> None:
    kinds = {each.attention for each in draft.document.segments} | {
        each.then.attention for each in draft.document.rules
    }
    if draft.document.dedicated and Attention.DEDICATED not in kinds:
        what = "nobody here is attended as `dedicated`, so these entries never count; say it in a segment or a rule"
        draft.findings.warning(("dedicated",), what)


def _asked(draft: Draft, place: Place, when: When) -> None:
    if when.any and when.model_fields_set - {"any"}:
        what = "conditions beside `any` are not read; repeat them in each entry of `any`, or leave `any` out"
        draft.findings.fault(place, what)
    for at, one in enumerate(when.any):
        _possible(draft, (*place, "any", at), one)
    _possible(draft, place, when)


def _possible(draft: Draft, place: Place, conditions: Conditions) -> None:
    for least, most in _EMPTY_RANGES:
        low, high = getattr(conditions, least), getattr(conditions, most)
        if low is not None and high is not None and low > high:
            draft.findings.fault(place, f"nobody can be meant: `{least}` is more than `{most}`")
    if isinstance(conditions, When) and conditions.any:
        return
    if not _conditions_of(conditions):
        draft.findings.fault(place, "no condition stands here; say one, or leave `when` out to mean everybody")


def _alternatives(when: When | None) -> tuple[Mapping[str, Any], ...]:
    """Of these one has to hold; none at all: everybody is meant."""
    if when is None:
        return ()
    each = when.any or (when,)
    return tuple(said for said in map(_conditions_of, each) if said)


def _conditions_of(conditions: Conditions) -> dict[str, Any]:
    values = ((name, getattr(conditions, name)) for name in (*_STRICTER, *_LISTS))
    return {name: value for name, value in values if value not in (None, ())}


def _all_follow(wheres: tuple[Mapping[str, Any], ...], from_these: tuple[Mapping[str, Any], ...]) -> bool:
    return bool(wheres) and all(any(_follows(earlier, where) for earlier in from_these) for where in wheres)


def _follows(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether ``wanted`` holds for everybody for whom ``given`` does."""
    return all(name in given and _at_least_as_strict(name, given[name], value) for name, value in wanted.items())


def _at_least_as_strict(name: str, given: Any, wanted: Any) -> bool:
    return bool(_STRICTER[name](given, wanted)) if name in _STRICTER else set(given) <= set(wanted)


# Rules


def _rules(draft: Draft) -> None:
    seen: list[Rule] = []
    for place, rule in draft.listed("rules", draft.document.rules):
        if not rule.then.model_fields_set:
            draft.findings.fault((*place, "then"), "this rule says nothing; let it say a queue, a priority, a tag...")
        _never_public(draft, (*place, "when", "public"), rule.when)
        _overruled(draft, place, rule, seen)
        seen.append(rule)


def _never_public(draft: Draft, place: Place, when: RuleWhen) -> None:
    if when.public and when.channels and not set(when.channels) & set(PUBLIC_CHANNELS):
        what = f"nothing on {in_a_row(when.channels)} is public, so this never holds; leave `public` out, or say `no`"
        draft.findings.warning(place, what)
    if when.public is False and when.channels and set(when.channels) <= {"comments", "forum"}:
        draft.findings.warning(place, f"everything on {in_a_row(when.channels)} is public, so this never holds")


def _overruled(draft: Draft, place: Place, rule: Rule, above: list[Rule]) -> None:
    """What rules above say already wherever this one holds; a tag counts beside theirs."""
    stronger = [earlier for earlier in above if _holds_whenever(earlier.when, rule.when)]
    said = {name: earlier.id for earlier in reversed(stronger) for name in _says(earlier)}
    tags = {tag for earlier in stronger for tag in earlier.then.tags}
    mine = list(_says(rule))
    lost = [name for name in mine if name in said]
    if not lost:
        return
    winners = dict.fromkeys(said[name] for name in lost)
    if len(lost) == len(mine) and set(rule.then.tags) <= tags:
        draft.findings.fault(
            place,
            f"never counts: whenever it holds, {in_a_row(winners)} above {'has' if len(winners) == 1 else 'have'} said "
            "all of it; move it up, or take it out",
        )
        return
    for name in lost:
        what = f"never counts: the rule `{said[name]}`, above, holds whenever this one does and says it already"
        draft.findings.warning((*place, "then", name), what)


def _says(rule: Rule) -> Iterator[str]:
    return (name for name in _SAID_ONCE if getattr(rule.then, name))


def _holds_whenever(wanted: RuleWhen, given: RuleWhen) -> bool:
    lists = ((getattr(wanted, name), getattr(given, name)) for name in _RULE_LISTS)
    flags = ((wanted.public, given.public), (wanted.open, given.open))
    return all(not want or (have and set(have) <= set(want)) for want, have in lists) and all(
        want is None or want == have for want, have in flags
    )
