"""Promising help, and what becomes of it: kept, let go, reworded, taken up again.

Source: decisions 38; practices P78, P90; guarantees CC-01, CC-04; docs/adr/2026-11-28-promises.md.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.notices import tell
from activity.models import Notice
from checkins import permissions
from checkins.models import Promise
from core.calendar import Week, local_day
from core.errors import NotNow, NotYours, Refused, Stale
from objectives.actions.comments import GONE
from objectives.models import KeyResult, Objective
from objectives.rules import State as Stands
from people.models import Membership, Team, User
from people.viewer import Viewer

MOST_OPEN = 20  # of one person: who has more keeps none of them
FARTHEST = 366  # days ahead
State = Promise.State
STANDS = {  # how it stands after each of these
    "PROMISED": State.OPEN,
    "PROMISE_KEPT": State.KEPT,
    "PROMISE_RELEASED": State.RELEASED,
    "PROMISE_REOPENED": State.OPEN,
}


class PromiseInvalid(Refused):
    """Its day is over, or too far away."""

    status = 422


class MadeAlready(NotNow):
    """It is there, as was asked: the same form came twice."""


class SoAlready(NotNow):
    """It stands so, as was asked: the same press came twice."""


@dataclass(frozen=True)
class Wording:
    """What is promised, and until which day, if one is said."""

    text: str
    due_on: date | None = None


@transaction.atomic
def make(
    *,
    by: Viewer,
    to: User | None,
    team: Team,
    what: Wording,
    about: KeyResult | None = None,
    client_key: UUID,
    now: datetime,
    origin: str = Promise.Origin.PAGE.value,
    week: Week | None = None,
) -> Promise:
    """Promise `to`, or everyone in `team`, something; it may help a key result that `by` reads. Records PROMISED.

    Whom it is for finds it among their notices. `week` is the one at which the celebration looks in which it is made;
    else this one.
    Raises NotYours (403), NotNow (409: they left, the team is closed, what it helps is over or not shared, too many are
    open), PromiseInvalid (422: the day), MadeAlready (409).
    """
    if reason := permissions.why_not_promise(by, to, team):
        raise NotYours(reason)
    _hold_members(by, to, team)
    mine = Promise.objects.by_one(by)
    if mine.filter(client_key=client_key).exists():
        raise MadeAlready(_("It is promised already."))
    _refuse_day(what.due_on, by, now)
    if mine.open().count() >= MOST_OPEN:
        raise NotNow(_("You have twenty open promises. Keep one or let one go first."))
    _hold_what_it_helps(by, about)
    fields = {"text": what.text, "due_on": what.due_on, "week_on": (week or by.week(now)).monday, "origin": origin}
    promise = Promise.objects.create(
        by_id=by.pk, to=to, team=team, key_result=about, at=now, state_at=now, client_key=client_key, **fields
    )
    _tell("PROMISED", promise, by, now)
    return promise


@transaction.atomic
def agree(
    *, by: Viewer, keeper: User, team: Team, what: Wording, client_key: UUID, now: datetime, week: Week
) -> Promise:
    """The team agrees in its retro that `keeper` does something for everyone; `by` writes it down. Records PROMISED.

    The keeper finds it among their notices, unless they wrote it down themselves, and at home until it is kept.
    Raises NotYours (403), NotNow (409: they left, the team is closed, too many are open), PromiseInvalid (422: the
    day), MadeAlready (409).
    """
    if reason := permissions.why_not_meet(by, team.pk):
        raise NotYours(reason)
    _hold_members(by, keeper, team)
    theirs = Promise.objects.filter(by=keeper)
    if theirs.filter(client_key=client_key).exists():
        raise MadeAlready(_("It is promised already."))
    _refuse_day(what.due_on, by, now)
    if theirs.open().count() >= MOST_OPEN:
        raise NotNow(_("%(name)s has twenty open promises. One of them comes first.") % {"name": keeper.name})
    fields = {"text": what.text, "due_on": what.due_on, "week_on": week.monday, "client_key": client_key}
    fields |= {"kind": Promise.Kind.ACTION.value, "origin": Promise.Origin.RETRO.value}
    promise = Promise.objects.create(by=keeper, team=team, at=now, state_at=now, **fields)
    event = record("PROMISED", promise, by_pk=by.pk, now=now, team_pk=team.pk, data={"keeper": keeper.pk})
    if keeper.pk != by.pk:
        tell(event, [keeper.pk])
    return promise


@transaction.atomic
def disagree(*, by: Viewer, promise: Promise, now: datetime) -> None:
    """What a retro agreed on is none of it any more, and is let go. Records PROMISE_RELEASED.

    The keeper is told, unless they did it themselves. Raises NotYours (403), SoAlready (409).
    """
    if reason := permissions.why_not_meet(by, promise.team_id or 0):
        raise NotYours(reason)
    same = Promise.objects.open().filter(pk=promise.pk, kind=Promise.Kind.ACTION)
    if not same.update(state=State.RELEASED, state_at=now, version=F("version") + 1):
        raise SoAlready(_("It stands so already."))
    event = record("PROMISE_RELEASED", promise, by_pk=by.pk, now=now, team_pk=promise.team_id)
    if promise.by_id != by.pk:
        tell(event, [promise.by_id])


@transaction.atomic
def keep(*, by: Viewer, promise: Promise, now: datetime) -> None:
    """It is done. Records PROMISE_KEPT; whom it was for is told.

    Raises NotYours (403), NotNow (409: it was let go), SoAlready (409).
    """
    _turn(by, promise, State.OPEN, State.KEPT, "PROMISE_KEPT", now)


@transaction.atomic
def let_go(*, by: Viewer, promise: Promise, now: datetime) -> None:
    """It will not be; whom it was for is told, so that nobody waits. Records PROMISE_RELEASED.

    Raises NotYours (403), NotNow (409: it is kept), SoAlready (409).
    """
    _turn(by, promise, State.OPEN, State.RELEASED, "PROMISE_RELEASED", now)


@transaction.atomic
def take_up(*, by: Viewer, promise: Promise, now: datetime) -> None:
    """It is open again, after all. Records PROMISE_REOPENED; whom it is for is told, or, when they had not looked at
    what became of it, told nothing of either.

    Raises NotYours (403), SoAlready (409).
    """
    _turn(by, promise, promise.state, State.OPEN, "PROMISE_REOPENED", now)


@transaction.atomic
def reword(*, by: Viewer, promise: Promise, version: int, what: Wording, now: datetime) -> None:
    """Put it in other words, or on another day, while it is open. Records PROMISE_REWORDED, unless nothing changed.

    Raises NotYours (403), Stale (409: it was saved since `version`), NotNow (409: it is kept or let go),
    PromiseInvalid (422: the day).
    """
    if reason := permissions.why_not_keep(by, promise):
        raise NotYours(reason)
    if what.due_on != promise.due_on:
        _refuse_day(what.due_on, by, now)
    same = Promise.objects.by_one(by).filter(pk=promise.pk)
    held = same.filter(version=version).update(text=what.text, due_on=what.due_on, version=F("version") + 1)
    if not held:
        raise Stale(_("It was changed since you opened the page."))
    if not same.open().exists():
        raise NotNow(_("It is kept or let go already. You can take it up again."))
    fields = [name for name in ("text", "due_on") if getattr(promise, name) != getattr(what, name)]
    if fields:
        record("PROMISE_REWORDED", promise, by_pk=by.pk, now=now, team_pk=promise.team_id, data={"fields": fields})


def _turn(by: Viewer, promise: Promise, was: str, to: str, verb: str, now: datetime) -> None:
    if reason := permissions.why_not_keep(by, promise):
        raise NotYours(reason)
    same = Promise.objects.by_one(by).filter(pk=promise.pk)
    turned = same.filter(state=was).exclude(state=to)
    if not turned.update(state=to, state_at=now, version=F("version") + 1):
        if same.filter(state=to).exists():
            raise SoAlready(_("It stands so already."))
        raise NotNow(_("It is kept or let go already. You can take it up again."))
    event = record(verb, promise, by_pk=by.pk, now=now, team_pk=promise.team_id, data={"to": promise.to_id})
    if promise.to_id is not None and _is_news(promise, to):
        tell(event, [promise.to_id])


def _is_news(promise: Promise, state: str) -> bool:
    """Whether whom it is for has looked at another state last. What they have not looked at yet is taken back."""
    turned = [verb for verb in STANDS if verb != "PROMISED"]
    found = Notice.objects.filter(person=promise.to_id, event__subject_type=promise._meta.label)
    mine = found.filter(event__subject_id=promise.pk)
    mine.unread().filter(event__verb__in=turned).delete()
    last = mine.filter(event__verb__in=turned).order_by("-read_at", "-event__at").values_list("event__verb", flat=True)
    return STANDS[last.first() or "PROMISED"] != state


def _tell(verb: str, promise: Promise, by: Viewer, now: datetime) -> None:
    event = record(verb, promise, by_pk=by.pk, now=now, team_pk=promise.team_id, data={"to": promise.to_id})
    if promise.to_id is not None:
        tell(event, [promise.to_id])


def _hold_members(by: Viewer, to: User | None, team: Team) -> None:
    """Both are there until it is written, in a team that still meets."""
    if not Team.objects.open().filter(pk=team.pk).exists():
        raise NotNow(_("This team was closed."))
    wanted = {by.pk} | ({to.pk} if to else set())
    rows = Membership.objects.present().filter(team=team.pk, user__in=wanted).order_by("pk")
    there = set(rows.select_for_update(of=("self",)).values_list("user_id", flat=True))
    if by.pk not in there:
        raise NotNow(_("You are not in this team any more."))
    if to is not None and to.pk not in there:
        raise NotNow(_("%(name)s is not in this team any more.") % {"name": to.name})


def _hold_what_it_helps(by: Viewer, about: KeyResult | None) -> None:
    if about is None:
        return
    whole = Objective.objects.visible_to(by).active().filter(pk=about.objective_id)
    if not whole.update(state=F("state")):  # held: who closes or narrows it waits, or was faster
        raise NotNow(_("What it helps is over, or it is no longer shared with you."))
    if not KeyResult.objects.visible_to(by).kept().filter(pk=about.pk, objective__state=Stands.ACTIVE).exists():
        raise NotNow(_(GONE))


def _refuse_day(due_on: date | None, by: Viewer, now: datetime) -> None:
    if due_on is None:
        return
    ahead = (due_on - local_day(now, by.zone)).days
    if ahead < 0:
        raise PromiseInvalid(_("That day is over. Say one that is to come, or none."))
    if ahead > FARTHEST:
        raise PromiseInvalid(_("A promise holds a year at most. Say an earlier day."))
