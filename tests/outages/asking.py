"""Asking a running okrsite as a browser without JavaScript does."""

import http.client
import re
import time
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from tests.house.forms import forms_of
from tests.journeys.server import Server

MIRA = "mira@northlight.example"
LOGIN = "/accounts/login/"


@dataclass
class Answer:
    """What came back, with the names of its headers in small letters, and how long it took, in seconds."""

    status: int
    headers: dict[str, str]
    body: str
    seconds: float


@dataclass
class Browser:
    """Mira's, signed in, with the token that stands in her forms; `place` is what a proxy says of where it is."""

    server: Server
    csrf: str = ""
    session: str = ""
    token: str = ""
    place: str = "198.51.100.1"

    def get(self, path: str) -> Answer:
        """Look at a page."""
        return self._ask("GET", path)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def at_the_door(self) -> "Browser":
        """The same, signed in as nobody, with the token of the sign-in form."""
        self.session = "none"
        form = forms_of(self.get(LOGIN).body)[0]
        self.token = dict(form.fields)["csrfmiddlewaretoken"]
        return self

    def sign_in(self, email: str, password: str) -> Answer:
        """Try the door."""
        return self.post(LOGIN, [("login", email), ("password", password), ("csrfmiddlewaretoken", self.token)])

    def new_objective(self, title: str, why: str = "") -> list[tuple[str, str]]:
        """The form of a new objective as the page gives it, with this title."""
        form = next(form for form in forms_of(self.get("/objectives/new/").body) if "title" in form.names)
        return [(name, {"title": title, "why": why}.get(name, value)) for name, value in form.fields]

    def titles(self, word: str) -> list[str]:
        """The titles of her objectives that begin with this word, each as often as it is there."""
        script = (
            "from objectives.models import Objective; "
            f"print('\\n'.join(Objective.objects.filter(title__startswith={word!r}).order_by('title')"
            ".values_list('title', flat=True)))"
        )
        return self.server.manage("shell", "-v0", "-c", script).split("\n")[:-1]

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        session = self.session or self.server.sessions[MIRA]
        cookies = f"okrsite-session={session}; okrsite-csrf={self.csrf}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.url}
        headers["X-Forwarded-For"] = self.place
        line = http.client.HTTPConnection("localhost", self.server.port, timeout=60)
        began = time.monotonic()
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        if found := re.search(r"okrsite-csrf=([^;]+)", answer.headers.get("Set-Cookie", "")):
            self.csrf = found[1]
        return Answer(
            answer.status,
            {name.lower(): value for name, value in answer.headers.items()},
            text,
            time.monotonic() - began,
        )


def given_back(body: str) -> list[tuple[str, str]]:
    """The fields of the form on a page that gives back what was typed."""
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', body)
    words = re.findall(r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', body, re.S)
    return [(unescape(name), unescape(value)) for name, value in hidden + words]
