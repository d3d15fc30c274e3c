"""An agent's written answer as it is read out to the customer, twice: few listen to the first words of a machine."""

from mostrador.channels.phone.script import HangUp, Say
from mostrador.channels.phone.twiml import twiml
from mostrador.domain.catalogue import known, say
from mostrador.domain.messages import Outgoing

LONGEST = 1200
"""Characters: a minute and a half at the pace of a synthetic voice."""
_LARGEST = 4000
"""Characters of the document that Twilio takes with a call (Twilio, "Call resource", ``Twiml``)."""


def spoken(message: Outgoing) -> str | None:
    """TwiML; None for what is too long to be read out."""
    if len(message.text) > LONGEST:
        return None
    language = known(message.language)
    places = {"shop": message.shop_name, "agent": message.sender_name or message.shop_name}
    texts = (
        say("call.read_out.opening", language, **places),
        message.text,
        say("call.read_out.again", language),
        message.text,
        say("call.read_out.goodbye", language),
    )
    document = twiml((*(Say(text, language) for text in texts), HangUp()))
    return document if len(document) <= _LARGEST else None
