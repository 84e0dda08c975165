"""Closing a team's quarter, and opening it again.

Source: product, section 3 (Closing); decisions 9, 16; guarantees, rows 13, 45, and CC-06, CC-07; ADR closing.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _

from activity.actions.events import record, record_each
from activity.actions.notices import tell
from core.errors import NotNow, NotYours, Refused
from objectives import permissions, rules
from objectives.actions import snapshots
from objectives.actions.holding import hold_quarter, lock
from objectives.models import Closing, Objective, Quarter
from people.actions.holding import hold_teams
from people.models import Membership, Organisation, Team
from people.viewer import Viewer

ACTIVE, CLOSED = rules.State.ACTIVE, rules.State.CLOSED


class ReasonMissing(Refused):
    """Everybody reads why it was reopened."""

    status = 422


class ClosedAlready(NotNow):
    """It is closed, as was asked: the same press came twice, or somebody else was faster."""


class OpenAlready(NotNow):
    """It is open, as was asked: the same press came twice."""


@transaction.atomic
def close(*, by: Viewer, team: Team, quarter: Quarter, now: datetime, seen: int | None = None) -> Closing:
    """Close a team's quarter: what it covers is read-only from now on, for everybody.

    `seen` is the newest closing (its id) that whoever presses knew of: what was reopened meanwhile stays open.

    First the states are flipped, then the snapshot is taken: a check-in is in it, or is refused.
    Records CLOSED about each objective and QUARTER_CLOSED about the closing, of which the members are told.
    Raises NotYours (403), NotNow (409: too early, the team is closed, it was reopened), ClosedAlready (409).
    """
    if reason := permissions.why_not_close_quarter(by, team):
        raise NotYours(reason)
    if team.closed_at is not None:
        raise NotNow(_("This team is closed."))
    _refuse_early(quarter, team.grading_weeks, now)
    _hold(team, quarter)
    newest = Closing.objects.of(team.pk, quarter.pk).newest_first().first()
    if newest is not None and newest.reopened_at is not None and newest.pk != seen:
        raise NotNow(_("It was reopened since you opened this page. Look at it again first."))
    return _close(by, team, quarter, now)


def close_for_site(*, by: Viewer, quarter: Quarter, now: datetime, most: int | None = None) -> int:
    """Close a quarter for every team that has not, or for `most` of them; how many just now.

    Each team in a transaction of its own: pages go on meanwhile, and what was interrupted goes on when it is
    called again. Records as `close` does. Raises NotYours (403), NotNow (409: it is too early).
    """
    if reason := permissions.why_not_close_for_site(by):
        raise NotYours(reason)
    _refuse_early(quarter, rules.FEWEST_WEEKS, now)
    closed = 0
    for team in [*open_in(quarter)[:most]]:
        try:
            with transaction.atomic():
                _hold(team, quarter)
                _close(by, team, quarter, now)
        except ClosedAlready:  # its lead was faster
            continue
        closed += 1
    return closed


@transaction.atomic
def reopen(*, by: Viewer, closing: Closing, reason: str, now: datetime) -> None:
    """Take a closing back: exactly what it closed is active again; the snapshot stays readable.

    Records REOPENED about each objective and QUARTER_REOPENED about the closing, of which the members are told.
    Raises NotYours (403), ReasonMissing (422), NotNow (409: the team is closed), OpenAlready (409).
    """
    if refusal := permissions.why_not_close_quarter(by, closing.team):
        raise NotYours(refusal)
    if not reason:
        raise ReasonMissing(_("Say in a few words why. It is what the others will read."))
    _hold(closing.team, closing.quarter)
    if not Team.objects.open().filter(pk=closing.team_id).exists():
        raise NotNow(_("This team is closed."))
    fields = {"reopened_at": now, "reopened_by": by.pk, "reopened_because": reason}
    if not Closing.objects.standing().filter(pk=closing.pk).update(**fields):
        raise OpenAlready(_("It was reopened already."))
    lock(closing.closed_pks)
    rows = Objective.objects.filter(pk__in=closing.closed_pks, state=CLOSED, deleted_at=None)
    _turn([*rows.order_by("pk")], ACTIVE, "REOPENED", by, now)
    _tell("QUARTER_REOPENED", closing, by, now)


def _close(by: Viewer, team: Team, quarter: Quarter, now: datetime) -> Closing:
    """Needs `_hold`."""
    if quarter.team_id not in {None, team.pk}:
        raise NotNow(_("That quarter is another team’s own."))
    if Closing.objects.standing().of(team.pk, quarter.pk).exists():
        raise ClosedAlready(_("It is closed already."))
    lock(Objective.objects.closed_with(team.pk, quarter.pk).values_list("pk", flat=True))
    rows = Objective.objects.closed_with(team.pk, quarter.pk).filter(deleted_at=None)
    found = [*rows.active().order_by("pk")]
    _turn(found, CLOSED, "CLOSED", by, now)
    entries = snapshots.take([*rows.published().values_list("pk", flat=True)], closed={row.pk for row in found})
    closing = Closing.objects.create(
        team=team, quarter=quarter, closed_at=now, closed_by_id=by.pk, snapshot=entries, sha256=snapshots.seal(entries)
    )
    _tell("QUARTER_CLOSED", closing, by, now)
    return closing


def _hold(team: Team, quarter: Quarter) -> None:
    """Nobody else closes or reopens it, and nothing new comes into the quarter, until the transaction ends."""
    hold_teams([team.pk])
    hold_quarter(quarter.pk)


def _refuse_early(quarter: Quarter, weeks: int, now: datetime) -> None:
    today = Organisation.objects.get().today(now)
    if reason := rules.why_not_closable(quarter.period, weeks, today=today):
        raise NotNow(_(reason))


def _turn(found: list[Objective], state: str, verb: str, by: Viewer, now: datetime) -> None:
    """Put them, which are locked, into `state`, and record it about each."""
    rows = Objective.objects.filter(pk__in=[row.pk for row in found])
    rows.update(state=state, state_at=now, state_by=by.pk, state_reason="", version=F("version") + 1)
    record_each(verb, [(row, {}) for row in found], by_pk=by.pk, now=now)


def _tell(verb: str, closing: Closing, by: Viewer, now: datetime) -> None:
    data = {"quarter": closing.quarter.slug}
    event = record(verb, closing, by_pk=by.pk, now=now, team_pk=closing.team_id, data=data)
    tell(event, Membership.objects.present().filter(team=closing.team_id).values_list("user", flat=True))


def open_in(quarter: Quarter) -> QuerySet[Team]:
    """The teams that have not closed it: first those that have something active in it and plan by another length, then
    all that plan in it. So what a page says of the latter is done when it says so, and tells nothing of the former."""
    covered = Q(kind=rules.ObjectiveKind.TEAM) | Q(audience__in=rules.WALL_AUDIENCES)
    active = Objective.objects.active().filter(covered, quarter=quarter.pk, deleted_at=None).values("team")
    closed = Closing.objects.standing().filter(quarter=quarter.pk).values("team")
    planning = Q(pk__in=planning_in(quarter).values("pk"))
    teams = Team.objects.for_everyone(because="a quarter is closed for all")
    rows = teams.filter(planning | Q(pk__in=active)).exclude(pk__in=closed)
    return rows.annotate(rank=Case(When(planning, then=1), default=0)).order_by("rank", "pk")


def planning_in(quarter: Quarter) -> QuerySet[Team]:
    """The teams that meet, plan by its length, and were there before it ended."""
    teams = Team.objects.for_everyone(because="which teams there are is no secret").open()
    of_length = teams.filter(length=quarter.length, created_at__date__lt=quarter.ends_on)
    return of_length.filter(pk=quarter.team_id) if quarter.team_id else of_length
