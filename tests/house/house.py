"""The house with its eleven personas in it, asked as a browser asks."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import Morsel
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from core.problems import API
from tests.factories import PERSONAS, World

CHANCE = re.compile(  # what differs from one answer to the next though nothing was said differently
    r'(?:"X-CSRFToken": "|name="csrfmiddlewaretoken" value=")[^"]+'
    r'|"request_id":"[^"]+'
    r'|name="[^"]*(?:client_key|csrf)"[^>]*value="[^"]+'
    r'|value="[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{22}'
)

_HANDLER = ClientHandler(enforce_csrf_checks=False)


@dataclass
class House:
    """The world, and for each persona a browser in which they are signed in; on each stood the wall of the rockets."""

    world: World
    sessions: dict[str, str] = field(default_factory=dict)
    room: dict[str, Morsel[str]] = field(default_factory=dict)

    def sign_in_all(self) -> "House":
        """Sign everybody in; Dan keeps the cookie that he had before he was switched off."""
        for name in PERSONAS:
            client = Client()
            if person := self.world.persona(name):
                client.force_login(person)
                self.sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
        opened = Client().get(reverse("checkins:room_opening", kwargs={"secret": self.world.room_secret}))
        self.room = dict(opened.cookies)
        return self

    def client(self, persona: str) -> Client:
        """A fresh browser with that persona's session and the cookie of the room, which is nothing to other pages."""
        client = Client(raise_request_exception=False)
        client.cookies.update(self.room)
        client.handler = _HANDLER  # its middleware is made once
        if persona in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[persona]
        return client

    def ask(
        self, persona: str, method: str, path: str, data: Mapping[str, Any] | None = None, *, token: str = ""
    ) -> HttpResponse:
        """The answer to one request of that persona: a form for POST, for a program JSON, over whatever it has read.

        With a `token` it is their program that asks, without their session.
        """
        client = self.client("" if token else persona)
        if path.startswith(API):
            headers = {"if-match": "*"} | ({"authorization": f"Bearer {token}"} if token else {})
            body = json.dumps(data or {}) if method in {"POST", "PATCH", "PUT"} else ""
            return client.generic(method, path, body, content_type="application/json", headers=headers)
        if method == "POST":
            return client.post(path, data or {})
        return client.generic(method, path)

    def get(self, persona: str, path: str) -> HttpResponse:
        """The answer to a GET."""
        return self.ask(persona, "GET", path)

    def filled(self, words: Any, **more: Any) -> Any:
        """`words` of a table with the world's own values in place of {quarter.pk} and the like."""
        if isinstance(words, str):
            return words.format_map(_Things(self.world, more))
        if isinstance(words, list):
            return [self.filled(word, **more) for word in words]
        if not isinstance(words, Mapping):
            return words
        return {self.filled(name, **more): self.filled(word, **more) for name, word in words.items()}

    def path(self, words: str, **more: Any) -> str:
        """The address that is written in a table as `app:name key={value} ?query`."""
        name, *rest = self.filled(words, **more).split()
        query = "".join(word for word in rest if word.startswith("?"))
        keys = dict(word.split("=", 1) for word in rest if not word.startswith("?"))
        return reverse(name, kwargs={key: int(value) if key == "pk" else value for key, value in keys.items()}) + query


class _Things(dict[str, Any]):
    """The world by its names, and what a table may say besides."""

    def __init__(self, world: World, more: Mapping[str, Any]) -> None:
        super().__init__(more)
        self._world = world

    def __missing__(self, name: str) -> Any:
        if name == "bob_in_rockets":
            return self._world.bob.memberships.get()
        return getattr(self._world, name)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def cells(line: str) -> dict[str, str]:
    """A line of eleven words, by persona."""
    words = line.split()
    assert len(words) == len(PERSONAS), line
    return dict(zip(PERSONAS, words, strict=True))


def is_sign_in(response: HttpResponse) -> bool:
    """Whether the answer leads to the sign-in page of this site."""
    return response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/?next=/")


def status(response: HttpResponse) -> str:
    """The status as the table of pages writes it: L for the way to the sign-in page."""
    return "L" if is_sign_in(response) else str(response.status_code)


def masked(response: HttpResponse) -> str:
    """The body without its tokens."""
    return CHANCE.sub("…", response.content.decode())


def differences(found: Mapping[str, str], expected: Mapping[str, str]) -> dict[str, str]:
    """Where two rows of cells part, for reading: persona and both words."""
    return {name: f"{found[name]}, not {word}" for name, word in expected.items() if found[name] != word}
