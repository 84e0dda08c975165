"""Who may do what with a week and what is given back for it; `rules` says when. A page writes its reader's own week."""

from django.utils.translation import gettext as _

from checkins.models import CheckIn, Cheer, Promise, Session
from people.models import Team, User
from people.viewer import Viewer


def why_not_count(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` is not told how many of a team are in; "" when they are."""
    if team_pk not in viewer.team_pks:
        return _("Who is in is for the team itself.")
    return ""


def why_not_write(viewer: Viewer, person_pk: int) -> str:
    """Why `viewer` may not change a week of that person's, which they can read; "" when they may."""
    return "" if viewer.pk == person_pk else _("A week is its own person’s to write.")


def why_not_cheer(viewer: Viewer, check_in: CheckIn) -> str:
    """Why `viewer` may not cheer that week, of which they are shown something; "" when they may."""
    return _("Cheers are for the weeks of others.") if viewer.pk == check_in.person_id else ""


def why_not_cheer_in(viewer: Viewer, session: Session, person_pk: int) -> str:
    """Why `viewer` may not cheer that person in a celebration; "" for another of the group."""
    if viewer.pk == person_pk:
        return _("Cheers are for others. Yours will come.")
    return why_not_meet(viewer, session.team_id)


def why_not_take_back(viewer: Viewer, cheer: Cheer) -> str:
    """Why `viewer` may not take a cheer back; "" when they may."""
    return "" if viewer.pk == cheer.by_id else _("Whoever gave a cheer takes it back.")


def why_not_nudge(viewer: Viewer, person_pk: int, team_pk: int) -> str:
    """Why `viewer` leaves that member of a team no friendly note; "" when they may. Source: P69, guarantees, row 24."""
    if viewer.pk == person_pk:
        return _("A friendly note is for somebody else.")
    return why_not_count(viewer, team_pk)


def why_not_see(viewer: Viewer, check_in: CheckIn) -> str:
    """Why `viewer` does not say that they have seen a week; "" for its person's manager, who reads it as one."""
    if check_in.person_id in viewer.report_pks:
        return ""
    return _("Whoever somebody reports to says that they have seen a week.")


def why_not_meet(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` does not come to the sessions of a team; "" for all who are in it, coaches too."""
    if team_pk not in viewer.team_pks:
        return _("That is for the team itself.")
    return ""


def why_not_say(viewer: Viewer, session: Session, person_pk: int) -> str:
    """Why `viewer` says no number for that person in a session; "" for themselves, and for leads, who type for them.

    Source: decisions 10.
    """
    if reason := why_not_meet(viewer, session.team_id):
        return reason
    if viewer.pk == person_pk or viewer.leads(session.team_id):
        return ""
    return _("Whoever is on stage says it, or a lead types it for them.")


def why_not_move(viewer: Viewer, session: Session) -> str:
    """Why `viewer` does not move a session for all; "" for who leads it, and for the leads of its team."""
    if reason := why_not_meet(viewer, session.team_id):
        return reason
    if viewer.pk == session.facilitator_id or viewer.leads(session.team_id):
        return ""
    return _("Whoever leads it moves it for all. You can look around by yourself.")


def why_not_promise(viewer: Viewer, to: User | None, team: Team) -> str:
    """Why `viewer` may not promise `to`, or everyone (None), something in that team; "" when they may."""
    if to is not None and viewer.pk == to.pk:
        return _("What you promise yourself is a plan. It has its place in your week.")
    return "" if team.pk in viewer.place_pks else _("Help is promised among those who share a team.")


def why_not_keep(viewer: Viewer, promise: Promise) -> str:
    """Why `viewer` may not say what became of a promise, nor word it; "" for who made it."""
    return "" if viewer.pk == promise.by_id else _("Whoever made a promise keeps it, words it or lets it go.")


def why_not_tend(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` does not say how it is with what a team protects, and what it has before it; "" for its people."""
    return "" if team_pk in viewer.place_pks else _("How a team is, and what it has before it, is for the team itself.")


def why_not_agree(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` does not decide what a team protects and what it leaves; "" for its leads."""
    return "" if viewer.leads(team_pk) else _("The team’s leads write down what it protects and what it leaves.")
