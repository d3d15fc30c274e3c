"""The telephone on the deployed template: who calls, who wants to be called, and what becomes of an agent's calls."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deploy.visitor import PATIENCE, Json, Visitor
from playground.running import RunningStack

MARTAS, ANAS = "+34600900101", "+34600111222"
"""Where it rings when Marta asks for a call, and where Ana calls from."""
PROMISED = "llamada prometida para"


MISSED = "+34600777009"
ALL_OF_IT = (
    "Hola, soy Marta, de La Tinaja. He mirado lo de tu pedido: las fuentes azules salieron ayer por la tarde del "
    "taller, bien envueltas, y el transportista me dice que te las entrega mañana por la mañana, antes de las doce. "
    "Si alguna llega rota, mándanos una foto y te enviamos otra ese mismo día, sin que tengas que devolver nada. "
    "¿Te parece bien así?"
)
"""Longer than what is taken for "I cannot talk now": the telephones reckon how long it takes to say."""


@pytest.fixture(scope="module", autouse=True)
def missed_call(shop: RunningStack) -> None:
    """Somebody calls and hangs up. It is told a minute later, which passes while other tests run."""
    with Visitor(shop.url) as visitor:
        call = visitor.calls(MISSED)
        visitor.on_line(call, "key")
        visitor.at_telephone(call, "hang_up")
        visitor.call_over(call)


@pytest.fixture
def visitor(shop: RunningStack) -> Iterator[Visitor]:
    with Visitor(shop.url) as visitor:
        yield visitor


def leaves_a_message(visitor: Visitor, number: str, words: str) -> Json:
    """The call, once it is over."""
    call = visitor.calls(number)
    visitor.on_line(call, "key")
    visitor.at_telephone(call, "key", "3")
    visitor.on_line(call, "voice")
    visitor.at_telephone(call, "voice", words)
    return visitor.call_over(call)


def asks_for_a_call(visitor: Visitor, number: str) -> Json:
    """At the first of the times that the voice offers; the call, once it is over."""
    call = visitor.calls(number)
    visitor.on_line(call, "key")
    visitor.at_telephone(call, "key", "2")
    visitor.on_line(call, "key", heard="Elige cuándo te llamamos.")
    visitor.at_telephone(call, "key", "1")
    return visitor.call_over(call)


def is_put_through(visitor: Visitor, root: Json, number: str) -> tuple[str, str]:
    """Marta's call and the customer's, whose telephone rings."""
    visitor.presses(root, "ring")
    agents = visitor.rings(MARTAS)
    visitor.at_telephone(agents, "pick_up")
    heard = visitor.on_line(agents, "key")["heard"]
    assert "La Tinaja" in heard[0]
    visitor.at_telephone(agents, "key", "1")
    return agents, visitor.rings(number)


def hour_of(promise: str) -> str:
    """As the voice says it, by the shop's clock."""
    [hour] = re.findall(r"\d{1,2}:\d\d", promise)
    return str(hour)


def promised_at(card: str) -> str:
    """As the card says it, to whoever reads it in the shop."""
    [at] = re.findall(re.escape(PROMISED) + r" <!date\^(\d+)\^", card)
    return f"{datetime.fromtimestamp(int(at), ZoneInfo('Europe/Madrid')):%H:%M}"


def test_a_caller_is_greeted_and_leaves_a_message(visitor: Visitor) -> None:
    over = leaves_a_message(visitor, "+34600777001", "Se ha roto el plato azul")

    assert over["heard"][0] == "Hola, has llamado a La Tinaja."
    assert over["heard"][-1].startswith("Gracias: tenemos tu mensaje")
    root = visitor.root("+34600777001")
    visitor.in_thread(root, "Ha dejado un mensaje de voz.")
    [recording] = visitor.in_thread(root, "'name': 'voicemail.mp3'")["files"]
    assert "Se ha roto el plato azul".encode("utf-16-le") in visitor.file(recording["id"])
    visitor.in_thread(root, "Transcripción del mensaje de voz: «Se ha roto el plato azul»")


def test_an_english_caller_is_greeted_and_written_down_in_english(visitor: Visitor) -> None:
    over = leaves_a_message(visitor, "+447700900777", "The blue plate arrived broken")

    assert over["heard"][0] == "Hello, you have reached La Tinaja."
    assert over["heard"][-1].startswith("Thank you: we have your message")
    root = visitor.root("+447700900777")
    visitor.in_thread(root, "Transcripción del mensaje de voz: «The blue plate arrived broken»")
    assert "Transcribe ← StartTranscriptionJob en-GB" in {call["name"] for call in visitor.state["traffic"]}


def test_a_caller_chooses_when_to_be_called_and_the_card_says_so(visitor: Visitor) -> None:
    promise = asks_for_a_call(visitor, "+34600777002")["heard"][-1]

    assert promise.startswith("De acuerdo: te llamamos ")
    root = visitor.root("+34600777002")
    visitor.in_thread(root, "ha elegido que le llamemos ")
    assert promised_at(visitor.card(root, PROMISED)) == hour_of(promise)


