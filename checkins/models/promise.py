"""Promises: what somebody said they would do for another, or for their whole team."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar, cast

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONArray

from core.models import Listed, Versioned, one_of
from objectives.models import Helps, KeyResult, Objective, offer_help
from objectives.rules import Audience, ObjectiveKind
from people.models import Membership, Team, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.calendar import Week
    from people.viewer import Viewer

OPEN = "OPEN"
Row = TypeVar("Row", bound=models.Model)
COLUMNS = (
    *("at", "pk", "version", "by_id", "by__name", "to__name"),
    *("text", "due_on", "state", "state_at", "key_result_id", "week_on", "kind"),
)


class PromiseQuerySet(models.QuerySet["Promise"]):
    """The vocabulary of reading promises."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those to oneself or within one's teams, of what they name only if `viewer` may read it."""
        near = Q(to=viewer.pk) | Q(team__in=viewer.place_pks)
        objective = Objective.objects.visible_to(viewer).filter(pk=OuterRef("objective"))
        key_result = KeyResult.objects.visible_to(viewer).filter(pk=OuterRef("key_result"))
        is_readable = (Q(objective=None) | Exists(objective)) & (Q(key_result=None) | Exists(key_result))
        return self.filter(Q(by=viewer.pk) | (near & is_readable))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs that serve nobody; say why."""
        return self

    def open(self) -> Self:
        """Those that are neither kept nor let go."""
        return self.filter(state=OPEN)

    def standing(self) -> Self:
        """Those that are open or kept."""
        return self.exclude(state=Promise.State.RELEASED)

    def with_place(self) -> Self:
        """With whom it is for, its team, and what it names; no further query."""
        return self.select_related("to", "team", "objective", "key_result__objective")

    def by_one(self, viewer: Viewer) -> Self:
        """What `viewer` promised."""
        return self.filter(by=viewer.pk)

    def for_the_room(self) -> Self:
        """Of those who are in their team today: what names nothing, or what every member of that team reads.

        What a team looks at together shows no more. Source: decisions 9, 25.
        """
        team = OuterRef(OuterRef("team"))
        here = Membership.objects.current().filter(team=team, team__closed_at=None, user=OuterRef("owner"))
        here = here.exclude(team__kind=Team.Kind.ORGANISATION)
        is_team = Q(kind=ObjectiveKind.TEAM)
        is_read = Q(audience=Audience.EVERYONE) | (is_team & Q(team=OuterRef("team")))
        is_read |= ~is_team & Q(Exists(here), audience=Audience.MY_TEAMS)
        shared = Objective.objects.published().filter(is_read, deleted_at=None)
        parts = KeyResult.objects.filter(pk=OuterRef("key_result"), deleted_at=None)
        named = Exists(shared.filter(pk=OuterRef("objective")))
        part = Exists(shared.filter(pk=OuterRef("key_result__objective"))) & Exists(parts)
        is_named = Q(objective=None, key_result=None) | Q(named, objective__isnull=False) | Q(part)
        return self.filter(_maker_is_here(), is_named)


def _maker_is_here() -> Exists:
    """Whether who made it is in its team today and can sign in."""
    return Exists(Membership.objects.present().filter(team=OuterRef("team"), user=OuterRef("by")))


class Promise(Versioned):
    """What `by` will do for `to`, or for everyone in `team` (None); between the two alone where there is no team.

    It may name what it helps, an objective or a key result. `due_on` is the day until which, if one was said;
    `origin` is where it was made, and `week_on` the Monday of the week in which, or at which that celebration looked.
    """

    class Kind(models.TextChoices):
        HELP = "HELP"
        SUPPORT = "SUPPORT"
        ACTION = "ACTION"

    class State(models.TextChoices):
        OPEN = "OPEN"
        KEPT = "KEPT"
        RELEASED = "RELEASED"

    class Origin(models.TextChoices):
        PAGE = "PAGE"
        CELEBRATION = "CELEBRATION"
        ONE_ON_ONE = "ONE_ON_ONE"
        RETRO = "RETRO"

    by = models.ForeignKey(User, models.PROTECT, related_name="promises")
    to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="promised")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="promises")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.HELP)
    text = models.CharField(max_length=200)
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="promises")
    key_result = models.ForeignKey(KeyResult, models.CASCADE, null=True, blank=True, related_name="promises")
    due_on = models.DateField(null=True, blank=True)
    week_on = models.DateField()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    state_at = models.DateTimeField()
    origin = models.CharField(max_length=11, choices=Origin.choices, default=Origin.PAGE)
    client_key = models.UUIDField(editable=False)  # of the form: sent twice, it is one

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["HELP", "SUPPORT", "ACTION"], "promise_kind_is_known"),
            one_of("state", ["OPEN", "KEPT", "RELEASED"], "promise_state_is_known"),
            one_of("origin", ["PAGE", "CELEBRATION", "ONE_ON_ONE", "RETRO"], "promise_origin_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="promise_has_words"),
            models.CheckConstraint(condition=Q(to=None) | ~Q(to=F("by")), name="promise_is_for_somebody_else"),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(to__isnull=False), name="promise_is_for_a_person_or_a_team"
            ),
            models.CheckConstraint(
                condition=Q(objective=None) | Q(key_result=None), name="promise_names_one_thing_at_most"
            ),
            models.UniqueConstraint(fields=["by", "client_key"], name="promise_form_is_kept_once"),
        ]
        indexes = [
            models.Index(fields=["by", "state"], name="promise_by_person"),
            models.Index(fields=["team", "state"], name="promise_by_team"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether it is neither kept nor let go."""
        return self.state == OPEN


