"""Queries that are written in SQL once for all who ask in the same way: writing takes longer than the answer.

Source: docs/adr, queries that are written once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, Protocol, TypeVar, runtime_checkable
from weakref import WeakSet

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from core.calendar import Week

Asked = ParamSpec("Asked")
AnyRow = TypeVar("AnyRow")
Hide = Callable[[Any], Any]

MOST = 512  # ways of asking that are remembered of one query
ID = (-(2**40), -(2**41))  # no row has such ids
DAY = (date(2300, 1, 1), date(2900, 1, 6))  # a Monday, and a Wednesday
STEP = (timedelta(weeks=150), -timedelta(weeks=150))
NEAR = timedelta(weeks=60)


class NotPreparable(Exception):
    """A query was to be prepared that does more with what it is given than compare it with columns."""


class Id(int):
    """The mask of an id; sets of such are read in the same order on both sides."""

    def __hash__(self) -> int:
        return int(self) % -ID[0]


@dataclass(frozen=True)
class Seat:
    """A parameter of a query that is different each time: which mask stood there, how long after it, in what form."""

    number: int
    after: timedelta
    fit: Callable[[Any], Any]

    def of(self, values: list[Any]) -> Any:
        """What is sent in this place."""
        value = values[self.number]
        return self.fit(value + self.after if self.after else value)


class Masks:
    """What stands for the values of one call while its query is written; equal values have one mask.

    The days of the two sides run against each other and fall on different days of the week: what depends on the order
    of two, or on the calendar, comes out different.
    """

    def __init__(self, side: int) -> None:
        self.side = side
        self.values: list[Any] = []
        self.masks: dict[Any, int] = {}
        self._given: dict[tuple[type, Any], Any] = {}

    def hide(self, value: Any) -> Any:
        """The mask of an id, a day, a week, a moment or a word; None is not hidden. Raises NotPreparable."""
        if value is None:
            return None
        known = (type(value), value)
        if known not in self._given:
            self._given[known] = self._made(value)
        return self._given[known]

    def over(self, asked: Any) -> Any:
        """What was asked with, all of it masked but what decides how the query is written."""
        if isinstance(asked, Maskable):
            return asked.masked(self.hide)
        if isinstance(asked, frozenset):
            return frozenset(self._part(value) for value in sorted(asked))
        if isinstance(asked, tuple):
            return tuple(self._part(value) for value in asked)
        return asked if isinstance(asked, bool | Enum) else self.hide(asked)

    def seat(self, param: Any) -> Any:
        """Where a mask, or a day near one, is taken off again; anything else is sent as it is."""
        plain = int(param) if isinstance(param, Id) else param
        if isinstance(plain, int | str) and plain in self.masks:
            return Seat(self.masks[plain], timedelta(), _same)
        for read, fit in FORMS:
            if (moment := read(param)) is not None:
                return self._near(moment, fit) or param
        return param

    def _part(self, value: Any) -> Any:
        return value if isinstance(value, bool | str) else self.hide(value)

    def _made(self, value: Any) -> Any:
        day = DAY[self.side] + STEP[self.side] * len(self.values)
        pk = ID[self.side] + len(self.values)
        if isinstance(value, Week):
            week = Week.on(day)
            self._stands(week.monday, value.monday)
            return week
        if isinstance(value, datetime):
            return self._stands(datetime(day.year, day.month, day.day, tzinfo=UTC), value)
        if isinstance(value, date):
            return self._stands(day, value)
        if isinstance(value, int):
            self._stands(pk, value)
            return Id(pk)
        if isinstance(value, str):
            return self._stands(f"\N{BLACK SQUARE}{pk}", value)
        raise NotPreparable(f"nothing stands for {type(value).__name__}")

    def _stands(self, mask: Any, value: Any) -> Any:
        self.masks[mask] = len(self.values)
        self.values.append(value)
        return mask

    def _near(self, moment: date, fit: Callable[[Any], Any]) -> Seat | None:
        for mask, number in self.masks.items():
            if type(mask) is type(moment) and abs(after := moment - mask) < NEAR:
                return Seat(number, after, fit)
        return None


@runtime_checkable
class Maskable(Protocol):
    """What masks itself."""

    def masked(self, hide: Hide) -> Any:
        """The same to every query, with masks for ids and days."""


def _same(value: Any) -> Any:
    return value


def _sent_moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _sent_day(value: date) -> Any:
    return connection.ops.adapt_datefield_value(value)


def _as_day(param: Any) -> date | None:
    return param if isinstance(param, date) else None


def _as_sent_day(param: Any) -> date | None:
    return date.fromisoformat(param) if isinstance(param, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", param) else None


def _as_sent_moment(param: Any) -> datetime | None:
    is_moment = isinstance(param, str) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?", param)
    return datetime.fromisoformat(param).replace(tzinfo=UTC) if is_moment else None


FORMS: tuple[tuple[Callable[[Any], date | None], Callable[[Any], Any]], ...] = (
    (_as_day, _same),
    (_as_sent_day, _sent_day),
    (_as_sent_moment, _sent_moment),
)


def _twin(of: Any) -> Any:
    """Another with the same attributes; copying a queryset would ask it."""
    twin = of.__class__.__new__(of.__class__)
    twin.__dict__ = of.__dict__.copy()
    return twin


@dataclass(frozen=True)
class Written(Generic[AnyRow]):
    """A query in SQL, with seats among its parameters; no compiler, where the query can find nothing."""

    rows: QuerySet[Any, AnyRow]
    compiler: SQLCompiler | None
    sql: str = ""
    params: tuple[Any, ...] = ()

    @classmethod
    def of(cls, rows: QuerySet[Any, AnyRow], masks: Masks) -> Written[AnyRow]:
        """`rows` as the database is asked for them. Raises NotPreparable when they ask once more for parts of them."""
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise NotPreparable("what is fetched besides would be asked for with masks")
        compiler = rows.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return cls(rows, None)
        return cls(rows, compiler, sql, tuple(map(masks.seat, params)))

    def found(self, values: list[Any]) -> list[AnyRow]:
        """The rows, with `values` where their masks stood; one query."""
        if self.compiler is None:
            return []
        params = tuple(one.of(values) if isinstance(one, Seat) else one for one in self.params)
        compiler, rows, query = _twin(self.compiler), _twin(self.rows), _twin(self.rows.query)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_how: (self.sql, params)
        query.get_compiler = lambda *_args, **_how: compiler
        rows._query = query  # its setter would have values come as dictionaries
        return list(rows._iterable_class(rows))


EVERY: WeakSet[Prepared[..., Any]] = WeakSet()


class Prepared(Generic[Asked, AnyRow]):
    """The rows that `about` finds; it is called and compiled once for each way of asking, with masks.

    It takes ids, days, weeks, moments and words, sets and tuples of these, and what is Maskable. It may compare them
    with columns, and days so many days before or after them. What it may look at is which of them are None or equal,
    how many there are, booleans, members of enumerations and the words in a tuple. A query that depends on anything
    else of them is refused, for it comes out different from different masks.
    """

    def __init__(self, about: Callable[Asked, QuerySet[Any, AnyRow]]) -> None:
        update_wrapper(self, about)
        EVERY.add(self)
        self.about = about
        self._written: dict[Hashable, Written[AnyRow]] = {}

    def __call__(self, *args: Asked.args, **named: Asked.kwargs) -> list[AnyRow]:
        """The rows; one query. Raises NotPreparable."""
        masks = Masks(0)
        way = _masked(masks, args, named)
        written = self._written.get(way)  # kept in hand: another thread may forget all of them meanwhile
        if written is None:
            written = self._write(args, named)
            if len(self._written) >= MOST:
                self._written.clear()
            self._written[way] = written
        return written.found(masks.values)

    def _write(self, args: Any, named: Any) -> Written[AnyRow]:
        first, second = (self._side(side, args, named) for side in (0, 1))
        if (first.sql, first.params) != (second.sql, second.params):
            raise NotPreparable(f"{self.about.__qualname__} does more with what it is given than compare it")
        return first

    def _side(self, side: int, args: Any, named: Any) -> Written[AnyRow]:
        masks = Masks(side)
        masked, by_name = _masked(masks, args, named)
        with connection.execute_wrapper(_refuse):
            return Written.of(self.about(*masked, **dict(by_name)), masks)


def forget() -> None:
    """Have every query written anew, when a rule that stands in some has become another; for tests."""
    for one in EVERY:
        one._written.clear()


def _refuse(*_asked: Any) -> Any:
    raise NotPreparable("what is asked while a query is written would be asked with masks")


def _masked(masks: Masks, args: Any, named: Any) -> tuple[tuple[Any, ...], tuple[tuple[str, Any], ...]]:
    return tuple(map(masks.over, args)), tuple((name, masks.over(asked)) for name, asked in sorted(named.items()))
