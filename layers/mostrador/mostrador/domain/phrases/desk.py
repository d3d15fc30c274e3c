"""A word to an agent about what they did."""

from mostrador.domain.phrases.phrase import Phrase

DESK: dict[str, Phrase] = {
    "edit.note_to_reply": {
        "es": "Esto sigue siendo una nota interna. Para responder a {customer}, escribe un mensaje nuevo.",
        "en": "This is still an internal note. To answer {customer}, write a new message.",
    },
    "edit.too_late": {
        "es": "El mensaje ya había salido: {customer} tiene la versión anterior. "
        "Si hace falta corregir algo, escribe otro mensaje en el hilo.",
        "en": "The message had already gone: {customer} has the earlier version. "
        "If something needs correcting, write another message in the thread.",
    },
    "edit.no_effect": {
        "es": "Editar este mensaje ya no cambia nada: no se va a enviar. "
        "Si hay algo que decirle a {customer}, escribe otro mensaje en el hilo.",
        "en": "Editing this message changes nothing any more: it will not be sent. "
        "If there is something to tell {customer}, write another message in the thread.",
    },
    "note.kept": {
        "es": "Se queda dentro: una línea de tu mensaje empieza por {mark}. "
        "Si era para {customer}, escríbelo otra vez sin esa marca.",
        "en": "It stays inside: a line of your message begins with {mark}. "
        "If it was for {customer}, write it again without that mark.",
    },
    "delete.cancelled": {
        "es": "Cancelado a tiempo: {customer} no recibirá ese mensaje.",
        "en": "Cancelled in time: {customer} will not get that message.",
    },
    "delete.too_late": {
        "es": "El mensaje ya había salido: {customer} lo tiene aunque lo borres aquí.",
        "en": "The message had already gone: {customer} has it even though you deleted it here.",
    },
    "reply.empty": {
        "es": "No hay nada que enviar: el mensaje se queda vacío sin las menciones ni el formato de Slack.",
        "en": "There is nothing to send: without Slack's mentions and formatting the message is empty.",
    },
    "reply.quarantine": {
        "es": "Este correo está en cuarentena: tu mensaje no se ha enviado. Déjalo pasar antes de responder.",
        "en": "This mail is in quarantine: your message was not sent. Let it in before you answer.",
    },
    "reply.external": {
        "es": "Solo el equipo de la tienda puede responder a los clientes: tu mensaje no se ha enviado.",
        "en": "Only the shop's own team can answer customers: your message was not sent.",
    },
    "claim.taken": {
        "es": "{agent} llegó antes y ya atiende esta conversación.",
        "en": "{agent} got here first and is already on this conversation.",
    },
    "delivery.unknown": {
        "es": "No se sabe si {customer} recibió tu mensaje por {channel}: la conexión se cortó al enviarlo. "
        "Pregúntale, o escríbelo otra vez si prefieres que llegue repetido a que no llegue.",
        "en": "Nobody can tell whether {customer} got your message by {channel}: the connection broke while sending. "
        "Ask, or write it again if arriving twice is better than not at all.",
    },
    "failure.title": {
        "es": "No se ha entregado a {customer} por {channel}",
        "en": "Not delivered to {customer} by {channel}",
    },
}
