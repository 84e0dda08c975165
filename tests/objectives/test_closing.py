"""Closing a team's quarter, and opening it again."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from activity.models import Event, Notice
from core.errors import NotNow, NotYours
from objectives.actions import closings, objectives
from objectives.actions.closings import ClosedAlready, OpenAlready, ReasonMissing
from objectives.actions.snapshots import erase_from, is_sound
from objectives.models import Closing, Objective
from people.viewer import viewer_of
from tests.factories import (
    AmendmentFactory,
    BetFactory,
    ClosingFactory,
    ConfidenceFactory,
    CoOwnerFactory,
    EarlierGradeFactory,
    GradeFactory,
    KeyResultFactory,
    ReviewFactory,
    StepFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.objectives.crew import read, told

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 12, 20, 12, 0, tzinfo=UTC)  # within the last two weeks
LAST_WEEK = datetime(2026, 12, 26, 12, 0, tzinfo=UTC)


def close(crew, by=None, now=LATE, quarter=None, seen=None):
    chosen = {"team": crew.team, "quarter": quarter or crew.quarter}
    return closings.close(by=viewer_of(by or crew.elif_), **chosen, now=now, seen=seen)


def states():
    return dict(Objective.objects.values_list("title", "state"))


def test_closing_touches_what_the_team_has_and_shows(crew):
    """Decisions 9: the team's, and the personal ones at home there that it may read; nothing else."""
    crew.team_objective(title="team", audience="TEAM")
    crew.team_objective(title="let go", state="DROPPED", state_reason="So.")
    crew.team_objective(title="draft", state="DRAFT")
    for audience in ("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE"):
        crew.objective(title=audience, audience=audience)
    crew.objective(title="no home", team=None)
    crew.objective(title="elsewhere", team=TeamFactory(name="Harbour"))
    crew.objective(title="later", quarter=crew.after)
    crew.objective(title="deleted", deleted_at=LATE)
    closing = close(crew)
    assert states() == {
        "team": "CLOSED",
        "let go": "DROPPED",
        "draft": "DRAFT",
        "ONLY_ME": "ACTIVE",
        "MANAGER": "ACTIVE",
        "MY_TEAMS": "CLOSED",
        "EVERYONE": "CLOSED",
        "no home": "ACTIVE",
        "elsewhere": "ACTIVE",
        "later": "ACTIVE",
        "deleted": "ACTIVE",
    }
    held = sorted((entry["is"]["title"], entry["is"]["state"], entry["closed"]) for entry in closing.snapshot)
    assert held == [
        ("EVERYONE", "CLOSED", True),
        ("MY_TEAMS", "CLOSED", True),
        ("let go", "DROPPED", False),
        ("team", "CLOSED", True),
    ]


def test_the_snapshot_holds_all_that_is_frozen(crew):
    """Decisions 16: key results, versions, readings, bets; nothing that one keeps to oneself, and no name."""
    row = crew.team_objective(stretch="JOB", why="So.")
    CoOwnerFactory(objective=row, user=crew.jonas)
    part = KeyResultFactory(objective=row, title="Part", hand="TIME")
    KeyResultFactory(objective=row, title="Deleted", deleted_at=LATE)
    of_part = (StepFactory, AmendmentFactory, ConfidenceFactory, ValueFactory, GradeFactory, EarlierGradeFactory)
    for factory in (*of_part, BetFactory):
        factory(key_result=part)
    ReviewFactory(objective=row, achieved="A lot")
    BetFactory(key_result=part, deleted_at=LATE)
    closing = Closing.objects.get(pk=close(crew).pk)
    (entry,) = closing.snapshot
    (held,) = entry["is"]["key_results"]
    below = ("steps", "amendments", "confidences", "values", "grades", "earlier_grades", "bets")
    assert (held["title"], [len(held[name]) for name in below]) == ("Part", [1] * 7)
    assert [one["achieved"] for one in entry["is"]["reviews"]] == ["A lot"]
    assert (entry["is"]["co_owners"], entry["is"]["why"]) == ([crew.jonas.pk], "So.")
    assert not {"stretch", "client_key", "proposed_to_id"} & set(entry["is"])
    assert "Mira" not in str(closing.snapshot)
    assert is_sound(closing)
    closing.snapshot[0]["is"]["title"] = "Better"
    assert not is_sound(closing)


def test_what_was_erased_is_gone_and_the_rest_is_still_known_to_be_sound(crew):
    gone, kept = crew.objective(title="Gone"), crew.objective(title="Kept")
    close(crew)
    erase_from(Closing.objects.all(), [gone.pk])
    closing = Closing.objects.get()
    assert [one["title"] for one in closing.entries({gone.pk, kept.pk})] == ["Kept"]
    assert ("Gone" in str(closing.snapshot), is_sound(closing)) == (False, True)


