"""Databases as earlier releases left them, kept as text: the schema of either engine, and rows for both.

A folder each: `sqlite.sql` and `postgresql.sql` make the tables, `rows.json` fills them. Made once, when a release
is, by `python -m tests.releases <name>`; never changed afterwards.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

HERE = Path(__file__).parent
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Release:
    """What a release left."""

    folder: Path

    @property
    def rows(self) -> Rows:
        """By table."""
        return json.loads((self.folder / "rows.json").read_text())

    def schema(self, engine: str) -> str:
        """What makes its tables, and says which migrations made them."""
        return (self.folder / f"{engine}.sql").read_text()


RELEASES = [Release(path.parent) for path in sorted(HERE.glob("*/rows.json"))]


class Database:
    """One to put a release into, with a plain driver: what Django thinks of the tables is asked afterwards."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.engine = "sqlite" if self.is_sqlite else "postgresql"
        self.connection: Any = (
            sqlite3.connect(url.removeprefix("sqlite:///")) if self.is_sqlite else psycopg2.connect(url)
        )

    def make(self, release: Release) -> None:
        """Its empty tables."""
        schema = release.schema(self.engine)
        if self.is_sqlite:
            self.connection.executescript(schema)
        else:
            with self.connection, self.connection.cursor() as cursor:
                cursor.execute(schema)

    def write(self, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        """Add `rows` by naming the columns that they have, as their release did: all of them, or an error."""
        with self.connection:
            cursor = self.connection.cursor()
            if not self.is_sqlite:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED; SET TIME ZONE 'UTC'")
            for table, row in _each(rows):
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join(["?" if self.is_sqlite else "%s"] * len(row))
                cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [*row.values()])  # noqa: S608 - names of ours

    def read(self, like: Mapping[str, list[dict[str, Any]]]) -> Rows:
        """The rows of the tables and columns that `like` has, by their first column."""
        found: Rows = {}
        for table, rows in like.items():
            cursor = self.connection.cursor()
            names = [*rows[0]]
            columns = ", ".join(f'"{name}"' if self.is_sqlite else f'"{name}"::text' for name in names)
            cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY 1')  # noqa: S608 - names of ours
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return found

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()


def _each(rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for table, found in rows.items():
        for row in found:
            yield table, {name: None if value is None else str(value) for name, value in row.items()}