def test_an_agent_calls_talks_and_the_promise_is_kept(visitor: Visitor) -> None:
    asks_for_a_call(visitor, "+34600777003")
    root = visitor.root("+34600777003")
    visitor.card(root, PROMISED)

    agents, customers = is_put_through(visitor, root, "+34600777003")
    visitor.at_telephone(customers, "pick_up")
    visitor.on_line(agents, "talk")
    visitor.at_telephone(agents, "voice", ALL_OF_IT)
    visitor.on_line(customers, "talk", heard=ALL_OF_IT)
    visitor.at_telephone(customers, "hang_up")

    visitor.call_over(agents)
    told = visitor.in_thread(root, "Marta Vidal ha hablado por teléfono con")
    assert re.search(r": \w+( y \w+)? segundos\.$", told["text"])
    visitor.card(root, but_not=PROMISED)


@pytest.mark.parametrize(
    ("number", "deed", "said"),
    [
        ("+34600777004", "busy", "comunica. Prueba dentro de un rato."),
        ("+34600777005", "ignore", "y no contesta. Prueba más tarde"),
        ("+34600777006", "machine", "ha contestado un buzón de voz"),
    ],
)
def test_a_call_in_vain_is_told_and_the_promise_stays(visitor: Visitor, number: str, deed: str, said: str) -> None:
    asks_for_a_call(visitor, number)
    root = visitor.root(number)
    visitor.card(root, PROMISED)

    agents, customers = is_put_through(visitor, root, number)
    visitor.at_telephone(customers, deed)
    if deed == "machine":
        visitor.on_line(agents, "talk")
        visitor.at_telephone(agents, "hang_up")

    visitor.in_thread(root, said)
    assert PROMISED in visitor.card(root)


def test_a_few_words_leave_the_promise_as_it_was(visitor: Visitor) -> None:
    asks_for_a_call(visitor, "+34600777010")
    root = visitor.root("+34600777010")
    visitor.card(root, PROMISED)

    agents, customers = is_put_through(visitor, root, "+34600777010")
    visitor.at_telephone(customers, "pick_up")
    visitor.on_line(agents, "talk")
    visitor.at_telephone(customers, "voice", "Ahora no puedo.")
    visitor.on_line(agents, "talk", heard="Ahora no puedo.")
    visitor.at_telephone(customers, "hang_up")

    visitor.in_thread(root, "la llamada ha durado muy poco")
    assert PROMISED in visitor.card(root)


def test_what_is_written_rings_nobody_up_and_nobody_is_called_while_the_shop_is_closed(visitor: Visitor) -> None:
    leaves_a_message(visitor, "+34600777011", "¿Cabe en el horno?")
    root = visitor.root("+34600777011", "Lo que escribas aquí se le lee por teléfono")

    visitor.answers(root, "Sí, cabe: mide 37 centímetros")
    question = visitor.in_thread(root, "Tu mensaje espera")
    visitor.marked(visitor.in_thread(root, "mide 37"), "telephone_receiver")
    visitor.card(root, "sin leer por teléfono")
    visitor.presses(question, "read_out")
    visitor.in_thread(root, "A estas horas no se llama a nadie")

    visitor.presses(question, "withhold")
    visitor.marked(visitor.in_thread(root, "mide 37"), "lock")
    visitor.card(root, but_not="sin leer por teléfono")
    assert [call for call in visitor.state["calls"] if call["phone"] == "+34600777011" and not call["over"]] == []


def test_whoever_hides_their_number_is_promised_nothing_and_cannot_be_written_to(visitor: Visitor) -> None:
    over = leaves_a_message(visitor, "anonymous", "Soy Javier, llamadme al 600 333 444")
    assert over["heard"][-1] == "Gracias: hemos guardado tu mensaje. Hasta luego."
    assert not [words for words in over["heard"] if "Te llamamos" in words]

    root = visitor.root("Número oculto", "no se le puede contestar")
    assert "prometida" not in visitor.card(root)
    visitor.answers(root, "¿Nos das tu número?")
    visitor.marked(visitor.in_thread(root, "¿Nos das tu número?"), "x")
    visitor.in_thread(root, "Llamó con el número oculto")


def test_an_agent_who_does_not_pick_up_is_told_of(visitor: Visitor) -> None:
    leaves_a_message(visitor, "+34600777007", "Llamadme")
    root = visitor.root("+34600777007")

    visitor.presses(root, "ring")
    visitor.at_telephone(visitor.rings(MARTAS), "busy")

    visitor.in_thread(root, "El teléfono de Marta Vidal no contesta")


def test_whoever_is_known_to_the_shop_is_named_on_the_card(visitor: Visitor) -> None:
    """The shop's own system has told of Ana's account, and of the number in it; she has never called."""
    leaves_a_message(visitor, ANAS, "Soy yo")
    root = visitor.root("Ana Molina", "teléfono")
    visitor.card(root, "+34 600 11 12 22: el número que figura en la tienda")


def test_a_missed_call_is_a_conversation_with_a_promise(visitor: Visitor) -> None:
    root = visitor.root(MISSED, patience=PATIENCE + 60)
    visitor.in_thread(root, "Ha llamado y ha colgado sin elegir nada.")
    visitor.card(root, "prometida")
