"""Home: this week in one look."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from checkins import rules
from checkins.rows.key_results import KeyResultRow, ObjectiveRow, key_result, objective
from checkins.rows.people import turnout_words
from checkins.rows.silence import silent_weeks
from checkins.rules import Presence
from core.calendar import Week
from objectives.models import KeyResult, Objective, Quarter, Waiting
from objectives.rows import grouped, said_of
from objectives.rules import mark
from people.models import Membership
from people.rows.rhythm import celebrates_words
from people.viewer import Place, Viewer


@dataclass(frozen=True)
class TeamRow:
    """One of my teams, how many are in, and when it celebrates next in words, "" for not known; where its stage is."""

    name: str
    url: str
    words: str
    celebrates: str
    stage_url: str = ""


def team_rows(
    places: Iterable[Place], memberships: Sequence[Membership], states: Mapping[int, Presence], now: datetime
) -> list[TeamRow]:
    """4 of 6 are in, for each of my teams; needs the memberships with their teams."""
    teams = {row.team_id: row.team for row in memberships}
    return [
        TeamRow(
            name=place.name,
            url=reverse("checkins:board", kwargs={"slug": place.slug}),
            words=turnout_words(states[row.user_id] for row in memberships if row.team_id == place.pk),
            celebrates=celebrates_words(teams[place.pk], now) if place.pk in teams else "",
            stage_url=reverse("checkins:celebration", kwargs={"slug": place.slug}),
        )
        for place in places
    ]


@dataclass(frozen=True)
class Moment:
    """When home is looked at: the week that it shows, the one that it is, and the weeks that its reader was away."""

    shown: Week
    this_week: Week
    away: Collection[Week]


def my_objectives(
    found: Sequence[Objective], key_results: Iterable[KeyResult], *, viewer: Viewer, page: Quarter | None, at: Moment
) -> list[ObjectiveRow]:
    """What concerns me, with its key results as of the week shown, and their trend over their quarter; needs their
    owners and `with_readings`."""
    under = grouped(key_results)
    return [
        objective(
            one,
            [_with_trend(row, one, at, viewer) for row in under.get(one.pk, [])],
            page=page,
            hint=_whose(one),
        )
        for one in found
    ]


def _with_trend(row: KeyResult, of: Objective, at: Moment, viewer: Viewer) -> KeyResultRow:
    said = said_of(row)
    now = mark(said, row.opening_confidence, at=at.shown)
    return key_result(
        row,
        now,
        said=said,
        weeks=of.quarter.period.weeks,
        logged_by="" if row.owner_id == viewer.pk else row.owner.name,
        silent=silent_weeks(row, of, said[-1].week if said else None, at=at.this_week, away=at.away),
    )


def _whose(row: Objective) -> str:
    if not row.is_team or row.team is None:
        return ""
    words = _("%(team)s’ own.") if row.team.name.endswith("s") else _("%(team)s’s own.")
    return words % {"team": row.team.name}


def needs_home(row: Objective, viewer: Viewer) -> bool:
    """Whether my own objective is still at home in a team that I left, or that was closed, and can go elsewhere.

    In a quarter that is that team's own it stays. Source: decisions 9.
    """
    is_mine = row.owner_id == viewer.pk and not row.is_team
    return is_mine and row.team_id is not None and row.team_id not in viewer.place_pks and row.quarter.team_id is None


@dataclass(frozen=True)
class Draft:
    """An objective that nobody logs yet."""

    title: str
    url: str
    quarter: str


def draft(row: Objective) -> Draft:
    """The line for a draft; needs its quarter joined."""
    return Draft(title=row.title, url=row.get_absolute_url(), quarter=row.quarter.slug)


@dataclass(frozen=True)
class Suggested:
    """What somebody suggested for an objective of mine, and waits for my answer."""

    words: str
    title: str
    url: str


def suggested(found: Iterable[Objective], viewer: Viewer) -> list[Suggested]:
    """The one that waits longest on each objective that `viewer` answers for; needs `with_first_open`."""
    return [
        Suggested(
            words=_("Answer what %(name)s suggests for") % {"name": one.asked_by},
            title=one.title,
            url=reverse("objectives:suggestion", kwargs={"pk": one.pk, "suggestion": one.asked_pk}),
        )
        for one in found
        if one.asked_pk is not None and one.owner_id == viewer.pk
    ]


def whole(first: Waiting | None, viewer: Viewer) -> list[Suggested]:
    """A whole objective that somebody suggested to `viewer`, if one waits."""
    if first is None:
        return []
    url = reverse("objectives:suggested_objective", kwargs={"username": viewer.username, "suggested": first.pk})
    words = _("Read the objective that %(name)s suggests:") % {"name": first.name}
    return [Suggested(words=words, title=first.title, url=url)]


def newest_week(key_results: Iterable[KeyResult]) -> Week | None:
    """The last week in which something was said of them; needs `with_readings`."""
    return max((said[-1].week for row in key_results if (said := said_of(row))), default=None)


@dataclass(frozen=True)
class Step:
    """One of the first steps on a new site."""

    title: str
    text: str
    url: str
    is_done: bool


def first_steps(viewer: Viewer, *, has_objective: bool, is_alone: bool, weeks: int, week: Week) -> list[Step]:
    """What a newcomer does first; empty once all is done, or after a few weeks. `weeks` are the check-ins so far."""
    steps = [
        Step(
            title=_("Write one objective"),
            text=_("One sentence about what you want to be true by the end of the quarter."),
            url=reverse("objectives:new"),
            is_done=has_objective,
        ),
        Step(
            title=_("Check in"),
            text=_("How sure are you? A number for each key result, a line of words."),
            url=reverse("checkins:week", kwargs={"week": str(week)}),
            is_done=weeks > 0,
        ),
    ]
    if (invitation := _invitation_url(viewer)) is not None:
        invite = Step(
            title=_("Invite a colleague"),
            text=_("It is the looking together that keeps it alive."),
            url=invitation,
            is_done=not is_alone,
        )
        steps.insert(1, invite)
    return [] if all(step.is_done for step in steps) or weeks >= rules.FEW_WEEKS else steps


def _invitation_url(viewer: Viewer) -> str | None:
    """Where `viewer` invites into the first team they may; None when they invite nobody."""
    for place in viewer.teams:
        if viewer.is_site_admin or viewer.leads(place.pk):
            return reverse("people:invitations", kwargs={"slug": place.slug})
    return None
