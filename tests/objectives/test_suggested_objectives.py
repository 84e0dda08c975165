"""Whole objectives that are suggested to somebody: made theirs once, reworded, left, taken back (P51, P52)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from activity.models import Event, Notice
from core.errors import NotNow, NotYours
from objectives.actions import suggested_objectives
from objectives.actions.objectives import Wording, WrittenAlready
from objectives.actions.suggestions import SuggestedAlready, WithdrawnAlready
from objectives.actions.writing import write
from objectives.models import Objective, SuggestedObjective
from objectives.rules import Answer, Whole, taken_whole
from people.models import Membership, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import ObjectiveFactory, SuggestedObjectiveFactory
from tests.objectives.crew import measure
from tests.people.racing import race

pytestmark = pytest.mark.django_db
KEY = UUID("6f1b9d0e-5a55-4c39-9d8e-0d6b4c1f7a11")
WORDS = Whole("Teach what you know", "They ask you anyway", ("Evenings held", "People who come back"))


def suggest(by, to, words=WORDS, key=None):
    told = {"client_key": key or uuid4(), "now": NOW}
    return suggested_objectives.suggest(by=viewer_of(by), to=to, words=words, **told)


def make(by, quarter, row, key=None, titles=WORDS.key_results, **words):
    wording = Wording(**{"title": row.title, "why": row.why, "audience": "ONLY_ME", "quarter_id": quarter.pk} | words)
    return write(
        by=viewer_of(by),
        kind="GROWTH",
        wording=wording,
        measures=[measure(title=title) for title in titles],
        is_active=False,
        client_key=key or uuid4(),
        suggested_pk=row.pk,
        now=NOW,
    )


def decline(by, row, answer=""):
    suggested_objectives.decline(by=viewer_of(by), suggestion=row, answer=answer, now=NOW)


def withdraw(by, row):
    suggested_objectives.withdraw(by=viewer_of(by), suggestion=row, now=NOW)


def stands(row):
    row.refresh_from_db()
    return row.state, row.answered_at, row.answer, row.objective


def told():
    about = Event.objects.filter(subject_type=SuggestedObjective._meta.label).order_by("at", "pk")
    return [*about.values_list("verb", "by__name", "data")]


def noticed():
    return {*Notice.objects.values_list("person__name", "event__verb")}


@pytest.mark.parametrize("name", ["elif_", "jonas"])
def test_a_manager_and_a_teammate_suggest_and_that_person_is_told(crew, name):
    by = getattr(crew, name)
    row = suggest(by, crew.mira)
    assert (row.words, row.by_id, row.to, row.at) == (WORDS, by.pk, crew.mira, NOW)
    assert stands(row) == ("OPEN", None, "", None)
    assert (told(), noticed()) == ([("SUGGESTED", by.name, {})], {("Mira", "SUGGESTED")})


def test_a_manager_who_is_in_no_team_of_theirs(crew):
    Membership.objects.filter(user=crew.elif_).delete()
    suggest(crew.elif_, crew.mira)
    with pytest.raises(NotYours):
        suggest(crew.elif_, crew.jonas)
    with pytest.raises(NotYours):
        suggest(crew.mira, crew.elif_)
    assert SuggestedObjective.objects.count() == 1


@pytest.mark.parametrize(("by", "words"), [("nora", "teammates and their manager"), ("mira", "just write")])
def test_nobody_else_does(crew, by, words):
    with pytest.raises(NotYours, match=words):
        suggest(getattr(crew, by), crew.mira)
    assert (SuggestedObjective.objects.count(), Event.objects.count()) == (0, 0)


def test_not_to_somebody_who_is_no_longer_here(crew):
    User.objects.filter(pk=crew.mira.pk).update(switched_off_at=NOW)
    with pytest.raises(NotNow, match="no longer here"):
        suggest(crew.jonas, crew.mira)


def test_the_same_form_twice_is_one(crew):
    """CC-04: also once it is answered."""
    row = suggest(crew.jonas, crew.mira, key=KEY)
    for _press in range(2):
        with pytest.raises(SuggestedAlready):
            suggest(crew.jonas, crew.mira, key=KEY)
        SuggestedObjective.objects.filter(pk=row.pk).update(state="DECLINED", answered_at=NOW)
    suggest(crew.elif_, crew.mira, key=KEY)
    assert SuggestedObjective.objects.count() == 2


def test_one_waits_at_a_time(crew):
    row = suggest(crew.jonas, crew.mira)
    with pytest.raises(NotNow, match="waits for their answer"):
        suggest(crew.jonas, crew.mira)
    suggest(crew.jonas, crew.elif_)
    suggest(crew.elif_, crew.mira)
    withdraw(crew.jonas, row)
    suggest(crew.jonas, crew.mira)
    assert SuggestedObjective.objects.open().count() == 4 - 1


@pytest.mark.parametrize(
    ("kept", "state"),
    [
        ({}, "ACCEPTED"),
        ({"titles": [*WORDS.key_results, "One of mine"]}, "ACCEPTED"),
        ({"title": "Teach"}, "REWORDED"),
        ({"why": ""}, "REWORDED"),
        ({"titles": WORDS.key_results[:1]}, "REWORDED"),
    ],
)
def test_it_becomes_an_objective_of_theirs(crew, kept, state):
    """P52: as it is, or reworded; in one transaction."""
    row = suggest(crew.elif_, crew.mira)
    made = make(crew.mira, crew.quarter, row, **kept)
    assert (made.owner, made.kind, made.state, made.audience) == (crew.mira, "GROWTH", "DRAFT", "ONLY_ME")
    assert stands(row) == (state, NOW, "", made)
    assert {verb for verb, *_rest in told()} == {"SUGGESTED", f"SUGGESTION_{state}"}
    assert noticed() == {("Mira", "SUGGESTED"), ("Elif", f"SUGGESTION_{state}")}


def test_what_it_is_called():
    assert taken_whole(Whole("A"), Whole("A", "", ("Mine",))) == Answer.ACCEPTED
    assert taken_whole(Whole("A", "", ("One",)), Whole("A", "", ("Mine",))) == Answer.REWORDED


def test_it_makes_one_or_none(crew):
    """CC-04, DB-03: the second press leads to the first one's, a second editor makes nothing."""
    row = suggest(crew.elif_, crew.mira)
    made = make(crew.mira, crew.quarter, row, key=KEY)
    with pytest.raises(WrittenAlready) as before:
        make(crew.mira, crew.quarter, row, key=KEY)
    assert before.value.objective == made
    with pytest.raises(NotNow, match="answered or taken back"):
        make(crew.mira, crew.quarter, row)
    assert Objective.objects.count() == 1


