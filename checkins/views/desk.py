"""The page on which a week is written: what it asks, what stands, and what was typed before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from checkins import rows
from checkins.forms import CheckInForm, Choice, choices, fields_in, initial_words, standing, touched
from checkins.models import CheckIn, Draft, Line
from checkins.rows import Ask, PlanItem
from checkins.rules import Window, friday_of, window
from core.calendar import Week
from core.http import render
from core.prepared import Prepared
from objectives.models import KeyResult, Quarter
from objectives.rows import ribbon, week_before, week_url
from people.models import Absence
from people.viewer import Request, Viewer


@Prepared
def _mine(viewer: Viewer, week: Week) -> QuerySet[CheckIn]:
    found = CheckIn.objects.visible_to(viewer).mine(viewer, week)
    return found.select_related("person").with_neighbour(viewer, week).with_seers()


@Prepared
def _drafts(viewer: Viewer, week: Week) -> QuerySet[Draft]:
    return Draft.objects.visible_to(viewer).mine(viewer, week)


@Prepared
def _asked(viewer: Viewer, week: Week, *, with_planned: bool) -> QuerySet[KeyResult]:
    found = KeyResult.objects.visible_to(viewer).with_wording(viewer).with_bets()
    return found.for_check_in(viewer, week, with_planned=with_planned)


@Prepared
def _planned(viewer: Viewer, week: Week) -> QuerySet[Line]:
    return Line.objects.visible_to(viewer).planned_before(viewer, week)


@Prepared
def _words(viewer: Viewer, check_in: int) -> QuerySet[Line, tuple[int | None, str, str]]:
    return Line.objects.visible_to(viewer).of_week(check_in).typed().values_list("objective", "kind", "text")


@Prepared
def _quarters(viewer: Viewer, week: Week) -> QuerySet[Quarter]:
    return Quarter.objects.visible_to(viewer).holding(week).for_viewer(viewer)


class Desk:
    """One's own week as it can be written now; everything is asked for once, when it is needed."""

    def __init__(self, request: Request, week: Week) -> None:
        self.request, self.week = request, week
        self.viewer = request.viewer

    @cached_property
    def window(self) -> Window:
        """Whether it can be written."""
        return window(self.week, self.request.now, self.viewer.zone)

    @cached_property
    def mine(self) -> CheckIn | None:
        """What was given, or begun."""
        return next(iter(_mine(self.viewer, self.week)), None)

    @cached_property
    def is_away(self) -> bool:
        """Whether one said to be away in it."""
        mine = Absence.objects.visible_to(self.viewer).own(self.viewer)
        return mine.holding(self.week.monday, friday_of(self.week)).exists()

    @cached_property
    def draft(self) -> Draft | None:
        """What was typed and not given."""
        return next(iter(_drafts(self.viewer, self.week)), None)

    @cached_property
    def asks(self) -> list[Ask]:
        """The key results that it asks about."""
        found = _asked(self.viewer, self.week, with_planned=self.window == Window.OPEN)
        return [rows.ask(row, self.week) for row in found]

    @cached_property
    def plans(self) -> list[PlanItem]:
        """What was planned before."""
        return [rows.plan_item(row) for row in _planned(self.viewer, self.week)]

    @cached_property
    def words(self) -> dict[str, str]:
        """What was given, as it would be typed."""
        said = defaultdict[int | None, dict[Line.Kind, list[str]]](lambda: {kind: [] for kind in Line.Kind})
        if self.mine is not None:
            for about, kind, text in _words(self.viewer, self.mine.pk):
                said[about][Line.Kind(kind)].append(text)
        return initial_words(said)

    @cached_property
    def stands(self) -> dict[str, str]:
        """What stands in every field as long as nobody types."""
        return standing(self.asks, self.plans, self.words)

    @property
    def drafted(self) -> dict[str, str]:
        """What was typed before."""
        return self.draft.typed if self.draft else {}

    @property
    def is_older(self) -> bool:
        """Whether the week was given after the draft was begun."""
        return self.draft is not None and self.draft.of_version != self.versions()["version"]

    @property
    def theirs(self) -> dict[str, str]:
        """What a page finds that has not read it: the newest draft, or the week that was given since that was begun."""
        return self.stands if self.is_older else self.stands | self.drafted

    def opened(self) -> CheckInForm:
        """The form as it opens, with what was typed before."""
        return CheckInForm(None, asks=self.asks, plans=self.plans, initial=self.words, drafted=self.drafted)

    def typed(self, sent: Mapping[str, Any]) -> CheckInForm:
        """The form as it was sent."""
        return CheckInForm(sent, asks=self.asks, plans=self.plans, initial={})

    def touched(self, form: CheckInForm) -> dict[str, str]:
        """What is typed in it, now or before, that does not stand there anyway."""
        return touched(form.units(), self.sent(form.data) if form.is_bound else self.drafted, self.stands)

    def sent(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What a whole form says: a ladder that was sent without a step has none reached."""
        ladders = [ask.pk for ask in self.asks if ask.is_ladder and f"confidence-{ask.pk}" in data]
        return {f"value-{pk}": "" for pk in ladders} | fields_in(data)

    def base(self, version: int | None) -> dict[str, str] | None:
        """What stood before anything was typed over that version of the week; None when it is another now."""
        is_same = version == self.versions()["version"] and not self.is_older
        return self.stands if is_same else None

    def beside(self, form: CheckInForm, mine: Mapping[str, str], version: int | None) -> list[Choice]:
        """Where `mine`, typed over that version of the week, differs from what stands elsewhere."""
        return choices(form.units(), mine=mine, theirs=self.theirs, base=self.base(version))

    def given_beside(self, form: CheckInForm) -> list[Choice]:
        """Where the draft differs from a week that was given after it was begun."""
        return self.beside(form, self.drafted, None) if self.is_older else []

    def versions(self) -> dict[str, int]:
        """What is newest, for a page that shows it."""
        return {"version": self.mine.version if self.mine else 0, "draft": self.draft.version if self.draft else 0}

    def write(
        self,
        form: CheckInForm,
        *,
        versions: Mapping[str, Any],
        notice: str = "",
        elsewhere: Sequence[Choice] = (),
        status: int = 200,
    ) -> HttpResponse:
        """The page with that form on it."""
        groups, touched = form.groups(), self.touched(form)
        unsent = self.draft if touched and not form.is_bound else None
        context = {
            "form": form,
            "versions": versions,
            "touched": " ".join(touched),
            "unsent": rows.unsent(unsent, self.request.now, self.viewer.zone),
            "running": [group for group in groups if not group.is_planned],
            "planned": [group for group in groups if group.is_planned],
            "plans": form.plans(),
            "notice": notice,
            "elsewhere": elsewhere,
            "newest": self.versions() if elsewhere else {},
            "readers": rows.readers_of_week(self.viewer),
            "is_late": self.window == Window.LATE,
            "is_over": self.window == Window.OVER,
            "is_away": self.is_away,
        }
        return render(self.request, "checkins/week_form.html", context=context | self.around(), status=status)

    def around(self) -> dict[str, Any]:
        """What both states of the page wear: the week, the one before it, the ribbon."""
        quarter = next(iter(_quarters(self.viewer, self.week)), None)
        this_week = self.viewer.week(self.request.now)
        return {
            "week": self.week,
            "week_url": week_url(self.week),
            "draft_url": reverse("checkins:draft", kwargs={"week": str(self.week)}),
            "before": week_before(self.week),
            "ribbon": ribbon(quarter, this_week=this_week, page=self.week),
        }
