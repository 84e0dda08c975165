"""Who may do what with a week; `rules` says when. A week itself is always its reader's own."""

from django.utils.translation import gettext as _

from people.viewer import Viewer


def why_not_count(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` is not told how many of a team are in; "" when they are."""
    if team_pk not in viewer.team_pks:
        return _("Who is in is for the team itself.")
    return ""
