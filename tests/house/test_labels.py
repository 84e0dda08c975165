"""What a page is called, and what its fields are called, for those who hear it (AX-10)."""

import re
from html.parser import HTMLParser

import pytest

from tests.house.pages import PAGES_AND_PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

PERSONAS = ("nobody", "alice", "tara", "ada")
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
NAMELESS = {"hidden", "submit", "button"}


class Labels(HTMLParser):
    """Fields without a name, by their own name in the form; tables without a caption; drawings that say nothing."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.named: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.wrong: list[str] = []
        self._inside: list[str] = []
        self.feed(body)
        for field in self.fields:
            if not (field.get("id") in self.named or field.get("aria-label") or field.get("within label")):
                self.wrong.append(f"field {field.get('name', '')}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "label":
            self.named.add(given.get("for", ""))
            self._inside.append(tag)
        is_heard = given.get("type") not in NAMELESS and given.get("aria-hidden") != "true"
        if tag in {"input", "select", "textarea"} and is_heard:
            self.fields.append(given | ({"within label": "yes"} if self._inside else {}))
        if tag == "table":
            self.wrong.append("table")
        if tag == "caption":
            self.wrong.remove("table")
        if tag == "svg" and given.get("aria-hidden") != "true" and not given.get("aria-label"):
            self.wrong.append("svg")

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._inside.pop()


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_field_table_and_drawing_has_a_name(house, persona):
    """AX-10."""
    paths = [house.path(words) for words, who in PAGES_AND_PERSONAS if who == persona]
    wrong = {path: Labels(house.get(persona, path).content.decode()).wrong for path in paths}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert len(paths) > 4


def test_every_page_has_a_title_of_its_own(house):
    """AX-10: two addresses that show different things are called differently."""
    titles: dict[str, set[str]] = {}
    for words, who in PAGES_AND_PERSONAS:
        if who == "tara" and not words.startswith("checkins:check_in"):  # this week has two addresses
            answer = house.get("tara", house.path(words))
            title = TITLE.search(answer.content.decode())
            if answer.status_code == 200 and title:
                titles.setdefault(title[1].strip(), set()).add(words.split()[0])
    assert {title: names for title, names in titles.items() if len(names) > 1 or not title} == {}
    assert len(titles) > 15


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ('<label for="a">A</label><input id="a" name="a">', []),
        ('<label>A <input name="a"></label>', []),
        ('<input name="a" aria-label="A"><input type="hidden" name="b">', []),
        ('<input id="a" name="a"><label for="b">B</label>', ["field a"]),
        ("<table><caption>A</caption></table><table></table>", ["table"]),
        ('<svg></svg><svg aria-hidden="true"></svg>', ["svg"]),
    ],
)
def test_the_law_sees_what_is_planted(body, wrong):
    assert Labels(body).wrong == wrong
