"""The sections that say when the shop works and who answers. An editor shows what stands below each field."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from cli.policyfile.days import day_words, days_pattern
from cli.policyfile.reading import ListOf
from cli.policyfile.units import INTERVALS_JSON, Intervals, MonthDay, Positive, SingleDay
from cli.policyfile.vocabulary import (
    Country,
    Currency,
    Identifier,
    Language,
    Named,
    PhoneNumber,
    ShopLanguage,
    SlackChannel,
    SlackPerson,
    Text,
    WorkKind,
    YesOrNo,
    Zone,
)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Shop(Section):
    name: Text
    """What the shop is called, as customers know it."""
    language: ShopLanguage
    """What agents read, and customers whose own language we do not speak."""
    timezone: Zone = "Europe/Madrid"
    """Where the shop's clock hangs, as the tz database calls it."""
    currency: Currency = "EUR"
    """Three letters (ISO 4217): what customers spend, in the conditions of segments."""


class Desk(Section):
    note_mark: Text = ";;"
    """A message in a thread that begins with this stays inside; everything else goes to the shopper."""


# When


def _with_days(schema: dict[str, Any]) -> None:
    """For an editor: the days to complete, and any name that a range of them could have."""
    properties = schema["properties"]
    properties |= {day: {**INTERVALS_JSON, "description": "Opening hours of this day."} for day in day_words()}
    schema["patternProperties"] = {days_pattern(): INTERVALS_JSON}
    schema["additionalProperties"] = False


class Week(BaseModel):
    """Besides its own fields, days and ranges of them (``monday-thursday``) with their intervals."""

    model_config = ConfigDict(extra="allow", frozen=True, use_attribute_docstrings=True, json_schema_extra=_with_days)
    __pydantic_extra__: dict[str, Intervals]

    @property
    def days(self) -> dict[str, Intervals]:
        return self.__pydantic_extra__ or {}


class Season(Week):
    name: Text
    """What this part of the year is called."""
    begins: Annotated[MonthDay, Field(alias="from")]
    """The first day of every year, month before day: `08-01`."""
    ends: Annotated[MonthDay, Field(alias="to")]
    """The last day, included; it may lie in the next year."""


class Hours(Week):
    seasons: list[Season] = []
    """Parts of the year with a week of their own. The first that covers a day counts."""
    special: dict[SingleDay, Intervals] = {}
    """Single days (`2026-12-24`) with hours of their own, over seasons and holidays. `closed`: not at all."""
    holidays: YesOrNo = True
    """Whether these hours rest on holidays."""


class Holidays(Section):
    country: Country | None = None
    """Two letters, such as ES: its holidays count."""
    region: Text | None = None
    """The region within the country, such as MD for Madrid."""
    local: dict[MonthDay, Text] = {}
    """Every year, besides those of country and region: `05-15: San Isidro`."""
    days: dict[SingleDay, Text] = {}
    """Only once: `2026-12-07: Puente`."""


# Who


class Agent(Section):
    slack: SlackPerson
    """Their Slack id (the person's profile, More, Copy member ID)."""
    name: Text
    """What customers and colleagues read."""
    languages: ListOf[Language] = ()
    """The languages that they answer in; left out: all."""
    stand_in: Identifier = ""
    """Who has their customers while they are away."""
    capacity: Positive = 0
    """Open conversations that are given to them at most; left out: no limit."""
    phone: PhoneNumber = ""
    """Their telephone (`+34600111222`): with it, they call customers from Slack."""


class Queue(Section):
    name: Named
    """What the queue is called, by language."""
    slack: SlackChannel
    """The id of the Slack channel in which its conversations appear."""
    agents: tuple[Identifier, ...]
    """Who answers there. Work is given out in this order."""
    lead: Identifier
    """Who is called when a promise is broken."""
    work: WorkKind = "pull"
    """How work is given out: whoever is free claims it (pull), in turns (round_robin), or to whoever has least."""
    hours: Identifier = ""
    """The hours of this queue; left out: those of the channel that a customer wrote on."""
    overflow: Identifier = ""
    """The queue that takes what comes in its hours while nobody of this one is on duty."""
