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
    "call.unreturnable": {
        "es": "No podemos devolver la llamada al número desde el que llamas. "
        "Si quieres que te llamemos, deja un mensaje y di en él otro teléfono.",
        "en": "We cannot call back the number that you are calling from. "
        "If you would like a call, leave a message and say another number in it.",
    },
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
    "call.menu.unknown": {"es": "Esa tecla no tiene nada.", "en": "There is nothing on that key."},
    "call.menu.language": {"es": "Para español, pulsa 9.", "en": "For English, press 9."},
    "call.hours": {
        "es": "{today} Atendemos el teléfono: {hours}.",
        "en": "{today} We are at the phone: {hours}.",
    },
    "call.hours.both": {
        "es": "{today} Nuestro horario: {shop}. Por teléfono atendemos: {hours}.",
        "en": "{today} Our hours: {shop}. At the phone: {hours}.",
    },
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
    "call.voicemail.number": {
        "es": "Di en tu mensaje un teléfono al que podamos llamarte: sin él no podremos contestarte.",
        "en": "Say in your message a number that we can call: without one we cannot get back to you.",
    },
    "call.voicemail.kept": {
        "es": "Gracias: hemos guardado tu mensaje. Hasta luego.",
        "en": "Thank you: your message is kept. Goodbye.",
    },
    "call.voicemail.thanks": {
        "es": "Gracias: tenemos tu mensaje y te contestamos. Hasta luego.",
        "en": "Thank you: we have your message and will get back to you. Goodbye.",
    },
    "call.voicemail.silent": {"es": "No hemos oído nada. Hasta luego.", "en": "We heard nothing. Goodbye."},
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
    "call.read_out.goodbye": {"es": "Gracias por escucharlo. Hasta luego.", "en": "Thank you for listening. Goodbye."},
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
    "deed.call": {"es": "Pide que le llamemos.", "en": "Asks to be called."},
    "deed.callback": {
        "es": "Ha llamado y pide que le llamemos cuanto antes.",
        "en": "Called, and asks to be called back as soon as possible.",
    },
    "deed.callback_at": {
        "es": "Ha llamado y ha elegido que le llamemos {when}.",
        "en": "Called, and chose to be called back {when}.",
    },
    "deed.callback_web": {
        "es": "Pide desde la web que le llamemos cuanto antes.",
        "en": "Asks on the web to be called as soon as possible.",
    },
    "deed.callback_at_web": {
        "es": "Pide desde la web que le llamemos {when}.",
        "en": "Asks on the web to be called {when}.",
    },
    "deed.voicemail": {"es": "Ha dejado un mensaje de voz.", "en": "Left a voice message."},
}
"""What somebody did who wrote nothing (``Received.deed``)."""

WHISPERED: dict[str, Phrase] = {
    "call.whisper": {
        "es": "Llamada de {shop} para hablar con {customer}. Pulsa 1 y te pongo con esa persona.",
        "en": "A call from {shop} to talk to {customer}. Press 1 to be put through.",
    },
    "call.whisper.subject": {
        "es": "Llamada de {shop} para hablar con {customer}, sobre: {subject}. Pulsa 1 y te pongo con esa persona.",
        "en": "A call from {shop} to talk to {customer}, about: {subject}. Press 1 to be put through.",
    },
    "call.whisper.gone": {"es": "Esa conversación ya no existe.", "en": "That conversation does not exist any more."},
    "call.whisper.over": {"es": "De acuerdo, no llamamos. Hasta luego.", "en": "Right, no call is made. Goodbye."},
    "call.putting_through": {"es": "Un momento.", "en": "One moment."},
    "call.bridged.busy": {"es": "Está comunicando. Queda anotado.", "en": "The line is busy. We made a note of it."},
    "call.bridged.nobody": {"es": "No contesta. Queda anotado.", "en": "Nobody answers. We made a note of it."},
}
"""What an agent hears who asked for a call."""

