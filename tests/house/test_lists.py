"""Lists in parts while rows come and go between two looks (DB-07): every list that pages, and those of the API."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, models
from django.urls import reverse

from activity.models import Event
from core import paging
from people.models import Team, User
from tests.factories import (
    CheckInFactory,
    DeliveryFactory,
    IdeaFactory,
    KeyResultFactory,
    ObjectiveFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.people import WEDNESDAY
from tests.house.house import House

pytestmark = pytest.mark.django_db

ROW = re.compile(r"row[ -](\d{3})", re.IGNORECASE)
LINK = '<a class="btn small" rel="{rel}" href="([^"]+)"'


def person(house: House, number: int) -> User:
    return UserFactory(name=f"Row {number:03}")


def switched_off(house: House, number: int) -> User:
    return UserFactory(name=f"Row {number:03}", switched_off_at=WEDNESDAY)


def team(house: House, number: int) -> Team:
    return TeamFactory(name=f"Row {number:03}")


def mail(house: House, number: int) -> models.Model:
    return DeliveryFactory(address=f"row-{number:03}@example.org", created_at=WEDNESDAY - timedelta(minutes=number))


def quarter(house: House, number: int) -> models.Model:
    days = {"first_on": date(2030, 1, 1) - timedelta(days=number), "ends_on": date(2031, 1, 1)}
    return QuarterFactory(slug=f"row-{number:03}", length="CUSTOM", team=house.world.harbour, **days)


def event(verb: str, about: str) -> Callable[[House, int], models.Model]:
    def make(house: House, number: int) -> models.Model:
        subject = getattr(house.world, about)
        return Event.objects.create(
            at=WEDNESDAY - timedelta(minutes=number),
            by=UserFactory(name=f"Row {number:03}"),
            verb=verb,
            subject_type=subject._meta.label,
            subject_id=subject.pk,
            data={"is_site_admin": True} if verb == "SITE_ADMIN_SET" else {},
            team_id=subject.pk if about == "rockets" else None,
        )

    return make


def idea(house: House, number: int) -> models.Model:
    minutes_ago = WEDNESDAY - timedelta(minutes=number)
    return IdeaFactory(owner=house.world.bob, title=f"Row {number:03}", added_at=minutes_ago)


LISTS = {
    "people:people": ("ada", person),
    "people:people ?q=row": ("ada", person),
    "people:people ?off=1": ("ada", switched_off),
    "people:teams": ("bob", team),
    "people:outbox": ("ada", mail),
    "objectives:shelf": ("bob", idea),
    "objectives:audit": ("alice", event("SITE_ADMIN_SET", "alice")),
    "objectives:team_audit slug=rockets": ("tara", event("TEAM_CHANGED", "rockets")),
    "objectives:site_audit": ("ada", event("SITE_ADMIN_SET", "bob")),
    "objectives:team_quarters slug=harbour": ("xavier", quarter),
}


def gone(row: models.Model) -> None:
    """It leaves its list: a person is switched off or erased, the rest is taken away."""
    if isinstance(row, User):
        User.objects.filter(pk=row.pk).update(switched_off_at=WEDNESDAY, erased_at=WEDNESDAY)
    else:
        models.QuerySet(type(row)).filter(pk=row.pk)._raw_delete(DEFAULT_DB_ALIAS)


def numbers(text: str) -> list[int]:
    """The rows of a page in its order; each may stand on it more than once."""
    return list(dict.fromkeys(int(number) for number in ROW.findall(text)))


def look(house: House, persona: str, path: str) -> tuple[list[int], str, str]:
    """The rows of a page, and where it leads to: before, after."""
    text = house.get(persona, path).content.decode()
    ways = [re.findall(LINK.format(rel=rel), text) for rel in ("prev", "next")]
    before, after = (path.partition("?")[0] + unescape(way[0]) if way else "" for way in ways)
    return numbers(text), before, after


@pytest.mark.parametrize("words", LISTS)
def test_what_comes_and_goes_between_two_looks_moves_nothing(house, monkeypatch, words):
    """DB-07: forward and back; whatever was there all the time is seen once, in its order."""
    persona, make = LISTS[words]
    monkeypatch.setattr(paging, "PER_PAGE", 3)
    rows = {number: make(house, number) for number in range(100, 220, 10)}
    expected, seen, path = set(rows), [], house.path(words)
    while path:
        shown, last, path = look(house, persona, path)[0], path, look(house, persona, path)[2]
        seen += shown
        if shown and shown[-1] < 170:
            edge = shown[-1]
            comes, goes = {shown[0] - 1, edge - 1, edge + 5}, {edge, edge - 10, edge + 20}
            rows |= {number: make(house, number) for number in comes}
            expected = (expected | {edge + 5}) - {edge + 20}  # what was seen is seen
            for number in goes & set(rows):
                gone(rows.pop(number))
    assert seen == sorted(expected)
    assert len(seen) == 12
    back, path = [], last
    while path:
        shown, path, _after = look(house, persona, path)
        back = shown + back
    assert back == sorted(rows)


def test_a_page_says_where_it_is(house, monkeypatch):
    """And its address leads there again, for whomever it is given to."""
    monkeypatch.setattr(paging, "PER_PAGE", 3)
    for number in range(7):
        person(house, number)
    first = house.get("bob", f"{reverse('people:people')}?q=row")
    after = look(house, "bob", f"{reverse('people:people')}?q=row")[2]
    second = house.get("bob", after)
    assert ["1–3 of 7" in first.text, "4–6 of 7" in second.text] == [True, True]
    assert numbers(house.get("alice", after).text) == [3, 4, 5]
    assert "?q=row&amp;before=" in second.text


def key_result(house: House) -> models.Model:
    return KeyResultFactory(objective=house.world.objectives["EVERYONE"])


def objective(house: House) -> models.Model:
    return ObjectiveFactory(owner=house.world.alice, quarter=house.world.quarter)


def week(house: House) -> models.Model:
    return CheckInFactory(person=UserFactory(manager=house.world.alice), week_on=date(2026, 11, 9))


API_LISTS = {
    "people": lambda house: UserFactory(),
    "teams": lambda house: TeamFactory(),
    "quarters": lambda house: quarter(house, Event.objects.count() + models.QuerySet(User).count()),
    "objectives": objective,
    "key-results": key_result,
    "check-ins": week,
}


def parts(house: House, path: str) -> Iterator[list[int]]:
    """The ids of one part after the other, of three rows each."""
    cursor = ""
    while cursor is not None:
        answer: Any = json.loads(house.get("alice", f"/api/v1/{path}/?limit=3{cursor}").content)
        yield [int(row["id"]) for row in answer["results"]]
        cursor = answer["next"] and f"&cursor={answer['next']}"


@pytest.mark.parametrize("path", API_LISTS)
def test_no_list_of_the_api_skips_or_repeats_either(house, path):
    """DB-07: what was there all the time is seen once."""
    made = [made_one(house, path, number) for number in range(9)]
    before = [pk for part in parts(house, path) for pk in part]
    stay, seen = {row.pk for row in made}, []
    for turn, part in enumerate(parts(house, path)):
        seen += part
        made_one(house, path, 20 + turn)
        for row in [row for row in made if row.pk in {part[-1], before[-1]} & stay]:
            gone(row)  # where the next part begins, and the last of all
            stay.discard(row.pk)
    assert seen == sorted(set(seen))
    assert stay <= set(seen)
    assert len(before) == len(set(before))


def made_one(house: House, path: str, number: int) -> models.Model:
    return quarter(house, number) if path == "quarters" else API_LISTS[path](house)
