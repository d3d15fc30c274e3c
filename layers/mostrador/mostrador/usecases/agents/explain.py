"""What an agent asks about a conversation, answered to them alone; nothing changes by it."""

from dataclasses import dataclass

from mostrador.domain.catalogue import say
from mostrador.policy.why import explained
from mostrador.usecases.agents.deeds import Case, Deeds
from mostrador.usecases.viewing import protocol_of


@dataclass(frozen=True, slots=True)
class Explain:
    deeds: Deeds

    def why(self, case: Case) -> None:
        """Why it is where it is, with this priority and this promise, by the record that was kept of it."""
        policy, routing = self.deeds.policies.current(), case.conversation.routing
        lines = explained(policy, routing, policy.language) if routing else [say("why.unknown", policy.language)]
        # A plain text: some of the facts are the customer's own words.
        self.deeds.tell(case.event, "\n".join(lines).replace("*", ""))

    def protocol(self, case: Case) -> None:
        policy = self.deeds.policies.current()
        protocol = protocol_of(case.conversation, policy)
        if protocol is None:
            self.deeds.tell(case.event, say("protocol.none", policy.language))
        else:
            self.deeds.tell(case.event, protocol.text, protocol.title)
