"""Notes: face down until they are revealed, one's own to word, put together, and voted for."""

import pytest

from activity.models import Event
from checkins.actions import sessions
from core.errors import NotNow, NotYours
from people.viewer import viewer_of
from retros.actions import frames, notes, retros, votes
from retros.actions.frames import Agreed
from retros.models import Frame, Note, Ready, Vote
from retros.rules.retros import Column
from tests.conftest import NOW
from tests.factories import UserFactory
from tests.retros.looking_back import LookingBack

pytestmark = pytest.mark.django_db


def readable(scene, person) -> list[str]:
    rows = Note.objects.visible_to(viewer_of(person))
    return sorted(rows.values_list("text", flat=True))


@pytest.mark.parametrize("named", [True, False])
def test_a_note_lies_face_down_until_all_are_revealed_at_once(named):
    """Row 28, 29: others know how many there are, and none of the words; nobody outside knows anything."""
    scene = LookingBack(named=named)
    for person in (scene.ann, scene.bo):
        scene.write(person, f"{person.name} writes")
    own = ["Ann writes"] if named else []
    assert readable(scene, scene.ann) == own
    assert readable(scene, scene.cy) == []
    assert Note.objects.face_down_in(viewer_of(scene.cy)).count() == 2
    assert Note.objects.face_down_in(viewer_of(scene.kim)).count() == 0
    scene.move(sessions.ahead)
    assert scene.retro.session.phase == "REVEAL"
    assert [readable(scene, person) for person in (scene.cy, scene.coach, scene.kim)] == [
        ["Ann writes", "Bo writes"]
    ] * 2 + [[]]


def test_back_to_writing_hides_only_what_is_new():
    scene = LookingBack()
    scene.write(scene.ann, "First")
    scene.go("REVEAL")
    scene.go("WRITE")
    scene.write(scene.bo, "Second")
    assert readable(scene, scene.cy) == ["First"]
    scene.go("REVEAL")
    assert readable(scene, scene.cy) == ["First", "Second"]


def test_the_same_form_sent_twice_is_one_note():
    """CC-04: without a row that remembers forms."""
    scene = LookingBack()
    what = {"hand": scene.hand(scene.ann), "retro": scene.retro, "note_pk": 7, "column": Column.STOP, "text": "Once"}
    notes.write(**what)
    with pytest.raises(notes.WrittenAlready):
        notes.write(**what)
    assert Note.objects.count() == 1


@pytest.mark.parametrize("phase", ["FACTS", "REVEAL", "GROUP", "VOTE", "DISCUSS", "DECIDE"])
def test_notes_are_written_while_it_is_time_to_write(phase):
    scene = LookingBack(phase=phase)
    with pytest.raises(NotNow):
        scene.write(scene.ann, "Too soon or too late")
    assert not Note.objects.exists()


def test_two_hundred_notes_are_enough():
    scene = LookingBack(named=True)
    fields = {"retro": scene.retro, "author": scene.ann, "column": "WELL"}
    Note.objects.bulk_create(Note(text=str(number), **fields) for number in range(200))
    with pytest.raises(NotNow):
        scene.write(scene.ann, "One more")


def test_a_named_note_is_its_authors_to_word():
    """Row 30."""
    scene = LookingBack(named=True)
    note = scene.write(scene.ann, "Mine")
    scene.go("GROUP")
    note = scene.shown("Mine")
    for person in (scene.bo, scene.abby, scene.kim):
        with pytest.raises(NotYours):
            notes.reword(hand=scene.hand(person), retro=scene.retro, note=note, text="Theirs")
        with pytest.raises(NotYours):
            notes.withdraw(hand=scene.hand(person), retro=scene.retro, note=note)
    notes.reword(hand=scene.hand(scene.ann), retro=scene.retro, note=note, text="Said better")
    assert readable(scene, scene.bo) == ["Said better"]


@pytest.mark.parametrize("phase", ["WRITE", "VOTE"])
def test_an_anonymous_note_is_its_authors_browsers_to_word(phase):
    """Row 31: the secret of the browser and the person together; neither alone."""
    scene = LookingBack()
    scene.write(scene.ann, "Nobody's")
    scene.write(scene.ann, "Another")
    scene.go(phase)
    note = scene.shown("Nobody's")
    theirs = "browser of Ann"
    for hand in (
        scene.hand(scene.bo),
        scene.hand(scene.abby),
        scene.hand(scene.bo, theirs),
        scene.hand(scene.ann, "new"),
    ):
        assert not hand.wrote(note)
        with pytest.raises(NotYours):
            notes.reword(hand=hand, retro=scene.retro, note=note, text="Theirs")
    mine = scene.hand(scene.ann, theirs)
    assert [mine.wrote(one) for one in Note.objects.all()] == [True, True]
    notes.reword(hand=mine, retro=scene.retro, note=note, text="Said better")
    assert scene.shown("Said better").is_revealed == (phase == "VOTE")
    notes.withdraw(hand=mine, retro=scene.retro, note=note)
    with pytest.raises(notes.GoneAlready):
        notes.withdraw(hand=mine, retro=scene.retro, note=note)
    assert [*Note.objects.values_list("text", flat=True)] == ["Another"]


