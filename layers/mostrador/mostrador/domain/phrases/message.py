"""What customers wrote, as the desk shows it."""

from mostrador.domain.phrases.phrase import Phrase

MESSAGE: dict[str, Phrase] = {
    "message.automatic": {
        "es": "Respuesta automática: la ha escrito una máquina.",
        "en": "Automatic reply: a machine wrote it.",
    },
    "message.acknowledged": {
        "es": "Respuesta automática a {customer}: {text}",
        "en": "Automatic answer to {customer}: {text}",
    },
    "message.template": {
        "es": "{agent} envía una plantilla a {customer}: {text}",
        "en": "{agent} sends {customer} a template: {text}",
    },
    "message.forwarded": {
        "es": "Reenvía un mensaje que, según dice, escribió {author}. Tu respuesta va a quien lo reenvía.",
        "en": "Passes on a message that, it says, {author} wrote. Your answer goes to whoever passed it on.",
    },
    "warning.visitor": {
        "es": "Por el chat: nada demuestra todavía que sea quien respondió por correo. No des aquí datos suyos; "
        "se sabrá si abre en el chat el enlace de uno de tus correos.",
        "en": "By chat: nothing proves yet that this is whoever replied by mail. Tell nothing about them here; it will "
        "be known once they open, in the chat, the link of a mail of yours.",
    },
    "warning.address_in_name": {
        "es": "El nombre de quien escribe contiene la dirección de otra persona: puede querer pasar por ella.",
        "en": "The sender's name shows somebody else's address: they may want to pass for them.",
    },
    "warning.hidden_letters": {
        "es": "El nombre de quien escribe lleva letras que no se ven: puede querer pasar por otra persona.",
        "en": "The sender's name has letters that cannot be seen: they may want to pass for somebody else.",
    },
    "warning.mixed_scripts": {
        "es": "El dominio de quien escribe usa letras de otro alfabeto que parecen las nuestras.",
        "en": "The sender's domain uses letters of another alphabet that look like ours.",
    },
    "warning.reply_to_look_alike": {
        "es": "Pide respuesta en una dirección que solo se parece a la suya. Respondemos a la dirección que escribió.",
        "en": "Asks for answers at an address that only resembles its own. We answer the address that wrote.",
    },
    "warning.several_senders": {
        "es": "El correo dice tener varios autores; se muestra solo el primero.",
        "en": "The mail names several authors; only the first is shown.",
    },
    "warning.forwarded": {
        "es": "Reenviado: lo que dice puede haberlo escrito otra persona.",
        "en": "Passed on: somebody else may have written what it says.",
    },
    "warning.unsupported": {
        "es": "Ha enviado algo que no llega hasta aquí (una encuesta, algo ya borrado…). Pídele que lo cuente con "
        "palabras o con una foto.",
        "en": "Sent something that does not come through (a poll, something deleted…). Ask for it in words or as a "
        "photo.",
    },
    "message.untrusted": {
        "es": "Remitente sin verificar.",
        "en": "Unverified sender.",
    },
    "unreadable.text": {
        "es": "Ha llegado algo de {provider} que no se entiende. No se ha perdido nada: los datos están "
        "tal como llegaron en el archivo de este hilo. Enséñaselo a quien cuida la instalación.",
        "en": "Something arrived from {provider} that could not be read. Nothing is lost: the data is in the file "
        "of this thread, just as it came. Show it to whoever looks after the installation.",
    },
    "message.empty": {"es": "(mensaje sin texto)", "en": "(message without text)"},
    "message.page": {"es": "Está en: {title} ({path})", "en": "On the page: {title} ({path})"},
    "message.page.nameless": {"es": "Está en: {path}", "en": "On the page: {path}"},
    "message.late": {"es": "Escrito {when}; nos llegó más tarde.", "en": "Written {when}; it reached us later."},
    "message.subject": {"es": "Asunto: {subject}", "en": "Subject: {subject}"},
    "message.continues": {
        "es": "El mensaje sigue: está entero en el archivo {file} de este hilo.",
        "en": "The message goes on: all of it is in the file {file} of this thread.",
    },
    "message.file": {"es": "mensaje-{sequence}.txt", "en": "message-{sequence}.txt"},
    "message.refused": {
        "es": "Slack no acepta este mensaje tal como está escrito: léelo en el archivo {file} de este hilo.",
        "en": "Slack does not accept this message the way it is written: read it in the file {file} of this thread.",
    },
    "attachment.kept": {"es": "{name} ({size})", "en": "{name} ({size})"},
    "attachment.more": {"es": "y {count} más", "en": "and {count} more"},
    "attachment.too_large": {
        "es": "{name} ({size}) es demasiado grande y no se ha guardado. Pide que lo envíen con un enlace.",
        "en": "{name} ({size}) is too large and was not kept. Ask for a link to it instead.",
    },
    "attachment.unavailable": {
        "es": "{name} no se ha podido descargar. Pide que lo envíen otra vez.",
        "en": "{name} could not be downloaded. Ask for it again.",
    },
    "attachment.not_shown": {
        "es": "{name} está guardado, pero Slack no lo acepta. Pídeselo a quien cuida la instalación.",
        "en": "{name} is kept, but Slack does not accept it. Ask whoever looks after the installation for it.",
    },
    "attachment.refused": {
        "es": "{name} no se ha guardado porque puede ser dañino. No pidas que lo reenvíen sin comprobarlo.",
        "en": "{name} was not kept because it may be harmful. Do not ask for it again without checking.",
    },
}
