"""Links whose secret is the right: set-up, invitations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from core.models import Row, one_of
from people.models.team import Membership, Team
from people.models.user import User

if TYPE_CHECKING:
    from people.viewer import Viewer


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    """The vocabulary of reading links."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Invitations into the teams one leads; all of them for a site admin."""
        if viewer.is_site_admin:
            return self.filter(kind=AccessLink.Kind.INVITATION)
        return self.filter(kind=AccessLink.Kind.INVITATION, team__in=viewer.lead_pks)

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

    `is_by_name`: the inviter named somebody who is here, and is not told their address.
    """

    class Kind(models.TextChoices):
        SET_UP = "SET_UP"
        INVITATION = "INVITATION"

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

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ["SET_UP", "INVITATION"], "access_link_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="INVITATION") | (Q(by__isnull=False, team__isnull=False) & ~Q(email="")),
                name="invitation_names_address_team_and_inviter",
            ),
            models.UniqueConstraint(
                fields=["team", "email"],
                condition=Q(kind="INVITATION", used_at=None, revoked_at=None),
                name="invitation_is_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
