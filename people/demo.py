"""The people of a sample organisation, to look around as.

Their password is known to everybody, so such a place is served on loopback only (architecture, section 4).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import Membership, Organisation, Team, User

PASSWORD = "celebrate"  # noqa: S105 - known on purpose

MOST = 20  # of a bigger organisation those who were there first


@dataclass(frozen=True)
class Guest:
    """Somebody to look around as; `does` says what they see more than others."""

    name: str
    email: str
    password: str
    does: str


def guests() -> list[Guest]:
    """Some of a sample organisation, by team; nobody of a real one. One query, and three more in a sample."""
    if not Organisation.objects.filter(is_demo=True).exists():
        return []
    people = list(User.objects.active().order_by("joined_at", "name_key", "pk")[:MOST])
    managers = set(User.objects.active().filter(manager__in=people).values_list("manager_id", flat=True))
    places = Membership.objects.current().filter(user__in=people).select_related("team").order_by("joined_on", "pk")
    first: dict[int, Membership] = {}
    for row in places:
        if row.team.kind != Team.Kind.ORGANISATION:
            first.setdefault(row.user_id, row)
    people.sort(key=lambda person: first[person.pk].team.name if person.pk in first else "")
    return [
        Guest(person.name, person.email, PASSWORD, _does(person, first.get(person.pk), person.pk in managers))
        for person in people
    ]


def _does(person: User, place: Membership | None, is_manager: bool) -> str:
    words = {Membership.Role.LEAD: _("leads %s"), Membership.Role.COACH: _("coaches %s")}
    said = [words.get(Membership.Role(place.role), _("in %s")) % place.team.name] if place else []
    if is_manager:
        said.append(_("manager"))
    if person.is_site_admin:
        said.append(_("site admin"))
    return " · ".join(said)