def test_a_reader_is_shown_what_they_may_read(crew):
    mine, other = crew.objective(title="Mine"), crew.objective(title="Other")
    closing = close(crew)
    assert [one["title"] for one in closing.entries({mine.pk})] == ["Mine"]
    assert len(closing.entries({mine.pk, other.pk})) == 2


def test_as_many_questions_for_much_as_for_little(crew, django_assert_num_queries):
    for number in range(30):
        part = KeyResultFactory(objective=crew.objective(title=f"Objective {number}"))
        ConfidenceFactory(key_result=part)
    with django_assert_num_queries(29):
        close(crew)


def test_the_team_is_told_and_it_stands_in_every_history(crew):
    row = crew.objective()
    closing = close(crew)
    assert told(row) == [("CLOSED", {})]
    event = Event.objects.get(verb="QUARTER_CLOSED")
    assert (event.subject_id, event.team_id, event.data) == (closing.pk, crew.team.pk, {"quarter": "2026-Q4"})
    assert set(Notice.objects.values_list("person", "event")) == {
        (crew.mira.pk, event.pk),
        (crew.jonas.pk, event.pk),
    }


@pytest.mark.parametrize("who", ["mira", "nora", "ada"])
def test_a_lead_alone_closes_and_reopens(crew, who):
    """Row 13."""
    ada = UserFactory(name="Ada", is_site_admin=True)
    person = ada if who == "ada" else getattr(crew, who)
    with pytest.raises(NotYours):
        close(crew, by=person)
    closing = close(crew)
    with pytest.raises(NotYours):
        closings.reopen(by=viewer_of(person), closing=closing, reason="So.", now=LATE)


def test_it_is_too_early_before_the_last_two_weeks_and_never_too_late(crew):
    with pytest.raises(NotNow):
        close(crew, now=datetime(2026, 12, 17, 23, 59, tzinfo=UTC))
    close(crew, now=datetime(2026, 12, 18, 0, 0, tzinfo=UTC))
    close(crew, quarter=crew.before)
    assert Closing.objects.standing().count() == 2


def test_a_closed_team_and_another_teams_own_quarter_are_not_closed(crew):
    other = TeamFactory(name="Harbour")
    type(crew.quarter).objects.filter(pk=crew.before.pk).update(team=other, length="CUSTOM")
    crew.before.refresh_from_db()
    with pytest.raises(NotNow):
        close(crew, quarter=crew.before)
    crew.team.closed_at = LATE
    crew.team.save(update_fields=["closed_at"])
    with pytest.raises(NotNow):
        close(crew)


def test_twice_makes_one(crew):
    close(crew)
    with pytest.raises(ClosedAlready):
        close(crew)
    assert (Closing.objects.count(), Event.objects.filter(verb="QUARTER_CLOSED").count()) == (1, 1)


def test_reopening_turns_back_just_what_this_closing_closed(crew):
    one = crew.objective(title="one")
    crew.objective(title="let go", state="DROPPED", state_reason="So.")
    crew.objective(title="closed before", state="CLOSED")
    closing = close(crew)
    closings.reopen(by=viewer_of(crew.elif_), closing=closing, reason="Two grades are wrong.", now=LATE)
    assert states() == {"one": "ACTIVE", "let go": "DROPPED", "closed before": "CLOSED"}
    assert told(one) == [("CLOSED", {}), ("REOPENED", {})]
    closing.refresh_from_db()
    assert (closing.reopened_because, closing.reopened_by, closing.reopened_at) == (
        "Two grades are wrong.",
        crew.elif_,
        LATE,
    )
    assert len(closing.snapshot) == 3
    assert Event.objects.get(verb="QUARTER_REOPENED").data == {"quarter": "2026-Q4"}
    with pytest.raises(NotNow):
        close(crew)
    again = close(crew, seen=closing.pk)
    assert set(Closing.objects.standing()) == {again}
    assert again.closed_pks == [one.pk]


def test_reopening_asks_for_a_reason_and_happens_once(crew):
    closing, by = close(crew), viewer_of(crew.elif_)
    with pytest.raises(ReasonMissing):
        closings.reopen(by=by, closing=closing, reason="", now=LATE)
    closings.reopen(by=by, closing=closing, reason="So.", now=LATE)
    with pytest.raises(OpenAlready):
        closings.reopen(by=by, closing=closing, reason="Again.", now=LATE)
    assert Event.objects.filter(verb="QUARTER_REOPENED").count() == 1


