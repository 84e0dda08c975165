"""Two at once in a retro: each note lies face up or was refused, nobody has four votes, no vote lies under a note."""

import secrets
from functools import partial

import pytest

from checkins.actions import sessions
from checkins.models import Session
from people.viewer import viewer_of
from retros.actions import choices, notes, retros, votes
from retros.models import Choice, Note, Vote
from retros.rules.retros import Column
from tests.conftest import NOW
from tests.people.racing import race
from tests.retros.looking_back import LookingBack, change

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_fourth_vote_at_once():
    """CC-09, CC-15: the database holds three at most."""
    scene = LookingBack(named=True)
    for number in range(4):
        scene.write(scene.ann, f"Note {number}")
    scene.go("VOTE")
    who = {"by": viewer_of(scene.bo), "retro": scene.retro}
    for number in range(2):
        votes.give(**who, note=scene.shown(f"Note {number}"))
    presses = [partial(votes.give, **who, note=scene.shown(f"Note {number}")) for number in (2, 3)]
    assert race(*presses) == ["NotNow", "done"]
    assert Vote.objects.count() == 3


def test_voting_for_a_note_while_it_is_put_under_another():
    """CC-15: no vote is for what lies under another."""
    scene = LookingBack(named=True)
    for text in ("Top", "Under"):
        scene.write(scene.ann, text)
    scene.go("VOTE")
    give = partial(votes.give, by=viewer_of(scene.bo), retro=scene.retro, note=scene.shown("Under"))
    put = partial(
        notes.put_under, by=viewer_of(scene.cy), retro=scene.retro, note=scene.shown("Under"), top=scene.shown("Top")
    )
    assert race(give, put) in (["done", "done"], ["NotNow", "done"])
    assert not Vote.objects.filter(note__parent__isnull=False).exists()


@pytest.mark.parametrize("named", [True, False])
def test_writing_a_note_while_all_are_revealed(named):
    """CC-15: it is among those that are revealed, or its writer is told; none stays face down."""
    scene = LookingBack(named=named)
    scene.write(scene.ann, "There before")
    pk = secrets.randbelow(2**52 - 1) + 1
    write = partial(
        notes.write, hand=scene.hand(scene.bo), retro=scene.retro, note_pk=pk, column=Column.STOP, text="At once"
    )
    version = Session.objects.get().version
    reveal = partial(
        retros.move, by=viewer_of(scene.ann), retro=scene.retro, version=version, now=NOW, how=sessions.ahead
    )
    assert race(write, reveal) in (["done", "done"], ["NotNow", "done"])
    assert not Note.objects.filter(is_revealed=False).exists()


def test_two_who_choose_the_last_change_at_once():
    """CC-15: two changes at most."""
    scene = LookingBack(phase="DECIDE")
    choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **change(scene.bo, "First"))
    presses = [
        partial(choices.choose, by=viewer_of(by), retro=scene.retro, now=NOW, **change(keeper, keeper.name))
        for by, keeper in ((scene.ann, scene.bo), (scene.abby, scene.cy))
    ]
    assert race(*presses) == ["NotNow", "done"]
    assert Choice.objects.filter(kind=Choice.Kind.CHANGE).count() == 2
