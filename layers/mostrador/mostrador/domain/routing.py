"""Where a conversation goes, what its customer was promised, and the record of why."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that was decided, and by which rule of the policy."""

    field: str
    """``queue``, ``priority``, ``tags``, ``attention``, ``answer``, ``protocol``, ``promise``, ``agent``; once it is
    given out, ``assignee`` and, for each who could not take it, ``passed_over``. Where the automatic answer was another
    one than ``answer``, ``said``; where there was none after all, ``unsaid``."""
    value: str
    rule: str
    """The rule's id; where no rule said it, ``segment:{id}``, ``channel``, ``dedicated``, ``customer``, ``overflow`` or
    ``default``. Of ``assignee`` how they got it (``own``, ``stand_in``, a ``policy.model.Work``, ``nobody``), of
    ``passed_over`` a ``policy.assignment.Obstacle``, of ``said`` and ``unsaid`` what made it so
    (``policy.first_word``)."""


@dataclass(frozen=True, slots=True)
class Routing:
    """Kept on the conversation, so that anybody can ask why it is where it is."""

    policy: str
    """The version of the policy that decided."""
    segment: str
    segment_because: tuple[str, ...] = ()
    """The conditions of the segment that held, as ``name=value``: ``orders_at_least=3``."""
    because: tuple[Because, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was known when it was decided: ``channel``, ``language``, ``intent``, ``open``, ``orders``, ``spent``..."""


@dataclass(frozen=True, slots=True)
class Promise:
    """When the customer should have an answer. Times are epoch seconds."""

    target: str
    """The target's id in the policy."""
    kind: str
    """``first`` or ``next``: the response that is promised."""
    since: float
    """When the customer began to wait."""
    due_at: float
    marks: tuple[float, ...] = ()
    """When somebody is told: the warnings, and ``due_at`` as the last one."""
    passed: int = 0
    """How many marks were told."""

    @property
    def next_mark(self) -> float:
        """0 when all were told."""
        return self.marks[self.passed] if self.passed < len(self.marks) else 0.0
