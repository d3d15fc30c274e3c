"""How often somebody may do something: counted in the table, and forgotten by it."""

from mostrador.store import keys
from mostrador.store.models import AllowanceItem


class DynamoAllowances:
    """The table must be open (``models.open_table``)."""

    def take(self, what: str, limit: int, seconds: int, now: float) -> bool:
        """Count once more; False where it was done ``limit`` times within this stretch of ``seconds`` already.

        Stretches begin at fixed times, so that around such a time it may be done twice as often: one write decides.
        """
        window = int(now // seconds)
        item = AllowanceItem(*keys.allowance(what, window))
        item.update([AllowanceItem.used.add(1), AllowanceItem.expires_at.set((window + 1) * seconds)])
        return int(item.used or 0) <= limit
