"""The words of an objective: written, changed, put in order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from activity.actions import mail
from activity.actions.events import record
from core.errors import NotNow, NotYours, Refused, Stale
from objectives import permissions, rules
from objectives.actions.holding import hold, hold_quarter, lock, refuse_closed_quarter
from objectives.actions.order import swap
from objectives.models import Confidence, KeyResult, Objective, Quarter, Value
from people.models import Membership, Team, User
from people.viewer import Viewer, viewer_of

WORDS = ("title", "why", "first_step", "hours", "money", "audience", "quarter_id", "team_id", "on_wall")
NUMBERS = ("hours", "money")
PLACE = ("audience", "quarter_id", "team_id")  # by which one closing touches an objective, another one, or none


class ObjectiveInvalid(Refused):
    """The parts of an objective do not fit each other; a sentence says which."""

    status = 422


class WrittenAlready(Exception):
    """The same form was sent before; `objective` is what it made (CC-04)."""

    def __init__(self, objective: Objective) -> None:
        self.objective = objective
        super().__init__("The form was sent before.")


@dataclass(frozen=True)
class Wording:
    """All that a person writes of an objective. `hours` a week; `money` in the organisation's currency; `on_wall`
    whether a personal one may stand on the walls of its owner's teams for whoever is in the room."""

    title: str
    quarter_id: int
    audience: str
    why: str = ""
    first_step: str = ""
    hours: Decimal | None = None
    money: Decimal | None = None
    team_id: int | None = None
    on_wall: bool = False

    def as_fields(self) -> dict[str, Any]:
        """By the names of the model's fields."""
        return {name: getattr(self, name) for name in WORDS}


