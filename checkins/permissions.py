"""Who may do what with a week; `rules` says when. On the pages a week is always its reader's own."""

from django.utils.translation import gettext as _

from people.viewer import Viewer


def why_not_count(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` is not told how many of a team are in; "" when they are."""
    if team_pk not in viewer.team_pks:
        return _("Who is in is for the team itself.")
    return ""


def why_not_write(viewer: Viewer, person_pk: int) -> str:
    """Why `viewer` may not change a week of that person's, which they can read; "" when they may."""
    return "" if viewer.pk == person_pk else _("A week is its own person’s to write.")
