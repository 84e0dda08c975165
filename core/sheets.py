"""Tables for spreadsheets: a text that a sheet would take for a formula stays a text.

Source: guarantees IN-11.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # the last four are full-width = + - @
GUARDED = re.compile("''*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """`text` with an apostrophe before it, where a sheet would calculate; `unguarded` gives it back."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if GUARDED.match(text) else text


def sheet(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file with a line of names, in UTF-8 with the mark that sheets look for; numbers stay numbers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return guarded(json.dumps(value) if isinstance(value, dict | list) else str(value))