@transaction.atomic
def create(
    *,
    by: Viewer,
    kind: str,
    wording: Wording,
    now: datetime,
    owner_pk: int | None = None,
    client_key: UUID | None = None,
) -> Objective:
    """A draft at the end of its list; of `by`, unless a team's lead names somebody else.

    Records CREATED. Raises NotYours (403), ObjectiveInvalid (422), and WrittenAlready when this
    `client_key` has made an objective, NotNow (409) when that was deleted since.
    """
    owner_pk = owner_pk or by.pk
    _refuse_second(owner_pk, client_key)
    is_team = kind == rules.ObjectiveKind.TEAM
    if reason := permissions.why_not_create(by, team=_team(wording) if is_team else None, owner_pk=owner_pk):
        raise NotYours(reason)
    _check_audience(kind, wording)
    enter(kind, wording)
    _check_home(wording.team_id, owner_pk)
    try:
        with transaction.atomic():
            objective = Objective.objects.create(
                **wording.as_fields(),
                kind=kind,
                owner_id=owner_pk,
                state_at=now,
                state_by_id=by.pk,
                created_at=now,
                position=next_position(kind, wording, owner_pk),
                client_key=client_key,
            )
    except IntegrityError:  # the other of two presses was faster
        _refuse_second(owner_pk, client_key)
        raise
    record("CREATED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)
    return objective


@transaction.atomic
def reword(*, by: Viewer, objective: Objective, version: int, wording: Wording, now: datetime) -> Objective:
    """Save new words over those of `version`. Narrowed past its owner's teams, it leaves their walls.

    Whoever may not read it any more is told nothing that waited to be told (PRIV-09).
    Records REWORDED: the names of the changed fields; hours, money and audience then and now.
    Raises NotYours (403), NotNow (409), Stale (409: somebody saved since), ObjectiveInvalid (422).
    """
    if reason := permissions.why_not_word(by, objective):
        raise NotYours(reason)
    wording = _off_the_wall(objective, wording)
    changed = {name: value for name, value in wording.as_fields().items() if getattr(objective, name) != value}
    is_moved = not changed.keys().isdisjoint(PLACE)
    if is_moved:
        hold_quarter(wording.quarter_id)
    hold(objective)  # no week is logged while the quarter changes
    _check_audience(objective.kind, wording)
    if is_moved:
        _check_place(by, objective, wording, changed)
    if not changed:
        return objective
    if version != objective.version:
        raise Stale(_("Somebody saved a newer version."))
    data: dict[str, Any] = {"fields": sorted(changed), "numbers": numbers_changed(objective, changed, NUMBERS)}
    if "audience" in changed:
        data["audience"] = [objective.audience, changed["audience"]]
    was = objective.audience
    _save(objective, version, changed)
    _take_back(objective, is_moved=objective.is_team and "team_id" in changed, was=was)
    record("REWORDED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)
    return objective


@transaction.atomic
def move(*, by: Viewer, objective: Objective, up: bool, now: datetime) -> None:
    """One place up or down among its siblings. At the end of their list nothing moves.

    Records MOVED. Raises NotYours (403), NotNow (409).
    """
    if reason := permissions.why_not_word(by, objective):
        raise NotYours(reason)
    siblings = Objective.objects.siblings_of(objective)
    lock(siblings.values_list("pk", flat=True))
    hold(objective)
    if swap([*siblings.in_order()], objective.pk, up=up):
        record("MOVED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id)


def _take_back(objective: Objective, *, is_moved: bool, was: str) -> None:
    """Narrowed, or moved to another team: who may not read it any more is told nothing that waits to be told.

    What was told is forgotten. Source: guarantees PRIV-09.
    """
    if not (is_moved or rules.is_narrower(was, objective.audience)):
        return
    parts = KeyResult.objects.filter(objective=objective).values_list("pk", flat=True)
    about = [objective.pk, *parts]
    waiting = mail.waiting_about(about)
    people = User.objects.filter(pk__in=waiting)
    row = Objective.objects.filter(pk=objective.pk)
    gone = [one.pk for one in people if not row.visible_to(viewer_of(one)).exists()]
    mail.take_back([pk for person_pk in gone for pk in waiting[person_pk]], told_about=about)


def numbers_changed(row: Any, changed: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, list[str | None]]:
    """The old and the new number, in digits, of each of `names` that changed."""
    return {name: [_digits(getattr(row, name)), _digits(changed[name])] for name in names if name in changed}


def _digits(number: Decimal | int | None) -> str | None:
    return None if number is None else format(Decimal(number).normalize(), "f")


def _refuse_second(owner_pk: int, client_key: UUID | None) -> None:
    """Raise when this form has made an objective before."""
    made = Objective.objects.filter(owner=owner_pk, client_key=client_key).first() if client_key else None
    if made is None:
        return
    if made.deleted_at is not None:
        raise NotNow(_("This was saved once and deleted since. You can restore it."))
    raise WrittenAlready(made)


def _team(wording: Wording) -> Team | None:
    teams = Team.objects.for_everyone(because="the permission is asked next")
    team = teams.filter(pk=wording.team_id).first() if wording.team_id else None
    if team is None:
        raise ObjectiveInvalid(_("Say whose objective it is."))
    return team


def _off_the_wall(objective: Objective, wording: Wording) -> Wording:
    """What stood on walls stays there no longer once it is narrowed past those teams."""
    is_narrow = wording.audience not in rules.WALL_AUDIENCES
    return replace(wording, on_wall=False) if objective.on_wall and is_narrow else wording


def _check_audience(kind: str, wording: Wording) -> None:
    is_team = kind == rules.ObjectiveKind.TEAM
    if wording.audience not in (rules.TEAM_AUDIENCES if is_team else rules.PERSONAL_AUDIENCES):
        raise ObjectiveInvalid(_("That audience does not fit this kind of objective."))
    if wording.on_wall and is_team:
        raise ObjectiveInvalid(_("What everyone may read of a team’s stands on its wall anyway."))
    if wording.on_wall and wording.audience not in rules.WALL_AUDIENCES:
        raise ObjectiveInvalid(_("Only what your teams or everyone may read can stand on a wall."))


def enter(kind: str, wording: Wording) -> None:
    """The quarter takes it: it is held, stays there until the objective stands in it, and its team has not closed it.

    Raises ObjectiveInvalid (422), NotNow (409: the team has closed it).
    """
    if not hold_quarter(wording.quarter_id):
        raise ObjectiveInvalid(_("That quarter was made anew meanwhile. Choose one again."))
    quarter = Quarter.objects.for_everyone(because="dates are no secret").get(pk=wording.quarter_id)
    if quarter.team_id is not None and quarter.team_id != wording.team_id:
        raise ObjectiveInvalid(_("That quarter is a team’s own. Choose that team as its home, or another quarter."))
    refuse_closed_quarter(kind=kind, audience=wording.audience, team_pk=wording.team_id, quarter_pk=wording.quarter_id)


def _check_place(by: Viewer, objective: Objective, wording: Wording, changed: Mapping[str, Any]) -> None:
    """Raise when an objective, which is held, cannot be where `wording` puts it."""
    if "quarter_id" in changed:
        _check_unlogged(objective)
    enter(objective.kind, wording)
    if "team_id" in changed:
        if objective.is_team and (reason := permissions.why_not_write_for(by, wording.team_id)):
            raise NotYours(reason)  # rights at both ends (AZ-09)
        _check_home(wording.team_id, objective.owner_id)


def _check_unlogged(objective: Objective) -> None:
    """The weeks that were logged belong to the quarter (decisions 18)."""
    under = {"key_result__objective": objective}
    if Confidence.objects.filter(**under).exists() or Value.objects.filter(**under).exists():
        raise ObjectiveInvalid(_("It was logged in this quarter already, so it stays in it."))


def _check_home(team_pk: int | None, owner_pk: int) -> None:
    """A personal objective may be without a home."""
    if team_pk is not None and not Membership.objects.current().filter(team=team_pk, user=owner_pk).exists():
        raise ObjectiveInvalid(_("Its owner is not in that team."))


def _save(objective: Objective, version: int, fields: Mapping[str, Any]) -> None:
    """Compare and set: the row, which is held, must still be of `version`."""
    rows = Objective.objects.filter(pk=objective.pk, version=version)
    if not rows.update(**fields, version=F("version") + 1):
        raise Stale(_("Somebody saved a newer version."))
    for name, value in fields.items():
        setattr(objective, name, value)
    objective.version = version + 1


def next_position(kind: str, wording: Wording, owner_pk: int) -> int:
    """The place at the end of its list of an objective in such words."""
    first = Objective(kind=kind, owner_id=owner_pk, team_id=wording.team_id, quarter_id=wording.quarter_id)
    highest: int | None = Objective.objects.siblings_of(first).aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else highest + 1
