"""Teams, circles and the organisation itself; who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.calendar import Length, Week
from core.models import KeyField, NamedQuerySet, Row, Versioned, one_of
from people.models.user import User

if TYPE_CHECKING:
    from people.viewer import Viewer

SOME_MONDAY = date(2024, 1, 1)  # a rhythm of several weeks is counted from some week


class TeamQuerySet(NamedQuerySet["Team"]):
    """The vocabulary of reading teams."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All teams: what they are for and who is in them is open to everyone signed in."""
        return self.all()

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def open(self) -> Self:
        """Those that still meet."""
        return self.filter(closed_at=None)

    def closed_since(self, moment: datetime) -> Self:
        """Those that were closed at or after `moment`."""
        return self.filter(closed_at__gte=moment)

    def in_order(self) -> Self:
        """The organisation first, then by name."""
        return self.order_by(models.Case(models.When(kind="ORGANISATION", then=0), default=1), "name_key", "pk")

    def possible_parents(self) -> Self:
        """The organisation and the open teams, of which others may be part, by name; a circle has no parts."""
        return self.open().exclude(kind=Team.Kind.CIRCLE).in_order()


class Team(Versioned):
    """A group with an audience and a weekly celebration of its own.

    `celebration_weekday` counts from Monday = 0; `celebration_every` is in weeks, counted from the week that
    holds `celebration_from_on`; in the `skipped_weeks` it does not. `reminder_hour` (0–23) is an hour of the
    reader's own day. Its objectives are graded from `grading_weeks` before their quarter ends.
    `client_key` names the form that made it, so that a form sent twice makes one (CC-04).
    """

    class Kind(models.TextChoices):
        ORGANISATION = "ORGANISATION"
        TEAM = "TEAM"
        CIRCLE = "CIRCLE"

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TEAM)
    name = models.CharField(max_length=80)
    name_key = KeyField()
    slug = models.SlugField(max_length=60, unique=True)
    purpose = models.TextField(max_length=600, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    length = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Length], default=Length.QUARTER.value)
    zone = models.CharField(max_length=64, default="UTC")
    celebration_weekday = models.PositiveSmallIntegerField(default=4)
    celebration_time = models.TimeField(default=time(15, 30))
    celebration_every = models.PositiveSmallIntegerField(default=1)
    celebration_from_on = models.DateField(default=SOME_MONDAY)
    skipped_weeks = models.JSONField(  # their Mondays
        default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    reminder_hour = models.PositiveSmallIntegerField(default=9)
    grading_weeks = models.PositiveSmallIntegerField(default=2, db_default=2)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["ORGANISATION", "TEAM", "CIRCLE"], "team_kind_is_known"),
            one_of("length", [c.value for c in Length], "team_length_is_known"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="ORGANISATION"), name="organisation_team_is_one"),
            models.CheckConstraint(condition=Q(celebration_weekday__lte=6), name="team_celebrates_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(celebration_every__range=(1, 4)), name="team_celebrates_every_one_to_four_weeks"
            ),
            models.CheckConstraint(condition=Q(reminder_hour__lte=23), name="team_reminder_hour_is_an_hour"),
            models.CheckConstraint(condition=Q(grading_weeks__range=(1, 4)), name="team_grades_one_to_four_weeks"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="team_is_not_its_own_parent"),
            models.CheckConstraint(condition=Q(parent=None) | Q(kind="TEAM"), name="team_alone_has_a_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its board."""
        return reverse("checkins:board", kwargs={"slug": self.slug})

    @property
    def zone_info(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.zone)

    @property
    def skipped(self) -> frozenset[Week]:
        """The weeks in which it does not celebrate."""
        return frozenset(Week.on(date.fromisoformat(day)) for day in self.skipped_weeks)

    def celebration_in(self, week: Week) -> datetime:
        """When it celebrates, if it does in that week."""
        return datetime.combine(week.days[self.celebration_weekday], self.celebration_time, self.zone_info)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The vocabulary of reading memberships."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All of them (guarantees, row 35)."""
        return self.all()

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def current(self) -> Self:
        """Today's."""
        return self.filter(left_on=None)

    def present(self) -> Self:
        """Today's, of those who can sign in."""
        return self.current().filter(user__switched_off_at=None, user__erased_at=None)

    def leading(self) -> Self:
        """Those of leads."""
        return self.filter(role=Membership.Role.LEAD)

    def overlapping(self, first_on: date, ends_on: date) -> Self:
        """Those that held on some day from `first_on` up to, not including, `ends_on`."""
        return self.filter(joined_on__lt=ends_on).filter(Q(left_on=None) | Q(left_on__gt=first_on))

    def beside(self, person: User) -> Self:
        """Those of others in the open teams and circles that `person` is in: who reads what they share with teams."""
        places = self.model._default_manager.filter(user=person.pk, left_on=None, team__closed_at=None)
        places = places.exclude(team__kind=Team.Kind.ORGANISATION)
        return self.current().filter(team__in=places.values("team")).exclude(user=person.pk)

    def checking_in(self, teams: Iterable[int]) -> Self:
        """Of those who log their weeks in `teams` (ids): members and leads; a coach logs in a team of their own."""
        return self.filter(team__in=teams).exclude(role=Membership.Role.COACH)

    def of_open_teams(self) -> Self:
        """Those in teams and circles that still meet, by the teams' names, with the teams; no further query."""
        rows = self.filter(team__closed_at=None).exclude(team__kind=Team.Kind.ORGANISATION)
        return rows.select_related("team").order_by("team__name_key", "pk")

    def numbers(self) -> dict[int, int]:
        """How many there are in each team, by its id; one query."""
        return dict(self.order_by().values_list("team").annotate(models.Count("pk")))

    def by_name(self) -> Self:
        """In the order of the people's names, with the people; no further query."""
        return self.select_related("user").order_by("user__name_key", "pk")


class Membership(Row):
    """A person's time in a team, from `joined_on` up to, not including, `left_on`."""

    class Role(models.TextChoices):
        MEMBER = "MEMBER"
        LEAD = "LEAD"
        COACH = "COACH"

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("role", ["MEMBER", "LEAD", "COACH"], "membership_role_is_known"),
            models.UniqueConstraint(
                fields=["team", "user"], condition=Q(left_on=None), name="membership_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"

    def overlaps(self, first_on: date, ends_on: date) -> bool:
        """Whether it held on some day from `first_on` up to, not including, `ends_on`."""
        return self.joined_on < ends_on and (self.left_on is None or self.left_on > first_on)
