"""What one brings to the recap of a team's quarter: picked out of one's own weeks, or in own words.

Source: practice P102; guarantees CC-01.
"""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from checkins.models import Cheer, Line
from core.errors import NotYours, Stale
from core.http import render
from objectives.models import KeyResult, Objective, Quarter
from people.models import Membership, Team
from people.viewer import Request
from retros import permissions
from retros.actions import picks as actions
from retros.forms.pick import PickForm
from retros.models import Pick, said_by, with_minds
from retros.rows import picks as rows
from retros.rows.minds import Mind, minds_of
from retros.views.recap import find_quarter

KINDS = (Line.Kind.DID, Line.Kind.LEARNED)
MOST_OFFERED = 200  # lines, and cheers


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: Request, slug: str, quarter: str) -> HttpResponse:
    """One's best moment and change of mind; a save over a newer one keeps what was typed, beside that (CC-01)."""
    of = find_quarter(request, quarter)
    team = _team(request, slug, of)
    actions.refuse_closed(team, of)
    desk = Desk(request, team, of)
    if request.method != "POST":
        return desk.page(desk.form())
    form = desk.form(request.POST)
    if not form.is_valid():
        return desk.page(form, status=422)
    picked, version = form.picked(), form.cleaned_data["version"] or 0
    try:
        actions.pick(by=request.viewer, team=team, quarter=of, picked=picked, version=version, now=request.now)
    except Stale as problem:
        fresh = Desk(request, team, of)
        again = fresh.form(request.POST)
        again.full_clean()
        return fresh.page(again, notice=str(problem), status=409)
    messages.success(request, _("Saved. It stands in the recap."))
    return redirect("retros:pick", slug=slug, quarter=quarter)


class Desk:
    """What one may pick, as it stands."""

    def __init__(self, request: Request, team: Team, of: Quarter) -> None:
        self.request, self.team, self.of = request, team, of
        mine = Pick.objects.visible_to(request.viewer).of(team.pk, of.pk).filter(person=request.viewer.pk)
        self.pick = mine.with_words().first() or Pick(team=team, quarter=of, version=0)
        self.moments = rows.moments(self._lines(), self._cheers(), self.pick)
        self.minds = self._minds()
        self.turns = rows.turns(self.minds, self.pick)

    def form(self, typed: QueryDict | None = None) -> PickForm:
        """The form, as it stands or as it was typed."""
        best = [one for group in self.moments for one in group.rows]
        return PickForm(typed, best=best, minds=self.turns, pick=self.pick)

    def page(self, form: PickForm, *, notice: str = "", status: int = 200) -> HttpResponse:
        """The page."""
        context = {
            "team": self.team,
            "quarter": self.of,
            "form": form,
            "notice": notice,
            "standing": rows.standing(self.pick, self.minds) if notice else [],
            "version": self.pick.version,
            "moments": self.moments,
            "turns": self.turns,
            "found": rows.found_words(self.minds),
        }
        return render(self.request, "retros/pick.html", context=context, status=status)

    def _board(self) -> QuerySet[Objective]:
        """What stands on the team's board, which the room sees; for a subquery."""
        viewer, of = self.request.viewer, self.of
        people = Membership.objects.visible_to(viewer).present().checking_in([self.team.pk]).values("user")
        found = Objective.objects.visible_to(viewer).on_boards_of(self.team, people)  # type: ignore[arg-type]
        return found.overlapping(of.first_on, of.ends_on).order_by()

    def _lines(self) -> list[Line]:
        """One's own of the quarter, about none or about what the room sees."""
        viewer, weeks = self.request.viewer, [week.monday for week in self.of.period.weeks]
        mine = Line.objects.visible_to(viewer).filter(check_in__person=viewer.pk, check_in__done_at__isnull=False)
        about = Q(objective=None) | Q(objective__in=self._board().values("pk"))
        rows = mine.filter(about, kind__in=KINDS, check_in__week_on__in=weeks).select_related("check_in")
        return list(rows.order_by("-check_in__week_on", "position", "pk")[:MOST_OFFERED])

    def _cheers(self) -> list[Cheer]:
        """Those with a sentence, for one's weeks of the quarter or in its celebrations."""
        pk, weeks = self.request.viewer.pk, [week.monday for week in self.of.period.weeks]
        week = Q(check_in__person=pk, check_in__week_on__in=weeks, check_in__done_at__isnull=False)
        room = Q(check_in=None, to=pk, session__team=self.team, session__week_on__in=weeks)
        rows = Cheer.objects.visible_to(self.request.viewer).filter(week | room).exclude(text="").select_related("by")
        return list(rows.order_by("-at", "-pk")[:MOST_OFFERED])

    def _minds(self) -> list[Mind]:
        viewer = self.request.viewer
        rows = KeyResult.objects.visible_to(viewer).filter(objective__in=self._board().values("pk")).in_order()
        return minds_of(with_minds(said_by(rows, viewer.pk)).with_amendments(), viewer.pk)


def _team(request: Request, slug: str, of: Quarter) -> Team:
    """A team of the viewer's in which they log their weeks, and did in that quarter. Raises Http404, NotYours (403)."""
    mine = Membership.objects.visible_to(request.viewer).filter(user=request.viewer.pk, left_on=None, team__slug=slug)
    place = mine.select_related("team").first()
    if place is None or place.team_id not in request.viewer.team_pks:
        raise Http404
    if reason := permissions.why_not_pick(request.viewer, place.team_id):
        raise NotYours(reason)
    if not place.overlaps(of.first_on, of.ends_on) or not of.is_of(place.team):
        raise Http404
    return place.team
