"""What the words of a policy file come to mean."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.policyfile.days import DAYS
from cli.policyfile.read import BrokenPolicy, read_policy
from fakes.policy_files import EXAMPLE, SMALL, TODAY, checked, written
from mostrador.domain.attention import Attention, Intent, Priority
from mostrador.policy.model import Interval, Patience, Policy, Season
from mostrador.store.policies import decode_policy, encode_policy

MORNING, AFTERNOON = Interval(600, 840), Interval(1020, 1200)


def hours(folder: Path, **week: Any) -> tuple[tuple[Interval, ...], ...]:
    return checked(folder, hours={"default": week}).policy.hours["default"].week


def test_the_example_has_neither_faults_nor_warnings() -> None:
    assert read_policy(EXAMPLE, today=TODAY).warnings == []


def test_the_example_says_what_the_shop_promises() -> None:
    policy = read_policy(EXAMPLE, today=TODAY).policy
    assert [segment.attention for segment in policy.segments] == [
        Attention.DEDICATED,
        Attention.PERSONAL,
        Attention.AUTOMATED,
        Attention.SELF_SERVICE,
    ]
    assert policy.queues["wholesale"].users == ("U0LUIS", "U0MARTA")
    assert policy.agents["U0LUIS"].stand_in == "U0MARTA"
    assert policy.targets["default"].first == 7200
    assert next(rule.priority for rule in policy.rules if rule.id == "ideas") is Priority.LOW
    assert policy.protocols["returns"]["es"].title == "Devoluciones y cambios"
    assert {entry.intent for entry in policy.intents} <= set(Intent)
    assert policy.dedications[0].user == "U0LUIS"


@pytest.mark.parametrize(
    ("days", "open_on"),
    [
        ("monday", {0}),
        ("Monday", {0}),
        ("monday-thursday", {0, 1, 2, 3}),
        ("saturday-monday", {5, 6, 0}),
        ("monday, wednesday", {0, 2}),
        ("lunes-viernes", {0, 1, 2, 3, 4}),
        ("lunes a viernes", {0, 1, 2, 3, 4}),
        ("monday to friday", {0, 1, 2, 3, 4}),
        ("sábado", {5}),
        ("sabado", {5}),
        ("miércoles, domingo", {2, 6}),
    ],
)
def test_days_are_understood_as_a_shop_writes_them(tmp_path: Path, days: str, open_on: set[int]) -> None:
    week = hours(tmp_path, **{days: "10:00-14:00"})
    assert {number for number, day in enumerate(week) if day} == open_on


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("10:00-14:00, 17:00-20:00", (MORNING, AFTERNOON)),
        ("17:00-20:00,10:00-14:00", (MORNING, AFTERNOON)),
        ("10-14, 17-20", (MORNING, AFTERNOON)),
        ("10:00 a 14:00", (MORNING,)),
        ("10:00 – 14:00", (MORNING,)),  # noqa: RUF001 - what a word processor makes of a hyphen
        ("9:30-14:00", (Interval(570, 840),)),
        ("22:00-02:00", (Interval(1320, 1560),)),
        ("00:00-24:00", (Interval(0, 1440),)),
        ("18:00-00:00", (Interval(1080, 1440),)),
        ("closed", ()),
        ("cerrado", ()),
    ],
)
def test_intervals_are_understood_as_a_shop_writes_them(
    tmp_path: Path, text: str, intervals: tuple[Interval, ...]
) -> None:
    assert hours(tmp_path, monday=text, saturday="10:00-11:00")[0] == intervals


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("3m", 180), ("2h", 7200), ("1h30m", 5400), ("1h 30m", 5400), ("1d", 7 * 3600), ("2d", 14 * 3600)],
)
def test_a_promise_counts_days_as_the_shop_opens(tmp_path: Path, text: str, seconds: int) -> None:
    promise = {"first": text, "next": "2h"}
    assert checked(tmp_path, promises={"default": promise}).policy.targets["default"].first == seconds


def test_patience_counts_days_as_the_calendar_does(tmp_path: Path) -> None:
    patience = {"follow_up": {"after": "4d", "answer": "none"}, "close_after": "10d", "community_wait": "1d"}
    policy = checked(tmp_path, patience=patience).policy
    assert policy.patience == Patience(4 * 86_400, "", 10 * 86_400, 7 * 3600, Patience().callback_again)


@pytest.mark.parametrize(("text", "hundredths"), [("500", 50_000), ("49.90", 4990), ("49,9", 4990), ("0.07", 7)])
def test_money_is_exact(tmp_path: Path, text: str, hundredths: int) -> None:
    segment = {"id": "big", "name": "Grande", "attention": "personal", "when": {"spent_at_least": text}}
    policy = checked(tmp_path, segments=[segment, *SMALL["segments"]]).policy
    assert policy.segments[0].any_of[0].spent_at_least == hundredths


def test_what_other_readers_of_yaml_would_change_stays_what_it_is(tmp_path: Path) -> None:
    file = written(tmp_path)
    text = file.read_text() + (
        "holidays: { country: NO, days: { 2026-12-24: Nochebuena }, local: { 08-01: Fiesta } }\n"
        "rules:\n  - id: closed\n    when: { open: no, public: off }\n    then: { tags: [no, 007, 1e3] }\n"
    )
    file.write_text(text)
    policy = read_policy(file, today=TODAY).policy
    assert policy.rules[0].tags == ("no", "007", "1e3")
    assert (policy.rules[0].open, policy.rules[0].public) == (False, False)
    assert policy.holidays["2026-12-24"] == "Nochebuena"
    assert policy.holidays["2027-08-01"] == "Fiesta"
    assert "2026-05-17" in policy.holidays  # Norway's own


def test_seasons_and_special_days_stand_over_the_week(tmp_path: Path) -> None:
    season = {"name": "Navidad", "from": "12-09", "to": "01-05", "saturday": "17:00-20:00"}
    special = {"2026-12-24": "closed", "2026-12-26": "10:00-14:00"}
    week = {"monday": "10:00-14:00", "seasons": [season], "special": special, "holidays": "no"}
    read = checked(tmp_path, hours={"default": week}).policy.hours["default"]
    assert read.seasons == (Season("Navidad", "12-09", "01-05", ((),) * 5 + ((AFTERNOON,), ())),)
    assert read.special == {"2026-12-24": (), "2026-12-26": (MORNING,)}
    assert not read.keeps_holidays


def test_holidays_reach_ten_years_ahead_in_the_language_of_the_shop(tmp_path: Path) -> None:
    policy = checked(tmp_path, holidays={"country": "ES", "region": "Madrid", "local": {"02-29": "Bisiesto"}}).policy
    assert policy.holidays["2026-12-25"] == "Natividad del Señor"
    assert "2036-12-25" in policy.holidays
    assert policy.holidays_until == "2036-12-31"
    assert {day for day, name in policy.holidays.items() if name == "Bisiesto"} == {
        "2028-02-29",
        "2032-02-29",
        "2036-02-29",
    }
    english = {**SMALL["shop"], "language": "en"}
    assert checked(tmp_path, shop=english, holidays={"country": "ES"}).policy.holidays["2026-12-25"] == "Christmas Day"


def test_a_region_adds_its_own_days(tmp_path: Path) -> None:
    country = checked(tmp_path, holidays={"country": "ES"}).policy.holidays
    region = checked(tmp_path, holidays={"country": "ES", "region": "MD"}).policy.holidays
    assert "2028-05-02" in region
    assert "2028-05-02" not in country


def test_one_alone_needs_no_brackets(tmp_path: Path) -> None:
    rules = [{"id": "mail", "when": {"channels": "email"}, "then": {"tags": "correo"}}]
    policy = checked(tmp_path, rules=rules).policy
    assert (policy.rules[0].channels, policy.rules[0].tags) == (("email",), ("correo",))


def test_words_are_folded_as_messages_are(tmp_path: Path) -> None:
    requests = {"callback": {"es": ["LLÁMAME"], "en": ["Call  me"]}}
    assert checked(tmp_path, requests=requests).policy.requests == {
        "callback": {"es": ("llamame",), "en": ("call me",)}
    }


def test_the_language_can_be_chosen_from_outside(tmp_path: Path) -> None:
    read = read_policy(written(tmp_path), language="en", today=TODAY).policy
    assert read.language == "en"
    assert read.version != checked(tmp_path).policy.version


def test_comments_and_layout_are_no_new_version(tmp_path: Path) -> None:
    before = checked(tmp_path).policy.version
    file = written(tmp_path)
    file.write_text("# A remark\n" + file.read_text().replace("name: Marta Vidal", 'name:   "Marta Vidal"'))
    assert read_policy(file, today=TODAY).policy.version == before


def test_a_protocol_is_part_of_the_version(tmp_path: Path) -> None:
    protocols = {"returns": {"es": "returns.md", "en": "returns.md"}}
    rules = [{"id": "returns", "then": {"protocol": "returns"}}]
    versions = []
    for text in ("Ask for a photo.", "Ask for two photos."):
        (tmp_path / "returns.md").write_text(f"# Returns\n\n{text}\n")
        policy = checked(tmp_path, protocols=protocols, rules=rules).policy
        assert policy.protocols["returns"]["en"].text == text
        versions.append(policy.version)
    assert versions[0] != versions[1]


def test_a_file_with_a_byte_order_mark_and_windows_lines_is_read(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_policy(file, today=TODAY).policy.shop_name == "La Tinaja"


def test_an_anchor_that_contains_itself_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text("shop: &shop\n  name: *shop\n")
    with pytest.raises(BrokenPolicy, match="may contain itself"):
        read_policy(file)


# Whatever is valid compiles, and arrives as it was sent.

names = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True).filter(lambda name: name not in {"none", "default"})
words = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)
spans = st.integers(1, 90).flatmap(lambda number: st.sampled_from([f"{number}{unit}" for unit in "smhd"]))


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, str]:
    openings = draw(st.dictionaries(st.sampled_from(DAYS), st.integers(0, 11 * 60), min_size=1))
    return {
        day: f"{_clock(begins)}-{_clock(begins + draw(st.integers(1, 12 * 60)))}" for day, begins in openings.items()
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def policies(draw: st.DrawFn) -> Mapping[str, Any]:
    people = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    queues = ["default", *draw(st.lists(names, max_size=3, unique=True))]
    tags = draw(st.lists(words.map(str.casefold), max_size=4, unique=True))
    intents = draw(st.lists(st.sampled_from([str(intent) for intent in Intent]), max_size=5, unique=True))
    some = st.lists(st.sampled_from(people), min_size=1, unique=True)
    return {
        "shop": {"name": draw(words), "language": draw(st.sampled_from(["es", "en"]))},
        "hours": {"default": draw(weeks())},
        "agents": {name: {"slack": f"U0{at:03}", "name": draw(words)} for at, name in enumerate(people)},
        "queues": {
            name: {"name": draw(words), "slack": f"C0{at:03}", "agents": (team := draw(some)), "lead": team[0]}
            for at, name in enumerate(queues)
        },
        "segments": [
            *(
                {"id": f"s{at}", "name": tag, "attention": "personal", "when": {"tags": tag}}
                for at, tag in enumerate(tags)
            ),
            {"id": "rest", "name": draw(words), "attention": "personal"},
        ],
        "promises": {"default": {"first": draw(spans), "next": draw(spans)}},
        "rules": [
            {"id": f"about {intent}", "when": {"intents": intent}, "then": {"queue": draw(st.sampled_from(queues))}}
            for intent in intents
        ],
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(policies())
def test_whatever_is_valid_arrives_as_it_was_sent(tmp_path: Path, sections: Mapping[str, Any]) -> None:
    policy = checked(tmp_path, **sections).policy
    assert decode_policy(encode_policy(policy)) == policy
    assert msgspec.json.decode(encode_policy(policy), type=Policy) == policy
    assert {rule.id: rule.queue for rule in policy.rules} == {
        rule["id"]: rule["then"]["queue"] for rule in sections["rules"]
    }
    assert policy.queues["default"].lead == sections["agents"][sections["queues"]["default"]["lead"]]["slack"]
