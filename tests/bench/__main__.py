"""`make bench`: pages of the demo against their bound and among many, a draft, live screens, the end of a quarter, the
start, the first load.

Ends with 1 over a budget. `make bench ARGS="--people 0"` leaves out the many, who take some minutes to be made.

Milliseconds are told; what decides is a ratio or a count, for machines differ (architecture, section 5).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg2

from tests.bench.closing import TEAMS, close
from tests.bench.first_load import FirstLoad, load_first, start_to_first_reply
from tests.bench.growth import SMALL, compare, fill
from tests.bench.live import measure, with_redis
from tests.bench.pages import measured_apart
from tests.bench.retro import vote
from tests.bench.wall import see
from tests.journeys.chromium import HOW_TO_GET_ONE, chromium, path_of_chromium
from tests.journeys.logs import log_as_many
from tests.journeys.server import ROOT, Server

READER = "mira@northlight.example"
POSTGRES = "postgres://postgres@127.0.0.1:5432"
PAGES = {
    READER: {"home": "/", "check-in": "/check-in/", "board": "/teams/accelerator/"},
    "tomasz@northlight.example": {"log 9": "/check-in/?edit=1"},
    "kofi@northlight.example": {"log 30": "/check-in/?edit=1"},
}
LOGGED = {"tomasz": 9, "kofi": 30}
DECIDES = {"home", "board", "log 9", "log 30"}  # the pages whose ratio is gated, until the others are
ALLOWED = 3.0
KILOBYTES, PAINT, START = 60, 500, 2.0
GROWTH = 1.3  # times as long among many people
ON_THE_WALL = 100  # milliseconds from sending a form to its words in the page
KEEPING = 15.0  # milliseconds on the processor
VOTES, LAST_VOTES, CLOSING = 40, 300, 30.0  # votes; milliseconds, told and not judged; seconds
WATCHERS, WRITES, IDLE, LAST_SEES = (200, 1_000), 20, 30.0, 500  # the last in milliseconds, told and not judged


def main() -> int:
    """Measure, print, judge."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--rounds", type=int, default=60, help="how often each page is measured (default: 60)")
    asked.add_argument("--people", type=int, default=10_000, help="many, for what grows; 0 for none (default: 10000)")
    options = asked.parse_args()
    rounds = options.rounds
    over: list[str] = []
    with tempfile.TemporaryDirectory(prefix="okrsite-bench-") as name, postgres_databases(3) as postgres:
        folder = Path(name)
        say(f"{'':22}{'× bound':>9}{'ms':>9}{'queries':>9}     sql + html + empty view, ms")
        server = Server(folder, is_demo=True).prepare()
        log_as_many(server, LOGGED)
        over += pages("SQLite", server, rounds)
        over += drafts(server, rounds)
        over += live(folder)
        over += end_of_quarter(folder)
        if postgres:
            (folder / "postgres").mkdir()
            other = Server(folder / "postgres", True, postgres[0]).prepare()
            log_as_many(other, LOGGED)
            over += pages("PostgreSQL", other, rounds)
        else:
            say(f"PostgreSQL does not answer on {POSTGRES}; left out.")
        if options.people:
            over += growth("SQLite", folder / "s", ["", ""], options.people, rounds)
            over += growth("PostgreSQL", folder / "p", postgres[1:], options.people, rounds) if postgres else []
        try:
            over += first_load(server)
        finally:
            server.stop()
    for sentence in over:
        say(f"Over its budget: {sentence}")
    return 1 if over else 0


def pages(database: str, server: Server, rounds: int) -> list[str]:
    """A row for each page on one database; what is over its budget."""
    found = [row for reader, paths in PAGES.items() for row in measured_apart(server, reader, paths, rounds)]
    for row in found:
        parts = f"{row.sql:.1f} + {row.html:.1f} + {row.empty:.1f}"
        say(f"{database:12}{row.page:10}{row.ratio:9.2f}{row.ms:9.1f}{row.queries:9}     {parts}")
    return [
        f"{row.page} on {database} takes {row.ratio:.2f} times its bound, {ALLOWED:g} are allowed."
        for row in found
        if row.page in DECIDES and row.ratio > ALLOWED
    ]


def growth(database: str, folder: Path, addresses: list[str], many: int, rounds: int) -> list[str]:
    """A row for each page of the same person among few and among many; what is over its budget."""
    folder.mkdir()
    small, _took = fill(folder / "small", addresses[0], SMALL)
    big, took = fill(folder / "big", addresses[1], many)
    say(f"\n{database}: {many} people in {took:.0f} s, {many / took:.0f} a second")
    found = list(compare(small, big, rounds))
    for row in found:
        say(f"{database:12}{row.page:10}{row.ratio:9.2f} × among {many} ({row.small:.1f} ms, then {row.big:.1f})")
    said = [f"{row.page} on {database} asks {row.queries} times." for row in found if len({*row.queries}) > 1]
    return said + [
        f"{row.page} on {database} takes {row.ratio:.2f} times as long among {many}, {GROWTH:g} are allowed."
        for row in found
        if row.ratio > GROWTH
    ]


