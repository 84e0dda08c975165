"""The live screens of the week: what is shown on a wall, as it changes."""

from datetime import datetime

from django.template import loader

from checkins.views.wall import on_wall
from core.live import Shown, Watch, register
from people.models import Membership, Team, User
from people.viewer import Viewer, viewer_of


class Wall:
    """The wall of a team. Its members see the same; everybody else sees what they may of it, on a page of their own."""

    kind = "wall"

    def find(self, viewer: Viewer, slug: str) -> Watch | None:
        """The wall of an open team."""
        team = Team.objects.visible_to(viewer).open().filter(slug=slug).first()
        return Watch(team.pk, is_member=team.pk in viewer.place_pks) if team else None

    def members(self, team: int) -> frozenset[int]:
        """Those who are in it today."""
        rows = Membership.objects.for_everyone(because="only ids are read, to know who may go on watching")
        return frozenset(rows.present().filter(team=team, team__closed_at=None).values_list("user_id", flat=True))

    def show(self, team: int, now: datetime) -> Shown:
        """What any of its members sees, read with the rights of one of them; nothing when there is none."""
        members = self.members(team)
        if not members:
            return Shown("", "none", frozenset())
        found = User.objects.for_everyone(because="a wall is read as one of its members").get(pk=min(members))
        viewer = viewer_of(found)
        shown = on_wall(Team.objects.visible_to(viewer).get(pk=team), viewer, now=now)
        html = loader.get_template("checkins/_wall.html", using="pages").render(shown.context)
        return Shown(html, shown.version, shown.concerned)


register(Wall())
