"""What Slack's server checks in Block Kit, as one table per kind of block, element and object.

The limits are those of the block pages and of slack_sdk's own validators; the sentences are Slack's, as its
`response_metadata.messages` have them, with the place as a JSON pointer.
"""

from typing import Any

from playground.slack.rules import (
    Complaints,
    Rule,
    Shape,
    anything,
    flag,
    listing,
    one_of,
    plain,
    shaped,
    string,
    text,
    typed,
)

MESSAGE_BLOCKS = 50
MARKDOWN_CHARACTERS = 12_000

_ID = string(255)
_STYLE = one_of("primary", "danger")

_CONFIRM = shaped(
    Shape(
        {"title": plain(100), "text": text(300)},
        {"confirm": plain(30), "deny": plain(30), "style": _STYLE},
    )
)
# Only radio buttons and checkboxes know markup, and only an overflow menu can open an address.
_MARKED_OPTION = shaped(Shape({"text": text(75), "value": string(150)}, {"description": text(75)}))
_OPTION = shaped(Shape({"text": plain(75), "value": string(150)}, {"description": plain(75)}))
_LINK_OPTION = shaped(
    Shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": string(3000, least=0)})
)
_GROUP = shaped(Shape({"label": plain(75), "options": listing(100, _OPTION)}))

_INTERACTIVE: dict[str, Rule] = {"action_id": _ID, "confirm": _CONFIRM, "focus_on_load": flag}
_MENU = _INTERACTIVE | {"placeholder": plain(150)}
_MULTI: dict[str, Rule] = {"max_selected_items": anything}
_CHOICES: dict[str, Rule] = {"options": listing(100, _OPTION), "option_groups": listing(100, _GROUP)}
_TYPED_TEXT: dict[str, Rule] = {
    "action_id": _ID,
    "placeholder": plain(150),
    "initial_value": anything,
    "dispatch_action_config": anything,
    "focus_on_load": flag,
}
_LENGTHS: dict[str, Rule] = {"min_length": anything, "max_length": anything, "multiline": flag}

_IMAGE = Shape({"alt_text": string(2000, least=0)}, {"image_url": string(3000), "slack_file": anything})

