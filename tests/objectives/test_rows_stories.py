"""History, told from events, and two versions of one thing (CC-01)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from activity.actions.events import record
from objectives.actions import key_results, objectives, readings
from objectives.actions.readings import Reading
from objectives.forms import KeyResultForm
from objectives.models import KeyResult, events_of, last_change_of, names_in
from objectives.rows import history, newer
from people.viewer import viewer_of
from tests.factories import KeyResultFactory
from tests.objectives.crew import measure, read

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def told(viewer, objective):
    rows = KeyResult.objects.visible_to(viewer).filter(objective=objective)
    events = events_of(objective)
    return [story.text for story in history(objective, rows, events, BERLIN, names_in(events))]


def test_a_life_in_sentences(crew, now):
    """The newest first; what happened in one moment in the order in which it is told."""
    viewer = viewer_of(crew.mira)
    row = objectives.create(by=viewer, kind="GROWTH", wording=crew.wording(), now=now)
    first = key_results.add(by=viewer, objective=row, measure=measure(title="Essays"), now=now)
    key_results.add(by=viewer, objective=row, measure=measure(title="Letters"), now=now)
    later = [now + timedelta(days=days) for days in range(1, 11)]
    objectives.propose(by=viewer, objective=row, now=later[0])
    objectives.activate(by=viewer, objective=row, now=later[1])
    new = measure(title="Essays", target=measure().target * 2, baseline=None)
    key_results.change(by=viewer, key_result=read(first), version=1, reason="So.", measure=new, now=later[2])
    words = crew.wording(title="Write better", hours=measure().target)
    objectives.reword(by=viewer, objective=read(row), version=3, wording=words, now=later[3])
    key_results.drop(by=viewer, key_result=read(first), reason="No.", now=later[4])
    objectives.delete(by=viewer, objective=read(row), now=later[5])
    objectives.restore(by=viewer, objective=read(row), now=later[6])
    objectives.drop(by=viewer, objective=read(row), reason="Enough.", now=later[7])
    objectives.resume(by=viewer, objective=read(row), now=later[8])
    key_results.resume(by=viewer, key_result=read(first), now=later[9])
    assert told(viewer, read(row)) == [
        "“Essays” taken up again.",
        "Taken up again.",
        "Dropped.",
        "Brought back.",
        "Deleted.",
        "“Essays” dropped.",
        "Changed: hours a week unknown → 10, wording.",
        "“Essays” changed: from 0 → unknown, target 10 → 20.",
        "Made active.",
        "Shown to the manager.",
        "“Letters” added.",
        "“Essays” added.",
        "Written down.",
    ]


def test_what_happened_in_one_moment_keeps_its_order_when_key_results_are_moved(crew, now):
    viewer = viewer_of(crew.mira)
    row = objectives.create(by=viewer, kind="GROWTH", wording=crew.wording(), now=now)
    for title in ("Essays", "Letters", "Talks"):
        key_results.add(by=viewer, objective=row, measure=measure(title=title), now=now)
    before = told(viewer, read(row))
    for position, title in enumerate(("Talks", "Essays", "Letters")):
        KeyResult.objects.filter(title=title).update(position=position)
    assert told(viewer, read(row)) == before


def test_a_story_has_the_readers_day_and_a_name(crew, now):
    row = crew.objective()
    late = now.replace(hour=23, minute=30)  # the next day in Berlin
    record("ACTIVATED", row, by_pk=crew.mira.pk, now=late)
    record("CLOSED", row, by_pk=None, now=late)
    assert [(one.on, one.by, one.text) for one in history(row, [], events_of(row), BERLIN, {})] == [
        (date(2026, 11, 20), "", "Closed."),
        (date(2026, 11, 20), "Mira", "Made active."),
    ]


def test_a_deleted_key_result_leaves_no_words(crew, now):
    """Decisions 28: what is gone is told without its title and numbers."""
    viewer = viewer_of(crew.mira)
    row = KeyResultFactory(objective=crew.objective(), title="SECRET-TITLE")
    key_results.change(
        by=viewer, key_result=read(row), version=1, reason="So.", measure=measure(title="SECRET-TWO"), now=now
    )
    key_results.delete(by=viewer, key_result=read(row), now=now + timedelta(days=1))
    assert told(viewer, row.objective) == ["A key result deleted."]
    key_results.restore(by=viewer, key_result=read(row), now=now + timedelta(days=2))
    assert told(viewer, row.objective) == [
        "“SECRET-TWO” brought back.",
        "“SECRET-TWO” deleted.",
        "“SECRET-TWO” changed: wording, unit.",
    ]


def test_a_key_result_that_moved_is_told_at_both_ends(crew, now):
    viewer = viewer_of(crew.mira)
    row, target = read(KeyResultFactory(objective=crew.objective(), title="Essays")), read(crew.team_objective())
    key_results.move_to(by=viewer, key_result=row, objective=target, now=now)
    assert told(viewer, row.objective) == ["A key result moved to another objective."]
    assert told(viewer, target) == ["“Essays” moved here."]


def test_readings_and_places_are_no_story(crew, now):
    viewer = viewer_of(crew.mira)
    row = KeyResultFactory(objective=crew.objective())
    KeyResultFactory(objective=row.objective, position=1)
    readings.log(by=viewer, week=viewer.week(now), readings=[Reading(read(row), 7, measure().target)], now=now)
    key_results.move(by=viewer, key_result=read(row), up=False, now=now)
    assert (events_of(row.objective), last_change_of(row)) == ([], None)
    record("UNHEARD_OF", row.objective, by_pk=None, now=now)
    assert (told(viewer, row.objective), len(events_of(row.objective))) == ([], 1)


def test_what_another_saved_stands_beside_what_was_typed(crew, now):
    """CC-01: by whom and when, in the reader's zone; only what differs, choices in words."""
    viewer = viewer_of(crew.mira)
    row = read(KeyResultFactory(objective=crew.objective(), title="Essays"))
    key_results.change(by=viewer, key_result=row, version=1, reason="So.", measure=measure(title="Theirs"), now=now)
    form = KeyResultForm({"title": "Mine", "kind": "COUNT"})
    versions = {
        "theirs": {"title": "Theirs", "kind": "NUMBER", "unit": ""},
        "mine": {"title": "Mine", "kind": "COUNT", "unit": ""},
    }
    found = newer(form, last_change_of(row), zone=BERLIN, **versions)
    assert (found.by, f"{found.at:%H:%M}") == ("Mira", "11:00")
    assert [(one.label, one.theirs, one.mine) for one in found.differences] == [
        ("Key result", "Theirs", "Mine"),
        ("Kind", "a number", "a count"),
    ]
    unknown = newer(form, None, zone=BERLIN, **versions)
    assert (unknown.by, unknown.at) == ("", None)
