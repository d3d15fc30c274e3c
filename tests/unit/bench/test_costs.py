"""What a month costs: arithmetic over measured requests."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bench import chart, costs, shops
from bench.artefacts import ROOT
from bench.prices import AMAZON, OTHERS, PRICES
from bench.shops import SHOP, SHOPS
from bench.wire import Request, Step

STEPS = [Step("ingest", [Request("sqs", "SendMessage"), Request("s3", "PutObject")]), Step("slack")]
NAMES = (*costs.FIRST.values(), *costs.AGAIN.values(), *costs.ANSWERED.values(), costs.TIMER, costs.QUIET)
MEASURED = costs.Measured(dict.fromkeys(NAMES, STEPS), costs.Standing(alarms=9, secrets=7, queues=6), 1000)


def test_a_function_is_paid_by_its_memory_and_a_queued_message_three_times() -> None:
    units = costs.units_of(STEPS)
    assert units["lambda_request"] == 2
    assert units["lambda_gb_second"] == 1.5 * shops.SECONDS
    assert (units["sqs_request"], units["s3_put"], units["http_request"]) == (3, 1, 1)


@pytest.mark.parametrize(
    ("answers", "dollars"), [(0, 0), (1000, 0), (1001, 0.02), (21_000, 400)], ids=["none", "free", "one more", "many"]
)
def test_what_is_free_each_month_is_not_paid(answers: int, dollars: float) -> None:
    assert costs.bill({"whatsapp_answer": answers})["Meta: WhatsApp"] == pytest.approx(dollars)


def test_twice_the_conversations_cost_twice_what_grows_and_once_what_stands() -> None:
    twice = replace(SHOP, conversations=2 * SHOP.conversations)
    one, two = costs.month(SHOP, MEASURED), costs.month(twice, MEASURED)
    assert two["call_minute_out"] == pytest.approx(2 * one["call_minute_out"])
    assert two["secret_month"] == one["secret_month"] == 7


def test_a_shop_without_telephone_pays_no_call_and_writes_nothing_down() -> None:
    units = costs.month(replace(SHOP, shares={"email": 1.0}), MEASURED)
    assert "call_minute_out" not in units
    assert costs.bill(units)["Transcribe"] == 0


def test_every_price_is_on_a_line_of_the_bill_and_every_unit_has_a_price() -> None:
    assert {price.of for price in PRICES.values()} == {*AMAZON, *OTHERS}
    assert {unit for shop in SHOPS for unit in costs.month(shop, MEASURED)} == {*PRICES}


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.name)
def test_the_channels_of_a_shop_add_up(shop: shops.Shop) -> None:
    assert sum(shop.shares.values()) == pytest.approx(1)


def test_what_stands_is_counted_in_the_templates() -> None:
    there = costs.standing()
    assert there.alarms > 0
    assert there.secrets > 0
    assert there.queues > 0


@pytest.mark.parametrize("language", chart.WORDS)
def test_bars_are_as_long_as_what_they_stand_for(language: str, tmp_path: Path) -> None:
    lines = dict.fromkeys((*AMAZON, *OTHERS), 0.0) | {"Lambda": 2.0, "Slack Pro": 1.0}
    chart.draw({"1,000": lines}, language, tmp_path / "bars.svg")
    bars = re.findall(rf'width="([0-9.]+)" height="{chart.BAR}"', (tmp_path / "bars.svg").read_text())
    widths = [float(width) for width in bars]
    assert widths == pytest.approx([0.2 * chart.CENT, 0, 0, 0.1 * chart.CENT])


@pytest.fixture(scope="module")
def reckoned() -> list[costs.Bill]:
    measured = costs.measure()
    return [costs.bill(costs.month(shop, measured)) for shop in SHOPS]


@pytest.mark.parametrize(
    ("page", "whole", "separators"),
    [("docs/costs.md", "All of it", ",."), ("docs/es/costes.md", "Todo", ".,")],
    ids=["en", "es"],
)
def test_the_page_says_what_is_reckoned_today(
    page: str, whole: str, separators: str, reckoned: list[costs.Bill]
) -> None:
    """To a tenth: a request more or less is no news for the owner of a shop."""
    text = (ROOT / page).read_text()
    for name, lines in (("Amazon", AMAZON), (whole, (*AMAZON, *OTHERS))):
        (row,) = re.findall(rf"^\| \*\*{name}\*\* \|(.+)\|$", text, re.MULTILINE)
        written = row.translate(str.maketrans(separators, "_."))
        told = [float(cell.strip(" *")) for cell in written.split("|")]
        assert told == pytest.approx([sum(each[line] for line in lines) for each in reckoned], rel=0.1)
