"""Who will be able to read an objective, in words, before it is saved (PRIV-11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from objectives.rules import Audience


@dataclass(frozen=True)
class Group:
    """A team, or the organisation, and how many people in it can sign in."""

    name: str
    size: int

    def __str__(self) -> str:
        return f"{self.name} ({self.size})"


def readers_of_own(organisation: Group, teams: Sequence[Group], manager: str) -> dict[Audience, str]:
    """Each audience of a personal objective; `manager` is a name, or "" for nobody."""
    return {
        Audience.ONLY_ME: _("Only me"),
        Audience.MANAGER: _to_manager(manager),
        Audience.MY_TEAMS: _to_teams(", ".join(str(team) for team in teams), manager),
        Audience.EVERYONE: _everyone(organisation),
    }


def readers_of_team(organisation: Group, team: Group | None) -> dict[Audience, str]:
    """Each audience of a team's objective; `team` is None for the organisation itself, which everyone reads."""
    everyone = {Audience.EVERYONE: _everyone(organisation)}
    if team is None:
        return everyone
    words = _("The team: %(team)s, and its owner’s manager") % {"team": team}
    return {Audience.TEAM: words, **everyone}


def _everyone(organisation: Group) -> str:
    return _("Everyone in %(organisation)s") % {"organisation": organisation}


def _to_manager(manager: str) -> str:
    return _("Me and %(manager)s") % {"manager": manager} if manager else _("Me and my manager; none is set yet")


def _to_teams(teams: str, manager: str) -> str:
    if not teams and not manager:
        return _("My teams; there is none yet")
    if not teams:
        return _("My teams; there is none yet, so %(manager)s") % {"manager": manager}
    if not manager:
        return _("My teams: %(teams)s") % {"teams": teams}
    return _("My teams: %(teams)s, and %(manager)s") % {"teams": teams, "manager": manager}
