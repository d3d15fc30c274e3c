"""`python -m playground.policy '{...}'`: pushes the shop's policy in the language and with the pretence of a Wish, and
writes it as it was compiled.

A program of its own, because the policy is pushed with whatever cloud the environment names, and that of the
playground names none.
"""

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from playground.config import Language
from playground.shop_time import Pretence, pretending

POLICY_FILE = Path(__file__).parents[1] / "policy" / "policy.yaml"


@dataclass(frozen=True, slots=True)
class Wish:
    """Where the policy goes, and what is to be different about it."""

    language: Language
    pretence: Pretence
    table: str
    bucket: str
    clocks_queue: str | None = None
