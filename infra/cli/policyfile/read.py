"""The whole way of a policy file: read, checked, compiled."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from cli.policyfile.attached import attached_to
from cli.policyfile.checks.conditions import check_conditions
from cli.policyfile.checks.people import check_people
from cli.policyfile.checks.references import check_references, check_unused
from cli.policyfile.checks.slack import Directory, check_slack
from cli.policyfile.checks.texts import check_texts
from cli.policyfile.checks.times import check_times
from cli.policyfile.compile import compiled
from cli.policyfile.draft import Draft, draft_of
from cli.policyfile.findings import Finding
from cli.policyfile.public_holidays import holidays_of
from cli.policyfile.source import read_source
from cli.policyfile.weeks import hours_of
from mostrador.policy.model import Policy, PolicyError


class BrokenPolicy(PolicyError):
    """A file that cannot be put to work; ``str()`` is one line for each fault."""

    def __init__(self, faults: list[Finding], warnings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        self.warnings = warnings


@dataclass(frozen=True, slots=True)
class Checked:
    policy: Policy
    warnings: list[Finding]
    written: str
    """The file as it stands there."""


def read_policy(
    path: Path, *, language: str = "", today: date | None = None, slack: Directory | None = None
) -> Checked:
    """``language`` stands in for the shop's own; from ``today`` on holidays are needed; ``slack`` knows who exists.

    Raises BrokenPolicy with everything that is wrong.
    """
    source = read_source(path)
    draft = draft_of(source, today or datetime.now(UTC).date())
    if language and draft.document.shop:
        shop = draft.document.shop.model_copy(update={"language": language})
        draft = replace(draft, document=draft.document.model_copy(update={"shop": shop}))
    if slack:
        check_slack(draft, slack)
    policy, faults = _checked(draft)
    if policy is None:
        raise BrokenPolicy(faults, source.findings.warnings)
    return Checked(policy, source.findings.warnings, source.text)


def _checked(draft: Draft) -> tuple[Policy | None, list[Finding]]:
    """The policy where nothing is wrong, and the faults, those of other files as well."""
    hours, holidays, attached = hours_of(draft), holidays_of(draft), attached_to(draft)
    for check in (check_references, check_people, check_conditions, check_texts):
        check(draft)
    check_times(draft, hours, holidays)
    faults = [*draft.findings.faults, *attached.elsewhere.faults]
    if faults:
        return None, faults
    check_unused(draft)
    return compiled(draft, hours, holidays, attached), []
