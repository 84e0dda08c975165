"""What pages tell of events, made from what was read; nothing here asks the database."""

from activity.rows.newer import newer

__all__ = ["newer"]