THREAD: dict[str, Phrase] = {
    "button.ring": {"es": "Llamar", "en": "Call"},
    "button.read_out": {"es": "Leérselo por teléfono", "en": "Read it out by phone"},
    "button.withhold": {"es": "No leérselo", "en": "Do not read it out"},
    "kept_back.question": {
        "es": "Tu mensaje espera: a {customer} se le llama y se le lee por teléfono cuando lo digas. Mientras tanto "
        "puedes cambiarlo o borrarlo.",
        "en": "Your message waits: {customer} is rung up and has it read out once you say so. Until then you can "
        "change or delete it.",
    },
    "kept_back.released": {
        "es": "Se llama a {customer} para leérselo. La marca de tu mensaje dice si le ha llegado.",
        "en": "{customer} is called to hear it. The mark on your message says whether it arrived.",
    },
    "kept_back.withheld": {"es": "A {customer} no se le ha leído.", "en": "{customer} did not hear it."},
    "kept_back.not_now": {
        "es": "A estas horas no se llama a nadie. El mensaje a {customer} sigue esperando: "
        "pulsa otra vez {when}, o más tarde.",
        "en": "Nobody is called at this hour. The message to {customer} goes on waiting: press again {when}, or later.",
    },
    "kept_back.never": {
        "es": "El horario del teléfono no abre nunca, así que el mensaje a {customer} no se le lee. "
        "Habla con quien cuida la política.",
        "en": "The hours of the phone never begin, so the message to {customer} is not read out. "
        "Talk to whoever looks after the policy.",
    },
    "call.hidden": {"es": "Número oculto", "en": "Hidden number"},
    "call.off": {
        "es": "El teléfono no está configurado del todo, así que no se puede llamar desde aquí. Avisa a {lead}.",
        "en": "The phone is not fully set up, so calls cannot be made from here. Tell {lead}.",
    },
    "call.no_phone": {
        "es": "No sé a qué teléfono llamarte. Pide a {lead} que lo ponga en la política de la tienda.",
        "en": "I do not know your telephone. Ask {lead} to put it into the shop's policy.",
    },
    "call.no_number": {
        "es": "No sé el teléfono de {customer}. Pídeselo en una respuesta, o míralo en su pedido.",
        "en": "I do not know the telephone of {customer}. Ask for it in an answer, or look at their order.",
    },
    "call.under_way": {
        "es": "Ya se está llamando a {customer}. Si no suena ningún teléfono, prueba dentro de dos minutos.",
        "en": "{customer} is being called already. If no telephone rings, try again in two minutes.",
    },
    "call.dear": {
        "es": "El número de {customer} es de tarificación especial o por satélite, así que desde aquí no se le llama. "
        "Pídele otro en una respuesta.",
        "en": "The number of {customer} is a premium-rate or satellite one, so it is not called from here. "
        "Ask for another one in an answer.",
    },
    "call.refused": {
        "es": "No he podido llamarte para hablar con {customer}: el operador no ha aceptado la llamada ({code}). "
        "Prueba dentro de un rato.",
        "en": "I could not ring you for {customer}: the operator did not take the call ({code}). Try again in a while.",
    },
    "notice.call.talked": {
        "es": "{agent} ha hablado por teléfono con {customer}: {span}.",
        "en": "{agent} talked to {customer} on the phone: {span}.",
    },
    "notice.call.cut_short": {
        "es": "{agent} ha llamado a {customer} y la llamada ha durado muy poco ({span}), así que sigue pendiente. "
        "Si ya está todo hablado, dilo en el menú de la ficha: «Ya hemos llamado».",
        "en": "{agent} called {customer}, and the call was very short ({span}), so it is still to be done. "
        "If all is said, say so in the card's menu: “The call was made”.",
    },
    "notice.call.machine": {
        "es": "{agent} ha llamado a {customer} y ha contestado un buzón de voz ({span}). Sigue pendiente.",
        "en": "{agent} called {customer}, and a voicemail answered ({span}). It is still to be done.",
    },
    "notice.call.busy": {
        "es": "{agent} ha llamado a {customer}: comunica. Prueba dentro de un rato.",
        "en": "{agent} called {customer}: the line is busy. Try again in a while.",
    },
    "notice.call.no_answer": {
        "es": "{agent} ha llamado a {customer} y no contesta. Prueba más tarde, o escríbele.",
        "en": "{agent} called {customer}, who does not answer. Try later, or write.",
    },
    "notice.call.failed": {
        "es": "{agent} ha llamado a {customer} y ese número no está disponible. Compruébalo antes de volver a llamar.",
        "en": "{agent} called {customer}, and the number cannot be reached. Check it before calling again.",
    },
    "notice.call.declined": {
        "es": "{agent} ha cogido el teléfono, pero al final no se ha llamado a {customer}.",
        "en": "{agent} picked up, but {customer} was not called in the end.",
    },
    "notice.call.agent_away": {
        "es": "El teléfono de {agent} no contesta: no se ha llamado a {customer}.",
        "en": "The telephone of {agent} does not answer: {customer} was not called.",
    },
    "notice.call.agent_unreachable": {
        "es": "No se puede llamar al teléfono de {agent}: comprueba su número en la política. "
        "No se ha llamado a {customer}.",
        "en": "The telephone of {agent} cannot be reached: check the number in the policy. {customer} was not called.",
    },
    "notice.transcript": {
        "es": "Transcripción del mensaje de voz: «{words}»",
        "en": "Transcript of the voice message: “{words}”",
    },
    "notice.transcript.more": {"es": "Sigue la transcripción: «{words}»", "en": "The transcript goes on: “{words}”"},
    "notice.transcript.empty": {
        "es": "En el mensaje de voz no se entiende ninguna palabra. Escucha la grabación.",
        "en": "No word could be made out in the voice message. Listen to the recording.",
    },
    "notice.transcript.failed": {
        "es": "El mensaje de voz no se ha podido transcribir. Escucha la grabación.",
        "en": "The voice message could not be written down. Listen to the recording.",
    },
}

CALL: dict[str, Phrase] = HEARD | DEEDS | WHISPERED | THREAD
