"""One's own shelf: ideas put there, reworded, taken off, and made an objective once (P50, P68)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from activity.models import Event
from core.errors import NotNow, NotYours, Stale
from objectives.actions import ideas
from objectives.actions.objectives import Wording, WrittenAlready
from objectives.actions.writing import write
from objectives.models import Idea, Objective
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import IdeaFactory, ObjectiveFactory
from tests.objectives.crew import measure, read
from tests.people.racing import race

pytestmark = pytest.mark.django_db
KEY = UUID("6f1b9d0e-5a55-4c39-9d8e-0d6b4c1f7a10")
LATER = NOW + timedelta(days=29)


@pytest.fixture
def mira(crew):
    return viewer_of(crew.mira)


def stands(person):
    return [*person.ideas.filter(deleted_at=None).order_by("added_at", "pk").values_list("title", "why")]


def add(by, title="Set type by hand", why="", key=None):
    return ideas.add(by=by, title=title, why=why, client_key=key or uuid4(), now=NOW)


def written(crew, idea_pk, key=None, **fields):
    wording = Wording(**{"title": "Type", "quarter_id": crew.quarter.pk, "audience": "MY_TEAMS", **fields})
    return write(
        by=viewer_of(crew.mira),
        kind="GROWTH",
        wording=wording,
        measures=[measure()],
        is_active=True,
        client_key=key or uuid4(),
        idea_pk=idea_pk,
        now=NOW,
    )


def test_put_there_once_however_often_it_is_pressed(crew, mira):
    """CC-04."""
    add(mira, why="In winter", key=KEY)
    with pytest.raises(ideas.AddedAlready):
        add(mira, key=KEY)
    add(viewer_of(crew.jonas), "Sing", key=KEY)
    assert (stands(crew.mira), stands(crew.jonas)) == ([("Set type by hand", "In winter")], [("Sing", "")])


def test_nothing_is_logged(crew, mira):
    """Nobody else learns that there is a shelf, by no history."""
    one = add(mira)
    ideas.reword(by=mira, idea=one, version=1, title="Other", why="So")
    ideas.take_off(by=mira, idea=one, now=NOW)
    ideas.put_back(by=mira, idea=one, now=NOW)
    assert stands(crew.mira) == [("Other", "So")]
    written(crew, one.pk)
    assert {*Event.objects.values_list("subject_type", flat=True)} == {"objectives.Objective", "objectives.KeyResult"}
    assert not Event.objects.exclude(data={}).filter(data__has_key="idea").exists()


def test_a_newer_version_is_not_overwritten(crew, mira):
    """CC-01."""
    one = IdeaFactory(owner=crew.mira)
    ideas.reword(by=mira, idea=one, version=1, title="Mine", why="")
    with pytest.raises(Stale):
        ideas.reword(by=mira, idea=one, version=1, title="Other", why="")
    assert stands(crew.mira) == [("Mine", "")]


@pytest.mark.parametrize("name", ["elif_", "jonas", "nora"])
def test_nobody_else_does_anything_with_it(crew, name):
    """Her manager and lead, a teammate and a stranger, who know its id."""
    other = viewer_of(getattr(crew, name))
    one, off = IdeaFactory(owner=crew.mira, title="Hers"), IdeaFactory(owner=crew.mira, deleted_at=NOW)
    assert not Idea.objects.visible_to(other).exists()
    assert not Idea.objects.deleted_by_mistake(other, now=NOW).exists()
    for act in (
        lambda: ideas.reword(by=other, idea=one, version=1, title="Other", why=""),
        lambda: ideas.take_off(by=other, idea=one, now=NOW),
        lambda: ideas.put_back(by=other, idea=off, now=NOW),
        lambda: ideas.take_up(by=other, idea_pk=one.pk),
    ):
        with pytest.raises(NotNow):
            act()
    assert stands(crew.mira) == [("Hers", "")]


def test_taken_off_and_put_back_within_thirty_days(crew, mira):
    one = IdeaFactory(owner=crew.mira, title="Sing")
    ideas.take_off(by=mira, idea=one, now=NOW)
    with pytest.raises(ideas.TakenOffAlready):
        ideas.take_off(by=mira, idea=one, now=NOW)
    with pytest.raises(NotNow, match="off your shelf"):
        ideas.reword(by=mira, idea=one, version=2, title="Other", why="")
    assert stands(crew.mira) == []
    with pytest.raises(NotNow):
        ideas.put_back(by=mira, idea=one, now=LATER + timedelta(days=2))
    ideas.put_back(by=mira, idea=one, now=LATER)
    with pytest.raises(NotNow):
        ideas.put_back(by=mira, idea=one, now=LATER)
    assert stands(crew.mira) == [("Sing", "")]


def test_what_it_becomes_takes_its_place_or_nothing_happens(crew):
    """DB-03: with the objective it goes, and where none is made it stays."""
    one, _kept = IdeaFactory(owner=crew.mira), IdeaFactory(owner=crew.mira, title="Kept")
    made = written(crew, one.pk, KEY)
    assert (stands(crew.mira), Objective.objects.get()) == ([("Kept", "")], made)
    with pytest.raises(WrittenAlready):
        written(crew, one.pk, KEY)
    with pytest.raises(NotNow, match="become an objective already"):
        written(crew, one.pk)
    with pytest.raises(NotNow):
        written(crew, IdeaFactory(owner=crew.jonas).pk)
    assert (Objective.objects.count(), stands(crew.mira)) == (1, [("Kept", "")])


def test_what_was_taken_off_while_one_wrote_is_still_taken_up(crew):
    one = IdeaFactory(owner=crew.mira, deleted_at=NOW)
    written(crew, one.pk)
    assert (Objective.objects.count(), Idea.objects.count()) == (1, 0)


def test_to_park_is_to_drop_and_keep_the_idea(crew, mira):
    """P68: with all its words."""
    row = read(ObjectiveFactory(owner=crew.mira, title="Paint", why="Why " * 400))
    kept = ideas.park(by=mira, objective=row, reason="Next year", now=NOW)
    row.refresh_from_db()
    assert (row.state, row.state_reason) == ("DROPPED", "Next year")
    assert (kept.owner_id, kept.title, kept.why, kept.added_at) == (crew.mira.pk, "Paint", "Why " * 400, NOW)
    assert [*Event.objects.values_list("verb", flat=True)] == ["DROPPED"]


def test_what_cannot_be_dropped_is_not_parked(crew, mira):
    team = read(ObjectiveFactory(owner=crew.mira, kind="TEAM", team=crew.team, audience="EVERYONE"))
    draft = read(ObjectiveFactory(owner=crew.mira, state="DRAFT"))
    theirs = read(ObjectiveFactory(owner=crew.jonas))
    for row, refusal in ((team, NotYours), (draft, NotNow), (theirs, NotYours)):
        with pytest.raises(refusal):
            ideas.park(by=mira, objective=row, reason="No", now=NOW)
    assert (Idea.objects.count(), Objective.objects.filter(state="DROPPED").count()) == (0, 0)


@pytest.mark.parametrize("broken", [{"title": ""}, {"client_key": KEY}])
def test_the_database_refuses(crew, broken):
    IdeaFactory(owner=crew.mira, client_key=KEY)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaFactory(owner=crew.mira, **broken)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_idea(crew, mira):
    """CC-04."""
    assert race(*[lambda: add(mira, key=KEY)] * 2) == ["AddedAlready", "done"]
    assert len(stands(crew.mira)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_make_one_objective_of_one_idea(crew):
    """CC-01: two tabs, two forms."""
    one = IdeaFactory(owner=crew.mira)
    assert race(lambda: written(crew, one.pk), lambda: written(crew, one.pk)) == ["NotNow", "done"]
    assert (Objective.objects.count(), Idea.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_rewordings_of_one_version(crew, mira):
    """CC-01."""
    one = IdeaFactory(owner=crew.mira)

    def save(title):
        return lambda: ideas.reword(by=mira, idea=one, version=1, title=title, why="")

    assert race(save("One"), save("Other")) == ["Stale", "done"]
