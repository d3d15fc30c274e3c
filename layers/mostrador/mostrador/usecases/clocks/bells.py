"""What each clock of a conversation does when its time has come. Nothing is written here."""

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from mostrador.domain import attention
from mostrador.domain.attention import Stage
from mostrador.domain.call import NUMBERED, PHONE
from mostrador.domain.catalogue import say
from mostrador.domain.changes import Change, Tally, Update
from mostrador.domain.conversation import Conversation, State
from mostrador.domain.routing import Promise
from mostrador.policy import clocks
from mostrador.policy.answers import fill, presentable
from mostrador.policy.hours import NeverOpen, calendar_of
from mostrador.policy.in_words import deadline, moment, span
from mostrador.policy.model import Policy
from mostrador.policy.promises import renewed
from mostrador.policy.segments import segment_name
from mostrador.usecases.handover import Handover, decision_of
from mostrador.usecases.intake.acknowledge import Pause
from mostrador.usecases.notices import Notice
from mostrador.usecases.on_call import OnCall, people_of
from mostrador.usecases.ports import Clock, Inbox
from mostrador.usecases.viewing import customer_of
from mostrador.usecases.windows import closes_at, is_closed, window_of

"""The channel in whose hours a promised call is reminded of."""

AT_MOST_EVERY = 60
"""Seconds between the two reminders of the same call, whatever the policy says."""

LONGEST_CALL = 3600
"""Seconds after which a call of which no end was told is over."""

A_DAY = 86_400

