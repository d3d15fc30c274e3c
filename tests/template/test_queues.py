from typing import Any

import pytest

from template.model import Resource, of_type, plain

FOURTEEN_DAYS = 14 * 24 * 3600
QUEUES = ("InboundQueue", "DeskQueue", "ActionsQueue", "HoldQueue", "DeliverQueue", "ClocksQueue")
FIFO = frozenset(QUEUES) - {"HoldQueue", "ClocksQueue"}
WITHOUT_A_QUEUE = {"MailDeadLetters"}
"""Dead letters of a function that is invoked without a queue in between."""


def mapping_of(expanded: dict[str, Any], queue: str) -> Resource:
    mapping: Resource
    [mapping] = [
        mapping["Properties"]
        for mapping in of_type(expanded, "AWS::Lambda::EventSourceMapping").values()
        if plain(mapping["Properties"]["EventSourceArn"]) == queue
    ]
    return mapping


def test_queues_are_the_six_and_their_dead_letters(expanded: dict[str, Any]) -> None:
    dead_letters = {name.replace("Queue", "DeadLetters") for name in QUEUES}

    assert set(of_type(expanded, "AWS::SQS::Queue")) == {*QUEUES, *dead_letters, *WITHOUT_A_QUEUE}


@pytest.mark.parametrize("queue", QUEUES)
def test_queue_gives_what_failed_five_times_to_dead_letters_of_its_kind(expanded: dict[str, Any], queue: str) -> None:
    properties = expanded["Resources"][queue]["Properties"]
    redrive = properties["RedrivePolicy"]
    dead_letters = expanded["Resources"][plain(redrive["deadLetterTargetArn"])]["Properties"]

    assert redrive["maxReceiveCount"] >= 5
    assert properties.get("FifoQueue", False) is dead_letters.get("FifoQueue", False) is (queue in FIFO)


def test_every_queue_is_encrypted_and_keeps_messages_for_the_longest_time(expanded: dict[str, Any]) -> None:
    for name, queue in of_type(expanded, "AWS::SQS::Queue").items():
        assert queue["Properties"]["SqsManagedSseEnabled"] is True, name
        assert queue["Properties"]["MessageRetentionPeriod"] == FOURTEEN_DAYS, name


@pytest.mark.parametrize("queue", sorted(FIFO))
def test_fifo_queue_counts_per_group_and_takes_two_equal_texts_for_two_messages(
    expanded: dict[str, Any], queue: str
) -> None:
    properties = expanded["Resources"][queue]["Properties"]

    assert properties["ContentBasedDeduplication"] is False
    assert properties["DeduplicationScope"] == "messageGroup"
    assert properties["FifoThroughputLimit"] == "perMessageGroupId"


@pytest.mark.parametrize("queue", QUEUES)
def test_queue_is_read_in_batches_whose_failures_are_reported_one_by_one(expanded: dict[str, Any], queue: str) -> None:
    mapping = mapping_of(expanded, queue)

    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    # A message that cannot be taken must not use up the attempts of those behind it in its group.
    ordered = expanded["Resources"][queue]["Properties"].get("FifoQueue", False)
    assert mapping["BatchSize"] == (1 if ordered else 10)


@pytest.mark.parametrize("queue", QUEUES)
def test_message_stays_invisible_for_six_timeouts_of_its_function(expanded: dict[str, Any], queue: str) -> None:
    function = expanded["Resources"][plain(mapping_of(expanded, queue)["FunctionName"])]["Properties"]

    assert expanded["Resources"][queue]["Properties"]["VisibilityTimeout"] == 6 * function["Timeout"]


def test_clocks_are_worked_off_ten_at_a_time_and_leave_the_account_to_others(expanded: dict[str, Any]) -> None:
    assert mapping_of(expanded, "ClocksQueue")["ScalingConfig"] == {"MaximumConcurrency": 10}


def test_mail_that_could_not_be_queued_comes_to_rest_in_dead_letters(expanded: dict[str, Any]) -> None:
    [config] = [
        config["Properties"]
        for config in of_type(expanded, "AWS::Lambda::EventInvokeConfig").values()
        if plain(config["Properties"]["FunctionName"]) == "ReceiveMailFunction"
    ]

    assert config["MaximumRetryAttempts"] == 2
    assert plain(config["DestinationConfig"]["OnFailure"]["Destination"]) == "MailDeadLetters"
