"""Ideas on one's own shelf: put there, reworded, taken off, and made an objective when their time has come.

Nobody is told, and nothing is logged: a shelf is nobody else's (docs/adr/2026-11-28-shelf.md).
Source: practices P50, P68; decisions, One word, one thing (*park*); guarantees CC-01, CC-04.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import NotNow, NotYours, Stale
from objectives.actions.objectives import drop
from objectives.models import Idea, Objective
from people.viewer import Viewer


class AddedAlready(NotNow):
    """It is on the shelf, as was asked: the same form came twice."""


class TakenOffAlready(NotNow):
    """It is off the shelf, as was asked: the same press came twice."""


@transaction.atomic
def add(*, by: Viewer, title: str, why: str, client_key: UUID, now: datetime) -> Idea:
    """Put an idea on one's shelf. Raises AddedAlready (409)."""
    words = {"title": title, "why": why, "added_at": now}
    row, is_new = Idea.objects.get_or_create(owner_id=by.pk, client_key=client_key, defaults=words)
    if not is_new:
        raise AddedAlready(_("It was put on your shelf already."))
    return row


@transaction.atomic
def reword(*, by: Viewer, idea: Idea, version: int, title: str, why: str) -> None:
    """Other words in the place of those of `version`. Raises NotNow (409: it is off the shelf), Stale (409)."""
    same = Idea.objects.visible_to(by).filter(pk=idea.pk)
    if not same.filter(version=version).update(title=title, why=why, version=F("version") + 1):
        if not same.exists():
            raise NotNow(_("It is off your shelf: taken off, or an objective by now."))
        raise Stale(_("Somebody saved a newer version."))


@transaction.atomic
def take_off(*, by: Viewer, idea: Idea, now: datetime) -> None:
    """Take it off the shelf; it can be put back for 30 days. Raises TakenOffAlready (409)."""
    same = Idea.objects.visible_to(by).filter(pk=idea.pk)
    if not same.update(deleted_at=now, version=F("version") + 1):
        raise TakenOffAlready(_("It is off your shelf already."))


@transaction.atomic
def put_back(*, by: Viewer, idea: Idea, now: datetime) -> None:
    """Put back what one took off in the last 30 days. Raises NotNow (409: it is there, or gone)."""
    gone = Idea.objects.deleted_by_mistake(by, now=now).filter(pk=idea.pk)
    if not gone.update(deleted_at=None, version=F("version") + 1):
        raise NotNow(_("It is there already, or gone."))


@transaction.atomic
def take_up(*, by: Viewer, idea_pk: int) -> None:
    """It has become an objective and is an idea no more; part of writing that one, so that one idea makes one.

    Also one that was taken off while somebody wrote. Raises NotNow (409: it has become one already).
    """
    if not Idea.objects.filter(pk=idea_pk, owner=by.pk).delete()[0]:
        raise NotNow(_("This idea has become an objective already. It stands among yours."))


@transaction.atomic
def park(*, by: Viewer, objective: Objective, reason: str, now: datetime) -> Idea:
    """Drop one's personal objective, and keep what it was about on one's shelf. Records DROPPED.

    Raises what `objectives.drop` raises, and NotYours (403: it is a team's).
    """
    if objective.is_team:
        raise NotYours(_("A shelf is for one’s own development. You can drop what is the team’s."))
    drop(by=by, objective=objective, reason=reason, now=now)
    return Idea.objects.create(owner_id=by.pk, title=objective.title, why=objective.why, added_at=now)
