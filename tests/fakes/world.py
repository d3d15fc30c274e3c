"""The whole spine in one process: every use case over fakes at the ports, and a pump instead of the queues.

``Counter`` is what most behaviour is described with: a shopper writes, an agent acts, time passes.
"""

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from fakes.inbox import FakeInbox
from fakes.intake import FakeIntake
from fakes.policies import POLICY
from mostrador.channels.base import CannotBeAsked
from mostrador.desk.cards import Card
from mostrador.desk.errors import Doubtful, FileUnavailable, MessageGone, Rejected
from mostrador.desk.events import AgentEvent, Kind, SlackFile, SlackUpload
from mostrador.domain.changes import Change
from mostrador.domain.conversation import Conversation, Direction, Message
from mostrador.domain.delivery import Accepted, SendResult
from mostrador.domain.errors import TryAgain
from mostrador.domain.messages import Address, Arrival, Outgoing, ProviderEvent, Received
from mostrador.policy.model import Policy
from mostrador.usecases.agents.act import Act
from mostrador.usecases.clocks.ring import Ring
from mostrador.usecases.clocks.tick import Tick
from mostrador.usecases.intake.ingest import Ingest
from mostrador.usecases.sending.deliver import Deliver
from mostrador.usecases.thread.notify import Notify

START = 1_780_000_000.0
MINUTE = 60


class FakeClock:
    def __init__(self, now: float = START) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class FakeBlobs(FakeIntake):
    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        self.mails[key] = data

    def fetch(self, key: str) -> bytes:
        return self.kept[key] if key in self.kept else super().fetch(key)

    def intake(self, channel: str, event_id: str) -> FakeIntake:
        return self


@dataclass
class FakeChannel:
    """Reads what the test put into the event's payload, and answers a send with what the test planned."""

    name: str
    longest_text: int = 1600
    sent: list[Outgoing] = field(default_factory=list)
    files: list[Mapping[str, bytes]] = field(default_factory=list)
    answers: deque[SendResult | Exception] = field(default_factory=deque)
    found: Accepted | Exception | None = None
    arrivals: dict[str, Arrival | Exception] = field(default_factory=dict)
    meanwhile: deque[Callable[[], object]] = field(default_factory=deque)
    """What happens elsewhere while the provider is being called."""

    def read(self, event: ProviderEvent, intake: object) -> Arrival:
        arrival = self.arrivals[event.event_id]
        if isinstance(arrival, Exception):
            raise arrival
        return arrival

    def send(self, message: Outgoing, files: Mapping[str, bytes]) -> SendResult:
        self.sent.append(message)
        self.files.append(files)
        if self.meanwhile:
            self.meanwhile.popleft()()
        answer = self.answers.popleft() if self.answers else Accepted(f"provider-{len(self.sent)}")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@dataclass(frozen=True)
class Post:
    channel: str
    ts: str
    thread_ts: str
    card: Card
    key: str
    conversation_id: str
    username: str


@dataclass(frozen=True)
class Question:
    """One that somebody alone sees, outside of any thread."""

    counter: "Counter"
    card: Card
    user: str
    ts: str

    @property
    def choices(self) -> dict[str, str]:
        """The texts by what the buttons beside them send."""
        beside = [block for block in self.card.blocks if "accessory" in block]
        return {block["accessory"]["value"].partition(":")[2]: block["text"]["text"] for block in beside}

    def answer(self, chosen: str, action: str = "send_template") -> AgentEvent:
        value = f"{self.counter.conversation.id}:{chosen}"
        place = {"ts": self.ts, "thread_ts": self.ts, "response_url": f"https://hooks.slack.com/actions/{self.ts}"}
        event = self.counter.agent_event(Kind.BUTTON, action=action, user=self.user, value=value, **place)
        self.counter.act(event)
        self.counter.run()
        return event


