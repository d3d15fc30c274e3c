"""Times as shoppers and agents read them, sentence by sentence. 6 November 2026 is a Friday."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.policy.hours import Calendar
from mostrador.policy.in_words import ahead, deadline, joined, moment, span, today, week
from mostrador.policy.model import Hours, Interval, Season

MADRID = ZoneInfo("Europe/Madrid")
SPLIT = (Interval(600, 840), Interval(1020, 1200))
AUGUST = Season("Agosto", "08-01", "08-31", ((Interval(570, 870),),) * 5 + ((), ()))
SHOP = Hours(
    "default",
    (*(SPLIT,) * 4, (Interval(600, 840), Interval(1020, 1140)), (Interval(630, 840),), ()),
    (AUGUST,),
)
NOVEMBER = date(2026, 11, 6)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).timestamp()


def every_day(*intervals: Interval, holidays: bool = True) -> Hours:
    return Hours("plain", (intervals,) * 7, keeps_holidays=holidays)


@pytest.mark.parametrize(
    ("seconds", "spanish", "english"),
    [
        (0, "0 segundos", "0 seconds"),
        (1, "un segundo", "a second"),
        (2, "dos segundos", "two seconds"),
        (45, "45 segundos", "45 seconds"),
        (59.6, "un minuto", "a minute"),
        (60, "un minuto", "a minute"),
        (10 * 60, "diez minutos", "ten minutes"),
        (11 * 60, "11 minutos", "11 minutes"),
        (29.6 * 60, "media hora", "half an hour"),
        (59.6 * 60, "una hora", "an hour"),
        (3600, "una hora", "an hour"),
        (5400, "una hora y media", "an hour and a half"),
        (7200, "dos horas", "two hours"),
        (8100, "dos horas y 15 minutos", "two hours and 15 minutes"),
        (9000, "dos horas y media", "two and a half hours"),
        (23.999 * 3600, "un día", "a day"),
        (86_400, "un día", "a day"),
        (86_400 + 3600, "un día y una hora", "a day and an hour"),
        (3 * 86_400, "tres días", "three days"),
        (14 * 86_400 + 7200, "14 días y dos horas", "14 days and two hours"),
    ],
)
def test_a_span_is_said_in_the_units_that_matter(seconds: float, spanish: str, english: str) -> None:
    assert (span(seconds, "es"), span(seconds, "en")) == (spanish, english)
    assert (ahead(seconds, "es"), ahead(seconds, "en")) == (f"dentro de {spanish}", f"in {english}")


@pytest.mark.parametrize(
    ("moment_at", "spanish", "english"),
    [
        ("2026-11-06 19:30", "hoy a las 19:30", "today at 19:30"),
        ("2026-11-06 08:05", "hoy a las 8:05", "today at 8:05"),
        ("2026-11-07 10:00", "mañana a las 10:00", "tomorrow at 10:00"),
        ("2026-11-07 01:30", "mañana a la 1:30", "tomorrow at 1:30"),
        ("2026-11-07 13:00", "mañana a las 13:00", "tomorrow at 13:00"),
        ("2026-11-05 10:00", "ayer a las 10:00", "yesterday at 10:00"),
        ("2026-11-09 10:00", "el lunes 9 de noviembre a las 10:00", "on Monday 9 November at 10:00"),
        ("2026-11-23 10:00", "el lunes 23 de noviembre a las 10:00", "on Monday 23 November at 10:00"),
        ("2026-11-04 10:00", "el miércoles 4 de noviembre a las 10:00", "on Wednesday 4 November at 10:00"),
        ("2027-01-02 10:00", "el sábado 2 de enero a las 10:00", "on Saturday 2 January at 10:00"),
        ("2027-11-23 10:00", "el 23 de noviembre de 2027 a las 10:00", "on 23 November 2027 at 10:00"),
    ],
)
def test_a_moment_is_named_from_today(moment_at: str, spanish: str, english: str) -> None:
    now = at("2026-11-06 19:00")
    assert moment(at(moment_at), now, "es", MADRID) == spanish
    assert moment(at(moment_at), now, "en", MADRID) == english


def test_a_moment_is_named_in_the_zone_of_the_shop() -> None:
    late = at("2026-11-07 00:30")
    assert moment(late, at("2026-11-06 19:00"), "es", MADRID) == "mañana a las 0:30"
    assert moment(late, at("2026-11-06 19:00"), "es", ZoneInfo("Atlantic/Canary")) == "hoy a las 23:30"


@pytest.mark.parametrize(
    ("due", "spanish", "english"),
    [
        ("2026-11-06 12:30", "antes de las 12:30", "before 12:30"),
        ("2026-11-06 12:26:40", "antes de las 12:30", "before 12:30"),
        ("2026-11-06 12:30:01", "antes de las 12:35", "before 12:35"),
        ("2026-11-06 13:00", "antes de las 13:00", "before 13:00"),
        ("2026-11-06 23:57", "antes de medianoche", "before midnight"),
        ("2026-11-07 00:00", "antes de medianoche", "before midnight"),
        ("2026-11-07 01:00", "mañana antes de la 1:00", "tomorrow before 1:00"),
        ("2026-11-07 12:00", "mañana antes de las 12:00", "tomorrow before 12:00"),
        ("2026-11-08 00:00", "mañana antes de medianoche", "tomorrow before midnight"),
        ("2026-11-09 12:00", "el lunes antes de las 12:00", "on Monday before 12:00"),
        ("2026-11-12 12:00", "el jueves antes de las 12:00", "on Thursday before 12:00"),
        ("2026-11-13 12:00", "el viernes 13 de noviembre antes de las 12:00", "on Friday 13 November before 12:00"),
    ],
)
def test_a_deadline_reads_well_after_a_promise(due: str, spanish: str, english: str) -> None:
    now = at("2026-11-06 10:00")
    assert deadline(at(due), now, "es", MADRID) == spanish
    assert deadline(at(due), now, "en", MADRID) == english


@pytest.mark.parametrize(
    ("due", "now", "told"),
    [
        ("2026-11-06 12:26:40", "2026-11-06 10:00", "antes de las 12:26"),
        ("2026-11-06 12:26:40", "2026-11-06 12:27", "antes de las 12:26"),
        ("2026-11-06 23:57:10", "2026-11-07 00:10", "ayer antes de las 23:57"),
    ],
)
def test_an_agent_is_told_the_minute_itself(due: str, now: str, told: str) -> None:
    assert deadline(at(due), at(now), "es", MADRID, exact=True) == told


@given(due=st.integers(1_700_000_000, 1_900_000_000), ahead_by=st.integers(1, 86_400))
def test_a_deadline_is_never_told_earlier_than_it_is_nor_much_later(due: int, ahead_by: int) -> None:
    told = re.search(r"(\d+):(\d\d)|midnight", deadline(due, due - ahead_by, "en", MADRID))
    assert told is not None
    shown = datetime.fromtimestamp(due, MADRID)
    minutes = int(told[1]) * 60 + int(told[2]) if told[1] else 1440
    late = (minutes * 60 - (shown.hour * 3600 + shown.minute * 60 + shown.second)) % 86_400
    assert late < 300


@pytest.mark.parametrize(
    ("hours", "day", "spanish", "english"),
    [
        pytest.param(
            SHOP,
            NOVEMBER,
            "lunes a jueves, 10:00-14:00 y 17:00-20:00; viernes, 10:00-14:00 y 17:00-19:00; sábado, 10:30-14:00; "
            "domingo y festivos, cerrado",
            "Monday to Thursday, 10:00-14:00 and 17:00-20:00; Friday, 10:00-14:00 and 17:00-19:00; "
            "Saturday, 10:30-14:00; Sunday and public holidays, closed",
            id="a Spanish shop",
        ),
        pytest.param(
            SHOP,
            date(2026, 8, 10),
            "lunes a viernes, 9:30-14:30; sábado, domingo y festivos, cerrado (hasta el 31 de agosto)",
            "Monday to Friday, 9:30-14:30; Saturday, Sunday and public holidays, closed (until 31 August)",
            id="in its season",
        ),
        pytest.param(
            every_day(Interval(600, 840)),
            NOVEMBER,
            "todos los días, 10:00-14:00; festivos, cerrado",
            "every day, 10:00-14:00; public holidays, closed",
            id="every day",
        ),
        pytest.param(
            every_day(Interval(0, 1440), holidays=False),
            NOVEMBER,
            "todos los días, las 24 horas",
            "every day, 24 hours",
            id="around the clock",
        ),
        pytest.param(
            every_day(Interval(1320, 1560), Interval(540, 600), Interval(600, 660), holidays=False),
            NOVEMBER,
            "todos los días, 9:00-11:00 y 22:00-2:00",
            "every day, 9:00-11:00 and 22:00-2:00",
            id="overnight",
        ),
        pytest.param(
            every_day(Interval(1080, 1440), holidays=False),
            NOVEMBER,
            "todos los días, 18:00-24:00",
            "every day, 18:00-24:00",
            id="to midnight",
        ),
        pytest.param(every_day(), NOVEMBER, "cerrado", "closed", id="never"),
        pytest.param(
            Hours("plain", (SPLIT, SPLIT, (), SPLIT, (), (), ()), keeps_holidays=False),
            NOVEMBER,
            "lunes y martes, 10:00-14:00 y 17:00-20:00; miércoles, cerrado; jueves, 10:00-14:00 y 17:00-20:00; "
            "viernes a domingo, cerrado",
            "Monday and Tuesday, 10:00-14:00 and 17:00-20:00; Wednesday, closed; "
            "Thursday, 10:00-14:00 and 17:00-20:00; Friday to Sunday, closed",
            id="days that are not neighbours",
        ),
    ],
)
def test_a_week_is_one_line(hours: Hours, day: date, spanish: str, english: str) -> None:
    assert (week(hours, "es", day), week(hours, "en", day)) == (spanish, english)


CALENDAR = Calendar(SHOP, MADRID, {"2026-11-09": "La Almudena"})
BAR = Calendar(Hours("bar", ((),) * 4 + ((Interval(1200, 1560),), (Interval(1200, 1560),), ())), MADRID, {})
LONG = Calendar(Hours("long", ((Interval(600, 1440),), *((Interval(0, 1440),),) * 6), keeps_holidays=False), MADRID, {})


@pytest.mark.parametrize(
    ("calendar", "now", "spanish", "english"),
    [
        pytest.param(
            CALENDAR,
            "2026-11-06 09:00",
            "Hoy abrimos de 10:00 a 14:00 y de 17:00 a 19:00.",
            "We are open today from 10:00 to 14:00 and from 17:00 to 19:00.",
            id="before it opens",
        ),
        pytest.param(
            CALENDAR,
            "2026-11-05 10:00",
            "Hoy abrimos hasta las 14:00 y de 17:00 a 20:00.",
            "We are open today until 14:00 and from 17:00 to 20:00.",
            id="open",
        ),
        pytest.param(
            CALENDAR,
            "2026-11-05 14:00",
            "Hoy abrimos de 17:00 a 20:00.",
            "We are open today from 17:00 to 20:00.",
            id="at lunch",
        ),
        pytest.param(
            CALENDAR,
            "2026-11-05 20:00",
            "Hoy ya hemos cerrado. Volvemos mañana a las 10:00.",
            "We have closed for today. We are back tomorrow at 10:00.",
            id="in the evening",
        ),
        pytest.param(
            CALENDAR,
            "2026-11-08 12:00",
            "Hoy estamos cerrados. Volvemos el martes 10 de noviembre a las 10:00.",
            "We are closed today. We are back on Tuesday 10 November at 10:00.",
            id="Sunday",
        ),
        pytest.param(
            CALENDAR,
            "2026-11-09 12:00",
            "Hoy, fiesta (La Almudena), estamos cerrados. Volvemos mañana a las 10:00.",
            "Today is a holiday (La Almudena), and we are closed. We are back tomorrow at 10:00.",
            id="holiday",
        ),
        pytest.param(
            BAR,
            "2026-11-06 21:00",
            "Hoy abrimos hasta las 2:00.",
            "We are open today until 2:00.",
            id="beyond midnight",
        ),
        pytest.param(
            BAR,
            "2026-11-07 01:00",
            "Hoy abrimos hasta las 2:00 y de 20:00 a 2:00.",
            "We are open today until 2:00 and from 20:00 to 2:00.",
            id="after midnight",
        ),
        pytest.param(
            BAR,
            "2026-11-08 12:00",
            "Hoy estamos cerrados. Volvemos el viernes 13 de noviembre a las 20:00.",
            "We are closed today. We are back on Friday 13 November at 20:00.",
            id="closed after a night that ended today",
        ),
        pytest.param(
            LONG,
            "2026-11-10 12:00",
            "Hoy abrimos las 24 horas.",
            "We are open around the clock today.",
            id="around the clock",
        ),
        pytest.param(
            LONG,
            "2026-11-09 09:00",
            "Hoy abrimos desde las 10:00.",
            "We are open today from 10:00.",
            id="for days on end",
        ),
        pytest.param(
            Calendar(every_day(), MADRID, {}),
            "2026-11-09 09:00",
            "Hoy estamos cerrados.",
            "We are closed today.",
            id="for ever",
        ),
    ],
)
def test_today_says_until_when_or_from_when(calendar: Calendar, now: str, spanish: str, english: str) -> None:
    assert today(calendar, at(now), "es") == spanish
    assert today(calendar, at(now), "en") == english


@given(minutes=st.integers(0, 60 * 24 * 400), language=st.sampled_from(("es", "en")))
def test_whatever_the_moment_it_is_said_in_a_sentence_of_whole_words(minutes: int, language: str) -> None:
    now = at("2026-01-01 00:00") + minutes * 60
    for calendar in (CALENDAR, BAR, LONG):
        assert re.fullmatch(r"(?:[A-Z][^.{}]+\.(?: |$)){1,2}", today(calendar, now, language))
        opening = calendar.next_opening(now + timedelta(days=3).total_seconds())
        assert opening is not None
        assert re.fullmatch(r"[^.{}]+ \d+:\d\d", moment(opening, now, language, MADRID))


@pytest.mark.parametrize(
    ("parts", "spanish"), [(["uno"], "uno"), (["uno", "dos"], "uno y dos"), (["uno", "dos", "tres"], "uno, dos y tres")]
)
def test_parts_are_joined_as_people_do(parts: list[str], spanish: str) -> None:
    assert joined(parts, "es") == spanish
