"""What was decided, in sentences: who, whom, when, before and after (PRIV-14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from activity.letters import Say
from activity.models import Event

ROLES = {"MEMBER": gettext_lazy("member"), "LEAD": gettext_lazy("lead"), "COACH": gettext_lazy("coach")}
SCOPES = {"READ": gettext_lazy("read"), "CHECK_IN": gettext_lazy("send values"), "FULL": gettext_lazy("do all")}
AUDIENCES = {
    "ONLY_ME": gettext_lazy("only me"),
    "MANAGER": gettext_lazy("me and my manager"),
    "MY_TEAMS": gettext_lazy("my teams"),
    "TEAM": gettext_lazy("the team"),
    "EVERYONE": gettext_lazy("everyone"),
}
MONDAY = date(2024, 1, 1)
LENGTHS = {
    "MONTH": gettext_lazy("months"),
    "QUARTER": gettext_lazy("quarters"),
    "HALF": gettext_lazy("half-years"),
    "CUSTOM": gettext_lazy("dates of its own"),
}
FIELDS = {
    "name": gettext_lazy("name"),
    "purpose": gettext_lazy("purpose"),
    "length": gettext_lazy("how it plans"),
    "zone": gettext_lazy("time zone"),
    "celebration_weekday": gettext_lazy("day of the celebration"),
    "celebration_time": gettext_lazy("time of the celebration"),
    "celebration_every": gettext_lazy("how often it celebrates"),
    "celebration_from_on": gettext_lazy("from which week it counts"),
    "reminder_hour": gettext_lazy("hour of the reminder"),
    "grading_weeks": gettext_lazy("when grading opens, in weeks before the end"),
    "parent_id": gettext_lazy("what it is part of"),
    "fiscal_start_month": gettext_lazy("month in which the year begins"),
    "currency": gettext_lazy("currency"),
}
SENTENCES = {
    "MANAGER_SET": gettext_lazy("Manager of %(subject)s: %(was)s → %(manager)s"),
    "SWITCHED_OFF": gettext_lazy("%(subject)s switched off. Who took over: %(successor)s"),
    "SWITCHED_ON": gettext_lazy("%(subject)s can sign in again"),
    "ERASURE_ASKED": gettext_lazy("%(subject)s to be erased in 30 days"),
    "ERASURE_CALLED_OFF": gettext_lazy("%(subject)s not to be erased after all"),
    "ERASED": gettext_lazy("Somebody erased, 30 days after it was asked for"),
    "DATA_TAKEN": gettext_lazy("Own data of %(subject)s got ready to take along"),
    "SESSIONS_ENDED": gettext_lazy("Browsers in which %(subject)s was signed out: %(number)s"),
    "PASSWORD_SET": gettext_lazy("New password of %(subject)s"),
    "FOUNDED": gettext_lazy("%(subject)s set this okrsite up"),
    "MEMBER_ADDED": gettext_lazy("%(person)s belongs to %(team)s as %(role)s"),
    "MEMBER_REMOVED": gettext_lazy("%(person)s taken out of %(team)s"),
    "MEMBER_LEFT": gettext_lazy("%(person)s left %(team)s"),
    "ROLE_CHANGED": gettext_lazy("%(person)s in %(team)s: %(was_role)s → %(role)s"),
    "TEAM_MADE": gettext_lazy("%(team)s made, led by %(lead)s"),
    "TEAM_CHANGED": gettext_lazy("Settings of %(team)s: %(fields)s"),
    "TEAM_CLOSED": gettext_lazy("%(team)s closed"),
    "TEAM_REOPENED": gettext_lazy("%(team)s opened again"),
    "QUARTER_CLOSED": gettext_lazy("%(quarter)s of %(team)s closed"),
    "QUARTER_REOPENED": gettext_lazy("%(quarter)s of %(team)s reopened"),
    "CELEBRATION_SKIPPED": gettext_lazy("No celebration of %(team)s in week %(week)s"),
    "CELEBRATION_KEPT": gettext_lazy("A celebration of %(team)s in week %(week)s after all"),
    "INVITED": gettext_lazy("%(address)s invited into %(team)s as %(role)s"),
    "INVITATION_WITHDRAWN": gettext_lazy("Invitation of %(address)s into %(team)s withdrawn"),
    "INVITATION_ACCEPTED": gettext_lazy("Invitation of %(address)s into %(team)s accepted"),
    "ROOM_LINK_MADE": gettext_lazy("A room link made that shows the wall of %(team)s"),
    "ROOM_LINK_REVOKED": gettext_lazy("The room link to the wall of %(team)s ended"),
    "CHAT_CONNECTED": gettext_lazy("The chat of %(team)s connected, or what it is told changed"),
    "CHAT_DISCONNECTED": gettext_lazy("The chat of %(team)s disconnected"),
    "CHAT_OFF": gettext_lazy("The chat of %(team)s told nothing more: it failed"),
    "TOKEN_MADE": gettext_lazy("A token made that may %(scope)s"),
    "TOKEN_REVOKED": gettext_lazy("A token ended that might %(scope)s"),
    "ORGANISATION_CHANGED": gettext_lazy("Settings of the organisation: %(fields)s"),
    "HANDED_OVER": gettext_lazy("Who answers for an objective: %(was)s → %(owner)s"),
    "REWORDED": gettext_lazy("Who may read an objective: %(was_audience)s → %(audience)s"),
}
WAS_UNKNOWN = gettext_lazy("%(person)s in %(team)s: %(role)s")
BECAME_MANAGER = gettext_lazy("%(subject)s reports to %(manager)s")
ADMIN = {
    True: gettext_lazy("%(subject)s looks after the site"),
    False: gettext_lazy("%(subject)s looks after it no more"),
}


@dataclass(frozen=True)
class Names:
    """What stands for the ids in events: of people, of teams, and the addresses of invitations."""

    people: Mapping[int, str]
    teams: Mapping[int, str]
    addresses: Mapping[int, str]

    def person(self, pk: Any) -> str:
        """Their name; a word for nobody, and for somebody who is not known any more."""
        return self.people.get(pk, _("somebody")) if pk else _("nobody")


@dataclass(frozen=True)
class Decision:
    """When (UTC), who, and what in words; `objective` is the id of the one it is about, or None."""

    at: str
    by: str
    words: Markup
    objective: int | None


def decisions(events: Iterable[Event], names: Names, *, reader_pk: int | None = None) -> list[Decision]:
    """`events` in words. For `reader_pk`, who reads of themselves, other people's former managers are left out."""
    return [
        Decision(
            at=f"{event.at:%Y-%m-%d %H:%M}",
            by=event.by.name if event.by else _("okrsite"),
            words=Say(_sentence(event, reader_pk), _words(event, names)).html,
            objective=event.subject_id if event.verb in {"HANDED_OVER", "REWORDED"} else None,
        )
        for event in events
    ]


