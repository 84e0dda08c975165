"""How long what is for a time is kept, in days, where nobody says otherwise.

Each is a setting, KEEP_…_DAYS. Source: guarantees PRIV-12; docs/operators/settings.md (meaning).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """So many `days`, and the fewest and the most that a setting may say; `of` says in words what is kept."""

    of: str
    days: int
    least: int
    most: int = 36_500


TERMS: Mapping[str, Term] = {
    "DRAFTS": Term("drafts", 90, least=14),  # a week can be written until the Wednesday after it
    "SESSIONS": Term("sessions", 30, least=1, most=365),
    "LINKS": Term("links and tokens that have ended", 30, least=1),
    "MAIL": Term("mails", 90, least=7),
    "AUDIT": Term("what was decided", 731, least=90),  # two years, a leap day included
    "HISTORY": Term("what happened", 1827, least=90),  # five
}
