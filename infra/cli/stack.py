"""A deployed counter, as CloudFormation knows it, and who is asking."""

import getpass
import subprocess
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoRegionError

from cli.policy import Stack


class NoStack(Exception):
    """``str()`` says what to do."""


def find_stack(name: str) -> Stack:
    """By the name under which it was deployed. Raises NoStack."""
    outputs = stack_outputs(name)
    try:
        return Stack(outputs["TableName"], outputs["BucketName"], outputs.get("ClocksQueueUrl", ""))
    except KeyError as error:
        raise NoStack(f"the stack `{name}` has no output {error}: is it one of Mostrador's?") from error


def stack_outputs(name: str) -> dict[str, str]:
    try:
        client: Any = boto3.client("cloudformation")
        (description,) = client.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        raise NoStack(f"the stack `{name}` cannot be looked at: {error.response['Error']['Message']}") from error
    except NoRegionError as error:
        raise NoStack("no region is known: name the one of the stack, as in AWS_DEFAULT_REGION=eu-west-1") from error
    except BotoCoreError as error:
        raise NoStack(f"AWS cannot be reached: {error}") from error
    return {output["OutputKey"]: output["OutputValue"] for output in description.get("Outputs", [])}


def whoever_runs_this() -> str:
    """As git knows them, else the machine: it is a name for colleagues to read, and proves nothing."""
    try:
        command = ["git", "config", "user.name"]
        named = subprocess.run(command, capture_output=True, text=True, check=False, timeout=5)  # noqa: S603 - always these words
    except (OSError, subprocess.TimeoutExpired):
        return _login()
    return named.stdout.strip() or _login()


def _login() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return ""
