"""What shoppers read."""

from mostrador.domain.phrases.phrase import Phrase

SHOPPER: dict[str, Phrase] = {
    "mail.sender": {"es": "{agent} de {shop}", "en": "{agent} from {shop}"},
    "mail.no_subject": {"es": "Tu mensaje a {shop}", "en": "Your message to {shop}"},
    "mail.quote": {"es": "El {day} a las {time}, {author} escribió:", "en": "On {day} at {time}, {author} wrote:"},
    "mail.page.text": {
        "es": "Puedes responder a este correo o seguir aquí: {link}",
        "en": "You can reply to this mail or go on here: {link}",
    },
    "mail.page": {"es": "Puedes responder a este correo o", "en": "You can reply to this mail or"},
    "mail.page.link": {"es": "seguir aquí", "en": "go on here"},
    "mail.day": {"es": "%d/%m/%Y", "en": "%d %b %Y"},
    # These fill places of templates, which providers approved with something there: "tu consulta sobre {subject}".
    "template.customer": {"es": "cliente", "en": "there"},
    "template.subject": {"es": "tu mensaje", "en": "your message"},
    "template.subject.delivery": {"es": "la entrega", "en": "the delivery"},
    "template.subject.returns": {"es": "la devolución", "en": "the return"},
    "template.subject.payment": {"es": "el pago", "en": "the payment"},
    "template.subject.product": {"es": "nuestros productos", "en": "our products"},
    "template.subject.trust": {"es": "la tienda", "en": "the shop"},
    "template.subject.order_change": {"es": "el cambio en tu pedido", "en": "the change to your order"},
    "template.subject.complaint": {"es": "lo ocurrido", "en": "what happened"},
    "template.subject.idea": {"es": "tu idea", "en": "your idea"},
    # These fill places of the shop's own sentences: "te responde una persona {promise}", "volvemos {next_opening}".
    "answer.soon": {"es": "en unos minutos", "en": "in a few minutes"},
    "answer.once_open": {"es": "cuando volvamos a abrir ({when})", "en": "when we open again ({when})"},
    "answer.as_soon_as_possible": {"es": "lo antes posible", "en": "as soon as possible"},
    "answer.now": {"es": "ahora mismo", "en": "right now"},
}
