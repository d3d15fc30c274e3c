"""Who takes part: a shop in Talavera, five customers, the three people who attend them, and one who does not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shop:
    name: str
    mail: str
    phone: str

    @property
    def domain(self) -> str:
        return self.mail.partition("@")[2]


@dataclass(frozen=True, slots=True)
class Shopper:
    name: str
    mail: str
    phone: str
    language: str
    time_zone: str
    username: str = ""
    """In WhatsApp, where shops then learn no number."""


@dataclass(frozen=True, slots=True)
class Agent:
    """``title`` is what their Slack profile says that they do."""

    id: str
    handle: str
    name: str
    title: str
    color: str
    phone: str = ""
    """As the policy's file has it: where a call to a customer begins."""


@dataclass(frozen=True, slots=True)
class DeskChannel:
    """``attended``: the app was invited to it."""

    id: str
    name: str
    topic: str
    attended: bool


SHOP = Shop("La Tinaja", "hola@latinaja.example", "+34910000000")

ANA = Shopper("Ana Molina", "ana.molina@correo.example", "+34600111222", "es", "Europe/Madrid")
JAVIER = Shopper("Javier Ruiz", "javier.ruiz@correo.example", "+34600333444", "es", "Europe/Madrid")
EMMA = Shopper("Emma Clarke", "emma.clarke@mail.example", "+447700900123", "en", "Europe/London")
CARMEN = Shopper("Carmen Soler", "compras@hotelsol.example", "+34600555666", "es", "Europe/Madrid")
"""Buys for Hotel Sol, in quantities."""

SHOPPERS = (ANA, JAVIER, EMMA, CARMEN)

NURIA = Shopper("Nuria Vega", "", "+34600777888", "es", "Europe/Madrid", username="nuria.vega")
"""Has a telephone and nothing else here."""

ON_PHONES = (*SHOPPERS, NURIA)

MARTA = Agent("U0MARTA", "marta", "Marta Vidal", "Atención al cliente", "b5502d", "+34600900101")
LUIS = Agent("U0LUIS", "luis", "Luis Prieto", "Mayoristas", "2f6f8f", "+34600900102")
INES = Agent("U0INES", "ines", "Inés Soto", "Ideas y talleres", "6b7d2a")
PABLO = Agent("U0PABLO", "pablo", "Pablo Gil", "Contabilidad", "6a5a8c")
"""In the workspace, but not in the policy: he may not answer customers."""

AGENTS = (MARTA, LUIS, INES, PABLO)

TEAM_ID = "T0TINAJA"
TEAM_DOMAIN = "latinaja"
APP_ID = "A0MOSTRADOR"
BOT_USER_ID = "U0MOSTRADOR"
BOT_ID = "B0MOSTRADOR"
SLACKBOT = "USLACKBOT"

QUEUE_CHANNEL = "C0ATENCION"
CHANNELS = (
    DeskChannel(QUEUE_CHANNEL, "atencion", "Quien entra por la puerta, entra por aquí", attended=True),
    DeskChannel("C0MAYORISTAS", "mayoristas", "Hoteles, restaurantes y tiendas: lo que sale por cajas", attended=True),
    DeskChannel("C0IDEAS", "ideas", "Lo que se le ocurre a quien nos compra", attended=True),
    DeskChannel("C0GENERAL", "general", "Todo lo demás: el horno, los envíos, el café", attended=False),
)
