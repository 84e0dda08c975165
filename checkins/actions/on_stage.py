"""Saying a number on stage: at once, by whoever has the turn, or typed for them by a lead.

Source: decisions 10, 20, 24; practices P87.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F
from django.utils.translation import gettext as _

from checkins import permissions
from checkins.actions.weeks import open_window
from checkins.models import CheckIn, Session
from core.errors import NotNow, NotYours
from objectives.actions import readings
from objectives.actions.readings import Reading
from objectives.models import Confidence, KeyResult, Objective
from people.models import Membership, Team
from people.viewer import Viewer


@transaction.atomic
def say(*, by: Viewer, session: Session, key_result: KeyResult, level: int, now: datetime) -> None:
    """Its owner, who is on stage, is `level` (0–10) sure of it in the week that is celebrated.

    A lead types it for them: it is theirs, and says who typed it. A check-in page that is open elsewhere is told. The
    same number again changes nothing. Records CONFIDENCE_LOGGED.
    Raises NotYours (403), NotNow (409: it is not their turn, it is over, the whole team may not read it, or the week is
    over).
    """
    owner = key_result.owner_id
    if reason := permissions.why_not_say(by, session, owner):
        raise NotYours(reason)
    here = Membership.objects.present().checking_in([session.team_id]).filter(user=owner)
    open_now = Session.objects.filter(Exists(here), pk=session.pk, held_at=None, team__in=Team.objects.open())
    held = open_now.filter(on_stage=owner)
    if not held.update(version=F("version")):  # held: whoever moves on waits, or was faster
        raise NotNow(_("It is not their turn any more."))
    shown = Objective.objects.visible_to(by).active().on_boards_of(session.team, [owner])
    if not shown.filter(pk=key_result.objective_id).exists():
        raise NotNow(_("That is not for the whole team, so it does not stand on the stage."))
    week = session.week
    open_window(by, week, now)
    said = Confidence.objects.filter(key_result=key_result.pk, week_on=week.monday, level=level, by=owner)
    if said.exists():
        return
    typed = owner if owner != by.pk else None
    reading = Reading(key_result, confidence=level)
    readings.log(by=by, week=week, readings=[reading], now=now, said_by=typed)
    found, is_new = CheckIn.objects.get_or_create(person_id=owner, week_on=week.monday)
    if not is_new:
        CheckIn.objects.filter(pk=found.pk).update(version=F("version") + 1)
