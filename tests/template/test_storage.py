from typing import Any

from mostrador.store.models import ConversationItem, Item
from template.model import as_list, of_type


def table(expanded: dict[str, Any]) -> dict[str, Any]:
    [found] = of_type(expanded, "AWS::DynamoDB::Table").values()
    return found


def bucket_policy(expanded: dict[str, Any]) -> dict[str, dict[str, Any]]:
    statements = expanded["Resources"]["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    return {statement["Sid"]: statement for statement in statements}


def test_table_is_on_demand_encrypted_recoverable_and_kept(expanded: dict[str, Any]) -> None:
    properties = table(expanded)["Properties"]

    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["SSESpecification"] == {"SSEEnabled": True}
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table(expanded)["DeletionPolicy"] == "RetainExceptOnCreate"
    assert table(expanded)["UpdateReplacePolicy"] == "Retain"


def test_table_has_the_keys_and_the_indexes_that_the_store_asks_for(expanded: dict[str, Any]) -> None:
    properties = table(expanded)["Properties"]
    types = {each["AttributeName"]: each["AttributeType"] for each in properties["AttributeDefinitions"]}

    def keys(described: dict[str, Any]) -> list[tuple[str, str]]:
        return [(key["AttributeName"], types[key["AttributeName"]]) for key in described["KeySchema"]]

    assert keys(properties) == [("pk", "S"), ("sk", "S")]
    assert {index["IndexName"]: keys(index) for index in properties["GlobalSecondaryIndexes"]} == {
        "by_customer": [("customer_id", "S"), ("opened_at", "N")],
        "by_queue": [("queue_open", "S"), ("opened_at", "N")],
        "due": [("due_shard", "S"), ("due_at", "N")],
    }
    assert {index["IndexName"] for index in properties["GlobalSecondaryIndexes"]} == {
        *Item._indexes,  # noqa: SLF001 - pynamodb keeps no other list of them
        *ConversationItem._indexes,  # noqa: SLF001 - the same
    }


def test_indexes_hold_keys_only(expanded: dict[str, Any]) -> None:
    for index in table(expanded)["Properties"]["GlobalSecondaryIndexes"]:
        assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}, index["IndexName"]


def test_bucket_is_private_encrypted_and_kept(expanded: dict[str, Any]) -> None:
    bucket = expanded["Resources"]["Bucket"]

    assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["Properties"]["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert bucket["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert bucket["DeletionPolicy"] == "RetainExceptOnCreate"


def test_bucket_refuses_whoever_does_not_encrypt_the_way(expanded: dict[str, Any]) -> None:
    denied = bucket_policy(expanded)["OnlyOverTls"]

    assert denied["Effect"] == "Deny"
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_ses_of_this_account_alone_may_put_mail_and_only_mail(expanded: dict[str, Any]) -> None:
    statement = bucket_policy(expanded)["SesPutsMail"]

    assert as_list(statement["Action"]) == ["s3:PutObject"]
    assert statement["Resource"] == {"Fn::Sub": "${Bucket.Arn}/mail/*"}
    assert statement["Condition"]["StringEquals"]["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert "aws:SourceArn" in statement["Condition"]["StringEquals"]


def test_secrets_of_providers_are_created_without_a_value(expanded: dict[str, Any]) -> None:
    secrets = of_type(expanded, "AWS::SecretsManager::Secret")

    assert {name for name, secret in secrets.items() if "SecretString" in secret["Properties"]} == set()
    assert {name for name, secret in secrets.items() if "GenerateSecretString" in secret["Properties"]} == {
        "ReplyKeySecret",
        "ChatKeySecret",
        "WebKeySecret",
    }
    assert {secret["Properties"]["Name"]["Fn::Sub"] for secret in secrets.values()} == {
        "${SecretsPrefix}/slack",
        "${SecretsPrefix}/twilio",
        "${SecretsPrefix}/meta",
        "${SecretsPrefix}/shop",
        "${SecretsPrefix}/reply-key",
        "${SecretsPrefix}/web-key",
        "${SecretsPrefix}/chat-key",
    }


def test_recorded_voices_are_forgotten_when_the_shop_says(expanded: dict[str, Any]) -> None:
    rules = expanded["Resources"]["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    days = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule}

    assert days["media/phone/"] == {"Ref": "RecordingRetentionDays"}