def drafts(server: Server, rounds: int) -> list[str]:
    """Keeping what is typed, on SQLite; what is over its budget."""
    words = [sys.executable, "-m", "tests.bench.drafts", server.sessions[READER], str(rounds)]
    done = subprocess.run(words, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    say(f"Keeping what is typed: {found['worked']:.1f} ms, {found['took']:.1f} by the clock (budget {KEEPING:g} ms)")
    is_over = found["worked"] > KEEPING
    return [f"keeping a draft takes {found['worked']:.1f} ms, {KEEPING:g} are allowed."] if is_over else []


def live(folder: Path) -> list[str]:
    """A row for each number of watchers, in one process and through Redis; what is over its budget."""
    missed = 0
    for way, measured in (("in process", measure), ("Redis", with_redis)):
        for watchers in WATCHERS:
            place = folder / f"live-{way}-{watchers}"
            place.mkdir()
            found = measured(place, watchers, WRITES, IDLE)
            if found is None:
                say("No Redis is installed; live screens through it are left out.")
                break
            missed += found.missed
            say(
                f"{found.watchers} watch, {way}: a write is with the last after {found.median:.0f} ms, "
                f"95 of 100 within {found.worst:.0f} (budget {LAST_SEES}); "
                f"idle {found.idle:.1f} % of a processor, {found.megabytes:.0f} MB, {found.missed} missed"
            )
    return [f"{missed} messages to live screens were missed."] if missed else []


def end_of_quarter(folder: Path) -> list[str]:
    """A vote in a retro, and a quarter closed for all, on SQLite; what is over its budget."""
    (folder / "retro").mkdir()
    (folder / "closing").mkdir()
    voted, closed = vote(folder / "retro", VOTES), close(folder / "closing")
    say(
        f"Retro of 12 with 120 notes: a vote is with the last after {voted.median:.0f} ms, "
        f"95 of 100 within {voted.worst:.0f} (budget {LAST_VOTES}), {voted.missed} missed"
    )
    say(
        f"A quarter closed for {TEAMS} teams with {closed.parts} key results: {closed.seconds:.1f} s "
        f"(budget {CLOSING:g} s); the slowest page meanwhile {closed.slowest:.2f} s"
    )
    judged = {
        f"{voted.missed} votes never came to a screen.": voted.missed > 0,
        f"closing takes {closed.seconds:.1f} s, {CLOSING:g} are allowed.": closed.seconds > CLOSING,
    }
    return [sentence for sentence, is_over in judged.items() if is_over]


def first_load(server: Server) -> list[str]:
    """Start and first load in a browser; what is over its budget."""
    seconds = start_to_first_reply(server)
    say(f"\nProcess start to first reply: {seconds:.2f} s (budget {START:g} s)")
    if not path_of_chromium():
        say(HOW_TO_GET_ONE)
        return []
    with chromium() as browser:
        load = load_first(browser, server, READER)
        wall = see(browser, server, READER, WRITES)
    say(f"First load of home: {load.bytes / 1000:.1f} KB in {load.requests} requests (budget {KILOBYTES} KB)")
    say(f"  largest paint {load.paint:.0f} ms (budget {PAINT} ms), layout shift {load.shift:g}")
    say(f"  other hosts: {', '.join(load.strangers) or 'none'}; console: {'; '.join(load.messages) or 'silent'}")
    say(
        f"The wall: largest paint {wall.paint:.0f} ms (budget {PAINT} ms); a write stands on it after {wall.median:.0f} ms, "
        f"95 of 100 within {wall.worst:.0f} (budget {ON_THE_WALL} ms), {wall.missed} missed"
    )
    return faults(load) + ([f"{wall.missed} writes never came to the wall."] if wall.missed else [])


def faults(load: FirstLoad) -> list[str]:
    """What a first load does that it must not; times are told, not judged."""
    judged = {
        f"the first load brings {load.bytes / 1000:.1f} KB, {KILOBYTES} are allowed.": load.bytes > KILOBYTES * 1000,
        f"the first load asks {', '.join(load.strangers)}.": bool(load.strangers),
        f"the console says {'; '.join(load.messages)}.": bool(load.messages),
        f"the layout shifts by {load.shift:g}.": load.shift > 0,
    }
    return [sentence for sentence, is_over in judged.items() if is_over]


@contextmanager
def postgres_databases(many: int) -> Iterator[list[str]]:
    """The addresses of databases made for this, dropped at the end; none when no PostgreSQL answers."""
    try:
        door = psycopg2.connect(f"{POSTGRES}/postgres", connect_timeout=2)
    except psycopg2.OperationalError:
        yield []
        return
    door.autocommit = True
    names = [f"okrsite_bench_{uuid4().hex[:8]}" for _ in range(many)]
    for name in names:
        door.cursor().execute(f"CREATE DATABASE {name}")
    try:
        yield [f"{POSTGRES}/{name}" for name in names]
    finally:
        for name in names:
            door.cursor().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        door.close()


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)  # noqa: T201 - this is its answer


if __name__ == "__main__":
    sys.exit(main())
