"""The way between the items of the table and the domain's values.

An attribute that says nothing (an empty text, a zero, an empty set) is not written: it would be paid for.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mostrador.domain.attention import Attention, Priority, Stage
from mostrador.domain.conversation import (
    Conversation,
    Customer,
    Direction,
    HistoryLine,
    Identity,
    Message,
    State,
    Thread,
)
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Address, Approved, Attachment, Page
from mostrador.store import keys
from mostrador.store.models import ConversationItem, CustomerItem, HistoryItem, IdentityItem, MessageItem


def identity_item(identity: Identity) -> IdentityItem:
    return IdentityItem(
        *keys.identity(identity.address.channel, identity.address.value),
        channel=identity.address.channel,
        address=identity.address.value,
        name=identity.address.name or None,
        customer_id=identity.customer_id,
        open_conversation=identity.open_conversation or None,
        opted_out=identity.opted_out or None,
        last_inbound_at=identity.last_inbound_at or None,
        window_closed_at=identity.window_closed_at or None,
        acknowledged_at=identity.acknowledged_at or None,
        mail=identity.mail or None,
        mail_proven=identity.mail_proven or None,
        revision=identity.revision,
    )


def identity_from(item: IdentityItem) -> Identity:
    return Identity(
        address=Address(item.channel, item.address, item.name or ""),
        customer_id=item.customer_id,
        open_conversation=item.open_conversation or "",
        opted_out=bool(item.opted_out),
        last_inbound_at=float(item.last_inbound_at or 0),
        window_closed_at=float(item.window_closed_at or 0),
        acknowledged_at=float(item.acknowledged_at or 0),
        mail=item.mail or "",
        mail_proven=bool(item.mail_proven),
        revision=int(item.revision or 0),
    )


def customer_item(customer: Customer) -> CustomerItem:
    return CustomerItem(
        *keys.customer(customer.id),
        name=customer.name or None,
        created_at=customer.created_at,
        agent=customer.agent or None,
        profile=customer.profile,
        orders=customer.orders or None,
        spent=customer.spent or None,
        currency=customer.currency or None,
        first_order_at=customer.first_order_at or None,
        last_order_at=customer.last_order_at or None,
        revision=customer.revision,
    )


def customer_from(item: CustomerItem) -> Customer:
    return Customer(
        id=keys.named(item.pk),
        name=item.name or "",
        created_at=float(item.created_at),
        agent=item.agent or "",
        profile=item.profile,
        orders=int(item.orders or 0),
        spent=int(item.spent or 0),
        currency=item.currency or "",
        first_order_at=float(item.first_order_at or 0),
        last_order_at=float(item.last_order_at or 0),
        revision=int(item.revision or 0),
    )


def conversation_item(conversation: Conversation) -> ConversationItem:
    return ConversationItem(
        *keys.conversation(conversation.id),
        channel=conversation.address.channel,
        address=conversation.address.value,
        address_name=conversation.address.name or None,
        customer_id=conversation.customer_id,
        subject=conversation.subject or None,
        state=conversation.state.value,
        language=conversation.language,
        queue=conversation.queue,
        queue_open=None if conversation.is_closed else conversation.queue,
        desk_channel=conversation.desk_channel,
        opened_at=conversation.opened_at,
        waiting_since=conversation.waiting_since or None,
        waited_when_closed=conversation.waited_when_closed or None,
        closed_at=conversation.closed_at or None,
        opted_out=conversation.opted_out or None,
        quarantine=conversation.quarantine or None,
        assignee=conversation.assignee or None,
        trusted=conversation.trusted,
        recipient=conversation.recipient or None,
        counter=conversation.counter,
        last_inbound=conversation.last_inbound or None,
        version=conversation.version,
        references=list(conversation.references) or None,
        page=asdict(conversation.page) if conversation.page else None,
        said=conversation.said or None,
        phone=conversation.phone or None,
        linked_to=conversation.linked_to or None,
        public=conversation.public or None,
        revision=conversation.revision,
        **(_on_the_desk(conversation) | _attended(conversation) | _timers(conversation)),
    )


def _on_the_desk(conversation: Conversation) -> dict[str, Any]:
    """What is on its way out, and what the desk shows by now."""
    return {
        "outbox": set(conversation.outbox) or None,
        "kept_back": set(conversation.kept_back) or None,
        "unmarked": set(conversation.unmarked) or None,
        "desk_ts": conversation.desk_ts or None,
        "shown": conversation.shown or None,
        "shown_version": conversation.shown_version or None,
        "showing_since": conversation.showing_since or None,
        "card_digest": conversation.card_digest or None,
    }


def _attended(conversation: Conversation) -> dict[str, Any]:
    """What the policy said of it."""
    return {
        "segment": conversation.segment or None,
        "attention": conversation.attention.value,
        "stage": conversation.stage.value,
        "priority": conversation.priority.value,
        "tags": list(conversation.tags) or None,
        "intent": conversation.intent or None,
        "protocol": conversation.protocol or None,
        "target": conversation.target or None,
        "routing": conversation.routing,
        "promise": conversation.promise,
        "first_answered_at": conversation.first_answered_at or None,
        "calling_since": conversation.calling_since or None,
        "call_for": conversation.call_for or None,
    }


def _timers(conversation: Conversation) -> dict[str, Any]:
    own = {"watch_at": conversation.watch_at or None, "clocks": dict(conversation.clocks) or None}
    return own | _due(conversation.id, conversation.due_at)


def conversation_from(item: ConversationItem) -> Conversation:
    return Conversation(
        id=keys.named(item.pk),
        address=Address(item.channel, item.address, item.address_name or ""),
        customer_id=item.customer_id,
        subject=item.subject or "",
        state=State(item.state),
        language=item.language,
        queue=item.queue,
        desk_channel=item.desk_channel,
        opened_at=float(item.opened_at),
        waiting_since=float(item.waiting_since or 0),
        waited_when_closed=float(item.waited_when_closed or 0),
        closed_at=float(item.closed_at or 0),
        opted_out=bool(item.opted_out),
        quarantine=item.quarantine or "",
        assignee=item.assignee or "",
        trusted=bool(item.trusted),
        recipient=item.recipient or "",
        counter=int(item.counter),
        last_inbound=int(item.last_inbound or 0),
        version=int(item.version),
        shown_version=int(item.shown_version or 0),
        watch_at=_watch_at(item),
        outbox=_numbers(item.outbox),
        kept_back=_numbers(item.kept_back),
        unmarked=_numbers(item.unmarked),
        desk_ts=item.desk_ts or "",
        shown=int(item.shown or 0),
        showing_since=float(item.showing_since or 0),
        card_digest=item.card_digest or "",
        references=tuple(str(reference) for reference in item.references or ()),
        page=Page(**item.page) if item.page else None,
        said=item.said or "",
        phone=item.phone or "",
        linked_to=item.linked_to or "",
        clocks=dict(item.clocks or {}),
        revision=int(item.revision or 0),
        **_attended_from(item),
    )


def _attended_from(item: ConversationItem) -> dict[str, Any]:
    return {
        "public": bool(item.public),
        "segment": item.segment or "",
        "attention": Attention(item.attention or Attention.PERSONAL),
        "stage": Stage(item.stage or Stage.PERSON),
        "priority": Priority(int(item.priority or Priority.NORMAL)),
        "tags": tuple(str(tag) for tag in item.tags or ()),
        "intent": item.intent or "",
        "protocol": item.protocol or "",
        "target": item.target or "",
        "routing": item.routing,
        "promise": item.promise,
        "first_answered_at": float(item.first_answered_at or 0),
        "calling_since": float(item.calling_since or 0),
        "call_for": float(item.call_for or 0),
    }


def _watch_at(item: ConversationItem) -> float:
    """Conversations that were written before there were clocks had this time in the index alone."""
    only_in_the_index = item.watch_at is None and not item.clocks
    return float((item.due_at if only_in_the_index else item.watch_at) or 0)


def message_item(message: Message) -> MessageItem:
    desk = message.desk or Thread("", "")
    return MessageItem(
        *keys.message(message.conversation_id, message.sequence),
        direction=message.direction.value,
        text=message.text,
        at=message.at,
        received_at=message.received_at or None,
        author=message.author or None,
        author_name=message.author_name or None,
        mentions=list(message.mentions) or None,
        subject=message.subject or None,
        attachments=[asdict(attachment) for attachment in message.attachments] or None,
        full_text=message.full_text or None,
        source=message.source or None,
        automatic=message.automatic or None,
        asks=None if message.asks else False,
        trusted=message.trusted,
        warnings=list(message.warnings) or None,
        forwarded_from=message.forwarded_from or None,
        reference=message.reference or None,
        provider_id=message.provider_id or None,
        via=message.via or None,
        page=asdict(message.page) if message.page else None,
        answers=message.answers or None,
        desk_channel=desk.channel or None,
        desk_ts=desk.ts or None,
        edited=message.edited or None,
        state=message.state.value if message.state else None,
        hold_until=message.hold_until or None,
        attempts=message.attempts or None,
        attempted_at=message.attempted_at or None,
        overtaken=message.overtaken or None,
        failure=asdict(message.failure) if message.failure else None,
        template=asdict(message.template) if message.template else None,
        shown_state=message.shown_state.value if message.shown_state else None,
        asked=message.asked or None,
        shown_files={str(place): file_id for place, file_id in message.shown_files.items()} or None,
        revision=message.revision,
        **_due(message.conversation_id, message.watch_at),
    )


def message_from(item: MessageItem) -> Message:
    conversation_id, sequence = keys.parse_timer(item.pk, item.sk)
    return Message(
        conversation_id=conversation_id,
        sequence=sequence or 0,
        direction=Direction(item.direction),
        text=item.text,
        at=float(item.at),
        received_at=float(item.received_at or 0),
        author=item.author or "",
        author_name=item.author_name or "",
        mentions=tuple(str(user) for user in item.mentions or ()),
        subject=item.subject or "",
        attachments=tuple(Attachment(**attachment) for attachment in item.attachments or ()),
        full_text=item.full_text or "",
        source=item.source or "",
        automatic=bool(item.automatic),
        asks=item.asks is not False,
        trusted=bool(item.trusted),
        warnings=tuple(str(warning) for warning in item.warnings or ()),
        forwarded_from=item.forwarded_from or "",
        reference=item.reference or "",
        provider_id=item.provider_id or "",
        via=item.via or "",
        page=Page(**item.page) if item.page else None,
        answers=int(item.answers or 0),
        desk=Thread(item.desk_channel, item.desk_ts) if item.desk_channel and item.desk_ts else None,
        edited=item.edited or "",
        state=Delivery(item.state) if item.state else None,
        hold_until=float(item.hold_until or 0),
        watch_at=float(item.due_at or 0),
        attempts=int(item.attempts or 0),
        attempted_at=float(item.attempted_at or 0),
        overtaken=bool(item.overtaken),
        failure=_failure(item.failure),
        template=_template(item.template),
        shown_state=Delivery(item.shown_state) if item.shown_state else None,
        asked=item.asked or "",
        shown_files={int(place): file_id for place, file_id in (item.shown_files or {}).items()},
        revision=int(item.revision or 0),
    )


def history_item(line: HistoryLine) -> HistoryItem:
    key = keys.history(line.conversation_id, line.version)
    return HistoryItem(*key, what=line.what, who=line.who or None, at=line.at, event=line.event or None)


def _due(conversation_id: str, due_at: float) -> dict[str, Any]:
    return {"due_shard": keys.shard(conversation_id), "due_at": due_at} if due_at else {}


def _numbers(values: set[Any] | None) -> frozenset[int]:
    return frozenset(int(value) for value in values or ())


def _template(stored: Mapping[str, Any] | None) -> Approved | None:
    if not stored:
        return None
    return Approved(str(stored["provider_id"]), str(stored["language"]), tuple(map(str, stored["values"])))


def _failure(stored: Mapping[str, Any] | None) -> Failure | None:
    if not stored:
        return None
    return Failure(Reason(stored["reason"]), bool(stored["retryable"]), Fault(stored["fault"]), str(stored["code"]))
