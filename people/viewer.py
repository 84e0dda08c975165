"""The viewer: everything about the reader that decides what they see and may do.

Read once per request; permissions ask nothing more of the database.
Source: house-style, section 5; decisions 1, 2, 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from core.calendar import Week
from core.prepared import Prepared
from people.models import Membership, Team, User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


WORDLESS: dict[str, Any] = {"name": "", "username": "", "theme": "", "zone": ZoneInfo("UTC")}


@dataclass(frozen=True)
class Place:
    """A team of the viewer's, and their role in it."""

    pk: int
    slug: str
    name: str
    kind: str
    role: str

    def masked(self, hide: Callable[[Any], Any]) -> Place:
        """The same to every query, with a mask for its id and without its words."""
        return Place(hide(self.pk), "", "", self.kind, self.role)


@dataclass(frozen=True)
class Report:
    """Somebody who reports to the viewer, and the week in which that began."""

    pk: int
    since: Week


@dataclass(frozen=True)
class Viewer:
    """A person, today's teams and who else is in them, today's reports. Build it with `viewer_of`."""

    pk: int
    name: str
    username: str
    zone: ZoneInfo
    theme: str
    is_site_admin: bool
    manager_pk: int | None
    places: tuple[Place, ...]
    teammate_pks: frozenset[int]  # of today's teams and circles; one's own is among them, or not
    reports: tuple[Report, ...]
    closed: tuple[Place, ...] = ()  # teams that one was in when they were closed

    @property
    def teams(self) -> tuple[Place, ...]:
        """My teams and circles; the organisation does not count as one."""
        return tuple(place for place in self.places if place.kind != Team.Kind.ORGANISATION)

    @property
    def team_pks(self) -> frozenset[int]:
        """The ids of `teams`."""
        return frozenset(place.pk for place in self.teams)

    @property
    def place_pks(self) -> frozenset[int]:
        """The ids of every team one has a role in, the organisation included."""
        return frozenset(place.pk for place in self.places)

    @property
    def lead_pks(self) -> frozenset[int]:
        """The ids of the teams one leads, the organisation included."""
        return frozenset(place.pk for place in self.places if place.role == Membership.Role.LEAD)

    @property
    def reading_pks(self) -> frozenset[int]:
        """The ids of the teams whose objectives one reads as one of theirs: today's, and closed ones (DB-05)."""
        return self.place_pks | {place.pk for place in self.closed}

    def leads(self, team_pk: int | None) -> bool:
        """Whether one leads that team, or did when it was closed: then what one asks for is theirs, but not now."""
        lead = Membership.Role.LEAD
        return any(place.pk == team_pk and place.role == lead for place in (*self.places, *self.closed))

    def knows_manager_of(self, person: User) -> bool:
        """Whether one is told whom `person` reports to: it is oneself, one's report, or one's to set."""
        return self.is_site_admin or person.pk == self.pk or person.pk in self.report_pks

    @property
    def report_pks(self) -> frozenset[int]:
        """The ids of `reports`."""
        return frozenset(report.pk for report in self.reports)

    @property
    def roles(self) -> str:
        """All that one is beside a member: a change of it gives one's sessions another key (AUTH-05)."""
        named = [f"{place.role} {place.pk}" for place in self.places if place.role != Membership.Role.MEMBER]
        named += ["SITE ADMIN"] if self.is_site_admin else []
        named += ["MANAGER"] if self.reports else []
        return ", ".join(sorted(named))

    @property
    def near_pks(self) -> frozenset[int]:
        """The ids of oneself, of those one shares a team with today, and of one's reports."""
        return self.teammate_pks | self.report_pks | {self.pk}

    def masked(self, hide: Callable[[Any], Any]) -> Viewer:
        """The same to every query, with masks for ids and days and without the words; see `core.prepared`."""
        return replace(
            self,
            pk=hide(self.pk),
            manager_pk=hide(self.manager_pk),
            places=tuple(place.masked(hide) for place in self.places),
            closed=tuple(place.masked(hide) for place in self.closed),
            reports=tuple(Report(hide(report.pk), hide(report.since)) for report in self.reports),
            teammate_pks=frozenset(hide(pk) for pk in sorted(self.teammate_pks)),
            **WORDLESS,
        )

    def week(self, now: datetime) -> Week:
        """This week, in the viewer's own zone."""
        return Week.of(now, self.zone)


@Prepared
def near(user_pk: int) -> QuerySet[Membership, tuple[Any, ...]]:
    """The people in that person's teams, each with the place in which they are, their own places among them."""
    mine = Membership.objects.current().filter(user=user_pk)
    meets = Q(team__closed_at=None) & ~Q(team__kind=Team.Kind.ORGANISATION)
    rows = Membership.objects.current().filter(Q(user=user_pk) | meets, team__in=mine.values("team"))
    return rows.order_by("joined_on", "pk").values_list(
        "user_id", "team__closed_at", "team_id", "team__slug", "team__name", "team__kind", "role"
    )


@Prepared
def reports(user_pk: int) -> QuerySet[User, tuple[Any, ...]]:
    """Who reports to that person, and since when."""
    mine = User.objects.filter(manager=user_pk, erased_at=None).order_by("pk")
    return mine.values_list("pk", "manager_since_on")


def viewer_of(user: User) -> Viewer:
    """The viewer that `user` is today; two queries."""
    around = [(of, closed_at, Place(*place)) for of, closed_at, *place in near(user.pk)]
    own = [(closed_at, place) for of, closed_at, place in around if of == user.pk]
    return Viewer(
        pk=user.pk,
        name=user.name,
        username=user.username,
        zone=user.zone_info,
        theme=user.theme,
        is_site_admin=user.is_site_admin,
        manager_pk=user.manager_id,
        places=tuple(place for closed_at, place in own if closed_at is None),
        teammate_pks=frozenset(person for person, closed_at, _place in around if closed_at is None),
        reports=tuple(Report(pk, Week.on(since_on)) for pk, since_on in reports(user.pk)),
        closed=tuple(place for closed_at, place in own if closed_at is not None),
    )


class Request(HttpRequest):
    """A request of somebody who is signed in, as the middleware hands it to a view."""

    viewer: Viewer
    now: datetime
    new_notices: int  # set where a page has counted them itself
    htmx: HtmxDetails
    user: User
