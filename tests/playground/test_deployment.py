"""What is different about the template on the local engine."""

from pathlib import Path

from playground.deployment import load_template, permit_batches

TEMPLATE = Path(__file__).parents[2] / "template.yaml"


def test_whoever_may_send_may_send_in_batches_and_nothing_else_changes() -> None:
    cloud, local = load_template(TEMPLATE), load_template(TEMPLATE)
    permit_batches(local)
    roles = [name for name in cloud["Resources"] if cloud["Resources"][name] != local["Resources"][name]]
    assert {local["Resources"][name]["Type"] for name in roles} == {"AWS::IAM::Role"}
    batches = "['sqs:SendMessage', 'sqs:SendMessageBatch']"
    assert str(local).replace(batches, "'sqs:SendMessage'") == str(cloud)
    assert str(local).count(batches) == str(cloud).count("'sqs:SendMessage'")
