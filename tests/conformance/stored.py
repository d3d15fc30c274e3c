"""What the inboxes are filled with: of each kind something that says little, and something that says all it can."""

from dataclasses import replace

from mostrador.domain.agents import AgentState
from mostrador.domain.attention import Attention, Clock, Intent, Priority, Stage
from mostrador.domain.conversation import (
    Conversation,
    Customer,
    Direction,
    Identity,
    Message,
    State,
    Thread,
)
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Address, Approved, Attachment, Page
from mostrador.domain.routing import Because, Promise, Routing
from mostrador.domain.shop import Fulfilment, Order, OrderLine, OrderStatus, Product, Profile, Refund

NOW = 1_780_000_000.0
CONVERSATION_ID = new_id(NOW)
ANA = Address("email", "ana.molina@correo.example", "Ana Molina")

CONVERSATION = Conversation(
    id=CONVERSATION_ID,
    address=ANA,
    customer_id="customer-1",
    subject="¿Y mi pedido?",
    said="¿Y mi pedido?",
    phone="+447700900123",
    state=State.OPEN,
    language="es",
    queue="default",
    desk_channel="C0ATENCION",
    opened_at=NOW,
    waiting_since=NOW - 0.25,
    waited_when_closed=NOW - 0.75,
    counter=1,
    version=1,
    watch_at=NOW + 60,
    references=("<a@correo.example>",),
)
FULL_CONVERSATION = replace(
    CONVERSATION,
    closed_at=NOW + 9,
    assignee="U0MARTA",
    trusted=False,
    opted_out=True,
    quarantine="spam",
    recipient="hola@latinaja.example",
    shown_version=3,
    last_inbound=1,
    outbox=frozenset({2, 3}),
    kept_back=frozenset({4}),
    unmarked=frozenset({2}),
    desk_ts="1780000000.000200",
    shown=1,
    showing_since=NOW + 1,
    card_digest="d1",
    page=Page("https://latinaja.example/tienda/plato-hondo", "Plato hondo"),
    linked_to="other",
    public=True,
    segment="wholesale",
    attention=Attention.DEDICATED,
    stage=Stage.COMMUNITY,
    priority=Priority.URGENT,
    tags=("queja", "mayorista"),
    intent=Intent.COMPLAINT,
    protocol="complaints",
    target="wholesale",
    routing=Routing(
        policy="v1",
        segment="wholesale",
        segment_because=("tags=mayorista",),
        because=(Because("queue", "wholesale", "wholesalers"),),
        facts={"channel": "email", "orders": "4"},
    ),
    promise=Promise("wholesale", "next", NOW, NOW + 3600.5, (NOW + 1800, NOW + 3600.5), passed=1),
    first_answered_at=NOW + 7,
    calling_since=NOW + 8,
    call_for=NOW + 400,
    clocks={Clock.PROMISE: NOW + 3600.5, Clock.CALLBACK: NOW + 500},
)
MESSAGE = Message(CONVERSATION_ID, 1, Direction.INBOUND, "Hola, ¿dónde está? 🏺", NOW)
FULL_MESSAGE = Message(
    conversation_id=CONVERSATION_ID,
    sequence=2,
    direction=Direction.OUTBOUND,
    text="Sale hoy.",
    at=NOW + 5,
    author="U0MARTA",
    author_name="Marta Vidal",
    mentions=("U0LUIS", "U0MARTA"),
    subject="Re: ¿Y mi pedido?",
    attachments=(
        Attachment("foto.png", "image/png", 120, "media/x"),
        Attachment("b", "text/plain", 9, "", "too_large"),
    ),
    full_text="Sale hoy.\n> antes",
    source="mail/1",
    automatic=True,
    trusted=False,
    warnings=("address_in_name",),
    forwarded_from="Eva <eva@otra.example>",
    reference="<b@eu-west-1.amazonses.com>",
    provider_id="b",
    page=Page("https://latinaja.example/"),
    answers=1,
    desk=Thread("C0ATENCION", "1780000005.000100"),
    edited="1780000006.000100",
    state=Delivery.FAILED,
    hold_until=NOW + 15.5,
    watch_at=NOW + 70,
    attempts=2,
    attempted_at=NOW + 16,
    overtaken=True,
    failure=Failure(Reason.BOUNCED, retryable=False, fault=Fault.THEIRS, code="5.1.1"),
    template=Approved("HX1", "es_ES", ("Ana", "el envío")),
    shown_state=Delivery.HELD,
    asked="1780000007.000100",
    shown_files={0: "F01"},
)
IDENTITY = Identity(
    ANA,
    "customer-1",
    open_conversation=CONVERSATION_ID,
    opted_out=True,
    last_inbound_at=NOW,
    window_closed_at=NOW + 0.5,
    acknowledged_at=NOW,
    mail="ana@otro.example",
    mail_proven=True,
)
CUSTOMER = Customer("customer-1", "", NOW)
FULL_CUSTOMER = Customer(
    id="customer-1",
    name="Ana Molina",
    created_at=NOW,
    agent="U0LUIS",
    profile=Profile("7", name="Ana", email=ANA.value, tags=("vip",), registered_at=NOW - 0.5, updated_at=NOW),
    orders=3,
    spent=12_990,
    currency="EUR",
    first_order_at=NOW - 1000,
    last_order_at=NOW - 10,
)
ORDER = Order("gid://shop/1042", "customer-1", "#1042", NOW, NOW + 1, OrderStatus.PENDING, 4_990, "EUR")
FULL_ORDER = replace(
    ORDER,
    status=OrderStatus.SHIPPED,
    lines=(OrderLine("p1", "Botijo azul 🏺", 2, 2_495), OrderLine("", "Envío", 1, 0)),
    fulfilments=(Fulfilment("f1", "Correos", "PK1", "https://correos.example/PK1", shipped_at=NOW + 0.5),),
    refunds=(Refund("r1", 1_000, NOW + 0.75),),
)
PRODUCT = Product("p1", "Botijo azul")
FULL_PRODUCT = Product("p1", "Botijo", "BOT-1", 2_495, "EUR", "https://tinaja.example/p1", 0, NOW + 9, NOW, NOW + 1)
AGENT = AgentState("U0LUIS")
FULL_AGENT = AgentState("U0LUIS", on_duty=False, said_at=NOW, absent_until=NOW + 86_400, load=2)
