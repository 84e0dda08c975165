"""Links whose secret is the right: set-up, invitations, the wall of a room, a calendar."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from core.models import Row, one_of
from people.models.team import Membership, Team
from people.models.user import User

if TYPE_CHECKING:
    from people.viewer import Viewer


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    """The vocabulary of reading links."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Invitations into the teams one leads, and their room links; all of them for a site admin; one's own feed."""
        shared = Q(kind__in=[AccessLink.Kind.INVITATION, AccessLink.Kind.ROOM])
        led = shared if viewer.is_site_admin else shared & Q(team__in=viewer.lead_pks)
        return self.filter(led | Q(kind=AccessLink.Kind.FEED, by=viewer.pk))

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for the door that the link itself opens; say why."""
        return self

    def pending(self, now: datetime) -> Self:
        """Those that still work."""
        return self.unanswered().filter(expires_at__gt=now)

    def into(self, team: Team) -> Self:
        """Invitations into one team."""
        return self.filter(kind=AccessLink.Kind.INVITATION, team=team)

    def unanswered(self) -> Self:
        """Neither used nor withdrawn; their time may be over."""
        return self.filter(used_at=None, revoked_at=None)

    def of_person(self, person: User) -> Self:
        """Unanswered invitations that they sent, or that went to their address."""
        rows = self.unanswered().filter(kind=AccessLink.Kind.INVITATION)
        return rows.filter(Q(by=person.pk) | Q(email=person.email))

    def to_rooms(self) -> Self:
        """Room links that were not revoked; their time may be over."""
        return self.filter(kind=AccessLink.Kind.ROOM, revoked_at=None)

    def showing(self, now: datetime) -> Self:
        """Room links that work: of teams that meet, made by somebody who is here and looks after the team today."""
        leads = Membership.objects.present().leading().filter(user=OuterRef("by"), team=OuterRef("team"))
        rows = self.to_rooms().filter(expires_at__gt=now, team__closed_at=None)
        rows = rows.filter(by__switched_off_at=None, by__erased_at=None)
        return rows.filter(Q(by__is_site_admin=True) | Exists(leads))

    def feeds_of(self, person_pk: int) -> Self:
        """The address of their calendar, if they did not end it; its time may be over."""
        return self.filter(kind=AccessLink.Kind.FEED, by=person_pk, revoked_at=None)

    def newest_first(self) -> Self:
        """With team, inviter and `who`; no further query."""
        return self.with_who().select_related("team", "by").order_by("-created_at", "pk")

    def with_who(self) -> Self:
        """Each with `who` was invited, as the inviter knows them: by name, or by address."""
        name = User.objects.filter(email=OuterRef("email")).values("name")
        by_name = When(is_by_name=True, then=Coalesce(Subquery(name), Value("")))
        return self.annotate(who=Case(by_name, default=F("email"), output_field=models.CharField()))

    def sent_to(self, person: User) -> Self:
        """Invitations to their address, with team and inviter, into teams that still meet; no further query."""
        rows = self.filter(kind=AccessLink.Kind.INVITATION, email=person.email, team__closed_at=None)
        return rows.select_related("team", "by").order_by("-created_at", "pk")


class AccessLink(Row):
    """A link, kept as the hash of its secret (SHA-256); it ends on its own, when used, or when revoked.

    A room link shows the wall of its team, as often as it is opened. A feed shows a calendar the dates of its maker
    (`by`); `last_used_on` is the day on which it was last read, and each such day moves its end.
    `is_by_name`: the inviter named somebody who is here, and is not told their address.
    """

    class Kind(models.TextChoices):
        SET_UP = "SET_UP"
        INVITATION = "INVITATION"
        ROOM = "ROOM"
        FEED = "FEED"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="links")
    role = models.CharField(max_length=8, choices=Membership.Role.choices, default=Membership.Role.MEMBER)
    is_by_name = models.BooleanField(default=False)
    message = models.TextField(max_length=600, blank=True)
    by = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="links_made")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["SET_UP", "INVITATION", "ROOM", "FEED"], "access_link_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="INVITATION") | (Q(by__isnull=False, team__isnull=False) & ~Q(email="")),
                name="invitation_names_address_team_and_inviter",
            ),
            models.UniqueConstraint(
                fields=["team", "email"],
                condition=Q(kind="INVITATION", used_at=None, revoked_at=None),
                name="invitation_is_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ROOM") | Q(by__isnull=False, team__isnull=False, email="", used_at=None),
                name="room_link_names_team_and_maker",
            ),
            models.UniqueConstraint(
                fields=["team"], condition=Q(kind="ROOM", revoked_at=None), name="room_link_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(kind="FEED") | Q(by__isnull=False, team=None, email="", used_at=None),
                name="feed_names_its_reader_alone",
            ),
            models.UniqueConstraint(
                fields=["by"], condition=Q(kind="FEED", revoked_at=None), name="feed_is_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
