"""Every constraint, broken once; what must never be false is in the database (DB-01, IN-03)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from objectives.models import CoOwner, KeyResult, Objective, Quarter
from people.viewer import viewer_of
from tests.factories import (
    ConfidenceFactory,
    CoOwnerFactory,
    KeyResultFactory,
    ObjectiveFactory,
    QuarterFactory,
    StepFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


def refused(make, **fields) -> str:
    """What the database says to `make(**fields)`."""
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        make(**fields)
    return str(problem.value)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "WISH"}, "objective_kind_is_known"),
        ({"state": "PARKED"}, "objective_state_is_known"),
        ({"title": ""}, "objective_has_a_title"),
        ({"audience": "TEAM"}, "objective_audience_fits_its_kind"),
        ({"audience": "NOBODY"}, "objective_audience_fits_its_kind"),
        ({"kind": "TEAM", "audience": "EVERYONE"}, "objective_audience_fits_its_kind"),
        ({"on_wall": True, "audience": "MANAGER"}, "objective_on_wall_is_read_in_its_teams"),
        ({"on_wall": True, "audience": "ONLY_ME"}, "objective_on_wall_is_read_in_its_teams"),
        ({"state": "DROPPED"}, "objective_dropped_has_a_reason"),
        ({"hours": 169}, "objective_hours_fit_a_week"),
        ({"hours": -1}, "objective_hours_fit_a_week"),
        ({"money": -1}, "objective_money_is_not_negative"),
    ],
)
def test_an_objective_that_cannot_be(fields, constraint):
    assert constraint in refused(ObjectiveFactory, **fields)


def test_a_team_objective_has_a_team_audience():
    team = TeamFactory()
    for audience in ("ONLY_ME", "MANAGER", "MY_TEAMS"):
        assert "objective_audience_fits_its_kind" in refused(
            ObjectiveFactory, kind="TEAM", team=team, audience=audience
        )
    on_wall = {"kind": "TEAM", "team": team, "audience": "EVERYONE", "on_wall": True}
    assert "objective_on_wall_is_read_in_its_teams" in refused(ObjectiveFactory, **on_wall)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "SONG"}, "key_result_kind_is_known"),
        ({"kind": "RATIO", "target": 90}, "key_result_ratio_is_a_percent"),
        ({"kind": "RATIO", "target": 101, "unit": "%"}, "key_result_ratio_is_a_percent"),
        ({"kind": "RATIO", "target": 90, "baseline": -1, "unit": "%"}, "key_result_ratio_is_a_percent"),
        ({"kind": "LADDER", "target": 100}, "key_result_ladder_goes_from_0_to_100"),
        ({"kind": "LADDER", "unit": "%", "target": 90}, "key_result_ladder_goes_from_0_to_100"),
        ({"kind": "LADDER", "unit": "%", "target": 100, "baseline": 1}, "key_result_ladder_goes_from_0_to_100"),
        ({"kind": "LADDER", "unit": "%", "target": 100, "baseline": None}, "key_result_ladder_goes_from_0_to_100"),
        ({"state": "CLOSED"}, "key_result_state_is_known"),
        ({"title": ""}, "key_result_has_a_title"),
        ({"baseline": 10}, "key_result_baseline_differs_from_target"),
        ({"opening_confidence": 11}, "key_result_opening_is_0_to_10"),
        ({"kind": "YES_NO", "target": 2}, "key_result_yes_no_goes_from_0_to_1"),
        ({"kind": "YES_NO", "baseline": None, "target": 1}, "key_result_yes_no_goes_from_0_to_1"),
        ({"state": "DROPPED"}, "key_result_dropped_has_a_reason"),
    ],
)
def test_a_key_result_that_cannot_be(fields, constraint):
    assert constraint in refused(KeyResultFactory, **fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"amount": None}, "value_is_an_amount_or_done_of_due"),
        ({"done": 1, "due": 2}, "value_is_an_amount_or_done_of_due"),
        ({"amount": None, "done": 1}, "value_is_an_amount_or_done_of_due"),
        ({"amount": None, "due": 1}, "value_is_an_amount_or_done_of_due"),
        ({"amount": None, "done": 2, "due": 1}, "value_done_is_within_due"),
        ({"amount": None, "done": -1, "due": 1}, "done"),
        ({"amount": None, "done": 0, "due": -1}, ""),
        ({"amount": 101, "reached": [1]}, "value_of_steps_is_a_percent"),
        ({"amount": -1, "reached": []}, "value_of_steps_is_a_percent"),
        ({"amount": None, "done": 0, "due": 0, "reached": []}, "value_of_steps_is_a_percent"),
    ],
)
def test_a_value_that_cannot_be(fields, constraint):
    assert constraint in refused(ValueFactory, **fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"label": ""}, "step_has_a_label"),
        ({"share": 0}, "step_share_is_1_to_100"),
        ({"share": 101}, "step_share_is_1_to_100"),
        ({"position": 12}, "step_is_one_of_twelve"),
        ({"label": "Other"}, "position"),
        ({"position": 1}, "label"),
    ],
)
def test_a_step_that_cannot_be(fields, constraint):
    """Two of one ladder have neither one place nor one label."""
    one = StepFactory(label="Rehearsed")
    said = refused(StepFactory, **{"key_result": one.key_result, "label": "Rehearsed", "position": 0, **fields})
    assert constraint in said or f"step_has_a_{constraint.replace('position', 'place')}_of_its_own" in said


@pytest.mark.parametrize("level", [11, 255])
def test_a_confidence_is_0_to_10(level):
    """IN-01, IN-03."""
    assert "confidence_is_0_to_10" in refused(ConfidenceFactory, level=level)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"length": "DECADE"}, "quarter_"),
        ({"ends_on": date(2026, 10, 1)}, "quarter_ends_after_it_begins"),
        ({"length": "CUSTOM"}, "quarter_of_a_team_is_custom"),
    ],
)
def test_a_quarter_that_cannot_be(fields, constraint):
    assert constraint in refused(QuarterFactory, **{"slug": "odd", **fields})


def test_what_is_there_once():
    """DB-01: uniqueness; SQLite names the columns, PostgreSQL the constraint."""
    reading, co_owner, quarter, key = ConfidenceFactory(), CoOwnerFactory(), QuarterFactory(), uuid4()
    owner = ObjectiveFactory(client_key=key).owner
    said = [
        refused(ConfidenceFactory, key_result=reading.key_result, week_on=reading.week_on),
        refused(CoOwnerFactory, objective=co_owner.objective, user=co_owner.user),
        refused(QuarterFactory, slug="other", length=quarter.length, first_on=quarter.first_on),
        refused(ObjectiveFactory, owner=owner, client_key=key),
        refused(KeyResultFactory, objective=KeyResultFactory(client_key=key).objective, client_key=key),
        refused(
            lambda: Quarter.objects.create(
                slug=quarter.slug, first_on=date(2020, 1, 1), ends_on=date(2020, 2, 1), length="MONTH"
            )
        ),
    ]
    names = [
        "confidence_is_one_a_week",
        "co_owner_is_named_once",
        "quarter_is_one_a_length_and_day",
        "objective_form_is_kept_once",
        "key_result_form_is_kept_once",
        "slug",
    ]
    for text, name in zip(said, names, strict=True):
        assert name in text or (connection.vendor == "sqlite" and "UNIQUE" in text)


def test_two_forms_of_two_people_may_have_the_same_key():
    key = uuid4()
    assert ObjectiveFactory(client_key=key).pk != ObjectiveFactory(client_key=key).pk


def test_rows_say_what_they_are():
    row = KeyResultFactory(title="Essays", objective__title="Write")
    said = [row, row.objective, row.objective.quarter, ConfidenceFactory(level=7), ValueFactory(amount=3)]
    said.append(ValueFactory(amount=None, done=3, due=4))
    assert [str(one) for one in said] == ["Essays", "Write", "2026-Q4", "7/10", "3", "3/4"]
    co_owner = CoOwnerFactory()
    assert str(co_owner) == f"{co_owner.user_id} of {co_owner.objective_id}"
    assert row.objective.get_absolute_url() == f"/objectives/{row.objective_id}/"


def test_the_newest_value_is_of_the_newest_week(now):
    """A late value for an earlier week does not take the place of this week's."""
    row = KeyResultFactory()
    ValueFactory(key_result=row, week_on=date(2026, 11, 16), amount=5, at=now)
    ValueFactory(key_result=row, week_on=date(2026, 11, 9), amount=9, at=now + timedelta(days=1))
    assert [found.value for found in KeyResult.objects.with_value()] == [5]


