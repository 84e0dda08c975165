"""What a browser would take apart: a paragraph ends where a form, a list or another block begins."""

from html.parser import HTMLParser

import pytest

from tests.house.pages import PAGES_AND_PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

BLOCKS = {"article", "aside", "details", "div", "dl", "fieldset", "form", "h1", "h2", "h3", "h4", "header", "nav", "ol",
          "p", "pre", "section", "table", "ul"}  # fmt: skip
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "line", "rect"}


class Nesting(HTMLParser):
    """Blocks inside a paragraph, a form inside a form, and tags that do not close as they opened."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(body)
        self.wrong += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag in BLOCKS and "p" in self.open) or (tag == "form" and "form" in self.open):
            self.wrong.append(f"<{tag}> in <{'form' if tag == 'form' and 'form' in self.open else 'p'}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing opens."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> inside <{self.open[-1] if self.open else ''}>")
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]


@pytest.mark.parametrize("persona", ["nobody", "alice", "tara", "ada"])
def test_every_page_is_nested_as_it_is_written(house, persona):
    paths = [house.path(words) for words, who in PAGES_AND_PERSONAS if who == persona]
    wrong = {path: Nesting(house.get(persona, path).content.decode()).wrong for path in paths}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert len(paths) > 4


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("<p>a <form></form></p>", ["<form> in <p>"]),
        ("<form><div><form></form></div></form>", ["<form> in <form>"]),
        ("<ul><li>a</ul>", ["</ul> inside <li>"]),
        ("<div><p>a</p>", ["<div> is never closed"]),
        ("<p>a <b>b</b><br></p>", []),
    ],
)
def test_the_law_sees_what_is_planted(body, wrong):
    assert Nesting(body).wrong == wrong