class FakeDesk:
    """A desk with one thread for each root; ``fail_after`` lets the next calls happen and then lose their answers."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.updates: list[tuple[str, Card]] = []
        self.reactions: dict[str, set[str]] = {}
        self.whispers: list[tuple[str, str]] = []
        self.whispered_in: list[str] = []
        """The thread of each of them; empty for the channel itself."""
        self.responses: list[tuple[str, str]] = []
        self.questions: list[tuple[str, Card]] = []
        self.withdrawn: list[str] = []
        """The addresses of the questions that went away."""
        self.deaf: Exception | None = None
        self.downloads = 0
        self.files: dict[str, tuple[str, bytes]] = {}
        self.shared: set[str] = set()
        self.lookups = 0
        self.trouble: deque[Exception | None] = deque()
        self.refuses: Callable[[str], bool] = lambda _: False
        """Whether Slack would not accept a card or a file of which this is the text or the name."""
        self._numbers = count(1)

    def post(
        self,
        channel: str,
        card: Card,
        *,
        conversation_id: str,
        key: str,
        thread_ts: str = "",
        username: str = "",
        icon: str = "",
    ) -> str:
        self._trouble()
        if thread_ts and thread_ts not in self.posts:
            raise MessageGone(thread_ts)
        if self.refuses(text_of(card)):
            raise Rejected("invalid_blocks")
        ts = f"{START + next(self._numbers):.6f}"
        self.posts[ts] = Post(channel, ts, thread_ts, card, key, conversation_id, username)
        self._lost_answer()
        return ts

    def update(self, channel: str, ts: str, card: Card) -> None:
        self._trouble()
        if ts not in self.posts:
            raise MessageGone(ts)
        self.posts[ts] = replace(self.posts[ts], card=card)
        self.updates.append((ts, card))

    def react(self, channel: str, ts: str, name: str) -> None:
        self._trouble()
        self.reactions.setdefault(ts, set()).add(name)

    def unreact(self, channel: str, ts: str, name: str) -> None:
        self.reactions.setdefault(ts, set()).discard(name)

    def whisper(self, channel: str, user: str, thread_ts: str, text: str, title: str = "") -> None:
        if self.deaf:
            raise self.deaf
        self.whispers.append((user, f"{title}\n{text}" if title else text))
        self.whispered_in.append(thread_ts)

    def ask(self, channel: str, user: str, thread_ts: str, question: Card) -> None:
        if self.deaf:
            raise self.deaf
        self.questions.append((user, question))

    def withdraw(self, response_url: str) -> None:
        if self.deaf:
            raise self.deaf
        self.withdrawn.append(response_url)

    def respond(self, response_url: str, text: str) -> None:
        if self.deaf:
            raise self.deaf
        self.responses.append((response_url, text))

    def find_root(self, channel: str, conversation_id: str, since: float) -> str:
        self.lookups += 1
        roots = [
            post.ts for post in self.posts.values() if post.key == "root" and post.conversation_id == conversation_id
        ]
        return roots[0] if roots else ""

    def shown_keys(self, channel: str, thread_ts: str) -> Mapping[str, str]:
        self.lookups += 1
        return {post.key: post.ts for post in self.posts.values() if thread_ts in (post.thread_ts, post.ts)}

    def conversation_of(self, channel: str, thread_ts: str) -> str | None:
        root = self.posts.get(thread_ts)
        return root.conversation_id if root else None

    def begin_upload(self, name: str, size: int) -> SlackUpload:
        if self.refuses(name):
            raise Rejected("storage_limit_reached")
        return SlackUpload(f"F{next(self._numbers)}", "", name)

    def finish_upload(self, upload: SlackUpload, data: bytes, channel: str, thread_ts: str) -> None:
        self.files[upload.file_id] = (upload.name, data)
        self.shared.add(upload.file_id)
        self._lost_answer()

    def was_shared(self, file_id: str, channel: str) -> bool:
        return file_id in self.shared

    def download(self, file: SlackFile) -> bytes:
        self.downloads += 1
        if not file.url:
            raise FileUnavailable("unavailable", file.id)
        return b"bytes of " + file.name.encode()

    def user_name(self, user: str) -> str:
        return {"U0MARTA": "Marta Vidal", "U0LUIS": "Luis Prieto"}.get(user, user)

    def thread(self, root_ts: str) -> list[Post]:
        return [post for post in self.posts.values() if post.thread_ts == root_ts]

    def _lost_answer(self) -> None:
        """Trouble after the deed. Whoever asks for patience has done nothing: that is left for the next call."""
        patience = bool(self.trouble) and isinstance(self.trouble[0], TryAgain)
        if not patience or isinstance(self.trouble[0], Doubtful):
            self._trouble()

    def _trouble(self) -> None:
        if self.trouble and (trouble := self.trouble.popleft()) is not None:
            raise trouble


class FakePolicies:
    def __init__(self, policy: Policy = POLICY) -> None:
        self.policy = policy

    def current(self) -> Policy:
        return self.policy


class FakeQueues:
    """Every queue as a list; the hold releases what is due when the pump asks."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.desk_wakes: deque[str] = deque()
        self.deliver_wakes: deque[str] = deque()
        self.clock_wakes: deque[str] = deque()
        self.held: list[tuple[float, str]] = []

    def inbound(self, event: ProviderEvent) -> None:
        raise AssertionError(event)

    def desk(self, desk_channel: str, conversation_id: str) -> None:
        self.desk_wakes.append(conversation_id)

    def deliver(self, conversation_id: str) -> None:
        self.deliver_wakes.append(conversation_id)

    def hold(self, conversation_id: str, seconds: float) -> None:
        self.held.append((self.clock() + seconds, conversation_id))

    def clocks(self, conversation_ids: Sequence[str]) -> None:
        self.clock_wakes.extend(conversation_ids)

    def waiting(self) -> bool:
        """Whether there is anything to do now, what was held included."""
        self.release()
        return bool(self.desk_wakes or self.deliver_wakes or self.clock_wakes)

    def release(self) -> None:
        due = [wake for wake in self.held if wake[0] <= self.clock()]
        self.held = [wake for wake in self.held if wake[0] > self.clock()]
        self.deliver_wakes.extend(conversation_id for _, conversation_id in due)


