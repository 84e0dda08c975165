"""What its owner lets stand on the walls of their teams, for everyone in the room (guarantees B1)."""

import json

import pytest

from objectives.actions import objectives
from objectives.actions.objectives import ObjectiveInvalid
from objectives.models import Objective
from people.viewer import viewer_of
from tests.objectives.crew import sentence, told
from tests.objectives.pages import problems

pytestmark = pytest.mark.django_db
NARROW = "Only what your teams or everyone may read can stand on a wall."
OWN = "What everyone may read of a team’s stands on its wall anyway."


def words(row, **fields):
    kept = {"title": row.title, "audience": row.audience, "on_wall": row.on_wall, "team_id": row.team_id}
    return {**kept, **fields}


def reword(crew, row, now, **fields):
    wording = crew.wording(**words(row, **fields))
    by = viewer_of(row.owner)
    return objectives.reword(by=by, objective=row, version=row.version, wording=wording, now=now)


def typed(row, **fields):
    sent = {"title": row.title, "quarter": row.quarter_id, "home": row.team_id, "audience": row.audience, "version": 1}
    return {**sent, **fields}


@pytest.fixture
def mira(crew, client_of, frozen):
    return client_of(crew.mira)


def edit(browser, row, **fields):
    return browser.post(f"{row.get_absolute_url()}edit/", typed(row, **fields))


def is_on_wall(row):
    return Objective.objects.get(pk=row.pk).on_wall


def test_its_owner_puts_it_there_and_takes_it_off(crew, mira):
    row = crew.objective()
    assert edit(mira, row, on_wall="on").status_code == 302
    assert is_on_wall(row)
    assert told(row) == [("REWORDED", {"fields": ["on_wall"], "numbers": {}})]
    page = mira.get(row.get_absolute_url()).content.decode()
    assert (page.count(">on the wall<"), page.count("whether it may stand on walls")) == (1, 1)
    assert " checked" in mira.get(f"{row.get_absolute_url()}edit/").content.decode().partition('name="on_wall"')[2][:60]
    assert edit(mira, row, version=2).status_code == 302
    assert not is_on_wall(row)


def test_a_new_one_can_stand_there_at_once(crew, mira):
    sent = {"title": "Sing", "kind": "GROWTH", "quarter": crew.quarter.pk, "audience": "EVERYONE", "on_wall": "on"}
    rows = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0", "kr-TOTAL_FORMS": "0", "kr-INITIAL_FORMS": "0"}
    assert mira.post("/objectives/new/", {**sent, **rows, "draft": "yes"}).status_code == 302
    assert Objective.objects.get(title="Sing").on_wall


@pytest.mark.parametrize("audience", ["ONLY_ME", "MANAGER"])
def test_what_the_teams_may_not_read_is_refused(crew, mira, now, audience):
    """By the form, by the action, to whoever asks; the database holds it as well (tests/objectives/test_models.py)."""
    row = crew.objective(audience=audience)
    answer = edit(mira, row, on_wall="on")
    assert (answer.status_code, problems(answer)) == (422, [NARROW])
    assert sentence(ObjectiveInvalid, reword, crew=crew, row=row, now=now, on_wall=True) == NARROW
    wording = crew.wording(audience=audience, on_wall=True)
    create = {"by": viewer_of(crew.mira), "kind": "GROWTH", "wording": wording, "now": now}
    assert sentence(ObjectiveInvalid, objectives.create, **create) == NARROW
    assert not Objective.objects.filter(on_wall=True).exists()


@pytest.mark.parametrize("audience", ["ONLY_ME", "MANAGER"])
def test_narrowed_it_leaves_the_wall(crew, mira, audience):
    """Nobody has to untick it first; it does not come back by itself."""
    row = crew.objective(on_wall=True)
    assert edit(mira, row, on_wall="on", audience=audience).status_code == 302
    assert not is_on_wall(row)
    (event,) = [data for _verb, data in told(row)]
    assert event == {"fields": ["audience", "on_wall"], "numbers": {}, "audience": ["MY_TEAMS", audience]}
    assert edit(mira, row, version=2).status_code == 302
    assert not is_on_wall(row)


def test_opened_to_everyone_it_stays(crew, mira):
    row = crew.objective(on_wall=True)
    assert edit(mira, row, on_wall="on", audience="EVERYONE").status_code == 302
    assert is_on_wall(row)


def test_a_teams_objective_has_no_tick(crew, mira, now):
    row = crew.team_objective()
    assert 'name="on_wall"' not in mira.get(f"{row.get_absolute_url()}edit/").content.decode()
    assert edit(mira, row, on_wall="on", title="Ship").status_code == 302
    assert not is_on_wall(row)
    again = Objective.objects.with_people().get(pk=row.pk)
    assert sentence(ObjectiveInvalid, reword, crew=crew, row=again, now=now, on_wall=True) == OWN


def change(browser, row, **body):
    answer = browser.patch(f"/api/v1/objectives/{row.pk}/", body, "application/json", headers={"if-match": "*"})
    return answer.status_code, json.loads(answer.content)


def test_a_program_does_the_same(crew, mira):
    row = crew.objective()
    status, body = change(mira, row, on_wall=True)
    assert (status, body["on_wall"]) == (200, True)
    status, body = change(mira, row, audience="ONLY_ME")
    assert (status, body["audience"], body["on_wall"]) == (200, "ONLY_ME", False)
    status, body = change(mira, row, on_wall=True)
    assert (status, body["detail"]) == (400, NARROW)
    assert change(mira, row, on_wall=None)[0] == 400
