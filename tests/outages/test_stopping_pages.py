"""A server is told to end while people wait for its answers (OPS-05)."""

import os
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlencode

import psycopg2
import pytest
from django.db import connection

from tests.journeys.server import Server
from tests.outages import postgres
from tests.outages.asking import MIRA, Browser
from tests.outages.redis_server import wait_until

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="Each has a database of its own.")
WRITERS = 6
NEW = "/objectives/new/"


class Line:
    """A connection on which one request was sent, or its first half; what came back is read in the end."""

    def __init__(self, browser: Browser, method: str, path: str, body: str = "", *, ends: bool = False) -> None:
        cookies = f"okrsite-session={browser.server.sessions[MIRA]}; okrsite-csrf={browser.csrf}"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost:{browser.server.port}\r\nCookie: {cookies}\r\n"
            f"Origin: {browser.server.url}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nConnection: {'close' if ends else 'keep-alive'}\r\n\r\n"
        )
        self.words = (head + body).encode()
        self.socket = socket.create_connection(("127.0.0.1", browser.server.port), 60)

    def send(self, part: slice = slice(None)) -> "Line":
        """Send it, or a part of it."""
        self.socket.sendall(self.words[part])
        return self

    def status(self) -> int:
        """The status of the answer, read to its last byte; 0 when there is none."""
        read = b""
        while True:
            try:
                more = self.socket.recv(65536)
            except ConnectionError:
                self.socket.close()
                return 0
            if not more:
                break
            read += more
        self.socket.close()
        head, _, body = read.partition(b"\r\n\r\n")
        lengths = [
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        ]
        assert lengths in ([], [len(body)]), "The answer was cut off."
        return int(head.split()[1]) if head else 0


@contextmanager
def sqlite_held(server: Server) -> Iterator[None]:
    """Nobody else writes."""
    with closing(sqlite3.connect(server.folder / "okrsite.sqlite3", isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        yield
        stranger.rollback()


@contextmanager
def postgres_held(server: Server) -> Iterator[None]:
    """Nobody else writes an objective."""
    with closing(psycopg2.connect(server.database_url.replace("postgres://", "postgresql://"))) as stranger:
        stranger.cursor().execute("LOCK TABLE objectives_objective IN EXCLUSIVE MODE")
        yield
        stranger.rollback()


def ended_under_way(server: Server, held: Callable[[Server], object], who: Callable[[int, int], None]) -> None:
    """Writers wait for the database, readers behind them, and one is still typing when the server is told to end."""
    browser = Browser(server)
    bodies = [urlencode(browser.new_objective(f"Under way {number}")) for number in range(WRITERS + 1)]
    with held(server):
        lines = [Line(browser, "POST", NEW, bodies[number]).send() for number in range(WRITERS)]
        lines += [Line(browser, "GET", "/objectives/").send() for _reader in range(3)]
        slow = Line(browser, "POST", NEW, bodies[WRITERS]).send(slice(0, -20))
        idle = Line(browser, "GET", "/objectives/")
        time.sleep(1)  # all of it is read
        who(server.process.pid, signal.SIGTERM)
        time.sleep(1.5)
        with pytest.raises(ConnectionRefusedError):
            Line(browser, "GET", "/objectives/")
        assert server.process.poll() is None
    slow.send(slice(-20, None))
    assert [line.status() for line in lines] == [302] * WRITERS + [200] * 3
    assert (slow.status(), idle.status()) == (302, 0)
    began = time.monotonic()
    assert server.process.wait(30) in (0, -signal.SIGTERM)
    assert time.monotonic() - began < 5
    assert browser.titles("Under way") == [f"Under way {number}" for number in range(WRITERS + 1)]


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """The demo, served by a process that leads a group of its own."""
    server.prepare()
    try:
        yield server.serve()
    finally:
        server.stop()


def test_one_process_ends_what_it_began(tmp_path):
    """OPS-05: all that it took are answered, nobody new is let in, and it is gone at once afterwards."""
    with serving(Server(tmp_path, is_demo=True)) as server:
        ended_under_way(server, sqlite_held, os.kill)


@pytest.mark.skipif(not postgres.BINARIES, reason=postgres.WHY_NONE)
def test_two_processes_end_what_they_began(tmp_path):
    """OPS-05: each process of a bigger house."""
    many = {"WEB_PROCESSES": "2", "REDIS_URL": "redis://127.0.0.1:1/0"}  # no page asks Redis for anything
    with (
        postgres.running() as database,
        serving(Server(tmp_path, is_demo=True, database_url=database.url, besides=many)) as server,
    ):
        ended_under_way(server, postgres_held, os.kill)


def test_a_server_at_which_people_arrive_all_the_while_refuses_nobody_it_took(tmp_path):
    """OPS-05: whoever got a connection and sent a request before the end gets an answer.

    Between the last look at who waits and the closing of the door the system may take one more, whom nobody saw.
    """
    with serving(Server(tmp_path, is_demo=True)) as server:
        browser = Browser(server)
        answers: list[int] = []

        def arrive() -> None:
            while True:
                try:
                    line = Line(browser, "GET", "/objectives/", ends=True)
                except ConnectionRefusedError:
                    return
                answers.append(line.send().status())

        people = [threading.Thread(target=arrive) for _person in range(4)]
        for person in people:
            person.start()
        wait_until(lambda: len(answers) >= 12)
        server.process.terminate()
        for person in people:
            person.join(30)
        assert server.process.wait(30) in (0, -signal.SIGTERM)
        assert {*answers} - {0} == {200}
        assert answers.count(0) <= 1
