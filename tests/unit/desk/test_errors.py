"""Every error of Slack's has one meaning."""

import pytest

from mostrador.desk.errors import FIXES, GONE, PATIENCE, MessageGone, Rejected, meaning
from mostrador.domain.errors import NotConfigured, TryAgain


def test_no_error_has_two_meanings() -> None:
    assert len(GONE | set(FIXES) | set(PATIENCE)) == len(GONE) + len(FIXES) + len(PATIENCE)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        *((error, MessageGone) for error in sorted(GONE)),
        *((error, NotConfigured) for error in sorted(FIXES)),
        *((error, TryAgain) for error in sorted(PATIENCE)),
        ("invalid_blocks", Rejected),
        ("msg_too_long", Rejected),
        ("an_error_of_tomorrow", Rejected),
    ],
)
def test_an_error_has_its_meaning(error: str, kind: type[Exception]) -> None:
    found = meaning("chat_postMessage", error)
    assert type(found) is kind
    assert str(found).startswith(f"chat_postMessage: {error}")


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_status_that_asks_for_patience_gets_it_whatever_the_body(status: int) -> None:
    assert isinstance(meaning("chat_update", "<html>", status=status), TryAgain)


@pytest.mark.parametrize(("after", "waits"), [(30.0, 30.0), (0.0, 1.0)])
def test_slacks_own_waiting_time_wins(after: float, waits: float) -> None:
    patient = meaning("chat_update", "ratelimited", status=429, after=after)
    assert isinstance(patient, TryAgain)
    assert patient.after == waits


def test_a_missing_scope_names_the_scope_and_the_remedy() -> None:
    said = str(meaning("users_info", "missing_scope", detail="users:read"))
    assert said == "users_info: missing_scope users:read: add the scope to the app and install it again"
