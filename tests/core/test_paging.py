"""Lists in parts: from any order, to and fro, and what an address may say (DB-07, IN-13)."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.db.models import Case, Count, F, When
from django.http import QueryDict

from activity.models import Delivery, Event
from core import paging
from core.paging import Page, page_of
from people.models import Team, User
from tests.factories import DeliveryFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_page(monkeypatch):
    monkeypatch.setattr(paging, "PER_PAGE", 2)


def names(page: Page) -> list[str]:
    return [row.name for row in page.rows]


def on(rows, **asked: str) -> Page:
    return page_of(rows, asked)


@pytest.fixture
def five():
    return [
        UserFactory(name=name, username=f"u-{number}")
        for number, name in enumerate(("Ana", "Ben", "Ben", "Cleo", "Dora"))
    ]


ORDERS = {
    "up": ["name", "pk"],
    "down": ["-name", "-pk"],
    "mixed": ["-name", "pk"],
    "expressions": [Case(When(name="Cleo", then=0), default=1), F("name").desc(), F("username").asc(), "pk"],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_every_row_once_in_its_order_and_back_again(five, order):
    """DB-07: also those that are alike."""
    rows = User.objects.order_by(*order)
    whole, seen, places = [row.pk for row in rows], [], []
    page = on(rows)
    while True:
        seen += [row.pk for row in page.rows]
        places.append((page.first, page.last, page.of))
        if not page.after:
            break
        page = on(rows, after=page.after)
    assert (seen, places) == (whole, [(1, 2, 5), (3, 4, 5), (5, 5, 5)])
    back = [row.pk for row in page.rows]
    while page.before:
        page = on(rows, before=page.before)
        back = [row.pk for row in page.rows] + back
    assert (back, page.first) == (whole, 1)


def test_counts_and_moments_are_places_too(now):
    """Over annotated rows, and to the microsecond."""
    for number in range(5):
        TeamFactory(name=f"Team {number}")
        DeliveryFactory(created_at=now - timedelta(microseconds=number))
    for rows in (Team.objects.annotate(people=Count("memberships")).in_order(), Delivery.objects.newest_first()):
        first = on(rows)
        second = on(rows, after=first.after)
        assert [row.pk for row in [*first.rows, *second.rows]] == [row.pk for row in rows[:4]]
        assert (second.first, second.of) == (3, 5)


def test_where_rows_have_gone_the_end_is_shown(five):
    """After the last there is the last part again, before the first the first; of nothing nothing."""
    rows = User.objects.order_by("name", "pk")
    first = on(rows)
    second = on(rows, after=first.after)
    User.objects.filter(name__gt="Ben").delete()
    assert (names(on(rows, after=second.after)), on(rows, after=second.after).after) == (["Ben", "Ben"], "")
    User.objects.filter(pk__in=[row.pk for row in first.rows]).delete()
    assert (names(on(rows, before=second.before)), on(rows, before=second.before).after) == (["Ben"], "")
    User.objects.all().delete()
    assert on(rows, after=first.after) == Page(rows=[], first=1, of=0)


@pytest.mark.parametrize("text", ["2", "x", "\x00", "é", "WzFd:x", "9" * 5000, ":", "bad:"])
@pytest.mark.parametrize("name", ["after", "before"])
def test_what_no_list_has_said_gives_the_first_part(five, name, text):
    """IN-13: an address of another day too, when pages had numbers."""
    assert names(on(User.objects.order_by("name", "pk"), **{name: text})) == ["Ana", "Ben"]


@pytest.mark.parametrize("said", [7, "Ana", ["Ana"], ["Ana", "x"], ["Ana", 1, 2], [None, None], {"a": 1}, [[], {}]])
def test_what_another_list_has_said_gives_the_first_part(five, said):
    """IN-13: signed by us, for another order of another day."""
    text = Signer(salt="core.paging").sign_object(said)
    assert names(on(User.objects.order_by("name", "pk"), after=text)) == ["Ana", "Ben"]


def test_a_place_cannot_be_made_up(five):
    """AZ-05: nobody feels their way through what they are not shown."""
    rows = User.objects.order_by("name", "pk")
    signed = Signer(salt="core.elsewhere").sign_object(["Ben", 0])
    assert names(on(rows, after=signed)) == ["Ana", "Ben"]
    assert names(on(rows, after=on(rows).after[:-1])) == ["Ana", "Ben"]


@pytest.mark.parametrize("order", [[], ["name"], ["pk", "name"]])
def test_an_order_that_is_none_is_refused(order):
    with pytest.raises(ValueError, match="an order that ends with its pk"):
        on(User.objects.order_by(*order))


def test_an_order_by_what_may_be_missing_is_refused(five):
    with pytest.raises(ValueError, match="what every row has"):
        on(User.objects.order_by("switched_off_at", "pk"))


def test_two_queries(five, django_assert_num_queries):
    rows = User.objects.order_by("name", "pk")
    with django_assert_num_queries(2):
        first = on(rows)
    with django_assert_num_queries(2):
        on(rows, after=first.after)
    with django_assert_num_queries(1):
        assert page_of(Event.objects.newest_first(), QueryDict("after=x")).rows == []
