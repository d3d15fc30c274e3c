"""The card of a conversation, its states and its buttons."""

from mostrador.domain.phrases.phrase import Phrase

CARD: dict[str, Phrase] = {
    "channel.email": {"es": "correo", "en": "email"},
    "channel.sms": {"es": "SMS", "en": "SMS"},
    "channel.unreadable": {"es": "aviso técnico", "en": "technical notice"},
    "state.open": {"es": "Abierta", "en": "Open"},
    "state.closed": {"es": "Cerrada", "en": "Closed"},
    "card.summary": {"es": "{customer} escribe por {channel}", "en": "{customer} writes by {channel}"},
    "card.summary.subject": {
        "es": "{customer} escribe por {channel}: {subject}",
        "en": "{customer} writes by {channel}: {subject}",
    },
    "card.opened": {"es": "llegó {when}", "en": "arrived {when}"},
    "card.waiting": {"es": "espera respuesta: {when}", "en": "waiting for an answer: {when}"},
    "card.answered": {"es": "al día: nadie espera respuesta", "en": "up to date: nobody is waiting"},
    "card.assignee": {"es": "la atiende {agent}", "en": "{agent} is on it"},
    "card.unassigned": {"es": "sin asignar", "en": "unassigned"},
    "card.nameless": {"es": "Sin nombre", "en": "No name"},
    "card.untrusted": {
        "es": "Remitente sin verificar: el correo no demuestra que venga de esa dirección. "
        "Antes de dar datos de un pedido, confirma quién es.",
        "en": "Unverified sender: the mail does not prove that it comes from that address. "
        "Confirm who it is before you share anything about an order.",
    },
    "card.opted_out": {
        "es": "Ha pedido no recibir más mensajes por {channel}: lo que respondas aquí no se enviará.",
        "en": "Asked for no more messages by {channel}: what you answer here will not be sent.",
    },
    "button.claim": {"es": "Atender", "en": "Claim"},
    "button.close": {"es": "Cerrar", "en": "Close"},
    "button.reopen": {"es": "Reabrir", "en": "Reopen"},
    "button.release": {"es": "Dejar pasar", "en": "Let it in"},
    "quarantine.spam": {
        "es": "En cuarentena: parece correo no deseado. Nadie lo ha visto todavía; "
        "si conoces a quien escribe, déjalo pasar.",
        "en": "In quarantine: it looks like spam. Nobody has seen it yet; if you know who is writing, let it in.",
    },
    "quarantine.virus": {
        "es": "En cuarentena: lleva un virus. Si lo dejas pasar verás el texto; los archivos no se han guardado.",
        "en": "In quarantine: it carries a virus. If you let it in you will see the text; the files were not kept.",
    },
    "confirm.release.title": {"es": "¿Dejar pasar este correo?", "en": "Let this mail in?"},
    "confirm.release.text": {
        "es": "Su contenido se verá en este hilo. No abras enlaces de alguien a quien no conoces.",
        "en": "What it says will be shown in this thread. Do not open links from somebody you do not know.",
    },
    "confirm.release.yes": {"es": "Dejar pasar", "en": "Let it in"},
    "confirm.release.no": {"es": "Todavía no", "en": "Not yet"},
    "confirm.close.title": {"es": "¿Cerrar la conversación?", "en": "Close the conversation?"},
    "confirm.close.text": {
        "es": "Si la persona vuelve a escribir, se abrirá sola otra vez.",
        "en": "If the customer writes again, it reopens by itself.",
    },
    "confirm.close.yes": {"es": "Cerrar", "en": "Close"},
    "confirm.close.no": {"es": "Todavía no", "en": "Not yet"},
}
