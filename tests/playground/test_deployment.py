"""What is different about the template on the local engine."""

from pathlib import Path

from playground.deployment import BATCHED, load_template, permit_batches

TEMPLATE = Path(__file__).parents[2] / "template.yaml"


def test_whoever_may_do_it_once_may_do_it_in_batches_and_nothing_else_changes() -> None:
    cloud, local = load_template(TEMPLATE), load_template(TEMPLATE)
    permit_batches(local)
    roles = [name for name in cloud["Resources"] if cloud["Resources"][name] != local["Resources"][name]]
    assert {local["Resources"][name]["Type"] for name in roles} == {"AWS::IAM::Role"}
    without = str(local).replace("['sqs:SendMessage', 'sqs:SendMessageBatch']", "'sqs:SendMessage'")
    assert without.replace(", 'sqs:ChangeMessageVisibilityBatch'", "") == str(cloud)
    assert all(str(local).count(f"'{many}'") == str(cloud).count(f"'{one}'") > 0 for one, many in BATCHED.items())
