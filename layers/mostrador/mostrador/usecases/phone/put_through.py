"""The call that an agent asked for: they hear who it is about, press a key, and are put through to the customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from mostrador.channels.numbers import is_dear
from mostrador.channels.phone.script import Ask, Bridge, HangUp, Say, Script
from mostrador.channels.twilio.calls import WEBHOOK, bridged_event
from mostrador.domain.catalogue import say
from mostrador.domain.conversation import Conversation, number_of
from mostrador.policy.model import Policy
from mostrador.usecases.ports import InboundQueue, Inbox
from mostrador.usecases.viewing import customer_of

PATIENCE = 10
"""Seconds in which an agent finds the key."""
TALKED = "completed"


@dataclass(frozen=True, slots=True)
class PutThrough:
    inbox: Inbox
    queue: InboundQueue
    policy: Policy
    base_url: str
    caller_id: str
    """Our own number, which the customer sees: theirs and the agent's stay unknown to each other."""
    now: float

    def __call__(self, step: str, fields: Mapping[str, str]) -> Script:
        """Raises KeyError for a step that is not one of an agent's."""
        steps = {"agent": self._whisper, "bridge": self._bridge, "bridged": self._bridged}
        return steps[step](fields)

    def _whisper(self, fields: Mapping[str, str]) -> Script:
        """A machine that picks up in the agent's place presses no key."""
        conversation = self.inbox.conversation(fields.get("conversation", ""))
        if conversation is None:
            return (self._say("call.whisper.gone"), HangUp())
        key = "call.whisper.subject" if conversation.subject else "call.whisper"
        name = customer_of(conversation.address, self.policy.language)
        who = self._say(key, shop=self.policy.shop_name, customer=name, subject=conversation.subject[:100])
        ask = Ask((who,), self._there("bridge", fields), PATIENCE)
        return (ask, ask, self._say("call.whisper.over"), HangUp())

    def _bridge(self, fields: Mapping[str, str]) -> Script:
        conversation = self.inbox.conversation(fields.get("conversation", ""))
        number = self._number(conversation) if conversation else ""
        if fields.get("Digits") != "1" or not number:
            self.queue.inbound(bridged_event(fields, "declined", self.now))
            return (self._say("call.whisper.over"), HangUp())
        bridge = Bridge(number, self.caller_id, self._there("bridged", fields), self._machine(fields))
        return (self._say("call.putting_through"), bridge)

    def _bridged(self, fields: Mapping[str, str]) -> Script:
        status = fields.get("DialCallStatus", "")
        self.queue.inbound(bridged_event(fields, status, self.now))
        if status == TALKED:
            return (HangUp(),)
        said = "call.bridged.busy" if status == "busy" else "call.bridged.nobody"
        return (self._say(said), HangUp())

    def _number(self, conversation: Conversation) -> str:
        """Empty also for one that is not called: our own, at which nobody but a menu would answer, or a dear one."""
        number = number_of(conversation, self.inbox.customer(conversation.customer_id))
        return "" if number == self.caller_id or is_dear(number) else number

    def _there(self, step: str, fields: Mapping[str, str]) -> str:
        return f"{self.base_url}/voice/{step}?{_ours(fields)}"

    def _machine(self, fields: Mapping[str, str]) -> str:
        """Where it is told that a machine answered."""
        return f"{self.base_url}{WEBHOOK}?{_ours(fields)}&call={fields.get('CallSid', '')}"

    def _say(self, phrase: str, **places: object) -> Say:
        return Say(say(phrase, self.policy.language, **places), self.policy.language)


def _ours(fields: Mapping[str, str]) -> str:
    return urlencode({name: fields.get(name, "") for name in ("conversation", "agent")})
