"""Who helps with an objective: the app above keeps that, and says here how it is read beside one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Value

if TYPE_CHECKING:
    from django.db.models import Subquery

    from objectives.models.objective import Objective
    from objectives.models.objective_reading import ObjectiveQuerySet
    from people.viewer import Viewer

    Read = Callable[[Viewer], Subquery]
    Parse = Callable[[Iterable[list[Any]] | None], list["Helps"]]


class Helps(NamedTuple):
    """Help that somebody promised: by whom, what, until when, whether it is still to come, and with which key result.

    `key_result` is its id, or None for the objective as a whole.
    """

    by: str
    text: str
    due_on: date | None
    is_open: bool
    key_result: int | None


_OFFERED: dict[str, Any] = {}


def offer_help(read: Read, parse: Parse) -> None:
    """From now on `read` says of each objective what its reader is told of help, and `parse` makes that plain."""
    _OFFERED.update(read=read, parse=parse)


def with_help(rows: ObjectiveQuerySet, viewer: Viewer) -> ObjectiveQuerySet:
    """Objectives with what was promised for them, as far as `viewer` may read it: see `help_of`; no further query."""
    read: Read | None = _OFFERED.get("read")
    return rows.annotate(help_list=read(viewer) if read else Value(None))


def help_of(row: Objective) -> list[Helps]:
    """What was promised for it and its key results, what is still to come first; needs `with_help`."""
    parse: Parse | None = _OFFERED.get("parse")
    return parse(vars(row)["help_list"]) if parse else []
