"""Notes of a retro: written face down, reworded, withdrawn, removed, put under each other.

Nothing here records an event about who wrote what. What is anonymous is written so that neither ids nor the order on
disk nor the transaction of a row tell when, by whom, or beside what: whenever one changes, all that lie face down are
written anew together, in the order of their random ids.
Source: decisions 27; guarantees PRIV-02, rows 29–33; docs/adr/2026-11-28-anonymous-notes.md.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours
from core.translation import gettext_noop
from people.viewer import Viewer
from retros import permissions
from retros.actions.holding import hold, show
from retros.models import Note, Ready, Retro, Vote
from retros.rules.retros import GROUPING, MOST_NOTES, NAMES, WRITE, Column
from retros.rules.secrets import opens, seal_of

OTHERWISE = gettext_noop(
    "Whether notes carry names was changed since you opened the page. Look at what it says now, then send yours."
)


class WrittenAlready(NotNow):
    """It is there, as was asked: the same form came twice."""


class GoneAlready(NotNow):
    """It is not there any more, as was asked."""


@dataclass(frozen=True)
class Hand:
    """Who writes: a person, and the `key` of their browser (retros.rules.secrets), "" where it has none."""

    by: Viewer
    key: str

    def wrote(self, note: Note) -> bool:
        """Whether it is theirs: by its name, or by its seal."""
        if note.author_id is not None:
            return note.author_id == self.by.pk
        return opens(self.key, note.pk, note.secret_hash)


@transaction.atomic
def write(*, hand: Hand, retro: Retro, note_pk: int, column: Column, text: str) -> Note:
    """A note, face down; `note_pk` is a random number that its form brought, so that sent twice it is one.

    `retro` says whether its writer was told that it carries their name.
    Raises NotYours (403), NotNow (409: nobody writes now, there are very many, or it was said otherwise meanwhile
    whether notes carry names), WrittenAlready (409).
    """
    hold(hand.by, retro, {WRITE})
    if not Retro.objects.filter(pk=retro.pk, is_anonymous=retro.is_anonymous).exists():
        raise NotNow(_(OTHERWISE))
    if Note.objects.filter(pk=note_pk).exists():
        raise WrittenAlready(_("It is written already."))
    if Note.objects.filter(retro=retro).count() >= MOST_NOTES:
        raise NotNow(_("There are two hundred notes. Talk about these first."))
    note = Note(pk=note_pk, retro=retro, column=column, text=text)
    if retro.is_anonymous:
        note.secret_hash = seal_of(hand.key, note_pk)
        _shuffle(retro, [note])
    else:
        note.author_id = hand.by.pk
        note.save(force_insert=True)
    show(retro)
    return note


@transaction.atomic
def reword(*, hand: Hand, retro: Retro, note: Note, text: str) -> None:
    """Other words for one's own note, until the retro is over.

    Raises NotYours (403), NotNow (409: it is over), GoneAlready (409).
    """
    _hold_own(hand, retro, note)
    if not Note.objects.filter(pk=note.pk).update(text=text):
        raise _gone()
    _blur(retro, note)
    show(retro)


@transaction.atomic
def withdraw(*, hand: Hand, retro: Retro, note: Note) -> None:
    """One's own note goes; what lay under it stands by itself, and votes for it are free again.

    Raises NotYours (403), NotNow (409: it is over), GoneAlready (409).
    """
    _hold_own(hand, retro, note)
    _take_away(note)
    _blur(retro, note)
    show(retro)


@transaction.atomic
def remove(*, by: Viewer, retro: Retro, note: Note, now: datetime) -> None:
    """Whoever leads takes a note away for all. Records NOTE_REMOVED, of the retro, which names no author and no note.

    Raises NotYours (403), NotNow (409: it is over), GoneAlready (409).
    """
    if reason := permissions.why_not_lead(by, retro):
        raise NotYours(reason)
    hold(by, retro, NAMES)
    _take_away(note)
    _blur(retro, note)
    record("NOTE_REMOVED", retro, by_pk=by.pk, now=now, team_pk=retro.team_id)


@transaction.atomic
def put_under(*, by: Viewer, retro: Retro, note: Note, top: Note) -> None:
    """`note`, with what lies under it, lies under `top` from now on; votes for it are votes for that.

    Whoever had voted for both has one of them back. Raises NotYours (403), NotNow (409: nobody groups now, or one of
    them lies elsewhere by now), GoneAlready (409).
    """
    hold(by, retro, GROUPING)
    found = {row.pk: row for row in Note.objects.filter(retro=retro, is_revealed=True, pk__in=[note.pk, top.pk])}
    if len(found) < 2:
        raise _gone()
    if found[top.pk].parent_id is not None:
        raise NotNow(_("That one lies under another by now. Put it there."))
    Note.objects.filter(parent=note.pk).update(parent=top.pk)
    Note.objects.filter(pk=note.pk).update(parent=top.pk)
    _move_votes(note.pk, top.pk)
    show(retro)


@transaction.atomic
def take_out(*, by: Viewer, retro: Retro, note: Note) -> None:
    """`note` lies under no other from now on. Raises NotYours (403), NotNow (409: nobody groups now)."""
    hold(by, retro, GROUPING)
    Note.objects.filter(pk=note.pk, retro=retro).update(parent=None)
    show(retro)


@transaction.atomic
def say_ready(*, by: Viewer, retro: Retro, is_ready: bool) -> None:
    """`by` has written what they wanted to, or not yet after all. Raises NotYours (403), NotNow (409)."""
    hold(by, retro, {WRITE})
    mine = Ready.objects.filter(retro=retro, person=by.pk)
    if is_ready and not mine.exists():
        Ready.objects.create(retro=retro, person_id=by.pk)
    elif not is_ready:
        mine.delete()
    show(retro)


def reveal(retro: Retro) -> int:
    """All that lie face down lie face up from now on, in no order; part of moving on. How many they are."""
    named = Note.objects.filter(retro=retro, is_revealed=False, author__isnull=False)
    count = named.update(is_revealed=True)
    return count + _shuffle(retro, (), is_revealed=True)


def _hold_own(hand: Hand, retro: Retro, note: Note) -> None:
    if reason := permissions.why_not_reword(hand.by, note, is_own=hand.wrote(note)):
        raise NotYours(reason)
    hold(hand.by, retro, NAMES)


def _take_away(note: Note) -> None:
    if not Note.objects.filter(pk=note.pk).delete()[0]:
        raise _gone()


def _shuffle(retro: Retro, new: list[Note] | tuple[()], *, is_revealed: bool = False) -> int:
    """All anonymous ones that lie face down, and the `new` ones, are written anew at once; how many they are."""
    rows = [*Note.objects.filter(retro=retro, is_revealed=False, author=None), *new]
    Note.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        row.is_revealed = is_revealed
    Note.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return len(rows)


def _blur(retro: Retro, note: Note) -> None:
    """Which of the anonymous ones was touched last is not to be seen: all of them are."""
    if note.author_id is not None:
        return
    _shuffle(retro, ())
    Note.objects.filter(retro=retro, author=None, is_revealed=True).update(is_revealed=F("is_revealed"))


def _move_votes(note_pk: int, top_pk: int) -> None:
    twice = Vote.objects.filter(note=top_pk).values_list("by_id", flat=True)
    Vote.objects.filter(note=note_pk, by__in=[*twice]).delete()
    Vote.objects.filter(note=note_pk).update(note=top_pk)


def _gone() -> GoneAlready:
    return GoneAlready(_("That note is not there any more."))
