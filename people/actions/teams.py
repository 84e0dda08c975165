"""Making teams and circles, and changing what they decided about themselves.

Source: decisions 1, 2, 20; guarantees CC-01, CC-04, IN-21.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.calendar import Length, local_day
from core.errors import NotYours, Refused, Stale
from core.text import RESERVED_SLUGS, slugify_name
from people import permissions, rules
from people.actions.holding import hold_tree
from people.models import Membership, Organisation, Team, User
from people.models.team import SOME_MONDAY
from people.viewer import Viewer

WORDLESS = (  # settings of which the log holds what they were and are; the others are words, or lead to such
    *("length", "zone", "celebration_weekday", "celebration_time", "celebration_every", "celebration_from_on"),
    *("reminder_hour", "grading_weeks"),
)


class TeamInvalid(Refused):
    """The parts of a team do not fit each other; a sentence says which."""

    status = 422


@dataclass(frozen=True)
class TeamSettings:
    """All that is decided about a team; the fields are those of `Team`."""

    name: str
    purpose: str = ""
    length: str = Length.QUARTER.value
    zone: str = "UTC"
    celebration_weekday: int = 4
    celebration_time: time = time(15, 30)
    celebration_every: int = 1
    celebration_from_on: date = SOME_MONDAY
    reminder_hour: int = 9
    grading_weeks: int = 2
    parent_id: int | None = None


@transaction.atomic
def create(
    *,
    by: Viewer,
    kind: str,
    settings: TeamSettings,
    now: datetime,
    lead: User | None = None,
    client_key: UUID | None = None,
) -> Team:
    """A team or circle with its first lead: `by`, unless a site admin names somebody else for a team.

    The same form (`client_key`) sent twice makes one, and gives it again. Records TEAM_MADE.
    Raises NotYours (403), TeamInvalid (422).
    """
    if reason := permissions.why_not_make(by, kind):
        raise NotYours(reason)
    lead_pk = lead.pk if lead else by.pk
    if reason := permissions.why_not_name_lead(by, kind, lead_pk):
        raise NotYours(reason)
    hold_tree()
    made = Team.objects.filter(client_key=client_key).first() if client_key else None
    if made is not None:
        return made
    _check(kind, settings, None)
    if not User.objects.active().filter(pk=lead_pk).exists():
        raise TeamInvalid(_("Somebody who is still here leads a team."))
    slug = free_slug(settings.name)
    team = Team.objects.create(**asdict(settings), kind=kind, slug=slug, created_at=now, client_key=client_key)
    today = local_day(now, team.zone_info)
    Membership.objects.create(team=team, user_id=lead_pk, role=Membership.Role.LEAD, joined_on=today)
    record("TEAM_MADE", team, by_pk=by.pk, now=now, team_pk=team.pk, data={"lead": lead_pk})
    return team


@transaction.atomic
def change(*, by: Viewer, team: Team, version: int, settings: TeamSettings, now: datetime) -> Team:
    """Save `settings` over those of `version`. The organisation's team keeps the organisation's name.

    Records TEAM_CHANGED with the names of the fields; those that hold no words, then and now.
    Raises NotYours (403), Stale (409: somebody saved since), TeamInvalid (422).
    """
    if reason := permissions.why_not_look_after_team(by, team):
        raise NotYours(reason)
    wanted = asdict(settings)
    if team.kind == Team.Kind.ORGANISATION:
        del wanted["name"]
    changed = {field: value for field, value in wanted.items() if getattr(team, field) != value}
    if not changed:
        return team
    if version != team.version:
        raise Stale(_("Somebody saved a newer version."))
    hold_tree()
    _check(team.kind, settings, team)
    rows = Team.objects.filter(pk=team.pk, version=version, closed_at=None)
    if not rows.update(**changed, version=F("version") + 1):
        raise Stale(_("Somebody saved a newer version."))
    data = {"fields": sorted(changed), "values": values_changed(team, changed, WORDLESS)}
    record("TEAM_CHANGED", team, by_pk=by.pk, now=now, team_pk=team.pk, data=data)
    return Team.objects.get(pk=team.pk)


def values_changed(
    row: Team | Organisation, changed: Mapping[str, Any], names: tuple[str, ...]
) -> dict[str, list[str]]:
    """The old and the new value of each of `names` that changed, as text."""
    return {name: [str(getattr(row, name)), str(changed[name])] for name in names if name in changed}


def free_slug(name: str) -> str:
    """The address of a new team: from its name, not one of ours, and not another's. Hold the tree first."""
    stem = slugify_name(name, fallback="team")
    taken = set(Team.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED_SLUGS
    later = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *later) if slug not in taken)


def _check(kind: str, settings: TeamSettings, team: Team | None) -> None:
    if kind == Team.Kind.ORGANISATION and team is None:
        raise TeamInvalid(_("There is one organisation, and it is here already."))
    if reason := rules.why_not_rhythm(
        length=settings.length,
        weekday=settings.celebration_weekday,
        every=settings.celebration_every,
        from_on=settings.celebration_from_on,
        reminder_hour=settings.reminder_hour,
        grading_weeks=settings.grading_weeks,
    ):
        raise TeamInvalid(_(reason))
    if settings.parent_id is not None and settings.parent_id != (team.parent_id if team else None):
        _check_parent(kind, settings.parent_id, team)


def _check_parent(kind: str, parent_pk: int, team: Team | None) -> None:
    if kind != Team.Kind.TEAM:
        raise TeamInvalid(_("A circle cuts across the teams and is part of none."))
    if not Team.objects.possible_parents().filter(pk=parent_pk).exists():
        raise TeamInvalid(_("It can be part of a team that still meets."))
    above: int | None = parent_pk
    while above is not None:
        if team is not None and above == team.pk:
            raise TeamInvalid(_("That team is part of this one already."))
        above = Team.objects.values_list("parent_id", flat=True).get(pk=above)
