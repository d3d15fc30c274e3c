"""Days, hours and spans of time in words.

``{time}`` is what the clock shows (``10:00``), ``{clock}`` the same with its article where a language has one,
``{day}`` a day as ``times.day.*`` names it, ``{openings}`` some hours of one day.
"""

from mostrador.domain.phrases.phrase import Phrase

NUMBERS: dict[str, Phrase] = {
    "times.number.2": {"es": "dos", "en": "two"},
    "times.number.3": {"es": "tres", "en": "three"},
    "times.number.4": {"es": "cuatro", "en": "four"},
    "times.number.5": {"es": "cinco", "en": "five"},
    "times.number.6": {"es": "seis", "en": "six"},
    "times.number.7": {"es": "siete", "en": "seven"},
    "times.number.8": {"es": "ocho", "en": "eight"},
    "times.number.9": {"es": "nueve", "en": "nine"},
    "times.number.10": {"es": "diez", "en": "ten"},
}

SPANS: dict[str, Phrase] = {
    "times.second": {"es": "un segundo", "en": "a second"},
    "times.seconds": {"es": "{count} segundos", "en": "{count} seconds"},
    "times.minute": {"es": "un minuto", "en": "a minute"},
    "times.minutes": {"es": "{count} minutos", "en": "{count} minutes"},
    "times.half_hour": {"es": "media hora", "en": "half an hour"},
    "times.hour": {"es": "una hora", "en": "an hour"},
    "times.hours": {"es": "{count} horas", "en": "{count} hours"},
    "times.hour_and_half": {"es": "una hora y media", "en": "an hour and a half"},
    "times.hours_and_half": {"es": "{count} horas y media", "en": "{count} and a half hours"},
    "times.day": {"es": "un día", "en": "a day"},
    "times.days": {"es": "{count} días", "en": "{count} days"},
    "times.ahead": {"es": "dentro de {span}", "en": "in {span}"},
}

NAMES: dict[str, Phrase] = {
    "times.weekday.0": {"es": "lunes", "en": "Monday"},
    "times.weekday.1": {"es": "martes", "en": "Tuesday"},
    "times.weekday.2": {"es": "miércoles", "en": "Wednesday"},
    "times.weekday.3": {"es": "jueves", "en": "Thursday"},
    "times.weekday.4": {"es": "viernes", "en": "Friday"},
    "times.weekday.5": {"es": "sábado", "en": "Saturday"},
    "times.weekday.6": {"es": "domingo", "en": "Sunday"},
    "times.month.1": {"es": "enero", "en": "January"},
    "times.month.2": {"es": "febrero", "en": "February"},
    "times.month.3": {"es": "marzo", "en": "March"},
    "times.month.4": {"es": "abril", "en": "April"},
    "times.month.5": {"es": "mayo", "en": "May"},
    "times.month.6": {"es": "junio", "en": "June"},
    "times.month.7": {"es": "julio", "en": "July"},
    "times.month.8": {"es": "agosto", "en": "August"},
    "times.month.9": {"es": "septiembre", "en": "September"},
    "times.month.10": {"es": "octubre", "en": "October"},
    "times.month.11": {"es": "noviembre", "en": "November"},
    "times.month.12": {"es": "diciembre", "en": "December"},
}

MOMENTS: dict[str, Phrase] = {
    "times.day.yesterday": {"es": "ayer", "en": "yesterday"},
    "times.day.today": {"es": "hoy", "en": "today"},
    "times.day.tomorrow": {"es": "mañana", "en": "tomorrow"},
    "times.day.weekday": {"es": "el {weekday}", "en": "on {weekday}"},
    "times.day.date": {"es": "el {weekday} {number} de {month}", "en": "on {weekday} {number} {month}"},
    "times.day.year": {"es": "el {number} de {month} de {year}", "en": "on {number} {month} {year}"},
    "times.date": {"es": "{number} de {month}", "en": "{number} {month}"},
    "times.clock.one": {"es": "la {time}", "en": "{time}"},
    "times.clock": {"es": "las {time}", "en": "{time}"},
    "times.midnight": {"es": "medianoche", "en": "midnight"},
    "times.at": {"es": "{day} a {clock}", "en": "{day} at {clock}"},
    "times.before": {"es": "antes de {clock}", "en": "before {clock}"},
    "times.day.before": {"es": "{day} antes de {clock}", "en": "{day} before {clock}"},
}

WEEK: dict[str, Phrase] = {
    "times.and": {"es": "{one} y {other}", "en": "{one} and {other}"},
    "times.range": {"es": "{first} a {last}", "en": "{first} to {last}"},
    "times.every_day": {"es": "todos los días", "en": "every day"},
    "times.holidays": {"es": "festivos", "en": "public holidays"},
    "times.closed": {"es": "cerrado", "en": "closed"},
    "times.all_day": {"es": "las 24 horas", "en": "24 hours"},
    "times.season": {"es": "{week} (hasta el {date})", "en": "{week} (until {date})"},
}

TODAY: dict[str, Phrase] = {
    "times.from_to": {"es": "de {begins} a {ends}", "en": "from {begins} to {ends}"},
    "times.from": {"es": "desde {clock}", "en": "from {clock}"},
    "times.until": {"es": "hasta {clock}", "en": "until {clock}"},
    "times.today.open": {"es": "Hoy abrimos {openings}.", "en": "We are open today {openings}."},
    "times.today.all_day": {"es": "Hoy abrimos las 24 horas.", "en": "We are open around the clock today."},
    "times.today.over": {"es": "Hoy ya hemos cerrado.", "en": "We have closed for today."},
    "times.today.closed": {"es": "Hoy estamos cerrados.", "en": "We are closed today."},
    "times.today.holiday": {
        "es": "Hoy, fiesta ({holiday}), estamos cerrados.",
        "en": "Today is a holiday ({holiday}), and we are closed.",
    },
    "times.today.back": {"es": "{today} Volvemos {moment}.", "en": "{today} We are back {moment}."},
}

TIMES: dict[str, Phrase] = NUMBERS | SPANS | NAMES | MOMENTS | WEEK | TODAY
