"""What agents call a customer, and customers an agent."""

from mostrador.domain.call import PHONE
from mostrador.domain.catalogue import say
from mostrador.domain.chat import CHAT
from mostrador.domain.messages import Address


def customer_of(address: Address, language: str) -> str:
    """Their name, else their address. That of a visitor is a random text: its beginning tells two of them apart."""
    if not address.name and address.channel == CHAT:
        return f"{say('card.visitor', language)} {address.value[:4].upper()}"
    if not address.name and hides(address):
        return say("call.hidden", language)
    return address.name or address.value


def given_name(agent: str) -> str:
    """What customers read and hear of an agent's name: its first word. Who they are outside the shop is theirs."""
    return next(iter(agent.split()), "")


def hides(address: Address) -> bool:
    """Whoever called without showing a number: nothing that is written or promised to them would reach them."""
    return address.channel == PHONE and not address.value.startswith("+")
