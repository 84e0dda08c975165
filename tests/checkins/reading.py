"""Reading a page as a person does: what its main part says, and what stands in its fields."""

from html.parser import HTMLParser
from itertools import takewhile

from django.http import HttpResponse

from core.typed import OF_ITS_PAGE

BLOCKS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "li",
    "tr",
    "legend",
    "textarea",
    "button",
    "caption",
    "div",
    "summary",
    "nav",
    "dt",
}
APART = {"label", "td", "th", "svg"}
NO_PROMISES = {
    "Who helps whom",
    "No promise is open. One line is enough: what you will do, for whom, by when.",
    "Promise everyone something",
}
SILENT = {"svg", "script", "option"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.fields: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self._inside: list[str] = []
        self._textarea = self._link = ""
        self._is_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "main" or tag in SILENT:
            self._inside.append(tag)
        if tag in BLOCKS and given.get("class") != "link":
            self.lines.append("")
        if tag in APART or (given.get("class") or "").startswith(("delta", "when", "conf-none")):
            self.lines[-1] += " "
        if tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            self.fields[given["name"]] = given.get("value", "")
        if tag == "button":
            self._is_link = given.get("class") == "link"  # it stands in a sentence, as a link does
        if tag == "textarea":
            self._textarea = given.get("name") or given["id"] or ""
            self.fields[self._textarea] = ""
        if tag == "a":
            self._link = given["href"]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        if tag in BLOCKS and not (tag == "button" and self._is_link):
            self.lines.append("")
        if tag == "textarea":
            self._textarea = ""
        if tag == "label":
            self.lines[-1] += " "
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data.removeprefix("\n")
        elif "main" in self._inside and self._inside[-1] == "main":
            self.lines[-1] += data
            if self._link:
                self.links[" ".join(data.split())] = self._link


def _read(response: HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def said(response: HttpResponse) -> list[str]:
    """The words of the main part, a block a line, blanks as one; drawings are left out."""
    lines = (" ".join(line.split()) for line in _read(response).lines)
    return [line for line in lines if line]


def week_of(response: HttpResponse) -> list[str]:
    """The words of a week that can be read, without the same once more to copy."""
    return [*takewhile(lambda line: line != "Copy it into a status mail", said(response))]


def board_of(response: HttpResponse) -> list[str]:
    """The words of a board on which nothing is promised."""
    return [line for line in said(response) if line not in NO_PROMISES]


def fields(response: HttpResponse) -> dict[str, str]:
    """What stands in the fields of a page, by name, without what every page brings; radio buttons where one is chosen."""
    found = _read(response).fields
    return {name: value for name, value in found.items() if name not in OF_ITS_PAGE and not name.startswith("of_")}


def links(response: HttpResponse) -> dict[str, str]:
    """Where the words of the main part lead."""
    return _read(response).links
