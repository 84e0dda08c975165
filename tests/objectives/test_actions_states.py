"""From draft to active, dropped and taken up again, deleted and back: effects, events, refusals, and two at once."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.models import Event
from core.errors import NotNow, NotYours
from objectives.actions import key_results, objectives
from objectives.actions.holding import hold
from objectives.actions.objectives import ActiveAlready, DeletedAlready, ObjectiveInvalid
from objectives.models import KeyResult, Objective
from people.actions.reporting import set_manager
from people.models import Organisation, User
from people.viewer import viewer_of
from tests.factories import KeyResultFactory, UserFactory
from tests.objectives.crew import just_before, measure, read, sentence, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(crew):
    return KeyResultFactory(objective=crew.objective(state="DRAFT")).objective


def state_of(row) -> tuple:
    return Objective.objects.values_list("state", "state_by", "state_at", "state_reason", "version").get(pk=row.pk)


def test_a_draft_becomes_active(crew, draft, now):
    row = objectives.activate(by=viewer_of(crew.mira), objective=read(draft), now=now)
    assert state_of(row) == ("ACTIVE", crew.mira.pk, now, "", 2)
    assert (row.state, told(row)) == ("ACTIVE", [("ACTIVATED", {})])
    assert Event.objects.about(row).get().team_id == crew.team.pk


def test_without_a_measure_it_does_not(crew, now):
    row = crew.objective(state="DRAFT")
    KeyResultFactory(objective=row, deleted_at=now)
    KeyResultFactory(objective=row, state="DROPPED", state_reason="No.")
    words = sentence(ObjectiveInvalid, objectives.activate, by=viewer_of(crew.mira), objective=read(row), now=now)
    assert words == "Give it a key result first: how will you know you met it?"
    assert state_of(row)[0] == "DRAFT"


def test_the_objective_is_held_before_its_measures_are_counted(crew, draft, now):
    """Decisions 16: a key result that goes in the same moment is not counted."""
    going = KeyResult.objects.filter(objective=draft)
    row, viewer = read(draft), viewer_of(crew.mira)
    with just_before('UPDATE "objectives_objective"', lambda: going.update(deleted_at=now)):
        assert sentence(ObjectiveInvalid, objectives.activate, by=viewer, objective=row, now=now)
    assert state_of(draft)[0] == "DRAFT"


@pytest.mark.parametrize(
    ("zone", "is_over"), [("UTC", False), ("Pacific/Kiritimati", True), ("Pacific/Pago_Pago", False)]
)
def test_its_quarter_ends_by_the_organisations_day(crew, draft, zone, is_over):
    """Decisions 17: eleven in the morning of 31 December in UTC is New Year on Kiritimati."""
    Organisation.objects.update(zone=zone)
    end = datetime(2026, 12, 31, 11, 0, tzinfo=UTC)
    arguments = {"by": viewer_of(crew.mira), "objective": read(draft), "now": end}
    if is_over:
        assert sentence(NotNow, objectives.activate, **arguments).startswith("Its quarter is over.")
    else:
        assert objectives.activate(**arguments).state == "ACTIVE"


def test_active_twice_is_once(crew, draft, now):
    """Compare and set: two who read the draft."""
    one, other = read(draft), read(draft)
    objectives.activate(by=viewer_of(crew.mira), objective=one, now=now)
    words = sentence(NotNow, objectives.activate, by=viewer_of(crew.mira), objective=other, now=now)
    assert words == "Its state has changed since you opened the page."
    assert sentence(NotNow, objectives.activate, by=viewer_of(crew.mira), objective=read(draft), now=now) == (
        "It is not a draft any more."
    )
    assert told(draft) == [("ACTIVATED", {})]


def test_a_draft_is_shown_to_the_manager_once(crew, draft, now):
    """Decisions 11."""
    boss, row = viewer_of(crew.elif_), read(draft)
    assert not Objective.objects.visible_to(boss).exists()
    objectives.propose(by=viewer_of(crew.mira), objective=row, now=now)
    assert list(Objective.objects.visible_to(boss)) == [draft]
    words = sentence(NotNow, objectives.propose, by=viewer_of(crew.mira), objective=row, now=now)
    assert words == "It is not a draft any more, or your manager sees it already."
    assert told(draft) == [("PROPOSED", {})]


def test_whoever_is_manager_later_is_shown_nothing(crew, draft, now):
    """PRIV-01, PRIV-10: it was shown to a person, not to a role; not even to a site admin who takes the role."""
    admin = UserFactory(name="Ada", is_site_admin=True)
    objectives.propose(by=viewer_of(crew.mira), objective=read(draft), now=now)
    set_manager(by=viewer_of(admin), person=crew.mira, manager=admin, was_pk=crew.elif_.pk, now=now)
    assert [*Objective.objects.visible_to(viewer_of(User.objects.get(pk=admin.pk)))] == []
    assert [*Objective.objects.visible_to(viewer_of(crew.elif_))] == []
    mira = viewer_of(User.objects.get(pk=crew.mira.pk))
    objectives.propose(by=mira, objective=read(draft), now=now)
    assert [*Objective.objects.visible_to(viewer_of(admin))] == [draft]
    assert told(draft) == [("PROPOSED", {}), ("PROPOSED", {})]


def test_what_was_shown_can_be_taken_back(crew, draft, now):
    mira, boss = viewer_of(crew.mira), viewer_of(crew.elif_)
    assert sentence(NotNow, objectives.take_back, by=mira, objective=read(draft), now=now) == (
        "It is not a draft any more, or nobody is shown it."
    )
    objectives.propose(by=mira, objective=read(draft), now=now)
    assert sentence(NotYours, objectives.take_back, by=boss, objective=read(draft), now=now) == (
        "Only its owner shows a draft to their manager."
    )
    objectives.take_back(by=mira, objective=read(draft), now=now)
    assert [*Objective.objects.visible_to(boss)] == []
    assert told(draft) == [("PROPOSED", {}), ("TAKEN_BACK", {})]


def test_dropped_it_stays_readable_with_its_reason(crew, now):
    row = read(crew.objective())
    objectives.drop(by=viewer_of(crew.mira), objective=row, reason="It matters less now.", now=now)
    assert state_of(row) == ("DROPPED", crew.mira.pk, now, "It matters less now.", 2)
    assert Objective.objects.visible_to(viewer_of(crew.jonas)).filter(pk=row.pk).exists()
    assert told(row) == [("DROPPED", {})]


def test_why_a_drop_is_refused(crew, draft, now):
    def drop(row, reason="No."):
        return {"by": viewer_of(crew.mira), "objective": read(row), "reason": reason, "now": now}

    assert sentence(ObjectiveInvalid, objectives.drop, **drop(crew.objective(), "")).startswith(
        "Say in a few words why."
    )
    assert sentence(NotNow, objectives.drop, **drop(draft)) == "A draft has no readers to tell. You can delete it."
    assert sentence(NotNow, objectives.drop, **drop(crew.objective(state="CLOSED"))).startswith(
        "Its quarter is closed."
    )


def test_taken_up_again_it_is_active_and_the_reason_is_gone(crew, now):
    """P113; the event log keeps names only (decisions 28)."""
    row = read(crew.objective(state="DROPPED", state_reason="It matters less now."))
    objectives.resume(by=viewer_of(crew.mira), objective=row, now=now)
    assert state_of(row) == ("ACTIVE", crew.mira.pk, now, "", 2)
    assert (row.state, told(row)) == ("ACTIVE", [("RESUMED", {})])
    assert Event.objects.about(row).get().team_id == crew.team.pk


def test_taken_up_twice_is_once(crew, now):
    row, viewer = crew.objective(state="DROPPED", state_reason="No."), viewer_of(crew.mira)
    one, other = read(row), read(row)
    objectives.resume(by=viewer, objective=one, now=now)
    for seen in (other, read(row)):
        words = sentence(ActiveAlready, objectives.resume, by=viewer, objective=seen, now=now)
        assert words == "It is active already."
    assert told(row) == [("RESUMED", {})]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("DRAFT", "It was not dropped."), ("CLOSED", "Its quarter is closed. A lead can reopen it.")],
)
def test_only_what_was_dropped_is_taken_up(crew, now, state, expected):
    row = read(crew.objective(state=state))
    assert sentence(NotNow, objectives.resume, by=viewer_of(crew.mira), objective=row, now=now) == expected
    assert (state_of(row)[0], told(row)) == (state, [])


@pytest.mark.parametrize("change", [{"state": "CLOSED"}, {"deleted_at": 1}, {"state": "ACTIVE", "deleted_at": 1}])
def test_what_went_on_since_it_was_read_is_not_taken_up(crew, now, change):
    row = read(crew.objective(state="DROPPED", state_reason="No."))
    Objective.objects.update(**change | ({"deleted_at": now} if "deleted_at" in change else {}))
    words = sentence(NotNow, objectives.resume, by=viewer_of(crew.mira), objective=row, now=now)
    assert (words, told(row)) == ("Its state has changed since you opened the page.", [])


@pytest.mark.parametrize(("zone", "is_over"), [("UTC", False), ("Pacific/Kiritimati", True)])
def test_after_its_quarter_it_stays_dropped(crew, zone, is_over):
    """Decisions 17: the organisation's day says when a quarter is over."""
    Organisation.objects.update(zone=zone)
    row = read(crew.objective(state="DROPPED", state_reason="No."))
    arguments = {"by": viewer_of(crew.mira), "objective": row, "now": datetime(2026, 12, 31, 11, 0, tzinfo=UTC)}
    if is_over:
        assert sentence(NotNow, objectives.resume, **arguments).startswith("Its quarter is over, so it stays dropped.")
    else:
        objectives.resume(**arguments)
    assert state_of(row)[0] == ("DROPPED" if is_over else "ACTIVE")


