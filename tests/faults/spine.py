"""The spine as it runs in the cloud: one step at a time, each of which may die or lose a race at any of its calls.

A message leaves its queue only when its step went through. What Slack tells comes in any order, and again; what the
provider answers may be lost. ``quiet`` lets time pass until nothing is left to do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from fakes.policies import POLICY
from fakes.world import Counter, FakeChannel, received
from mostrador.desk.events import AgentEvent, Kind
from mostrador.domain.changes import Change, Update
from mostrador.domain.conversation import Message
from mostrador.domain.delivery import Accepted, Delivery, Failure, Fault, Reason, SendResult, Unclear
from mostrador.domain.errors import Conflict, TryAgain
from mostrador.domain.messages import Outgoing, ProviderEvent, Receipt
from mostrador.policy.model import Patience, Target

BUSY = Failure(Reason.RATE_LIMITED, retryable=True, fault=Fault.OURS)
BLOCKED = Failure(Reason.BLOCKED, retryable=False, fault=Fault.THEIRS)


# Within the hour and a half that goes by at the end, everybody is warned, followed up, and left.
IMPATIENT = replace(
    POLICY,
    targets={"default": Target("default", first=1200, next=600)},
    patience=Patience(follow_up_after=900, follow_up_answer="follow_up", close_after=1800, callback_again=600),
    answers={"follow_up": {"es": "¿Pudiste resolverlo?", "en": "Did that settle it?"}},
)


class Crash(Exception):
    """The process is gone."""


@dataclass
class Plan:
    """What happens at one of the next step's calls."""

    call: int
    """The first one is 0."""
    effect: Callable[[], None] | None = None
    """Another step that is faster than the call; None: the process dies there."""
    late: bool = False
    """It dies after the call took effect."""


@dataclass
class TruthfulChannel(FakeChannel):
    """A provider that knows what it took, whether or not we heard of it."""

    moods: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    silences: int = 0
    """How often it does not answer when it is asked."""

    def send(self, message: Outgoing, files: object) -> SendResult:
        mood = self.moods.pop(0) if self.moods else "fine"
        self.sent.append(message)
        if mood in ("fine", "unclear but taken"):
            self.taken.append(message.message_id)
        answers: dict[str, SendResult] = {
            "fine": Accepted(f"SM-{message.message_id}"),
            "busy": BUSY,
            "blocked": BLOCKED,
        }
        return answers.get(mood, Unclear("read timeout"))

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        if self.silences:
            self.silences -= 1
            raise TryAgain("does not answer")
        return Accepted(f"SM-{message.message_id}") if message.message_id in self.taken else None


@dataclass
class Reply:
    """What an agent wrote in Slack, with everything that they did to it since."""

    first: AgentEvent
    versions: dict[str, str]
    """The text by Slack's time of the deed."""
    note: bool
    deleted_at: str = ""
    deeds: set[str] = field(default_factory=set)
    """Slack's times of the deeds that an ``act`` which went through was told of."""

    def told(self, event: AgentEvent) -> None:
        self.deeds.add(event.at)

    def check(self, message: Message) -> None:
        """A moment before the message is handed to the provider."""
        assert not message.text.startswith(";;"), "a note is sent"
        assert not (self.note and self.first.at in self.deeds), "what was a note is sent"
        assert self.deleted_at not in self.deeds, "what was deleted is sent"
        at = next(at for at, text in self.versions.items() if text == message.text)
        assert at >= max(self.deeds, default=""), "an older text is sent than the one that we know of"


