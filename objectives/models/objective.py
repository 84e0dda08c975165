"""Objectives; who may see them stands in `objective_reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned, both_or_neither, one_of
from objectives import rules
from objectives.models.objective_reading import ObjectiveQuerySet
from objectives.models.quarter import Quarter
from people.models import Team, User


class Objective(Versioned):
    """A direction for one quarter, personal or a team's.

    `team` is whose objective it is (TEAM), or the home team whose closing touches it (GROWTH, RECOVERY).
    `proposed_to` is the manager to whom a draft was shown: whoever is manager later is shown it anew, or not.
    `hours` are promised hours a week; `money` is in the organisation's currency. `stretch` is its owner's private word.
    It `continues` one of an earlier quarter, or `follows` it with other words.
    `on_wall` lets a personal one stand on the walls of its owner's teams for whoever is in the room.
    """

    kind = models.CharField(max_length=8, choices=[(c.value, c.value) for c in rules.ObjectiveKind])
    owner = models.ForeignKey(User, models.PROTECT, related_name="objectives")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="objectives")
    quarter = models.ForeignKey(Quarter, models.PROTECT, related_name="objectives")
    audience = models.CharField(max_length=8, choices=[(c.value, c.value) for c in rules.Audience])
    on_wall = models.BooleanField(default=False, db_default=False)
    title = models.CharField(max_length=200)
    why = models.TextField(max_length=2000, blank=True)
    first_step = models.CharField(max_length=300, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    money = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in rules.State], default=rules.State.DRAFT.value
    )
    state_at = models.DateTimeField()
    state_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state_reason = models.CharField(max_length=500, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    stretch = models.CharField(max_length=12, blank=True, default="", db_default="")
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="continued_by")
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField(null=True, blank=True, editable=False)  # of the form: sent twice, it is one

    objects = ObjectiveQuerySet.as_manager()

    if TYPE_CHECKING:
        asked_by: str | None  # these two by `with_first_open`
        asked_pk: int | None
        origin: dict[str, Any] | None  # by `with_origin`
        is_first: bool  # by `with_first`
        zone: str  # these two by `with_place`
        currency: str

    class Meta:
        constraints = [
            one_of("kind", [c.value for c in rules.ObjectiveKind], "objective_kind_is_known"),
            one_of("state", [c.value for c in rules.State], "objective_state_is_known"),
            models.CheckConstraint(
                condition=Q(kind="TEAM", team__isnull=False, audience__in=["TEAM", "EVERYONE"])
                | (~Q(kind="TEAM") & Q(audience__in=["ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE"])),
                name="objective_audience_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(on_wall=False) | (~Q(kind="TEAM") & Q(audience__in=["MY_TEAMS", "EVERYONE"])),
                name="objective_on_wall_is_read_in_its_teams",
            ),
            one_of("stretch", [c.value for c in rules.Stretch], "objective_stretch_is_known"),
            both_or_neither("proposed_at", "proposed_to", "objective_proposed_has_a_reader"),
            models.CheckConstraint(condition=~Q(title=""), name="objective_has_a_title"),
            models.UniqueConstraint(fields=["owner", "client_key"], name="objective_form_is_kept_once"),
            models.CheckConstraint(
                condition=~Q(state="DROPPED") | ~Q(state_reason=""), name="objective_dropped_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__range=(0, 168)), name="objective_hours_fit_a_week"
            ),
            models.CheckConstraint(
                condition=Q(continues=None) | Q(follows=None), name="objective_continues_or_follows"
            ),
            models.CheckConstraint(condition=Q(money=None) | Q(money__gte=0), name="objective_money_is_not_negative"),
        ]
        indexes = [
            models.Index(fields=["owner", "quarter"], name="objective_by_owner"),
            models.Index(fields=["team", "quarter"], name="objective_by_team"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("objectives:objective", kwargs={"pk": self.pk})

    @property
    def is_team(self) -> bool:
        """Whether it belongs to a team rather than to a person."""
        return self.kind == rules.ObjectiveKind.TEAM

    @property
    def is_shown(self) -> bool:
        """Whether its owner's manager reads the draft, because it was shown to that very person. Needs the owner."""
        return self.proposed_to_id is not None and self.proposed_to_id == self.owner.manager_id

    @property
    def is_team_closed(self) -> bool:
        """Whether it is of a team that was closed. Needs the team."""
        return self.is_team and self.team is not None and self.team.closed_at is not None

    @property
    def grading_weeks(self) -> int:
        """How many weeks before its quarter ends it is graded: its team's, or its home team's. Needs the team."""
        return self.team.grading_weeks if self.team is not None else rules.USUAL_GRADING_WEEKS

    @property
    def wording_pks(self) -> frozenset[int]:
        """The ids of owner and co-owners. Needs `with_people`."""
        return frozenset([self.owner_id, *(row.user_id for row in self.co_owners.all())])