def test_deleted_and_brought_back(crew, now):
    row = read(crew.objective())
    viewer = viewer_of(crew.mira)
    objectives.delete(by=viewer, objective=row, now=now)
    assert not Objective.objects.visible_to(viewer).exists()
    assert sentence(DeletedAlready, objectives.delete, by=viewer, objective=row, now=now) == "It is deleted already."
    seen = read(row)
    objectives.restore(by=viewer, objective=seen, now=now + timedelta(days=30))
    assert Objective.objects.visible_to(viewer).get().version == 3
    assert sentence(NotNow, objectives.restore, by=viewer, objective=seen, now=now) == "It is there already."
    assert sentence(NotNow, objectives.restore, by=viewer, objective=read(row), now=now) == "It is there already."
    assert told(row) == [("DELETED", {}), ("RESTORED", {})]


def test_after_thirty_days_it_does_not_come_back(crew, now):
    row = read(crew.objective(deleted_at=now - timedelta(days=30, seconds=1)))
    words = sentence(NotNow, objectives.restore, by=viewer_of(crew.mira), objective=row, now=now)
    assert words == "It was deleted more than 30 days ago."


def test_what_is_closed_is_not_deleted(crew, now):
    row = read(crew.objective(state="CLOSED"))
    assert sentence(NotNow, objectives.delete, by=viewer_of(crew.mira), objective=row, now=now).startswith(
        "Its quarter"
    )


