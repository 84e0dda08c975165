"""Holding a row until the transaction ends, so that what was read stays true while it is written.

An UPDATE that changes nothing waits for whoever holds the row on PostgreSQL, and what is read afterwards
is what they left; on SQLite writers wait for each other anyway. `select_for_update` does nothing there.
"""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import NotNow
from people.models import Organisation, Team


def hold_tree() -> None:
    """Keep the slugs, the tree of teams and the reporting lines as they are: others who change them wait."""
    Organisation.objects.update(name=F("name"))


def hold_team(team: Team) -> None:
    """Keep a team's members as they are. Raises NotNow (409) when it is closed."""
    if not Team.objects.filter(pk=team.pk, closed_at=None).update(version=F("version")):
        raise NotNow(_("This team is closed."))


def hold_teams(pks: Iterable[int]) -> None:
    """Keep the members of several teams as they are, closed ones too, one after the other by their ids."""
    for pk in sorted(pks):
        Team.objects.filter(pk=pk).update(version=F("version"))
