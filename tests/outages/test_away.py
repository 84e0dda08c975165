"""The database goes away under people's hands, and comes back."""

import sqlite3
import threading
import time

import pytest

from core.middleware import HEADERS
from tests.journeys.server import Server, running
from tests.outages import postgres
from tests.outages.asking import Browser, given_back


@pytest.mark.skipif(not postgres.BINARIES, reason=postgres.WHY_NONE)
def test_a_postgresql_that_is_stopped_and_started(tmp_path):
    """OUT-02, OUT-04, HDR-08: an honest page at once, what was typed is given back, and it recovers by itself."""
    with (
        postgres.running() as database,
        running(Server(tmp_path, is_demo=True, database_url=database.url)) as server,
    ):
        browser = Browser(server)
        form = browser.new_objective("Typed in the dark", "Because <it> matters.\nTwice.")
        database.stop()
        refused = browser.post("/objectives/new/", form)
        looked = browser.get("/objectives/")
        assert (refused.status, looked.status) == (503, 503)
        assert max(refused.seconds, looked.seconds) < 2
        assert [answer.headers["retry-after"] for answer in (refused, looked)] == ["10", "10"]
        assert {name: refused.headers[name.lower()] for name in HEADERS} == HEADERS
        assert "server" not in refused.headers  # HDR-08
        assert sorted(given_back(refused.body)) == sorted(form)
        assert "<textarea" not in looked.body
        assert [browser.get(path).status for path in ("/livez", "/readyz")] == [200, 503]

        database.start()
        began = time.monotonic()
        while browser.get("/objectives/").status != 200 and time.monotonic() - began < 5:
            time.sleep(0.1)
        assert time.monotonic() - began < 5
        assert browser.post("/objectives/new/", given_back(refused.body)).status == 302
        assert browser.titles("Typed") == ["Typed in the dark"]


def test_a_stranger_who_holds_the_lock_of_sqlite(tmp_path):
    """OUT-02: reading goes on, and what is written waits its turn."""
    with running(Server(tmp_path, is_demo=True)) as server:
        browser = Browser(server)
        form = browser.new_objective("Waited for its turn")
        stranger = sqlite3.connect(tmp_path / "okrsite.sqlite3", isolation_level=None, check_same_thread=False)
        stranger.execute("BEGIN IMMEDIATE")
        read = browser.get("/objectives/")
        assert (read.status, read.seconds < 1) == (200, True)
        threading.Timer(2, stranger.rollback).start()
        written = browser.post("/objectives/new/", form)
        assert (written.status, written.seconds > 1) == (302, True)
        assert browser.titles("Waited") == ["Waited for its turn"]
        stranger.close()
