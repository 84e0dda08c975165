"""What is written once finds what the queryset would, of whomever it is asked, and refuses what it could not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from checkins.models import CheckIn
from core import prepared
from core.calendar import Week
from core.prepared import NotPreparable, Prepared
from people import adapter, viewer
from people.models import Absence, Membership, User
from people.viewer import viewer_of
from tests.factories import AbsenceFactory, CheckInFactory, MembershipFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

W46, MONDAY = Week.parse("2026-W46"), date(2026, 11, 9)


@pytest.fixture
def people():
    """Kim, to whom two report; one of these is in two teams with her; and somebody beside it all."""
    kim, other = UserFactory(name="Kim"), UserFactory(name="Other")
    reports = [UserFactory(manager=kim, manager_since_on=date(2026, 3, day)) for day in (2, 1)]
    for team in (TeamFactory(), TeamFactory()):
        MembershipFactory(team=team, user=kim, joined_on=date(2026, 1, 5))
        MembershipFactory(team=team, user=reports[0], joined_on=date(2026, 1, 2))
    MembershipFactory(team=TeamFactory(), user=other, joined_on=date(2026, 1, 1))
    return [kim, other, *reports]


@pytest.mark.parametrize("asking", [viewer.near, viewer.reports], ids=["near", "reports"])
def test_values_are_those_of_the_queryset(people, asking):
    found = {person.pk: asking(person.pk) for person in people}
    assert found == {person.pk: [*asking.about(person.pk)] for person in people}
    assert len({*map(str, found.values())}) > 1


def test_rows_are_those_of_the_queryset(people):
    """Whole and annotated; they can be saved, and hold nothing of whoever was asked about before."""
    for person in people:
        (found,), (expected,) = adapter.in_session(person.pk), adapter.in_session.about(person.pk)
        assert vars(found) | {"_state": None} == vars(expected) | {"_state": None}
        assert (found._state.adding, found._state.db) == (False, "default")
    assert adapter.in_session(-1) == []


def test_it_is_built_once_and_asked_each_time(people):
    built = []

    @Prepared
    def twice(pk: int) -> QuerySet[User]:
        built.append(pk)
        return User.objects.filter(manager=pk).annotate(twice=F("manager") * 2)

    with CaptureQueriesContext(connection) as asked:
        signs = [sorted(one.twice for one in twice(person.pk)) for person in people]
    assert (len(built), len(asked)) == (2, len(people))  # once for each of two masks that have to agree
    assert not {*built} & {person.pk for person in people}
    assert signs == [[people[0].pk * 2] * 2, [], [], []]


def test_one_thread_forgets_while_another_is_about_to_ask(people, monkeypatch):
    """What was found is kept in hand: all that was written may be forgotten at any moment."""

    class Forgetful(dict):
        def __contains__(self, way):
            return super().__contains__(way) and not self.clear()

        def get(self, way):
            found = super().get(way)
            self.clear()
            return found

    own = Prepared(lambda pk: User.objects.filter(pk=pk))
    monkeypatch.setattr(own, "_written", Forgetful())
    assert [own(person.pk) for person in people] == [[person] for person in people]


def test_those_who_ask_in_the_same_way_each_find_their_own():
    """Two people of one shape, in teams of one size: one text, and nothing of the other's."""
    pairs = [(UserFactory(), UserFactory(), TeamFactory()) for _ in range(2)]
    for one, mate, team in pairs:
        MembershipFactory(team=team, user=one, role=Membership.Role.LEAD)
        MembershipFactory(team=team, user=mate)
        CheckInFactory(person=mate, week_on=MONDAY)

    @Prepared
    def weeks(asking: viewer.Viewer, week: Week) -> QuerySet[CheckIn]:
        return CheckIn.objects.visible_to(asking).of(week)

    found = [[one.person for one in weeks(viewer_of(who), W46)] for who, _mate, _team in pairs]
    assert found == [[mate] for _who, mate, _team in pairs]
    assert len(weeks._written) == 1
    assert weeks(viewer_of(pairs[0][1]), W46) == [*weeks.about(viewer_of(pairs[0][1]), W46)]


