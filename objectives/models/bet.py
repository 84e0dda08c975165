"""Bets: initiatives with a hypothesis, below the key result that they are to move."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from core.models import Listed, Versioned, both_or_neither, one_of
from objectives import rules
from objectives.models.objective import Objective
from people.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.viewer import Viewer

OPEN = rules.Stands.OPEN.value
COLUMNS = ("at", "pk", "if_we", "because", "state", "learned", "settled_at", "by__name", "settled_by__name")


class BetQuerySet(models.QuerySet["Bet"]):
    """The vocabulary of reading bets; a page reads most of them with their key results."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those below what `viewer` reads, and not deleted: whoever reads the key result reads its bets."""
        return self.filter(_is_readable(viewer), deleted_at=None, key_result__deleted_at=None)

    def deleted_by_mistake(self, viewer: Viewer, *, now: datetime) -> Self:
        """What was deleted in the last 30 days below what `viewer` reads; who may bet there may bring it back."""
        recent = Q(deleted_at__gte=now - rules.RESTORABLE)
        return self.filter(_is_readable(viewer), recent, key_result__deleted_at=None)

    def in_order(self) -> Self:
        """The first one first."""
        return self.order_by("at", "pk")


class Bet(Versioned):
    """“If we `if_we`, `key_result` moves because `because`.” It has the key result's audience, and moves with it.

    `learned` is the words of whoever settled it.
    """

    key_result = models.ForeignKey("objectives.KeyResult", models.CASCADE, related_name="bets")
    by = models.ForeignKey(User, models.PROTECT, related_name="bets")
    at = models.DateTimeField()
    if_we = models.CharField(max_length=300)
    because = models.CharField(max_length=300)
    state = models.CharField(max_length=9, default=OPEN)
    learned = models.TextField(max_length=rules.MOST_LEARNED, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField(editable=False)  # of the form: sent twice, it is one

    objects = BetQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", [one.value for one in rules.Stands], "bet_state_is_known"),
            models.CheckConstraint(condition=~Q(if_we="") & ~Q(because=""), name="bet_is_a_hypothesis"),
            both_or_neither("settled_at", "settled_by", "bet_settled_has_a_person"),
            models.CheckConstraint(
                condition=Q(state=OPEN, settled_at=None, learned="")
                | (~Q(state=OPEN) & Q(settled_at__isnull=False) & ~Q(learned="")),
                name="bet_settled_says_what_was_learned",
            ),
            models.UniqueConstraint(fields=["by", "client_key"], name="bet_form_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.if_we


def bets() -> Subquery:
    """The bets of each key result as one list, in no order: a list of COLUMNS each; None without any."""
    rows = Bet.objects.filter(key_result=OuterRef("pk"), deleted_at=None).values("key_result")
    return Subquery(rows.annotate(all=Listed(JSONArray(*COLUMNS))).values("all"))


def wagers_in(found: Iterable[list[Any]]) -> tuple[rules.Wager, ...]:
    """The same, the first one first, as they are read."""
    read = (rules.Wager(**dict(zip(_NAMES, row, strict=True))) for row in _with_moments(found))
    return tuple(sorted(read, key=lambda one: (one.at, one.pk)))


_NAMES = tuple(name.removesuffix("__name") for name in COLUMNS)
_MOMENTS = [place for place, name in enumerate(COLUMNS) if name.endswith("at")]


def _with_moments(found: Iterable[list[Any]]) -> Iterable[list[Any]]:
    for row in found:
        yield [moment_in(cell) if place in _MOMENTS and cell else cell for place, cell in enumerate(row)]


def moment_in(text: str) -> datetime:
    """A moment out of the database's JSON: SQLite's has no zone, and is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _is_readable(viewer: Viewer) -> Exists:
    return Exists(Objective.objects.visible_to(viewer).filter(pk=OuterRef("key_result__objective")))
