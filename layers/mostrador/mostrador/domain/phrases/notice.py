"""What the counter itself says in a thread: promises, snoozes, who takes over.

``{deadline}`` reads "antes de las 12:30", "mañana antes de las 12:30"; ``{span}`` reads "media hora", "dos horas";
``{when}`` reads "el lunes 23 de noviembre a las 10:00".
"""

from mostrador.domain.phrases.phrase import Phrase

NOTICE: dict[str, Phrase] = {
    "notice.handed_over": {
        "es": "{customer} necesita a una persona: la respuesta automática no ha bastado.",
        "en": "{customer} needs a person: the automatic answer was not enough.",
    },
    "notice.given": {
        "es": "La conversación con {customer} es ahora tuya.",
        "en": "The conversation with {customer} is now yours.",
    },
    "notice.not_reached": {
        "es": "La respuesta automática no le ha llegado a {customer}: necesita a una persona.",
        "en": "The automatic answer did not reach {customer}: they need a person.",
    },
    "notice.promise": {
        "es": "Prometimos responder a {customer} {deadline}; aún tenemos {span}.",
        "en": "We promised {customer} an answer {deadline}; we still have {span}.",
    },
    "notice.promise.broken": {
        "es": "{customer} sigue sin respuesta: la prometimos {deadline}.",
        "en": "{customer} still has no answer: we promised it {deadline}.",
    },
    "notice.wake": {
        "es": "Vuelve la conversación con {customer}, que estaba aplazada hasta ahora.",
        "en": "The conversation with {customer} is back: it was snoozed until now.",
    },
    "notice.callback": {
        "es": "Toca llamar a {customer}, como le prometimos. Cuando hayas llamado, márcalo en el menú de la ficha.",
        "en": "It is time to call {customer}, as promised. When you have, say so in the card's menu.",
    },
    "notice.callback.ring": {
        "es": "Toca llamar a {customer}, como le prometimos. Pulsa Llamar en la ficha; "
        "si llamas de otra manera, márcalo después en su menú.",
        "en": "It is time to call {customer}, as promised. Press Call on the card; "
        "if you call in another way, say so in its menu afterwards.",
    },
    "notice.callback.overdue": {
        "es": "La llamada a {customer} va con retraso: la prometimos para {when}. ¿Quién puede llamar?",
        "en": "The call to {customer} is overdue: we promised it for {when}. Who can call?",
    },
    "notice.callback.moved": {
        "es": "Nueva hora para llamar a {customer}: {when} (antes, {before}).",
        "en": "New time for the call to {customer}: {when} (it was {before}).",
    },
    "notice.callback.kept": {
        "es": "La hora para llamar a {customer} sigue siendo la que eligió, {when}: quien pide otra desde la web no ha "
        "demostrado que ese número sea suyo.",
        "en": "The call to {customer} stays at the time that they chose, {when}: whoever asks for another on the web "
        "has not shown that the number is theirs.",
    },
    "notice.follow_up": {
        "es": "Seguimos sin noticias de {customer}. ¿Le escribes, o cerramos la conversación?",
        "en": "Still no word from {customer}. Will you write to them, or shall we close the conversation?",
    },
    "notice.follow_up.closes": {
        "es": "Seguimos sin noticias de {customer}. Si nadie dice nada, la conversación se cerrará {when}.",
        "en": "Still no word from {customer}. If nobody says anything, the conversation closes {when}.",
    },
    "notice.window": {
        "es": "{customer} sigue esperando, y por {channel} solo se le puede escribir libremente {deadline}. "
        "Después, solo plantillas.",
        "en": "{customer} is still waiting, and by {channel} free text reaches them only {deadline}. "
        "After that, templates only.",
    },
    "notice.community": {
        "es": "La comunidad ya ha tenido su tiempo para responder a {customer}: ahora nos toca a nosotros.",
        "en": "The community has had its time to answer {customer}: now it is our turn.",
    },
    "notice.mail": {
        "es": "{customer} ha dejado su correo, {mail}: si se va del chat, tus respuestas le llegarán por ahí.",
        "en": "{customer} left an email address, {mail}: if they leave the chat, your answers go there.",
    },
    "notice.mail.proven": {
        "es": "{customer} ha abierto en el chat el enlace de su correo, {mail}: es la misma persona.",
        "en": "{customer} opened, in the chat, the link of their mail, {mail}: it is the same person.",
    },
    "notice.mail.none": {
        "es": "{customer} ha retirado su correo: si se va del chat, leerá tus respuestas cuando vuelva.",
        "en": "{customer} took their email address back: if they leave the chat, they read your answers on return.",
    },
}
