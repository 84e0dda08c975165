"""What somebody sent when it could not be kept: given back to them, to be sent once more.

Source: guarantees OUT-02, OUT-05.
"""

from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

SECRET = "password"  # noqa: S105 - what the name of such a field holds
KEYS = {"csrfmiddlewaretoken", "client_key"}
WIDE = 72  # characters of a line


@dataclass(frozen=True)
class Typed:
    """One field as it was sent. What is no words of theirs goes along unseen."""

    name: str
    value: str

    @property
    def is_words(self) -> bool:
        """Whether it reads like something that a person wrote, not like a choice, a number or a key."""
        is_written = any(character.isalpha() and not character.isupper() for character in self.value)
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


def _shown(text: str) -> str:
    """Without what no page can hold."""
    return text.encode("utf-8", "replace").decode().replace("\0", "�")
