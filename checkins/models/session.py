"""A session of a group: where it stands, whose turn it is, and who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from checkins.rules.sessions import LONGEST, TURN, Mark, Stand, Timer
from core.calendar import Week
from core.models import Row, Versioned, one_of
from people.models import Membership, Team, User

if TYPE_CHECKING:
    from people.viewer import Viewer


MOST_TOLD = 53  # sessions of a team that a page lists


class SessionQuerySet(models.QuerySet["Session"]):
    """The vocabulary of reading sessions."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of one's own teams and circles, closed ones too: a session is for the group itself."""
        return self.filter(self._visible_to(viewer))

    @staticmethod
    def _visible_to(viewer: Viewer) -> Q:
        house = Q(team__kind=Team.Kind.ORGANISATION)
        return Q(team__in=viewer.reading_pks) & ~house

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def newest(self, kind: str, slug: str) -> Session | None:
        """The last one of a team; with the team and who leads it, no further query."""
        rows = self.filter(kind=kind, team__slug=slug).select_related("team", "facilitator")
        return rows.order_by("-week_on", "-pk").first()

    def of_team(self, kind: str, team: Team) -> Self:
        """Those of a team, the newest first, with their turns, who was there and who led; two further queries."""
        rows = self.filter(kind=kind, team=team).select_related("facilitator").order_by("-week_on", "-pk")
        there = Attendance.objects.by_name()
        return rows.prefetch_related("turns", models.Prefetch("attendances", there))[:MOST_TOLD]

    def open(self, kind: str) -> Self:
        """Those of open teams that have not come to their end, the one that began last first; with the team."""
        rows = self.filter(kind=kind, held_at=None, team__closed_at=None).select_related("team")
        return rows.order_by("-started_at", "-pk")


class Session(Versioned):
    """A group goes through phases together, one turn each. `week_on` is the Monday of the week that it looks at.

    `on_stage` is whose turn it is, in a phase with turns; `part` the part of the screen, from 0. The clock of a turn
    has `turn_seconds` (0: no clock); it runs until `runs_until`, or stands with `left_seconds`, or is off. Whoever
    presses says which `version` they saw.
    """

    class Kind(models.TextChoices):
        CELEBRATION = "CELEBRATION"
        RETRO = "RETRO"
        WORKSHOP = "WORKSHOP"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    team = models.ForeignKey(Team, models.CASCADE, related_name="sessions")
    week_on = models.DateField()
    phase = models.CharField(max_length=12)
    on_stage = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    facilitator = models.ForeignKey(User, models.PROTECT, related_name="+")
    turn_seconds = models.PositiveSmallIntegerField(default=TURN)
    runs_until = models.DateTimeField(null=True, blank=True)
    left_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["CELEBRATION", "RETRO", "WORKSHOP"], "session_kind_is_known"),
            models.UniqueConstraint(fields=["kind", "team", "week_on"], name="session_is_one_a_week"),
            models.CheckConstraint(
                condition=Q(turn_seconds__lte=LONGEST) & (Q(left_seconds=None) | Q(left_seconds__lte=LONGEST)),
                name="session_turn_lasts_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(runs_until=None) | Q(left_seconds=None), name="session_clock_runs_or_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.week}"

    @property
    def week(self) -> Week:
        """The week that it looks at."""
        return Week(self.week_on)

    @property
    def timer(self) -> Timer:
        """The clock of the turn."""
        return Timer(self.turn_seconds, self.runs_until, self.left_seconds)


class TurnQuerySet(models.QuerySet["Turn"]):
    """The vocabulary of reading turns."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those of the sessions that one reads."""
        return self.filter(Q(person=viewer.pk) | Q(session__in=Session.objects.visible_to(viewer)))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def of(self, session: Session) -> Self:
        """Those of one session in their order, with the people and `is_here`: who is of the team today."""
        here = Membership.objects.present().checking_in([session.team_id]).filter(user=models.OuterRef("person"))
        rows = self.filter(session=session).select_related("person")
        return rows.annotate(is_here=models.Exists(here)).order_by("position", "pk")


class Turn(Row):
    """Somebody's turn in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="turns")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=[(mark.value, mark.value) for mark in Mark])

    objects = TurnQuerySet.as_manager()

    if TYPE_CHECKING:
        is_here: bool  # set by `of`

    class Meta:
        constraints = [
            one_of("state", ["WAITING", "DONE", "SKIPPED"], "turn_state_is_known"),
            models.UniqueConstraint(fields=["session", "person"], name="turn_is_one_each"),
        ]

    def __str__(self) -> str:
        return self.state

    @property
    def mark(self) -> Mark:
        """What became of it; who has left the team has none."""
        return Mark(self.state) if self.is_here else Mark.SKIPPED


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """The vocabulary of reading who was there."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those of the sessions that one reads."""
        return self.filter(Q(person=viewer.pk) | Q(session__in=Session.objects.visible_to(viewer)))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def by_name(self) -> Self:
        """In the order of the people's names, with the people; no further query."""
        return self.select_related("person").order_by("person__name_key", "pk")


class Attendance(Row):
    """Somebody was there, from `first_at` to `last_at` at least."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="attendance_is_one_each")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.session_id}"


def stand_of(session: Session, turns: list[Turn]) -> Stand:
    """Where it stands, with its turns as `Turn.objects.of` reads them."""
    people = [turn.person_id for turn in turns]
    on_stage = session.on_stage_id
    turn = people.index(on_stage) if on_stage in people else None
    return Stand(session.phase, turn, session.part, tuple(turn.mark for turn in turns))
