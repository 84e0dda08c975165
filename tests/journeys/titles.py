"""A live screen for servers that tests start: the titles of a team that all may read."""

import hashlib
from datetime import datetime
from html import escape

from core.live import Shown, register
from objectives.models import Objective
from people.models import Membership, Team
from people.viewer import Viewer


class Titles:
    """What those of a team have open to everybody."""

    kind = "titles"

    def find(self, viewer: Viewer, slug: str) -> int | None:
        team = Team.objects.visible_to(viewer).open().filter(slug=slug).first()
        return team.pk if team and team.pk in viewer.place_pks else None

    def members(self, team: int) -> frozenset[int]:
        return frozenset(Membership.objects.filter(team=team).present().values_list("user", flat=True))

    def show(self, team: int, now: datetime) -> Shown:
        members = self.members(team)
        rows = Objective.objects.filter(owner__in=members, audience="EVERYONE").order_by("title", "pk")
        html = "\n".join(f"<p>{escape(title)}</p>" for title in rows.values_list("title", flat=True))
        return Shown(html, hashlib.sha256(html.encode()).hexdigest()[:16], members)


register(Titles())
