"""The card that a conversation's thread hangs from: everything at a glance, and what can be done about it."""

from datetime import UTC, datetime

from mostrador.desk import blocks
from mostrador.desk.blocks import Block
from mostrador.desk.cards import Card
from mostrador.desk.markup import clean, fit
from mostrador.desk.menu import controls
from mostrador.desk.views import ConversationView
from mostrador.desk.wording import ago, channel_of, hour, mention, moment, name_of, sign_of
from mostrador.domain.attention import Clock, Intent, Priority, Stage
from mostrador.domain.call import PHONE
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import State

_STATES = {State.OPEN: "🟢", State.SNOOZED: "💤", State.CLOSED: "⚪"}

WORD = 100
"""Characters of a name that the policy gives; all of its tags together have three times as many."""

CALL_GRACE = 120
"""Seconds after which a promised call is late: nobody dials on the second."""


def root_card(view: ConversationView) -> Card:
    subject = [blocks.section(blocks.plain(view.subject, 300))] if view.subject.strip() else []
    warnings = [blocks.context([blocks.plain(f"⚠️ {text}")]) for text in _warnings(view)]
    about = " · ".join(_about(view))
    parts = [
        blocks.header(f"{sign_of(view.channel).character} {name_of(view)}"),
        *subject,
        blocks.context([*_address(view), *_typed_number(view), blocks.formatted(_who(view))]),
        blocks.section(blocks.formatted(_state(view))),
        *([blocks.context([blocks.formatted(about)])] if about else []),
        *([blocks.context([blocks.plain(_writing(view))])] if view.writing else []),
        *warnings,
        blocks.actions(controls(view)),
    ]
    return Card(_summary(view), tuple(parts))


def _summary(view: ConversationView) -> str:
    key = "card.summary.subject" if view.subject.strip() else "card.summary"
    return say(
        key,
        view.language,
        customer=fit(name_of(view), 100),
        channel=channel_of(view),
        subject=fit(view.subject, 300),
    )


# Who it is


def _address(view: ConversationView) -> list[Block]:
    """Only where the header has a name: without one, it has the address. A number proves less than it says."""
    if view.number_of:
        key = "card.number" if view.number_of == view.customer else "card.number_of"
        return [blocks.plain(say(key, view.language, number=view.address, customer=view.number_of), 320)]
    return [blocks.plain(view.address, 320)] if clean(view.customer).strip() and view.address else []


def _typed_number(view: ConversationView) -> list[Block]:
    if not view.typed_number:
        return []
    return [blocks.plain(f"📞 {say('card.number.typed', view.language, number=view.typed_number)}")]


def _who(view: ConversationView) -> str:
    when = ago(view.opened_at, view.language, view.zone)
    arrival = [channel_of(view), say("card.opened", view.language, when=when)]
    if not view.segment:
        return " · ".join(arrival)
    return " · ".join(
        [*arrival, f"*{fit(view.segment, WORD)}*", say(f"card.attention.{view.attention}", view.language)]
    )


# How it stands


def _state(view: ConversationView) -> str:
    called = mention(view.assignee)
    facts = [
        f"{_STATES[view.state]} *{say(f'state.{view.state}', view.language)}*{_until(view)}",
        say("card.assignee", view.language, agent=called) if called else say("card.unassigned", view.language),
    ]
    if view.state is not State.CLOSED:
        facts += _waiting(view)
    return " · ".join(facts)


def _writing(view: ConversationView) -> str:
    return f"✍️ {say(f'card.writing.{view.writing}', view.language)}"


def _until(view: ConversationView) -> str:
    if view.state is not State.SNOOZED or not view.snoozed_until:
        return ""
    return " " + say("card.snoozed", view.language, when=moment(view.snoozed_until, view.language, view.zone))


def _waiting(view: ConversationView) -> list[str]:
    """Who waits for whom, and what was promised."""
    if view.stage is not Stage.PERSON:
        return [say(f"card.stage.{view.stage}", view.language)]
    if not view.waiting_since:
        return [say("card.unanswerable" if view.writing == "nowhere" else "card.answered", view.language)]
    since = ago(view.waiting_since, view.language, view.zone)
    return [say("card.waiting", view.language, when=since), *_promise(view)]


def _promise(view: ConversationView) -> list[str]:
    if not view.promised_for:
        return []
    due, language, zone = view.promised_for, view.language, view.zone
    if due <= view.seen_at:
        return [say("card.overdue", language, when=moment(due, language, zone))]
    if _same_day(view):
        return [say("card.promised.today", language, when=hour(due, language, zone))]
    return [say("card.promised", language, when=moment(due, language, zone))]


def _same_day(view: ConversationView) -> bool:
    days = {datetime.fromtimestamp(at, UTC).astimezone(view.zone).date() for at in (view.promised_for, view.seen_at)}
    return len(days) == 1


# What it is about


def _about(view: ConversationView) -> list[str]:
    """In the shop's own words, which are escaped as everybody's are."""
    language = view.language
    priority = (
        [] if view.priority is Priority.NORMAL else [say(f"card.priority.{view.priority.name.lower()}", language)]
    )
    queue = [f"📥 {fit(view.queue, WORD)}"] if view.queue else []
    intent = _intent(view)
    # A promised call has words of its own, and is done once they are gone.
    others = ", ".join(tag for tag in view.tags if tag not in (*intent, Clock.CALLBACK))
    tags = [f"🏷 {fit(others, 3 * WORD)}"] if others else []
    protocol = [f"📋 {fit(view.protocol, WORD)}"] if view.protocol else []
    return [*priority, *queue, *intent, *tags, *protocol, *_callback(view), *_kept_back(view), *_window(view)]


def _intent(view: ConversationView) -> list[str]:
    known = view.intent not in (None, Intent.OTHER)
    return [say(f"card.intent.{view.intent}", view.language)] if known else []


def _callback(view: ConversationView) -> list[str]:
    if not view.callback_at or view.state is State.CLOSED:
        return []
    late = view.seen_at - view.callback_at >= CALL_GRACE
    key = "card.callback.overdue" if late else "card.callback"
    return [say(key, view.language, when=moment(view.callback_at, view.language, view.zone))]


def _kept_back(view: ConversationView) -> list[str]:
    """Of a closed conversation as well: nobody has heard them yet."""
    return [say("card.kept_back", view.language, count=view.kept_back)] if view.kept_back else []


def _window(view: ConversationView) -> list[str]:
    """Whether free text still reaches the customer, known before anybody writes it."""
    if view.window is None or view.quarantine:
        return []
    if view.window > view.seen_at:
        return [say("card.window.open", view.language, when=moment(view.window, view.language, view.zone))]
    return [say("card.window.closed", view.language)]


def _warnings(view: ConversationView) -> list[str]:
    unproven = "card.untrusted.number" if view.channel == PHONE else "card.untrusted"
    untrusted = [] if view.trusted else [say(unproven, view.language)]
    opted_out = [say("card.opted_out", view.language, channel=channel_of(view))] if view.opted_out else []
    quarantined = [say(f"quarantine.{view.quarantine}", view.language)] if view.quarantine else []
    return quarantined + untrusted + opted_out
