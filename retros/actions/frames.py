"""What a team agrees on: why it uses OKRs, and how it looks back.

Source: practices P111, P116; decisions 27.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from checkins.models import Session
from core.errors import NotNow, NotYours, Stale
from people.actions.holding import hold_team
from people.models import Team
from people.viewer import Viewer
from retros import permissions
from retros.models import Frame, Note, Retro


@dataclass(frozen=True)
class Agreed:
    """What is agreed, in the words of `Frame`."""

    why: str
    will_see: str
    well: str
    better: str
    stop: str
    is_anonymous: bool


@transaction.atomic
def agree(*, by: Viewer, team: Team, version: int, agreed: Agreed, now: datetime) -> None:
    """Keep it; a retro that is not over follows. `version` is the one that was read, 0 for none. Records FRAME_SET.

    Raises NotYours (403), NotNow (409: the team is closed, or notes were written and their names are not to change),
    Stale (409: it was saved since).
    """
    if reason := permissions.why_not_agree(by, team.pk):
        raise NotYours(reason)
    hold_team(team)
    frame, is_new = Frame.objects.get_or_create(team=team, defaults=asdict(agreed))
    if not is_new:
        same = Frame.objects.filter(pk=frame.pk, version=version)
        if not same.update(**asdict(agreed), version=F("version") + 1):
            raise Stale(_("Somebody saved a newer version."))
    _follow(team, agreed)
    fields = [name for name, value in asdict(agreed).items() if is_new or getattr(frame, name) != value]
    record("FRAME_SET", frame, by_pk=by.pk, now=now, team_pk=team.pk, data={"fields": fields})


def _follow(team: Team, agreed: Agreed) -> None:
    """The retro that is on is called so too; how its notes are written stands from the first one on."""
    running = Retro.objects.filter(team=team, session__held_at=None)
    running.update(well=agreed.well, better=agreed.better, stop=agreed.stop)
    other = running.exclude(is_anonymous=agreed.is_anonymous)
    for retro in other:
        Session.objects.filter(pk=retro.session_id).update(version=F("version"))  # held: writers wait
        if Note.objects.filter(retro=retro).exists():
            raise NotNow(_("Notes are written already, and stay as they were meant. The next retro can be otherwise."))
    other.update(is_anonymous=agreed.is_anonymous)
