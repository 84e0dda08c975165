"""From draft to active, dropped and taken up again, deleted and brought back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours
from objectives import permissions, rules
from objectives.actions.holding import hold, refuse_closed, refuse_frozen
from objectives.actions.objectives.wording import ObjectiveInvalid
from objectives.models import KeyResult, Objective
from people.models import Organisation
from people.viewer import Viewer


class DeletedAlready(NotNow):
    """It is gone, as was asked: the same press came twice."""


class EndedAlready(NotNow):
    """It is closed, as was asked: the same press came twice."""


class ActiveAlready(NotNow):
    """It is taken up, as was asked: the same press came twice."""


@transaction.atomic
def activate(*, by: Viewer, objective: Objective, now: datetime) -> Objective:
    """A draft becomes an objective that its audience reads and its owner logs. Records ACTIVATED.

    Raises NotYours (403), NotNow (409: no draft, or its quarter is over), ObjectiveInvalid (422: no measure).
    """
    if reason := permissions.why_not_word(by, objective):
        raise NotYours(reason)
    hold(objective)  # no key result goes while they are counted
    is_over = _is_over(objective, now)
    key_results = KeyResult.objects.filter(objective=objective).kept().count()
    if reason := rules.why_not_activatable(objective.state, is_over=is_over, key_results=key_results):
        raise NotNow(_(reason)) if key_results else ObjectiveInvalid(reason)
    refuse_frozen(objective)
    _turn(objective, rules.State.DRAFT, rules.State.ACTIVE, by, now)
    record("ACTIVATED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)
    return objective


@transaction.atomic
def propose(*, by: Viewer, objective: Objective, now: datetime) -> Objective:
    """Open a personal draft to its owner's manager, and to nobody who is manager later. Records PROPOSED.

    Raises NotYours (403), NotNow (409). Source: guarantees PRIV-10.
    """
    if reason := permissions.why_not_propose(by, objective):
        raise NotYours(reason)
    own = Objective.objects.filter(pk=objective.pk, state=rules.State.DRAFT, deleted_at=None)
    own = own.exclude(proposed_to=by.manager_pk)
    if not own.update(proposed_at=now, proposed_to=by.manager_pk, version=F("version") + 1):
        raise NotNow(_("It is not a draft any more, or your manager sees it already."))
    record("PROPOSED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)
    return objective


@transaction.atomic
def take_back(*, by: Viewer, objective: Objective, now: datetime) -> None:
    """A draft that was shown to a manager is its owner's alone again. Records TAKEN_BACK.

    Raises NotYours (403), NotNow (409).
    """
    if objective.is_team or objective.owner_id != by.pk:
        raise NotYours(_("Only its owner shows a draft to their manager."))
    own = Objective.objects.filter(pk=objective.pk, state=rules.State.DRAFT, deleted_at=None)
    shown = own.filter(proposed_to__isnull=False)
    if not shown.update(proposed_at=None, proposed_to=None, version=F("version") + 1):
        raise NotNow(_("It is not a draft any more, or nobody is shown it."))
    record("TAKEN_BACK", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)


@transaction.atomic
def drop(*, by: Viewer, objective: Objective, reason: str, now: datetime) -> Objective:
    """Let it go, with the reason beside it; it stays readable. Records DROPPED.

    Raises NotYours (403), NotNow (409), ObjectiveInvalid (422: no reason).
    """
    if why := permissions.why_not_drop(by, objective):
        raise NotYours(why)
    if why := rules.why_not_droppable(objective.state):
        raise NotNow(_(why))
    if not reason:
        raise ObjectiveInvalid(_("Say in a few words why. It is what the others will read."))
    _turn(objective, rules.State.ACTIVE, rules.State.DROPPED, by, now, reason=reason)
    record("DROPPED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)
    return objective


@transaction.atomic
def resume(*, by: Viewer, objective: Objective, now: datetime) -> None:
    """Take up again what was dropped: it is active as before, and the reason is gone. Records RESUMED.

    Raises NotYours (403), NotNow (409: it was not dropped, or its quarter is over), ActiveAlready (409).
    """
    if why := permissions.why_not_word(by, objective):
        raise NotYours(why)
    if objective.state == rules.State.ACTIVE:
        raise ActiveAlready(_("It is active already."))
    if why := rules.why_not_resumable(objective.state, is_over=_is_over(objective, now)):
        raise NotNow(_(why))
    try:
        _turn(objective, rules.State.DROPPED, rules.State.ACTIVE, by, now)
    except NotNow as changed:
        if Objective.objects.filter(pk=objective.pk, deleted_at=None).active().exists():
            raise ActiveAlready(_("It is active already.")) from changed
        raise
    refuse_frozen(objective)
    record("RESUMED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)


@transaction.atomic
def end(*, by: Viewer, objective: Objective, now: datetime) -> None:
    """Close a personal objective that no team's closing touches: it is read-only from now on. Records CLOSED.

    Raises NotYours (403), NotNow (409: its team closes it, it is too early, or it is over), EndedAlready (409).
    """
    if why := permissions.why_not_end(by, objective):
        raise NotYours(why)
    if objective.team_id is not None and rules.is_closed_by_team(objective.kind, objective.audience):
        raise NotNow(_("It closes with its home team’s quarter."))
    if objective.state == rules.State.CLOSED:
        raise EndedAlready(_("It is closed already."))
    today = Organisation.objects.get().today(now)
    weeks = objective.team.grading_weeks if objective.team else rules.USUAL_GRADING_WEEKS
    early = rules.why_not_closable(objective.quarter.period, weeks, today=today)
    if why := rules.why_not_ended(objective.state) or early:
        raise NotNow(_(why))
    hold(objective)
    _turn(objective, rules.State.ACTIVE, rules.State.CLOSED, by, now)
    record("CLOSED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)


@transaction.atomic
def reopen(*, by: Viewer, objective: Objective, reason: str, now: datetime) -> None:
    """Take up again what its owner had closed, with the reason beside it. Records REOPENED.

    Raises NotYours (403), ObjectiveInvalid (422: no reason), NotNow (409: a team closed it), ActiveAlready (409).
    """
    if why := permissions.why_not_end(by, objective):
        raise NotYours(why)
    if objective.state == rules.State.ACTIVE:
        raise ActiveAlready(_("It is active already."))
    if objective.team_id is not None and rules.is_closed_by_team(objective.kind, objective.audience):
        raise NotNow(_("Its quarter is closed. A lead can reopen it."))
    if not reason:
        raise ObjectiveInvalid(_("Say in a few words why. It is what the others will read."))
    _turn(objective, rules.State.CLOSED, rules.State.ACTIVE, by, now, reason=reason)
    record("REOPENED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)


@transaction.atomic
def delete(*, by: Viewer, objective: Objective, now: datetime) -> None:
    """Take it away; it can be restored for 30 days. Records DELETED.

    Raises NotYours (403), NotNow (409), DeletedAlready (409).
    """
    if reason := permissions.why_not_delete(by, objective):
        raise NotYours(reason)
    if reason := rules.why_not_deletable(objective.state):
        raise NotNow(_(reason))
    refuse_closed(objective)
    same = Objective.objects.filter(pk=objective.pk, state=objective.state, deleted_at=None)
    if not same.of_open_teams().update(deleted_at=now, version=F("version") + 1):
        if Objective.objects.filter(pk=objective.pk, deleted_at__isnull=False).exists():
            raise DeletedAlready(_("It is deleted already."))
        raise NotNow(_("Its state has changed since you opened the page."))
    if objective.state != rules.State.DRAFT:
        refuse_frozen(objective)
    record("DELETED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)


@transaction.atomic
def restore(*, by: Viewer, objective: Objective, now: datetime) -> None:
    """Bring back what was deleted in the last 30 days. Records RESTORED.

    Raises NotYours (403), NotNow (409: it is there, or too much time has passed).
    """
    if reason := permissions.why_not_delete(by, objective):
        raise NotYours(reason)
    if reason := rules.why_not_restorable(objective.deleted_at, now):
        raise NotNow(_(reason))
    refuse_closed(objective)
    gone = Objective.objects.filter(pk=objective.pk, deleted_at__isnull=False)
    if not gone.of_open_teams().update(deleted_at=None, version=F("version") + 1):
        raise NotNow(_("It is there already."))
    if objective.state != rules.State.DRAFT:
        refuse_frozen(objective)
    record("RESTORED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)


def _is_over(objective: Objective, now: datetime) -> bool:
    """Whether its quarter is over by the organisation's day."""
    return objective.quarter.ends_on <= Organisation.objects.get().today(now)


def _turn(objective: Objective, old: str, new: str, by: Viewer, now: datetime, *, reason: str = "") -> None:
    """Compare and set the state."""
    fields = {"state": new, "state_at": now, "state_by_id": by.pk, "state_reason": reason}
    refuse_closed(objective)
    same = Objective.objects.filter(pk=objective.pk, state=old, deleted_at=None)
    if not same.of_open_teams().update(**fields, version=F("version") + 1):
        raise NotNow(_("Its state has changed since you opened the page."))
    for name, value in fields.items():
        setattr(objective, name, value)