class Counter:
    """A shop's counter: shoppers write, agents act, time passes."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.inbox = FakeInbox()
        self.blobs, self.desk = FakeBlobs(), FakeDesk()
        self.queues, self.policies = FakeQueues(self.clock), FakePolicies()
        self.channels = {
            "email": FakeChannel("email", found=CannotBeAsked()),
            "sms": FakeChannel("sms"),
            "whatsapp": FakeChannel("whatsapp"),
        }
        self.slept: list[float] = []
        self._numbers = count(1)
        parts = (self.inbox, self.blobs, self.queues, self.policies)
        self.ingest = Ingest(*parts, self.channels.__getitem__, self.clock)
        self.act = Act(*parts, self.desk, self.clock)
        self.deliver = Deliver(*parts, self.channels.__getitem__, self.clock)
        self.notify = Notify(*parts, self.desk, self.clock, self.slept.append)
        self.tick = Tick(self.inbox, self.queues, self.clock)
        self.ring = Ring(self.inbox, self.queues, self.policies, self.clock)

    # What people do

    def writes(self, text: str = "Hola", **fields: Any) -> ProviderEvent:
        """A shopper's message, taken in and shown; the event, for redelivering it."""
        event = self.event(received(text, f"provider-message-{next(self._numbers)}", self.clock(), **fields))
        self.ingest(event)
        self.run()
        return event

    def event(self, arrival: Arrival | Exception, channel: str = "") -> ProviderEvent:
        event_id = arrival.provider_id if isinstance(arrival, Received) else f"event-{next(self._numbers)}"
        name = channel or getattr(arrival, "channel", "email")
        self.channels[name].arrivals[event_id] = arrival
        return ProviderEvent(name, event_id, "sender", {"some": "payload"}, self.clock())

    def answers(self, text: str = "Sale hoy.", *, user: str = "U0MARTA", **fields: Any) -> AgentEvent:
        """An agent's message in the only thread, or in ``thread_ts``; shown and put on hold."""
        event = self.agent_event(Kind.REPLY, text=text, user=user, **fields)
        self.act(event)
        self.run()
        return event

    def edits(self, reply: AgentEvent, text: str, before: str = "") -> None:
        place = {"ts": reply.ts, "thread_ts": reply.thread_ts, "user": reply.user}
        self.act(self.agent_event(Kind.EDIT, text=text, before=before, **place))
        self.run()

    def deletes(self, reply: AgentEvent) -> None:
        self.act(self.agent_event(Kind.DELETE, ts=reply.ts, thread_ts=reply.thread_ts, user=reply.user))
        self.run()

    def presses(self, action: str, user: str = "U0MARTA", value: str = "") -> AgentEvent:
        """A button of the card, or ``value`` in a menu of it."""
        event = self.agent_event(Kind.BUTTON, ts=self.root.ts, action=action, user=user, value=value)
        self.act(event)
        self.run()
        return event

    def asked(self, action: str = "template", user: str = "U0MARTA") -> Question:
        """What a button of the card asks whoever presses it."""
        self.presses(action, user)
        asked, card = self.desk.questions[-1]
        assert asked == user
        return Question(self, card, user, f"{self.clock() + next(self._numbers) / 1e4:.6f}")

    def types(self, text: str, user: str = "U0MARTA") -> str:
        """A slash command in a channel; what it answers."""
        url = f"https://hooks.slack.com/commands/{next(self._numbers)}"
        place: dict[str, Any] = {"team": "T", "channel": "C0GENERAL", "thread_ts": "", "ts": "", "response_url": url}
        self.act(AgentEvent(Kind.COMMAND, f"command:{url}", user=user, text=text, action="/mostrador", **place))
        return dict(self.desk.responses)[url]

    def agent_event(self, kind: Kind, **fields: Any) -> AgentEvent:
        number = next(self._numbers)
        ts = f"{self.clock() + number / 1e4:.6f}"
        known = {"thread_ts": fields.pop("thread_ts", None) or self.root.ts, "ts": fields.pop("ts", ts), "at": ts}
        return AgentEvent(kind=kind, event_id=f"Ev{number}", team="T", channel="C0ATENCION", **known, **fields)

    # What time does

    def run(self) -> None:
        """Everything that is in a queue now."""
        while self.queues.waiting():
            if self.queues.clock_wakes:
                self.ring(self.queues.clock_wakes.popleft())
            if self.queues.deliver_wakes:
                self.deliver(self.queues.deliver_wakes.popleft())
            if self.queues.desk_wakes:
                self.notify(self.queues.desk_wakes.popleft())

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.run()

    def pass_time(self, seconds: float) -> None:
        """As ``wait``, and ``tick`` comes every minute on the way."""
        end = self.clock() + seconds
        while self.clock() < end:
            self.wait(min(MINUTE, end - self.clock()))
            self.tick()
            self.run()

    # What can be seen

    @property
    def notices(self) -> list[Message]:
        """What the counter itself said in the only thread."""
        counter = self.conversation.counter
        messages = self.inbox.messages(self.root.conversation_id, 0, counter)
        return [message for message in messages if message.direction is Direction.NOTICE]

    @property
    def root(self) -> Post:
        (root,) = [post for post in self.desk.posts.values() if post.key == "root"]
        return root

    @property
    def conversation(self) -> Conversation:
        found = self.inbox.conversation(self.root.conversation_id)
        assert found is not None
        return found

    def message(self, sequence: int) -> Message:
        found = self.inbox.message(self.root.conversation_id, sequence)
        assert found is not None
        return found

    def marks(self, reply: AgentEvent) -> set[str]:
        return self.desk.reactions.get(reply.ts, set())


