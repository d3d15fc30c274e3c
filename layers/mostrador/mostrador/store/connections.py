"""Who is in the chat now. Amazon tells only of most connections that they ended: whoever writes to one finds out."""

from collections.abc import Sequence

from pynamodb.exceptions import DoesNotExist, UpdateError

from mostrador.domain.chat import Connection
from mostrador.store import keys
from mostrador.store.models import ConnectionItem

LONGEST = 7200 + 600
"""Seconds: Amazon ends a connection after two hours, and what is forgotten later than that does no harm."""
_NOT_THERE = "ConditionalCheckFailedException"


class DynamoConnections:
    """The table must be open (``models.open_table``)."""

    def open(self, connection: Connection) -> None:
        """Under its visitor first: without the other item, the browser is only asked to say hello again."""
        for key in (keys.connection(connection.session, connection.id), keys.whose_connection(connection.id)):
            _item(key, connection).save()

    def find(self, connection_id: str) -> Connection | None:
        try:
            return _connection(ConnectionItem.get(*keys.whose_connection(connection_id), consistent_read=True))
        except DoesNotExist:
            return None

    def touch(self, connection: Connection, now: float) -> None:
        """That somebody is there; of a connection that was forgotten meanwhile nothing is kept."""
        item = ConnectionItem(*keys.connection(connection.session, connection.id))
        try:
            item.update([ConnectionItem.seen_at.set(now)], condition=ConnectionItem.pk.exists())
        except UpdateError as error:
            if error.cause_response_code != _NOT_THERE:
                raise

    def of(self, session: str) -> Sequence[Connection]:
        found = ConnectionItem.query(keys.chat(session), consistent_read=True)
        return [_connection(item) for item in found]

    def forget(self, connection: Connection) -> None:
        for key in (keys.connection(connection.session, connection.id), keys.whose_connection(connection.id)):
            ConnectionItem(*key).delete()


def _item(key: keys.Key, connection: Connection) -> ConnectionItem:
    return ConnectionItem(
        *key,
        connection_id=connection.id,
        session=connection.session,
        language=connection.language or None,
        seen_at=connection.seen_at,
        expires_at=int(connection.seen_at) + LONGEST,
    )


def _connection(item: ConnectionItem) -> Connection:
    return Connection(item.connection_id, item.session, item.language or "", float(item.seen_at))
