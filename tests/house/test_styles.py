"""Style sheets: each is imported once, and each class in them is worn by something."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static/css"
SHEETS = sorted(path for path in CSS.rglob("*.css") if path.name != "okrsite.css")
CLASS = re.compile(r"\.([a-z][a-z0-9-]*)")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
WORN = re.compile(r"""\bclass(?:es)?=("(?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*"|'[^']*')""", re.DOTALL)
QUOTED = re.compile(r"""["']([^"']*)["']""")
ELSEWHERE = {"static/js/*.js": r"querySelector[^;]*", "*/forms*/*.py": r'"class": "[^"]*"', "*/rows/*.py": r'"[a-z-]+"'}


def worn_in(template: str) -> set[str]:
    """The classes that elements of a template wear: as they stand there, and as an expression inside may say."""
    worn = [found[1][1:-1] for found in WORN.finditer(template)]
    said = [words for value in worn for inside in JINJA.findall(value) for words in QUOTED.findall(inside)]
    return {
        word for value in [*(JINJA.sub(" ", value) for value in worn), *said] for word in re.findall(r"[\w-]+", value)
    }


def worn() -> set[str]:
    """The classes that anything wears: in templates, and where scripts, forms and rows name them."""
    words = set().union(*(worn_in(path.read_text()) for path in (ROOT / "templates").rglob("*.html")))
    for pattern, place in ELSEWHERE.items():
        for path in ROOT.glob(pattern):
            words |= {word for found in re.findall(place, path.read_text()) for word in re.findall(r"[\w-]+", found)}
    return words


def classes(sheet: Path) -> set[str]:
    """The classes that its selectors name."""
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    return {name for selector in re.findall(r"([^{};]+)\{", css) for name in CLASS.findall(selector)}


def test_every_sheet_is_imported_once_and_tokens_come_first():
    imported = re.findall(r'@import "([^"]+)";', (CSS / "okrsite.css").read_text())
    assert sorted(imported) == [path.relative_to(CSS).as_posix() for path in SHEETS]
    assert (imported[0], imported[-1]) == ("tokens.css", "print.css")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_every_class_is_worn(sheet):
    assert classes(sheet) - worn() == set()


def test_every_token_is_used():
    sheets = "".join(path.read_text() for path in SHEETS)
    tokens = set(re.findall(r"(--[\w-]+):", (CSS / "tokens.css").read_text()))
    assert tokens - set(re.findall(r"var\((--[\w-]+)", sheets)) == set()


def test_only_what_an_element_wears_counts():
    page = """<p class="a{{ ' b' if c.d }} {% if e == "f" %}g{% endif %}" id="h">{{ _("i") }}</p>{{ j(k, classes="l m") }}"""
    assert worn_in(page) == {"a", "b", "f", "g", "l", "m"}


def test_a_class_that_nothing_wears_is_found(tmp_path):
    sheet = tmp_path / "x.css"
    sheet.write_text("@layer x { /* .not-this */ .row > .worn-by-nobody:hover { margin: .5rem } }")
    assert classes(sheet) - worn() == {"worn-by-nobody"}