def received(text: str, provider_id: str, at: float, **fields: Any) -> Received:
    """A message of Javier's by SMS, unless the fields say otherwise."""
    channel = fields.pop("channel", "sms")
    sender = fields.pop("sender", "+34600333444" if channel == "sms" else "ana.molina@correo.example")
    return Received(
        channel=channel,
        provider_id=provider_id,
        sender=sender if isinstance(sender, Address) else Address(channel, sender, "Ana Molina"),
        recipient=fields.pop("recipient", "+34910000000"),
        text=text,
        sent_at=fields.pop("sent_at", at),
        threads=fields.pop("threads", channel == "email"),
        **fields,
    )


def race(counter: Counter, other: Callable[[], object]) -> None:
    """Let somebody else be faster at the next write."""
    commit = counter.inbox.commit

    def late(*changes: Change) -> None:
        setattr(counter.inbox, "commit", commit)  # noqa: B010 - a method is replaced
        other()
        commit(*changes)

    setattr(counter.inbox, "commit", late)  # noqa: B010 - a method is replaced


def crash_of[E: Exception](error: E, call: Callable[[], object]) -> E | None:
    """Run a call that is expected to die of that very error."""
    try:
        call()
    except type(error) as died:
        return died
    return None


def text_of(card: Card) -> str:
    """Everything that a card says."""
    return json.dumps(card.blocks, ensure_ascii=False)


__all__ = ["POLICY", "START", "Counter", "FakeDesk", "TryAgain", "crash_of", "race", "received", "text_of"]
