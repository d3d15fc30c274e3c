"""Why an answer did not arrive, and what to do next."""

from mostrador.domain.phrases.phrase import Phrase

FAILURE: dict[str, Phrase] = {
    "failure.opted_out": {
        "es": "{customer} ha pedido no recibir más mensajes por {channel} (STOP). Escríbele por otro canal.",
        "en": "{customer} asked for no more messages by {channel} (STOP). Write through another channel.",
    },
    "failure.address_invalid": {
        "es": "La dirección o el número no existe. Compruébalo en el pedido y escribe por otro canal.",
        "en": "The address or number does not exist. Check it against the order and use another channel.",
    },
    "failure.number_not_called": {
        "es": "A ese número no se llama: es de tarificación especial, por satélite o el de la propia tienda. "
        "Pide otro a {customer} o escribe por otro canal.",
        "en": "That number is not called: it is a premium-rate or satellite one, or the shop's own. "
        "Ask {customer} for another one, or use another channel.",
    },
    "failure.number_hidden": {
        "es": "Llamó con el número oculto: no se le puede llamar ni escribir, y tu mensaje no le llega. "
        "Si ha dicho un teléfono en su mensaje de voz, llama a ese.",
        "en": "The call came from a hidden number: nobody can call or write back, and your message reaches nobody. "
        "If the voice message says a number, call that one.",
    },
    "failure.unreachable": {
        "es": "Ahora no se puede llegar a {customer}: puede tener el teléfono apagado o el buzón lleno. "
        "Prueba más tarde o por otro canal.",
        "en": "{customer} cannot be reached now: the phone may be off or the mailbox full. "
        "Try later or through another channel.",
    },
    "failure.not_a_mobile": {
        "es": "Es un teléfono fijo y no recibe {channel}. Llama por teléfono o escribe un correo.",
        "en": "It is a landline and cannot receive {channel}. Call, or write an email.",
    },
    "failure.blocked": {
        "es": "El operador o el servidor de {customer} ha bloqueado el mensaje. "
        "Escríbelo con otras palabras y sin enlaces, o usa otro canal.",
        "en": "The carrier or server of {customer} blocked the message. "
        "Reword it without links, or use another channel.",
    },
    "failure.bounced": {
        "es": "El correo ha vuelto: el servidor de {customer} no lo acepta. "
        "Comprueba la dirección y escribe por otro canal.",
        "en": "The mail came back: the server of {customer} does not accept it. "
        "Check the address and use another channel.",
    },
    "failure.complained": {
        "es": "{customer} ha marcado nuestro correo como no deseado. No le escribas más por {channel}; "
        "si hace falta hablar, usa otro canal.",
        "en": "{customer} marked our mail as spam. Do not write by {channel} any more; "
        "if you need to talk, use another channel.",
    },
    "failure.too_long": {
        "es": "El mensaje es demasiado largo para {channel}. Acórtalo o envíalo en dos mensajes.",
        "en": "The message is too long for {channel}. Shorten it, or send it as two messages.",
    },
    "failure.attachment_refused": {
        "es": "Por {channel} no se puede enviar ese archivo. Envíalo por correo o comparte un enlace.",
        "en": "That file cannot go out by {channel}. Send it by email, or share a link.",
    },
    "failure.attachment_missing": {
        "es": "No se ha podido leer el archivo adjunto. Súbelo otra vez en un mensaje nuevo.",
        "en": "The attached file could not be read. Upload it again in a new message.",
    },
    "failure.sender_not_allowed": {
        "es": "La tienda no tiene permiso para enviar desde esa dirección o número. "
        "Avisa a quien administra Mostrador: hay que verificar el remitente.",
        "en": "The shop may not send from that address or number. "
        "Tell whoever runs Mostrador: the sender has to be verified.",
    },
    "failure.credentials": {
        "es": "El proveedor de {channel} no acepta nuestras credenciales. "
        "Avisa a quien administra Mostrador y escribe mientras tanto por otro canal.",
        "en": "The provider of {channel} does not accept our credentials. "
        "Tell whoever runs Mostrador, and use another channel meanwhile.",
    },
    "failure.account_suspended": {
        "es": "La cuenta de {channel} de la tienda está suspendida o sin saldo. "
        "Avisa a quien administra Mostrador y escribe mientras tanto por otro canal.",
        "en": "The shop's {channel} account is suspended or out of credit. "
        "Tell whoever runs Mostrador, and use another channel meanwhile.",
    },
    "failure.rate_limited": {
        "es": "Hemos enviado demasiados mensajes seguidos por {channel}. Espera unos minutos y escríbelo otra vez.",
        "en": "We sent too many messages by {channel} in a row. Wait a few minutes and write it again.",
    },
    "failure.provider_down": {
        "es": "El proveedor de {channel} no responde. Escríbelo otra vez dentro de un rato, o usa otro canal.",
        "en": "The provider of {channel} does not answer. Write it again in a while, or use another channel.",
    },
    "failure.window_closed": {
        "es": "{channel} solo deja escribir libremente un tiempo después de que escriba {customer}, y ya ha pasado. "
        "Elige una plantilla aprobada en la ficha, o escribe por otro canal.",
        "en": "{channel} lets us write freely only for a while after {customer} wrote, and that time is over. "
        "Choose an approved template on the card, or write through another channel.",
    },
    "failure.template_refused": {
        "es": "{channel} no acepta la plantilla: puede no estar aprobada, o tener otros huecos. "
        "Avisa a quien cuida la política y prueba con otra plantilla o por otro canal.",
        "en": "{channel} does not accept the template: it may not be approved, or have other places. "
        "Tell whoever looks after the policy, and try another template or another channel.",
    },
    "failure.one_at_a_time": {
        "es": "Todo eso no cabe en un mensaje de {channel}: va un solo archivo cada vez, y los audios van sin texto. "
        "Envíalo por partes.",
        "en": "All of that does not fit into one message by {channel}: one file goes at a time, and audio without "
        "text. Send it in parts.",
    },
    "failure.left_behind": {
        "es": "{customer} no está, y al volver verá otra conversación, la que empezó después. Escribe en su hilo.",
        "en": "{customer} is not there, and finds a newer conversation on return. Write in the thread of that one.",
    },
    "failure.line_busy": {
        "es": "{customer} está comunicando. Prueba dentro de un rato o por otro canal.",
        "en": "The line of {customer} is busy. Try again in a while, or through another channel.",
    },
    "failure.not_answered": {
        "es": "{customer} no contesta al teléfono. Prueba más tarde o por otro canal.",
        "en": "{customer} does not answer the phone. Try later, or through another channel.",
    },
    "failure.rejected": {
        "es": "El proveedor de {channel} ha rechazado el mensaje. Prueba por otro canal "
        "y avisa a quien administra Mostrador.",
        "en": "The provider of {channel} rejected the message. Try another channel, and tell whoever runs Mostrador.",
    },
}
