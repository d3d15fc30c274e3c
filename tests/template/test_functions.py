import json
from typing import Any

import pytest

from mostrador.runtime import settings
from template.model import CHECKOUT, Resource, allowed, of_type, plain

LAMBDAS_OWN = {"AWS_REGION"}
EVERY_FUNCTIONS = {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL", "AWS_CA_BUNDLE"}

READ = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"}
TABLE = {f"dynamodb:{action}" for action in ("GetItem", "Query", "PutItem", "UpdateItem")}
SEVERAL = {"dynamodb:BatchGetItem"}
"""For whoever asks who works now."""
DELETE = {"dynamodb:DeleteItem"}
"""For connections of the chat, which end."""


def on(resource: str, *actions: str) -> set[tuple[str, str]]:
    return {(action, resource) for action in actions}


def sends(*queues: str) -> set[tuple[str, str]]:
    return {("sqs:SendMessage", f"{queue}Queue") for queue in queues}


def secrets(*names: str) -> set[tuple[str, str]]:
    return {("secretsmanager:GetSecretValue", f"{name}Secret") for name in names}


def reads_files(*folders: str) -> set[tuple[str, str]]:
    """Without ListBucket, S3 says "forbidden" of an object that is not there yet."""
    return {("s3:GetObject", f"Bucket/{folder}/*") for folder in folders} | on("Bucket", "s3:ListBucket")


def writes_files(*folders: str) -> set[tuple[str, str]]:
    return {("s3:PutObject", f"Bucket/{folder}/*") for folder in folders}


BROWSERS = {
    (
        "execute-api:ManageConnections",
        "arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:ChatApi/live/POST/@connections/*",
    )
}
"""Every open connection of the chat, to write to: their ids are Amazon's, and new each time."""
TRANSCRIBE = {("transcribe:StartTranscriptionJob", "*")}
"""Jobs cannot be allowed by their names; a condition says where they may write to."""
SES = "arn:AWS::Partition:ses:AWS::Region:AWS::AccountId"

# What each function may reach beyond its own log and its traces. Who widens a role changes this table with it.
ROLES: dict[str, set[tuple[str, str]]] = {
    "Receive": sends("Inbound") | writes_files("raw") | secrets("Twilio", "Meta", "Shop"),
    "ReceiveMail": sends("Inbound") | on("MailDeadLetters", "sqs:SendMessage"),
    "Ingest": on("InboundQueue", *READ)
    | on("InboxTable", *TABLE, *SEVERAL)
    | reads_files("mail", "raw", "uploads", "policy", "media/phone", "transcripts")
    | writes_files("media", "transcripts")
    | TRANSCRIBE
    | secrets("Twilio", "Meta", "ReplyKey")
    | sends("Desk", "Deliver"),
    "Notify": on("DeskQueue", *READ)
    | on("InboxTable", *TABLE)
    | reads_files("media", "policy")
    | secrets("Slack")
    | sends("Desk"),
    "Slack": sends("Actions") | secrets("Slack"),
    "Act": on("ActionsQueue", *READ)
    | on("InboxTable", *TABLE, *SEVERAL)
    | reads_files("policy")
    | writes_files("media")
    | secrets("Slack", "Twilio")
    | sends("Hold", "Desk"),
    "Release": on("HoldQueue", *READ) | sends("Deliver"),
    "Deliver": on("DeliverQueue", *READ)
    | on("InboxTable", *TABLE, *SEVERAL, *DELETE)
    | reads_files("media", "policy")
    | secrets("Twilio", "Meta", "ReplyKey", "WebKey", "ChatKey")
    | sends("Desk", "Hold")
    | BROWSERS
    | on(f"{SES}:identity/Identity", "ses:SendEmail", "ses:SendRawEmail")
    | on(f"{SES}:configuration-set/AWS::StackName", "ses:SendEmail", "ses:SendRawEmail"),
    "Chat": on("InboxTable", *TABLE, *SEVERAL, *DELETE)
    | reads_files("media", "policy")
    | writes_files("uploads")
    | secrets("ChatKey")
    | sends("Inbound")
    | BROWSERS,
    "Voice": on("InboxTable", "dynamodb:GetItem") | reads_files("policy") | secrets("Twilio") | sends("Inbound"),
    "Web": on("InboxTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem")
    | reads_files("media", "policy")
    | writes_files("uploads")
    | secrets("WebKey")
    | sends("Inbound"),
    "Tick": on("InboxTable", "dynamodb:GetItem", "dynamodb:UpdateItem")
    | on("InboxTable/index/due", "dynamodb:Query")
    | sends("Desk", "Deliver", "Clocks"),
    "Clocks": on("ClocksQueue", *READ)
    | on("InboxTable", *(TABLE - {"dynamodb:Query"}), *SEVERAL)
    | reads_files("policy")
    | sends("Desk", "Deliver"),
}

EVERYWHERE = {
    # X-Ray has no resources to name.
    ("xray:PutTraceSegments", "*"),
    ("xray:PutTelemetryRecords", "*"),
}

functions = pytest.mark.parametrize("name", ROLES)


def function(expanded: dict[str, Any], name: str) -> Resource:
    properties: Resource = expanded["Resources"][f"{name}Function"]["Properties"]
    return properties


def own_logs(name: str) -> set[tuple[str, str]]:
    return on(f"{name}Logs", "logs:CreateLogStream", "logs:PutLogEvents")


def test_functions_are_these_and_each_has_a_folder(expanded: dict[str, Any], written: dict[str, Any]) -> None:
    folders = {
        plain(resource["Properties"]["CodeUri"]) for resource in of_type(written, "AWS::Serverless::Function").values()
    }

    assert set(of_type(expanded, "AWS::Lambda::Function")) == {f"{name}Function" for name in ROLES}
    assert folders == {f"functions/{path.parent.name}" for path in CHECKOUT.glob("functions/*/app.py")}


@functions
def test_function_runs_as_all_do(expanded: dict[str, Any], name: str) -> None:
    properties = function(expanded, name)

    assert properties["Runtime"] == "python3.13"
    assert properties["Architectures"] == [{"Ref": "Architecture"}]
    assert properties["TracingConfig"] == {"Mode": "Active"}
    assert len(properties["Layers"]) == 2


@functions
def test_function_logs_json_to_a_group_of_its_own_that_forgets(expanded: dict[str, Any], name: str) -> None:
    logging = function(expanded, name)["LoggingConfig"]
    group = expanded["Resources"][f"{name}Logs"]["Properties"]

    assert logging == {
        "LogFormat": "JSON",
        "ApplicationLogLevel": {"Ref": "LogLevel"},
        "LogGroup": {"Ref": f"{name}Logs"},
    }
    assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}


