"""What a caller hears, and what the thread says of a call.

The first are spoken by a synthetic voice: short sentences, and the key at the end, where one is still listening.
``{when}`` reads "mañana a las 10:30"; ``{number}`` is a telephone number, spaced so that it is read digit by digit.
"""

from mostrador.domain.phrases.phrase import Phrase

HEARD: dict[str, Phrase] = {
    "call.greeting": {"es": "Hola, has llamado a {shop}.", "en": "Hello, you have reached {shop}."},
    "call.attended": {
        "es": "Te llamamos nosotros, para que no tengas que esperar.",
        "en": "We call you back, so that you do not have to wait.",
    },
    "call.closed": {"es": "Ahora no atendemos el teléfono.", "en": "Nobody is at the phone right now."},
    "call.menu.soon": {
        "es": "Para que te llamemos en cuanto podamos, pulsa 1.",
        "en": "To be called back as soon as possible, press 1.",
    },
    "call.menu.opening": {
        "es": "Para que te llamemos en cuanto abramos, {when}, pulsa 1.",
        "en": "To be called back as soon as we open, {when}, press 1.",
    },
    "call.menu.time": {"es": "Para elegir la hora, pulsa 2.", "en": "To choose the time, press 2."},
    "call.menu.voicemail": {"es": "Para dejar un mensaje, pulsa 3.", "en": "To leave a message, press 3."},
    "call.menu.hours": {"es": "Para oír el horario, pulsa 4.", "en": "To hear our hours, press 4."},
    "call.menu.language": {"es": "Para español, pulsa 9.", "en": "For English, press 9."},
    "call.hours": {"es": "{today} Nuestro horario: {hours}.", "en": "{today} Our hours: {hours}."},
    "call.slot": {"es": "{when}, pulsa {key}.", "en": "{when}, press {key}."},
    "call.slots": {"es": "Elige cuándo te llamamos.", "en": "Choose when we call you."},
    "call.promised": {
        "es": "De acuerdo: te llamamos {when} a este número. Hasta luego.",
        "en": "Right: we will call you {when} on this number. Goodbye.",
    },
    "call.promised.soon": {
        "es": "De acuerdo: te llamamos a este número en cuanto podamos. Hasta luego.",
        "en": "Right: we will call you on this number as soon as possible. Goodbye.",
    },
    "call.voicemail": {
        "es": "Deja tu mensaje después de la señal. "
        "Se graba para poder atenderte. Cuando acabes, pulsa almohadilla o cuelga.",
        "en": "Leave your message after the tone. "
        "It is recorded so that we can help you. Press hash when done, or hang up.",
    },
    "call.voicemail.thanks": {
        "es": "Gracias: tenemos tu mensaje y te contestamos. Hasta luego.",
        "en": "Thank you: we have your message and will get back to you. Goodbye.",
    },
    "call.voicemail.empty": {
        "es": "No hemos oído nada, pero sabemos que has llamado. Hasta luego.",
        "en": "We heard nothing, but we know that you called. Goodbye.",
    },
    "call.noted": {
        "es": "Hemos anotado tu llamada. Hasta luego.",
        "en": "We have made a note of your call. Goodbye.",
    },
    "call.read_out.opening": {
        "es": "Hola, te llamamos de {shop} con un mensaje de {agent}.",
        "en": "Hello, this is {shop} with a message from {agent}.",
    },
    "call.read_out.again": {"es": "Lo repito.", "en": "Once more."},
    "call.goodbye": {"es": "Gracias por llamar. Hasta luego.", "en": "Thank you for calling. Goodbye."},
    "call.trouble": {
        "es": "Perdona, algo no va bien por nuestra parte. Sabemos que has llamado y lo miramos. Hasta luego.",
        "en": "Sorry, something is wrong on our side. We know that you called and will look into it. Goodbye.",
    },
}

DEEDS: dict[str, Phrase] = {
    "deed.missed_call": {
        "es": "Ha llamado y ha colgado sin elegir nada.",
        "en": "Called, and hung up without choosing anything.",
    },
    "deed.callback": {
        "es": "Ha llamado y pide que le llamemos cuanto antes.",
        "en": "Called, and asks to be called back as soon as possible.",
    },
    "deed.callback_at": {
        "es": "Ha llamado y ha elegido una hora para que le llamemos.",
        "en": "Called, and chose a time to be called back.",
    },
    "deed.voicemail": {"es": "Ha dejado un mensaje de voz.", "en": "Left a voice message."},
}
"""What somebody did who wrote nothing (``Received.deed``)."""

CALL: dict[str, Phrase] = HEARD | DEEDS
