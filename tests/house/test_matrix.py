"""Who may do what: every row of the matrix, by every persona, and every method on every address (AZ-01)."""

from dataclasses import replace
from itertools import product

import pytest

from core.routes import API, SIGNED_IN, Route, routes
from tests.factories import PERSONAS, TokenFactory
from tests.house import matrix
from tests.house.house import House, differences, is_sign_in, undone
from tests.house.pages import GIVEN_PATHS

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROUTES = {route.name: route for route in routes()}

pytestmark = pytest.mark.django_db


def answers_to(house: House, ask: matrix.Ask) -> dict[str, str]:
    """What each persona is answered; `own` where the matrix says so and it is so."""
    matrix.GIVEN[ask.given](house)
    before, found = matrix.tables(), {}
    for persona in PERSONAS:
        with undone():
            response = matrix.made(house, ask, persona)
            after = before if ask.method == "GET" else matrix.tables()
        found[persona] = matrix.judged(response, before, after)
        if found[persona] == "ok" and ask.answers[persona] == "own" and matrix.reached_only_own(before, after):
            found[persona] = "own"
    return found


@pytest.mark.parametrize("ask", matrix.asks(), ids=str)
def test_the_matrix_is_what_the_house_answers(house, ask):
    """AZ-01, AZ-02: refused is refused without a trace."""
    assert differences(answers_to(house, ask), ask.answers) == {}


API_ASKS = [ask for ask in matrix.asks() if ask.to.startswith("api:")]


@pytest.mark.parametrize("ask", API_ASKS, ids=str)
def test_a_program_may_what_its_token_and_its_owner_may(house, ask):
    """AZ-01, AUTH-13, row B4: by each scope, of one who may, of one who may not, and of Dan; refused without a trace."""
    matrix.GIVEN[ask.given](house)
    personas = sorted({word: name for name, word in ask.answers.items() if name != "nobody"}.values())
    expected, found = {}, {}
    for persona, scope in product(personas, matrix.SCOPES):
        expected[f"{persona} {scope}"] = matrix.with_token(ask, scope)[persona]
        with undone():
            TokenFactory(person=house.world.persona(persona), secret="okr_try", scope=scope)
            before = matrix.tables()
            response = matrix.made(house, ask, persona, token="okr_try")
            after = before if ask.method == "GET" else matrix.tables()
            found[f"{persona} {scope}"] = matrix.judged(response, before, after)
    assert differences(found, expected) == {}


def test_every_change_by_a_program_is_in_the_matrix():
    """AZ-01: each address of the API that writes, by each of its methods."""
    there = {(route.name, method) for route in ROUTES.values() if route.policy == API for method in route.methods}
    asked = {(ask.to.split()[0], ask.method) for ask in API_ASKS}
    assert {one for one in there if one[1] not in {"GET", "HEAD"}} - asked == set()


WRITES = [ask for ask in matrix.asks() if ask.method != "GET" and not ask.by_body]


@pytest.mark.either_database
@pytest.mark.parametrize("ask", WRITES, ids=str)
def test_who_may_is_asked_before_what_was_sent(house, ask):
    """CON-01: a form with nothing right in it is refused as a good one is."""
    matrix.GIVEN[ask.given](house)
    nonsense = replace(ask, data=dict.fromkeys(ask.data, "nonsense"))
    refused = {word: persona for persona, word in ask.answers.items() if word in {"L", "403", "404"}}
    refused = {persona: word for word, persona in refused.items()}  # one of each answer; the good form met all
    found = {}
    for persona in refused:
        with undone():
            before = matrix.tables()
            found[persona] = matrix.judged(matrix.made(house, nonsense, persona), before, matrix.tables())
    assert differences(found, refused) == {}


def test_every_row_of_the_matrix_is_here():
    assert {row["number"] for row in matrix.TABLE["row"]} == set(range(4, 46))
    assert tuple(matrix.TABLE["personas"].split()) == PERSONAS


def test_no_row_waits_for_what_exists():
    assert [awaited for awaited in matrix.waiting() if matrix.exists(awaited)] == [], "Write the row's requests."


@pytest.mark.parametrize(
    ("awaited", "is_there"),
    [
        ("model objectives.Objective", True),
        ("model objectives.Grade", True),
        ("model objectives.Score", False),
        ("field checkins.CheckIn.version", True),
        ("field checkins.CheckIn.draft", False),
        ("field checkins.Nothing.draft", False),
        ("address checkins:board", True),
        ("address checkins:no_such_page", False),
    ],
)
def test_what_a_row_waits_for_is_noticed(awaited, is_there):
    assert matrix.exists(awaited) is is_there


def test_a_trace_of_what_was_refused_is_noticed(house):
    (ask,) = [ask for ask in matrix.asks() if (ask.row, ask.to.split()[0]) == ("20", "objectives:drop")]
    response = matrix.made(house, ask, "bob")
    before = matrix.tables()
    matrix.proposed(house)
    assert matrix.judged(response, before, matrix.tables()) == "404, and it left a trace"
    assert matrix.judged(response, before, before) == "404"
    assert not matrix.reached_only_own(before, matrix.tables())


def allowed(route: Route, persona: str, method: str, response) -> str:
    """What is wrong with an answer to that method; "" for nothing."""
    if response.status_code >= 500:
        return f"{response.status_code}"
    if route.policy == SIGNED_IN and persona in {"nobody", "dan"}:
        return "" if is_sign_in(response) else f"{response.status_code}, not the sign-in page"
    if route.policy == API and persona in {"nobody", "dan"}:
        return "" if response.status_code == 401 else f"{response.status_code}, not 401"
    if method in route.methods:
        return "405" if response.status_code == 405 else ""
    if response.status_code != 405:
        return f"{response.status_code}, not 405"
    named = {word.strip() for word in response.headers["Allow"].split(",")}
    return "" if named == set(route.methods) else f"Allow: {response.headers['Allow']}"


def methods_for(persona: str, route: Route, turn: int) -> list[str]:
    """All of them for three personas; one that the address does not take, in turn, for the others."""
    if persona in {"nobody", "alice", "ada"}:
        return [*METHODS]
    refused = [method for method in METHODS if method not in route.methods]
    return [refused[(turn + PERSONAS.index(persona)) % len(refused)]]


@pytest.mark.either_database
@pytest.mark.parametrize("persona", PERSONAS)
def test_every_method_on_every_address_is_answered(house, persona):
    """AZ-01, CON-01: what an address does not take is 405 with Allow; nothing is 5xx; the door is before the method.

    What an address does take is asked by everybody in the table of pages and in the matrix.
    """
    wrong = []
    for turn, words in enumerate(GIVEN_PATHS):
        route, path = ROUTES[words.split()[0]], house.path(words)
        for method in methods_for(persona, route, turn):
            with undone():
                response = house.ask(persona, method, path)
            if problem := allowed(route, persona, method, response):
                wrong.append(f"{method} {path}: {problem}")
    assert wrong == []
