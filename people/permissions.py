"""Who may do what with people and teams; each refusal is a sentence.

Source: guarantees, rows 35–42; decisions 2.
"""

from django.utils.translation import gettext as _

from people.models import Absence, Team, User
from people.viewer import Viewer


def why_not_look_after_site(viewer: Viewer) -> str:
    """Why `viewer` may not set managers, make teams or read the site's mail."""
    return "" if viewer.is_site_admin else _("A site admin looks after this.")


def why_not_switch(viewer: Viewer, person: User) -> str:
    """Why `viewer` may not switch `person` off and on, name them a site admin, or end their sessions."""
    if viewer.is_site_admin and viewer.pk == person.pk:
        return _("Another site admin does that for you.")
    return why_not_look_after_site(viewer)


def why_not_look_after_team(viewer: Viewer, team: Team) -> str:
    """Why `viewer` may not change a team's settings and members."""
    if viewer.is_site_admin or viewer.leads(team.pk):
        return ""
    return _("The team’s leads look after it.")


def why_not_audit(viewer: Viewer, team: Team) -> str:
    """Why `viewer` may not read what was decided in `team`."""
    return (
        "" if viewer.leads(team.pk) else _("The team’s leads read this. Site admins read what was decided on the site.")
    )


def why_not_invite(viewer: Viewer, team: Team) -> str:
    """Why `viewer` may not invite people into `team`, or see and withdraw its invitations."""
    if viewer.is_site_admin or viewer.leads(team.pk):
        return ""
    return _("The team’s leads and site admins invite into it.")


def why_not_make(viewer: Viewer, kind: str) -> str:
    """Why `viewer` may not make a team of that kind; a circle is anybody's to make."""
    if kind == Team.Kind.CIRCLE or viewer.is_site_admin:
        return ""
    return _("A site admin makes teams. You can make a circle.")


def why_not_close(viewer: Viewer, team: Team) -> str:
    """Why `viewer` may not close `team`, or open it again; whoever led it may, and site admins."""
    if team.kind == Team.Kind.ORGANISATION:
        return _("The organisation’s own team stays.")
    return why_not_look_after_team(viewer, team)


def why_not_name_lead(viewer: Viewer, kind: str, lead_pk: int) -> str:
    """Why `viewer` may not make `lead_pk` the first lead of a new team of that kind."""
    if lead_pk == viewer.pk or (kind == Team.Kind.TEAM and viewer.is_site_admin):
        return ""
    return _("Who makes a circle leads it.")


def why_not_take_back(viewer: Viewer, absence: Absence) -> str:
    """Why `viewer` may not say that an absence is off."""
    return "" if absence.user_id == viewer.pk else _("Only they know when they are away.")
