"""Server time of a page over its bound, in this process, on the database of its settings; prints JSON.

Bound of a page: the same SQL through the bare driver, the same HTML through bare Jinja2, and a view that does nothing
behind the same handler (architecture, section 5). The four are measured in turns, and each is the median of its
rounds. What counts is the time on the processor, for on a busy machine the clock runs on while a long page waits for
its turn and a short query does not; what a database server takes is added to the page and to its bound alike.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import jinja2
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory

from tests.journeys.server import ROOT, Server

EMPTY = "/robots.txt"
WARM_UP = 8
Query = tuple[str, Any]


@dataclass(frozen=True)
class Measured:
    """Medians in milliseconds."""

    page: str
    queries: int
    ms: float
    sql: float
    html: float
    empty: float

    @property
    def ratio(self) -> float:
        """How many times its bound."""
        return self.ms / (self.sql + self.html + self.empty)


class Site:
    """The product's own handler, called without a socket, as one person."""

    def __init__(self, session: str) -> None:
        self.application = get_wsgi_application()
        self.cookie = f"okrsite-session={session}"
        self.factory = RequestFactory(SERVER_NAME="localhost")

    def get(self, path: str, *, cookie: str = "") -> bytes:
        """The body of one answer, which has to be a 200."""
        return self._answer(self.factory.get(path, HTTP_COOKIE=cookie).environ, "200 OK")

    def post(self, path: str, body: str, *, cookie: str) -> None:
        """Send a form as a script does; the answer has to be a 204."""
        how = {"content_type": "application/x-www-form-urlencoded", "HTTP_HX_REQUEST": "true", "HTTP_COOKIE": cookie}
        self._answer(self.factory.post(path, body, **how).environ, "204 No Content")

    def _answer(self, environ: dict[str, Any], expected: str) -> bytes:
        statuses: list[str] = []
        answer = self.application(environ, lambda status, _headers: statuses.append(status))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        if statuses != [expected]:
            raise AssertionError(f"{environ['PATH_INFO']} answered {statuses}")
        return body

    def page(self, path: str) -> bytes:
        """One page of somebody who is signed in."""
        return self.get(path, cookie=self.cookie)


def measure(site: Site, name: str, path: str, rounds: int) -> Measured:
    """The page and the three parts of its bound, in turns."""
    for _ in range(WARM_UP):
        site.page(path)
    queries, render = caught(lambda: site.page(path))
    parts: dict[str, Callable[[], object]] = {
        "ms": lambda: site.page(path),
        "sql": replay(queries),
        "html": render,
        "empty": lambda: site.get(EMPTY),
    }
    times: dict[str, list[float]] = {part: [] for part in parts}
    waits: list[float] = []
    gc.freeze()
    for number in range(rounds + WARM_UP):
        gc.collect()
        for part, run in parts.items():
            worked, waited = clocked(run)
            if number >= WARM_UP:
                times[part].append(worked)
                waits += [waited] if part == "sql" else []
    wait = statistics.median(waits) if connection.vendor == "postgresql" else 0.0
    cost = {part: statistics.median(row) for part, row in times.items()}
    return Measured(name, len(queries), cost["ms"] + wait, cost["sql"] + wait, cost["html"], cost["empty"])


def clocked(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the processor, and off it; the collector waits until it is over."""
    gc.disable()
    began, on_processor = time.perf_counter(), time.thread_time()
    run()
    worked, took = time.thread_time() - on_processor, time.perf_counter() - began
    gc.enable()
    return worked * 1000, (took - worked) * 1000


def caught(run: Callable[[], object]) -> tuple[list[Query], Callable[[], str]]:
    """The queries of one request, and its template as a function that renders it again with what it was given."""
    queries: list[Query] = []
    drawn: list[Callable[[], str]] = []
    original = jinja2.Template.render

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append((sql, params))
        return execute(sql, params, many, context)

    def keep(template: jinja2.Template, *args: Any, **kwargs: Any) -> str:
        drawn.append(lambda: original(template, *args, **kwargs))
        return original(template, *args, **kwargs)

    jinja2.Template.render = keep  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(note):
            run()
    finally:
        jinja2.Template.render = original  # type: ignore[method-assign]
    (render,) = drawn
    return queries, render


def replay(queries: list[Query]) -> Callable[[], None]:
    """The same statements on the driver's own cursor, every row fetched, on a connection that stays open."""
    own = connection.copy()
    own.connect()
    driver = own.connection
    statements = [(in_words_of_driver(sql, params), params or ()) for sql, params in queries]

    def run() -> None:
        for sql, params in statements:
            cursor = driver.cursor()
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
            cursor.close()

    return run


def in_words_of_driver(sql: str, params: Any) -> str:
    """Placeholders as SQLite knows them; psycopg2 takes ours."""
    if connection.vendor != "sqlite":
        return sql
    return sql.replace("%s", "?").replace("%%", "%")


def measured_apart(server: Server, reader: str, pages: dict[str, str], rounds: int) -> list[Measured]:
    """Those pages of one person, measured in a process of their own on the database of `server`."""
    words = [sys.executable, "-m", "tests.bench.pages", server.sessions[reader], str(rounds), json.dumps(pages)]
    done = subprocess.run(words, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE, text=True)
    return [Measured(**json.loads(line)) for line in done.stdout.splitlines()]


def main(session: str, rounds: int, pages: dict[str, str]) -> None:
    """Measure each page once and print what was found, one JSON object a line."""
    site = Site(session)
    for name, path in pages.items():
        found = measure(site, name, path, rounds)
        print(json.dumps(asdict(found)), flush=True)  # noqa: T201 - its answer to who started it


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "okrsite.settings"
    main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))
