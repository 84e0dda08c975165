"""How often the API may be asked (RL-02, RL-03)."""

import pytest
import time_machine
from django.test import Client

from people.models import ApiUse, Token
from tests.conftest import NOW
from tests.factories import TokenFactory, make_world
from tests.house.house import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(frozen) -> House:
    return House(make_world()).sign_in_all()


def test_what_is_asked_with_a_token_is_counted_and_not_more(house):
    """RL-02, RL-03: 300 in five minutes by the clock, with what is left in the headers."""
    token = TokenFactory(person=house.world.bob, secret="okr_bob")

    def asked() -> tuple[int, str | None, str | None]:
        response = Client().get("/api/v1/schema/", headers={"authorization": "Bearer okr_bob"})
        return response.status_code, response.headers.get("RateLimit-Remaining"), response.headers.get("Retry-After")

    assert [asked(), asked()] == [(200, "299", None), (200, "298", None)]
    Token.objects.filter(pk=token.pk).update(uses=299)
    assert [asked(), asked()] == [(200, "0", None), (429, "0", "301")]
    with time_machine.travel(NOW.replace(minute=5), tick=False):
        assert asked() == (200, "299", None)


def test_all_tokens_of_a_person_share_a_limit(house):
    """RL-03: 1,500 in five minutes."""
    TokenFactory(person=house.world.bob, secret="okr_bob")
    TokenFactory(person=house.world.bob, uses=1499, counted_from=NOW)
    TokenFactory(person=house.world.alice, uses=9999, counted_from=NOW)
    bearer = {"authorization": "Bearer okr_bob"}
    assert [Client().get("/api/v1/schema/", headers=bearer).status_code for _ask in range(2)] == [200, 429]


def test_what_is_asked_with_a_session_is_counted_by_its_person(house):
    """RL-02, RL-03: with all their tokens, and in each of their browsers; refused requests too, but nobody else's."""
    TokenFactory(person=house.world.bob, secret="okr_bob")

    def asked(persona: str = "bob", path: str = "people/", **headers: str) -> tuple[int, str, str]:
        client = Client(headers=headers) if headers else house.client(persona)
        response = client.get(f"/api/v1/{path}")
        limit, left = (response.headers[f"RateLimit-{name}"] for name in ("Limit", "Remaining"))
        return response.status_code, limit, left

    assert [asked(), asked(path="people/1/"), asked(path="people/?x=1")] == [
        (200, "1500", "1499"),
        (404, "1500", "1498"),
        (400, "1500", "1497"),
    ]
    ApiUse.objects.filter(person=house.world.bob).update(uses=1498)
    assert asked(authorization="Bearer okr_bob") == (200, "300", "1")
    assert [asked(), asked()] == [(200, "1500", "0"), (429, "1500", "0")]
    assert asked(authorization="Bearer okr_bob") == (429, "300", "0")
    assert asked("alice") == (200, "1500", "1499")
    with time_machine.travel(NOW.replace(minute=5), tick=False):
        assert asked() == (200, "1500", "1499")


def test_the_day_of_use_is_noted(house):
    token = TokenFactory(person=house.world.bob, secret="okr_bob")
    Client().get("/api/v1/people/", headers={"authorization": "Bearer okr_bob"})
    token.refresh_from_db()
    assert (token.used_on, token.uses) == (NOW.date(), 1)
