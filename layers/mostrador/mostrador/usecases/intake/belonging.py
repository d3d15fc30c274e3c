"""To which conversation a message belongs, and whose it is."""

from mostrador.domain.call import NUMBERED
from mostrador.domain.conversation import Conversation, Identity
from mostrador.domain.form import ANSWERED_BY, FORM
from mostrador.domain.messages import Address, Received
from mostrador.usecases.ports import Inbox

REOPENS_WITHIN = 3 * 24 * 3600
"""Seconds after closing during which a message on a channel without threads still belongs to the conversation."""


def pointed_at(inbox: Inbox, received: Received, identity: Identity | None) -> Conversation | None:
    """The conversation that the message itself points at, whoever sent it."""
    if not received.threads:
        open_id = identity.open_conversation if identity else ""
        return inbox.conversation(open_id) if open_id else None
    if received.reply_token:
        return inbox.conversation(received.reply_token)
    for reference in received.references:
        conversation_id = inbox.referred("mail", reference)
        if conversation_id:
            return inbox.conversation(conversation_id)
    return None


def joins(inbox: Inbox, received: Received, identity: Identity | None, conversation: Conversation) -> bool:
    """Whether the message is added to the conversation that it points at."""
    if _is_apart(received, conversation):
        return False
    return belongs(received, identity, conversation) or _answers_a_letter(inbox, received, conversation)


def belongs(received: Received, identity: Identity | None, conversation: Conversation) -> bool:
    """Whether the sender may add to this conversation.

    A reply address is signed, and a sender without threads has one conversation at a time; but a Message-ID can be
    known to anybody whom the mail was forwarded to, and a ``From`` can be anybody's. So the address must be the
    conversation's own or the same customer's, and without a signed reply address it must also be proven.
    """
    if not received.threads:
        fresh = conversation.closed_at == 0 or received.sent_at - conversation.closed_at <= REOPENS_WITHIN
        return conversation.address.value == received.sender.value and fresh
    same = conversation.address.value == received.sender.value
    known = identity is not None and identity.customer_id == conversation.customer_id
    return (same or known) and (received.trusted or bool(received.reply_token))


def _answers_a_letter(inbox: Inbox, received: Received, conversation: Conversation) -> bool:
    """To a mail that went to the address which a visitor of the chat had left."""
    if not received.reply_token or conversation.address.channel == received.channel:
        return False
    visitor = inbox.identity(conversation.address)
    return visitor is not None and visitor.mail == received.sender.value


def _is_apart(received: Received, conversation: Conversation) -> bool:
    """What is in quarantine is alone there: it joins nothing, and nothing that may be shown is hidden with it."""
    return bool(received.quarantine or conversation.quarantine)


def is_proven(received: Received, conversation: Conversation) -> bool:
    """A claimed address is proven by an answer to what went to it; what was written before stays marked.

    A number is proven by whoever calls or writes from it, whatever was typed on a page before that or after it.
    """
    if received.channel in NUMBERED:
        return received.trusted or conversation.trusted
    return received.trusted and (conversation.trusted or bool(received.reply_token))


def is_somebody_else(received: Received, identity: Identity | None, conversation: Conversation) -> bool:
    """Whether a visitor writes in a conversation that a mailbox has joined, which nobody knows to be theirs.

    Anybody can type anybody's address in a chat. That its owner answers, says nothing of who typed it.
    """
    visits = not received.threads and identity is not None and bool(identity.mail)
    return visits and identity is not None and identity.customer_id != conversation.customer_id


def whose(inbox: Inbox, received: Received, identity: Identity | None, conversation: Conversation) -> str:
    """Whoever proves to be somebody that we know is no stranger any more."""
    answers_a_letter = received.channel != conversation.address.channel
    proves = received.trusted and bool(received.reply_token) and (answers_a_letter or not conversation.trusted)
    known = _mailbox(inbox, received, identity) if proves else None
    return known.customer_id if known else conversation.customer_id


def _mailbox(inbox: Inbox, received: Received, identity: Identity | None) -> Identity | None:
    """Who comes by the link of a mail to the page of a form reads the mailbox: whose that is, counts."""
    if received.channel != FORM:
        return identity
    return inbox.identity(Address(ANSWERED_BY, received.sender.value)) or identity
