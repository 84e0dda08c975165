"""Writing a mail: one set of words, set once as plain text and once as HTML, so that both say the same.

Source: look.md, section 9; guarantees MAIL-06, IN-17.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.template import loader
from markupsafe import Markup, escape

_PUT_IN = re.compile(r"<bdi>(.*?)</bdi>", re.DOTALL)
_inliner = CSSInliner(load_remote_stylesheets=False)


@dataclass(frozen=True)
class Letter:
    """What a mail says: plain text, and the same in HTML or nothing.

    `unsubscribe` is the whole address that ends mail of its kind. `behind` is what the page behind its link may show,
    each with an id, words and a number, for it shows no more than the mail did (MAIL-02).
    """

    subject: str
    text: str
    html: str = ""
    unsubscribe: str = ""
    behind: Sequence[tuple[int, str, int]] = ()


@dataclass(frozen=True)
class Say:
    """A sentence with places for names, as `%(name)s`; in HTML each name keeps its own direction of writing."""

    sentence: str
    names: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As plain text."""
        return self.sentence % self.names

    @property
    def html(self) -> Markup:
        """As HTML, everything escaped."""
        names = {key: Markup("<bdi>{}</bdi>").format(name) for key, name in self.names.items()}
        return escape(self.sentence) % names


@dataclass(frozen=True)
class Button:
    """The one thing to press; `path` is an address of ours."""

    label: str
    path: str

    @property
    def url(self) -> str:
        """The whole address. The host comes from the settings, never from a request (AUTH-07)."""
        return f"{settings.SITE_URL}{self.path}"


def write(
    *,
    title: Say,
    lines: Sequence[Say],
    subject: Say | None = None,
    quote: str = "",
    button: Button | None = None,
    small: Sequence[Say] = (),
    ways: Sequence[Button] = (),
    look: str = "letter",
    more: Mapping[str, Any] | None = None,
) -> Letter:
    """A letter in the look of the site. The subject is the title unless it is said apart.

    `quote` is what a person wrote; `small` are the sentences at the foot, and `ways` the links there. Another `look`
    of the same (templates/mail) may show `more`.
    """
    words = {"title": title, "lines": lines, "quote": quote, "button": button, "small": small, "ways": ways}
    words |= more or {}
    text = loader.get_template(f"mail/{look}.txt", using="pages").render(words)
    page = loader.get_template(f"mail/{look}.html", using="pages").render(words)
    line = " ".join((subject or title).text.split()).removesuffix(".")
    return Letter(subject=line, text=f"{text.strip()}\n", html=_inliner.inline(page))


def names_in(letter: Letter) -> list[str]:
    """What was put into its sentences, and what it quotes; all of a letter that is plain text."""
    if not letter.html:
        return [letter.subject, letter.text]
    return [unescape(words) for words in _PUT_IN.findall(letter.html)]
