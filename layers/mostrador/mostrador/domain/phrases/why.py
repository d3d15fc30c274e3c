"""Why a conversation is where it is: sentences for an agent who asks.

``{by}`` is one of ``why.by.*``; ``{rule}`` is the id of a rule as the shop wrote it in its policy.
"""

from mostrador.domain.phrases.phrase import Phrase

BY: dict[str, Phrase] = {
    "why.by.rule": {"es": "por la regla «{rule}»", "en": "by the rule “{rule}”"},
    "why.by.segment": {"es": "por su segmento", "en": "because of the segment"},
    "why.by.channel": {"es": "por el canal", "en": "because of the channel"},
    "why.by.default": {"es": "porque ninguna regla dice otra cosa", "en": "because no rule says otherwise"},
}

SEGMENT: dict[str, Phrase] = {
    "why.segment": {"es": "Segmento *{segment}*: {conditions}.", "en": "Segment *{segment}*: {conditions}."},
    "why.segment.rest": {
        "es": "Segmento *{segment}*: no cumple las condiciones de los segmentos anteriores.",
        "en": "Segment *{segment}*: none of the segments before it fits.",
    },
    "why.segment.none": {
        "es": "Ningún segmento: no cumple las condiciones de ninguno.",
        "en": "No segment: none of them fits.",
    },
    "why.untrusted": {
        "es": "El remitente no está verificado: no cuenta nada de lo que la tienda sabe de su cliente.",
        "en": "The sender is not verified: nothing that the shop knows of its customer counts.",
    },
    "why.condition.orders_at_least": {"es": "compras: {value} o más", "en": "purchases: {value} or more"},
    "why.condition.orders_at_most": {"es": "compras: {value} como mucho", "en": "purchases: {value} at most"},
    "why.condition.spent_at_least": {"es": "ha gastado {value} o más", "en": "has spent {value} or more"},
    "why.condition.spent_at_most": {"es": "ha gastado {value} como mucho", "en": "has spent {value} at most"},
    "why.condition.ordered_within": {"es": "compró en los últimos {value}", "en": "bought within the last {value}"},
    "why.condition.not_ordered_for": {"es": "no compra desde hace {value}", "en": "has not bought for {value}"},
    "why.condition.tags": {"es": "etiqueta {value}", "en": "tag {value}"},
    "why.condition.email_domains": {"es": "su correo es de {value}", "en": "their mail is at {value}"},
    "why.condition.countries": {"es": "país {value}", "en": "country {value}"},
    "why.condition.languages": {"es": "escribe en {value}", "en": "writes in {value}"},
    "why.condition.channels": {"es": "escribe por {value}", "en": "writes by {value}"},
}

PLACE: dict[str, Phrase] = {
    "why.queue": {"es": "Está en *{queue}* {by}.", "en": "It is in *{queue}* {by}."},
    "why.queue.overflow": {
        "es": "Iba a *{meant}* {by}, pero allí no había nadie de turno: está en *{queue}*.",
        "en": "It was meant for *{meant}* {by}, but nobody was on duty there: it is in *{queue}*.",
    },
    "why.agent.dedicated": {
        "es": "Es cliente de {agent}: lo dice la lista de clientes con agente propio.",
        "en": "{agent} has this customer: the list of dedicated customers says so.",
    },
    "why.agent.customer": {"es": "Es cliente de {agent}.", "en": "{agent} has this customer."},
    "why.agent": {"es": "Es para {agent}, {by}.", "en": "It is for {agent}, {by}."},
    "why.passed_over.absent": {"es": "{agent} estaba fuera", "en": "{agent} was away"},
    "why.passed_over.off_duty": {"es": "{agent} no estaba de turno", "en": "{agent} was off duty"},
    "why.passed_over.full": {
        "es": "{agent} tenía todas las conversaciones que admite",
        "en": "{agent} had as many conversations as allowed",
    },
    "why.passed_over.language": {
        "es": "{agent} no habla el idioma del cliente",
        "en": "{agent} does not speak the customer's language",
    },
    "why.assignee.after": {"es": "{obstacles}. {given}", "en": "{obstacles}. {given}"},
    "why.assignee.own": {"es": "Se dio a {agent}.", "en": "It was given to {agent}."},
    "why.assignee.stand_in": {
        "es": "Se dio a {agent}, que hace de suplente.",
        "en": "It was given to {agent}, who stands in.",
    },
    "why.assignee.round_robin": {"es": "Se dio a {agent} por turno.", "en": "It was given to {agent} in turn."},
    "why.assignee.least_loaded": {
        "es": "Se dio a {agent}, que tenía menos conversaciones.",
        "en": "It was given to {agent}, who had the fewest conversations.",
    },
    "why.assignee.pull": {"es": "La coge quien esté libre.", "en": "Whoever is free takes it."},
    "why.assignee.nobody": {
        "es": "En ese momento no podía cogerla nadie: espera en la cola.",
        "en": "Nobody could take it at that moment: it waits in the queue.",
    },
}

