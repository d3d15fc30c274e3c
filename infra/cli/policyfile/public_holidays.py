"""The holidays of a country and a region, from the library ``holidays``, in the shop's language."""

from datetime import date
from difflib import get_close_matches
from functools import cache

import holidays
from holidays import HolidayBase

from cli.policyfile.draft import Draft
from cli.policyfile.sections import Holidays

YEARS_AHEAD = 10
"""Beside the year in which the file is compiled; pushing it again later goes on from there."""


def holidays_of(draft: Draft) -> dict[str, str]:
    """Names by day (``YYYY-MM-DD``); what the shop itself says of a day counts over what the library says."""
    years = range(draft.today.year, draft.today.year + YEARS_AHEAD + 1)
    written = draft.document.holidays
    region = _region(draft, written)
    public = _public(written.country, region, years, draft.language) if written.country and region is not None else {}
    local = {f"{year}-{day}": name for year in years for day, name in written.local.items() if _exists(year, day)}
    return dict(sorted({**public, **local, **written.days}.items()))


def last_known_day(today: date) -> str:
    return f"{today.year + YEARS_AHEAD}-12-31"


def regions_of(country: str) -> dict[str, str]:
    """The library's codes by everything that a region may be called, in lower case."""
    aliases = _calendar(country).get_subdivision_aliases()
    return {name.casefold(): code for code, names in aliases.items() for name in (code, *names)}


def _region(draft: Draft, written: Holidays) -> str | None:
    """The library's code; empty without a region, None where country or region are not known to it."""
    if written.country is None:
        if written.region:
            draft.findings.fault(("holidays", "region"), "a region needs its `country` as well, such as `country: ES`")
        return None
    if written.country not in holidays.list_supported_countries():
        _unknown_country(draft, written.country)
        return None
    code = regions_of(written.country).get((written.region or "").casefold())
    if written.region and code is None:
        _unknown_region(draft, written.country, written.region)
        return None
    return code or ""


def _unknown_country(draft: Draft, country: str) -> None:
    draft.findings.fault(
        ("holidays", "country"),
        f"no holidays are known for `{country}`; write the two letters of a country, such as ES for Spain, "
        "or leave it out and list the days yourself under `local`",
    )


def _unknown_region(draft: Draft, country: str, region: str) -> None:
    known = regions_of(country)
    near = get_close_matches(region.casefold(), known, n=1)
    instead = f"did you mean `{known[near[0]]}`?" if near else f"there are {_all_regions(country)}"
    what = f"`{region}` is no region of `{country}` for which holidays are known; {instead}"
    draft.findings.fault(("holidays", "region"), what if known else f"`{country}` has no regions here; leave it out")


def _all_regions(country: str) -> str:
    aliases = _calendar(country).get_subdivision_aliases()
    return ", ".join(f"{code} ({names[0]})" if names else code for code, names in aliases.items())


def _public(country: str, region: str, years: range, language: str) -> dict[str, str]:
    languages = _calendar(country).supported_languages
    spoken = [name for name in languages if name.partition("_")[0] == language]
    known = holidays.country_holidays(
        country, subdiv=region or None, years=years, language=spoken[0] if spoken else None
    )
    return {day.isoformat(): name.replace("; ", " / ") for day, name in known.items()}


@cache
def _calendar(country: str) -> HolidayBase:
    return holidays.country_holidays(country)


def _exists(year: int, day: str) -> bool:
    """Not every year has a 29th of February."""
    try:
        date.fromisoformat(f"{year}-{day}")
    except ValueError:
        return False
    return True
