"""What can be done with a key result."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours, Stale
from objectives import rules
from objectives.actions import amendments, readings
from objectives.actions.holding import hold, lock
from objectives.actions.measures import KeyResultInvalid, Measure, as_new, check, write_steps
from objectives.actions.objectives import ActiveAlready, DeletedAlready
from objectives.actions.objectives.wording import numbers_changed
from objectives.actions.order import swap
from objectives.models import KeyResult, Objective, Step, Value
from objectives.models.key_result import KeyResultQuerySet
from objectives.permissions import why_not_word
from people.models import Membership
from people.viewer import Viewer

NUMBERS = ("baseline", "target", "opening_confidence")


class KindStays(KeyResultInvalid):
    """Its values were logged in the kind that it has."""


class AddedAlready(Exception):
    """The same form was sent before, and made a key result of the objective (CC-04)."""


@transaction.atomic
def add(
    *,
    by: Viewer,
    objective: Objective,
    measure: Measure,
    now: datetime,
    owner_pk: int | None = None,
    client_key: UUID | None = None,
) -> KeyResult:
    """A key result at the end of the objective's list, logged by its owner unless another is named.

    Records ADDED. Raises NotYours (403), NotNow (409), KeyResultInvalid (422), and AddedAlready when this
    `client_key` has made one of the objective, NotNow (409) when that was deleted since.
    """
    _may_change(by, objective)
    _refuse_second(objective, client_key)
    owner_pk = owner_pk or objective.owner_id
    check(measure)
    _check_owner(objective, owner_pk)
    key_result = KeyResult.objects.create(
        **measure.as_fields(),
        objective=objective,
        owner_id=owner_pk,
        state_at=now,
        state_by_id=by.pk,
        created_at=now,
        position=_next_position(objective),
        client_key=client_key,
    )
    write_steps(key_result, as_new(measure.steps, ()))
    record("ADDED", key_result, by_pk=by.pk, now=now, team_pk=objective.team_id)
    return key_result


@transaction.atomic
def change(
    *,
    by: Viewer,
    key_result: KeyResult,
    version: int,
    measure: Measure,
    now: datetime,
    owner_pk: int | None = None,
    reason: str = "",
) -> KeyResult:
    """Save a new measure, and perhaps who logs it, over those of `version`.

    While its objective is active, other words, numbers or steps are an amendment: it asks for the `reason`, and keeps
    what was. Records CHANGED: names of fields, and numbers then and now. Of a ladder what is reached stays so, and is
    said anew when its steps come to another sum.
    Raises NotYours (403), NotNow (409), Stale (409: somebody saved since), KeyResultInvalid (422), KindStays
    (422: another kind, once values were logged), ReasonMissing (422).
    """
    objective = key_result.objective
    _may_change(by, objective)
    if refusal := rules.why_not_measured(key_result.state):
        raise NotNow(_(refusal))
    check(measure)
    wanted = {**measure.as_fields(), "owner_id": owner_pk or key_result.owner_id}
    changed = {name: value for name, value in wanted.items() if getattr(key_result, name) != value}
    were = Step.objects.filter(key_result=key_result.pk).rungs()[key_result.pk]
    steps = as_new(measure.steps, were)
    fields = sorted([*changed, *(["steps"] if steps != were else [])])
    _check_changed(key_result, changed)
    if not fields:
        return key_result
    if not _same(key_result).filter(version=version).kept().update(**changed, version=F("version") + 1):
        raise Stale(_("Somebody saved a newer version."))
    if rules.is_amendment(objective.state, fields):
        amendments.keep(by=by, was=key_result, steps=were, reason=reason, now=now)
    data = {"fields": fields, "numbers": numbers_changed(key_result, changed, NUMBERS)}
    record("CHANGED", key_result, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)
    if steps != were:
        readings.restate(by=by, key_result=key_result, rungs=write_steps(key_result, steps), now=now)
    return _as_saved(key_result, changed, version + 1)


def _as_saved(key_result: KeyResult, changed: Mapping[str, Any], version: int) -> KeyResult:
    for name, value in changed.items():
        setattr(key_result, name, value)
    key_result.version = version
    return key_result


@transaction.atomic
def drop(*, by: Viewer, key_result: KeyResult, reason: str, now: datetime) -> None:
    """Let it go, with the reason beside it: struck through, and outside the grade. Records DROPPED.

    Raises NotYours (403), NotNow (409), KeyResultInvalid (422: no reason).
    """
    _may_change(by, key_result.objective)
    if not reason:
        raise KeyResultInvalid(_("Say in a few words why. It is what the others will read."))
    fields = {"state": rules.State.DROPPED, "state_at": now, "state_by_id": by.pk, "state_reason": reason}
    if not _same(key_result).kept().update(**fields, version=F("version") + 1):
        raise NotNow(_("It was dropped, moved or deleted since you opened the page."))
    record("DROPPED", key_result, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


@transaction.atomic
def resume(*, by: Viewer, key_result: KeyResult, now: datetime) -> None:
    """Take up again what was dropped: it is logged and graded as before, and the reason is gone. Records RESUMED.

    Raises NotYours (403), NotNow (409), ActiveAlready (409).
    """
    _may_change(by, key_result.objective)
    dropped = _same(key_result).filter(state=rules.State.DROPPED, deleted_at=None)
    fields = {"state": rules.State.ACTIVE, "state_at": now, "state_by_id": by.pk, "state_reason": ""}
    if not dropped.update(**fields, version=F("version") + 1):
        if _same(key_result).kept().exists():
            raise ActiveAlready(_("It is taken up already."))
        raise NotNow(_("It was moved or deleted since you opened the page."))
    record("RESUMED", key_result, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


@transaction.atomic
def delete(*, by: Viewer, key_result: KeyResult, now: datetime) -> None:
    """Take it away; it can be restored for 30 days. Records DELETED.

    Raises NotYours (403), NotNow (409), DeletedAlready (409).
    """
    _may_change(by, key_result.objective)
    if not _same(key_result).filter(deleted_at=None).update(deleted_at=now, version=F("version") + 1):
        if _same(key_result).filter(deleted_at__isnull=False).exists():
            raise DeletedAlready(_("It is deleted already."))
        raise NotNow(_("It was moved since you opened the page."))
    record("DELETED", key_result, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


@transaction.atomic
def restore(*, by: Viewer, key_result: KeyResult, now: datetime) -> None:
    """Bring back what was deleted in the last 30 days. Records RESTORED.

    Raises NotYours (403), NotNow (409: it is there, or too much time has passed).
    """
    _may_change(by, key_result.objective)
    if reason := rules.why_not_restorable(key_result.deleted_at, now):
        raise NotNow(_(reason))
    gone = _same(key_result).filter(deleted_at__isnull=False)
    if not gone.update(deleted_at=None, version=F("version") + 1):
        raise NotNow(_("It is there already."))
    record("RESTORED", key_result, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


@transaction.atomic
def move(*, by: Viewer, key_result: KeyResult, up: bool, now: datetime) -> None:
    """One place up or down among those that were not dropped. At the end of the list nothing moves.

    Records MOVED. Raises NotYours (403), NotNow (409).
    """
    _may_change(by, key_result.objective)
    siblings = KeyResult.objects.visible_to(by).filter(objective=key_result.objective_id).kept()
    if swap([*siblings.in_order()], key_result.pk, up=up):
        record("MOVED", key_result, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id)


@transaction.atomic
def move_to(*, by: Viewer, key_result: KeyResult, objective: Objective, now: datetime) -> None:
    """Put it at the end of another objective of the same quarter; its readings go with it.

    Under a personal objective, that one's owner logs it. Records REHOMED about the key result, and
    MOVED_AWAY about the objective that it leaves.
    Raises NotYours (403: rights are needed at both ends), NotNow (409), KeyResultInvalid (422).
    """
    old = key_result.objective
    lock([old.pk, objective.pk])
    for end in (old, objective):
        _may_change(by, end)
    if objective.quarter_id != old.quarter_id:
        raise KeyResultInvalid(_("It can move within its quarter only: its weeks belong to it."))
    owner_pk = key_result.owner_id if objective.is_team else objective.owner_id
    _check_owner(objective, owner_pk)
    fields = {"objective": objective, "owner_id": owner_pk, "position": _next_position(objective), "client_key": None}
    if not _same(key_result).kept().update(**fields, version=F("version") + 1):
        raise NotNow(_("It was dropped, moved or deleted since you opened the page."))
    data = {"from": old.pk, "to": objective.pk}
    record("REHOMED", key_result, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)
    record("MOVED_AWAY", old, by_pk=by.pk, now=now, team_pk=old.team_id, data={"key_result": key_result.pk})


def _may_change(by: Viewer, objective: Objective) -> None:
    if reason := why_not_word(by, objective):
        raise NotYours(reason)
    hold(objective)


def _refuse_second(objective: Objective, client_key: UUID | None) -> None:
    """Raise when this form has made a key result of the objective, which is held, before."""
    made = KeyResult.objects.filter(objective=objective, client_key=client_key).first() if client_key else None
    if made is None:
        return
    if made.deleted_at is not None:
        raise NotNow(_("This was saved once and deleted since. You can restore it."))
    raise AddedAlready


def _same(key_result: KeyResult) -> KeyResultQuerySet:
    """The row, as long as it is still under the objective that is held."""
    return KeyResult.objects.filter(pk=key_result.pk, objective=key_result.objective_id)


def _next_position(objective: Objective) -> int:
    highest: int | None = KeyResult.objects.filter(objective=objective).aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else highest + 1


def _check_changed(key_result: KeyResult, changed: Mapping[str, Any]) -> None:
    """Raise KeyResultInvalid (422) when these fields cannot become what they are to be."""
    if "owner_id" in changed:
        _check_owner(key_result.objective, changed["owner_id"])
    if "kind" in changed:
        _check_no_values(key_result)


def _check_no_values(key_result: KeyResult) -> None:
    """41 minutes are no “yes”: what was logged keeps the kind in which it was meant."""
    if Value.objects.filter(key_result=key_result).exists():
        raise KindStays(_("It was logged in this kind already, so it keeps it. You can drop it and add another."))


def _check_owner(objective: Objective, owner_pk: int) -> None:
    """Who logs it must read it: the objective's owner, or of a team's somebody in the team (decisions 10)."""
    in_team = Membership.objects.current().filter(team=objective.team_id, user=owner_pk)
    if not (in_team.exists() if objective.is_team else owner_pk == objective.owner_id):
        raise KeyResultInvalid(_("Its owner logs it, or somebody else of the team."))