def test_whoever_leads_removes_a_note_and_the_log_names_nobody_who_wrote():
    """Row 32."""
    scene = LookingBack(named=True)
    scene.write(scene.bo, "Unkind")
    scene.go("REVEAL")
    note = scene.shown("Unkind")
    with pytest.raises(NotYours):
        notes.remove(by=viewer_of(scene.cy), retro=scene.retro, note=note, now=NOW)
    notes.remove(by=viewer_of(scene.ann), retro=scene.retro, note=note, now=NOW)
    event = Event.objects.get(verb="NOTE_REMOVED")
    assert (event.by_id, event.subject_type, event.subject_id, event.data) == (
        scene.ann.pk,
        "retros.Retro",
        scene.retro.pk,
        {},
    )
    assert not Note.objects.exists()


def test_notes_are_put_together_with_their_votes():
    scene = LookingBack(named=True)
    for text in ("Top", "Under", "Deep", "Alone"):
        scene.write(scene.ann, text)
    scene.go("VOTE")
    for person, texts in ((scene.ann, ("Top", "Under")), (scene.bo, ("Under", "Alone")), (scene.cy, ("Deep",))):
        for text in texts:
            votes.give(by=viewer_of(person), retro=scene.retro, note=scene.shown(text))
    put = {"by": viewer_of(scene.cy), "retro": scene.retro}
    notes.put_under(**put, note=scene.shown("Deep"), top=scene.shown("Under"))
    notes.put_under(**put, note=scene.shown("Under"), top=scene.shown("Top"))
    assert set(Note.objects.filter(parent=scene.shown("Top")).values_list("text", flat=True)) == {"Under", "Deep"}
    given = {(row.by.name, row.note.text) for row in Vote.objects.select_related("by", "note")}
    assert given == {("Ann", "Top"), ("Bo", "Top"), ("Bo", "Alone"), ("Cy", "Top")}
    votes.give(by=viewer_of(scene.ann), retro=scene.retro, note=scene.shown("Alone"))  # one of hers came back
    with pytest.raises(NotNow):
        votes.give(by=viewer_of(scene.cy), retro=scene.retro, note=scene.shown("Under"))
    with pytest.raises(NotNow):
        notes.put_under(**put, note=scene.shown("Alone"), top=scene.shown("Under"))
    notes.take_out(**put, note=scene.shown("Under"))
    assert scene.shown("Under").parent is None


def test_three_votes_each_given_and_taken_back():
    scene = LookingBack(named=True)
    for number in range(4):
        scene.write(scene.ann, f"Note {number}")
    scene.go("VOTE")
    who = {"by": viewer_of(scene.bo), "retro": scene.retro}
    for number in range(3):
        votes.give(**who, note=scene.shown(f"Note {number}"))
    with pytest.raises(votes.VotedAlready):
        votes.give(**who, note=scene.shown("Note 0"))
    with pytest.raises(NotNow, match="three votes"):
        votes.give(**who, note=scene.shown("Note 3"))
    votes.take_back(**who, note=scene.shown("Note 1"))
    votes.give(**who, note=scene.shown("Note 3"))
    assert sorted(Vote.objects.values_list("note__text", "place")) == [("Note 0", 0), ("Note 2", 2), ("Note 3", 1)]
    with pytest.raises(NotYours):
        votes.give(by=viewer_of(scene.kim), retro=scene.retro, note=scene.shown("Note 3"))
    scene.go("DISCUSS")
    with pytest.raises(NotNow):
        votes.take_back(**who, note=scene.shown("Note 3"))


def test_how_notes_are_written_stands_from_the_first_one_on():
    """Decisions 27: a lead sets it beforehand; the columns may be called otherwise at any time."""
    scene = LookingBack()
    agreed = {"why": "Fewer things", "will_see": "", "well": "Kept", "better": "", "stop": ""}
    say = {"team": scene.team, "now": NOW}
    with pytest.raises(NotYours):
        frames.agree(by=viewer_of(scene.bo), version=1, agreed=Agreed(**agreed, is_anonymous=False), **say)
    frames.agree(by=viewer_of(scene.abby), version=1, agreed=Agreed(**agreed, is_anonymous=False), **say)
    assert (scene.retro.is_anonymous, scene.retro.well) == (False, "Kept")
    scene.write(scene.ann, "With her name")
    with pytest.raises(NotNow):
        frames.agree(by=viewer_of(scene.abby), version=2, agreed=Agreed(**agreed, is_anonymous=True), **say)
    frames.agree(
        by=viewer_of(scene.abby), version=2, agreed=Agreed(**agreed | {"well": "Fine"}, is_anonymous=False), **say
    )
    assert (scene.retro.is_anonymous, scene.retro.well, Frame.objects.get().version) == (False, "Fine", 3)


def test_who_is_ready_is_said_and_goes_when_it_is_revealed():
    scene = LookingBack()
    for is_ready in (True, True, False, True):
        notes.say_ready(by=viewer_of(scene.bo), retro=scene.retro, is_ready=is_ready)
    assert Ready.objects.count() == 1
    scene.go("REVEAL")
    assert not Ready.objects.exists()


def test_it_begins_once_and_not_before_its_quarter():
    scene = LookingBack(phase="FACTS")
    again = retros.begin(by=viewer_of(scene.bo), team=scene.team, quarter=scene.quarter, now=NOW)
    assert again.pk == scene.retro.pk
    scene.quarter.first_on = scene.quarter.ends_on
    with pytest.raises(NotNow, match="still to come"):
        retros.begin(by=viewer_of(scene.bo), team=scene.team, quarter=scene.quarter, now=NOW)
    with pytest.raises(NotYours):
        retros.begin(by=viewer_of(UserFactory()), team=scene.team, quarter=scene.quarter, now=NOW)
