"""Three votes each: given, and taken back.

Source: practices P104; guarantees CC-09; docs/adr/2026-11-28-retro.md.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotNow
from people.viewer import Viewer
from retros.actions.holding import hold, show
from retros.models import Note, Retro, Vote
from retros.rules import retros as rules


class VotedAlready(NotNow):
    """It stands so, as was asked: the same press came twice."""


@transaction.atomic
def give(*, by: Viewer, retro: Retro, note: Note) -> None:
    """One of the three votes of `by` is for that note, and for what lies under it.

    Raises NotYours (403), NotNow (409: nobody votes now, it lies under another, or all three are given),
    VotedAlready (409).
    """
    hold(by, retro, {rules.VOTE})
    if not Note.objects.filter(pk=note.pk, retro=retro, parent=None, is_revealed=True).exists():
        raise NotNow(_("That note lies under another by now. Vote for that one."))
    given = dict(Vote.objects.filter(retro=retro, by=by.pk).values_list("note_id", "place"))
    if note.pk in given:
        raise VotedAlready(_("You have voted for it already."))
    if (place := rules.free_place(given.values(), rules.VOTES)) is None:
        raise NotNow(_("You have given your three votes. Take one back first."))
    Vote.objects.create(retro=retro, note=note, by_id=by.pk, place=place)
    show(retro)


@transaction.atomic
def take_back(*, by: Viewer, retro: Retro, note: Note) -> None:
    """The vote of `by` for that note is free again. Raises NotYours (403), NotNow (409: nobody votes now)."""
    hold(by, retro, {rules.VOTE})
    Vote.objects.filter(retro=retro, note=note, by=by.pk).delete()
    show(retro)
