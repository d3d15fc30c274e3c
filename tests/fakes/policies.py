"""The policy of the tests: a small shop that is always open, so that a test says what it is about."""

from mostrador.policy.model import Agent, Hours, Interval, Policy, Queue, Target

ALWAYS = Hours("default", ((Interval(0, 1440),),) * 7, keeps_holidays=False)
MARTA = Agent("marta", "U0MARTA", "Marta Vidal", stand_in="U0INES")
LUIS = Agent("luis", "U0LUIS", "Luis Prieto", stand_in="U0MARTA")
INES = Agent("ines", "U0INES", "Inés Soto")
DEFAULT_QUEUE = Queue(
    "default",
    {"es": "Atención", "en": "Customer care"},
    "C0ATENCION",
    users=("U0MARTA", "U0LUIS", "U0INES"),
    lead="U0MARTA",
)

POLICY = Policy(
    shop_name="La Tinaja",
    language="es",
    queues={"default": DEFAULT_QUEUE},
    agents={agent.user: agent for agent in (MARTA, LUIS, INES)},
    hours={"default": ALWAYS},
    targets={"default": Target("default", first=7200, next=7200)},
)
