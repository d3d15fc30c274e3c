"""Builds the real template for this machine and deploys it to the local engine.

`sam build` does the building. The deploying is done here, because `sam deploy` takes twelve seconds for what takes one
and a half: the same built template, the same archives, the same transform and the same CreateStack, without change
sets and their waiting. The tests deploy with `sam deploy` as well, and compare.
"""

import hashlib
import io
import json
import os
import platform
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from playground.engine import Engine
from playground.processes import Program, StartFailed, running

ARTIFACTS = "artifacts"
"""The bucket that stands for the one which `sam deploy` makes."""


def architecture() -> str:
    """This machine's, in Lambda's words."""
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


# --- Building ---------------------------------------------------------------------------------------------------------


def inputs(checkout: Path) -> Iterator[Path]:
    """The files that the build reads, bytecode left out: who runs a test must not cause a build."""
    yield from [checkout / "template.yaml", checkout / "infra/tools/sam.txt", *sorted(checkout.glob("infra/*.yaml"))]
    for folder in ("functions", "layers"):
        for path in sorted((checkout / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def fingerprint(checkout: Path) -> str:
    digest = hashlib.sha256(architecture().encode())
    for path in inputs(checkout):
        digest.update(f"{path.relative_to(checkout)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def build_environment(checkout: Path) -> dict[str, str]:
    """This machine's own environment, for it may say how to reach the package index, and what the build asks for.

    ARCHITECTURE goes to the makefiles of the layers, beside the parameter that SAM takes. Where the machine is no
    Linux, the layers hold its own wheels: the engine runs the functions here, not on Amazon's processors.
    """
    return {
        **os.environ,
        # SAM wants python3.13 on the path, and so do the makefiles: the one that runs this is one.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "ARCHITECTURE": architecture(),
        "SAM_CLI_TELEMETRY": "0",
        "__SAM_CLI_APP_DIR": str(checkout / ".tools/sam/home"),
        **({} if sys.platform == "linux" else {"PLATFORM": "host"}),
    }


@dataclass(frozen=True, slots=True)
class Build:
    """A build under way, or one that there was no need for."""

    folder: Path
    program: Program | None
    fingerprint: str

    @property
    def template(self) -> Path:
        return self.folder / "build" / "template.yaml"

    def finish(self) -> None:
        """Raises StartFailed when `sam build` did not succeed."""
        if self.program is None:
            return
        if self.program.finish():
            raise StartFailed("`sam build` failed", self.program.log)
        stamp(self.folder).write_text(self.fingerprint)


def stamp(folder: Path) -> Path:
    """Holds the fingerprint of what lies in ``folder``/build, and is not there while that is half built."""
    return folder / "build.stamp"


@contextmanager
def building(checkout: Path, folder: Path) -> Iterator[Build]:
    """Builds into ``folder``/build, meanwhile, unless what is there was made of the same files.

    SAM's cache lies beside it, so that only what changed is built.
    """
    wanted, made = fingerprint(checkout), stamp(folder)
    if made.exists() and made.read_text() == wanted:
        yield Build(folder, None, wanted)
        return
    made.unlink(missing_ok=True)
    command = [
        str(checkout / ".tools/sam/bin/sam"), "build", "--cached", "--parallel",
        "--template", str(checkout / "template.yaml"),
        "--build-dir", str(folder / "build"), "--cache-dir", str(folder / "cache"),
        "--parameter-overrides", f"Architecture={architecture()}",
    ]  # fmt: skip
    with running("`sam build`", command, folder / "build.log", build_environment(checkout)) as program:
        yield Build(folder, program, wanted)


# --- Packaging --------------------------------------------------------------------------------------------------------


class TemplateLoader(yaml.SafeLoader):
    """Reads CloudFormation's short forms (`!Ref x`) as the long ones (`{"Ref": "x"}`)."""


def _intrinsic(loader: TemplateLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": value}


TemplateLoader.add_multi_constructor("!", _intrinsic)


def load_template(path: Path) -> dict[str, Any]:
    template: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), TemplateLoader)  # noqa: S506 - a SafeLoader
    return template


BATCHED = {
    "sqs:SendMessage": "sqs:SendMessageBatch",
    "sqs:ChangeMessageVisibility": "sqs:ChangeMessageVisibilityBatch",
}


def permit_batches(part: Any) -> None:
    """What may be done once may be done in a batch in the cloud (SQS, "API permissions: actions and resource
    reference"); the engine asks for permissions of its own, which the cloud does not know."""
    if isinstance(part, dict):
        if batches := batched(part.get("Action", [])):
            part["Action"] = batches
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            permit_batches(inner)


def batched(action: str | list[str]) -> list[str]:
    """Empty where nothing is to be added."""
    actions = [action] if isinstance(action, str) else action
    batches = [BATCHED[each] for each in actions if each in BATCHED]
    return [*actions, *batches] if batches else []


def archive(folder: Path) -> bytes:
    """A zip as SAM makes it, every file dated 1980: what does not survive that must fail here too. Not compressed,
    because each function unpacks the layers once more."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as output:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                output.writestr(name, path.read_bytes())
    return buffer.getvalue()


def package(engine: Engine, built: Path) -> str:
    """Uploads the built template ``built`` and what it points to; answers the template's URL."""
    template = load_template(built)
    permit_batches(template)
    with engine.client("s3") as s3:
        s3.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})

        def upload(key: str, content: bytes) -> str:
            s3.put_object(Bucket=ARTIFACTS, Key=key, Body=content)
            return f"{ARTIFACTS}/{key}"

        for name, resource in template["Resources"].items():
            properties = resource["Properties"]
            for code in properties.keys() & {"CodeUri", "ContentUri"}:
                properties[code] = f"s3://{upload(f'{name}.zip', archive(built.parent / properties[code]))}"
            if resource["Type"] == "AWS::Serverless::Application":
                nested = (built.parent / properties["Location"]).read_bytes()
                properties["Location"] = f"{engine.endpoint}/{upload(f'{name}.yaml', nested)}"
        return f"{engine.endpoint}/{upload('template.json', json.dumps(template).encode())}"


# --- Deploying --------------------------------------------------------------------------------------------------------


def deploy(engine: Engine, built: Path, name: str, parameters: Mapping[str, str]) -> dict[str, str]:
    """Creates the stack and answers its outputs. Raises StartFailed with CloudFormation's reason."""
    template = package(engine, built)
    with engine.client("cloudformation") as cloudformation:
        cloudformation.create_stack(
            StackName=name,
            TemplateURL=template,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        )
        stack = finished(cloudformation, name)
        if stack["StackStatus"] != "CREATE_COMPLETE":
            reason = first_failure(cloudformation, name)
            raise StartFailed(f"the stack is {stack['StackStatus']}: {reason}", engine.program.log)
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def finished(cloudformation: Any, name: str) -> dict[str, Any]:
    while True:
        stack: dict[str, Any] = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return stack
        time.sleep(0.05)


def first_failure(cloudformation: Any, name: str) -> str:
    """What failed first: what comes after it in the list of events was only cancelled."""
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    failed = [event for event in reversed(events) if event["ResourceStatus"].endswith("_FAILED")]
    return "; ".join(f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', '?')}" for e in failed[:1])
