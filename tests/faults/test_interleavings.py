"""Whatever order things happen in, and wherever a step dies or loses a race, the promises to shoppers are kept."""

from collections import Counter as Tally

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from faults.spine import Plan, Spine
from mostrador.desk.errors import Doubtful
from mostrador.desk.receipts import NOTE, REACTIONS
from mostrador.domain.conversation import Conversation, Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.domain.errors import TryAgain
from mostrador.policy import clocks

SHOPPERS = ["+34600111222", "+34600333444"]
STEPS = ["ingest", "act", "notify", "deliver", "tick", "ring"]
PRESSES = [
    ("claim", ""),
    ("close", ""),
    ("reopen", ""),
    ("wake", ""),
    ("snooze", "hour"),
    ("more", "call"),
    ("more", "called"),
]

TOLD = ("promise warned", "promise broken", "wake", "callback due", "callback overdue", "follow_up")
"""The lines of the history that stand for a notice in the thread."""

any_of = st.integers(0, 5)
plans = st.none() | st.tuples(st.integers(0, 6), st.sampled_from(["crash", "crash late", *STEPS]))
moods = st.lists(st.sampled_from(["unclear but taken", "busy", "unclear", "blocked"]), min_size=1, max_size=3)
type Disturbance = tuple[int, str] | None


