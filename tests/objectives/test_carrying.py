"""What becomes of a closed objective."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from activity.models import Event
from core.errors import NotNow, NotYours
from objectives.actions import carrying, closings, objectives
from objectives.actions.carrying import Choice
from objectives.models import CarryOver, Idea, KeyResult, Objective
from objectives.rules import Becomes
from people.models import Membership
from people.viewer import viewer_of
from tests.factories import (
    CarryOverFactory,
    CoOwnerFactory,
    KeyResultFactory,
    QuarterFactory,
    ValueFactory,
    make_ladder,
)
from tests.objectives.crew import read, told

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 12, 30, 12, 0, tzinfo=UTC)
CONTINUED, FOLLOWED, SHELVED, LET_GO = (
    Becomes.CONTINUED,
    Becomes.FOLLOWED,
    Becomes.SHELVED,
    Becomes.LET_GO,
)


def carry(crew, row, becomes, *, by="mira", into="after", **parts):
    target = getattr(crew, into) if into else None
    choices = [Choice(read(row), becomes, {key_result.pk: what for key_result, what in parts.get("parts", ())})]
    return carrying.carry(by=viewer_of(getattr(crew, by)), choices=choices, into=target, now=LATE)


def test_it_goes_on_with_a_fresh_start(crew):
    """Decisions 15: from the last value, at confidence 5; the old one stays as it was."""
    old = crew.team_objective(title="Sleep", why="So.", hours=2, state="CLOSED")
    pages = KeyResultFactory(objective=old, title="Pages", baseline=20, target=0, owner=crew.jonas, intention="Why")
    ValueFactory(key_result=pages, amount=6)
    left = KeyResultFactory(objective=old, title="Left")
    idea = KeyResultFactory(objective=old, title="Idea", intention="One day")
    (new,) = carry(crew, old, CONTINUED, parts=[(pages, CONTINUED), (idea, SHELVED), (left, LET_GO)])
    fields = ("title", "why", "hours", "owner", "team", "quarter", "state", "continues", "follows")
    assert [getattr(read(new), name) for name in fields] == [
        *("Sleep", "So.", 2, crew.mira, crew.team, crew.after, "ACTIVE", old, None),
    ]
    (part,) = new.key_results.all()
    assert (part.title, part.intention, part.baseline, part.target, part.opening_confidence) == (
        "Pages",
        "Why",
        6,
        0,
        5,
    )
    assert (part.owner, part.continues) == (crew.jonas, pages)
    assert [(one.owner, one.title, one.why) for one in Idea.objects.all()] == [(crew.mira, "Idea", "One day")]
    assert (read(old).state, told(old)) == ("CLOSED", [("CARRIED_OVER", {})])
    assert told(new) == [("ACTIVATED", {}), ("CREATED", {})]


@pytest.mark.parametrize(
    ("fields", "value", "start"),
    [
        ({"baseline": 0, "target": 10}, Decimal(4), 4),
        ({"baseline": 0, "target": 10}, None, 0),
        ({"baseline": None, "target": 10}, None, None),
        ({"kind": "YES_NO", "baseline": 0, "target": 1}, Decimal(0), 0),
    ],
)
def test_where_it_starts(crew, fields, value, start):
    old = crew.objective(state="CLOSED")
    part = KeyResultFactory(objective=old, **fields)
    if value is not None:
        ValueFactory(key_result=part, amount=value)
    (new,) = carry(crew, old, CONTINUED, parts=[(part, CONTINUED)])
    assert new.key_results.get().baseline == start


def test_milestones_go_along_and_start_anew(crew):
    old = crew.objective(state="CLOSED")
    ladder, steps = make_ladder(objective=old)
    ValueFactory(key_result=ladder, amount=30, reached=[steps[0].pk])
    (new,) = carry(crew, old, CONTINUED, parts=[(ladder, CONTINUED)])
    part = new.key_results.get()
    assert [(one.label, one.share) for one in part.steps.order_by("position")] == [
        (one.label, one.share) for one in ladder.steps.order_by("position")
    ]
    assert not part.values.exists()


@pytest.mark.parametrize("value", [10, 12])
def test_what_reached_its_target_does_not_go_on_as_it_was(crew, value):
    old = crew.objective(state="CLOSED")
    part = KeyResultFactory(objective=old)
    ValueFactory(key_result=part, amount=value)
    with pytest.raises(NotNow):
        carry(crew, old, CONTINUED, parts=[(part, CONTINUED)])
    assert (Objective.objects.count(), CarryOver.objects.count()) == (1, 0)


def test_a_follow_up_is_a_draft_that_names_it(crew):
    old = crew.objective(title="Write", state="CLOSED")
    part = KeyResultFactory(objective=old)
    (new,) = carry(crew, old, FOLLOWED, parts=[(part, CONTINUED)])
    assert (new.title, new.state, new.follows, new.continues) == ("Write", "DRAFT", old, None)
    assert KeyResult.objects.count() == 1


def test_without_key_results_it_is_a_draft(crew):
    (new,) = carry(crew, crew.objective(state="CLOSED"), CONTINUED)
    assert new.state == "DRAFT"


def test_kept_as_an_idea_or_let_go_nobody_is_told(crew):
    one, other = crew.objective(title="Draw", why="So.", state="CLOSED"), crew.objective(state="CLOSED")
    assert carry(crew, one, SHELVED, into="") == []
    assert carry(crew, other, LET_GO, into="") == []
    assert [(row.owner, row.title, row.why) for row in Idea.objects.all()] == [(crew.mira, "Draw", "So.")]
    assert set(CarryOver.objects.values_list("objective", "becomes")) == {(one.pk, "SHELVED"), (other.pk, "LET_GO")}
    assert Event.objects.count() == 0


@pytest.mark.parametrize("becomes", [CONTINUED, FOLLOWED, SHELVED, LET_GO])
def test_the_same_press_twice_does_it_once(crew, becomes):
    """CC-04."""
    old = crew.objective(state="CLOSED")
    first, second = (carry(crew, old, becomes) for _time in range(2))
    assert (len(first), second) == (1 if becomes in {CONTINUED, FOLLOWED} else 0, [])
    assert CarryOver.objects.count() == 1
    assert Objective.objects.exclude(pk=old.pk).count() + Idea.objects.count() == (becomes != LET_GO)


def test_what_was_let_go_or_deleted_since_can_be_decided_anew(crew):
    old = crew.objective(state="CLOSED")
    carry(crew, old, LET_GO)
    (new,) = carry(crew, old, CONTINUED)
    assert carry(crew, old, FOLLOWED) == []
    objectives.delete(by=viewer_of(crew.mira), objective=read(new), now=LATE)
    (again,) = carry(crew, old, FOLLOWED)
    assert (again.follows, CarryOver.objects.get().becomes) == (old, "FOLLOWED")


@pytest.mark.parametrize(
    ("fields", "by"),
    [
        ({}, "jonas"),
        ({}, "elif_"),
        ({"kind": "TEAM", "audience": "EVERYONE"}, "jonas"),
        ({"kind": "TEAM", "audience": "EVERYONE"}, "nora"),
    ],
)
def test_nobody_else_decides(crew, fields, by):
    old = crew.objective(state="CLOSED", **fields)
    for becomes in Becomes:
        with pytest.raises(NotYours):
            carry(crew, old, becomes, by=by)
    assert CarryOver.objects.count() == 0


@pytest.mark.parametrize("by", ["jonas", "elif_"])
def test_co_owners_and_leads_carry_what_is_the_teams_for_its_owner(crew, by):
    old = crew.team_objective(state="CLOSED")
    CoOwnerFactory(objective=old, user=crew.jonas)
    (new,) = carry(crew, old, CONTINUED, by=by)
    assert new.owner == crew.mira


def test_who_has_left_answers_for_nothing_new(crew):
    old = crew.team_objective(state="CLOSED")
    part = KeyResultFactory(objective=old)
    Membership.objects.filter(user=crew.mira).update(left_on=LATE.date())
    (new,) = carry(crew, old, CONTINUED, by="elif_", parts=[(part, CONTINUED)])
    assert (new.owner, new.key_results.get().owner) == (crew.elif_, crew.elif_)


def test_a_personal_one_whose_home_was_left_has_none(crew):
    old = crew.objective(state="CLOSED")
    Membership.objects.filter(user=crew.mira).update(left_on=LATE.date())
    (new,) = carry(crew, old, CONTINUED)
    assert (new.team, new.owner) == (None, crew.mira)


@pytest.mark.parametrize("state", ["DRAFT", "ACTIVE", "DROPPED"])
def test_only_what_is_closed_is_carried_over(crew, state):
    old = crew.objective(state=state, state_reason="So.")
    with pytest.raises(NotNow):
        carry(crew, old, LET_GO)


def test_into_a_quarter_that_takes_it(crew):
    """Neither over, nor closed by the team, nor another team's own; and one is named."""
    old = crew.objective(state="CLOSED", quarter=crew.before)
    mine = crew.objective()
    QuarterFactory(slug="gone", first_on="2026-06-01", ends_on="2026-07-01")
    with pytest.raises(objectives.ObjectiveInvalid):
        carry(crew, old, CONTINUED, into="")
    with pytest.raises(NotNow):
        carry(crew, old, CONTINUED, into="before")
    closings.close(by=viewer_of(crew.elif_), team=crew.team, quarter=crew.quarter, now=LATE)
    with pytest.raises(NotNow):
        carry(crew, old, CONTINUED, into="quarter")
    assert (CarryOver.objects.count(), Objective.objects.count(), read(mine).state) == (0, 2, "CLOSED")


def test_all_of_it_or_nothing(crew):
    """DB-03."""
    one, other = crew.objective(state="CLOSED"), crew.objective(state="ACTIVE")
    choices = [Choice(read(one), CONTINUED), Choice(read(other), CONTINUED)]
    with pytest.raises(NotNow):
        carrying.carry(by=viewer_of(crew.mira), choices=choices, into=crew.after, now=LATE)
    assert (Objective.objects.count(), CarryOver.objects.count()) == (2, 0)


def test_the_database_keeps_one_decision_and_one_origin(crew):
    """DB-01."""
    old = crew.objective(state="CLOSED")
    CarryOverFactory(objective=old)
    for wrong in (lambda: CarryOverFactory(objective=old), lambda: CarryOverFactory(becomes="MAYBE")):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    with pytest.raises(IntegrityError, match="objective_continues_or_follows"):
        crew.objective(continues=old, follows=old)
