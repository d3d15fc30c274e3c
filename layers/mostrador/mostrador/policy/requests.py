"""Whether somebody who was answered automatically asks for a person or a call, or is content with it."""

from collections.abc import Iterator, Mapping, Sequence

from mostrador.policy.model import Policy
from mostrador.policy.words import QUESTION, STOP, finder, words_of

CALLBACK = "callback"
PERSON = "person"

SHORT = 8
"""Words of a message that may be nothing but the request."""
LONG = 40
"""Words of a message in which a request that is a whole phrase ("talk to somebody") counts by itself."""

# What stands around a request and changes nothing of it.
_COURTESY_WORDS = """
a ahi al algun alguna aqui buenas buenos con de del dias el equipo es favor gracias hablar hay hola humana me
mejor mi no necesito o ok por prefiero quiero quisiera real si tardes tienda un una vale vuestra y ya an and
any hello here hi i id im is like need of please prefer rather real speak talk team thank thanks the there to
want would yes you
"""
_COURTESY = frozenset(_COURTESY_WORDS.split())
_WISHES = """
quiero/quisiera/querría/quería/prefiero/preferiría/necesito/deseo/desearía/gustaría/puedo/podría/pueden/puede/podéis
hay/solicito/exijo/ruego/dejadme/déjame/pasadme/pásame/pásenme/páseme/ponme/ponedme/póngame/pónganme/comuníqueme/comunícame
want/need/prefer/rather/like/can/could/may/let/get/put/give/is
"""
_WISH = "/".join(_WISHES.split())
_TALK = (
    "hablar/hablo/hable/chatear/comunicar*/contactar/atend*/atiend*/contest*/respond*/pasar*/pasáis"
    "/talk/speak/chat/transfer/connect/through/contact/answer/reply"
)
_DIRECT = "pasadme/pásame/pásenme/páseme/ponme/ponedme/póngame/pónganme/comuníqueme/comunícame/connect/transfer"
_THANKS = frozenset({"gracias", "thanks", "thank", "cheers", "merci", "gracies"})
_CONTENT_WORDS = """
a adios all and aclarado ayuda bien buen buena buenas bye clear de del dia entendido eso estupendo everything excelente
fenomenal for genial good got great hasta have help i information informacion it la las lo lovely luego mil much muchas
muchisimas muy nice no ok okay para perfect perfecto por que quick rapida really respuesta response right saludo
saludos so solo super tan tarde tardes that thats the todo un una vale very was with y ya you your
"""
_CONTENT = frozenset(_CONTENT_WORDS.split())
_NOT = ("no", "nunca", "sin", "dont", "do not", "never", "not")


def asked_for(policy: Policy, text: str, language: str) -> str:
    """``callback``, ``person``, or nothing, by the words of ``policy.requests``.

    A word alone ("PERSONA") counts where it is the message, or where it is plainly wished for ("quiero hablar con una
    persona"), and not where a message merely has it. Words of another language count in SHORT messages.
    """
    words = words_of(text)
    if any(_calls(words, phrase) for phrase in _heard(policy.requests.get(CALLBACK, {}), language, words)):
        return CALLBACK
    if any(_wishes(words, phrase) for phrase in _heard(policy.requests.get(PERSON, {}), language, words)):
        return PERSON
    return ""


def is_content(text: str, name: str = "") -> bool:
    """Whether a message says thanks, and nothing that anybody would have to answer; or holds signs alone, as a heart.

    ``name`` is the sender's, with which they may have signed.
    """
    words = [word for word in words_of(text) if word != STOP]
    if not words:
        return bool(text.strip())
    signed = _CONTENT.union(_THANKS, words_of(name))
    return len(words) <= SHORT and not _THANKS.isdisjoint(words) and signed.issuperset(words)


def _heard(requests: Mapping[str, Sequence[str]], language: str, words: Sequence[str]) -> Iterator[str]:
    """The phrases that stand in a message at all, found in one pass: most messages hold none, and are done with."""
    for spoken, phrases in requests.items():
        if spoken == language or language not in requests or len(words) <= SHORT:
            places = {found.phrase for found in finder(tuple(phrases)).find(words)}
            yield from (phrases[place] for place in sorted(places))


def _calls(words: Sequence[str], phrase: str) -> bool:
    """A call is asked for with a verb: the message may say when, to which number, and why."""
    return len(words) <= LONG and _stands(words, phrase) and not _denied(words, phrase)


def _wishes(words: Sequence[str], phrase: str) -> bool:
    if len(words) <= SHORT and _is_all(words, phrase):
        return True
    if _denied(words, phrase):
        return False
    if " " in phrase.strip():
        return (len(words) <= LONG and _stands(words, phrase)) or _stands(words, f"{_WISH} .. {phrase}")
    return any(_stands(words, f"{wish} .. {phrase}") for wish in (f"{_WISH} .. {_TALK}", _DIRECT, "get/give me"))


def _is_all(words: Sequence[str], phrase: str) -> bool:
    """Whether a message is the request and nothing else of weight."""
    found = next(finder((phrase,)).find(words), None)
    if found is None:
        return False
    rest = (word for place, word in enumerate(words) if place not in found.at)
    return all(word in _COURTESY or word in {STOP, QUESTION} for word in rest)


def _denied(words: Sequence[str], phrase: str) -> bool:
    return any(_stands(words, f"{no} {phrase}") or _stands(words, f"{no} me {phrase}") for no in _NOT)


def _stands(words: Sequence[str], phrase: str) -> bool:
    return next(finder((phrase,)).find(words), None) is not None
