"""Cheering somebody's week, and taking it back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from checkins import permissions
from checkins.models import CheckIn, Cheer, Session
from core.errors import NotNow, NotYours, TooMany
from people.models import Membership, User
from people.viewer import Viewer

MOST = 5  # of one person for one week
MOST_IN_ROOM = 10  # of one person for one other in a celebration
PACE, MOST_AT_A_PACE = timedelta(minutes=1), 12  # of one person in a celebration


class GivenAlready(NotNow):
    """It was given, as was asked: the same press came twice."""


@transaction.atomic
def give(*, by: Viewer, check_in: CheckIn, sign: str, text: str, client_key: UUID, now: datetime) -> Cheer:
    """Cheer a week that `by` is shown, also when its quarter is closed. Records CHEERED.

    Its person finds it among their notices.
    Raises NotYours (403: one's own), NotNow (409: it is no longer shown, or it has many of one's cheers already),
    GivenAlready (409), when the same `client_key` comes again.
    Source: decisions 16; guarantees CC-04, CC-12.
    """
    if reason := permissions.why_not_cheer(by, check_in):
        raise NotYours(reason)
    shown = CheckIn.objects.shown_to(by).filter(pk=check_in.pk)
    if not shown.update(done_at=F("done_at")):  # held: who narrows what it is about waits, or was faster
        raise NotNow(_("That week is not there any more, or it is no longer shared with you."))
    mine = Cheer.objects.filter(by=by.pk)
    if mine.filter(client_key=client_key).exists():
        raise GivenAlready(_("It was given already."))
    if mine.filter(check_in=check_in).count() >= MOST:
        raise NotNow(_("You have cheered this week five times. You can take one back first."))
    cheer = Cheer.objects.create(check_in=check_in, by_id=by.pk, sign=sign, text=text, at=now, client_key=client_key)
    event = record("CHEERED", cheer, by_pk=by.pk, now=now, data={"check_in": check_in.pk})
    tell(event, [check_in.person_id])
    return cheer


@transaction.atomic
def give_in_room(
    *, by: Viewer, session: Session, to: User, sign: str, text: str, client_key: UUID, now: datetime
) -> Cheer:
    """Cheer `to` in a celebration that is on; it flies in on the stage, and stands beside their week if that is in.

    Records CHEERED; `to` finds it among their notices.
    Raises NotYours (403: not of the team, or oneself), NotNow (409: it is over, they have left, or they have many of
    one's cheers), TooMany (429: nobody is read at that pace), GivenAlready (409).
    Source: practices P90; guarantees CC-04.
    """
    if reason := permissions.why_not_cheer_in(by, session, to.pk):
        raise NotYours(reason)
    _hold_room(by, session, to)
    mine = Cheer.objects.filter(by=by.pk)
    if mine.filter(client_key=client_key).exists():
        raise GivenAlready(_("It was given already."))
    if mine.filter(session=session, at__gt=now - PACE).count() >= MOST_AT_A_PACE:
        raise TooMany(_("That is a lot of joy. Give the stage a moment."))
    if mine.filter(session=session, to=to.pk).count() >= MOST_IN_ROOM:
        raise NotNow(_("They have many cheers of yours already. Keep one for the next."))
    week = CheckIn.objects.visible_to(by).done().of(session.week).filter(person=to.pk).first()
    cheer = Cheer.objects.create(
        check_in=week, session=session, to=to, by_id=by.pk, sign=sign, text=text, at=now, client_key=client_key
    )
    data = {"session": session.pk, "to": to.pk}
    tell(record("CHEERED", cheer, by_pk=by.pk, now=now, team_pk=session.team_id, data=data), [to.pk])
    return cheer


def _hold_room(by: Viewer, session: Session, to: User) -> None:
    """The giver's place is held, so that their presses come one after the other; nobody else waits for them."""
    if not Session.objects.filter(pk=session.pk, held_at=None, team__closed_at=None).exists():
        raise NotNow(_("This one is over. You can cheer their week."))
    places = Membership.objects.present().filter(team=session.team_id)
    if not places.filter(user=by.pk).update(role=F("role")):
        raise NotNow(_("You are not in this team any more."))
    if not places.filter(user=to.pk).exists():
        raise NotNow(_("%(name)s is not in this team any more.") % {"name": to.name})


@transaction.atomic
def take_back(*, by: Viewer, cheer: Cheer, now: datetime) -> None:
    """It was not given after all. Records CHEER_TAKEN_BACK.

    Raises NotYours (403), NotNow (409: it is gone).
    """
    if reason := permissions.why_not_take_back(by, cheer):
        raise NotYours(reason)
    if not Cheer.objects.filter(pk=cheer.pk).delete()[0]:
        raise NotNow(_("It is taken back already."))
    record("CHEER_TAKEN_BACK", cheer, by_pk=by.pk, now=now, data={"check_in": cheer.check_in_id})
