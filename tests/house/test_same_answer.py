"""“Not yours” and “not there” look the same, whatever is sent and by whatever road (AZ-02)."""

import re
from collections.abc import Iterable, Mapping
from itertools import product

import pytest
from django.urls import reverse

from core.routes import routes
from objectives.models import KeyResult, Objective
from tests.factories import KeyResultFactory, ObjectiveFactory
from tests.house.house import House, masked, undone
from tests.house.pages import readers

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

MADE_UP = 987_654_321
STRANGERS = ("charlie", "ada", "max", "xavier", "bob", "mona")
MARKS = ("ONLY_ME", "MANAGER", "MY_TEAMS", "DRAFT", "TEAM_ONLY", "TEAM_DRAFT")
BODIES: tuple[Mapping[str, str], ...] = (
    {},
    {"title": "Mine now", "reason": "No.", "version": "1", "to": "up", "target": "3", "audience": "EVERYONE"},
)
BY_OBJECTIVE = sorted(
    route.name for route in routes() if route.path.startswith(("/objectives/<int:pk>/", "/key-results/<int:pk>/"))
)


def told(house: House, persona: str, method: str, path: str, body: Mapping[str, object]) -> tuple[object, ...]:
    """All that one learns from an answer, with the id that was asked for taken out."""
    with undone():
        answer = house.ask(persona, method, path, body)
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Set-Cookie"}}
    return answer.status_code, sorted(headers.items()), masked(answer)


def without(ids: Iterable[int], seen: tuple[object, ...]) -> str:
    """`seen` in which none of those ids stands."""
    words = repr(seen)
    for pk in ids:
        words = words.replace(str(pk), "#")
    return words


def ids_of(house: House, path: str, mark: str) -> dict[str, int]:
    """The ids of an address about what bears that mark; a made-up one where nothing of the kind hangs on it."""
    world = house.world
    things = {
        "pk": world.key_results if path.startswith("/key-results/") else world.objectives,
        "comment": world.comments,
        "suggestion": world.suggestions,
        "bet": world.bets,
    }
    named = re.findall(r"<int:(\w+)>", path)
    return {name: things[name][mark].pk if mark in things[name] else MADE_UP for name in named}


@pytest.mark.parametrize("name", BY_OBJECTIVE)
def test_a_hidden_id_answers_as_a_made_up_one(house, name):
    """By address: of objectives and key results, for those who may not read them, in turn, with GET and with forms."""
    (route,) = [route for route in routes() if route.name == name]
    asking = STRANGERS[BY_OBJECTIVE.index(name) % 2 :: 2]
    hidden = {persona: [mark for mark in MARKS if persona not in readers(mark)] for persona in asking}
    asked = [(method, body) for method in route.methods for body in (BODIES if method == "POST" else ({},))]
    apart = []
    for persona, (method, body) in product(asking, asked):
        nowhere = dict.fromkeys(ids_of(house, route.path, "ONLY_ME"), MADE_UP)
        nothing = told(house, persona, method, reverse(name, kwargs=nowhere), body)
        for mark in hidden[persona]:
            ids = ids_of(house, route.path, mark)
            there = told(house, persona, method, reverse(name, kwargs=ids), body)
            if without(ids.values(), there) != without([MADE_UP], nothing) or there[0] != 404:
                apart.append((persona, mark, method, there[0], nothing[0]))
    assert apart == []


@pytest.mark.parametrize("persona", ["charlie", "bob"])
def test_a_hidden_id_inside_a_form_says_nothing(house, persona):
    """In what is sent: moving one's key result under it, logging it, and planning in another team's quarter."""
    person = house.world.persona(persona)
    own = ObjectiveFactory(owner=person, quarter=house.world.quarter)
    part = KeyResultFactory(objective=own)
    hidden = house.world.objectives["ONLY_ME"]
    key_result = house.world.key_results["ONLY_ME"]
    sent = [
        (f"/key-results/{part.pk}/move/", "objective", hidden.pk),
        ("/check-in/2026-W47/", f"confidence-{key_result.pk}", 5),
        ("/objectives/new/", "quarter", house.world.own_quarter.pk),
        (f"/objectives/{own.pk}/edit/", "quarter", house.world.own_quarter.pk),
        (f"/objectives/{own.pk}/edit/", "home", house.world.rockets.pk if persona == "charlie" else MADE_UP + 1),
    ]
    apart = []
    for path, name, value in sent:
        made_up_name = name.replace(str(key_result.pk), str(MADE_UP))
        made_up_value = value if made_up_name != name else MADE_UP
        basis = {"title": "T", "version": "1", "audience": "EVERYONE", "kr-0-title": "K", "kr-0-target": "2"}
        one = told(house, persona, "POST", path, {**basis, name: value})
        other = told(house, persona, "POST", path, {**basis, made_up_name: made_up_value})
        seen = repr(one).replace(str(key_result.pk), "#").replace(str(value), "#")
        if seen != repr(other).replace(str(MADE_UP), "#").replace(str(made_up_value), "#"):
            apart.append((path, one[0], other[0]))
    assert apart == []
    assert not KeyResult.objects.filter(objective=hidden, owner=person).exists()
    assert not Objective.objects.filter(owner=person, quarter=house.world.own_quarter).exists()