def test_days_before_and_after_go_with_the_day_that_is_given():
    moment = datetime(2026, 11, 9, 12, 30, tzinfo=UTC)
    rows = [CheckInFactory(week_on=(W46 + weeks).monday, done_at=moment + timedelta(days=weeks)) for weeks in range(9)]

    @Prepared
    def around(week: Week, now: datetime, words: str, *, is_done: bool) -> QuerySet[CheckIn]:
        since = Q(week_on__range=((week + -2).monday, week.next.monday))
        return CheckIn.objects.filter(since, done_at__isnull=not is_done, done_at__gt=now).exclude(person__name=words)

    for weeks in (0, 3, 5):
        asked = (W46 + weeks, moment + timedelta(days=weeks - 2), rows[weeks].person.name)
        found = sorted(around(*asked, is_done=True), key=lambda one: one.week_on)
        assert found == sorted(around.about(*asked, is_done=True), key=lambda one: one.week_on)
        assert [one.week_on for one in found] == [(W46 + more).monday for more in (weeks - 1, weeks + 1) if more >= 0]


def test_how_many_and_which_are_equal_is_part_of_the_way_of_asking(people):
    kim, other, *reports = people

    @Prepared
    def some(pk: int, others: tuple[int, ...], none: int | None) -> QuerySet[User]:
        rows = User.objects.filter(pk__in=others, manager=none)
        return rows.exclude(pk=pk) if pk in others else rows

    assert some(kim.pk, (kim.pk, other.pk), None) == [other]
    assert some(kim.pk, (other.pk,), None) == [other]
    assert some(other.pk, (reports[0].pk,), kim.pk) == [reports[0]]
    assert some(other.pk, (), None) == []
    assert len(some._written) == 4


def by_order(first: date, last: date) -> QuerySet[Absence]:
    return Absence.objects.filter(first_on__gte=min(first, last))


def by_calendar(day: date) -> QuerySet[Absence]:
    return Absence.objects.filter(first_on__gte=day.replace(day=1))


def by_week(day: date) -> QuerySet[Absence]:
    return Absence.objects.filter(first_on__gte=Week.on(day).monday)


def by_number(pk: int) -> QuerySet[Absence]:
    return Absence.objects.filter(user=pk + 1)


def by_part(word: str) -> QuerySet[Absence]:
    return Absence.objects.filter(user__name__contains=word)


def by_asking(pk: int) -> QuerySet[Absence]:
    return Absence.objects.filter(user__in=[*User.objects.filter(manager=pk)])


def by_more_queries(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).prefetch_related(Prefetch("absences", Absence.objects.filter(user=pk)))


@pytest.mark.parametrize(
    ("about", "asked"),
    [
        (by_order, (date(2026, 3, 1), date(2026, 4, 1))),
        (by_calendar, (date(2026, 3, 9),)),
        (by_week, (date(2026, 3, 9),)),
        (by_number, (7,)),
        (by_part, ("a",)),
        (by_more_queries, (7,)),
        (by_number, (1.5,)),
        (by_asking, (7,)),
    ],
    ids=["order", "calendar", "week", "number", "part", "prefetch", "kind", "asking"],
)
def test_what_does_more_than_compare_is_refused(about, asked):
    AbsenceFactory()
    refusing = Prepared(about)
    with pytest.raises(NotPreparable):
        refusing(*asked)
    assert not refusing._written


def test_ways_of_asking_are_forgotten_before_they_are_too_many(monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 3)

    @Prepared
    def those(pks: tuple[int, ...]) -> QuerySet[User]:
        return User.objects.filter(pk__in=pks)

    for many in range(5):
        those((*range(1, many + 1),))
    assert len(those._written) == 2
