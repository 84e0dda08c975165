"""Picking what one brings to the recap of a team's quarter.

Source: practice P102; decisions 9, 16; guarantees CC-01, CC-06.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours, Stale
from objectives.actions.holding import hold_quarter
from objectives.models import Closing, Quarter
from people.models import Organisation, Team
from people.viewer import Viewer
from retros import permissions
from retros.models import Pick


@dataclass(frozen=True)
class Picked:
    """One best moment, and one change of mind, or none: the id of a line or a cheer, else own words (`moment`); the id
    of a reading or an amendment, else own words (`turn`)."""

    line: int | None = None
    cheer: int | None = None
    moment: str = ""
    confidence: int | None = None
    amendment: int | None = None
    turn: str = ""


@transaction.atomic
def pick(*, by: Viewer, team: Team, quarter: Quarter, picked: Picked, version: int, now: datetime) -> None:
    """Bring it in the place of `version` (0: nothing yet). Records PICKED, without the words.

    What is picked is `by`'s to pick: whoever calls has found it so. Closing the team's quarter waits for it, or it is
    refused. Raises NotYours (403), NotNow (409: the team or its quarter is closed, or the quarter has not begun where
    the organisation is), Stale (409).
    """
    if reason := permissions.why_not_pick(by, team.pk):
        raise NotYours(reason)
    hold_quarter(quarter.pk)
    refuse_closed(team, quarter)
    if quarter.first_on > Organisation.objects.get().today(now):  # it may still be made anew
        raise NotNow(_("That quarter has not begun yet where your organisation is."))
    words: dict[str, Any] = {
        f"{name}_id": getattr(picked, name) for name in ("line", "cheer", "confidence", "amendment")
    }
    words |= {"moment": picked.moment, "turn": picked.turn}
    row, is_new = Pick.objects.get_or_create(person_id=by.pk, team=team, quarter=quarter, defaults=words)
    if not is_new:
        if all(getattr(row, name) == value for name, value in words.items()):
            return
        same = Pick.objects.filter(pk=row.pk, version=version)
        if not same.update(**words, version=F("version") + 1):
            raise Stale(_("You have picked something else meanwhile, in another tab or on another device."))
    record("PICKED", row, by_pk=by.pk, now=now, team_pk=team.pk)


def refuse_closed(team: Team, quarter: Quarter) -> None:
    """Raise NotNow (409) once the team has closed the quarter, or is closed itself."""
    if team.closed_at is not None:
        raise NotNow(_("This team is closed."))
    if Closing.objects.standing().of(team.pk, quarter.pk).exists():
        raise NotNow(_("The team has closed that quarter: what was picked stays. A lead can reopen it."))
