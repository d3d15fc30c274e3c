"""The inbox in memory and the one in the table tell the same story, whatever is written to them in whatever order.

So what is proven of the spine over the one is true of the other.
"""

from dataclasses import fields, replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.stored import (
    CONVERSATION,
    CUSTOMER,
    FULL_CONVERSATION,
    FULL_CUSTOMER,
    FULL_MESSAGE,
    FULL_ORDER,
    IDENTITY,
    MESSAGE,
    NOW,
    ORDER,
)
from fakes.inbox import FakeInbox
from mostrador.domain.changes import Change, Create, Refer, Remember, Revised, Tally, Timer, Update
from mostrador.domain.errors import Conflict
from mostrador.store.inbox import DynamoInbox
from mostrador.usecases.ports import Inbox

FIXED = {"id", "conversation_id", "customer_id", "sequence", "address", "revision", "counter", "version"}


def mixtures(sparse: Revised, full: Revised) -> st.SearchStrategy[dict[str, Any]]:
    """Some fields of an entity, each empty or filled."""
    names = [field.name for field in fields(full) if field.name not in FIXED]
    choices = {name: st.sampled_from([getattr(sparse, name), getattr(full, name)]) for name in names}
    return st.fixed_dictionaries({}, optional=choices)


MIXTURES = {
    "conversation": mixtures(CONVERSATION, FULL_CONVERSATION),
    "message": mixtures(replace(MESSAGE, sequence=2), FULL_MESSAGE),
    "identity": mixtures(
        replace(IDENTITY, opted_out=False, open_conversation="", last_inbound_at=0.0, window_closed_at=0.0), IDENTITY
    ),
    "customer": mixtures(CUSTOMER, FULL_CUSTOMER),
    "order": mixtures(ORDER, FULL_ORDER),
}

updates = st.sampled_from(sorted(MIXTURES)).flatmap(
    lambda kind: st.tuples(st.just(kind), MIXTURES[kind], st.sampled_from([0, 0, 0, 1]))
)
remembers = st.tuples(st.just("remember"), st.sampled_from(["e1", "e2", "e3"]), st.just(0))
creates = st.tuples(st.just("create"), st.sampled_from([3, 4]), st.just(0))
refers = st.tuples(st.just("refer"), st.sampled_from(["<a>", "<b>"]), st.just(0))
tallies = st.tuples(st.just("tally"), st.sampled_from([-1, 0, 2]), st.just(0))
commits = st.lists(
    updates | remembers | creates | refers | tallies, min_size=1, max_size=4, unique_by=lambda plan: str(plan[0])
)


class Both:
    """Two inboxes that began alike."""

    def __init__(self, table: str, number: int) -> None:
        self.inboxes: list[Inbox] = [FakeInbox(), DynamoInbox(table)]
        conversation_id = f"{number:026d}"
        self.conversation = replace(CONVERSATION, id=conversation_id)
        self.message = replace(FULL_MESSAGE, conversation_id=conversation_id)
        self.identity = replace(IDENTITY, address=replace(IDENTITY.address, value=conversation_id))
        self.customer = replace(CUSTOMER, id=conversation_id)
        self.order = replace(ORDER, customer_id=conversation_id)
        for inbox in self.inboxes:
            inbox.commit(Create(self.conversation), Create(self.message), Create(self.identity))
            inbox.commit(Create(self.customer), Create(self.order))

    def story(self, inbox: Inbox) -> list[object]:
        conversation_id = self.conversation.id
        return [
            inbox.conversation(conversation_id),
            inbox.messages(conversation_id, 0, 9),
            inbox.identity(self.identity.address),
            inbox.customer(conversation_id),
            inbox.orders(conversation_id, 5),
            inbox.agents([conversation_id]),
            conversation_id in inbox.open_conversations("default"),
            sorted(timer.due_at for timer in all_timers(inbox) if timer.conversation_id == conversation_id),
            [inbox.seen(conversation_id, event) for event in ("e1", "e2", "e3")],
            [inbox.referred(conversation_id, value) for value in ("<a>", "<b>")],
        ]

    def commit(self, inbox: Inbox, plans: list[tuple[str, Any, int]]) -> type[Conflict] | None:
        """What was raised, if anything. A plan that is one revision behind must lose."""
        try:
            inbox.commit(*(self._change(inbox, *plan) for plan in plans))
        except Conflict as conflict:
            return type(conflict)
        return None

    def _change(self, inbox: Inbox, kind: str, what: Any, behind: int) -> Change:
        match kind:
            case "remember":
                return Remember(self.conversation.id, what, self.conversation.id, 1, NOW)
            case "create":
                return Create(replace(MESSAGE, conversation_id=self.conversation.id, sequence=what))
            case "refer":
                return Refer(self.conversation.id, what, self.conversation.id)
            case "tally":
                return Tally(self.conversation.id, what)
        before = self._stored(inbox, kind)
        before = replace(before, revision=before.revision - behind)
        return Update(before, replace(before, **what))

    def _stored(self, inbox: Inbox, kind: str) -> Revised:
        found: dict[str, Revised | None] = {
            "conversation": inbox.conversation(self.conversation.id),
            "message": inbox.message(self.conversation.id, 2),
            "identity": inbox.identity(self.identity.address),
            "customer": inbox.customer(self.conversation.id),
            "order": inbox.order(self.conversation.id, ORDER.id),
        }
        stored = found[kind]
        assert stored is not None
        return stored


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=st.lists(commits, min_size=1, max_size=6))
def test_both_inboxes_tell_the_same_story(table: str, story: list[list[tuple[str, Any, int]]]) -> None:
    both = Both(table, next(NUMBERS))
    for plans in story:
        in_memory, in_the_table = (both.commit(inbox, plans) for inbox in both.inboxes)
        assert in_memory == in_the_table
        first, second = (both.story(inbox) for inbox in both.inboxes)
        assert first == second


def all_timers(inbox: Inbox) -> list[Timer]:
    return [timer for shard in inbox.shards() for timer in inbox.due(shard, NOW * 2, 999)]


NUMBERS = iter(range(1_000_000))
