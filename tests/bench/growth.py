"""The same pages of the same person, in an organisation of a hundred people and in one of thousands.

The first team is the same eight people in both (`okrsite.demo.world.roster`), so only what is around them differs.
The two are measured in turns, and what counts is the middle of the turns.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.bench.pages import measured_apart
from tests.journeys.server import Server

READER = "giulia.krogh@tidewater.example"  # the second of the first team
PAGES = {"home": "/", "check-in": "/check-in/?edit=1", "board": "/teams/booking/"}
SMALL, TURNS, PATIENCE = 100, 3, 7200


@dataclass(frozen=True)
class Grown:
    """Medians in milliseconds; `queries` of the page in each."""

    page: str
    small: float
    big: float
    queries: tuple[int, int]

    @property
    def ratio(self) -> float:
        """How much longer it takes among many."""
        return self.big / self.small


def fill(folder: Path, database: str, people: int) -> tuple[Server, float]:
    """An organisation of that many people on a database of its own, and how many seconds filling it took."""
    folder.mkdir()
    server = Server(folder, database_url=database)
    server.manage("migrate", "--verbosity=0")
    began = time.perf_counter()
    server.manage("demo", "--people", str(people), patience=PATIENCE)
    took = time.perf_counter() - began
    if database:
        _as_the_vacuum_would(database)
    server.sign_in_all(READER)
    return server, took


def compare(small: Server, big: Server, rounds: int) -> Iterator[Grown]:
    """Each page in both, in turns."""
    turns = [[measured_apart(one, READER, PAGES, rounds) for one in (small, big)] for _ in range(TURNS)]
    for place, page in enumerate(PAGES):
        ours, theirs = ([turn[which][place] for turn in turns] for which in (0, 1))
        middles = (statistics.median(row.ms for row in rows) for rows in (ours, theirs))
        yield Grown(page, *middles, (ours[0].queries, theirs[0].queries))


def _as_the_vacuum_would(database: str) -> None:
    """PostgreSQL counts its rows a while after they came; a measurement does not wait for it."""
    door = psycopg2.connect(database)
    door.autocommit = True
    door.cursor().execute("VACUUM ANALYZE")
    door.close()
