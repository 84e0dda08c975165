"""Keeping what is typed: whose it is, over what, and what happens when two pages keep at once (DB-09, CC-01)."""

from datetime import timedelta

import pytest

from activity.models import Event
from checkins.actions import check_ins, drafts
from checkins.actions.drafts import DraftTooLong, Page
from checkins.models import CheckIn, Draft, Line
from core.calendar import Week
from core.errors import NotNow, Stale
from people.viewer import viewer_of
from tests.checkins.scenes import make_scene
from tests.conftest import NOW
from tests.factories import CheckInFactory, DraftFactory
from tests.factories.people import WEEK_47
from tests.people.racing import race

pytestmark = pytest.mark.django_db
W47 = Week(WEEK_47)
NEW = Page(week=0, draft=0)
ONE, TWO = "11111111aa", "22222222bb"


@pytest.fixture
def mira():
    return make_scene().mira


def keep(person, words, read=NEW, now=NOW, week=W47):
    return drafts.keep(by=viewer_of(person), week=week, typed={"did": words}, read=read, now=now)


def kept():
    return [*Draft.objects.values_list("typed__did", "version", "of_version", "page", "turn", "saved_at")]


def give(person, read=NEW, version=0, words="Given"):
    said = {None: {Line.Kind.DID: [words]}}
    return check_ins.save(by=viewer_of(person), week=W47, version=version, answers=[], words=said, now=NOW, draft=read)


def test_what_is_typed_is_kept_and_nobody_is_told(mira):
    """DB-09: a version each time, no event, no week."""
    later = NOW + timedelta(minutes=1)
    assert keep(mira, "One") == 1
    assert keep(mira, "Two", Page(0, 1, ONE, 3), later) == 2
    assert kept() == [("Two", 2, 0, ONE, 3, later)]
    assert (CheckIn.objects.count(), Event.objects.count()) == (0, 0)


def test_without_a_text_there_is_no_draft(mira):
    keep(mira, "One")
    assert drafts.keep(by=viewer_of(mira), week=W47, typed={}, read=Page(0, 1), now=NOW) == 0
    assert kept() == []


def test_another_page_that_has_not_read_it_is_refused(mira):
    """CC-01."""
    keep(mira, "One", Page(0, 0, ONE, 1))
    for read in (NEW, Page(0, 0, TWO, 9), Page(0, 2, TWO, 9)):
        with pytest.raises(Stale, match="typed on another page"):
            keep(mira, "Two", read)
        with pytest.raises(Stale):
            drafts.keep(by=viewer_of(mira), week=W47, typed={}, read=read, now=NOW)
        with pytest.raises(Stale):
            drafts.throw_away(by=viewer_of(mira), week=W47, read=read)
    assert kept() == [("One", 1, 0, ONE, 1, NOW)]


def test_the_same_text_twice_is_one(mira):
    """CC-04: the answer was lost on the way, and the page was opened anew."""
    assert [keep(mira, "One"), keep(mira, "One")] == [1, 1]


def test_a_page_is_never_in_its_own_way_and_what_comes_late_is_dropped(mira):
    """CC-04: it saved, and the answer did not reach it; what it sent before that arrives after."""
    keep(mira, "One", Page(0, 0, ONE, 1))
    assert keep(mira, "Three", Page(0, 0, ONE, 3)) == 2
    assert keep(mira, "Two", Page(0, 0, ONE, 2)) == 2
    assert kept() == [("Three", 2, 0, ONE, 3, NOW)]


@pytest.mark.parametrize("version", [0, 1, 3])
def test_a_week_that_was_given_since_refuses_it(mira, version):
    """CC-01: a Done elsewhere is not typed over."""
    CheckInFactory(person=mira, week_on=WEEK_47, version=2)
    with pytest.raises(Stale, match="saved elsewhere"):
        keep(mira, "One", Page(version, 0))
    assert keep(mira, "One", Page(2, 0)) == 1
    assert kept() == [("One", 1, 2, "", 0, NOW)]


def test_a_week_that_was_never_given_is_none(mira):
    with pytest.raises(Stale):
        keep(mira, "One", Page(1, 0))
    assert kept() == []


@pytest.mark.parametrize("week", [W47 + 1, W47 + -1])
def test_a_week_that_is_over_or_ahead_is_not_typed(mira, week):
    with pytest.raises(NotNow):
        keep(mira, "One", week=week, now=NOW + timedelta(days=0 if week > W47 else 7))
    assert kept() == []


def test_there_is_an_end_to_what_is_kept(mira):
    """IN-05: names count too."""
    longest = drafts.MOST_CHARACTERS - len("did")
    with pytest.raises(DraftTooLong):
        keep(mira, "x" * (longest + 1))
    assert keep(mira, "x" * longest) == 1


def test_giving_the_week_takes_the_draft_along(mira):
    """DB-09: in one transaction; another's and another week's stay."""
    DraftFactory(person=mira)
    other = DraftFactory(week_on=WEEK_47)
    keep(mira, "One")
    give(mira, Page(0, 1))
    assert {*Draft.objects.values_list("person", "week_on")} == {
        (mira.pk, W47.monday - timedelta(days=7)),
        (other.person_id, WEEK_47),
    }


@pytest.mark.parametrize("read", [NEW, Page(0, 2), Page(0, 0, TWO, 9)])
def test_a_draft_that_was_not_read_refuses_the_week(mira, read):
    """CC-01: neither is written over the other."""
    keep(mira, "One", Page(0, 0, ONE, 1))
    with pytest.raises(Stale):
        give(mira, read)
    assert (CheckIn.objects.count(), kept()) == (0, [("One", 1, 0, ONE, 1, NOW)])
    give(mira, Page(0, 0, ONE, 9))
    assert kept() == []


def test_a_program_that_gives_the_week_leaves_the_draft_alone(mira):
    keep(mira, "One")
    give(mira, read=None)
    assert kept() == [("One", 1, 0, "", 0, NOW)]


def test_a_draft_that_changes_nothing_goes_with_done(mira):
    given = give(mira)
    keep(mira, "One", Page(1, 0))
    assert give(mira, Page(1, 1), version=1).version == given.version
    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_keep_at_once():
    """CC-01, CC-15."""
    mira = make_scene().mira
    keep(mira, "Before")
    ends = race(*[lambda key=key: keep(mira, key, Page(0, 1, key, 1)) for key in (ONE, TWO)])
    assert ends == ["Stale", "done"]
    assert [row[1] for row in kept()] == [2]


@pytest.mark.django_db(transaction=True)
def test_one_page_keeps_while_another_gives_the_week():
    """CC-01, CC-15: either the draft was read by Done, or it is refused; nothing typed goes unseen."""
    mira = make_scene().mira
    give(mira)
    keep(mira, "Before", Page(1, 0))
    told = race(
        lambda: keep(mira, "After", Page(1, 1, ONE, 1)),
        lambda: give(mira, Page(1, 1), version=1, words="Given again"),
    )
    assert told == ["Stale", "done"]
    assert (len(kept()), CheckIn.objects.get().version) in {(1, 1), (0, 2)}
