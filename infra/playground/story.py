"""A morning at La Tinaja: three shoppers write, two agents attend. Everything goes over the wire, as by hand."""

import asyncio
import json
import logging
from dataclasses import dataclass

from playground.cast import ANA, CHANNELS, EMMA, JAVIER, LUIS, MARTA, SHOP
from playground.files import Upload
from playground.outside import Outside
from playground.picture import plate
from playground.ses.client import Letter
from playground.slack.people import Draft
from playground.slack.state import Message

logger = logging.getLogger(__name__)

# How long, in seconds, the story waits for the shop before it goes on without it.
PATIENCE = 60
CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Script:
    """What everybody says. The clue is a phrase of the text by which its thread is found in Slack."""

    ana_subject: str
    ana: str
    ana_clue: str
    photo: str
    javier: str
    javier_clue: str
    marta: str
    luis: str


EMMA_SUBJECT = "Chipped mug in my order"
EMMA_TEXT = """Hello,

My parcel arrived this morning, thank you, and the blue mugs are even lovelier than in the pictures. \
Sadly one of the four has a chip on the rim, about the size of a grain of rice. The box itself looked fine, \
so I think it happened before it was packed.

Could you send me another one, or refund that mug? It is order LT-2088. I am happy to send a photo if it helps.

Kind regards,
Emma Clarke
"""

SCRIPTS = {
    "es": Script(
        ana_subject="¿Cuándo llegan mis doce platos?",
        ana="""Buenos días:

El día 3 os encargué doce platos llanos de la serie azul (pedido LT-2071) y en la web sigue poniendo \
«preparando el envío». Los quería para el cumpleaños de mi madre, que es este sábado, y empiezo a ponerme \
un poco nerviosa.

¿Sabéis si van a llegar a tiempo? Son como el de la foto, que es el que me regalasteis en la feria.

Muchas gracias y un saludo,
Ana
""",
        ana_clue="doce platos llanos",
        photo="plato-azul.png",
        javier="Hola! Os queda alguna tinaja azul grande, la de 40 cm? La vi ayer en la web y hoy no me sale. Gracias",
        javier_clue="tinaja azul grande",
        marta="¡Hola, Javier! Sí, nos queda una, salió ayer del horno. Te la aparto hasta el viernes. "
        "¿Te la enviamos o prefieres pasar a verla por el taller?",
        luis="He llamado al transportista: los platos de Ana salieron ayer y están en Toledo. "
        "Si mañana a las 12 no se mueven, se los llevo yo.",
    ),
    "en": Script(
        ana_subject="When will my twelve plates arrive?",
        ana="""Good morning,

On the 3rd I ordered twelve dinner plates from the blue series (order LT-2071) and the website still says \
“preparing your parcel”. I wanted them for my mother's birthday, which is this Saturday, and I am beginning \
to worry a little.

Do you know whether they will be here in time? They are like the one in the photo, which you gave me at the fair.

Thank you very much,
Ana
""",
        ana_clue="twelve dinner plates",
        photo="blue-plate.png",
        javier="Hi! Do you have any of the big blue jar left, the 40 cm one? Yesterday it was there, today it is not. "
        "Thanks",
        javier_clue="big blue jar",
        marta="Hello Javier! Yes, there is one left, it came out of the kiln yesterday. I will keep it for you until "
        "Friday. Shall we send it, or would you rather come and see it at the workshop?",
        luis="I have rung the carrier: Ana's plates left yesterday and are in Toledo. "
        "If they have not moved by noon tomorrow, I will take them to her myself.",
    ),
}


class Story:
    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._script = SCRIPTS[outside.world.language]

    async def tell(self) -> None:
        """Shoppers first, all at once, when the counter knows them; then each agent, as soon as the thread is there."""
        await self._outside.shop.opened()
        self._shoppers_write(await asyncio.to_thread(plate))
        if root := await self._thread_with(self._script.javier_clue):
            await self._think()
            await self._claim(root)
            await self._think()
            self._say(MARTA.id, root, self._script.marta)
        if root := await self._thread_with(self._script.ana_clue):
            await self._think()
            mark = self._outside.world.note_mark
            self._say(LUIS.id, root, f"{mark} {self._script.luis}")

    def _shoppers_write(self, picture: bytes) -> None:
        script, mail = self._script, self._outside.mail_client
        photo = Upload(script.photo, "image/png", picture)
        mail.send(Letter(ANA.mail, SHOP.mail, script.ana_subject, script.ana, attachments=[photo]))
        self._outside.phones.send(JAVIER.phone, script.javier, [])
        mail.send(Letter(EMMA.mail, SHOP.mail, EMMA_SUBJECT, EMMA_TEXT))

    def _say(self, agent: str, root: Message, text: str) -> None:
        self._outside.people.write(Draft(agent, root.channel, text, thread_ts=root.ts))

    async def _claim(self, root: Message) -> None:
        if button := _claim_button(root):
            await self._outside.people.press(MARTA.id, root, *button, chosen=None)

    async def _think(self) -> None:
        """Nobody answers in the instant; and the photograph comes a moment after the text."""
        world = self._outside.world
        await world.clock.sleep(world.config.pace.agent_step)

    async def _thread_with(self, clue: str) -> Message | None:
        """The root of the thread in which the app shows the clue."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._outside.world.until(lambda: self._root_of(clue))
        except TimeoutError:
            logger.warning("the story goes on without a thread that the shop has not opened")
            return None

    def _root_of(self, clue: str) -> Message | None:
        """In whichever queue the shop's policy has put it."""
        slack = self._outside.workspace.state
        for message in (each for channel in CHANNELS for each in slack.in_channel(channel.id)):
            if message.by_the_app and clue in _shown(message):
                return slack.find(message.channel, message.thread_ts or message.ts)
        return None


def _shown(message: Message) -> str:
    return message.text + json.dumps(message.blocks, ensure_ascii=False)


def _claim_button(root: Message) -> tuple[str, str] | None:
    for block in root.blocks or []:
        for element in block.get("elements", []):
            if CLAIM in str(element.get("action_id", "")):
                return block["block_id"], element["action_id"]
    return None
