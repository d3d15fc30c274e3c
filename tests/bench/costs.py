"""What a month costs three shops: measured requests times quoted prices. ``python -m bench.costs`` prints the tables.

It draws the chart of docs/costs.md as well. Nothing here is sent to anybody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from bench import chart, shops
from bench.artefacts import ROOT
from bench.prices import AMAZON, OTHERS, PRICES
from bench.scenarios import Played, play_all
from bench.shops import SHOPS, Shop
from bench.spine import Spine, open_spine
from bench.totals import add_up
from bench.units import item_size
from bench.wire import Step

type Units = Mapping[str, float]
"""How many of what PRICES has a price of."""
type Bill = Mapping[str, float]
"""US dollars by line."""
console = Console(soft_wrap=True)

MINUTES = 60 * 730
"""Of a month."""
GIGABYTE = 1_000_000_000
ROOMY = {"ingest": 1.0, "deliver": 1.0, "voice": 1.0}
"""GB of the functions that have more than the template's half of one."""
DOORS = frozenset({"receive", "slack"})
"""The functions that are called through the HTTP API."""
FIRST = {"email": "a mail of a stranger", "sms": "an SMS of a stranger", "whatsapp": "a WhatsApp of a stranger"}
AGAIN = {
    "email": "the customer's answer, with three files",
    "sms": "another SMS, in the same conversation",
    "whatsapp": "another WhatsApp, in the same conversation",
}
ANSWERED = {
    "email": "an answer by mail, and its delivery",
    "sms": "an answer by SMS, and its delivery",
    "whatsapp": "an answer by WhatsApp, delivered and read",
}
TIMER, QUIET = "half of the time promised to her is over", "a minute in which nothing is due"
LIKE = {"chat": "sms", "phone": "sms", "form": "email"}
"""Channels that nobody measured, and the measured one that they are taken for."""


@dataclass(frozen=True)
class Standing:
    """What is there whether or not somebody writes."""

    alarms: int
    secrets: int
    queues: int


@dataclass(frozen=True)
class Measured:
    played: Played
    standing: Standing
    message_bytes: float
    """That the table keeps for a message, with its share of conversations, customers and events."""


def measure() -> Measured:
    with open_spine() as spine:
        played = play_all(spine)
        return Measured(played, standing(), _message_bytes(spine))


def standing() -> Standing:
    """As the templates create it."""
    main, watch = ((ROOT / name).read_text() for name in ("template.yaml", "infra/observability.yaml"))
    return Standing(
        alarms=watch.count("Type: AWS::CloudWatch::Alarm\n"),
        secrets=main.count("Type: AWS::SecretsManager::Secret\n"),
        queues=main.count("FunctionResponseTypes: [ReportBatchItemFailures]"),
    )


def _message_bytes(spine: Spine) -> float:
    pages: Any = spine.cloud.dynamodb.get_paginator("scan").paginate(TableName=spine.cloud.table)
    items = [item for page in pages for item in page["Items"]]
    messages = [item for item in items if item["sk"]["S"].startswith("MSG#")]
    return sum(map(item_size, items)) / len(messages)


def units_of(steps: Iterable[Step]) -> Units:
    played = list(steps)
    whole = add_up(request for step in played for request in step.requests)
    files = whole.calls.get("s3", {})
    asked = {
        "write_unit": whole.table_units + whole.index_units,
        "read_unit": whole.read_units,
        # Each message is sent, received and deleted.
        "sqs_request": 3 * whole.of("sqs"),
        "s3_put": files.get("PutObject", 0),
        "s3_get": files.get("GetObject", 0),
        "mail_out": whole.of("sesv2"),
    }
    return together(asked, _invocations(step.function for step in played))


def _invocations(functions: Iterable[str]) -> Units:
    names = list(functions)
    return {
        "lambda_request": len(names),
        "lambda_gb_second": sum(ROOMY.get(name, 0.5) for name in names) * shops.SECONDS,
        "log_gb": len(names) * shops.LOG_BYTES / GIGABYTE,
        "trace": len(names),
        "http_request": sum(name in DOORS for name in names),
        "secret_read": len(names) * shops.RENEWED,
        "s3_get": len(names) * shops.RENEWED,
    }


