"""A retro stands still until something is written into it; live screens are told without a name.

Source: guarantees CC-09, CC-15, PRIV-02; docs/adr/2026-11-28-anonymous-notes.md.
"""

from collections.abc import Collection

from django.db.models import F
from django.utils.translation import gettext as _

from checkins.models import Session
from core.errors import NotNow, NotYours
from core.live import Happening, tell
from core.translation import gettext_noop
from people.models import Team
from people.viewer import Viewer
from retros import permissions
from retros.models import Retro

MOVED_ON = gettext_noop("The retro has moved on. Look at where it stands now.")


def hold(by: Viewer, retro: Retro, phases: Collection[str]) -> None:
    """Nobody moves it until the transaction ends, and it is in one of `phases`.

    Raises NotYours (403), NotNow (409: it is elsewhere, it is over, or its team is closed).
    """
    if reason := permissions.why_not_look_back(by, retro.team_id):
        raise NotYours(reason)
    here = Session.objects.filter(pk=retro.session_id, phase__in=phases, held_at=None, team__in=Team.objects.open())
    if not here.update(version=F("version")):
        raise NotNow(_(MOVED_ON))


def show(retro: Retro) -> None:
    """Screens of the team are shown anew once it holds. Who did it is told to nobody."""
    tell(Happening(by=None, team=retro.team_id))
