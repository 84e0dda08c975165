"""The order of objectives: siblings alone change places (guarantees AZ-06, CC-10)."""

from functools import partial

import pytest

from activity.models import Event
from objectives.actions import objectives
from objectives.models import Objective
from people.viewer import viewer_of
from tests.factories import CoOwnerFactory, TeamFactory
from tests.objectives.crew import read, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(crew, now):
    """Everything around one team objective, Charter: only First, Charter and Last are its siblings on the board."""
    harbour = TeamFactory(name="Harbour")
    team = partial(crew.team_objective, owner=crew.mira)
    made = {
        "First": team(position=0, owner=crew.jonas),
        "Draft": team(position=1, state="DRAFT"),
        "Charter": team(position=4),
        "Last": team(position=9, state="DROPPED", state_reason="No."),
        "Gone": team(position=2, deleted_at=now),
        "Later": team(position=3, quarter=crew.after),
        "Harbour's": team(position=3, team=harbour),
        "Own": crew.objective(position=3),
        "Hidden": crew.objective(position=4, audience="ONLY_ME"),
        "Own later": crew.objective(position=4, quarter=crew.after),
        "Jonas's own": crew.objective(position=3, owner=crew.jonas),
    }
    for title, row in made.items():
        Objective.objects.filter(pk=row.pk).update(title=title)
    CoOwnerFactory(objective=made["Charter"], user=crew.jonas)
    return {title: read(row) for title, row in made.items()}


def places():
    return dict(Objective.objects.values_list("title", "position"))


@pytest.mark.parametrize("person", ["mira", "jonas", "elif_"])
@pytest.mark.parametrize(
    ("up", "moved"),
    [(True, {"Charter": 0, "First": 1, "Last": 2}), (False, {"First": 0, "Last": 1, "Charter": 2})],
)
def test_a_teams_objective_moves_among_what_its_board_shows(crew, table, now, person, up, moved):
    """Whoever words it: nothing of the owner's, of another quarter or team, or a draft, changes its place."""
    before = places()
    objectives.move(by=viewer_of(getattr(crew, person)), objective=table["Charter"], up=up, now=now)
    assert places() == before | moved
    assert told(table["Charter"]) == [("MOVED", {})]
    assert Event.objects.count() == 1


def test_a_draft_of_the_team_moves_past_what_is_published(crew, table, now):
    before = places()
    objectives.move(by=viewer_of(crew.elif_), objective=table["Draft"], up=False, now=now)
    assert places() == before | {"First": 0, "Charter": 1, "Draft": 2, "Last": 3}


def test_a_personal_one_moves_among_its_owners_own(crew, table, now):
    before = places()
    objectives.move(by=viewer_of(crew.mira), objective=table["Hidden"], up=True, now=now)
    assert places() == before | {"Hidden": 0, "Own": 1}


@pytest.mark.parametrize(("title", "up"), [("First", True), ("Last", False), ("Own", True), ("Hidden", False)])
def test_at_the_end_of_the_list_nothing_moves(crew, table, now, title, up):
    Objective.objects.filter(title="Last").update(state="ACTIVE", state_reason="")
    before = places()
    objectives.move(by=viewer_of(table[title].owner), objective=read(table[title]), up=up, now=now)
    assert (places(), Event.objects.count()) == (before, 0)


def test_a_new_one_is_the_last_of_its_siblings(crew, table, now):
    def new(person, **fields):
        words = crew.wording(team_id=crew.team.pk, **fields)
        kind = "TEAM" if words.audience == "TEAM" else "GROWTH"
        return objectives.create(by=viewer_of(person), kind=kind, wording=words, now=now).position

    assert [new(crew.elif_, audience="TEAM"), new(crew.mira), new(crew.elif_)] == [10, 5, 0]
