"""What the pages of a quarter's end show, as plain rows made from what was read; nothing here asks the database."""

from retros.rows.closing import closing_rows, effect, open_quarters, snapshot_rows, why_not_yet

__all__ = ["closing_rows", "effect", "open_quarters", "snapshot_rows", "why_not_yet"]
