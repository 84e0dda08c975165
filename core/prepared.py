"""Queries about one id that every request asks, written in SQL once: writing takes longer than the answer.

Source: docs/adr, queries that are written once.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.sql.compiler import SQLCompiler

AnyRow = TypeVar("AnyRow", bound=models.Model)
NOBODY = -1  # an id that no row has; it stands in the SQL where the one that is asked about belongs


class Prepared(Generic[AnyRow]):
    """What `about` finds of an id, which it may only compare with columns: it is called once, with NOBODY."""

    def __init__(self, about: Callable[[int], models.QuerySet[AnyRow, Any]]) -> None:
        self.about = about

    @cached_property
    def _written(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        compiler = self.about(NOBODY).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return compiler, sql, tuple(params)

    def values(self, pk: int) -> Iterator[tuple[Any, ...]]:
        """The rows about `pk`, as `values_list` gives them; one query."""
        compiler, sql, params = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [pk if param == NOBODY else param for param in params])
            found = cursor.fetchall()
        yield from compiler.results_iter([found], tuple_expected=True)  # type: ignore[misc]  # they are tuples

    def rows(self, pk: int) -> Iterator[AnyRow]:
        """The rows about `pk`, whole and with what they are annotated with; one query."""
        compiler, _sql, _params = self._written
        model: type[AnyRow] = compiler.query.model  # type: ignore[assignment]  # a query has one
        names = [field.attname for field in model._meta.concrete_fields]
        for row in self.values(pk):
            found = model.from_db(connection.alias, names, row[: len(names)])
            for name, column in compiler.annotation_col_map.items():
                setattr(found, name, row[column])
            yield found