def test_strangers_do_none_of_it(crew, draft, now):
    row, stranger = read(draft), viewer_of(crew.nora)
    for action, more in [
        (objectives.activate, {}),
        (objectives.propose, {}),
        (objectives.drop, {"reason": "No."}),
        (objectives.resume, {}),
        (objectives.delete, {}),
        (objectives.restore, {}),
    ]:
        assert sentence(NotYours, action, by=stranger, objective=row, now=now, **more)
    assert (told(draft), state_of(draft)[0]) == ([], "DRAFT")


@pytest.mark.parametrize(
    "change", [{"state": "CLOSED"}, {"state": "DROPPED", "state_reason": "No."}, {"deleted_at": 1}]
)
def test_what_closed_since_it_was_read_takes_nothing_more(crew, now, change):
    """Decisions 16, DB-01: closed means closed, also for who opened the page before."""
    row = KeyResultFactory(objective=crew.objective())
    seen = read(row)
    Objective.objects.update(**change | ({"deleted_at": now} if "deleted_at" in change else {}))
    viewer = viewer_of(crew.mira)
    changed = "Its state has changed since you opened the page."
    for action, more in [
        (key_results.add, {"objective": seen.objective, "measure": measure()}),
        (key_results.change, {"key_result": seen, "version": 1, "measure": measure()}),
        (key_results.drop, {"key_result": seen, "reason": "No."}),
        (key_results.resume, {"key_result": seen}),
        (key_results.delete, {"key_result": seen}),
        (key_results.move, {"key_result": seen, "up": True}),
        (objectives.drop, {"objective": seen.objective, "reason": "No."}),
        (objectives.move, {"objective": seen.objective, "up": True}),
    ]:
        assert sentence(NotNow, action, by=viewer, now=now, **more) == changed
    assert sentence(NotNow, hold, objective=seen.objective) == changed
    gone, words = (DeletedAlready, "It is deleted already.") if "deleted_at" in change else (NotNow, changed)
    assert sentence(gone, objectives.delete, by=viewer, objective=seen.objective, now=now) == words
    assert not Event.objects.exists()
