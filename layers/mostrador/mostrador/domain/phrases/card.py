"""The card of a conversation, its states and its buttons."""

from mostrador.domain.phrases.phrase import Phrase

CARD: dict[str, Phrase] = {
    "channel.email": {"es": "correo", "en": "email"},
    "channel.sms": {"es": "SMS", "en": "SMS"},
    "channel.whatsapp": {"es": "WhatsApp", "en": "WhatsApp"},
    "channel.phone": {"es": "teléfono", "en": "phone"},
    "channel.messenger": {"es": "Messenger", "en": "Messenger"},
    "channel.instagram": {"es": "Instagram", "en": "Instagram"},
    "channel.comments": {"es": "comentarios", "en": "comments"},
    "channel.telegram": {"es": "Telegram", "en": "Telegram"},
    "channel.form": {"es": "formulario", "en": "form"},
    "channel.chat": {"es": "chat", "en": "chat"},
    "channel.forum": {"es": "el foro", "en": "the forum"},
    "channel.shop": {"es": "tienda", "en": "shop"},
    "channel.unreadable": {"es": "aviso técnico", "en": "technical notice"},
    "card.visitor": {"es": "Una visita", "en": "A visitor"},
    "state.open": {"es": "Abierta", "en": "Open"},
    "state.snoozed": {"es": "Pospuesta", "en": "Snoozed"},
    "state.closed": {"es": "Cerrada", "en": "Closed"},
    "card.summary": {"es": "{customer} escribe por {channel}", "en": "{customer} writes by {channel}"},
    "card.summary.subject": {
        "es": "{customer} escribe por {channel}: {subject}",
        "en": "{customer} writes by {channel}: {subject}",
    },
    "card.opened": {"es": "llegó {when}", "en": "arrived {when}"},
    "card.waiting": {"es": "espera respuesta desde {when}", "en": "waiting for an answer ({when})"},
    "card.answered": {"es": "al día: nadie espera respuesta", "en": "up to date: nobody is waiting"},
    "card.unanswerable": {"es": "no se le puede contestar", "en": "cannot be answered"},
    "card.promised.today": {"es": "prometida antes de las {when}", "en": "promised by {when}"},
    "card.promised": {"es": "prometida para {when}", "en": "promised by {when}"},
    "card.overdue": {"es": "⏰ *con retraso*: prometida para {when}", "en": "⏰ *overdue*: promised by {when}"},
    "card.snoozed": {"es": "hasta {when}", "en": "until {when}"},
    "card.stage.machine": {
        "es": "🤖 respondida automáticamente: nadie tiene que hacer nada todavía",
        "en": "🤖 answered automatically: nothing to do yet",
    },
    "card.stage.community": {
        "es": "👥 la comunidad responde primero: todavía no hace falta el equipo",
        "en": "👥 the community answers first: no need for the team yet",
    },
    "card.attention.self_service": {"es": "autoservicio", "en": "self-service"},
    "card.attention.personal": {"es": "atención personal", "en": "personal attention"},
    "card.attention.dedicated": {"es": "con agente propio", "en": "with an agent of their own"},
    "card.attention.automated": {"es": "atención automática", "en": "automated attention"},
    "card.attention.community": {"es": "comunidad", "en": "community"},
    "card.attention.co_creation": {"es": "ideas de clientes", "en": "ideas of customers"},
    "card.priority.low": {"es": "🔽 prioridad baja", "en": "🔽 low priority"},
    "card.priority.high": {"es": "🔺 *prioridad alta*", "en": "🔺 *high priority*"},
    "card.priority.urgent": {"es": "🚨 *urgente*", "en": "🚨 *urgent*"},
    "card.intent.delivery": {"es": "entrega", "en": "delivery"},
    "card.intent.returns": {"es": "devolución", "en": "returns"},
    "card.intent.payment": {"es": "pago", "en": "payment"},
    "card.intent.product": {"es": "producto", "en": "product"},
    "card.intent.trust": {"es": "confianza", "en": "trust"},
    "card.intent.order_change": {"es": "cambio de pedido", "en": "change of an order"},
    "card.intent.complaint": {"es": "queja", "en": "complaint"},
    "card.intent.idea": {"es": "idea", "en": "idea"},
    "card.window.open": {"es": "💬 ventana abierta hasta {when}", "en": "💬 window open until {when}"},
    "card.window.closed": {
        "es": "🔒 *ventana cerrada*: solo plantillas aprobadas",
        "en": "🔒 *window closed*: approved templates only",
    },
    "card.callback": {"es": "📞 llamada prometida para {when}", "en": "📞 call promised for {when}"},
    "card.callback.overdue": {
        "es": "⏰ *llamada con retraso*: prometida para {when}",
        "en": "⏰ *call overdue*: promised for {when}",
    },
    "card.kept_back": {
        "es": "📞 *sin leer por teléfono*: {count}",
        "en": "📞 *not read out yet*: {count}",
    },
    "card.assignee": {"es": "la atiende {agent}", "en": "{agent} is on it"},
    "card.unassigned": {"es": "sin asignar", "en": "unassigned"},
    "card.nameless": {"es": "Sin nombre", "en": "No name"},
    "card.untrusted": {
        "es": "Remitente sin verificar: nada demuestra todavía que escriba desde esa dirección. "
        "Antes de dar datos de un pedido, confirma quién es.",
        "en": "Unverified sender: nothing proves yet that they write from that address. "
        "Confirm who it is before you share anything about an order.",
    },
    "card.untrusted.number": {
        "es": "Número sin verificar: lo han escrito en la web, o la red telefónica no responde de él. "
        "Antes de dar datos de un pedido, confirma quién es.",
        "en": "Unverified number: it was typed on the web, or the telephone network does not vouch for it. "
        "Confirm who it is before you share anything about an order.",
    },
    "card.number": {
        "es": "{number}: el número que figura en la tienda",
        "en": "{number}: the number that the shop has",
    },
    "card.number.typed": {
        "es": "{number}, sin verificar: lo escribió en la web",
        "en": "{number}, unverified: they typed it on the web",
    },
    "card.number_of": {
        "es": "{number}: en la tienda, el número de {customer}",
        "en": "{number}: in the shop, the number of {customer}",
    },
    "card.writing.nowhere": {
        "es": "Llamó con el número oculto: lo que escribas aquí no le llega. Si ha dejado un mensaje de voz, "
        "escúchalo: puede que diga un teléfono.",
        "en": "The call came from a hidden number: what you write here reaches nobody. If there is a voice message, "
        "listen to it: it may say a number.",
    },
    "card.writing.kept_back": {
        "es": "Lo que escribas aquí se le lee por teléfono, pero solo cuando pulses «Leérselo por teléfono».",
        "en": "What you write here is read out to them by a call, but only once you press “Read it out by phone”.",
    },
    "card.writing.read_out": {
        "es": "Lo que escribas aquí se le lee por teléfono: la llamada sale sola, a los pocos segundos.",
        "en": "What you write here is read out to them by a call, which is made by itself within seconds.",
    },
    "card.opted_out": {
        "es": "Ha pedido no recibir más mensajes por {channel}: lo que respondas aquí no se enviará.",
        "en": "Asked for no more messages by {channel}: what you answer here will not be sent.",
    },
    "button.claim": {"es": "Atender", "en": "Claim"},
    "button.close": {"es": "Cerrar", "en": "Close"},
    "button.reopen": {"es": "Reabrir", "en": "Reopen"},
    "button.wake": {"es": "Despertar", "en": "Wake up"},
    "menu.snooze": {"es": "Posponer…", "en": "Snooze…"},
    "snooze.hour": {"es": "1 hora", "en": "1 hour"},
    "snooze.opening": {"es": "Hasta que volvamos a abrir", "en": "Until we open again"},
    "snooze.tomorrow": {"es": "Hasta mañana, al abrir", "en": "Until we open tomorrow"},
    "snooze.days": {"es": "3 días", "en": "3 days"},
    "button.template": {"es": "Plantilla…", "en": "Template…"},
    "button.send_template": {"es": "Enviar", "en": "Send"},
    "button.send_none": {"es": "Ninguna", "en": "None of them"},
    "menu.why": {"es": "¿Por qué está aquí?", "en": "Why is it here?"},
    "menu.protocol": {"es": "Protocolo", "en": "Protocol"},
    "menu.call": {"es": "Prometer una llamada", "en": "Promise a call"},
    "menu.called": {"es": "Ya hemos llamado", "en": "The call was made"},
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
    "confirm.close.call.title": {"es": "Hay una llamada prometida", "en": "A call was promised"},
    "confirm.close.call.text": {
        "es": "Si cierras ahora, nadie recordará que había que llamar.",
        "en": "If you close it now, nobody will be reminded to call.",
    },
    "confirm.close.call.yes": {"es": "Cerrar sin llamar", "en": "Close without calling"},
    "confirm.close.call.no": {"es": "Todavía no", "en": "Not yet"},
    "confirm.close.no": {"es": "Todavía no", "en": "Not yet"},
}