class Promised(NamedTuple):
    """A promise as a list of them was read beside something else; `to` is None for everyone."""

    at: datetime
    pk: int
    version: int
    by_pk: int
    by: str
    to: str | None
    text: str
    due_on: date | None
    state: str
    state_at: datetime
    key_result: int | None
    week_on: date
    kind: str = Promise.Kind.HELP.value

    @property
    def is_open(self) -> bool:
        """Whether it is neither kept nor let go."""
        return self.state == OPEN


def listed(rows: PromiseQuerySet, *, each: str) -> Subquery:
    """Those of `rows`, which share the field `each`, as one list of COLUMNS in no order; None without any."""
    return Subquery(rows.order_by().values(each).annotate(all=Listed(JSONArray(*COLUMNS))).values("all"))


def promised_in(found: Iterable[list[Any]] | None) -> list[Promised]:
    """The same as they are read: what is due first comes first, what has no day last."""
    rows = [_promised(row) for row in found or ()]
    return sorted(rows, key=lambda one: (not one.is_open, one.due_on or date.max, one.at, one.pk))


def with_owed(rows: QuerySet[Row], viewer: Viewer) -> QuerySet[Row]:
    """`rows` with `owed`, the same on each: what `viewer` has promised and not yet kept; no further query."""
    return cast("QuerySet[Row]", rows.annotate(owed=listed(Promise.objects.by_one(viewer).open(), each="by")))


def with_promises(rows: QuerySet[Team], viewer: Viewer) -> QuerySet[Team]:
    """Teams with `promise_list`: what stands there for all of its members who look together; no further query."""
    theirs = Promise.objects.visible_to(viewer).for_the_room().standing().filter(team=OuterRef("pk"))
    return rows.annotate(promise_list=listed(theirs, each="team"))


def with_promised(rows: QuerySet[Row], team: Team, weeks: Iterable[Week], viewer: Viewer) -> QuerySet[Row]:
    """`rows` with `promise_list`, the same on each: what was promised in those weeks of a team; no further query."""
    found = Promise.objects.visible_to(viewer).for_the_room().standing()
    found = found.filter(team=team, week_on__in=[week.monday for week in weeks])
    return cast("QuerySet[Row]", rows.annotate(promise_list=listed(found, each="team")))


def help_with(viewer: Viewer) -> Subquery:
    """Of each objective, what was promised for it or for a key result of it, as far as `viewer` may read that."""
    about = Q(objective=OuterRef("pk")) | Q(key_result__objective=OuterRef("pk"))
    rows = Promise.objects.visible_to(viewer).standing().filter(about).exclude(key_result__deleted_at__isnull=False)
    grouped = rows.filter(Q(team=None) | Q(_maker_is_here())).annotate(whole=OuterRef("pk"))
    return listed(grouped, each="whole")


def _promised(row: list[Any]) -> Promised:
    named: dict[str, Any] = dict(zip(Promised._fields, row, strict=True))
    days = {name: date.fromisoformat(named[name]) for name in ("due_on", "week_on") if named[name]}
    moments = {name: _moment(named[name]) for name in ("at", "state_at")}
    return Promised(**named | days | moments)


def _moment(text: str) -> datetime:
    """A moment out of the database's JSON: SQLite's has no zone, and is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _helps(found: Iterable[list[Any]] | None) -> list[Helps]:
    return [Helps(one.by, one.text, one.due_on, one.is_open, one.key_result) for one in promised_in(found)]


offer_help(help_with, _helps)
