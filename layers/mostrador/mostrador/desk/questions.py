"""What one agent is asked before something is done that cannot be undone.

They alone see it, and it goes once they answer. Such a question may stand outside of the conversation's thread: the
values of its buttons name the conversation.
"""

from collections.abc import Mapping

from mostrador.desk import blocks
from mostrador.desk.blocks import Block
from mostrador.desk.cards import Card
from mostrador.desk.markup import fit
from mostrador.desk.menu import SEND_NONE, SEND_TEMPLATE
from mostrador.domain.catalogue import say

ANSWERS = frozenset({SEND_TEMPLATE, SEND_NONE})
"""The action ids of the buttons of questions."""
MOST_CHOICES = 45
"""Slack takes 50 blocks."""


def which_template(conversation_id: str, texts: Mapping[str, str], customer: str, language: str) -> Card:
    """``texts`` are what the customer would read, whole, by the policy's ids."""
    title = fit(say("template.which", language, customer=customer), blocks.SECTION_TEXT)
    choices = [_choice(conversation_id, name, text, language) for name, text in texts.items()]
    none = blocks.button(SEND_NONE, say("button.send_none", language), f"{conversation_id}:")
    head = blocks.section(blocks.escaped(title))
    return Card(title, (head, *choices[:MOST_CHOICES], blocks.actions([none])))


def answered(value: str) -> tuple[str, str]:
    """The conversation that a question is about, and what was chosen; empty where nothing was."""
    conversation_id, _, chosen = value.partition(":")
    return conversation_id, chosen


def _choice(conversation_id: str, name: str, text: str, language: str) -> Block:
    send = blocks.button(SEND_TEMPLATE, say("button.send_template", language), f"{conversation_id}:{name}")
    return {**blocks.section(blocks.plain(text)), "accessory": send}
