"""Block Kit's limits, each at its edge: what still passes, and Slack's sentence for what does not."""

from typing import Any

import pytest

from playground.slack.blocks import BLOCKS, complaints_about, too_long

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn("Hola"), **fields}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain("Atender"), **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(text: str = "Uno", value: str = "1") -> Json:
    return {"text": plain(text), "value": value}


def select(**fields: Any) -> Json:
    return {"type": "static_select", "options": [option()], **fields}


def confirm(**fields: Any) -> Json:
    return {"title": plain("¿Seguro?"), "text": plain("Sí"), **fields}


FITS: dict[str, list[Json]] = {
    "50 blocks": [{"type": "divider"}] * 50,
    "section of 3000": [section(text=mrkdwn("a" * 3000))],
    "10 fields of 2000": [{"type": "section", "fields": [mrkdwn("a" * 2000)] * 10}],
    "header of 150": [{"type": "header", "text": plain("a" * 150)}],
    "10 context elements": [{"type": "context", "elements": [mrkdwn("a")] * 10}],
    "25 buttons": [actions(*[button(action_id=str(n)) for n in range(25)])],
    "button at its limits": [actions(button(text=plain("a" * 75), value="v" * 2000, style="primary"))],
    "select at its limits": [actions(select(options=[option("a" * 75, "v" * 150)] * 100))],
    "overflow menu of 5, one a link": [
        actions({"type": "overflow", "options": [option(value=str(n)) for n in range(4)] + [option() | {"url": "x"}]})
    ],
    "marked up radio button": [actions({"type": "radio_buttons", "options": [option() | {"text": mrkdwn("*Uno*")}]})],
    "same action in two blocks": [actions(button(action_id="a")), actions(button(action_id="a"))],
    "picture beside a section": [
        section(accessory={"type": "image", "image_url": "https://x.example/a.png", "alt_text": "Una taza"})
    ],
    "rich text": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
}

