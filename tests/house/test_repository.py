"""The laws of the repository: what stands in no file, and how long a file may be."""

import re
from pathlib import Path

import pytest

from tests.house import tree
from tests.house.tree import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
FORBIDDEN = {"utils", "helpers", "services", "managers", "signals", "common"}
SOURCE, TEST, PAGE, PART, STYLE, SCRIPT, DECISION = 300, 400, 120, 60, 200, 120, 60


def report(findings: dict[Path, list[tuple[int, str]]]) -> str:
    """One line for each finding: file, line, what."""
    return "\n".join(
        f"{path.relative_to(ROOT)}:{line}: {text}" for path, found in findings.items() for line, text in found
    )


def in_each(paths, law) -> str:
    """What `law` finds in each of the files, as a report; "" when it finds nothing."""
    assert paths, "The law has nothing to look at."
    return report({path: list(law(tree.text_of(path))) for path in paths})


def limit_of(path: Path) -> int | None:
    """How many lines that file may have; None for one without a limit."""
    place = path.relative_to(ROOT).parts
    if path.suffix == ".py" and "migrations" not in place:
        return TEST if place[0] == "tests" else SOURCE
    if place[:1] == ("templates",):
        return PART if path.name.startswith("_") else PAGE
    if place[:2] == ("docs", "adr"):
        return DECISION
    if path.suffix == ".css":
        return STYLE if "components" in place else SOURCE
    return SCRIPT if path.suffix == ".js" else None


def test_no_file_knows_the_machine_it_was_written_on():
    assert in_each(tree.files(), lambda text: tree.matches(tree.MACHINE_PATH, text)) == ""


def test_no_file_names_a_package_registry():
    assert in_each(tree.files(), lambda text: tree.matches(tree.REGISTRY, text)) == ""


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name):
    assert in_each([ROOT / name], lambda text: tree.matches(re.compile(r"\S*://\S*|^-\S+", re.MULTILINE), text)) == ""


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_by_hash(name):
    packages = re.split(r"\n(?=\S)", (ROOT / name).read_text())
    loose = [
        package.split("\n")[0] for package in packages if not re.search(r"^\S+==\S+.*--hash=sha256:", package, re.S)
    ]
    assert loose == []


def test_the_tools_lock_holds_what_runs_and_more():
    pin = re.compile(r"^([^\s\[]+)(?:\[\S+\])?(==\S+)", re.MULTILINE)  # with what extras does not matter
    runs, tools = (set(pin.findall((ROOT / name).read_text())) for name in LOCKS)
    assert runs - tools == set()


def test_no_template_has_inline_style_or_script():
    """HDR-01: the content security policy would refuse it."""
    assert in_each(tree.templates(), tree.inline) == ""


def test_no_link_in_the_documents_leads_nowhere():
    assert report({path: list(tree.dead_links(path)) for path in tree.files(".md")}) == ""


def test_the_law_of_links_catches_a_planted_one(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[here](page.md#top) [there](https://example.org)\n[gone](gone.md) [top](#top)\n")
    assert list(tree.dead_links(page)) == [(2, "gone.md")]


def test_nothing_is_left_unfinished_in_a_comment():
    assert in_each(tree.files(), lambda text: tree.matches(tree.UNFINISHED, text)) == "", "Unfinished work is an issue."


def test_no_file_is_too_long():
    limits = {path: limit for path in tree.files() if (limit := limit_of(path))}
    lengths = {path: len(tree.text_of(path).splitlines()) for path in limits}
    too_long = [
        f"{path.relative_to(ROOT)}:{limits[path] + 1}: {length} lines, {limits[path]} is the limit"
        for path, length in lengths.items()
        if length > limits[path]
    ]
    assert too_long == [], "Split it along its nouns."


def test_no_file_has_a_name_that_says_nothing():
    nameless = [
        str(path.relative_to(ROOT))
        for path in tree.source_files()
        if FORBIDDEN & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]
    assert nameless == [], "Name it after what it does."


def test_no_function_imports():
    assert in_each(tree.source_files(), tree.late_imports) == "", "A cycle means that something is in the wrong module."


def test_no_function_is_too_long():
    assert in_each(tree.source_files(), lambda source: tree.long_functions(source, limit=40)) == ""


def test_walking_misses_nothing_that_git_knows():
    assert set(tree.files()) - set(tree.by_walking()) == set()


@pytest.mark.parametrize(
    ("planted", "caught"),
    [
        ('<p style="color: red">', ["an inline style"]),
        ("<p\n   class='a'\n   style=''>", ["an inline style"]),
        ("<style>p {}</style>", ["a style element"]),
        ("<script>alert(1)</script>", ["an inline script"]),
        ('<script type="module">\n</script>', ["an inline script"]),
        ('<button onclick="go()">', ["an inline handler"]),
        ('<a href="javascript:go()">', ["a script in an address"]),
        ('<script src="/static/js/app.js" type="module"></script>', []),
        ('<p data-style="plain" class="onward">style = on</p>', []),
    ],
)
def test_the_law_catches_what_a_strict_policy_refuses(planted, caught):
    assert [name for _line, name in tree.inline(planted)] == caught


@pytest.mark.parametrize(
    ("pattern", "planted", "is_caught"),
    [
        (tree.MACHINE_PATH, "see /" + "work/main/x.py", True),
        (tree.MACHINE_PATH, 'open("/' + 'root/.cache")', True),
        (tree.MACHINE_PATH, "/" + "tmp/pytest-1", True),
        (tree.MACHINE_PATH, "the team/work board, 24/7", False),
        (tree.MACHINE_PATH, "tmpfs: [/tmp]", False),
        (tree.REGISTRY, "--index-url " + "https:" + "//example.org", True),
        (tree.REGISTRY, "https://pypi" + ".org/simple", True),
        (tree.REGISTRY, "--no-emit-index-url", False),
        (tree.UNFINISHED, "# TO" + "DO: later", True),
        (tree.UNFINISHED, "what to do", False),
    ],
)
def test_the_laws_of_words_catch_a_planted_one(pattern, planted, is_caught):
    assert bool(list(tree.matches(pattern, planted))) is is_caught


def test_the_laws_of_functions_catch_a_planted_one():
    source = "def late():\n    import os\n    return os\n\nasync def longer():\n" + "    a = 1\n" * 40
    assert list(tree.late_imports(source)) == [(2, "import os")]
    assert list(tree.long_functions(source, limit=40)) == [(5, "longer has 41 lines")]
