"""Every race has its control, and the control can tell a race from none (CC-15)."""

import ast
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from people.models import User
from tests.factories import UserFactory
from tests.house import controls
from tests.house.tree import ROOT
from tests.people import racing
from tests.people.unguarded import BROKEN, Order, unguarded

LIVE = {"race", "Barrier"}
ELSEWHERE = {  # several at once against a real server or on a disk, with nothing of ours that could be switched off
    ("tests/core/test_secrets.py", "test_all_who_start_at_once_have_one_key"),
}


def races_in(source: str) -> set[str]:
    """The tests of a file in which several act at once."""
    tests = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return {test.name for test in tests if test.name.startswith("test_") and _calls(test) & LIVE}


def _calls(test: ast.FunctionDef) -> set[str]:
    called = [node.func for node in ast.walk(test) if isinstance(node, ast.Call)]
    return {each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in called}


def found() -> set[tuple[str, str]]:
    """Every race that there is, by file and test."""
    paths = sorted((ROOT / "tests").rglob("test_*.py"))
    sources = {path: path.read_text(encoding="utf-8") for path in paths if path != Path(__file__)}
    return {(path.relative_to(ROOT).as_posix(), test) for path, source in sources.items() for test in races_in(source)}


def test_every_race_is_in_the_table_and_nothing_else():
    """CC-15."""
    assert found() - ELSEWHERE == set(controls.RACES)


def test_every_race_names_its_damage_or_why_there_is_none():
    """CC-15."""
    assert [name for name, race in controls.RACES.items() if bool(race.damage) == bool(race.apart)] == []
    assert all((race.damage or race.apart).endswith(".") for race in controls.RACES.values())


def test_the_law_sees_a_race():
    source = "def test_one():\n    assert race(a, b)\ndef test_two():\n    start = threading.Barrier(2)\ndef test_three():\n    pass\n"
    assert races_in(source) == {"test_one", "test_two"}


@transaction.atomic
def renamed(person: User, name: str, *, seen: str) -> None:
    """Compare and set."""
    if not User.objects.filter(pk=person.pk, name=seen).update(name=name):
        raise racing.Refused


@pytest.fixture
def ana() -> User:
    return UserFactory(name="Ana")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("order", "ends", "name"),
    [
        (Order(in_turn=True), ["Refused", "done"], "Bea"),
        (Order(in_turn=True, last_first=True), ["Refused", "done"], "Cleo"),
        (Order(in_turn=False), ["done", "done"], "Cleo"),
        (Order(in_turn=False, last_first=True), ["done", "done"], "Bea"),
    ],
)
def test_without_guards_both_write_what_they_decided_before(ana, monkeypatch, order, ends, name):
    """CC-15: of two who read Ana, only one may name her anew."""
    monkeypatch.setattr(racing, "order", order)
    with unguarded():
        assert racing.race(*[lambda to=to: renamed(ana, to, seen="Ana") for to in ("Bea", "Cleo")]) == ends
    ana.refresh_from_db()
    assert ana.name == name


@pytest.mark.django_db(transaction=True)
def test_with_guards_one_of_them_does(ana):
    """CC-15."""
    assert racing.race(*[lambda to=to: renamed(ana, to, seen="Ana") for to in ("Bea", "Cleo")]) == ["Refused", "done"]


@pytest.mark.django_db(transaction=True)
def test_an_end_for_another_reason_is_no_damage(ana, monkeypatch):
    """CC-15: a control that is broken itself shows nothing."""
    monkeypatch.setattr(racing, "order", Order(in_turn=False))
    with unguarded(), pytest.raises(AssertionError, match=BROKEN):
        racing.race(lambda: renamed(ana, "Bea", seen="Ana"), lambda: 1 / 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="On SQLite one writer waits for the other, never in a circle"
)
def test_who_waits_in_a_circle_is_told_of_the_deadlock(ana):
    """CC-15: the control of the races about the order of holding, which take every such end for a failure."""
    bea, both_hold = UserFactory(name="Bea"), threading.Barrier(2)

    @transaction.atomic
    def hold(first: User, second: User) -> None:
        User.objects.filter(pk=first.pk).update(name="Cleo")
        both_hold.wait(10)
        User.objects.filter(pk=second.pk).update(name="Dora")

    ends = racing.race(lambda: hold(ana, bea), lambda: hold(bea, ana))
    assert ("done" in ends, [end for end in ends if end.startswith("OperationalError: deadlock")]) == (True, [ends[0]])


@pytest.mark.django_db(transaction=True)
def test_what_each_must_be_told_is_compared_in_the_order_of_writing(ana, monkeypatch):
    """CC-15."""
    monkeypatch.setattr(racing, "order", Order(in_turn=True, told=("Refused", "done")))
    with unguarded(), pytest.raises(AssertionError, match="should be told"):
        racing.race(*[lambda to=to: renamed(ana, to, seen="Ana") for to in ("Bea", "Cleo")])