@functions
def test_function_is_told_exactly_what_its_settings_ask_for(expanded: dict[str, Any], name: str) -> None:
    told = set(function(expanded, name)["Environment"]["Variables"])
    asked = {field.upper() for field in getattr(settings, f"{name}Settings")._fields}

    assert told - EVERY_FUNCTIONS == asked - LAMBDAS_OWN


@functions
def test_function_in_a_container_can_be_told_all_of_it(expanded: dict[str, Any], name: str) -> None:
    told = function(expanded, name)["Environment"]["Variables"]
    given = json.loads((CHECKOUT / "infra/sam-local/env.json").read_text(encoding="utf-8"))["Parameters"]

    assert {variable for variable, value in told.items() if not isinstance(value, str)} - set(given) == set()


def test_nothing_is_told_to_containers_that_no_function_is_told(expanded: dict[str, Any]) -> None:
    told = {variable for name in ROLES for variable in function(expanded, name)["Environment"]["Variables"]}
    given = json.loads((CHECKOUT / "infra/sam-local/env.json").read_text(encoding="utf-8"))

    assert set(given) == {"Parameters"}
    assert set(given["Parameters"]) - told == set()


@functions
def test_role_reaches_what_the_function_needs_and_nothing_else(expanded: dict[str, Any], name: str) -> None:
    assert plain(function(expanded, name)["Role"]) == f"{name}Role"
    assert allowed(expanded["Resources"][f"{name}Role"]) == ROLES[name] | own_logs(name) | EVERYWHERE


@functions
def test_function_may_send_to_the_queues_that_it_is_told_of(expanded: dict[str, Any], name: str) -> None:
    variables = function(expanded, name)["Environment"]["Variables"].values()
    told = {plain(value) for value in variables if plain(value).endswith("Queue")}
    may_send_to = {resource for action, resource in ROLES[name] if action == "sqs:SendMessage"}

    assert told == {queue for queue in may_send_to if queue.endswith("Queue")}


def test_roles_are_the_functions_own(expanded: dict[str, Any]) -> None:
    roles = of_type(expanded, "AWS::IAM::Role")

    assert set(roles) == {f"{name}Role" for name in ROLES}
    assert not any("ManagedPolicyArns" in role["Properties"] for role in roles.values())


def test_no_statement_has_a_wildcard_but_for_what_has_no_name(expanded: dict[str, Any]) -> None:
    for name, role in of_type(expanded, "AWS::IAM::Role").items():
        for action, resource in allowed(role) - EVERYWHERE - BROWSERS - TRANSCRIBE:
            assert "*" not in action, name
            # A folder of the bucket is the narrowest name that objects have.
            assert "*" not in resource.removesuffix("/*"), name
            assert not resource.endswith("/*") or resource.startswith("Bucket/"), name


def test_transcripts_go_nowhere_but_into_their_folder_of_the_bucket(expanded: dict[str, Any]) -> None:
    [policy] = expanded["Resources"]["IngestRole"]["Properties"]["Policies"]
    statements = {each["Sid"]: each for each in policy["PolicyDocument"]["Statement"]}

    assert statements["BeginTranscripts"]["Condition"] == {
        "StringEquals": {"transcribe:OutputBucketName": {"Ref": "Bucket"}},
        "StringLike": {"transcribe:OutputKey": "transcripts/*"},
    }


def test_tick_is_woken_every_minute_and_not_again_when_it_fails(expanded: dict[str, Any]) -> None:
    [rule] = of_type(expanded, "AWS::Events::Rule").values()

    assert rule["Properties"]["ScheduleExpression"] == "rate(1 minute)"
    assert [plain(target["Arn"]) for target in rule["Properties"]["Targets"]] == ["TickFunction"]
    assert expanded["Resources"]["TickFunctionEventInvokeConfig"]["Properties"]["MaximumRetryAttempts"] == 0
