"""`python -m tests.releases <name> <address of an empty PostgreSQL database>`: keep the databases of a new release.

Everybody's rows are those of `tests/okrsite/life.py`, and one of each kind that nobody in it makes.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILL = "from tests.releases.filling import fill; fill()"
NOT_KEPT = ("--", "\\", "SET ", "SELECT pg_catalog.")  # remarks, and how one session was set up
MADE_ANEW = {"django_content_type", "auth_permission", "django_migrations"}


def main(name: str, postgres: str) -> None:
    """Make the folder `name`, which must be new."""
    folder = HERE / name
    folder.mkdir()
    with tempfile.TemporaryDirectory(prefix="okrsite-release-") as scratch:
        path = Path(scratch) / "kept.sqlite3"
        for url in (f"sqlite:///{path}", postgres):
            environment = {**os.environ, "DATABASE_URL": url, "OKRSITE_VAR": scratch}
            _manage(environment, "migrate", "--verbosity=0")
        _manage({**os.environ, "DATABASE_URL": f"sqlite:///{path}", "OKRSITE_VAR": scratch}, "shell", "-c", FILL)
        database = sqlite3.connect(path)
        (folder / "sqlite.sql").write_text(_sqlite_schema(database))
        (folder / "postgresql.sql").write_text(_postgres_schema(postgres) + _migrations(database))
        (folder / "rows.json").write_text(json.dumps(_rows(database), ensure_ascii=False, indent=1) + "\n")


def _manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)


def _sqlite_schema(database: sqlite3.Connection) -> str:
    made = database.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name"
    )
    return "".join(f"{sql};\n" for (sql,) in made) + _migrations(database)


def _postgres_schema(url: str) -> str:
    asked = ["pg_dump", "--schema-only", "--no-owner", "--no-privileges", "--no-comments", url]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    kept = [line for line in said.splitlines() if line and not line.startswith(NOT_KEPT)]
    return "".join(f"{line}\n" for line in kept)


def _migrations(database: sqlite3.Connection) -> str:
    done = database.execute("SELECT app, name FROM django_migrations ORDER BY id")
    line = "INSERT INTO django_migrations (app, name, applied) VALUES ('{}', '{}', '2026-01-01 00:00:00+00');\n"
    return "".join(line.format(*one) for one in done)


def _rows(database: sqlite3.Connection) -> dict[str, list[dict[str, object]]]:
    database.row_factory = sqlite3.Row
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = sorted({row["name"] for row in tables} - MADE_ANEW)
    found = {
        name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY 1')]  # noqa: S608 - names of ours
        for name in names
    }
    return {name: rows for name, rows in found.items() if rows}


if __name__ == "__main__":
    main(*sys.argv[1:])
