"""The keys of the one table, built here and nowhere else.

    item          pk                           sk
    identity      ID#{channel}#{address}       ID
    customer      CUS#{id}                     CUS
    order         CUS#{id}                     ORD#{order id}
    product       PRO#{id}                     PRO
    agent         AGENT#{desk id}              AGENT
    turn          QUEUE#{queue}                QUEUE
    conversation  CON#{id}                     CON
    message       CON#{id}                     MSG#{sequence}
    history       CON#{id}                     EVT#{version}
    seen          SEEN#{channel}#{event id}    SEEN
    reference     REF#{kind}#{value}           REF
    set aside     KEPT#{id}                    KEPT
    connection    CHAT#{session}               CONNECTION#{id}
    whose it is   CHATCON#{connection id}      CHATCON
    allowance     RATE#{what}#{time}           RATE
    policy        POLICY                       POLICY, and each that was put in force: PUT#{number}

Sequences are padded so that their order as text is their order as numbers. An order is found by its id; by date, the
customer's orders are listed in the index by_customer (``orders``), beside no conversation.
"""

from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

LONGEST_PART = 1000
"""Bytes of a caller's own text in a key; a partition key may have 2048 of them, a sort key 1024 (DynamoDB)."""
SHARDS = 4
"""Over how many partitions the timers of the table are spread."""


class Key(NamedTuple):
    pk: str
    sk: str


def identity(channel: str, address: str) -> Key:
    return Key(f"ID#{channel}#{_bounded(address)}", "ID")


def customer(customer_id: str) -> Key:
    return Key(f"CUS#{customer_id}", "CUS")


def order(customer_id: str, order_id: str) -> Key:
    return Key(f"CUS#{customer_id}", f"ORD#{_bounded(order_id)}")


def orders(customer_id: str) -> str:
    """Under what the index by_customer lists a customer's orders; their conversations are under the bare id."""
    return f"ORD#{customer_id}"


def product(product_id: str) -> Key:
    return Key(f"PRO#{_bounded(product_id)}", "PRO")


def agent(user: str) -> Key:
    return Key(f"AGENT#{user}", "AGENT")


def turn(queue: str) -> Key:
    return Key(f"QUEUE#{queue}", "QUEUE")


def conversation(conversation_id: str) -> Key:
    return Key(f"CON#{conversation_id}", "CON")


def message(conversation_id: str, sequence: int) -> Key:
    return Key(f"CON#{conversation_id}", f"MSG#{sequence:08d}")


def history(conversation_id: str, version: int) -> Key:
    return Key(f"CON#{conversation_id}", f"EVT#{version:08d}")


def seen(channel: str, event_id: str) -> Key:
    return Key(f"SEEN#{channel}#{_bounded(event_id)}", "SEEN")


def reference(kind: str, value: str) -> Key:
    return Key(f"REF#{kind}#{_bounded(value)}", "REF")


def chat(session: str) -> str:
    """The partition of a visitor's open connections."""
    return f"CHAT#{session}"


def connection(session: str, connection_id: str) -> Key:
    return Key(chat(session), f"CONNECTION#{connection_id}")


def whose_connection(connection_id: str) -> Key:
    return Key(f"CHATCON#{_bounded(connection_id)}", "CHATCON")


def allowance(what: str, window: int) -> Key:
    return Key(f"RATE#{_bounded(what)}#{window}", "RATE")


def policy() -> Key:
    return Key("POLICY", "POLICY")


def policy_put(number: int) -> Key:
    return Key("POLICY", f"PUT#{number:08d}")


def shard(conversation_id: str) -> str:
    return str(crc32(conversation_id.encode()) % SHARDS)


def shards() -> list[str]:
    return [str(number) for number in range(SHARDS)]


def named(pk: str) -> str:
    """Whose partition it is: what stands behind the prefix."""
    return pk.partition("#")[2]


def parse_timer(pk: str, sk: str) -> tuple[str, int | None]:
    """The conversation, and the message's sequence where the timer is a message's."""
    sequence = int(sk.removeprefix("MSG#")) if sk.startswith("MSG#") else None
    return named(pk), sequence


def _bounded(value: str) -> str:
    """A stranger chooses these texts: what would not fit a key stands there as its digest."""
    encoded = value.encode("utf-8", "surrogatepass")
    return value if len(encoded) <= LONGEST_PART else "sha256:" + sha256(encoded).hexdigest()
