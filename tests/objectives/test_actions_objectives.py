"""Writing an objective and changing its words: effects, events, refusals."""

from datetime import date
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from activity.models import Event
from core.errors import NotNow, NotYours, Stale
from objectives.actions import objectives
from objectives.actions.objectives import ObjectiveInvalid, WrittenAlready
from objectives.models import CoOwner, Objective, Quarter
from people.viewer import viewer_of
from tests.factories import (
    ConfidenceFactory,
    CoOwnerFactory,
    KeyResultFactory,
    MembershipFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.objectives.crew import just_before, read, sentence, told

pytestmark = pytest.mark.django_db


def create(crew, person, now, **fields):
    kind, owner, key = fields.pop("kind", "GROWTH"), fields.pop("owner", None), fields.pop("client_key", None)
    return objectives.create(
        by=viewer_of(person),
        kind=kind,
        wording=crew.wording(**fields),
        owner_pk=owner.pk if owner else None,
        client_key=key,
        now=now,
    )


def reword(crew, person, row, now, **fields):
    words = {
        "title": row.title,
        "audience": row.audience,
        "team_id": row.team_id,
        "quarter_id": row.quarter_id,
        **fields,
    }
    version = words.pop("version", row.version)
    return objectives.reword(
        by=viewer_of(person), objective=row, version=version, wording=crew.wording(**words), now=now
    )


def test_a_new_objective_is_a_draft_at_the_end_of_its_owners_list(crew, now):
    first = create(crew, crew.mira, now, why="Because", first_step="Begin", hours=Decimal("2.5"), money=Decimal(120))
    second = create(crew, crew.mira, now, kind="RECOVERY", audience="MANAGER", team_id=crew.team.pk)
    kept = Objective.objects.filter(pk=first.pk).values(
        "kind", "owner", "team", "state", "state_by", "state_at", "why", "first_step", "hours", "money", "version"
    )
    assert list(kept) == [
        {
            "kind": "GROWTH",
            "owner": crew.mira.pk,
            "team": None,
            "state": "DRAFT",
            "state_by": crew.mira.pk,
            "state_at": now,
            "why": "Because",
            "first_step": "Begin",
            "hours": Decimal("2.5"),
            "money": 120,
            "version": 1,
        }
    ]
    assert (first.position, second.position) == (0, 1)
    assert told(first) == [("CREATED", {})]
    assert Event.objects.about(second).get().team_id == crew.team.pk


def test_a_lead_names_who_answers_for_a_teams_objective(crew, now):
    row = create(crew, crew.elif_, now, kind="TEAM", team_id=crew.team.pk, audience="TEAM", owner=crew.jonas)
    assert (row.owner_id, row.team_id, row.state_by_id) == (crew.jonas.pk, crew.team.pk, crew.elif_.pk)


@pytest.mark.parametrize(
    ("fields", "refusal", "words"),
    [
        ({"kind": "TEAM", "audience": "TEAM"}, ObjectiveInvalid, "Say whose objective it is."),
        ({"kind": "TEAM", "audience": "TEAM", "team_id": 1}, ObjectiveInvalid, "Say whose objective it is."),
        ({"audience": "TEAM"}, ObjectiveInvalid, "That audience does not fit this kind of objective."),
        ({"audience": "ALL"}, ObjectiveInvalid, "That audience does not fit this kind of objective."),
    ],
)
def test_what_does_not_fit_is_refused(crew, now, fields, refusal, words):
    assert sentence(refusal, create, crew=crew, person=crew.mira, now=now, **fields) == words
    assert not Objective.objects.exists()
    assert not Event.objects.exists()


def test_other_peoples_teams_and_quarters_are_refused(crew, now):
    """AZ-08: what one may not set is not stored."""
    other = TeamFactory(length="CUSTOM")
    theirs = QuarterFactory(slug="odd", length="CUSTOM", team=other)
    arguments = {"crew": crew, "person": crew.mira, "now": now}
    assert (
        sentence(ObjectiveInvalid, create, quarter_id=theirs.pk, **arguments)
        == "That quarter is a team’s own. Choose that team as its home, or another quarter."
    )
    assert sentence(ObjectiveInvalid, create, team_id=other.pk, **arguments) == "Its owner is not in that team."
    assert "Only the team’s members" in sentence(
        NotYours, create, kind="TEAM", team_id=other.pk, audience="TEAM", **arguments
    )
    assert sentence(NotYours, create, owner=crew.jonas, **arguments).startswith(
        "A personal objective is its owner’s own."
    )
    assert not Objective.objects.exists()


def test_a_quarter_that_is_made_anew_in_the_same_moment(crew, now):
    """It is held before anything is written: who loses is told, and chooses again."""
    row = read(crew.objective())
    words = "That quarter was made anew meanwhile. Choose one again."
    for action, more in [(create, {}), (reword, {"row": row})]:
        going = Quarter.objects.filter(pk=crew.after.pk).delete
        with just_before('UPDATE "objectives_quarter"', going), transaction.atomic():
            arguments = {"crew": crew, "person": crew.mira, "now": now, "quarter_id": crew.after.pk, **more}
            assert sentence(ObjectiveInvalid, action, **arguments) == words
            transaction.set_rollback(True)
    assert (Objective.objects.get().quarter, Event.objects.count()) == (crew.quarter, 0)


def test_the_same_form_makes_one_objective(crew, now):
    """CC-04; deleted since, it is not made anew either."""
    key = uuid4()
    row = create(crew, crew.mira, now, client_key=key)
    with pytest.raises(WrittenAlready) as before:
        create(crew, crew.mira, now, client_key=key, title="Other words")
    assert before.value.objective == row
    Objective.objects.update(deleted_at=now)
    words = sentence(NotNow, create, crew=crew, person=crew.mira, now=now, client_key=key)
    assert words == "This was saved once and deleted since. You can restore it."
    assert Objective.objects.values_list("title", flat=True).get() == "Write well"


def test_new_words_are_kept_and_told_without_texts(crew, now):
    row = read(crew.objective(hours=2, money=None))
    reword(crew, crew.mira, row, now, title="Write better", hours=Decimal(3), money=Decimal("99.50"))
    kept = Objective.objects.get(pk=row.pk)
    assert (kept.title, kept.hours, kept.money, kept.version, row.version) == (
        "Write better",
        3,
        Decimal("99.50"),
        2,
        2,
    )
    numbers = {"hours": ["2", "3"], "money": [None, "99.5"]}
    assert told(row) == [("REWORDED", {"fields": ["hours", "money", "title"], "numbers": numbers})]


def test_the_same_words_change_nothing(crew, now):
    row = read(crew.objective())
    reword(crew, crew.mira, row, now)
    assert (Objective.objects.get(pk=row.pk).version, told(row)) == (1, [])


def test_an_older_version_is_refused(crew, now):
    """CC-01."""
    row = read(crew.objective())
    reword(crew, crew.mira, row, now, title="First")
    seen = read(row)
    assert sentence(Stale, reword, crew=crew, person=crew.mira, row=seen, now=now, title="Second", version=1) == (
        "Somebody saved a newer version."
    )
    assert Objective.objects.get(pk=row.pk).title == "First"


def test_a_save_between_reading_and_saving_is_refused(crew, now):
    """CC-01: compare and set."""
    mine, theirs = read(crew.objective()), read(Objective.objects.get())
    reword(crew, crew.mira, theirs, now, title="Theirs")
    assert sentence(Stale, reword, crew=crew, person=crew.mira, row=mine, now=now, title="Mine")
    assert Objective.objects.get().title == "Theirs"


@pytest.mark.parametrize("state", ["CLOSED", "DROPPED"])
def test_closed_and_dropped_words_stay(crew, now, state):
    row = read(crew.objective(state=state, state_reason="It went."))
    assert sentence(NotNow, reword, crew=crew, person=crew.mira, row=row, now=now, title="New")
    assert sentence(NotNow, objectives.move, by=viewer_of(crew.mira), objective=row, up=True, now=now)
    assert told(row) == []


def test_only_who_words_it_changes_it(crew, now):
    row = read(crew.team_objective())
    CoOwnerFactory(objective=row, user=crew.jonas)
    assert sentence(NotYours, reword, crew=crew, person=crew.nora, row=row, now=now, title="New")
    assert sentence(NotYours, objectives.move, by=viewer_of(crew.nora), objective=row, up=True, now=now)
    reword(crew, crew.jonas, read(row), now, title="Jonas’s words")
    assert Objective.objects.get().title == "Jonas’s words"


@pytest.mark.parametrize("logged", [ConfidenceFactory, ValueFactory])
def test_what_was_logged_stays_in_its_quarter(crew, now, logged):
    row = read(crew.objective())
    reword(crew, crew.mira, row, now, quarter_id=crew.after.pk)
    logged(key_result__objective=row)
    words = sentence(
        ObjectiveInvalid, reword, crew=crew, person=crew.mira, row=read(row), now=now, quarter_id=crew.quarter.pk
    )
    assert words == "It was logged in this quarter already, so it stays in it."


def test_the_objective_is_held_before_its_weeks_are_looked_at(crew, now):
    """Decisions 16, 18: a week that is logged in the same moment keeps it in its quarter."""
    row = read(KeyResultFactory(objective=crew.objective()).objective)
    arguments = {"crew": crew, "person": crew.mira, "row": row, "now": now, "quarter_id": crew.after.pk}
    logged = partial(ConfidenceFactory, key_result=row.key_results.get())
    with just_before('UPDATE "objectives_objective"', logged):
        assert sentence(ObjectiveInvalid, reword, **arguments).startswith("It was logged in this quarter already")


def test_a_teams_objective_moves_to_a_team_that_one_writes_for(crew, now):
    """AZ-09: rights at both ends."""
    harbour = TeamFactory(name="Harbour")
    row = read(crew.team_objective())
    arguments = {"crew": crew, "row": row, "now": now, "team_id": harbour.pk}
    assert sentence(NotYours, reword, person=crew.elif_, **arguments).startswith("Only the team’s members")
    MembershipFactory(team=harbour, user=crew.elif_)
    assert sentence(ObjectiveInvalid, reword, person=crew.elif_, **arguments) == "Its owner is not in that team."
    MembershipFactory(team=harbour, user=crew.mira)
    reword(crew, crew.mira, row, now, team_id=harbour.pk)
    assert Objective.objects.get().team == harbour
    assert sentence(NotYours, reword, crew=crew, person=crew.mira, row=read(row), now=now, team_id=None)


def test_one_place_up_or_down(crew, now):
    rows = [crew.objective(title=title, position=0) for title in "ABC"]
    crew.objective(title="other quarter", quarter=crew.after)

    def order():
        found = Objective.objects.filter(quarter=crew.quarter).in_order()
        return [row.title for row in found]

    before = order()
    last = next(row for row in rows if row.title == before[2])
    objectives.move(by=viewer_of(crew.mira), objective=read(last), up=True, now=now)
    assert order() == [before[0], before[2], before[1]]
    objectives.move(by=viewer_of(crew.mira), objective=read(last), up=False, now=now)
    assert order() == before
    objectives.move(by=viewer_of(crew.mira), objective=read(last), up=False, now=now)
    assert order() == before
    assert told(last) == [("MOVED", {}), ("MOVED", {})]


def test_co_owners_are_people_of_the_team(crew, now):
    row = read(crew.team_objective())

    def name(person, *people, objective=row):
        before = [one.user for one in objective.co_owners.select_related("user")]
        objectives.set_co_owners(by=viewer_of(person), objective=objective, opened=before, people=people, now=now)
        return sorted(one.user.name for one in objective.co_owners.select_related("user"))

    assert name(crew.mira, crew.jonas, crew.mira) == ["Jonas"]
    assert name(crew.elif_, crew.elif_) == ["Elif"]
    assert name(crew.mira, crew.elif_) == ["Elif"]
    for person, people, refusal in [
        (crew.nora, [crew.nora], NotYours),
        (crew.mira, [crew.nora, crew.jonas], ObjectiveInvalid),
    ]:
        arguments = {"by": viewer_of(person), "objective": row, "opened": [], "people": people, "now": now}
        assert sentence(refusal, objectives.set_co_owners, **arguments)
    named = [data["people"] for verb, data in told(row) if verb == "CO_OWNERS_NAMED"]
    assert sorted(named) == sorted([[crew.jonas.pk], [crew.elif_.pk]])
    arguments = {"by": viewer_of(crew.mira), "opened": [], "people": [], "now": now}
    assert (
        sentence(ObjectiveInvalid, objectives.set_co_owners, objective=read(crew.objective()), **arguments)
        == "Co-owners are people of the objective’s own team."
    )


def test_two_who_name_co_owners_at_once_keep_both(crew, now):
    """CC-01: only what one has changed is changed."""
    row, sam = read(crew.team_objective()), UserFactory(name="Sam")
    MembershipFactory(team=crew.team, user=sam)

    def name(person, *people, opened):
        arguments = {"by": viewer_of(person), "objective": row, "opened": opened, "people": people, "now": now}
        return objectives.set_co_owners(**arguments)

    assert name(crew.mira, crew.jonas, opened=[]) == {crew.jonas.pk}
    assert name(crew.elif_, sam, opened=[]) == {crew.jonas.pk, sam.pk}
    assert name(crew.mira, crew.elif_, opened=[crew.jonas]) == {sam.pk, crew.elif_.pk}
    assert name(crew.mira, sam, opened=[crew.jonas]) == {sam.pk, crew.elif_.pk}
    assert set(CoOwner.objects.values_list("user", flat=True)) == {sam.pk, crew.elif_.pk}
    named = [set(data["people"]) for verb, data in told(row) if verb == "CO_OWNERS_NAMED"]
    assert sorted(map(len, named)) == [1, 2, 2]


def test_who_has_left_is_no_co_owner(crew, now):
    crew.jonas.memberships.update(left_on=date(2026, 11, 19))
    row = read(crew.team_objective())
    arguments = {"by": viewer_of(crew.mira), "objective": row, "people": [crew.jonas], "opened": [], "now": now}
    assert sentence(ObjectiveInvalid, objectives.set_co_owners, **arguments)
