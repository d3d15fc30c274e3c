"""What shoppers read on the pages that the shop's counter serves by itself: the form, and a conversation's own page."""

from mostrador.domain.phrases.phrase import Phrase

WEB: dict[str, Phrase] = {
    # The form
    "form.title": {"es": "Escribe a {shop}", "en": "Write to {shop}"},
    "form.lead": {
        "es": "Cuéntanos qué necesitas. Te responde una persona de la tienda, en tu correo.",
        "en": "Tell us what you need. A person from the shop answers, in your mailbox.",
    },
    "form.required": {"es": "Lo marcado con * hace falta.", "en": "What is marked * is needed."},
    "form.name": {"es": "Nombre", "en": "Name"},
    "form.email": {"es": "Correo electrónico", "en": "Email"},
    "form.email.hint": {"es": "Aquí te respondemos.", "en": "This is where we answer."},
    "form.phone": {"es": "Teléfono", "en": "Phone"},
    "form.order": {"es": "Número de pedido", "en": "Order number"},
    "form.optional": {"es": "(si quieres)", "en": "(optional)"},
    "form.topic": {"es": "¿De qué se trata?", "en": "What is it about?"},
    "form.topic.choose": {"es": "Elige una opción", "en": "Choose one"},
    "form.topic.order": {"es": "Mi pedido", "en": "My order"},
    "form.topic.product": {"es": "Una pieza de la tienda", "en": "A piece from the shop"},
    "form.topic.delivery": {"es": "Envíos y plazos", "en": "Delivery"},
    "form.topic.returns": {"es": "Cambios y devoluciones", "en": "Returns and exchanges"},
    "form.topic.complaint": {"es": "Una queja", "en": "A complaint"},
    "form.topic.idea": {"es": "Una idea", "en": "An idea"},
    "form.topic.other": {"es": "Otra cosa", "en": "Something else"},
    "form.text": {"es": "Tu mensaje", "en": "Your message"},
    "form.files": {"es": "Fotos o documentos", "en": "Pictures or documents"},
    "form.files.hint": {
        "es": "Hasta {files} fotos o PDF, {megabytes} MB entre todos.",
        "en": "Up to {files} pictures or PDFs, {megabytes} MB altogether.",
    },
    "form.trap": {"es": "Deja esto en blanco", "en": "Leave this empty"},
    "form.consent": {
        "es": "Acepto que {shop} use estos datos para responderme. No se usan para nada más.",
        "en": "I agree that {shop} uses these details to answer me. They are used for nothing else.",
    },
    "form.privacy": {"es": "Política de privacidad", "en": "Privacy policy"},
    "form.send": {"es": "Enviar", "en": "Send"},
    "form.sending": {"es": "Enviando…", "en": "Sending…"},
    "form.detail.order": {"es": "Pedido: {value}", "en": "Order: {value}"},
    "form.detail.phone": {"es": "Teléfono: {value}", "en": "Phone: {value}"},
    # What is wrong with it
    "form.errors": {"es": "Falta algo antes de enviarlo:", "en": "Something is missing before it can be sent:"},
    "form.error.name": {"es": "El nombre es demasiado largo.", "en": "The name is too long."},
    "form.error.email": {
        "es": "Escribe tu correo completo, como ana@correo.example.",
        "en": "Write your whole email address, like ana@mail.example.",
    },
    "form.error.phone": {
        "es": "El teléfono no parece completo. Puedes dejarlo en blanco.",
        "en": "The phone number does not look complete. You can leave it empty.",
    },
    "form.error.order": {
        "es": "El número de pedido lleva solo letras, cifras y guiones.",
        "en": "An order number has letters, digits and dashes only.",
    },
    "form.error.topic": {"es": "Elige de qué se trata.", "en": "Choose what it is about."},
    "form.error.text": {"es": "Escribe tu mensaje.", "en": "Write your message."},
    "form.error.text_or_file": {
        "es": "Escribe algo o elige una foto.",
        "en": "Write something, or choose a picture.",
    },
    "form.error.text_long": {
        "es": "El mensaje es demasiado largo: caben {characters} caracteres.",
        "en": "The message is too long: {characters} characters fit.",
    },
    "form.error.consent": {
        "es": "Para responderte necesitamos que marques la casilla.",
        "en": "To answer you, we need you to tick the box.",
    },
    "form.files.kept": {
        "es": "Ya los tenemos. Desmarca lo que no quieras enviar.",
        "en": "We have these already. Untick what you do not want to send.",
    },
    "form.error.files_many": {
        "es": "No hemos añadido {names}: caben {files} archivos.",
        "en": "We left out {names}: {files} files fit.",
    },
    "form.error.files_large": {
        "es": "No hemos añadido {names}: caben {megabytes} MB entre todos los archivos.",
        "en": "We left out {names}: {megabytes} MB fit, all files together.",
    },
    "form.error.files_too_large": {
        "es": "Los archivos son demasiado grandes: caben {megabytes} MB entre todos.",
        "en": "The files are too large: {megabytes} MB fit altogether.",
    },
    "form.error.files_type": {
        "es": "No hemos añadido {names}: solo se pueden adjuntar fotos y documentos PDF.",
        "en": "We left out {names}: only pictures and PDF documents can be attached.",
    },
    "form.error.files_again": {
        "es": "Vuelve a elegir los archivos: no hemos podido guardarlos.",
        "en": "Choose your files again: we could not keep them.",
    },
    "form.error.fast": {
        "es": "Eso ha sido muy rápido. Mira si está todo y envíalo otra vez.",
        "en": "That was very quick. See whether everything is there, and send it once more.",
    },
    "form.error.old": {
        "es": "La página llevaba mucho tiempo abierta. No se ha perdido nada: envíalo otra vez.",
        "en": "The page had been open for a long time. Nothing is lost: press Send again.",
    },
    "form.error.often": {
        "es": "Han llegado muchos mensajes seguidos desde aquí. Prueba dentro de una hora.",
        "en": "Many messages came from here in a row. Try again in an hour.",
    },
    "page.often": {
        "es": "Esta página se ha abierto muchas veces seguidas. Prueba dentro de unos minutos.",
        "en": "This page was opened many times in a row. Try again in a few minutes.",
    },
    "form.error.refused": {
        "es": "No hemos podido aceptar este envío. Vuelve a la página del formulario e inténtalo otra vez.",
        "en": "We could not take this. Go back to the page of the form and try again.",
    },
    # Afterwards
    "thanks.title": {"es": "Mensaje recibido", "en": "Message received"},
    "thanks.text": {
        "es": "Gracias: tenemos tu mensaje. Te respondemos en {mail}.",
        "en": "Thank you: we have your message. We answer at {mail}.",
    },
    "thanks.link": {"es": "Ver o ampliar tu mensaje", "en": "See your message, or add to it"},
    "thanks.again": {"es": "Escribir otro mensaje", "en": "Write another message"},
    # "Call me"
    "callme.title": {"es": "Que te llame {shop}", "en": "Be called by {shop}"},
    "callme.button": {"es": "¿Te llamamos?", "en": "Shall we call you?"},
    "callme.lead": {
        "es": "Deja tu número y te llamamos nosotros. Horario del teléfono: {hours}.",
        "en": "Leave your number and we will call you. Phone hours: {hours}.",
    },
    "callme.when": {"es": "¿Cuándo te viene bien?", "en": "When would suit you?"},
    "callme.soon": {"es": "Cuanto antes ({when})", "en": "As soon as you can ({when})"},
    "callme.send": {"es": "Llamadme", "en": "Call me"},
    "callme.noted.title": {"es": "Llamada anotada", "en": "Call noted"},
    "callme.noted": {"es": "Te llamamos {when}.", "en": "We will call you {when}."},
    "callme.noted.from": {
        "es": "Verás el {number}. Si no puedes cogerlo, lo intentamos otra vez.",
        "en": "You will see {number}. If you miss it, we will try again.",
    },
    "callme.not_offered": {
        "es": "Ahora mismo no podemos llamarte. Escríbenos y te respondemos.",
        "en": "We cannot call you right now. Write to us, and we answer.",
    },
    "callme.error.phone": {
        "es": "El teléfono no parece completo. Si no es de aquí, escríbelo con el prefijo del país.",
        "en": "The phone number does not look complete. If it is from abroad, write it with its country code.",
    },
    "callme.error.number": {
        "es": "A ese número no podemos llamar. Deja otro, o escríbenos y te respondemos.",
        "en": "That is a number that we cannot call. Leave another one, or write to us and we answer.",
    },
    "callme.error.when": {
        "es": "Esa hora ya no está libre. Elige otra.",
        "en": "That time is no longer free. Choose another one.",
    },
    # A conversation's own page
    "page.title": {"es": "Tu conversación con {shop}", "en": "Your conversation with {shop}"},
    "page.you": {"es": "Tú", "en": "You"},
    "page.automatic": {"es": "respuesta automática", "en": "automatic answer"},
    "page.file.problem": {"es": "{name}: no se pudo guardar", "en": "{name}: could not be kept"},
    "page.answered": {
        "es": "Te hemos respondido en tu correo. Para que solo la leas tú, se ve desde el enlace de ese correo.",
        "en": "We answered in your mailbox. To keep it yours, the answer is only shown through the link in that mail.",
    },
    "page.times": {"es": "Las horas son las de la tienda ({city}).", "en": "Times are those of the shop ({city})."},
    "page.reply": {"es": "Añadir algo", "en": "Add something"},
    "page.log": {"es": "Lo que se ha dicho", "en": "What was said"},
    "page.sent": {"es": "Recibido.", "en": "Received."},
    "page.soon": {"es": "Aparecerá aquí en unos segundos.", "en": "It will show up here in a few seconds."},
    "page.refresh": {"es": "Actualizar", "en": "Refresh"},
    "page.wait.title": {"es": "Un momento", "en": "One moment"},
    "page.wait": {
        "es": "Estamos guardando tu mensaje. Esta página se actualiza sola.",
        "en": "We are filing your message. This page refreshes by itself.",
    },
    "page.gone.title": {"es": "Este enlace ya no sirve", "en": "This link no longer works"},
    "page.gone": {
        "es": "Los enlaces caducan, y las conversaciones se borran con el tiempo. Si necesitas algo, escríbenos.",
        "en": "Links run out, and conversations are erased in time. If you need anything, write to us again.",
    },
    "page.closed": {
        "es": "Ahora mismo no podemos atender esta página. Escríbenos un correo.",
        "en": "We cannot serve this page right now. Write us an email.",
    },
    "page.write": {"es": "Ir al formulario", "en": "Go to the form"},
}
