"""The live screens of the week: what is shown on a wall and on the stage of a celebration, as it changes."""

from datetime import datetime

from django.template import loader

from checkins.actions.celebrations import week_of
from checkins.models import Session, with_health, with_together
from checkins.permissions import why_not_meet
from checkins.rules.celebrations import KIND
from checkins.views.celebration import before, on_stage
from checkins.views.wall import on_wall
from core.live import Shown, register
from people.models import Membership, Team, User
from people.viewer import Viewer, viewer_of


class Wall:
    """The wall of a team, for its members, who see the same; others' pages ask for themselves what they may see."""

    kind = "wall"

    def find(self, viewer: Viewer, slug: str) -> int | None:
        """The wall of an open team of theirs."""
        teams = Team.objects.visible_to(viewer).open().filter(slug=slug, pk__in=viewer.place_pks)
        return teams.values_list("pk", flat=True).first()

    def members(self, team: int) -> frozenset[int]:
        """Those who are in it today."""
        return _members(team)

    def show(self, team: int, now: datetime) -> Shown:
        """What any of its members sees, read with the rights of one of them; nothing when there is none."""
        if (viewer := _one_of(self.members(team))) is None:
            return Shown("", "none", frozenset())
        teams = with_health(Team.objects.visible_to(viewer), viewer, now.date())
        shown = on_wall(teams.get(pk=team), viewer, now=now)
        html = loader.get_template("checkins/_wall.html", using="pages").render(shown.context)
        return Shown(html, shown.version, shown.concerned)


class Celebration:
    """The stage of a team's celebration, for those who are in it; to others it is not there."""

    kind = "celebration"

    def find(self, viewer: Viewer, slug: str) -> int | None:
        """The stage of an open team of theirs, begun or not."""
        team = Team.objects.visible_to(viewer).open().filter(slug=slug).first()
        return team.pk if team and not why_not_meet(viewer, team.pk) else None

    def members(self, team: int) -> frozenset[int]:
        """Those who are in it today."""
        return _members(team)

    def show(self, team: int, now: datetime) -> Shown:
        """What any of its members sees, read with the rights of one of them; nothing when there is none."""
        if (viewer := _one_of(self.members(team))) is None:
            return Shown("", "none", frozenset())
        found = Team.objects.visible_to(viewer).get(pk=team)
        session = with_together(Session.objects.visible_to(viewer), viewer).newest(KIND, found.slug)
        is_on = session is not None and session.week == week_of(found, now)
        stage = on_stage(session, viewer, now=now) if is_on and session else before(found, now=now)
        html = loader.get_template("checkins/_celebration.html", using="pages").render(stage.context)
        return Shown(html, stage.version, stage.concerned)


def _members(team: int) -> frozenset[int]:
    rows = Membership.objects.for_everyone(because="only ids are read, to know who may go on watching")
    return frozenset(rows.present().filter(team=team, team__closed_at=None).values_list("user_id", flat=True))


def _one_of(members: frozenset[int]) -> Viewer | None:
    """Any of them, for what all of them see."""
    if not members:
        return None
    found = User.objects.for_everyone(because="a screen is read as one of its members").get(pk=min(members))
    return viewer_of(found)


register(Wall())
register(Celebration())
