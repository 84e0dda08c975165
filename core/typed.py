"""What somebody sent when it could not be kept: given back to them, to be sent once more.

Source: guarantees AUTH-16, CC-11, OUT-02, OUT-05; ADR 2026-11-27-what-was-typed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

SECRET = "password"  # noqa: S105 - what the name of such a field holds
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a name
PAGE_OF = "page_of"  # whose page it was (core.kept)
OF_ITS_PAGE = {TOKEN, PAGE_OF}  # what every page brings anew
KEYS = {*OF_ITS_PAGE, "client_key", "kept"}
WIDE = 72  # characters of a line


@dataclass(frozen=True)
class Typed:
    """One field as it was sent. What is no words of theirs goes along unseen."""

    name: str
    value: str

    @property
    def is_words(self) -> bool:
        """Whether it reads like something that a person wrote, not like a choice, a number or a key."""
        letters = [character for character in self.value if character.isalpha()]
        is_written = not all(letter.isupper() for letter in letters) or (bool(letters) and " " in self.value.strip())
        is_choice = self.value.isidentifier() and self.value.islower()
        return is_written and not is_choice and self.name not in KEYS and not self.name.endswith("client_key")

    @property
    def rows(self) -> int:
        """How high its box is, in lines."""
        return min(12, 1 + self.value.count("\n") + len(self.value) // WIDE)


def typed_in(request: HttpRequest) -> list[Typed]:
    """The fields of a form that was sent, passwords left out; [] when there is none, or it cannot be read."""
    if request.method != "POST":
        return []
    try:
        sent = list(request.POST.lists())
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []
    return [Typed(_shown(name), _shown(one)) for name, values in sent if SECRET not in name for one in values]


def words_in(request: HttpRequest) -> list[Typed]:
    """The same without what another page brings anew; [] when a person wrote nothing of it."""
    typed = fields_in(request)
    return typed if any(one.is_words for one in typed) else []


def fields_in(request: HttpRequest) -> list[Typed]:
    """The same without what another page brings anew, whoever wrote it."""
    return [one for one in typed_in(request) if one.name not in OF_ITS_PAGE]


def value_in(request: HttpRequest, name: str) -> str:
    """What a form says under that name; "" when it says nothing."""
    return next((one.value for one in typed_in(request) if one.name == name), "")


def packed(typed: Iterable[Typed]) -> str:
    """The fields as the value of one."""
    return json.dumps([[one.name, one.value] for one in typed], ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> list[Typed]:
    """What was `packed`; [] for anything else."""
    try:
        pairs = json.loads(text)
        return [Typed(_shown(name), _shown(value)) for name, value in pairs]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []


def _shown(text: str) -> str:
    """Without what no page can hold."""
    return text.encode("utf-8", "replace").decode().replace("\0", "�")
