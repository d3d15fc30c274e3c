"""The compiled policy answers what functions ask of it, and asks nothing of them but the standard library."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.policies import ALWAYS, DEFAULT_QUEUE, POLICY
from mostrador.policy import model
from mostrador.policy.model import ChannelRules, Hours, Policy

NIGHTS = Hours("nights", ALWAYS.week)
PHONE = Hours("phone", ALWAYS.week)
SHOP = replace(
    POLICY,
    hours={"default": ALWAYS, "nights": NIGHTS, "phone": PHONE},
    queues={"default": DEFAULT_QUEUE, "night": replace(DEFAULT_QUEUE, id="night", hours="nights")},
    channels={
        "default": ChannelRules(hold=7, promise="usual"),
        "chat": ChannelRules(hold=0, promise="chat"),
        "phone": ChannelRules(hours="phone"),
    },
)


@pytest.mark.parametrize(
    ("policy", "channel", "seconds"),
    [(SHOP, "chat", 0), (SHOP, "phone", 7), (SHOP, "email", 7), (POLICY, "email", 10)],
    ids=["no hold is a hold", "the channel says nothing", "no such channel", "the file says nothing"],
)
def test_a_hold_is_the_channels_else_the_shops(policy: Policy, channel: str, seconds: int) -> None:
    assert policy.hold(channel) == seconds


@pytest.mark.parametrize(
    ("channel", "queue", "hours"),
    [
        ("email", "", "default"),
        ("phone", "", "phone"),
        ("phone", "default", "phone"),
        ("phone", "night", "nights"),
        ("email", "night", "nights"),
        ("email", "gone", "default"),
    ],
)
def test_hours_are_the_queues_else_the_channels_else_the_shops(channel: str, queue: str, hours: str) -> None:
    assert SHOP.hours_of(channel, queue).id == hours


def test_the_shop_may_keep_the_hours_of_its_default_channel() -> None:
    shop = replace(SHOP, channels={"default": ChannelRules(hours="nights")})
    assert shop.hours_of("email").id == "nights"


def test_a_policy_without_hours_has_none() -> None:
    with pytest.raises(KeyError):
        replace(POLICY, hours={}).hours_of("email")


@pytest.mark.parametrize(
    ("policy", "channel", "target"),
    [(SHOP, "chat", "chat"), (SHOP, "phone", "usual"), (SHOP, "email", "usual"), (POLICY, "email", "default")],
)
def test_a_promise_is_the_channels_else_the_shops(policy: Policy, channel: str, target: str) -> None:
    assert policy.target_of(channel) == target


@pytest.mark.parametrize("module", sorted(Path(model.__file__).parent.glob("*.py")), ids=lambda module: module.stem)
def test_functions_need_none_of_what_the_command_line_needs(module: Path) -> None:
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert not imported & {"pydantic", "holidays", "yaml", "rich", "typer", "cli"}