def test_the_database_holds_one_that_stands_and_a_reason(crew):
    """DB-01."""
    ClosingFactory(team=crew.team, quarter=crew.quarter)
    with pytest.raises(IntegrityError, match=r"closing_stands_once|UNIQUE"):
        ClosingFactory(team=crew.team, quarter=crew.quarter)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"reopened_at": LATE, "reopened_because": "So."}, "closing_reopened_by_somebody"),
        ({"reopened_at": LATE, "with": "by"}, "closing_reopened_has_a_reason"),
    ],
)
def test_reopened_says_who_and_why(crew, fields, named):
    given = {"reopened_by": crew.elif_} if fields.pop("with", "") else {}
    with pytest.raises(IntegrityError, match=named):
        ClosingFactory(team=crew.team, **fields, **given)


@pytest.mark.parametrize("fields", [{"audience": "ONLY_ME"}, {"audience": "MANAGER"}, {"team": None}])
def test_its_owner_closes_what_no_teams_closing_touches(crew, fields):
    row, by = crew.objective(**fields), viewer_of(crew.mira)
    objectives.end(by=by, objective=read(row), now=LATE)
    with pytest.raises(objectives.EndedAlready):
        objectives.end(by=by, objective=read(row), now=LATE)
    assert (read(row).state, told(row)) == ("CLOSED", [("CLOSED", {})])
    with pytest.raises(objectives.ObjectiveInvalid):
        objectives.reopen(by=by, objective=read(row), reason="", now=LATE)
    objectives.reopen(by=by, objective=read(row), reason="Not done.", now=LATE)
    with pytest.raises(objectives.ActiveAlready):
        objectives.reopen(by=by, objective=read(row), reason="Not done.", now=LATE)
    assert (read(row).state, read(row).state_reason) == ("ACTIVE", "Not done.")


@pytest.mark.parametrize(
    ("fields", "who", "now", "error"),
    [
        ({"audience": "MY_TEAMS"}, "mira", LATE, NotNow),
        ({"kind": "TEAM", "audience": "EVERYONE"}, "mira", LATE, NotYours),
        ({"audience": "ONLY_ME"}, "elif_", LATE, NotYours),
        ({"team": None}, "mira", datetime(2026, 11, 20, tzinfo=UTC), NotNow),
        ({"team": None, "state": "DRAFT"}, "mira", LATE, NotNow),
        ({"team": None, "state": "DROPPED", "state_reason": "So."}, "mira", LATE, NotNow),
    ],
)
def test_nobody_else_and_nothing_else_is_closed_alone(crew, fields, who, now, error):
    row = crew.objective(**fields)
    with pytest.raises(error):
        objectives.end(by=viewer_of(getattr(crew, who)), objective=read(row), now=now)
    assert read(row).state == row.state


def test_what_a_team_closed_its_owner_does_not_reopen(crew):
    row = crew.objective()
    close(crew)
    with pytest.raises(NotNow):
        objectives.reopen(by=viewer_of(crew.mira), objective=read(row), reason="So.", now=LATE)


def test_a_quarter_is_closed_for_the_whole_site(crew, monkeypatch):
    """Row 45: every team that plans in it or has something there, each on its own; what was interrupted goes on."""
    ada = viewer_of(UserFactory(name="Ada", is_site_admin=True))
    harbour, monthly = TeamFactory(name="Harbour"), TeamFactory(name="Monthly", length="MONTH")
    TeamFactory(name="Weekly", length="MONTH")
    crew.team_objective(title="ours")
    crew.team_objective(title="theirs", team=harbour)
    crew.team_objective(title="of another length", team=monthly)
    crew.objective(title="hers", team=harbour, audience="ONLY_ME")
    crew.objective(title="no home", team=None)
    for by in (crew.elif_, crew.mira):
        with pytest.raises(NotYours):
            closings.close_for_site(by=viewer_of(by), quarter=crew.quarter, now=LAST_WEEK)
    with pytest.raises(NotNow):
        closings.close_for_site(by=ada, quarter=crew.quarter, now=LATE)
    take, calls = closings.snapshots.take, []

    def broken(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise ZeroDivisionError
        return take(*args, **kwargs)

    monkeypatch.setattr(closings.snapshots, "take", broken)
    with pytest.raises(ZeroDivisionError):
        closings.close_for_site(by=ada, quarter=crew.quarter, now=LAST_WEEK)
    assert Closing.objects.count() == 1
    assert closings.close_for_site(by=ada, quarter=crew.quarter, now=LAST_WEEK) == 2
    assert closings.close_for_site(by=ada, quarter=crew.quarter, now=LAST_WEEK) == 0
    assert set(Closing.objects.values_list("team", "closed_by")) == {
        (team.pk, ada.pk) for team in (crew.team, harbour, monthly)
    }
    assert states() == {
        "ours": "CLOSED",
        "theirs": "CLOSED",
        "of another length": "CLOSED",
        "hers": "ACTIVE",
        "no home": "ACTIVE",
    }
