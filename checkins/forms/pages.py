"""What a page says of itself when it sends a week: which versions it has read, and which page it is."""

import re
from collections.abc import Mapping
from typing import Any

from checkins.actions.drafts import Page

MOST_TURNS = 1_000_000_000
_NUMBER = re.compile("[0-9]{1,9}")
_KEY = re.compile("[0-9a-f]{8,32}")


def version_in(typed: Any) -> int:
    """The number that was read, 0 for none; what is no number was not read from us."""
    return int(typed) if isinstance(typed, str) and _NUMBER.fullmatch(typed) else 0


def page_in(sent: Mapping[str, Any], *, turn: int | None = None) -> Page:
    """What was read; `turn` as it was sent unless it is given."""
    key = sent.get("page", "")
    return Page(
        week=version_in(sent.get("version")),
        draft=version_in(sent.get("draft")),
        key=key if _KEY.fullmatch(key) else "",
        turn=version_in(sent.get("turn")) if turn is None else turn,
    )