@pytest.mark.parametrize("name", ["elif_", "jonas", "nora"])
def test_nobody_else_answers(crew, name):
    """P51: neither who suggested it, nor a teammate who knows its id."""
    row, other = suggest(crew.elif_, crew.mira), getattr(crew, name)
    with pytest.raises(NotNow):
        make(other, crew.quarter, row)
    with pytest.raises(NotYours):
        decline(other, row)
    assert (stands(row)[0], Objective.objects.count()) == ("OPEN", 0)


def test_it_is_left_with_a_word(crew):
    row = suggest(crew.elif_, crew.mira)
    decline(crew.mira, row, "Next year.")
    assert stands(row) == ("DECLINED", NOW, "Next year.", None)
    assert noticed() == {("Mira", "SUGGESTED"), ("Elif", "SUGGESTION_DECLINED")}
    for late in (lambda: decline(crew.mira, row), lambda: withdraw(crew.elif_, row)):
        with pytest.raises(NotNow):
            late()


def test_its_author_alone_takes_it_back(crew):
    row = suggest(crew.elif_, crew.mira)
    with pytest.raises(NotYours):
        withdraw(crew.mira, row)
    withdraw(crew.elif_, row)
    assert (stands(row)[0], noticed()) == ("WITHDRAWN", {("Mira", "SUGGESTED")})
    with pytest.raises(WithdrawnAlready):
        withdraw(crew.elif_, row)
    with pytest.raises(NotNow):
        make(crew.mira, crew.quarter, row)
    assert Objective.objects.count() == 0


