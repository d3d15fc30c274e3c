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
    "reply.window_closed": {
        "es": "Hace demasiado que {customer} no escribe: por {channel} tu mensaje no le llegará. "
        "Elige una plantilla aprobada con «Plantilla…», en la ficha.",
        "en": "{customer} has not written for too long: by {channel} your message will not arrive. "
        "Choose an approved template with “Template…”, on the card.",
    },
    "template.which": {
        "es": "¿Qué plantilla le enviamos a {customer}? Sale en unos segundos, palabra por palabra como está aquí, "
        "y ya no se puede retirar.",
        "en": "Which template shall we send to {customer}? It leaves in a few seconds, word by word as it stands here, "
        "and cannot be taken back.",
    },
    "template.gone": {
        "es": "Esa plantilla ya no está en la política para {channel}: no se ha enviado nada.",
        "en": "That template is not in the policy for {channel} any more: nothing was sent.",
    },
    "reply.quarantine": {
        "es": "Este correo está en cuarentena: tu mensaje no se ha enviado. Déjalo pasar antes de responder.",
        "en": "This mail is in quarantine: your message was not sent. Let it in before you answer.",
    },
    "reply.external": {
        "es": "Solo el equipo de la tienda puede responder a los clientes: tu mensaje no se ha enviado.",
        "en": "Only the shop's own team can answer customers: your message was not sent.",
    },
    "agent.unknown": {
        "es": "No estás entre quienes atienden en {shop}: no se ha enviado ni cambiado nada. "
        "Para que te den de alta, habla con {lead}.",
        "en": "You are not among those who answer customers at {shop}: nothing was sent or changed. "
        "To be added, talk to {lead}.",
    },
    "snooze.no_hours": {
        "es": "No se ha pospuesto: según el horario de la tienda, no hay ninguna apertura a la que esperar. "
        "Elige 1 hora o 3 días.",
        "en": "It was not snoozed: by the shop's hours there is no opening to wait for. Choose 1 hour or 3 days.",
    },
    "call.no_hours": {
        "es": "No se ha prometido ninguna llamada: el horario del teléfono no abre nunca. "
        "Habla con quien cuida la política.",
        "en": "No call was promised: the hours of the phone never begin. Talk to whoever looks after the policy.",
    },
    "protocol.none": {
        "es": "La política no tiene ahora ningún protocolo para esta conversación.",
        "en": "The policy has no protocol for this conversation now.",
    },
    "why.unknown": {
        "es": "No consta por qué está aquí: llegó antes de que la política lo dejara escrito.",
        "en": "There is no record of why it is here: it arrived before the policy kept one.",
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
