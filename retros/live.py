"""The live screen of a team's retro: the one that is on."""

from datetime import datetime

from django.template import loader

from core.live import Shown, register
from people.models import Membership, Team, User
from people.viewer import Viewer, viewer_of
from retros.models import Retro
from retros.permissions import why_not_look_back
from retros.views.screen import on_screen


class RetroScreen:
    """The retro of a team that is not over yet, for those who are in it; to others it is not there."""

    kind = "retro"

    def find(self, viewer: Viewer, slug: str) -> int | None:
        """An open team of theirs."""
        team = Team.objects.visible_to(viewer).open().filter(slug=slug).first()
        return team.pk if team and not why_not_look_back(viewer, team.pk) else None

    def members(self, team: int) -> frozenset[int]:
        """Those who are in it today."""
        rows = Membership.objects.for_everyone(because="only ids are read, to know who may go on watching")
        return frozenset(rows.present().filter(team=team, team__closed_at=None).values_list("user_id", flat=True))

    def show(self, team: int, now: datetime) -> Shown:
        """What any of its members sees, read with the rights of one of them; nothing when there is none."""
        members = self.members(team)
        if not members:
            return Shown("", "none", frozenset())
        found = User.objects.for_everyone(because="a screen is read as one of its members").get(pk=min(members))
        viewer = viewer_of(found)
        rows = Retro.objects.visible_to(viewer).with_session().filter(team=team)
        retro = rows.order_by("-session__started_at", "-pk").first()
        if retro is None:
            return Shown("", "none", frozenset())
        screen = on_screen(retro, viewer, now=now)
        html = loader.get_template("retros/_retro.html", using="pages").render(screen.context)
        return Shown(html, screen.version, screen.concerned)


register(RetroScreen())