ASIDE = 300
"""Seconds for which nobody is called to a conversation while its customer is on the telephone."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A conversation after one of its clocks rang, and what has to be written with it."""

    conversation: Conversation
    history: str
    notice: Notice | None = None
    letter: str = ""
    """What the customer is told by itself; empty for nothing."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Bells:
    """The bells of one conversation, by today's policy."""

    inbox: Inbox
    clock: Clock
    policy: Policy
    conversation: Conversation

    def ring(self) -> Rung | None:
        """What the earliest clock that is due does; None where none is, and the promise is by today's policy."""
        if self._is_on_the_phone:
            return self._put_off()
        bells = {
            attention.Clock.PROMISE: self._promise,
            attention.Clock.WAKE: self._wake,
            attention.Clock.FOLLOW_UP: self._follow_up,
            attention.Clock.CLOSE: self._close,
            attention.Clock.CALLBACK: self._callback,
            attention.Clock.COMMUNITY: self._community,
            attention.Clock.WINDOW: self._window,
        }
        for rung in (bells[clock]() for clock in clocks.due(self.conversation, self.clock())):
            if rung is not None:
                return rung
        return self._promise() if self.conversation.promise else None

    # While they are being talked to

    @property
    def _is_on_the_phone(self) -> bool:
        return self.clock() - self.conversation.calling_since < LONGEST_CALL

    def _put_off(self) -> Rung | None:
        """Whatever it was about may be done when they hang up."""
        conversation, later = self.conversation, self.clock() + ASIDE
        for clock in clocks.due(conversation, self.clock()):
            conversation = clocks.with_clock(conversation, clock, later)
        return Rung(conversation, "put off during a call") if conversation != self.conversation else None

    # The promise to answer

    def _promise(self) -> Rung | None:
        promise, conversation = self.conversation.promise, self.conversation
        if promise is None:
            return self._dropped(attention.Clock.PROMISE)
        today = renewed(promise, self.policy, conversation.address.channel, conversation.queue)
        passed = sum(mark <= self.clock() for mark in today.marks)
        if passed > today.passed:
            return self._told(replace(today, passed=passed))
        moved = clocks.promised(conversation, today)
        return Rung(moved, "promise moved") if moved != conversation else None

    def _told(self, promise: Promise) -> Rung:
        """Of the marks that have passed, the last one is told, and those before it are not told any more.

        A mark may lie on the very moment of closing: who worked until then is called.
        """
        promised = clocks.promised(self.conversation, promise)
        on_call = self._on_call(self.conversation, promise.marks[promise.passed - 1] - 1)
        if promise.next_mark:
            text = self._say("notice.promise", deadline=self._deadline(promise), span=self._remaining(promise))
            return Rung(promised, "promise warned", Notice(text, on_call.whoever_has_it()))
        text = self._say("notice.promise.broken", deadline=self._deadline(promise))
        return Rung(promised, "promise broken", Notice(text, on_call.whoever_must_know()))

    def _deadline(self, promise: Promise) -> str:
        return deadline(promise.due_at, self.clock(), self.policy.language, self._zone, exact=True)

    def _remaining(self, promise: Promise) -> str:
        """Of business time, as it was promised; of plain time where the shop never opens."""
        calendar = calendar_of(self.policy, self.conversation.address.channel, self.conversation.queue)
        left = calendar.between(self.clock(), promise.due_at) or promise.due_at - self.clock()
        return span(left, self.policy.language)

    # What an agent put off or promised

    def _wake(self) -> Rung:
        if self.conversation.state is not State.SNOOZED:
            return self._dropped(attention.Clock.WAKE)
        woken = clocks.ends_some_day(clocks.awake(self.conversation), self.policy, self.clock())
        return Rung(woken, "wake", self._notice("notice.wake"))

    def _callback(self) -> Rung:
        """At its time whoever has it is called, and once more when it is late; then once a day until it was made."""
        if self.conversation.clocks[attention.Clock.CALLBACK] > self.conversation.callback_at:
            return self._late_call()
        again = self._later_by_phone(max(self.policy.patience.callback_again, AT_MOST_EVERY))
        noted = replace(self.conversation, call_for=self.conversation.callback_at)
        waiting = clocks.with_clock(noted, attention.Clock.CALLBACK, again)
        return Rung(waiting, "callback due", self._notice("notice.callback.ring" if self._rings else "notice.callback"))

    def _late_call(self) -> Rung:
        waiting = clocks.with_clock(self.conversation, attention.Clock.CALLBACK, self._next_day_by_phone())
        when = moment(self.conversation.callback_at, self.clock(), self.policy.language, self._zone)
        notice = Notice(self._say("notice.callback.overdue", when=when), self._on_call().whoever_must_know())
        return Rung(waiting, "callback overdue", notice)

    @property
    def _rings(self) -> bool:
        """The card has a button that calls them."""
        address = self.conversation.address
        known = self.conversation.phone or (address.channel in NUMBERED and address.value.startswith("+"))
        return bool(known) and any(agent.phone for agent in self.policy.agents.values())

    def _later_by_phone(self, seconds: int) -> float:
        try:
            return calendar_of(self.policy, PHONE).add(self.clock(), seconds)
        except NeverOpen:
            return self.clock() + seconds

    def _next_day_by_phone(self) -> float:
        """When the phone is next attended after today."""
        calendar, now = calendar_of(self.policy, PHONE), self.clock()
        tomorrow = calendar.midnight(calendar.day(now) + timedelta(days=1))
        return calendar.next_opening(tomorrow) or now + A_DAY

    # A customer who does not answer us

    def _follow_up(self) -> Rung:
        asked = clocks.without(self.conversation, attention.Clock.FOLLOW_UP)
        if asked.promise or asked.waiting_since:
            return self._dropped(attention.Clock.FOLLOW_UP)
        if opens := self._opens_later:
            asked_then = clocks.with_clock(self.conversation, attention.Clock.FOLLOW_UP, opens)
            return Rung(asked_then, "follow_up put off")
        asked = clocks.closes_later(asked, self.policy, self.clock())
        answer = self.policy.patience.follow_up_answer
        if answer in self.policy.answers and self._may_be_written_to():
            return Rung(asked, "follow_up sent", letter=self._letter(answer), changes=self._acknowledged())
        return Rung(asked, "follow_up", self._follow_up_notice(asked))

    @property
    def _opens_later(self) -> float:
        """When the shop, which is closed now, opens; 0 while it is open, and where it never opens."""
        calendar = calendar_of(self.policy, self.conversation.address.channel, self.conversation.queue)
        opens = calendar.next_opening(self.clock())
        return opens if opens and opens > self.clock() else 0.0

    def _follow_up_notice(self, asked: Conversation) -> Notice:
        closes = asked.clocks.get(attention.Clock.CLOSE)
        if not closes:
            return self._notice("notice.follow_up")
        when = moment(closes, self.clock(), self.policy.language, self._zone)
        return Notice(self._say("notice.follow_up.closes", when=when), self._on_call().whoever_has_it())

    def _may_be_written_to(self) -> bool:
        """By a machine: only who is proven, did not object, is no machine, and was not told something just now."""
        conversation = self.conversation
        barred = conversation.opted_out or conversation.quarantine or conversation.public
        if conversation.address.channel == PHONE:
            return False  # Nobody is rung up by a machine that has a question.
        if barred or not conversation.trusted or not conversation.address.value:
            return False
        identity = self.inbox.identity(conversation.address)
        if is_closed(closes_at(conversation.address.channel, identity), self.clock()):
            return False
        if identity and (identity.opted_out or self.clock() - identity.acknowledged_at < Pause.HELP):
            return False
        question = self.inbox.message(conversation.id, conversation.last_inbound)
        return question is not None and not question.automatic

    def _acknowledged(self) -> tuple[Change, ...]:
        """So that no other automatic answer follows at once."""
        identity = self.inbox.identity(self.conversation.address)
        return (Update(identity, replace(identity, acknowledged_at=self.clock())),) if identity else ()

    def _letter(self, answer: str) -> str:
        conversation = self.conversation
        return fill(
            self.policy,
            answer,
            conversation.language,
            self.clock(),
            channel=conversation.address.channel,
            queue=conversation.queue,
            customer=conversation.address.name,
            segment=segment_name(self.policy, conversation.segment, conversation.language),
        )

    def _close(self) -> Rung:
        """Never while somebody waits for us, or for a call."""
        conversation, now = self.conversation, self.clock()
        if conversation.promise or conversation.waiting_since:
            return self._dropped(attention.Clock.CLOSE)
        if attention.Clock.CALLBACK in conversation.clocks:
            return Rung(clocks.closes_later(conversation, self.policy, now), "close put off")
        closed = replace(clocks.stopped(conversation), state=State.CLOSED, closed_at=now)
        mine = (Tally(conversation.assignee, -1),) if conversation.assignee else ()
        return Rung(closed, "close", changes=mine)

    # Who did not answer in our place

    def _community(self) -> Rung:
        """It is ours now, and the promise begins."""
        if self.conversation.stage is not Stage.COMMUNITY:
            return self._dropped(attention.Clock.COMMUNITY)
        ours = clocks.without(self.conversation, attention.Clock.COMMUNITY)
        handed = Handover(self.inbox, self.clock)(ours, decision_of(ours, self.policy), self.policy)
        taken = replace(handed.conversation, waiting_since=ours.waiting_since or self.clock())
        notice = Notice(self._say("notice.community"), self._on_call(taken).whoever_is_there())
        return Rung(taken, "community", notice, changes=handed.changes)

    # Until when free text reaches the customer

    def _window(self) -> Rung:
        """A while before it closes whoever has it is told; when it closes, the card says so."""
        closes = window_of(self.inbox, self.conversation)
        if closes is None or is_closed(closes, self.clock()):
            return Rung(clocks.without(self.conversation, attention.Clock.WINDOW), "window closed")
        waits_on = clocks.with_clock(self.conversation, attention.Clock.WINDOW, closes)
        if not self.conversation.waiting_since:
            return Rung(waits_on, "window closes")
        until = deadline(closes, self.clock(), self.policy.language, self._zone)
        channel = say(f"channel.{self.conversation.address.channel}", self.policy.language)
        text = self._say("notice.window", deadline=until, channel=channel)
        return Rung(waits_on, "window closes", Notice(text, self._on_call().whoever_is_there()))

    # What all of them need

    def _dropped(self, clock: attention.Clock) -> Rung:
        """It has nothing to say any more: what it waited for happened otherwise."""
        return Rung(clocks.without(self.conversation, clock), f"{clock.value} dropped")

    def _notice(self, phrase: str) -> Notice:
        return Notice(self._say(phrase), self._on_call().whoever_has_it())

    def _say(self, phrase: str, **places: str) -> str:
        address = self.conversation.address
        customer = presentable(address.name) or customer_of(address, self.policy.language)
        return say(phrase, self.policy.language, customer=customer, **places)

    def _on_call(self, conversation: Conversation | None = None, at: float = 0.0) -> OnCall:
        """``conversation`` where the bell has given it to somebody else; ``at`` where it is not about now."""
        called = conversation or self.conversation
        return OnCall(called, self.policy, self.inbox.agents(people_of(called, self.policy)), at or self.clock())

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.policy.timezone)