def test_for_everyone_is_everything(now):
    ObjectiveFactory(deleted_at=now)
    KeyResultFactory(deleted_at=now)
    QuarterFactory()
    assert Objective.objects.for_everyone(because="a count").count() == 2
    assert KeyResult.objects.for_everyone(because="a count").count() == 1
    assert Quarter.objects.for_everyone(because="a count").count() == 1


def test_a_co_owner_words_while_they_are_in_the_team(crew):
    """AZ-07."""
    row = CoOwnerFactory(objective=crew.team_objective(), user=crew.jonas)
    viewer = viewer_of(crew.jonas)
    assert list(CoOwner.objects.of(viewer)) == [row]
    assert list(Objective.objects.visible_to(viewer).worded_by(viewer)) == [row.objective]
    crew.jonas.memberships.update(left_on=date(2026, 11, 19))
    viewer = viewer_of(crew.jonas)
    assert list(Objective.objects.visible_to(viewer).worded_by(viewer)) == []


def test_what_can_be_changed_is_a_draft_or_active_and_ones_own_or_ones_teams(crew):
    rows = {
        "draft": crew.objective(state="DRAFT"),
        "active": crew.objective(),
        "dropped": crew.objective(state="DROPPED", state_reason="It went."),
        "closed": crew.objective(state="CLOSED"),
        "team": crew.team_objective(),
        "other": ObjectiveFactory(owner=UserFactory(), audience="EVERYONE"),
    }

    def mine(person):
        viewer = viewer_of(person)
        found = Objective.objects.visible_to(viewer).changeable_by(viewer)
        return {name for name, row in rows.items() if row in found}

    assert {person.name: mine(person) for person in (crew.mira, crew.elif_, crew.jonas, crew.nora)} == {
        "Mira": {"draft", "active", "team"},
        "Elif": {"team"},
        "Jonas": set(),
        "Nora": set(),
    }