def conversation(channel: str, played: Played) -> Units:
    """What a conversation asks of AWS and of whoever carries it."""
    like, turns = LIKE.get(channel, channel), shops.MESSAGES_EACH_WAY
    return together(
        units_of(played[FIRST[like]]),
        times(turns - 1, units_of(played[AGAIN[like]])),
        times(turns, units_of(played[ANSWERED[like]])),
        units_of(played[TIMER]),
        _carried(channel, turns),
    )


def _carried(channel: str, turns: int) -> Units:
    """What the channel asks for besides."""
    match channel:
        case "email":
            return {"mail_in": turns, "mail_chunk": turns * shops.MAIL_CHUNKS}
        case "whatsapp":
            return {"whatsapp_answer": turns, "whatsapp_carried": 2 * turns}
        case "sms":
            return {"sms_segment_in": turns, "sms_segment_out": turns * shops.SMS_SEGMENTS}
        case "chat":
            frames = {"websocket_message": shops.CHAT_FRAMES, "websocket_minute": shops.CHAT_MINUTES}
            return together(frames, _invocations(["chat"] * shops.CHAT_FRAMES))
        case "phone":
            minutes = {
                "call_minute_in": shops.CALL_MINUTES_IN,
                "call_minute_out": shops.CALL_MINUTES_OUT,
                "transcribed_minute": shops.VOICEMAIL_MINUTES,
                "http_request": shops.CALL_STEPS,
            }
            return together(minutes, _invocations(["voice"] * shops.CALL_STEPS))
        case _:
            return {}


def always(shop: Shop, measured: Measured) -> Units:
    """A month in which nobody writes, and what the months before it have left behind."""
    kept, there = shop.conversations * shops.MONTHS_KEPT, measured.standing
    things = {
        "alarm_month": there.alarms,
        "secret_month": there.secrets,
        "sqs_request": there.queues * shops.IDLE_POLLS,
        "table_gb_month": kept * 2 * shops.MESSAGES_EACH_WAY * measured.message_bytes / GIGABYTE,
        "s3_gb_month": kept * shops.FILE_BYTES / GIGABYTE,
        "twilio_number_month": shops.NUMBERS,
        "slack_person": shop.agents if shop.pays_slack else 0,
    }
    return together(things, times(MINUTES, units_of(measured.played[QUIET])))


def month(shop: Shop, measured: Measured) -> Units:
    each = [
        times(share * shop.conversations, conversation(channel, measured.played))
        for channel, share in shop.shares.items()
    ]
    units = together(always(shop, measured), *each)
    return together(units, {"log_gb_month": units["log_gb"]})


def together(*parts: Units) -> Units:
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update(part)
    return whole


def times(number: float, units: Units) -> Units:
    return {unit: number * each for unit, each in units.items()}


def bill(units: Units) -> Bill:
    """Raises KeyError for a unit without a price."""
    lines = dict.fromkeys((*AMAZON, *OTHERS), 0.0)
    for unit, number in units.items():
        price = PRICES[unit]
        lines[price.of] += max(number - price.free, 0) * price.usd
    return lines


def table(bills: Mapping[str, Bill], quiet: Mapping[str, Bill], lines: Sequence[str]) -> str:
    """Rows of Markdown, in dollars and cents; the last two are the sum, and what of it is paid for silence."""
    rows = [(line, *(each[line] for each in bills.values())) for line in lines]
    rows += [
        (name, *(sum(each[line] for line in lines) for each in told.values()))
        for name, told in (("all of it", bills), ("of which in a month without a message", quiet))
    ]
    return "\n".join(f"| {name} | {' | '.join(f'{cost:,.2f}' for cost in costs)} |" for name, *costs in rows)


def main() -> None:
    measured = measure()
    bills = {shop.name: bill(month(shop, measured)) for shop in SHOPS}
    quiet = {shop.name: bill(always(shop, measured)) for shop in SHOPS}
    for lines in (AMAZON, OTHERS):
        console.print(table(bills, quiet, lines), end="\n\n")
    for language in chart.WORDS:
        chart.draw(bills, language, ROOT / f"docs/images/costs-{language}.svg")


if __name__ == "__main__":
    main()
