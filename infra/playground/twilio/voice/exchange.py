"""The exchange: it rings telephones, and does what the shop's documents say as Twilio would.

A person hears by reading, and speaks by typing; what waits for a key waits as long as reading takes.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from playground.background import Background
from playground.twilio.state import new_sid
from playground.twilio.voice.state import Direction, Leg, Line, VoiceState
from playground.twilio.voice.wire import call_form, over_form, recording
from playground.twilio.wire import account_path
from playground.webhooks import Answer
from playground.world import World

TROUBLE = "We are sorry, an application error has occurred. Goodbye."
"""What Twilio says where the shop's answer is no document."""
READING = 15
"""Characters a second."""
THINKING = 20.0
"""Seconds more than Twilio would wait for a key: finding it on a page takes longer than on a telephone."""
MACHINE_SAYS = "…Deja tu mensaje después de la señal."
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)

type Post = Callable[[str, dict[str, str]], Awaitable[Answer]]


class HungUp(Exception):
    """Whoever was at the telephone is gone."""


@dataclass
class Exchange:
    world: World
    state: VoiceState
    post: Post
    background: Background
    thinking: float = THINKING

    # What people do

    def call_shop(self, number: str) -> Leg:
        """``number`` may be ``anonymous``."""
        leg = self._leg("inbound", number, "in-progress")
        leg.callback = f"{self.world.config.public_url}/webhooks/twilio"
        leg.answered = leg.created
        self.background.start(self._call(leg, f"{self.world.config.public_url}/voice/incoming"))
        return leg

    def do(self, sid: str, deed: str, what: str = "") -> bool:
        """False for a call that is over, or never was."""
        leg = self.state.legs.get(sid)
        if leg is None or leg.is_over:
            return False
        leg.deeds.put_nowait((deed, what))
        return True

    # What the shop asks for

    def call_out(self, number: str, url: str, document: str, callback: str, rings: float) -> Leg:
        leg = self._leg("outbound-api", number, "queued")
        leg.callback = callback
        self.background.start(self._ring_and_follow(leg, url, document, rings))
        return leg

    async def _ring_and_follow(self, leg: Leg, url: str, document: str, rings: float) -> None:
        if not await self._rings(leg, rings):
            await self._over(leg, leg.status)
        elif url:
            await self._call(leg, url)
        else:
            await self._until_over(leg, self._run(leg, ET.fromstring(document)))  # noqa: S314 - no document type

    async def _rings(self, leg: Leg, rings: float) -> str:
        """Who answered, ``person`` or ``machine``; empty for nobody."""
        self._now(leg, "ringing", "answer")
        try:
            deed, _ = await asyncio.wait_for(leg.deeds.get(), rings)
        except TimeoutError:
            deed = "ignore"
        refused = {"busy": "busy", "hang_up": "busy", "ignore": "no-answer", "fail": "failed"}.get(deed)
        if refused:
            self._now(leg, refused)
            return ""
        leg.answered = self.world.clock.time()
        self._now(leg, "in-progress")
        return "machine" if deed == "machine" else "person"

    # Following a document

    async def _call(self, leg: Leg, url: str) -> None:
        await self._until_over(leg, self._follow(leg, url))

    async def _until_over(self, leg: Leg, following: Awaitable[None]) -> None:
        with suppress(HungUp):
            await following
        await self._over(leg, "completed")

    async def _over(self, leg: Leg, status: str) -> None:
        leg.ended = self.world.clock.time()
        self._now(leg, status)
        if leg.callback:
            await self.post(leg.callback, over_form(leg, self._account))

    async def _follow(self, leg: Leg, url: str, **more: str) -> None:
        answer = await self.post(url, call_form(leg, self._account) | more)
        if not answer.accepted or _DOCTYPE.search(answer.body):
            self._hears(leg, TROUBLE)
            return
        await self._run(leg, ET.fromstring(answer.body))  # noqa: S314 - without a document type

    async def _run(self, leg: Leg, document: ET.Element) -> None:
        """Verb after verb, until one leads to another document."""
        verbs = {"Gather": self._gather, "Record": self._record, "Dial": self._dial, "Redirect": self._redirect}
        for verb in document:
            if verb.tag == "Say":
                self._hears(leg, verb.text or "")
            elif verb.tag in ("Hangup", "Reject") or await verbs[verb.tag](leg, verb):
                return

    async def _redirect(self, leg: Leg, verb: ET.Element) -> bool:
        await self._follow(leg, verb.text or "")
        return True

    async def _gather(self, leg: Leg, verb: ET.Element) -> bool:
        """Without a key, what stands behind it follows."""
        words = "".join(self._hears(leg, said.text or "") for said in verb)
        patience = float(verb.attrib.get("timeout", "5")) + len(words) / READING + self.thinking
        key = await self._waits(leg, "key", patience)
        if key:
            await self._follow(leg, verb.attrib["action"], Digits=key)
        return bool(key)

    async def _record(self, leg: Leg, verb: ET.Element) -> bool:
        """Of silence there is no recording, and what stands behind it follows."""
        words = await self._waits(leg, "voice", float(verb.attrib.get("maxLength", "3600")))
        if not words:
            return False
        sid = new_sid("RE")
        self.state.recordings[sid] = recording(words)
        here = f"{self.world.config.public_url}/twilio{account_path(self._account)}/Recordings/{sid}"
        told = {"RecordingSid": sid, "RecordingUrl": here, "RecordingDuration": str(max(1, len(words) // READING))}
        await self._follow(leg, verb.attrib["action"], Digits="#", **told)
        return True

    async def _dial(self, leg: Leg, verb: ET.Element) -> bool:
        """The other telephone rings; when it is over, on either side, the shop is asked what follows."""
        noun = verb.find("Number")
        other = self._leg("outbound-dial", (noun.text or "") if noun is not None else "", "queued")
        who = await self._rings(other, float(verb.attrib.get("timeout", "30")))
        if who and noun is not None and noun.attrib.get("machineDetection"):
            by = "machine_start" if who == "machine" else "human"
            form = {
                "AccountSid": self._account,
                "CallSid": other.sid,
                "AnsweredBy": by,
                "MachineDetectionDuration": "2",
            }
            await self.post(noun.attrib["amdStatusCallback"], form)
        if who == "machine":
            self._hears(leg, MACHINE_SAYS)
        if who:
            await self._talk(leg, other)
        other.ended = self.world.clock.time()
        status = "completed" if who else other.status
        self._now(other, status)
        told = {"DialCallSid": other.sid, "DialCallStatus": status, "DialCallDuration": str(_talked(other))}
        await self._follow(leg, verb.attrib["action"], **told)
        return True

    async def _talk(self, one: Leg, other: Leg) -> None:
        """Until either hangs up. What one says, the other hears."""
        self._now(one, "in-progress", "talk")
        self._now(other, "in-progress", "talk")
        talking = [asyncio.ensure_future(self._says(one, other)), asyncio.ensure_future(self._says(other, one))]
        try:
            await asyncio.wait(talking, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in talking:
                each.cancel()
        self._now(one, "in-progress")

    async def _says(self, speaker: Leg, listener: Leg) -> None:
        while True:
            deed, words = await speaker.deeds.get()
            if deed == "hang_up":
                return
            self._does(speaker, "said", words)
            self._hears(listener, words)

    # What all of them need

    async def _waits(self, leg: Leg, wanted: str, patience: float) -> str:
        """What was pressed or said; empty where nothing was. Raises HungUp."""
        self._now(leg, leg.status, "key" if wanted == "key" else "voice")
        try:
            async with asyncio.timeout(patience):
                while True:
                    deed, what = await leg.deeds.get()
                    if deed == "hang_up":
                        raise HungUp
                    if deed == wanted:
                        self._does(leg, "pressed" if wanted == "key" else "said", what)
                        return what
        except TimeoutError:
            return ""
        finally:
            self._now(leg, leg.status)

    def _leg(self, direction: Direction, number: str, status: str) -> Leg:
        leg = Leg(new_sid("CA"), direction, number, status, self.world.clock.time())
        self.state.legs[leg.sid] = leg
        self.world.changed()
        return leg

    def _hears(self, leg: Leg, words: str) -> str:
        leg.lines.append(Line("heard", words))
        self.world.changed()
        return words

    def _does(self, leg: Leg, how: Literal["said", "pressed"], what: str) -> None:
        leg.lines.append(Line(how, what))
        self.world.changed()

    def _now(self, leg: Leg, status: str, waiting: str = "") -> None:
        leg.status = status
        leg.waiting = waiting  # type: ignore[assignment]  # the callers name one of them
        self.world.changed()

    @property
    def _account(self) -> str:
        return self.world.config.credentials.twilio_account_sid


def _talked(leg: Leg) -> int:
    """Seconds: typing is faster than talking, and what was typed took as long as it takes to say."""
    return max(leg.seconds, sum(len(line.words) for line in leg.lines) // READING)