def test_in_view_are_the_active_ones_whose_quarter_is_not_over(crew):
    active, _draft = crew.objective(), crew.objective(state="DRAFT")
    _over, ahead = crew.objective(quarter=crew.before), crew.objective(quarter=crew.after)
    found = Objective.objects.visible_to(viewer_of(crew.mira)).in_view(date(2026, 11, 19)).in_order()
    assert {row.pk for row in found} == {active.pk, ahead.pk}


def test_what_can_be_restored(crew, now):
    """Deleted in the last 30 days: one's own, drafts that one words, and all of a team that one leads."""
    long_ago = now - timedelta(days=30, seconds=1)
    rows = {
        "mine": crew.objective(deleted_at=now - timedelta(days=30)),
        "long ago": crew.objective(deleted_at=long_ago),
        "there": crew.objective(),
        "team draft": crew.team_objective(state="DRAFT", deleted_at=now),
        "team active": crew.team_objective(deleted_at=now),
    }
    CoOwnerFactory(objective=rows["team draft"], user=crew.jonas)

    def back(person):
        found = Objective.objects.deleted_by_mistake(viewer_of(person), now=now)
        return {name for name, row in rows.items() if row in found}

    assert {person.name: back(person) for person in (crew.mira, crew.jonas, crew.elif_, crew.nora)} == {
        "Mira": {"mine", "team draft"},
        "Jonas": {"team draft"},
        "Elif": {"team draft", "team active"},
        "Nora": set(),
    }


def test_which_key_results_can_be_restored(crew, now):
    rows = {
        "mine": KeyResultFactory(objective=crew.objective(), deleted_at=now),
        "long ago": KeyResultFactory(objective=crew.objective(), deleted_at=now - timedelta(days=31)),
        "there": KeyResultFactory(objective=crew.objective()),
        "closed": KeyResultFactory(objective=crew.objective(state="CLOSED"), deleted_at=now),
        "team": KeyResultFactory(objective=crew.team_objective(), deleted_at=now),
    }

    def back(person):
        found = KeyResult.objects.deleted_by_mistake(viewer_of(person), now=now)
        return {name for name, row in rows.items() if row in found}

    assert (back(crew.mira), back(crew.elif_), back(crew.jonas)) == ({"mine", "team"}, {"team"}, set())


def test_home_finds_mine_without_looking_at_everybodys(crew):
    """Ten thousand people have a hundred thousand objectives: each way to one's own has an index."""
    shown = Objective.objects.for_home(viewer_of(crew.mira), crew.quarter.first_on)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # with few rows it would look at all of them anyway
    plan = shown.explain()
    assert "Seq Scan on objectives_objective" not in plan
    assert "SCAN objectives_objective" not in plan