REFUSED: dict[str, tuple[list[Any], str]] = {
    "overflow menu of 6": (
        [actions({"type": "overflow", "options": [option(value=str(n)) for n in range(6)]})],
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "overflow menu of none": (
        [actions({"type": "overflow", "options": []})],
        "no less than 1 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "overflow menu with a placeholder": (
        [actions({"type": "overflow", "options": [option()], "placeholder": plain("Más")})],
        "invalid additional property: placeholder [json-pointer:/blocks/0/elements/0]",
    ),
    "marked up option of a list": (
        [actions(select(options=[option() | {"text": mrkdwn("*Uno*")}]))],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/options/0/text/type]",
    ),
    "list with a link": (
        [actions(select(options=[option() | {"url": "https://x.example"}]))],
        "invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]",
    ),
    "51 blocks": ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "unknown block": ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0/type]"),
    "block without type": ([{"text": "x"}], "missing required field: type [json-pointer:/blocks/0]"),
    "block that is text": (["hola"], "must provide an object [json-pointer:/blocks/0]"),
    "section of 3001": (
        [section(text=mrkdwn("a" * 3001))],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "ampersands count escaped": (
        [section(text=mrkdwn("&" * 601))],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "empty section text": (
        [section(text=mrkdwn(""))],
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    "section without text": (
        [{"type": "section"}],
        "must define either `text` or `fields` [json-pointer:/blocks/0]",
    ),
    "text object without text": (
        [section(text={"type": "mrkdwn"})],
        "missing required field: text [json-pointer:/blocks/0/text]",
    ),
    "bare string for a text object": (
        [section(text="Hola")],
        "must provide an object [json-pointer:/blocks/0/text]",
    ),
    "unknown property": (
        [section(colour="red")],
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
    "11 fields": (
        [{"type": "section", "fields": [mrkdwn("a")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "field of 2001": (
        [{"type": "section", "fields": [mrkdwn("a" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "header of 151": (
        [{"type": "header", "text": plain("a" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "header in markup": (
        [{"type": "header", "text": mrkdwn("a")}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "11 context elements": (
        [{"type": "context", "elements": [mrkdwn("a")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "button in a context": (
        [{"type": "context", "elements": [button()]}],
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    "26 buttons": (
        [actions(*[button(action_id=str(n)) for n in range(26)])],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no buttons": ([actions()], "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
    "unknown element": (
        [actions({"type": "slider"})],
        "unsupported type: slider [json-pointer:/blocks/0/elements/0/type]",
    ),
    "button text of 76": (
        [actions(button(text=plain("a" * 76)))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "button value of 2001": (
        [actions(button(value="v" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "button style": (
        [actions(button(style="loud"))],
        "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
    ),
    "button without text": (
        [actions({"type": "button"})],
        "missing required field: text [json-pointer:/blocks/0/elements/0]",
    ),
    "action_id of 256": (
        [actions(button(action_id="a" * 256))],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    "action_id twice": (
        [actions(button(action_id="go"), button(action_id="go"))],
        '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    "block_id of 256": (
        [section(block_id="b" * 256)],
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    "block_id twice": (
        [section(block_id="b"), section(block_id="b")],
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ),
    "101 options": (
        [actions(select(options=[option()] * 101))],
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "option text of 76": (
        [actions(select(options=[option("a" * 76)]))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    "option value of 151": (
        [actions(select(options=[option(value="v" * 151)]))],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    "placeholder of 151": (
        [actions(select(placeholder=plain("a" * 151)))],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    "select without options": (
        [actions({"type": "static_select"})],
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
    ),
    "6 options of an overflow menu": (
        [section(accessory={"type": "overflow", "options": [option()] * 6})],
        "no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    "confirmation title of 101": (
        [actions(button(confirm=confirm(title=plain("a" * 101))))],
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    "confirmation text of 301": (
        [actions(button(confirm=confirm(text=plain("a" * 301))))],
        "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
    ),
    "confirmation button of 31": (
        [actions(button(confirm=confirm(deny=plain("a" * 31))))],
        "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]",
    ),
    "image without alt text": (
        [{"type": "image", "image_url": "https://x.example/a.png"}],
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    "image address of 3001": (
        [{"type": "image", "image_url": "h" * 3001, "alt_text": "a"}],
        "must be less than 3001 characters [json-pointer:/blocks/0/image_url]",
    ),
    "11 cards": (
        [{"type": "carousel", "elements": [{"type": "card", "title": plain("a")}] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "card title of 151": (
        [{"type": "carousel", "elements": [{"type": "card", "title": plain("a" * 151)}]}],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/title/text]",
    ),
    "card body of 201": (
        [{"type": "card", "body": mrkdwn("a" * 201)}],
        "must be less than 201 characters [json-pointer:/blocks/0/body/text]",
    ),
    "6 context actions": (
        [{"type": "context_actions", "elements": [{"type": "icon_button"}] * 6}],
        "no more than 5 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "table of 101 rows": (
        [{"type": "table", "rows": [[plain("a")]] * 101}],
        "no more than 100 items allowed [json-pointer:/blocks/0/rows]",
    ),
}


@pytest.mark.parametrize("blocks", FITS.values(), ids=FITS.keys())
def test_blocks_within_the_limits_pass(blocks: list[Json]) -> None:
    assert complaints_about(blocks) == []


@pytest.mark.parametrize(("blocks", "complaint"), REFUSED.values(), ids=REFUSED.keys())
def test_blocks_beyond_a_limit_are_named_by_their_place(blocks: list[Any], complaint: str) -> None:
    assert complaints_about(blocks) == [complaint]


def test_every_offending_place_is_named() -> None:
    blocks = [section(text=mrkdwn("")), {"type": "banner"}]
    assert len(complaints_about(blocks)) == 2


@pytest.mark.parametrize(("length", "refused"), [(6000, False), (6001, True)])
def test_markdown_blocks_share_one_allowance(length: int, *, refused: bool) -> None:
    assert too_long([{"type": "markdown", "text": "a" * length}, {"type": "markdown", "text": "a" * 6000}]) is refused


@pytest.mark.parametrize("kind", BLOCKS)
def test_every_kind_of_block_takes_a_name(kind: str) -> None:
    named, nameless = (complaints_about([{"type": kind, **name}]) for name in ({"block_id": "b"}, {}))
    assert named == nameless
