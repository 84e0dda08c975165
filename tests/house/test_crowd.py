"""Many at once against a real server on SQLite (CC-13)."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection

from tests.house.forms import forms_of
from tests.house.tree import ROOT
from tests.journeys.server import Server

SECONDS = float(os.environ.get("OKRSITE_CROWD_SECONDS", "5"))  # a minute in CI
PEOPLE = 20


class Browser:
    """One person's line to the server, kept open, with their cookies."""

    def __init__(self, server: Server, email: str) -> None:
        self.line = http.client.HTTPConnection("localhost", server.port, timeout=60)
        self.cookies = {"okrsite-session": server.sessions[email]}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """Status and page of one request."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://localhost:{self.line.port}",
            }
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()


class Crowd:
    """Who does what until the time is up, what was acknowledged, and what went wrong."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.ends_at = time.monotonic() + SECONDS
        self.saved: dict[str, int] = {}
        self.looks = 0
        self.problems: list[str] = []

    def write(self, browser: Browser, email: str) -> None:
        """Save one's week again and again, as a browser does; each save counts only once it is acknowledged."""
        saves = 0
        while saves == 0 or time.monotonic() < self.ends_at:
            status, page = browser.ask("GET", "/check-in/?edit=1")
            (form,) = [form for form in forms_of(page) if "did" in form.names]
            (level,) = [name for name in form.names if name.startswith("confidence-")]
            (value,) = [name for name in form.names if name.startswith("value-")]
            number = saves + 1
            typed = {"did": f"save {number}", level: str(number % 11), value: str(number)}
            sent, _page = browser.ask("POST", quote(form.action) or "/check-in/?edit=1", form.body(**typed))
            if (status, sent) != (200, 302):
                self.problems.append(f"save {number}: {status}, {sent}")
                return
            saves = self.saved[email] = number

    def read(self, browser: Browser, _email: str) -> None:
        """Look at the team's board."""
        while time.monotonic() < self.ends_at:
            status, _page = browser.ask("GET", "/teams/crowd/")
            self.looks += 1
            if status != 200:
                self.problems.append(f"board: {status}")

    def guarded(self, doing: Callable[[Browser, str], None], email: str) -> None:
        """What went wrong is kept for the end."""
        browser = Browser(self.server, email)
        try:
            doing(browser, email)
        except Exception as problem:
            self.problems.append(f"{type(problem).__name__}: {problem}")
        finally:
            browser.line.close()

    def run(self) -> None:
        """Everybody at once, to the end."""
        doings = [(doing, email) for email in self.server.sessions for doing in (self.write, self.read)]
        threads = [threading.Thread(target=self.guarded, args=each) for each in doings]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def crowd_script(server: Server, word: str) -> str:
    """Run the script beside this file on the server's database; what it printed."""
    words = [sys.executable, "-m", "tests.house.crowd", word]
    return subprocess.run(words, cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(connection.vendor != "sqlite", reason="It is about SQLite, and makes its own.")
def test_twenty_who_write_and_twenty_who_read(tmp_path):
    """CC-13: nobody is refused or told that the database is locked; what was acknowledged is there, once."""
    server = Server(tmp_path).prepare()
    crowd_script(server, "fill")
    server.sign_in_all()
    try:
        server.serve()
        crowd = Crowd(server)
        crowd.run()
    finally:
        server.stop()
    assert crowd.problems == []
    assert len(crowd.saved) == PEOPLE
    assert json.loads(crowd_script(server, "told")) == {
        email: [number, f"save {number}", number % 11, number, number, number] for email, number in crowd.saved.items()
    }
    assert crowd.looks > PEOPLE
