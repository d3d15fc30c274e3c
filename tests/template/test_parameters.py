from typing import Any

import pytest

from template import model
from template.model import of_type, plain, references

OUTPUTS = {
    "ApiUrl", "ApiId", "StageName", "TableName", "BucketName", "ReceiveMailFunction", "InboundQueueUrl",
    "DeskQueueUrl", "ActionsQueueUrl", "HoldQueueUrl", "DeliverQueueUrl", "ClocksQueueUrl", "SlackSecretName",
    "TwilioSecretName", "MetaSecretName", "ShopSecretName", "ActivateReceiptRules", "ChatUrl",
    "ChatApiId", "ChatTag",
}  # fmt: skip
TO_PASTE = {
    "TwilioWebhookUrl": "/webhooks/twilio",
    "VoiceUrl": "/voice/incoming",
    "MetaWebhookUrl": "/webhooks/meta",
    "ShopWebhookUrl": "/webhooks/shop",
    "FormUrl": "/web/form",
    "SlackEventsUrl": "/slack/events",
    "SlackActionsUrl": "/slack/actions",
    "SlackCommandsUrl": "/slack/commands",
    "SlackOptionsUrl": "/slack/options",
}


@pytest.mark.parametrize("path", model.PATHS, ids=lambda path: path.stem)
def test_every_parameter_is_described_and_used(path: Any) -> None:
    template = model.read(path)
    used = set(references({key: part for key, part in template.items() if key not in {"Parameters", "Metadata"}}))

    assert [name for name, value in template["Parameters"].items() if not value.get("Description")] == []
    assert set(template["Parameters"]) - used == set()


def test_every_parameter_has_a_default_so_that_a_first_deployment_asks_for_nothing(written: dict[str, Any]) -> None:
    assert [name for name, value in written["Parameters"].items() if "Default" not in value] == []


def test_every_parameter_is_in_a_group(written: dict[str, Any]) -> None:
    interface = written["Metadata"]["AWS::CloudFormation::Interface"]
    grouped = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]

    assert sorted(grouped) == sorted(written["Parameters"])
    assert set(interface["ParameterLabels"]) <= set(grouped)


def test_outputs_are_what_the_local_run_and_the_team_ask_for(written: dict[str, Any]) -> None:
    assert set(written["Outputs"]) == OUTPUTS | set(TO_PASTE)
    assert [name for name, value in written["Outputs"].items() if not value.get("Description")] == []


@pytest.mark.parametrize("name", TO_PASTE)
def test_url_to_paste_is_the_shops_own_domain_where_there_is_one(written: dict[str, Any], name: str) -> None:
    text, variables = written["Outputs"][name]["Value"]["Fn::Sub"]

    assert text == f"${{Base}}{TO_PASTE[name]}"
    assert variables["Base"] == {
        "Fn::If": ["HasOwnDomain", {"Ref": "PublicBaseUrl"}, {"Fn::GetAtt": ["HttpApi", "ApiEndpoint"]}]
    }


def test_tag_of_the_chat_is_ready_to_be_pasted(written: dict[str, Any]) -> None:
    text, variables = written["Outputs"]["ChatTag"]["Value"]["Fn::Sub"]

    assert text.startswith('<script src="${Base}/web/chat.js" data-url="wss://${ChatApi}.')
    assert text.endswith('" async></script>')
    assert variables == written["Outputs"]["FormUrl"]["Value"]["Fn::Sub"][1]


def test_architecture_is_one_setting(written: dict[str, Any]) -> None:
    chosen = {"Ref": "Architecture"}

    assert written["Globals"]["Function"]["Architectures"] == [chosen]
    for layer in of_type(written, "AWS::Serverless::LayerVersion").values():
        assert layer["Metadata"]["BuildArchitecture"] == chosen
        assert layer["Properties"]["CompatibleArchitectures"] == [chosen]
        assert layer["Metadata"]["BuildMethod"] == "makefile"


