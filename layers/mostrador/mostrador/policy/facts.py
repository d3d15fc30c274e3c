"""What is known of a message and of whoever sent it, at the moment when it is decided where it goes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from mostrador.domain.conversation import Customer
from mostrador.domain.messages import Address
from mostrador.domain.shop import Profile

TAGS_RECORDED = 20
"""How many tags of a customer the record keeps; all of them count."""


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What the shop knows of a customer. Money is in hundredths."""

    orders: int = 0
    spent: int = 0
    last_order_at: float = 0.0
    tags: tuple[str, ...] = ()
    """Lower case."""
    email_domains: tuple[str, ...] = ()
    """Of the address that wrote and of the one in the shop's profile; lower case."""
    country: str = ""
    """ISO 3166-1 alpha-2, upper case."""
    language: str = ""
    """What the shop's profile says."""
    agent: str = ""
    """The desk id of the agent who has this customer."""


STRANGER = CustomerFacts()


@dataclass(frozen=True, slots=True)
class Facts:
    channel: str
    at: float
    """Epoch seconds: when the message came."""
    public: bool = False
    trusted: bool = True
    """Whether the sender's address is proven."""
    language: str = ""
    """``es``, ``en``, ``fr``; empty where nobody can tell."""
    intent: str = ""
    customer: CustomerFacts = STRANGER

    @property
    def believed(self) -> CustomerFacts:
        """The customer's facts, or a stranger's: an unproven address makes nobody a wholesaler."""
        return self.customer if self.trusted else STRANGER


def facts_of(  # noqa: PLR0913 - each is a fact
    *,
    sender: Address,
    customer: Customer | None,
    at: float,
    trusted: bool = True,
    public: bool = False,
    language: str = "",
    intent: str = "",
) -> Facts:
    """``language`` is that of the message; where it is empty, that of the shop's profile counts, if it is believed."""
    known = customer_facts(sender, customer)
    return Facts(
        channel=sender.channel,
        at=at,
        public=public,
        trusted=trusted,
        language=short(language) or (known.language if trusted else ""),
        intent=intent,
        customer=known,
    )


def customer_facts(sender: Address, customer: Customer | None) -> CustomerFacts:
    profile = (customer and customer.profile) or Profile("")
    domains = tuple(dict.fromkeys(_domains(sender, profile)))
    if customer is None:
        return CustomerFacts(email_domains=domains)
    return CustomerFacts(
        orders=customer.orders,
        spent=customer.spent,
        last_order_at=customer.last_order_at,
        tags=profile.tags,
        email_domains=domains,
        country=profile.country,
        language=short(profile.language),
        agent=customer.agent,
    )


def short(language: str) -> str:
    """``en`` of ``en-GB``."""
    return language.replace("_", "-").partition("-")[0].lower()


def _domains(sender: Address, profile: Profile) -> Iterator[str]:
    if sender.channel == "email" and "@" in sender.value:
        yield sender.value.rpartition("@")[2].lower()
    if "@" in profile.email:
        yield profile.email.rpartition("@")[2].lower()


# The record of a decision


def recorded_facts(facts: Facts, *, is_open: bool) -> dict[str, str]:
    """Everything that counted, as ``Routing.facts`` keeps it. What was not believed is not in it."""
    message = {
        "channel": facts.channel,
        "language": facts.language,
        "intent": facts.intent,
        "public": _yes_or_no(facts.public),
        "open": _yes_or_no(is_open),
        "trusted": _yes_or_no(facts.trusted),
    }
    return message | _recorded_customer(facts.customer) if facts.trusted else message


def recalled_customer(record: Mapping[str, str]) -> CustomerFacts:
    """The customer of a record, as they were known then."""
    last_order = record.get("last_order", "")
    return CustomerFacts(
        orders=int(record.get("orders", 0)),
        spent=int(record.get("spent", 0)),
        last_order_at=datetime.fromisoformat(last_order).timestamp() if last_order else 0.0,
        tags=_several(record.get("tags", "")),
        email_domains=_several(record.get("email_domain", "")),
        country=record.get("country", ""),
        language=record.get("customer_language", ""),
        agent=record.get("customer_agent", ""),
    )


def _recorded_customer(customer: CustomerFacts) -> dict[str, str]:
    said = {
        "spent": str(customer.spent or ""),
        "last_order": _moment(customer.last_order_at) if customer.last_order_at else "",
        "tags": ",".join(customer.tags[:TAGS_RECORDED]),
        "country": customer.country,
        "email_domain": ",".join(customer.email_domains),
        "customer_language": customer.language,
        "customer_agent": customer.agent,
    }
    return {"orders": str(customer.orders)} | {name: value for name, value in said.items() if value}


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - the value is all there is
    return "yes" if value else "no"


def _several(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()
