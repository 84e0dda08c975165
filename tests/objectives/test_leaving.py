"""Who leaves a team keeps nothing of its objectives but what everyone reads (decisions 4, AZ-07)."""

from datetime import date

import pytest

from core.calendar import Week
from core.errors import NotYours
from objectives import permissions
from objectives.actions import key_results, readings
from objectives.actions.measures import KeyResultInvalid
from objectives.actions.readings import Reading
from objectives.forms import KeyResultForm
from objectives.models import KeyResult, Objective
from people.viewer import viewer_of
from tests.factories import ConfidenceFactory, KeyResultFactory, make_world
from tests.objectives.crew import measure, read, sentence
from tests.objectives.pages import main

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 19)
WEEK = Week.on(TODAY)
MARKS = {"TEAM_EVERYONE", "TEAM_ONLY", "TEAM_DRAFT"}


@pytest.fixture
def rows(crew, now):
    """What Mira answers for and logs: hers, the team's for everyone, for the team, a draft, and deleted drafts."""
    made = {
        "OWN": crew.objective(),
        "OPEN": crew.team_objective(),
        "TEAM": crew.team_objective(audience="TEAM"),
        "DRAFT": crew.team_objective(state="DRAFT"),
        "GONE": crew.objective(state="DRAFT", deleted_at=now),
        "TEAM GONE": crew.team_objective(state="DRAFT", deleted_at=now),
    }
    for title, row in made.items():
        KeyResultFactory(objective=row)
        Objective.objects.filter(pk=row.pk).update(title=title)
    return made


def leave(person):
    person.memberships.update(left_on=TODAY)


def found(viewer, now):
    """What each list holds of them."""
    mine, parts = Objective.objects.visible_to(viewer), KeyResult.objects.visible_to(viewer)
    lists = {
        "read": mine,
        "mine": mine.worded_by(viewer),
        "changeable": mine.changeable_by(viewer),
        "home": mine.for_home(viewer, TODAY),
        "restorable": Objective.objects.deleted_by_mistake(viewer, now=now),
    }
    logged = parts.for_check_in(viewer, WEEK, with_planned=True)
    return {name: {row.title for row in rows} for name, rows in lists.items()} | {
        "logged": {row.objective.title for row in logged}
    }


def test_what_an_owner_finds_before_and_after(crew, rows, now):
    theirs = {"OWN", "OPEN", "TEAM", "DRAFT"}
    assert found(viewer_of(crew.mira), now) == {
        "read": theirs,
        "mine": theirs,
        "changeable": theirs,
        "home": theirs,
        "restorable": {"GONE", "TEAM GONE"},
        "logged": {"OWN", "OPEN", "TEAM"},
    }
    leave(crew.mira)
    assert found(viewer_of(crew.mira), now) == {
        "read": {"OWN", "OPEN"},
        "mine": {"OWN"},
        "changeable": {"OWN"},
        "home": {"OWN"},
        "restorable": {"GONE"},
        "logged": {"OWN"},
    }


def test_an_owner_who_left_words_and_logs_nothing_there(crew, rows, now):
    leave(crew.mira)
    viewer, row = viewer_of(crew.mira), read(rows["OPEN"])
    part = read(row.key_results.get())
    for why_not in (permissions.why_not_word, permissions.why_not_drop, permissions.why_not_delete):
        assert why_not(viewer, row) != ""
    said = "You have left the team. Its leads can name who logs this from now on."
    for action, more in [(readings.log, {"week": WEEK}), (readings.set_openings, {})]:
        assert sentence(NotYours, action, by=viewer, readings=[Reading(part, 7)], now=now, **more) == said


def test_a_lead_names_who_logs_it_instead(crew, rows, now):
    """Who has left is not given anything either, not even as the objective's owner."""
    leave(crew.mira)
    viewer, row = viewer_of(crew.elif_), read(rows["OPEN"])
    part = read(row.key_results.get())
    form = KeyResultForm(viewer=viewer, objective=row)
    assert {name for _pk, name in form.fields["owner"].choices} == {"Elif", "Jonas"}
    form = KeyResultForm(viewer=viewer, objective=row, logged_by=crew.mira)
    assert [name for _pk, name in form.fields["owner"].choices] == ["Elif", "Jonas", "Mira"]
    words = "Its owner logs it, or somebody else of the team."
    assert sentence(KeyResultInvalid, key_results.add, by=viewer, objective=row, measure=measure(), now=now) == words
    key_results.change(
        by=viewer, key_result=part, version=1, reason="So.", measure=measure(), owner_pk=crew.jonas.pk, now=now
    )
    assert KeyResult.objects.get(pk=part.pk).owner == crew.jonas


def test_what_they_said_stays_theirs(crew, rows):
    """A week that was given is read on, as far as its objective is."""
    for mark in ("OPEN", "TEAM"):
        ConfidenceFactory(key_result=rows[mark].key_results.get(), week_on=WEEK.monday)
    leave(crew.mira)
    viewer = viewer_of(crew.mira)
    assert [row.objective.title for row in KeyResult.objects.visible_to(viewer).said_in(viewer, WEEK)] == ["OPEN"]


@pytest.mark.usefixtures("frozen")
def test_its_pages_are_gone_or_without_a_button(crew, rows, client_of):
    leave(crew.mira)
    browser = client_of(crew.mira)
    assert [browser.get(rows[mark].get_absolute_url()).status_code for mark in ("OPEN", "TEAM", "DRAFT")] == [
        200,
        404,
        404,
    ]
    assert "Edit" not in main(browser.get(rows["OPEN"].get_absolute_url()))
    assert browser.get(f"{rows['OPEN'].get_absolute_url()}edit/").status_code == 403


@pytest.mark.parametrize("ends", ["membership", "team"])
def test_their_manager_reads_no_more_than_they_do(ends, now):
    """Mona reads the rockets' objectives because Alice, who answers for them, is one of the rockets."""
    world = make_world()

    def read_by(name):
        rows = Objective.objects.visible_to(viewer_of(world.persona(name)))
        return {mark for mark, row in world.objectives.items() if mark in MARKS and rows.filter(pk=row.pk).exists()}

    assert {name: read_by(name) for name in ("alice", "mona")} == {"alice": MARKS, "mona": MARKS}
    if ends == "membership":
        world.alice.memberships.filter(team=world.rockets).update(left_on=TODAY)
    else:
        world.rockets.closed_at = now
        world.rockets.save(update_fields=["closed_at"])
    left = MARKS if ends == "team" else {"TEAM_EVERYONE"}  # a closed team's stay with those who could read them
    assert {name: read_by(name) for name in ("alice", "mona")} == {"alice": left, "mona": left}
