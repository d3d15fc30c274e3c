"""Who works when: the answers to the slash command."""

from mostrador.domain.phrases.phrase import Phrase

DUTY: dict[str, Phrase] = {
    "duty.on": {
        "es": "Estás de turno en {queues}: lo nuevo se te puede asignar. Vale {hours} horas; después manda el horario.",
        "en": "You are on duty in {queues}: what is new may be given to you. "
        "For {hours} hours; then your queues' hours decide.",
    },
    "duty.on.nowhere": {
        "es": "Estás de turno. La política no te pone en ninguna cola: te llegará solo lo de tus propios clientes.",
        "en": "You are on duty. The policy puts you in no queue: only your own customers will come to you.",
    },
    "duty.off": {
        "es": "Estás fuera de turno: no se te asigna nada nuevo hasta que escribas {command} turno. "
        "Lo que ya llevas sigue siendo tuyo ({load}).",
        "en": "You are off duty: nothing new is given to you until you type {command} on. "
        "What you have already stays yours ({load}).",
    },
    "duty.back": {
        "es": "¡Hola de nuevo! Vuelves a estar de turno cuando abren tus colas ({queues}).",
        "en": "Welcome back! You are on duty again whenever your queues are open ({queues}).",
    },
    "duty.back.nowhere": {
        "es": "¡Hola de nuevo! Lo de tus propios clientes te llega otra vez.",
        "en": "Welcome back! Your own customers come to you again.",
    },
    "duty.away": {
        "es": "Estás ausente; vuelves el {day}. Mientras tanto, lo nuevo de tus clientes va a {stand_in}. "
        "Te quedan conversaciones sin cerrar ({load}): avisa de las que no pueden esperar.",
        "en": "You are away and back on {day}. Until then, what your customers write goes to {stand_in}. "
        "You still have conversations ({load}): say which of them cannot wait.",
    },
    "duty.away.free": {
        "es": "Estás ausente; vuelves el {day}. Mientras tanto, lo nuevo de tus clientes va a {stand_in}. "
        "No dejas ninguna conversación abierta.",
        "en": "You are away and back on {day}. Until then, what your customers write goes to {stand_in}. "
        "You leave no conversation open.",
    },
    "duty.away.nobody": {
        "es": "la cola, porque la política no te da sustituto; si hace falta uno, habla con {lead}",
        "en": "the queue, because the policy names no stand-in for you; should you need one, talk to {lead}",
    },
    "duty.away.when": {
        "es": "¿Qué día vuelves? Escríbelo así: {command} ausente 2026-12-01",
        "en": "Which day are you back? Type it like this: {command} away 2026-12-01",
    },
    "duty.away.past": {
        "es": "No se ha cambiado nada: el día de tu vuelta ({day}) tiene que ser mañana o más tarde.",
        "en": "Nothing was changed: the day that you are back ({day}) has to be tomorrow or later.",
    },
    "duty.away.far": {
        "es": "No se ha cambiado nada: {day} queda a más de un año. ¿Es esa la fecha?",
        "en": "Nothing was changed: {day} is more than a year away. Is that the date?",
    },
    "duty.day": {"es": "%d/%m/%Y", "en": "%Y-%m-%d"},
    "duty.load": {"es": "abiertas: {count}", "en": "open: {count}"},
    "duty.load.of": {"es": "abiertas: {count} de {capacity}", "en": "open: {count} of {capacity}"},
    "duty.status.open": {"es": "{queue} · abierta", "en": "{queue} · open"},
    "duty.status.closed": {"es": "{queue} · cerrada; abre {when}", "en": "{queue} · closed; opens {when}"},
    "duty.status.shut": {"es": "{queue} · cerrada", "en": "{queue} · closed"},
    "duty.status.on": {"es": "🟢 {agent} · {load}", "en": "🟢 {agent} · {load}"},
    "duty.status.off": {"es": "⚪ {agent} · fuera de turno · {load}", "en": "⚪ {agent} · off duty · {load}"},
    "duty.status.away": {
        "es": "🌴 {agent} · ausente hasta el {day} · {load}",
        "en": "🌴 {agent} · away until {day} · {load}",
    },
    "duty.help": {
        "es": "{command} turno: estoy de turno\n"
        "{command} fuera: no me asignéis nada nuevo\n"
        "{command} ausente 2026-12-01: no estoy hasta ese día\n"
        "{command} vuelvo: ya estoy aquí; de turno según el horario de mis colas\n"
        "{command} estado: quién está en cada cola, y cuánto lleva\n"
        "{command} ayuda: esto mismo",
        "en": "{command} on: I am on duty\n"
        "{command} off: give me nothing new\n"
        "{command} away 2026-12-01: I am not here until that day\n"
        "{command} back: I am here again, on duty by the hours of my queues\n"
        "{command} status: who is in each queue, and with how much\n"
        "{command} help: this",
    },
}
