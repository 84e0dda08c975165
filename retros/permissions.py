"""Who may do what in a retro; `rules` says when. Who meets in a team at all is `checkins.permissions`."""

from django.utils.translation import gettext as _

from checkins.permissions import why_not_meet, why_not_move
from objectives.models import Grade, Review
from people.models import Membership
from people.viewer import Viewer
from retros.models import Learning, Note, Retro

__all__ = [
    "why_not_agree",
    "why_not_lead",
    "why_not_look_back",
    "why_not_pick",
    "why_not_reword",
    "why_not_share",
    "why_not_take_back",
]


def why_not_look_back(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` does not take part in the retros of a team; "" for all who are in it, coaches too."""
    return why_not_meet(viewer, team_pk)


def why_not_lead(viewer: Viewer, retro: Retro) -> str:
    """Why `viewer` does not move a retro, remove notes or write down what was chosen; "" for who leads it, and for
    the leads of the team."""
    return why_not_move(viewer, retro.session)


def why_not_agree(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` does not say how a team looks back, and why it uses OKRs; "" for its leads."""
    if reason := why_not_meet(viewer, team_pk):
        return reason
    return "" if viewer.leads(team_pk) else _("The team’s leads write down why you do this, and how you look back.")


def why_not_reword(viewer: Viewer, note: Note, *, is_own: bool) -> str:
    """Why `viewer` may not word or withdraw a note; "" for its author: by name, or by the secret of their browser."""
    if note.author_id == viewer.pk or (note.author_id is None and is_own):
        return ""
    if note.author_id is None:
        return _("Only the browser in which a note was written can change it.")
    return _("A note is its author’s to word.")


def why_not_pick(viewer: Viewer, team_pk: int) -> str:
    """Why `viewer` brings nothing to the recaps of a team; "" for who logs their weeks in it."""
    if reason := why_not_meet(viewer, team_pk):
        return reason
    roles = {place.role for place in viewer.places if place.pk == team_pk}
    return _("Whoever logs their weeks in the team brings something.") if roles == {Membership.Role.COACH} else ""


def why_not_share(viewer: Viewer, of: Grade | Review) -> str:
    """Why `viewer` does not share what was learned there with everybody; "" for who wrote it. Needs
    `with_writer`, or of a review `with_only_writer`."""
    return "" if vars(of)["writer"] == viewer.pk else _("What somebody learned is theirs to share.")


def why_not_take_back(viewer: Viewer, learning: Learning) -> str:
    """Why `viewer` does not take a learning out of the library; "" for who shared it."""
    return "" if learning.by_id == viewer.pk else _("Who shared it takes it back.")
