"""Who can read an objective, counted and named for the form in which that is chosen (PRIV-11)."""

from collections.abc import Iterable

from objectives.rows import Group, readers_of_own, readers_of_team
from objectives.rules import Audience
from people.models import Membership, Organisation, Team, User
from people.viewer import Viewer


def audiences(viewer: Viewer, team: Team | None, organisation: Organisation) -> dict[Audience, str]:
    """Each audience in words, for the viewer's own objective or for `team`'s; three queries at most."""
    people = User.objects.visible_to(viewer).active()
    everyone = Group(organisation.name, people.count())
    if team is not None:
        is_everyone = team.kind == Team.Kind.ORGANISATION
        size = _sizes(viewer, [team.pk]).get(team.pk, 0)
        return readers_of_team(everyone, None if is_everyone else Group(team.name, size))
    sizes = _sizes(viewer, viewer.team_pks)
    manager = User.objects.visible_to(viewer).filter(reports=viewer.pk).first()
    teams = [Group(place.name, sizes.get(place.pk, 0)) for place in viewer.teams]
    return readers_of_own(everyone, teams, manager.name if manager else "")


def _sizes(viewer: Viewer, team_pks: Iterable[int]) -> dict[int, int]:
    """How many people each team (its id) has today; those who were switched off read nothing."""
    return Membership.objects.visible_to(viewer).present().filter(team__in=team_pks).numbers()