def test_receiving_mail_can_be_left_out_and_is_by_default(written: dict[str, Any]) -> None:
    assert written["Resources"]["Email"]["Condition"] == "ReceivesEmail"
    assert written["Parameters"]["WithEmailReceiving"]["Default"] == "false"
    kept = {name: part for name, part in written["Resources"].items() if name != "Email"}
    assert "Email" not in set(references(kept)) | set(references(written["Outputs"]))


def test_main_template_creates_nothing_of_ses(expanded: dict[str, Any]) -> None:
    assert [
        kind for resource in expanded["Resources"].values() if (kind := resource["Type"]).startswith("AWS::SES")
    ] == []


def test_mail_is_in_the_bucket_before_the_function_hears_of_it() -> None:
    rule = model.read(model.CHECKOUT / "infra/email.yaml")["Resources"]["ReceiptRule"]["Properties"]["Rule"]

    assert [next(iter(action)) for action in rule["Actions"]] == ["S3Action", "LambdaAction"]
    assert rule["Actions"][1]["LambdaAction"]["InvocationType"] == "Event"
    assert rule["Enabled"] is True
    assert rule["ScanEnabled"] is True


def test_mail_is_sent_with_the_set_that_tells_what_became_of_it(written: dict[str, Any]) -> None:
    receipts = model.read(model.CHECKOUT / "infra/mail-receipts.yaml")["Resources"]
    name = written["Resources"]["MailReceipts"]["Properties"]["Parameters"]["Name"]
    environment = written["Resources"]["DeliverFunction"]["Properties"]["Environment"]["Variables"]

    assert environment["MAIL_CONFIGURATION_SET"] == name
    assert receipts["ConfigurationSet"]["Properties"]["Name"] == {"Ref": "Name"}
    tags = receipts["DeliveryRule"]["Properties"]["EventPattern"]["detail"]["mail"]["tags"]
    assert tags == {"ses:configuration-set": [{"Ref": "Name"}]}


def test_a_transcript_is_told_of_by_the_name_of_its_job_and_can_be_switched_off(written: dict[str, Any]) -> None:
    rule = model.read(model.CHECKOUT / "infra/transcripts.yaml")["Resources"]["TranscriptRule"]["Properties"]
    jobs = written["Resources"]["IngestFunction"]["Properties"]["Environment"]["Variables"]["TRANSCRIPTION_JOBS"]

    assert written["Resources"]["Transcripts"]["Condition"] == "Transcribes"
    assert jobs == {"Fn::If": ["Transcribes", {"Fn::Sub": "${AWS::StackName}."}, ""]}
    assert rule["EventPattern"]["detail"]["TranscriptionJobName"] == [{"prefix": {"Fn::Sub": "${Name}."}}]


def test_every_dead_letter_queue_has_an_alarm(expanded: dict[str, Any]) -> None:
    queues = {name for name in of_type(expanded, "AWS::SQS::Queue") if name.endswith("DeadLetters")}
    handed_over = expanded["Resources"]["Observability"]["Properties"]["Parameters"]
    alarms = of_type(model.read(model.CHECKOUT / "infra/observability.yaml"), "AWS::CloudWatch::Alarm")
    watched = {
        plain(dimension["Value"])
        for alarm in alarms.values()
        for dimension in alarm["Properties"].get("Dimensions", [])
    }

    assert watched == queues
    assert {name for name in handed_over if name.endswith("DeadLetters")} == queues


def test_whoever_may_find_a_secret_missing_is_heard_by_the_alarm(expanded: dict[str, Any]) -> None:
    roles = of_type(expanded, "AWS::IAM::Role")
    readers = {
        f"{name.removesuffix('Role')}Logs"
        for name, role in roles.items()
        if any(action == "secretsmanager:GetSecretValue" for action, _ in model.allowed(role))
    }
    filters = of_type(model.read(model.CHECKOUT / "infra/observability.yaml"), "AWS::Logs::MetricFilter")
    heard = {
        plain(each["Properties"]["LogGroupName"])
        for each in filters.values()
        if "channel_closed" in each["Properties"]["FilterPattern"]
    }

    # What ``ingest`` cannot fetch comes to rest as a dead letter, which has an alarm of its own.
    assert heard == readers - {"IngestLogs"}
