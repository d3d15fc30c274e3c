import pytest

from fakes.inbox import FakeInbox
from mostrador.store.inbox import DynamoInbox
from mostrador.usecases.ports import Inbox


@pytest.fixture(params=["memory", "table"])
def inbox(request: pytest.FixtureRequest) -> Inbox:
    if request.param == "memory":
        return FakeInbox()
    return DynamoInbox(request.getfixturevalue("table"))
