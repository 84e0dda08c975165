"""Two requests at once, as they would be without our versions and locks: the control of every race (CC-15).

Three things keep two requests apart: an update that changes nothing holds a row, an update on a condition writes only
what is still as it was read, and SQLite lets one writer begin after the other. `unguarded` takes all three away for a
while, and the actions run in an order that is the same each time: every one looks, decides and stops before its first
write; then each writes, one after the other. `in_turn`, each runs to its end before the next begins, as if there were
no race: then all must be right without any guard.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models import F, QuerySet

PATIENCE = 30.0  # seconds
WAITS = "It waits for a lock that was to be away."
REFUSED = (
    "IntegrityError: ",
    "ProtectedError: ",
    "DoesNotExist: ",
)  # by the database, as an error that nobody explains
BROKEN = "It broke off for another reason:"
WRITES = ("INSERT", "UPDATE", "DELETE")
_update = QuerySet.update


class Racer:
    """One action in a thread and with a connection of its own, that stops before its first write."""

    def __init__(self, action: Callable[[], str], *, stops: bool) -> None:
        self.end = ""
        self._action, self._stops = action, stops
        self._here, self._go = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)

    def look(self) -> None:
        """Begin, and go as far as the first write."""
        self._thread.start()
        assert self._here.wait(PATIENCE), WAITS

    def write(self) -> None:
        """Go on to the end."""
        self._go.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), WAITS

    def _run(self) -> None:
        try:
            if connection.vendor == "sqlite":
                _begin_late()
            with connection.execute_wrapper(self._before):
                self.end = self._action()
        except Exception as broken:
            self.end = f"{type(broken).__name__}: {broken}"
        finally:
            self._here.set()
            connection.close()

    def _before(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if self._stops and sql.lstrip().startswith(WRITES):
            self._stops = False
            self._here.set()
            assert self._go.wait(PATIENCE)
        if _begins_now(sql):
            _patiently(lambda: connection.connection.execute("BEGIN IMMEDIATE"))
        return _patiently(lambda: execute(sql, *rest))


def _patiently(ask: Callable[[], Any]) -> Any:
    """What it answers. A SQLite in memory is locked for moments: from the beginning again, one would look anew."""
    for _try in range(500):
        try:
            return ask()
        except (OperationalError, sqlite3.OperationalError) as problem:
            if "locked" not in str(problem):
                raise
            time.sleep(0.01)
    return ask()


def _begins_now(sql: str) -> bool:
    """Whether SQLite's transaction begins with this statement."""
    is_first = connection.vendor == "sqlite" and connection.in_atomic_block and not connection.connection.in_transaction
    return is_first and sql.lstrip().startswith(WRITES)


def _begin_late() -> None:
    """Let SQLite's transactions on this connection begin with the first write, and not before one has looked."""
    create, roll_back, release = connection._savepoint, connection._savepoint_rollback, connection._savepoint_commit
    real: set[str] = set()

    def savepoint(sid: str) -> None:
        if connection.connection.in_transaction:
            real.add(sid)
            create(sid)

    connection._start_transaction_under_autocommit = lambda: None
    connection._savepoint = savepoint
    connection._savepoint_commit = lambda sid: release(sid) if sid in real else None
    connection._savepoint_rollback = lambda sid: roll_back(sid) if sid in real else connection.connection.rollback()


@dataclass(frozen=True)
class Order:
    """Who writes when; `told` is how each must end, in the order of writing, if that is known."""

    in_turn: bool
    last_first: bool = False
    told: tuple[str, ...] = ()


def run(actions: list[Callable[[], str]], order: Order) -> list[str]:
    """Run `actions` without their guards; how each ended, in the order of writing."""
    racers = [Racer(action, stops=not order.in_turn) for action in actions[:: -1 if order.last_first else 1]]
    for racer in racers:
        racer.look()
        if order.in_turn:
            racer.write()
    for racer in racers:
        racer.write()
    ends = [racer.end for racer in racers]
    assert not [end for end in ends if ": " in end and not end.startswith(REFUSED)], f"{BROKEN} {ends}"
    assert not order.told or tuple(ends) == order.told, f"They were told {ends}, and should be told {order.told}."
    return ends


@contextmanager
def unguarded() -> Iterator[None]:
    """Nothing holds a row, and what was read is taken to be still true."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "update", _trusting)
        patch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows)
        yield


def _trusting(rows: QuerySet[Any], **fields: Any) -> int:
    """Look whether the rows are as they should be, and write them later all the same."""
    pks = list(rows.order_by().values_list("pk", flat=True))
    if all(isinstance(value, F) and value.name == name for name, value in fields.items()):
        return len(pks)  # it would only hold them
    return _update(rows.model._base_manager.filter(pk__in=pks), **fields)


@contextmanager
def without(names: Iterable[str]) -> Iterator[None]:
    """What the database holds apart by itself is away: constraints and unique fields, as `app.Model.name`."""
    kept = list(names)
    for name in kept:
        _change(name, is_there=False)
    try:
        yield
    finally:
        if kept:
            call_command("flush", interactive=False, verbosity=0)  # what is there twice would stay in the way
        for name in reversed(kept):
            _change(name, is_there=True)


def _change(name: str, *, is_there: bool) -> None:
    label, _, what = name.rpartition(".")
    model = apps.get_model(label)
    rules = model._meta.constraints
    rule = next((rule for rule in rules if rule.name == what), None)
    with connection.schema_editor() as schema, pytest.MonkeyPatch.context() as patch:
        if rule is None:
            field = model._meta.get_field(what)
            assert field.unique, f"{name} is kept apart by nothing."
            loose = copy(field)
            loose._unique = loose.unique = False  # Django keeps the second once it was asked for
            schema.alter_field(model, *((loose, field) if is_there else (field, loose)))
        elif is_there:
            schema.add_constraint(model, rule)
        else:
            patch.setattr(model._meta, "constraints", [other for other in rules if other is not rule])
            schema.remove_constraint(model, rule)
