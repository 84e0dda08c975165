"""Who may see which objectives, and in what order: the one rule on which every other read stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from objectives import rules
from objectives.models.co_owner import CoOwner
from objectives.models.quarter import Quarter
from people.models import Membership, Organisation, Team

if TYPE_CHECKING:
    from collections.abc import Collection

    from objectives.models.objective import Objective
    from people.viewer import Viewer


GRADING_WEEKS = range(1, 5)  # as a team may say


def _ends_within(weeks: int, today: date) -> Q:
    return Q(quarter__ends_on__lte=today + timedelta(weeks=weeks))


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    """The vocabulary of reading objectives."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What `viewer` may read and is not deleted. Drafts included, for those who may read them."""
        return self.filter(self._visible_to(viewer), deleted_at=None)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def deleted_by_mistake(self, viewer: Viewer, *, now: datetime) -> Self:
        """What `viewer` may restore of the last 30 days: their own, of a team they lead, and its drafts they word."""
        is_team = Q(kind=rules.ObjectiveKind.TEAM)
        is_draft = Q(state=rules.State.DRAFT)
        worded = self.worded_by(viewer).filter(~is_team | is_draft)
        led = self.filter(is_team, team__in=viewer.lead_pks)
        return (worded | led).filter(deleted_at__gte=now - rules.RESTORABLE)

    @staticmethod
    def _visible_to(viewer: Viewer) -> Q:
        """Source: product, Visibility; decisions 4, 11; guarantees, rows 4–24.

        A manager reads on from the quarter that was open when they became one, not what came before. Whoever has
        left a team reads of its objectives what everyone reads, those that they answer for included; so does their
        manager.
        """
        is_team = Q(kind=rules.ObjectiveKind.TEAM)
        is_draft = Q(state=rules.State.DRAFT)
        is_shared = (
            Q(audience=rules.Audience.EVERYONE)
            | (is_team & Q(team__kind=Team.Kind.ORGANISATION))
            | Q(audience=rules.Audience.MY_TEAMS, owner__in=viewer.teammate_pks)
        )
        readable = (
            (~is_team & Q(owner=viewer.pk)) | (is_team & Q(team__in=viewer.reading_pks)) | (~is_draft & is_shared)
        )
        return readable | ObjectiveQuerySet._managed_by(viewer) if viewer.reports else readable

    @staticmethod
    def _managed_by(viewer: Viewer) -> Q:
        is_team = Q(kind=rules.ObjectiveKind.TEAM)
        is_draft = Q(state=rules.State.DRAFT)
        in_its_team = Membership.objects.current().filter(user=OuterRef("owner"), team=OuterRef("team"))
        managed = Q(owner__in=viewer.report_pks, quarter__ends_on__gt=F("owner__manager_since_on"))
        managed &= ~is_team | Q(Exists(in_its_team))
        is_open = (is_draft & (is_team | Q(proposed_to=viewer.pk))) | (~is_draft & ~Q(audience=rules.Audience.ONLY_ME))
        return managed & is_open

    def owned_by(self, user_pk: int) -> Self:
        """Those one person answers for."""
        return self.filter(owner=user_pk)

    def personal(self) -> Self:
        """Growth and recovery."""
        return self.exclude(kind=rules.ObjectiveKind.TEAM)

    def of_team(self, team: Team) -> Self:
        """The team's own."""
        return self.filter(kind=rules.ObjectiveKind.TEAM, team=team)

    def with_graded(self, parts: models.QuerySet[Any, Any]) -> Self:
        """With `parts`, how many of `parts` (key results) are its own, and `graded`, how many of those have a grade; no
        further query."""
        within = parts.filter(objective=OuterRef("pk")).order_by().values("objective")
        counts = {"parts": Count("pk"), "graded": Count("grade")}
        return self.annotate(
            **{name: Coalesce(Subquery(within.annotate(many=many).values("many")), 0) for name, many in counts.items()}
        )

    def in_quarter(self, quarter: Quarter) -> Self:
        """Those of one quarter."""
        return self.filter(quarter=quarter)

    def overlapping(self, first_on: date, ends_on: date) -> Self:
        """Those whose quarter shares a day with the days from `first_on` up to, not including, `ends_on`."""
        return self.filter(quarter__first_on__lt=ends_on, quarter__ends_on__gt=first_on)

    def published(self) -> Self:
        """Active, dropped or closed."""
        return self.exclude(state=rules.State.DRAFT)

    def active(self) -> Self:
        """Those that are logged."""
        return self.filter(state=rules.State.ACTIVE)

    def of_open_teams(self) -> Self:
        """Personal ones, and those of teams that still meet; no join, so that an update keeps its condition."""
        return self.filter(~Q(kind=rules.ObjectiveKind.TEAM) | Q(team__in=Team.objects.open()))

    def closed_with(self, team_pk: int | None, quarter_pk: int) -> Self:
        """Those that the closing of that team's quarter closes, or finds dropped or closed: its own, and the personal
        ones at home there that the team or everyone may read. Drafts included."""
        return self.on_record_of(team_pk).filter(quarter=quarter_pk)

    def on_record_of(self, team_pk: int | None) -> Self:
        """Those that stay in a team's record, whoever leaves: its own, and the personal ones at home there that the
        team or everyone may read."""
        shared = Q(kind=rules.ObjectiveKind.TEAM) | Q(audience__in=rules.WALL_AUDIENCES)
        return self.filter(shared, team=team_pk)

    def in_view(self, today: date) -> Self:
        """The active ones whose quarter is not over."""
        return self.active().filter(quarter__ends_on__gt=today)

    def worded_by(self, viewer: Viewer) -> Self:
        """Those that `viewer` answers for or co-owns; of teams that they are in today."""
        return self.filter(self._worded_by(viewer))

    def worded_or_led_by(self, viewer: Viewer) -> Self:
        """Those that `viewer` words, and those of the teams that they lead."""
        return self.filter(self._worded_by(viewer) | Q(kind=rules.ObjectiveKind.TEAM, team__in=viewer.lead_pks))

    @staticmethod
    def _worded_by(viewer: Viewer) -> Q:
        co_owned = Q(pk__in=CoOwner.objects.of(viewer).values("objective"))
        return ObjectiveQuerySet._of_today(viewer) & (Q(owner=viewer.pk) | co_owned)

    def of_today(self, viewer: Viewer) -> Self:
        """Personal ones, and those of teams that `viewer` is in today."""
        return self.filter(self._of_today(viewer))

    @staticmethod
    def _of_today(viewer: Viewer) -> Q:
        return ~Q(kind=rules.ObjectiveKind.TEAM) | Q(team__in=viewer.place_pks)

    def changeable_by(self, viewer: Viewer) -> Self:
        """The drafts and active ones that `viewer` may change: of theirs to word, and of the teams they lead."""
        return self.worded_or_led_by(viewer).filter(state__in=[rules.State.DRAFT, rules.State.ACTIVE])

    def siblings_of(self, objective: Objective) -> Self:
        """Those that are put in order with `objective`, itself among them, for who words it.

        A team's stand in the team's order, as its board shows them: no draft moves what was published. A personal
        one stands in its owner's order, beside all their own.
        """
        rows = self.filter(quarter=objective.quarter_id, deleted_at=None)
        if not objective.is_team:
            return rows.personal().filter(owner=objective.owner_id)
        rows = rows.filter(kind=rules.ObjectiveKind.TEAM, team=objective.team_id)
        return rows if objective.state == rules.State.DRAFT else rows.published()

    def in_order(self) -> Self:
        """In the order that those who word them gave."""
        return self.order_by("position", "created_at", "pk")

    def for_mine(self) -> Self:
        """Personal ones first, then each team's, in order; with people, one further query."""
        whose = {
            name: Case(When(kind=rules.ObjectiveKind.TEAM, then=F(name)), default=Value(nobodys))
            for name, nobodys in (("team__name_key", ""), ("team_id", 0))
        }
        return self.with_people().order_by(*whose.values(), "position", "created_at", "pk")

    def with_people(self) -> Self:
        """With owner, team and quarter joined, and the co-owners of today; one further query."""
        return self.select_related("owner", "team", "quarter").prefetch_related(
            Prefetch("co_owners", CoOwner.objects.in_the_team().select_related("user").order_by("user__name_key", "pk"))
        )

    def with_owner_here(self) -> Self:
        """Each with `is_owner_here`: whether who answers for a team's is in that team and can sign in."""
        places = Membership.objects.present().filter(user=OuterRef("owner"), team=OuterRef("team"))
        return self.annotate(is_owner_here=Exists(places))

    def with_origin(self, viewer: Viewer) -> Self:
        """Each with `origin`: what it continues or follows, if `viewer` may read that (id, title, quarter), else None;
        no further query."""
        source = self.model._default_manager.visible_to(viewer).filter(
            pk=Coalesce(OuterRef("continues"), OuterRef("follows"))
        )
        told = JSONObject(pk="pk", title="title", quarter="quarter__slug")
        return self.annotate(origin=Subquery(source.annotate(told=told).values("told")[:1]))

    def with_place(self) -> Self:
        """Each with `zone` and `currency` of the organisation; no further query."""
        return self.annotate(**{name: Subquery(Organisation.objects.values(name)[:1]) for name in ("zone", "currency")})

    def with_review(self) -> Self:
        """With `review` and who wrote it, where there is one; joined, no further query."""
        return self.select_related("review__by")

    def in_grading(self, today: date) -> Self:
        """The active ones that are graded on that day: from some weeks before their quarter ends until it is closed."""
        usual = Q(team=None) & _ends_within(rules.USUAL_GRADING_WEEKS, today)
        opened = [Q(team__grading_weeks=weeks) & _ends_within(weeks, today) for weeks in GRADING_WEEKS]
        is_open = reduce(or_, opened, usual) & Q(quarter__first_on__lte=today)
        return self.active().of_open_teams().filter(is_open)

    def graded_by(self, viewer: Viewer) -> Self:
        """Those of which `viewer` grades something as theirs: they answer for it, or log one of its key results."""
        every = self.model._default_manager
        logged = every.filter(key_results__owner=viewer.pk, key_results__deleted_at=None)
        mine = every.filter(owner=viewer.pk).values("pk").union(logged.values("pk"))
        return self.of_today(viewer).filter(pk__in=mine)

    def waiting_for_owner(self, viewer: Viewer, day: date) -> Self:
        """Of the teams that `viewer` leads, in quarters that end after `day`: those whose owner is no longer there.

        With team and owner joined; no further query.
        """
        rows = self.filter(kind=rules.ObjectiveKind.TEAM, team__in=viewer.lead_pks, quarter__ends_on__gt=day)
        rows = rows.filter(state__in=[rules.State.DRAFT, rules.State.ACTIVE]).with_owner_here()
        rows = rows.filter(is_owner_here=False).select_related("team", "owner")
        return rows.order_by("team__name_key", "position", "pk")

    def on_boards_of(self, team: Team | int, people: Collection[int]) -> Self:
        """The published ones of the team (or its id) and of `people` (ids) that it may read, whenever they were.

        A board is looked at together: not even their owner sees others there (decisions 9).
        """
        own = Q(kind=rules.ObjectiveKind.TEAM, team=team)
        shared = Q(audience__in=[rules.Audience.MY_TEAMS, rules.Audience.EVERYONE])
        personal = ~Q(kind=rules.ObjectiveKind.TEAM) & Q(owner__in=people) & shared
        return self.published().filter(own | personal)

    def for_room(self, team: Team) -> Self:
        """What may stand on the team's wall for whoever holds its room link, signed in or not.

        The team's own that everyone reads, and those that a member of today put on the wall: published, not deleted.
        Source: guarantees, B1; decisions 25.
        """
        people = Membership.objects.present().checking_in([team.pk]).exclude(team__kind=Team.Kind.ORGANISATION)
        own = Q(kind=rules.ObjectiveKind.TEAM, team=team, audience=rules.Audience.EVERYONE)
        personal = Q(on_wall=True, owner__in=people.values("user"))
        return self.published().filter(own | personal, deleted_at=None)

    def quarters_on_board(self, team: Team, people: list[int]) -> models.QuerySet[Any, Any]:
        """The ids of the quarters of the team's length in which one of these stands on its board.

        Of another length, those in which the team itself planned when it had that length.
        """
        of_its_length = Q(quarter__length=team.length) & (Q(quarter__team=None) | Q(quarter__team=team))
        rows = self.on_boards_of(team, people).filter(of_its_length | Q(kind=rules.ObjectiveKind.TEAM))
        return rows.values("quarter")

    def for_board(self, team: Team | int, people: Collection[int], first_on: date, ends_on: date) -> Self:
        """The published ones of the team and of `people` (ids), in quarters that overlap these days.

        With the quarter joined; no further query.
        """
        rows = self.on_boards_of(team, people).overlapping(first_on, ends_on)
        return rows.select_related("quarter").in_order()

    def for_home(self, viewer: Viewer, day: date) -> Self:
        """What `viewer` owns or logs today in quarters that end after `day`: drafts and active ones.

        With quarter and team joined; no further query. Put as one set of ids: of two ways joined by or, PostgreSQL
        asks every objective there is.
        """
        every = self.model._default_manager
        logged = every.filter(key_results__owner=viewer.pk, key_results__deleted_at=None)
        mine = every.filter(owner=viewer.pk).values("pk").union(logged.values("pk"))
        rows = self.of_today(viewer).filter(pk__in=mine, quarter__ends_on__gt=day)
        rows = rows.filter(state__in=[rules.State.DRAFT, rules.State.ACTIVE])
        return rows.select_related("quarter", "team").order_by("quarter__first_on", "position", "created_at", "pk")