DECIDED: dict[str, Phrase] = {
    "why.attention": {"es": "Trato: {attention}, {by}.", "en": "Attended with: {attention}, {by}."},
    "why.priority": {"es": "Prioridad {priority}, {by}.", "en": "Priority {priority}, {by}."},
    "why.priority.low": {"es": "baja", "en": "low"},
    "why.priority.normal": {"es": "normal", "en": "normal"},
    "why.priority.high": {"es": "alta", "en": "high"},
    "why.priority.urgent": {"es": "urgente", "en": "urgent"},
    "why.promise": {
        "es": "Promesa «{target}» (primera respuesta: {first}; las siguientes: {next}), {by}.",
        "en": "Promise “{target}” (first answer: {first}; the next ones: {next}), {by}.",
    },
    "why.promise.default": {
        "es": "Promesa: primera respuesta en {first}; las siguientes, en {next}; {by}.",
        "en": "Promise: a first answer within {first}; the next ones within {next}; {by}.",
    },
    "why.promise.unknown": {"es": "Promesa «{target}», {by}.", "en": "Promise “{target}”, {by}."},
    "why.answer": {"es": "Respuesta automática «{answer}», {by}.", "en": "Automatic answer “{answer}”, {by}."},
    "why.answer.none": {"es": "Sin respuesta automática, {by}.", "en": "No automatic answer, {by}."},
    "why.said.self_service": {
        "es": "Respuesta automática «{answer}», porque contesta a lo que pregunta.",
        "en": "Automatic answer “{answer}”, because it answers the question.",
    },
    "why.said.callback": {
        "es": "Respuesta automática «{answer}», porque ha pedido una llamada.",
        "en": "Automatic answer “{answer}”, because they asked for a call.",
    },
    "why.unsaid.machine": {
        "es": "«{answer}» no se ha enviado: parece un mensaje automático o para muchos.",
        "en": "“{answer}” was not sent: the message looks automatic, or written to many.",
    },
    "why.unsaid.unproven": {
        "es": "«{answer}» no se ha enviado: el remitente no está verificado.",
        "en": "“{answer}” was not sent: the sender is not verified.",
    },
    "why.unsaid.stopped": {
        "es": "«{answer}» no se ha enviado: ha pedido no recibir más mensajes.",
        "en": "“{answer}” was not sent: they asked for no more messages.",
    },
    "why.unsaid.recent": {
        "es": "«{answer}» no se ha enviado: hace poco que recibió otra respuesta automática.",
        "en": "“{answer}” was not sent: they had another automatic answer a short while ago.",
    },
    "why.unsaid.shown": {
        "es": "«{answer}» no se ha enviado: ha mandado un archivo, y lo tiene que ver una persona.",
        "en": "“{answer}” was not sent: a file came along, which a person has to look at.",
    },
    "why.unsaid.community": {
        "es": "«{answer}» no se ha enviado: primero pueden contestar otros clientes.",
        "en": "“{answer}” was not sent: other customers may answer first.",
    },
    "why.protocol": {"es": "Protocolo «{protocol}», {by}.", "en": "Protocol “{protocol}”, {by}."},
    "why.tags": {"es": "Etiquetas: {tags}.", "en": "Tags: {tags}."},
    "why.tag": {"es": "{tag} ({by})", "en": "{tag} ({by})"},
    "why.older": {
        "es": "Lo decidió una versión anterior de la política ({version}).",
        "en": "An earlier version of the policy decided this ({version}).",
    },
}

FACTS: dict[str, Phrase] = {
    "why.facts": {"es": "Lo que se sabía: {facts}.", "en": "What was known: {facts}."},
    "why.fact.channel": {"es": "por {value}", "en": "by {value}"},
    "why.fact.language": {"es": "en {value}", "en": "in {value}"},
    "why.fact.intent": {"es": "tema: {value}", "en": "about: {value}"},
    "why.fact.intent.other": {"es": "tema: otro", "en": "about: something else"},
    "why.fact.public.yes": {"es": "a la vista de todos", "en": "for everybody to read"},
    "why.fact.open.yes": {"es": "en horario", "en": "within opening hours"},
    "why.fact.open.no": {"es": "fuera de horario", "en": "outside opening hours"},
    "why.fact.orders.none": {"es": "sin compras", "en": "no purchases"},
    "why.fact.orders": {"es": "compras: {value}", "en": "purchases: {value}"},
    "why.fact.spent": {"es": "gasto: {value}", "en": "spent: {value}"},
    "why.fact.last_order": {"es": "última compra: {value}", "en": "last purchase: {value}"},
    "why.language.es": {"es": "español", "en": "Spanish"},
    "why.language.en": {"es": "inglés", "en": "English"},
    "why.date": {"es": "{number} de {month} de {year}", "en": "{number} {month} {year}"},
    "why.fact.tags": {"es": "etiquetas en la tienda: {value}", "en": "tags in the shop: {value}"},
    "why.fact.country": {"es": "país {value}", "en": "country {value}"},
    "why.fact.email_domain": {"es": "correo de {value}", "en": "mail at {value}"},
}

WHY: dict[str, Phrase] = BY | SEGMENT | PLACE | DECIDED | FACTS
