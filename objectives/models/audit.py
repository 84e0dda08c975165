"""What was decided with power over others, as far as its reader may know of it (PRIV-14).

An objective is never named in it, only led to, and only for those who may read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from activity.models import Event
from objectives.models.objective import Objective
from people.models import AccessLink, Team, Token, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activity.models.event import EventQuerySet
    from people.viewer import Viewer

ABOUT_PERSON = (
    *("MANAGER_SET", "SITE_ADMIN_SET", "SWITCHED_OFF", "SWITCHED_ON", "SESSIONS_ENDED", "PASSWORD_SET"),
    *("ERASURE_ASKED", "ERASURE_CALLED_OFF", "ERASED", "DATA_TAKEN"),
)
MEMBERSHIP = ("MEMBER_ADDED", "MEMBER_REMOVED", "MEMBER_LEFT", "ROLE_CHANGED")
OF_TEAM = (
    *MEMBERSHIP,
    *("TEAM_MADE", "TEAM_CHANGED", "TEAM_CLOSED", "TEAM_REOPENED", "QUARTER_CLOSED", "QUARTER_REOPENED"),
    *("CELEBRATION_SKIPPED", "CELEBRATION_KEPT"),
    *("INVITED", "INVITATION_WITHDRAWN", "INVITATION_ACCEPTED", "ROOM_LINK_MADE", "ROOM_LINK_REVOKED"),
    *("CHAT_CONNECTED", "CHAT_DISCONNECTED", "CHAT_OFF"),
)
TOKEN = ("TOKEN_MADE", "TOKEN_REVOKED")
OF_SITE = ("FOUNDED", "ORGANISATION_CHANGED")
OWN = ("SESSIONS_ENDED", "PASSWORD_SET", "DATA_TAKEN")  # theirs alone to know, when they did it themselves
POWER = (*ABOUT_PERSON, *OF_TEAM, *TOKEN, *OF_SITE)


def decided_about(viewer: Viewer) -> EventQuerySet:
    """About oneself: one's account, manager, roles and tokens, whom one manages, and what one answers for."""
    tokens = Token.objects.filter(person=viewer.pk).values("pk")
    mine = Q(subject_type=User._meta.label, subject_id=viewer.pk, verb__in=ABOUT_PERSON)
    mine |= Q(verb__in=MEMBERSHIP, data__person=viewer.pk) | Q(verb="MANAGER_SET", data__manager=viewer.pk)
    mine |= Q(verb__in=TOKEN, subject_id__in=tokens)
    visible = Objective.objects.visible_to(viewer)
    mine |= Q(verb="HANDED_OVER", subject_id__in=visible.values("pk")) & (
        Q(data__owner=viewer.pk) | Q(data__was=viewer.pk)
    )
    mine |= _opened(visible.owned_by(viewer.pk).values("pk"))
    return Event.objects.filter(mine).newest_first()


def decided_in(team: Team, viewer: Viewer) -> EventQuerySet:
    """In a team: its settings, people, weeks without a celebration, invitations and room link, and who answers for and
    who reads its objectives."""
    objectives = Objective.objects.visible_to(viewer).of_team(team).values("pk")
    inside = Q(team_id=team.pk, verb__in=OF_TEAM) | Q(verb="HANDED_OVER", subject_id__in=objectives)
    return Event.objects.filter(inside | _opened(objectives)).newest_first()


def decided_here() -> EventQuerySet:
    """On the site, for its admins: people, teams, tokens and settings. Never anything about objectives.

    When somebody ends their own sessions, chooses a new password, or takes their data along, is theirs to know.
    """
    own = Q(verb__in=OWN, by_id=F("subject_id"))
    return Event.objects.filter(verb__in=POWER).exclude(own).newest_first()


def _opened(objectives: object) -> Q:
    """Who may read one of these was changed."""
    return Q(verb="REWORDED", data__has_key="audience", subject_id__in=objectives)


def people_in(events: Iterable[Event]) -> dict[int, str]:
    """The names of those whom the events name by their ids; one query."""
    pks = {event.subject_id for event in events if event.subject_type == User._meta.label}
    keys = ("person", "manager", "was", "successor", "owner", "lead")
    pks |= {pk for event in events for key in keys if type(pk := event.data.get(key)) is int}
    return dict(User.objects.filter(pk__in=pks).values_list("pk", "name"))


def teams_in(events: Iterable[Event]) -> dict[int, str]:
    """The names of the teams in which they happened; one query."""
    pks = {event.team_id for event in events if event.team_id}
    return dict(Team.objects.filter(pk__in=pks).values_list("pk", "name"))


def addresses_in(events: Iterable[Event]) -> dict[int, str]:
    """Whom the invitations name, by address or by name, by their ids, while they are kept; one query."""
    pks = {event.subject_id for event in events if event.subject_type == AccessLink._meta.label}
    return {link.pk: getattr(link, "who", "") for link in AccessLink.objects.filter(pk__in=pks).with_who()}
