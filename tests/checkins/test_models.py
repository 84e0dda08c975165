"""What the database refuses of weeks and lines, and who reads them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from checkins.models import CheckIn, Line
from core.calendar import Week
from people.viewer import viewer_of
from tests.factories import CheckInFactory, LineFactory, MembershipFactory, ObjectiveFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
W46 = Week(date(2026, 11, 9))


def test_a_person_has_one_check_in_a_week():
    """IN-03: check_in_is_one_a_week."""
    first = CheckInFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckInFactory(person=first.person)
    CheckInFactory(person=first.person, week_on=date(2026, 11, 16))
    CheckInFactory()
    assert CheckIn.objects.count() == 3


@pytest.mark.parametrize("broken", [{"kind": "SAID"}, {"kind": ""}, {"text": ""}])
def test_a_line_has_a_known_kind_and_words(broken):
    """IN-03: line_kind_is_known, line_has_words."""
    with pytest.raises(IntegrityError), transaction.atomic():
        LineFactory(**broken)
    assert not Line.objects.exists()


def test_what_was_typed_is_found_by_its_week():
    """Among thousands of people: the index of what is carried once holds nearly every line."""
    plan = Line.objects.of_week(CheckInFactory()).typed().explain()
    assert "(carried_from_id=?)" not in plan  # as SQLite says it; PostgreSQL counts first


def test_words_name_them():
    check_in = CheckInFactory()
    assert (str(check_in), check_in.week, str(LineFactory(check_in=check_in, text="One"))) == ("2026-W46", W46, "One")


@pytest.fixture
def readers():
    """Alice, and those who stand around her."""
    team, other = TeamFactory(), TeamFactory()
    mona = UserFactory(name="Mona")
    alice = UserFactory(name="Alice", manager=mona)
    people = {
        "alice": alice,
        "mona": mona,
        **{name: UserFactory(name=name.title()) for name in ("bob", "gone", "stranger")},
    }
    for person in (alice, people["bob"]):
        MembershipFactory(team=team, user=person)
    MembershipFactory(team=team, user=people["gone"], left_on=date(2026, 11, 1))
    MembershipFactory(team=other, user=people["stranger"])
    return people


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        ("alice", {"done", "unfinished"}),
        ("bob", {"done"}),
        ("mona", {"done"}),
        ("gone", set()),
        ("stranger", set()),
    ],
)
def test_a_week_is_read_by_teams_and_manager_once_it_is_done(readers, reader, expected):
    rows = {
        "done": CheckInFactory(person=readers["alice"]),
        "unfinished": CheckInFactory(person=readers["alice"], week_on=date(2026, 11, 16), done_at=None),
    }
    found = set(CheckIn.objects.visible_to(viewer_of(readers[reader])))
    assert {name for name, row in rows.items() if row in found} == expected
    assert len(found) == len(expected)


def test_the_vocabulary_of_check_ins(readers):
    alice, bob = readers["alice"], readers["bob"]
    done = CheckInFactory(person=alice)
    later = CheckInFactory(person=alice, week_on=date(2026, 11, 16))
    unfinished = CheckInFactory(person=bob, done_at=None)
    others = CheckInFactory(person=bob, week_on=date(2026, 11, 2))
    viewer, rows = viewer_of(alice), CheckIn.objects.for_everyone(because="the test looks at all")
    assert set(rows.of(W46)) == {done, unfinished}
    assert set(rows.done()) == {done, later, others}
    assert list(rows.mine(viewer, W46)) == [done]
    assert set(rows.for_home(viewer, W46)) == {done, later}
    about = LineFactory(check_in=done, objective=ObjectiveFactory(), position=0)
    lines = [LineFactory(check_in=done, text=text, position=place) for text, place in (("Two", 2), ("One", 1))]
    assert {week: [*week.lines.all()] for week in rows.for_board(W46, [alice.pk, bob.pk], [])} == {done: lines[::-1]}
    on_board = rows.for_board(W46, [alice.pk], [about.objective_id])
    assert [[*week.lines.all()] for week in on_board] == [[about, *lines[::-1]]]


def test_lines_stand_in_the_order_of_writing():
    check_in = CheckInFactory()
    second, first = (LineFactory(check_in=check_in, position=position) for position in (2, 1))
    LineFactory(check_in=check_in, objective=ObjectiveFactory(), position=0)
    LineFactory()
    rows = Line.objects.for_everyone(because="the test looks at all")
    assert list(rows.of_week(check_in).filter(objective=None)) == [first, second]


def test_a_manager_reads_from_the_week_in_which_they_became_one():
    """Decisions 4: earlier words were written for somebody else."""
    person = UserFactory(manager=UserFactory(name="Mona"), manager_since_on=date(2026, 11, 12))
    weeks = [CheckInFactory(person=person, week_on=date(2026, 11, day)) for day in (2, 9, 16)]
    lines = [LineFactory(check_in=week) for week in weeks]
    mona = viewer_of(person.manager)
    assert set(CheckIn.objects.visible_to(mona)) == {*weeks[1:]}
    assert set(Line.objects.visible_to(mona)) == {*lines[1:]}
