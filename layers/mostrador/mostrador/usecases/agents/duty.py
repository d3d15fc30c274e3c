"""Who works now, as people say it of themselves with the slash command, and as they ask about it."""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mostrador.desk.commands import Command, Verb, read_command
from mostrador.desk.errors import MessageGone, Rejected
from mostrador.desk.events import AgentEvent
from mostrador.domain.agents import SHIFT, AgentState
from mostrador.domain.catalogue import say
from mostrador.domain.changes import AlreadySeen, Create, Remember, Update
from mostrador.policy.hours import instant
from mostrador.policy.model import DEFAULT, Policy
from mostrador.usecases.agents.deeds import Deeds
from mostrador.usecases.agents.roster import load_of, queues_of, roster, written
from mostrador.usecases.agents.written import DESK
from mostrador.usecases.tries import until_it_holds
from mostrador.usecases.viewing import lead_of

log = logging.getLogger(__name__)

FARTHEST = timedelta(days=366)
"""An absence that is longer is taken for a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Duty:
    deeds: Deeds

    def __call__(self, event: AgentEvent) -> None:
        policy = self.deeds.policies.current()
        if event.user in policy.agents:
            self._answer(event, self._obey(event, read_command(event.text), policy))
        else:
            lead = lead_of(policy, DEFAULT)
            self._answer(event, say("agent.unknown", policy.language, shop=policy.shop_name, lead=lead))

    def _obey(self, event: AgentEvent, command: Command, policy: Policy) -> str:
        match command.verb:
            case Verb.ON:
                self._state(event, on_duty=True, absent_until=0.0)
                return self._of_queues("duty.on", event, policy)
            case Verb.OFF:
                state = self._state(event, on_duty=False)
                load = load_of(policy, event.user, state)
                return say("duty.off", policy.language, command=event.action, load=load)
            case Verb.AWAY:
                return self._away(event, command.day, policy)
            case Verb.BACK:
                self._state(event, on_duty=None, absent_until=0.0)
                return self._of_queues("duty.back", event, policy)
            case Verb.STATUS:
                states = self.deeds.inbox.agents(policy.agents)
                return roster(policy, states, self.deeds.clock())
            case Verb.HELP:
                return say("duty.help", policy.language, command=event.action)

    def _of_queues(self, phrase: str, event: AgentEvent, policy: Policy) -> str:
        queues = queues_of(policy, event.user)
        if not queues:
            return say(f"{phrase}.nowhere", policy.language)
        return say(phrase, policy.language, queues=", ".join(queues), hours=round(SHIFT / 3600))

    # Absence

    def _away(self, event: AgentEvent, day: date | None, policy: Policy) -> str:
        if day is None:
            return say("duty.away.when", policy.language, command=event.action)
        zone = ZoneInfo(policy.timezone)
        today = datetime.fromtimestamp(self.deeds.clock(), zone).date()
        if not today < day <= today + FARTHEST:
            phrase = "duty.away.past" if day <= today else "duty.away.far"
            return say(phrase, policy.language, day=written(day, policy.language))
        state = self._state(event, on_duty=None, absent_until=float(instant(zone, day, 0)))
        return _told_away(policy, state, day)

    # What is kept

    def _state(self, event: AgentEvent, **fields: Any) -> AgentState:
        """Once for each command: repeated later, it would undo what they have said since."""
        try:
            return until_it_holds(lambda: self._write(event, fields))
        except AlreadySeen:
            return self.deeds.inbox.agent(event.user) or AgentState(event.user)

    def _write(self, event: AgentEvent, fields: dict[str, Any]) -> AgentState:
        now = self.deeds.clock()
        before = self.deeds.inbox.agent(event.user)
        after = replace(before or AgentState(event.user), said_at=now, **fields)
        said = Remember(DESK, event.event_id, event.user, 0, now)
        self.deeds.inbox.commit(said, Update(before, after) if before else Create(after))
        return after

    def _answer(self, event: AgentEvent, text: str) -> None:
        """Where it was typed, whether the bot is there or not. An answer that Slack does not take undoes nothing."""
        desk = self.deeds.desk
        try:
            if event.response_url:
                desk.respond(event.response_url, text)
            else:
                desk.whisper(event.channel, event.user, "", text)
        except (MessageGone, Rejected) as refused:
            log.warning("not answered", extra={"event_id": event.event_id, "why": str(refused)})


def _told_away(policy: Policy, state: AgentState, day: date) -> str:
    agent = policy.agents[state.user]
    stand_in = policy.agents.get(agent.stand_in)
    nobody = say("duty.away.nobody", policy.language, lead=lead_of(policy, DEFAULT))
    return say(
        "duty.away" if state.load else "duty.away.free",
        policy.language,
        day=written(day, policy.language),
        load=load_of(policy, state.user, state),
        stand_in=stand_in.name if stand_in else nobody,
    )
