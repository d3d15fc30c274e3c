"""A script in Twilio's words (Twilio, "TwiML for Programmable Voice")."""

import re

from twilio.twiml.voice_response import Gather, VoiceResponse

from mostrador.channels.base import HttpAnswer
from mostrador.channels.phone.script import Ask, Bridge, GoOn, HangUp, Part, Record, Reject, Say, Script

VOICES = {"es": ("es-ES", "Polly.Lucia-Neural"), "en": ("en-GB", "Polly.Amy-Neural")}
RINGS = 30
"""Seconds until nobody answers."""
LONGEST_TALK = 2 * 3600
"""Seconds after which a line that somebody forgot is hung up: it is paid for by the minute."""
SILENCE = 5
"""Seconds of silence that end a recording."""
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold: a name with one of these would end the call."""


def answer(script: Script) -> HttpAnswer:
    return HttpAnswer(200, twiml(script), "text/xml; charset=utf-8")


def twiml(script: Script) -> str:
    response = VoiceResponse()
    for part in script:
        _add(response, part)
    return str(response)


def _add(response: VoiceResponse, part: Part) -> None:
    match part:
        case Say():
            _say(response, part)
        case Ask(says, then, seconds):
            gather = response.gather(input="dtmf", num_digits=1, timeout=seconds, action=then)
            for each in says:
                _say(gather, each)
        case Record(then, longest):
            # Without `action`, Twilio would ask for the same document again, and again.
            response.record(action=then, max_length=longest, timeout=SILENCE, finish_on_key="#", play_beep=True)
        case GoOn(then):
            response.redirect(then)
        case Bridge():
            _bridge(response, part)
        case HangUp():
            response.hangup()
        case Reject():
            response.reject(reason="busy")


def _bridge(response: VoiceResponse, part: Bridge) -> None:
    """Until the other side answers, whoever asked hears it ring."""
    how = {"answer_on_bridge": True, "timeout": RINGS, "time_limit": LONGEST_TALK}
    dial = response.dial(action=part.then, caller_id=part.caller_id, **how)
    dial.number(part.number, machine_detection="Enable", amd_status_callback=part.machine)


def _say(where: VoiceResponse | Gather, said: Say) -> None:
    language, voice = VOICES[said.language]
    text = _UNSPEAKABLE.sub(" ", said.text)
    where.say(text, language=language, voice=voice)  # type: ignore[no-untyped-call]  # Twilio's own