class Interleavings(RuleBasedStateMachine):
    """Each rule is something that somebody does, and then perhaps one step of ours, which may be disturbed."""

    def __init__(self) -> None:
        super().__init__()
        self.spine = Spine()
        self.latest_first = False
        for shopper in SHOPPERS:
            self.spine.shopper_writes(shopper)
            self.spine.ingest()
            self.spine.notify()

    @rule(sender=st.sampled_from(SHOPPERS), plan=plans)
    def shopper_writes(self, sender: str, plan: Disturbance) -> None:
        self.spine.shopper_writes(sender)
        self.spine.ingest(self._plan(plan))

    @rule(root=any_of, note=st.booleans(), told=st.booleans(), plan=plans)
    def agent_writes(self, root: int, *, note: bool, told: bool, plan: Disturbance) -> None:
        self.spine.agent_writes(root, note=note)
        self._act(told=told, plan=plan)

    @rule(which=any_of, note=st.booleans(), told=st.booleans(), plan=plans)
    def agent_edits(self, which: int, *, note: bool, told: bool, plan: Disturbance) -> None:
        self.spine.agent_edits(which, note=note)
        self._act(told=told, plan=plan)

    @rule(which=any_of, told=st.booleans(), plan=plans)
    def agent_deletes(self, which: int, *, told: bool, plan: Disturbance) -> None:
        self.spine.agent_deletes(which)
        self._act(told=told, plan=plan)

    @rule(root=any_of, press=st.sampled_from(PRESSES), told=st.booleans(), plan=plans)
    def agent_presses(self, root: int, press: tuple[str, str], *, told: bool, plan: Disturbance) -> None:
        self.spine.agent_presses(root, *press)
        self._act(told=told, plan=plan)

    @rule(latest=st.booleans(), plan=plans)
    def slack_tells(self, *, latest: bool, plan: Disturbance) -> None:
        self.latest_first = latest
        self.spine.act(self._plan(plan), latest=latest)

    @rule(which=any_of, state=st.sampled_from([Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.FAILED]), plan=plans)
    def provider_tells(self, which: int, state: Delivery, plan: Disturbance) -> None:
        self.spine.provider_tells(which, state)
        self.spine.ingest(self._plan(plan))

    @rule(which=any_of, plan=plans)
    def told_again(self, which: int, plan: Disturbance) -> None:
        self.spine.told_again(which)
        self.spine.ingest(self._plan(plan))
        self.spine.act(self._plan(plan), latest=True)

    @rule(moods=moods, silences=st.integers(0, 3))
    def provider_changes_its_mood(self, moods: list[str], silences: int) -> None:
        self.spine.channel.moods = list(moods)
        self.spine.channel.silences = silences

    @rule(trouble=st.sampled_from([TryAgain("ratelimited", 1), TryAgain("ratelimited", 30), Doubtful("timeout")]))
    def slack_has_trouble(self, trouble: Exception) -> None:
        self.spine.counter.desk.trouble.extend([None, trouble])

    @rule(plan=plans)
    def notify(self, plan: Disturbance) -> None:
        self.spine.notify(self._plan(plan))

    @rule(seconds=st.sampled_from([10, 15, 0]), plan=plans)
    def deliver(self, seconds: int, plan: Disturbance) -> None:
        self.spine.wait(seconds)
        self.spine.deliver(self._plan(plan))

    @rule(root=any_of, moods=moods | st.just([]), plan=plans)
    def an_answer_leaves(self, root: int, moods: list[str], plan: Disturbance) -> None:
        self.spine.agent_writes(root, note=False)
        self.spine.act(latest=True)
        self.spine.wait(10)
        self.spine.channel.moods = list(moods)
        for _ in self.spine.counter.queues.held:
            self.spine.deliver(self._plan(plan))

    @rule(root=any_of, first=st.sampled_from(STEPS), second=st.sampled_from(STEPS), call=st.integers(0, 6))
    def two_at_once(self, root: int, first: str, second: str, call: int) -> None:
        """An answer is due and not yet marked, another is told of, the shopper writes: all at the same moment."""
        self.spine.agent_writes(root, note=False)
        self.spine.act(latest=True)
        self.spine.shopper_writes(SHOPPERS[0])
        self.spine.wait(10)
        self.spine.agent_edits(0, note=False)
        getattr(self.spine, first)(self._plan((call, second)))

    @rule(seconds=st.sampled_from([60, 100, 1000]), plan=plans)
    def time_is_up(self, seconds: int, plan: Disturbance) -> None:
        self.spine.wait(seconds)
        self.spine.tick()
        for _ in range(2):
            self.spine.deliver(self._plan(plan))

    @rule(seconds=st.sampled_from([60, 100, 1000]), plan=plans)
    def tick(self, seconds: int, plan: Disturbance) -> None:
        self.spine.wait(seconds)
        self.spine.tick(self._plan(plan))

    def _act(self, *, told: bool, plan: Disturbance) -> None:
        if told:
            self.spine.act(self._plan(plan), latest=True)

    def _plan(self, plan: Disturbance) -> Plan | None:
        if plan is None:
            return None
        call, what = plan
        effects = {step: getattr(self.spine, step) for step in STEPS}
        return Plan(call, effects.get(what), late=what == "crash late")

    @rule(seconds=st.sampled_from([300, 600, 1800]), times=st.integers(1, 2), plan=plans)
    def a_clock_rings(self, seconds: int, times: int, plan: Disturbance) -> None:
        """The same wake-up comes again."""
        self.spine.wait(seconds)
        self.spine.tick()
        wakes = self.spine.counter.queues.clock_wakes
        again = list(wakes)[:1] * (times - 1)
        for _ in range(times):
            self.spine.ring(self._plan(plan))
        wakes.extend(again)

    # What must be so at the end

    def teardown(self) -> None:
        self.spine.quiet(latest_first=self.latest_first)
        self._every_message_of_a_shopper_is_shown_once_in_order()
        self._every_answer_went_out_at_most_once_and_to_its_shopper()
        self._nothing_is_left_to_do()
        self._every_reply_shows_what_became_of_it()
        self._everything_that_was_due_was_told_once()
        self._everybodys_work_is_counted()

    def _every_message_of_a_shopper_is_shown_once_in_order(self) -> None:
        inbound = [message for message in self.spine.messages() if message.direction is Direction.INBOUND]
        assert sorted(message.provider_id for message in inbound) == sorted(self.spine.written)
        for conversation in self._conversations():
            posts = [post for post in self.spine.counter.desk.posts.values() if post.conversation_id == conversation.id]
            sequences = [int(post.key.partition(".")[0]) for post in posts if post.key.endswith(".0")]
            assert sequences == sorted(
                message.sequence
                for message in self.spine.messages()
                if message.conversation_id == conversation.id and _is_posted(message)
            )
            assert [post.key for post in posts].count("root") == 1

    def _every_answer_went_out_at_most_once_and_to_its_shopper(self) -> None:
        taken = self.spine.channel.taken
        assert all(times == 1 for times in Tally(taken).values())
        for conversation in self._conversations():
            mine = [int(ours.rpartition("-")[2]) for ours in taken if ours.startswith(conversation.id)]
            assert mine == sorted(mine), "answers of one thread leave in their order"
        for sent in self.spine.channel.sent:
            found = self.spine.counter.inbox.conversation(sent.conversation_id)
            assert found is not None
            assert sent.to.value == found.address.value

    def _nothing_is_left_to_do(self) -> None:
        for conversation in self._conversations():
            assert conversation.shown_version == conversation.version
            assert conversation.shown == conversation.counter
            assert (conversation.outbox, conversation.unmarked) == (frozenset(), frozenset())
            assert (conversation.watch_at, conversation.showing_since) == (0, 0)
        for message in self.spine.messages():
            assert message.state not in (Delivery.HELD, Delivery.SENDING)
            assert message.watch_at == 0

    def _every_reply_shows_what_became_of_it(self) -> None:
        for message in self.spine.messages():
            if message.desk is not None:
                mark = REACTIONS[message.state] if message.state else NOTE
                assert mark in self.spine.counter.desk.reactions[message.desk.ts]
            if message.state in (Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.READ):
                assert message.id in self.spine.channel.taken

    def _everything_that_was_due_was_told_once(self) -> None:
        for conversation in self._conversations():
            lines = Tally(self.spine.counter.inbox.history(conversation.id))
            mine = [message for message in self.spine.messages() if message.conversation_id == conversation.id]
            notices = [message for message in mine if message.direction is Direction.NOTICE]
            letters = [message for message in mine if message.direction is Direction.OUTBOUND and message.automatic]
            assert len(notices) == sum(lines[what] for what in TOLD)
            assert len(letters) == lines["follow_up sent"]
            assert not clocks.due(conversation, self.spine.counter.clock())
            assert (conversation.promise is None) or not conversation.is_closed

    def _everybodys_work_is_counted(self) -> None:
        has = Tally(found.assignee for found in self._conversations() if found.assignee and not found.is_closed)
        counted = self.spine.counter.inbox.agents(["U0MARTA"])
        assert {user: state.load for user, state in counted.items() if state.load} == dict(has)

    def _conversations(self) -> list[Conversation]:
        return [found for found in self.spine.counter.inbox.entities.values() if isinstance(found, Conversation)]


def _is_posted(message: Message) -> bool:
    """What no agent wrote, so that nothing of it is in the thread yet."""
    return message.direction in (Direction.INBOUND, Direction.NOTICE) or message.automatic


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(
    max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
