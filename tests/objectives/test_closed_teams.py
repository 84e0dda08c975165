"""What a closed team wrote stays readable for those who could read it, and nobody writes there (DB-05)."""

import pytest

from core.calendar import Week
from core.errors import NotNow
from objectives.actions import key_results, objectives, readings
from objectives.actions.readings import Reading
from objectives.models import KeyResult, Objective
from people.models import Team
from people.viewer import viewer_of
from tests.factories import KeyResultFactory
from tests.house.matrix import tables
from tests.objectives.crew import measure, read, sentence
from tests.objectives.pages import main

pytestmark = pytest.mark.django_db
STAYS = "Its team is closed, so it stays as it is."
CHANGED = "Its state has changed since you opened the page."


@pytest.fixture
def rows(crew, now):
    """The team's, with a key result of Mira's each; and one that was deleted."""
    made = {
        "active": crew.team_objective(audience="TEAM"),
        "draft": crew.team_objective(state="DRAFT", audience="TEAM"),
        "dropped": crew.team_objective(state="DROPPED", state_reason="No."),
        "deleted": crew.team_objective(deleted_at=now),
    }
    for row in made.values():
        KeyResultFactory(objective=row, owner=crew.mira)
    return made


def close(crew, now):
    Team.objects.filter(pk=crew.team.pk).update(closed_at=now)


def test_who_could_read_reads_on_and_finds_it_in_no_list_of_things_to_do(crew, rows, now):
    close(crew, now)
    for person, expected in ((crew.mira, 3), (crew.jonas, 3), (crew.elif_, 3), (crew.nora, 1)):
        viewer = viewer_of(person)
        found = Objective.objects.visible_to(viewer)
        assert found.count() == expected, person.name
        assert not found.worded_by(viewer).exists()
        assert not found.for_home(viewer, now.date()).exists()
        assert not found.changeable_by(viewer).exists()
        parts = KeyResult.objects.visible_to(viewer)
        assert not parts.for_check_in(viewer, Week.on(now.date()), with_planned=True).exists()


WRITES = {
    "reword": lambda by, row, crew, now: objectives.reword(
        by=by, objective=row, version=1, wording=crew.wording(team_id=crew.team.pk, audience="TEAM"), now=now
    ),
    "move": lambda by, row, crew, now: objectives.move(by=by, objective=row, up=True, now=now),
    "drop": lambda by, row, crew, now: objectives.drop(by=by, objective=row, reason="No.", now=now),
    "delete": lambda by, row, crew, now: objectives.delete(by=by, objective=row, now=now),
    "co-owners": lambda by, row, crew, now: objectives.set_co_owners(
        by=by, objective=row, opened=[], people=[crew.jonas], now=now
    ),
    "add": lambda by, row, crew, now: key_results.add(by=by, objective=row, measure=measure(), now=now),
    "change": lambda by, row, crew, now: key_results.change(
        by=by, key_result=read(row.key_results.get()), version=1, measure=measure(title="New"), now=now
    ),
    "drop a part": lambda by, row, crew, now: key_results.drop(
        by=by, key_result=read(row.key_results.get()), reason="No.", now=now
    ),
    "delete a part": lambda by, row, crew, now: key_results.delete(
        by=by, key_result=read(row.key_results.get()), now=now
    ),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("is_read_before", [True, False], ids=["read before", "read after"])
def test_nobody_writes_there(crew, rows, now, write, is_read_before):
    """Neither somebody who opened the page before it was closed, nor later; owner and lead are told the same."""
    for person in (crew.mira, crew.elif_):
        if write == "delete" and person == crew.mira:
            continue  # a lead deletes what was published
        Team.objects.filter(pk=crew.team.pk).update(closed_at=None)
        found, viewer = read(rows["active"]), viewer_of(person)
        close(crew, now)
        if not is_read_before:
            found, viewer = read(rows["active"]), viewer_of(person)
        before = tables()
        said = sentence(NotNow, WRITES[write], by=viewer, row=found, crew=crew, now=now)
        assert said in ({STAYS, CHANGED} if is_read_before else {STAYS})
        assert tables() == before


def test_nor_from_draft_to_active_nor_back_nor_a_week(crew, rows, now):
    close(crew, now)
    lead, mira = viewer_of(crew.elif_), viewer_of(crew.mira)
    for action, mark in (
        (objectives.activate, "draft"),
        (objectives.resume, "dropped"),
        (objectives.restore, "deleted"),
    ):
        assert sentence(NotNow, action, by=lead, objective=read(rows[mark]), now=now) == STAYS
    reading = Reading(read(rows["active"].key_results.get()), 7)
    week = Week.on(now.date())
    assert sentence(NotNow, readings.log, by=mira, week=week, readings=[reading], now=now)


@pytest.mark.usefixtures("frozen")
def test_its_page_says_so_and_offers_nothing(crew, rows, now, client_of):
    close(crew, now)
    row = rows["active"]
    for person in (crew.mira, crew.elif_, crew.jonas):
        page = client_of(person).get(row.get_absolute_url())
        assert "Edit" not in main(page)
        assert (STAYS in main(page)) is (person != crew.jonas)
    lead = client_of(crew.elif_)
    for path in ("edit/", "owner/", "co-owners/", "key-results/new/"):
        assert lead.get(f"{row.get_absolute_url()}{path}").status_code == 409
    assert lead.get(f"/teams/{crew.team.slug}/").status_code == 200
