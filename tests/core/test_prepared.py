"""What is written once finds what the queryset would, of whomever it is asked."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from core.prepared import NOBODY, Prepared
from people import adapter, viewer
from people.models import User
from tests.factories import MembershipFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("prepared", [viewer.NEAR, viewer.REPORTS], ids=["near", "reports"])
def test_values_are_those_of_the_queryset(people, prepared):
    found = {person.pk: [*prepared.values(person.pk)] for person in people}
    assert found == {person.pk: [*prepared.about(person.pk)] for person in people}
    assert len({*map(str, found.values())}) > 1


def test_rows_are_those_of_the_queryset(people):
    """Whole and annotated; they can be saved, and hold nothing of whoever was asked about before."""
    for person in people:
        (found,), (expected,) = adapter.IN_SESSION.rows(person.pk), adapter.IN_SESSION.about(person.pk)
        assert vars(found) | {"_state": None} == vars(expected) | {"_state": None}
        assert (found._state.adding, found._state.db) == (False, "default")
    assert [*adapter.IN_SESSION.rows(NOBODY)] == []


def test_it_is_built_once_and_asked_each_time(people):
    built = []

    def about(pk):
        built.append(pk)
        return User.objects.filter(manager=pk).annotate(twice=F("manager") * 2)

    prepared = Prepared(about)
    with CaptureQueriesContext(connection) as asked:
        signs = [sorted(one.twice for one in prepared.rows(person.pk)) for person in people]
    assert (built, len(asked)) == ([NOBODY], len(people))
    assert signs == [[people[0].pk * 2] * 2, [], [], []]
