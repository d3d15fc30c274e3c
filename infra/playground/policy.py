"""`python -m playground.policy '{...}'`: puts the example's policy in force as a Wish wants it, and prints what it is.

A program of its own, because the policy is pushed with whatever cloud the environment names, and that of the
playground names none.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import msgspec

from cli import policy as policies
from cli.policyfile.compile import with_version
from cli.policyfile.read import Checked, read_policy
from playground.shop_time import pretending
from playground.stack import Wish

POLICY_FILE = Path(__file__).parents[1] / "policy" / "policy.yaml"


def wished_for(wish: Wish, now: float) -> Checked:
    """Raises BrokenPolicy."""
    checked = read_policy(POLICY_FILE, language=wish.language)
    return replace(checked, policy=with_version(pretending(checked.policy, wish.pretence, now)))


def main() -> None:
    wish = msgspec.json.decode(sys.argv[1], type=Wish)
    stack = policies.Stack(wish.table, wish.bucket, wish.clocks_queue)
    note = f"playground: {wish.pretence.moment}, {'in a hurry' if wish.pretence.hurry else 'as fast as it is'}"
    done = policies.put_in_force(wished_for(wish, time.time()), stack, who="playground", note=note)
    sys.stdout.buffer.write(msgspec.json.encode(done.policy))


if __name__ == "__main__":
    main()
