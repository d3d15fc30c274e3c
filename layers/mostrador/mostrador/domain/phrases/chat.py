"""What visitors of the live chat read.

``{promise}`` reads "en unos minutos", "antes de las 12:30"; ``{when}`` reads "mañana a las 10:00".
"""

from mostrador.domain.phrases.phrase import Phrase

CHAT: dict[str, Phrase] = {
    "presence.here": {"es": "Ahora estamos: te respondemos {promise}.", "en": "We are here: we answer {promise}."},
    "presence.away": {
        "es": "Ahora mismo no hay nadie en el chat. Escríbenos igualmente: te respondemos en cuanto volvamos.",
        "en": "Nobody is in the chat right now. Write to us all the same: we answer as soon as we are back.",
    },
    "presence.closed": {
        "es": "Ahora está cerrado: volvemos {when}. Escríbenos igualmente y te respondemos entonces.",
        "en": "We are closed now and back {when}. Write to us all the same, and we answer then.",
    },
    "presence.closed.for_good": {
        "es": "Ahora el chat está cerrado. Escríbenos igualmente: te respondemos en cuanto podamos.",
        "en": "The chat is closed now. Write to us all the same: we answer as soon as we can.",
    },
    "chat.away": {
        "es": "Hemos recibido tu mensaje. Ahora mismo no hay nadie en el chat: te respondemos en cuanto volvamos. "
        "Puedes cerrar la página: la respuesta estará aquí cuando vuelvas.",
        "en": "We have your message. Nobody is in the chat right now: we answer as soon as we are back. "
        "You can close the page; the answer will be here when you return.",
    },
    "chat.by_mail": {
        "es": "Te hemos respondido en tu correo. Para leerlo también aquí, abre en este navegador el enlace de ese "
        "mensaje.",
        "en": "We answered in your mailbox. To read it here too, open the link of that message in this browser.",
    },
    "chat.error.too_long": {
        "es": "Ese mensaje es demasiado largo: caben {characters} caracteres. Mándalo en dos partes.",
        "en": "That message is too long: {characters} characters fit. Send it in two parts.",
    },
    "chat.error.too_many_files": {
        "es": "Caben {files} archivos en un mensaje. Manda los demás en otro.",
        "en": "One message takes {files} files. Send the others in another one.",
    },
    "chat.error.file_too_large": {
        "es": "Ese archivo es demasiado grande: caben {megabytes} MB.",
        "en": "That file is too large: {megabytes} MB fit.",
    },
    "chat.error.file_type": {
        "es": "Por aquí se pueden mandar fotos y documentos PDF. Prueba con uno de esos, o escríbenos un correo.",
        "en": "Pictures and PDF documents can be sent here. Try one of those, or write us an email.",
    },
    "chat.error.file_unknown": {
        "es": "Ese archivo ya no está: súbelo otra vez.",
        "en": "That file is no longer there: upload it again.",
    },
    "chat.error.email_invalid": {
        "es": "Esa dirección de correo no parece completa. Compruébala, por favor.",
        "en": "That email address does not look complete. Please check it.",
    },
    "chat.error.empty": {"es": "Falta el mensaje.", "en": "There is no message yet."},
    "chat.error.slow_down": {
        "es": "Has mandado muchos mensajes seguidos. Lo volvemos a intentar en un momento.",
        "en": "You sent many messages in a row. We try again in a moment.",
    },
    "chat.error.try_again": {
        "es": "No hemos podido recibirlo. Lo volvemos a intentar en un momento.",
        "en": "We could not take that. We try again in a moment.",
    },
    "chat.error.not_found": {"es": "Eso ya no está aquí.", "en": "That is no longer here."},
    "chat.error.refused": {
        "es": "Esto no se puede mandar por el chat. Escríbenos un correo.",
        "en": "This cannot be sent by chat. Write us an email.",
    },
}
