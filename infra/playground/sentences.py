"""What the page tells a person when something did not work, in the language that they chose."""

from playground.config import Language

_SENTENCES: dict[str, tuple[str, str]] = {
    "no_recipient": (
        "Desde aquí solo se puede escribir a La Tinaja: hola@latinaja.example.",
        "From here you can only write to La Tinaja: hola@latinaja.example.",
    ),
    "empty": ("Escribe algo antes de enviarlo.", "Write something before you send it."),
    "no_text": ("Escribe algo antes de enviarlo.", "Write something before you send it."),
    "bad_phone": (
        "Ese número de teléfono no es válido. Escríbelo con prefijo, como +34600111222.",
        "That phone number is not valid. Write it with its prefix, as in +34600111222.",
    ),
    "too_long": (
        "El mensaje es demasiado largo: un SMS admite 1600 caracteres.",
        "The message is too long: an SMS holds 1600 characters.",
    ),
    "too_long_for_whatsapp": (
        "El mensaje es demasiado largo: WhatsApp admite 4096 caracteres.",
        "The message is too long: WhatsApp holds 4096 characters.",
    ),
    "too_many_files": ("Un MMS admite como mucho 10 archivos.", "An MMS holds at most 10 files."),
    "cant_update_message": ("Solo puedes editar tus mensajes.", "You can only edit your own messages."),
    "cant_delete_message": ("Solo puedes borrar tus mensajes.", "You can only delete your own messages."),
    "message_not_found": ("Ese mensaje ya no está.", "That message is not there any more."),
    "channel_not_found": ("Ese canal no existe.", "There is no such channel."),
    "user_not_found": ("Esa persona no está en este Slack.", "That person is not in this Slack."),
    "already_reacted": ("Ya habías reaccionado con eso.", "You had already reacted with that."),
    "no_reaction": ("No habías reaccionado con eso.", "You had not reacted with that."),
    "action_not_found": ("Ese botón ya no está.", "That button is not there any more."),
    "http_timeout": (
        "Slack: la aplicación no ha respondido en 3 segundos.",
        "Slack: the app did not respond within 3 seconds.",
    ),
    "connection_failed": (
        "Slack: no se ha podido conectar con la aplicación.",
        "Slack: the app could not be reached.",
    ),
    "http_error": (
        "Slack: la aplicación ha respondido con un error.",
        "Slack: the app responded with an error.",
    ),
    "bad_language": ("Los idiomas son español (es) e inglés (en).", "The languages are Spanish (es) and English (en)."),
    "nothing_to_buy": ("El carrito está vacío.", "The basket is empty."),
    "out_of_stock": ("No quedan tantas piezas.", "There are not so many left."),
    "bad_quantity": ("La cantidad va de 1 a 1000 piezas.", "Choose between 1 and 1000 pieces."),
    "too_much_back": (
        "No se puede devolver eso: como mucho, lo que queda de lo pagado.",
        "That cannot be paid back: at most what is left of what was paid.",
    ),
    "wrong_status": ("Con el pedido así, eso ya no se puede.", "As the order is now, that cannot be done."),
    "no_such_order": ("Ese pedido no existe.", "There is no such order."),
    "no_such_product": ("Ese producto no existe.", "There is no such product."),
    "no_such_customer": ("Esa persona no tiene cuenta en la tienda.", "That person has no account in the shop."),
    "not_found": ("Eso no existe.", "There is no such thing."),
    "bad_request": ("Falta algún dato, o no tiene la forma esperada.", "Something is missing, or has another form."),
}


def sentence(word: str, language: Language) -> str:
    spanish, english = _SENTENCES.get(word, _SENTENCES["bad_request"])
    return spanish if language == "es" else english
