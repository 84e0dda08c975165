"""Many at once against a real server on SQLite (CC-13, DB-09)."""

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from tests.house.forms import forms_of
from tests.house.tree import ROOT
from tests.journeys.server import Server

SECONDS = float(os.environ.get("OKRSITE_CROWD_SECONDS", "5"))
PEOPLE = 20
MOST = 2.0  # seconds within which 99 of a hundred drafts are kept


class Browser:
    """One person's line to the server, kept open, with their cookies."""

    def __init__(self, server: Server, email: str) -> None:
        self.line = http.client.HTTPConnection("localhost", server.port, timeout=60)
        self.cookies = {"okrsite-session": server.sessions[email]}

    def ask(self, method: str, path: str, body: str = "", **besides: str) -> tuple[int, str]:
        """Status and page of one request; `besides` are further headers."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://localhost:{self.line.port}",
            }
        self.line.request(method, path, body or None, headers | besides)
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
        self.have_opened = threading.Barrier(PEOPLE)
        self.kept: dict[str, int] = {}
        self.times: list[float] = []
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

    def keep(self, browser: Browser, email: str) -> None:
        """Type on one page, which keeps a draft as often as it is answered."""
        _status, page = browser.ask("GET", "/check-in/?edit=1")
        (form,) = [form for form in forms_of(page) if "did" in form.names]
        fields = dict(form.fields)
        read = {name: fields[name] for name in ("version", "csrfmiddlewaretoken")} | {"page": "cafe" * 6}
        (path,) = re.findall('data-draft="([^"]+)"', page)
        self.have_opened.wait(60)
        ends_at = time.monotonic() + SECONDS
        while email not in self.kept or time.monotonic() < ends_at:
            number = self.kept.get(email, 0) + 1
            began = time.monotonic()
            typed = urlencode({**read, "turn": number, "did": f"draft {number}"})
            status, answer = browser.ask("POST", path, typed, **{"HX-Request": "true"})
            self.times.append(time.monotonic() - began)
            if status != 204:
                self.problems.append(f"draft {number}: {status}, {answer[:200]}")
                return
            self.kept[email] = number

    def guarded(self, doing: Callable[[Browser, str], None], email: str) -> None:
        """What went wrong is kept for the end."""
        browser = Browser(self.server, email)
        try:
            doing(browser, email)
        except Exception as problem:
            self.problems.append(f"{type(problem).__name__}: {problem}")
        finally:
            browser.line.close()

    def run(self, *doings: Callable[[Browser, str], None]) -> None:
        """Everybody does each of these at once, to the end."""
        each_of_them = [(doing, email) for email in self.server.sessions for doing in doings]
        threads = [threading.Thread(target=self.guarded, args=each) for each in each_of_them]
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
    """CC-13: nobody is refused or told that the database is locked; what was acknowledged is there, once.

    DB-09: then all type, and what each page was told to be kept is.
    """
    server = Server(tmp_path).prepare()
    crowd_script(server, "fill")
    server.sign_in_all()
    try:
        server.serve()
        crowd = Crowd(server)
        crowd.run(crowd.write, crowd.read)
        typing = Crowd(server)
        typing.run(typing.keep)
    finally:
        server.stop()
    assert crowd.problems == []
    assert len(crowd.saved) == PEOPLE
    assert json.loads(crowd_script(server, "told")) == {
        email: [number, f"save {number}", number % 11, number, number, number] for email, number in crowd.saved.items()
    }
    assert crowd.looks > PEOPLE
    assert typing.problems == []
    assert json.loads(crowd_script(server, "typed")) == {
        email: [number, f"draft {number}"] for email, number in typing.kept.items()
    }
    assert len(typing.kept) == PEOPLE
    slowest = statistics.quantiles(typing.times, n=100)[-1]
    assert slowest < MOST, f"{len(typing.times)} drafts, of which one in a hundred took {slowest:.2f} s or longer"