class Spine:
    def __init__(self) -> None:
        self.counter = Counter()
        self.counter.policies.policy = IMPATIENT
        self.channel = TruthfulChannel("sms")
        self.counter.channels["sms"] = self.channel
        self.inbound: list[ProviderEvent] = []
        self.actions: list[AgentEvent] = []
        self.past_inbound: list[ProviderEvent] = []
        self.past_actions: list[AgentEvent] = []
        self.replies: dict[str, Reply] = {}
        self.written: list[str] = []
        self.plan: Plan | None = None
        self.calls = 0
        self.running: set[str] = set()
        self._guard_ports()

    # Everything that a step does to the world passes here

    def _guard_ports(self) -> None:
        counter = self.counter
        self._guard(counter.inbox, "commit")
        self._guard(counter.queues, "desk", "deliver", "hold", "clocks")
        self._guard(counter.desk, "post", "update", "react", "unreact", "whisper")
        self._guard(self.channel, "send")

    def _guard(self, port: object, *names: str) -> None:
        for name in names:
            setattr(port, name, self._guarded(getattr(port, name), name))

    def _guarded(self, call: Callable[..., Any], name: str) -> Callable[..., Any]:
        def guarded(*arguments: Any, **named: Any) -> Any:
            plan = self.plan if self.plan and self.plan.call == self.calls else None
            self.calls += 1
            if plan:
                self.plan = None
                if plan.effect:
                    plan.effect()
                elif not plan.late:
                    raise Crash
            if name == "commit":
                self._check(arguments)
            if name == "send":
                self._check_sent(arguments[0])
            result = call(*arguments, **named)
            if plan and plan.late and not plan.effect:
                raise Crash
            return result

        return guarded

    def _check(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            match change:
                case Update(Message() as before, Message(state=Delivery.SENDING) as after) if (
                    before.state is not Delivery.SENDING
                ):
                    stored = self.counter.inbox.message(before.conversation_id, before.sequence)
                    if stored and stored.revision == before.revision and after.desk:
                        self.replies[after.desk.ts].check(after)
                case _:
                    pass

    def _check_sent(self, outgoing: Outgoing) -> None:
        """What leaves is what is stored, and the attempt is on record."""
        sequence = int(outgoing.message_id.rpartition("-")[2])
        stored = self.counter.inbox.message(outgoing.conversation_id, sequence)
        assert stored is not None
        assert (stored.state, stored.text) == (Delivery.SENDING, outgoing.text)

    # The steps

    def run(self, name: str, step: Callable[[], None], plan: Plan | None = None) -> bool:
        """Whether the step went through. Two of a kind never run at once: their queues keep an order."""
        if name in self.running:
            return False
        outer, self.plan, self.calls = self.plan, plan, 0
        self.running.add(name)
        try:
            step()
        except (Crash, Conflict, TryAgain):
            return False
        finally:
            self.running.discard(name)
            self.plan = outer
        return True

    def ingest(self, plan: Plan | None = None) -> None:
        if self.inbound:
            event = self.inbound[0]
            if self.run("ingest", lambda: self.counter.ingest(event), plan):
                self.inbound.remove(event)
                self.past_inbound.append(event)

    def act(self, plan: Plan | None = None, *, latest: bool = False) -> None:
        """What Slack tells may come in any order."""
        if self.actions:
            event = self.actions[-1 if latest else 0]
            if self.run("act", lambda: self.counter.act(event), plan):
                self.actions.remove(event)
                self.past_actions.append(event)
                if event.ts in self.replies:
                    self.replies[event.ts].told(event)

    def notify(self, plan: Plan | None = None) -> None:
        wakes = self.counter.queues.desk_wakes
        if wakes and self.run("notify", lambda: self.counter.notify(wakes[0]), plan):
            wakes.popleft()

    def deliver(self, plan: Plan | None = None) -> None:
        self.counter.queues.release()
        wakes = self.counter.queues.deliver_wakes
        if wakes and self.run("deliver", lambda: self.counter.deliver(wakes[0]), plan):
            wakes.popleft()

    def ring(self, plan: Plan | None = None) -> None:
        """A queue without order: the same wake-up may be worked on twice at once."""
        wakes = self.counter.queues.clock_wakes
        if wakes:
            wake = wakes.popleft()
            if not self.run("ring", lambda: self.counter.ring(wake), plan):
                wakes.append(wake)

    def tick(self, plan: Plan | None = None) -> None:
        self.run("tick", lambda: _nothing(self.counter.tick()), plan)

    def wait(self, seconds: float) -> None:
        self.counter.clock.now += seconds

    # What people and providers do

    def shopper_writes(self, sender: str) -> None:
        number = len(self.written) + 1
        self.written.append(f"m{number}")
        self.wait(0.001)
        arrival = received(f"texto {number}", f"m{number}", self.counter.clock(), sender=sender)
        self.inbound.append(self.counter.event(arrival))

    def agent_writes(self, root: int, *, note: bool) -> None:
        roots = [post for post in self.counter.desk.posts.values() if post.key == "root"]
        if roots:
            text = f"{';; ' if note else ''}respuesta {len(self.replies)}"
            event = self._event(Kind.REPLY, thread_ts=roots[root % len(roots)].ts, text=text)
            self.replies[event.ts] = Reply(event, {event.at: text}, note)
            self.actions.append(event)

    def agent_edits(self, which: int, *, note: bool) -> None:
        if reply := self._reply(which):
            text = f"{';; ' if note else ''}{len(reply.versions)}.ª versión de {reply.first.ts}"
            before = reply.versions[max(reply.versions)]
            event = self._event(Kind.EDIT, ts=reply.first.ts, thread_ts=reply.first.thread_ts, text=text, before=before)
            reply.versions[event.at] = text
            self.actions.append(event)

    def agent_deletes(self, which: int) -> None:
        if reply := self._reply(which):
            event = self._event(Kind.DELETE, ts=reply.first.ts, thread_ts=reply.first.thread_ts)
            reply.deleted_at = event.at
            self.actions.append(event)

    def agent_presses(self, root: int, action: str, value: str) -> None:
        roots = [post for post in self.counter.desk.posts.values() if post.key == "root"]
        if roots:
            ts = roots[root % len(roots)].ts
            self.actions.append(self._event(Kind.BUTTON, ts=ts, thread_ts=ts, action=action, value=value))

    def _reply(self, which: int) -> Reply | None:
        """One that is still there, and was not written so long ago that its event must have come."""
        recent = f"{self.counter.clock() - 1800:.6f}"
        there = [reply for reply in self.replies.values() if not reply.deleted_at and reply.first.ts > recent]
        return there[which % len(there)] if there else None

    def _event(self, kind: Kind, **fields: Any) -> AgentEvent:
        self.wait(0.001)
        return self.counter.agent_event(kind, user="U0MARTA", **fields)

    def provider_tells(self, which: int, state: Delivery) -> None:
        if self.channel.taken:
            ours = self.channel.taken[which % len(self.channel.taken)]
            failure = BLOCKED if state is Delivery.FAILED else None
            self.inbound.append(self.counter.event(Receipt("sms", ours, state, f"SM-{ours}", failure=failure)))

    def told_again(self, which: int) -> None:
        if self.past_inbound:
            self.inbound.append(self.past_inbound[which % len(self.past_inbound)])
        if self.past_actions:
            self.actions.append(self.past_actions[which % len(self.past_actions)])

    # At the end

    def quiet(self, *, latest_first: bool) -> None:
        """Nobody does anything any more, nothing breaks, and an hour and a half goes by."""
        self.channel.moods.clear()
        self.counter.desk.trouble.clear()
        for _ in range(45):
            self._work_off(latest_first=latest_first)
            self.wait(120)
            self.tick()
        self._work_off(latest_first=latest_first)

    def _work_off(self, *, latest_first: bool) -> None:
        while self.inbound:
            self.ingest()
        while self.actions:
            self.act(latest=latest_first)
        while self.counter.queues.waiting():
            self.ring()
            self.deliver()
            self.notify()

    def messages(self) -> list[Message]:
        return [found for found in self.counter.inbox.entities.values() if isinstance(found, Message)]


def _nothing(_: object) -> None:
    return None