def _sentence(event: Event, reader_pk: int | None) -> str:
    if event.verb == "SITE_ADMIN_SET":
        return str(ADMIN[event.data["is_site_admin"]])
    if event.verb == "ROLE_CHANGED" and "was" not in event.data:
        return str(WAS_UNKNOWN)
    if event.verb == "MANAGER_SET" and reader_pk is not None and event.subject_id != reader_pk:
        return str(BECAME_MANAGER)
    return str(SENTENCES[event.verb])


def _field(name: str, values: Mapping[str, list[str]]) -> str:
    """A setting that was changed, with what it was and is where the log holds that."""
    said = str(FIELDS.get(name, name))
    if name not in values:
        return said
    was, now = (_value(name, value) for value in values[name])
    return f"{said} {was} → {now}"


def _value(name: str, value: str) -> str:
    """As people say it."""
    if name == "celebration_weekday":
        return f"{MONDAY + timedelta(days=int(value)):%A}"
    if name == "fiscal_start_month":
        return f"{date(2024, int(value), 1):%B}"
    if name == "celebration_time":
        return value[:5]
    return str(LENGTHS.get(value, value)) if name == "length" else value or _("none")


def _words(event: Event, names: Names) -> dict[str, str]:
    """What may stand in a sentence."""
    data: dict[str, Any] = event.data
    before, after = data.get("audience", ["", ""])
    return {
        "subject": names.person(event.subject_id),
        **{key: names.person(data.get(key)) for key in ("person", "manager", "was", "successor", "owner", "lead")},
        "team": names.teams.get(event.team_id or 0, ""),
        "address": names.addresses.get(event.subject_id, _("somebody")),
        "role": str(ROLES.get(data.get("role", ""), "")),
        "was_role": str(ROLES.get(str(data.get("was")), "")),
        "scope": str(SCOPES.get(data.get("scope", ""), "")),
        "quarter": str(data.get("quarter", "")),
        "number": str(data.get("number", "")),
        "week": data.get("week", "").partition("-W")[2],
        "fields": ", ".join(_field(name, data.get("values", {})) for name in data.get("fields", [])),
        "was_audience": str(AUDIENCES.get(before, "")),
        "audience": str(AUDIENCES.get(after, "")),
    }
