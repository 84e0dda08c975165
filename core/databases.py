"""What Django would ask a database while it serves, asked when the connection is made."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def know_json(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Ask SQLite whether it knows JSON, outside of a transaction.

    Django asks at the first query with JSON in it, in a transaction: that waits for whoever writes, and when it has
    waited in vain, “locked” is taken for “no” until the process ends.
    """
    if connection.vendor == "sqlite":
        connection.connection.execute("SELECT JSON('{}')")
        connection.features.supports_json_field = True
