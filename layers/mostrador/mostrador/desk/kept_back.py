"""The question below an answer that leaves only once an agent says so, and what is left of it afterwards."""

from mostrador.desk import blocks
from mostrador.desk.cards import Card, notice_card
from mostrador.desk.markup import fit
from mostrador.desk.menu import READ_OUT, WITHHOLD
from mostrador.domain.catalogue import say
from mostrador.domain.delivery import Delivery

MARK = "📞"


def question(customer: str, sequence: int, language: str) -> Card:
    sentence = f"{MARK} {say('kept_back.question', language, customer=customer)}"
    labels = {action: say(f"button.{action}", language) for action in (READ_OUT, WITHHOLD)}
    buttons = [blocks.button(action, label, str(sequence)) for action, label in labels.items()]
    buttons[0]["style"] = "primary"
    return Card(fit(sentence, blocks.SECTION_TEXT), (blocks.section(blocks.plain(sentence)), blocks.actions(buttons)))


def decided(customer: str, state: Delivery, language: str) -> Card:
    """What becomes of it then is told where it is told of every answer."""
    key = "kept_back.withheld" if state is Delivery.CANCELLED else "kept_back.released"
    return notice_card(say(key, language, customer=customer), MARK)