def test_who_reads_which(crew):
    """The two, but for what was taken back; its author while they are near."""
    became = ObjectiveFactory(owner=crew.mira, audience="EVERYONE")
    for state in ("ACCEPTED", "REWORDED", "DECLINED", "WITHDRAWN"):
        made = {"objective": became} if state in {"ACCEPTED", "REWORDED"} else {}
        between = {"by": crew.elif_, "to": crew.mira}
        SuggestedObjectiveFactory(title=state, state=state, answered_at=NOW, **between, **made)
    SuggestedObjectiveFactory(title="OPEN", **between)

    def read(person):
        return {*SuggestedObjective.objects.visible_to(viewer_of(person)).values_list("title", flat=True)}

    theirs = {"ACCEPTED", "REWORDED", "DECLINED", "OPEN"}
    assert [read(one) for one in (crew.elif_, crew.mira, crew.jonas, crew.nora)] == [
        *(theirs | {"WITHDRAWN"}, theirs, set(), set())
    ]
    Membership.objects.filter(user=crew.elif_).update(left_on=NOW.date() - timedelta(days=1))
    assert read(crew.elif_) == theirs | {"WITHDRAWN"}  # she is her manager still
    crew.mira.manager = crew.mira.manager_since_on = None
    crew.mira.save()
    assert (read(crew.elif_), read(crew.mira)) == (set(), theirs)


@pytest.mark.parametrize(
    "broken",
    [{"title": ""}, {"state": "GONE"}, {"state": "DECLINED"}, {"answered_at": NOW}, {"client_key": KEY}, {"to": "by"}],
    ids=str,
)
def test_the_database_refuses_what_is_never_true(crew, broken):
    SuggestedObjectiveFactory(by=crew.jonas, to=crew.elif_, client_key=KEY)
    fields = {"by": crew.jonas, "to": crew.mira} | broken
    fields["to"] = crew.jonas if fields["to"] == "by" else fields["to"]
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestedObjectiveFactory(**fields)


@pytest.mark.parametrize("state", ["ACCEPTED", "OPEN"])
def test_the_database_knows_what_was_taken_by_what_it_became(crew, state):
    fields = {"answered_at": NOW} if state == "ACCEPTED" else {"objective": ObjectiveFactory(owner=crew.mira)}
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestedObjectiveFactory(by=crew.jonas, to=crew.mira, state=state, **fields)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one(crew):
    """CC-04."""
    assert race(*[lambda: suggest(crew.jonas, crew.mira, key=KEY)] * 2) == ["SuggestedAlready", "done"]
    assert SuggestedObjective.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_one_waiting(crew):
    assert race(*[lambda: suggest(crew.jonas, crew.mira)] * 2) == ["NotNow", "done"]
    assert SuggestedObjective.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_make_one_objective(crew):
    """CC-01: two tabs, two forms."""
    row = suggest(crew.elif_, crew.mira)
    assert race(*[lambda: make(crew.mira, crew.quarter, row)] * 2) == ["NotNow", "done"]
    assert Objective.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_taken_while_it_is_taken_back(crew):
    """One wins, and the other is told."""
    row = suggest(crew.elif_, crew.mira)
    ends = race(lambda: make(crew.mira, crew.quarter, row), lambda: withdraw(crew.elif_, row))
    assert ends == ["NotNow", "done"]
    assert Objective.objects.exists() is (stands(row)[0] == "ACCEPTED")
