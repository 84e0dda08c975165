"""What a session sets together: each in private, then all are shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from checkins.models.session import Attendance, Session, SessionQuerySet
from core.models import Listed, Row
from objectives.models import KeyResult, Objective
from people.models import Membership, User

if TYPE_CHECKING:
    from datetime import datetime

    from people.viewer import Viewer


Sealed = TypeVar("Sealed", bound=models.Model)
WHO = ("person__username", "person__name")


class RevealQuerySet(models.QuerySet["Reveal"]):
    """The vocabulary of reading what is set together."""

    def visible_to(self, viewer: Viewer) -> Self:
        """That of the sessions that one reads; what was set is another table's."""
        return self.filter(session__in=Session.objects.visible_to(viewer))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def waiting(self) -> Self:
        """Those that are not shown yet, of sessions that are on."""
        on = Session.objects.filter(pk=OuterRef("session"), held_at=None, team__closed_at=None)
        return self.filter(models.Exists(on), shown_at=None)


class Reveal(Row):
    """A session sets something together: written in private until `shown_at`, then all of it is shown.

    A session has one at a time; once it is put away nothing of it is left. In a celebration it is about a `key_result`.
    What is written in private has a table of its own, with `reveal` and `person`, read by a `SealedQuerySet`.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="reveal")
    key_result = models.ForeignKey(KeyResult, models.CASCADE, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = RevealQuerySet.as_manager()

    def __str__(self) -> str:
        return "shown" if self.shown_at else "open"


class SealedQuerySet(models.QuerySet[Sealed]):
    """The vocabulary of reading what is written in private under a `Reveal`."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own; that of the others once it is shown, in the sessions that one reads."""
        shown = Reveal.objects.visible_to(viewer).filter(shown_at__isnull=False)
        return self.filter(Q(person=viewer.pk) | Q(reveal__in=shown))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def mine(self, viewer: Viewer) -> Self:
        """One's own."""
        return self.filter(person=viewer.pk)


class RoomConfidence(Row):
    """How sure somebody in the room is of a key result that is shown: `level` 0–10, of the moment and nobody's log."""

    reveal = models.ForeignKey(Reveal, models.CASCADE, related_name="confidences")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects = SealedQuerySet["RoomConfidence"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reveal", "person"], name="room_confidence_is_one_each"),
            models.CheckConstraint(condition=Q(level__lte=10), name="room_confidence_is_ten_at_most"),
        ]

    def __str__(self) -> str:
        return str(self.level)


class Together(NamedTuple):
    """What a session sets together, as it is read beside it. `levels`, of a person's id and name each, are those that
    are shown: none before. `mine` is the reader's own, for their eyes."""

    pk: int
    key_result: int | None
    shown_at: datetime | None
    done: int
    of: int
    levels: list[tuple[int, str, int]]
    mine: int | None

    @property
    def is_shown(self) -> bool:
        """Whether all of it is shown."""
        return self.shown_at is not None


def with_together(rows: SessionQuerySet, viewer: Viewer) -> SessionQuerySet:
    """Sessions with what is set together in them, for `together_in`; no further query.

    It counts those who came and are of the team today. A number of somebody else's is not even asked for before all are
    shown.
    """
    set_here = RoomConfidence.objects.filter(reveal__session=OuterRef("pk"))
    theirs = set_here.filter(_is_here("person", "reveal__session__team"))
    shown = theirs.filter(reveal__shown_at__isnull=False).order_by().values("reveal")
    came = Attendance.objects.filter(_is_here("person", "session__team"), session=OuterRef("pk"))
    on = Reveal.objects.filter(session=OuterRef("pk"))
    return rows.annotate(
        reveal_pk=Subquery(on.values("pk")[:1]),
        reveal_about=Subquery(on.values("key_result")[:1]),
        reveal_shown_at=Subquery(on.values("shown_at")[:1]),
        reveal_done=_count(theirs, "reveal"),
        reveal_of=_count(came, "session"),
        reveal_levels=Subquery(
            shown.annotate(all=Listed(JSONArray("person_id", "person__name", "level"))).values("all")
        ),
        came=Subquery(
            came.order_by().values("session").annotate(all=Listed(JSONArray(*WHO))).values("all"),
        ),
        reveal_mine=Subquery(set_here.mine(viewer).values("level")[:1]),
    )


def came_to(session: Session) -> list[tuple[str, str]]:
    """Usernames and names of those who came and are of the team today, by name; needs `with_together`."""
    return sorted(((username, name) for username, name in vars(session)["came"] or ()), key=lambda one: one[1])


def logged_on_stage(session: Session, viewer: Viewer) -> models.QuerySet[KeyResult]:
    """What whoever has the turn logs in that week, of what the whole team may read, in its order."""
    star, week = session.on_stage_id, session.week
    shown = Objective.objects.visible_to(viewer).active().on_boards_of(session.team, [star] if star else [])
    running = shown.overlapping(week.monday, (week + 1).monday)
    return KeyResult.objects.visible_to(viewer).kept().filter(owner=star, objective__in=running).in_order()


def together_in(session: Session) -> Together | None:
    """What it sets together, or None; needs `with_together`. Levels from the lowest to the highest, then by name."""
    row = vars(session)
    if row["reveal_pk"] is None:
        return None
    said = [(pk, name, level) for pk, name, level in row["reveal_levels"] or ()]
    levels = sorted(said, key=lambda one: (one[2], one[1]))
    about, shown_at, mine = row["reveal_about"], row["reveal_shown_at"], row["reveal_mine"]
    done = row["reveal_done"] or 0
    return Together(row["reveal_pk"], about, shown_at, done, max(row["reveal_of"] or 0, done), levels, mine)


def _is_here(person: str, team: str) -> models.Exists:
    """Whether that person is of that team today, and can sign in."""
    return models.Exists(Membership.objects.present().filter(user=OuterRef(person), team=OuterRef(team)))


def _count(rows: models.QuerySet[Row], each: str) -> Subquery:
    return Subquery(rows.order_by().values(each).annotate(sum_of=Count("pk")).values("sum_of"))
