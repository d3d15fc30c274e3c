"""The doors of the stack over the wire, as botocore opens them."""

from dataclasses import replace

import pytest
from starlette.responses import Response

from fakes.outside_world import Playground
from playground.cast import AGENTS, CHANNELS, PABLO
from playground.config import Language, Stack
from playground.policy import wished_for
from playground.shop_time import Moment, Pretence
from playground.stack import EngineDoor, Wish

STACK = Stack("api1", "local", "bucket1", "receive-mail", "inbox")


@pytest.fixture
def door(playground: Playground) -> EngineDoor:
    return EngineDoor(playground.outside.world.config)


def test_mail_is_stored_and_the_function_invoked_without_waiting(door: EngineDoor, playground: Playground) -> None:
    playground.loop.run(door.store_mail(STACK, "mail/m1", b"raw"))
    playground.loop.run(door.invoke_receive_mail(STACK, {"Records": []}))
    stored, invoked = playground.shop.received
    assert (stored.method, stored.path) == ("PUT", "/bucket1/mail/m1")
    assert invoked.path == "/2015-03-31/functions/receive-mail/invocations"
    assert invoked.headers["x-amz-invocation-type"] == "Event"
    assert invoked.body == b'{"Records": []}'


def test_tick_is_woken_by_its_name(door: EngineDoor, playground: Playground) -> None:
    playground.loop.run(door.invoke_tick(replace(STACK, tick_function="shop-tick")))
    (invoked,) = playground.shop.received
    assert (invoked.path, invoked.body) == ("/2015-03-31/functions/shop-tick/invocations", b"{}")


def wish(language: Language = "es", pretence: Pretence | None = None) -> Wish:
    return Wish(language, pretence or Pretence(), "inbox", "bucket1")


def test_policy_is_the_examples_in_the_language_and_with_the_pretence_that_are_wished_for() -> None:
    now = 1_795_000_000.0
    wishes = wish(), wish("en", Pretence(Moment.NIGHT, hurry=True))
    as_it_is, varied = (wished_for(each, now).policy for each in wishes)
    assert (as_it_is.language, varied.language) == ("es", "en")
    assert (as_it_is.targets["default"].first, varied.targets["default"].first) == (7200, 120)
    assert as_it_is.version != varied.version
    assert set(varied.agents) == set(as_it_is.agents)


def test_shops_agents_and_channels_are_those_of_the_workspace() -> None:
    policy = wished_for(wish(), 1_795_000_000.0).policy
    assert set(policy.agents) == {agent.id for agent in AGENTS} - {PABLO.id}
    assert {queue.desk_channel for queue in policy.queues.values()} == {each.id for each in CHANNELS if each.attended}


def test_pushed_policy_is_stored_and_told(door: EngineDoor, playground: Playground) -> None:
    pushed = playground.loop.run(door.push_policy(STACK, "en", Pretence(Moment.HOLIDAY)))
    assert pushed is not None
    assert pushed.language == "en"
    stored = {each.path: each.body for each in playground.shop.received if each.method == "PUT"}
    assert b'"language":"en"' in stored[f"/bucket1/policy/{pushed.version}.json"]
    pointed = playground.shop.received[-1]
    assert pointed.headers["x-amz-target"].endswith(".TransactWriteItems")
    assert b'"inbox"' in pointed.body


def test_policy_that_cannot_be_pushed_leaves_the_one_that_is_in_force(
    door: EngineDoor, playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    playground.shop.answers.append(Response(status_code=403))
    assert playground.loop.run(door.push_policy(STACK, "en", Pretence())) is None
    assert "could not be pushed" in caplog.text


def test_stack_without_a_table_keeps_its_policy(door: EngineDoor, playground: Playground) -> None:
    without = Stack("api1", "local", "bucket1", "receive-mail")
    assert playground.loop.run(door.push_policy(without, "en", Pretence())) is None
    assert playground.shop.received == []