BUTTON = Shape(
    {"text": plain(75)},
    {
        "action_id": _ID,
        "value": string(2000, least=0),
        "url": string(3000),
        "style": _STYLE,
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
)

MENUS: dict[str, Shape] = {
    "static_select": Shape({}, _MENU | _CHOICES | {"initial_option": _OPTION}, ("options", "option_groups")),
    "multi_static_select": Shape(
        {}, _MENU | _CHOICES | _MULTI | {"initial_options": listing(100, _OPTION)}, ("options", "option_groups")
    ),
    "external_select": Shape({}, _MENU | {"initial_option": _OPTION, "min_query_length": anything}),
    "multi_external_select": Shape(
        {}, _MENU | _MULTI | {"initial_options": listing(100, _OPTION), "min_query_length": anything}
    ),
    "users_select": Shape({}, _MENU | {"initial_user": string(255)}),
    "multi_users_select": Shape({}, _MENU | _MULTI | {"initial_users": anything}),
    "conversations_select": Shape({}, _MENU, open=True),
    "multi_conversations_select": Shape({}, _MENU | _MULTI, open=True),
    "channels_select": Shape({}, _MENU, open=True),
    "multi_channels_select": Shape({}, _MENU | _MULTI, open=True),
}

PICKERS: dict[str, Shape] = {
    "datepicker": Shape({}, _MENU | {"initial_date": string(10)}),
    "timepicker": Shape({}, _MENU | {"initial_time": string(5), "timezone": string(255)}),
    "datetimepicker": Shape({}, _INTERACTIVE | {"initial_date_time": anything}),
    "checkboxes": Shape(
        {"options": listing(10, _MARKED_OPTION)}, _INTERACTIVE | {"initial_options": listing(10, _MARKED_OPTION)}
    ),
    "radio_buttons": Shape({"options": listing(10, _MARKED_OPTION)}, _INTERACTIVE | {"initial_option": _MARKED_OPTION}),
}

INPUTS: dict[str, Shape] = {
    "plain_text_input": Shape({}, _TYPED_TEXT | _LENGTHS),
    "email_text_input": Shape({}, _TYPED_TEXT),
    "url_text_input": Shape({}, _TYPED_TEXT),
    "number_input": Shape({"is_decimal_allowed": flag}, _TYPED_TEXT, open=True),
    "rich_text_input": Shape({}, _TYPED_TEXT),
    "file_input": Shape({}, {"action_id": _ID, "filetypes": anything, "max_files": anything}),
}

ACTION_ELEMENTS: dict[str, Shape] = {
    "button": BUTTON,
    "overflow": Shape({"options": listing(5, _LINK_OPTION)}, _INTERACTIVE),
    "workflow_button": Shape({"text": plain(75), "workflow": anything}, open=True),
    **MENUS,
    **PICKERS,
}

CONTEXT_ELEMENTS: dict[str, Shape] = {
    "image": _IMAGE,
    "plain_text": Shape({"text": string(3000)}, {"emoji": flag}),
    "mrkdwn": Shape({"text": string(3000)}, {"verbatim": flag}),
}

CARD = Shape(
    {},
    {
        "hero_image": anything,
        "icon": anything,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": listing(5, typed({"button": BUTTON})),
    },
    ("hero_image", "title", "actions", "body"),
)

BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {},
        {
            "text": text(3000),
            "fields": listing(10, text(2000)),
            "accessory": typed(ACTION_ELEMENTS | {"image": _IMAGE}),
            "expand": flag,
        },
        ("text", "fields"),
    ),
    "divider": Shape(),
    "header": Shape({"text": plain(150)}, {"level": anything}),
    "context": Shape({"elements": listing(10, typed(CONTEXT_ELEMENTS))}),
    "actions": Shape({"elements": listing(25, typed(ACTION_ELEMENTS))}),
    "context_actions": Shape(
        {"elements": listing(5, typed({"feedback_buttons": Shape(open=True), "icon_button": Shape(open=True)}))}
    ),
    "image": Shape(
        {"alt_text": string(2000, least=0)},
        {"image_url": string(3000), "slack_file": anything, "title": plain(2000)},
        ("image_url", "slack_file"),
    ),
    "input": Shape(
        {"label": plain(2000), "element": typed(MENUS | PICKERS | INPUTS)},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "markdown": Shape({"text": string(MARKDOWN_CHARACTERS)}),
    "alert": Shape({"text": text(3000)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    "card": CARD,
    "carousel": Shape({"elements": listing(10, typed({"card": CARD}))}),
    "container": Shape(
        {"child_blocks": listing(10, anything)},
        {"title": plain(150), "rich_text_title": anything, "subtitle": text(150)},
        ("title", "rich_text_title"),
        open=True,
    ),
    "plan": Shape(open=True),
    "task_card": Shape(open=True),
    "call": Shape({"call_id": string(255)}, open=True),
    "rich_text": Shape({"elements": listing(1000, anything, least=0)}),
    "table": Shape({"rows": listing(100, listing(20, anything))}, {"column_settings": anything}),
    "file": Shape({"external_id": string(255), "source": string(255)}),
    "video": Shape(
        {"alt_text": string(2000), "title": plain(200), "video_url": string(3000), "thumbnail_url": string(3000)},
        open=True,
    ),
}

_BLOCK = typed(BLOCKS)


def complaints_about(blocks: list[Any]) -> list[str]:
    """What Slack would say about the blocks of a message; empty when it would take them."""
    return [*_checked(blocks)]


def too_long(blocks: list[Any]) -> bool:
    """Markdown blocks share one allowance of a message."""
    parts = [each.get("text") for each in blocks if isinstance(each, dict) and each.get("type") == "markdown"]
    return sum(len(part) for part in parts if isinstance(part, str)) > MARKDOWN_CHARACTERS


def _checked(blocks: list[Any]) -> Complaints:
    if len(blocks) > MESSAGE_BLOCKS:
        yield f"no more than {MESSAGE_BLOCKS} items allowed [json-pointer:/blocks]"
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        at = f"/blocks/{index}"
        yield from _BLOCK(block, at)
        if isinstance(block, dict):
            yield from _repeated("block_id", block, at, seen)
            yield from _repeated_actions(block, at)


def _repeated_actions(block: dict[str, Any], at: str) -> Complaints:
    """An `action_id` is unique within its block."""
    elements = block.get("elements")
    seen: set[str] = set()
    for index, element in enumerate(elements if isinstance(elements, list) else []):
        if isinstance(element, dict):
            yield from _repeated("action_id", element, f"{at}/elements/{index}", seen)


def _repeated(name: str, value: dict[str, Any], at: str, seen: set[str]) -> Complaints:
    identifier = value.get(name)
    if identifier is None:
        return
    if name == "block_id":
        yield from _ID(identifier, f"{at}/{name}")
    if isinstance(identifier, str) and identifier in seen:
        yield f'`{name}` "{identifier}" already exists [json-pointer:{at}/{name}]'
    seen.add(str(identifier))
