"""The files of the repository, and what the laws look for in them."""

import ast
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("okrsite", "retros", "checkins", "objectives", "activity", "people", "core", "bin")
NOT_OURS = {"var", "staticfiles", "htmlcov", "node_modules", "__pycache__"}
HIDDEN_BUT_OURS = {".ci", ".gitignore", ".dockerignore", ".env.example"}
Finding = tuple[int, str]

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|tmp/\w+)(?:/|\b)")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.|npmjs\.|deb\.debian|crates\.io|--(?:extra-)?index-url[ =]+\w+:", re.IGNORECASE
)
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
INLINE = (
    ("an inline style", re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE)),
    ("a style element", re.compile(r"<style\b", re.IGNORECASE)),
    ("an inline script", re.compile(r"<script(?![^>]*\bsrc\s*=)", re.IGNORECASE)),
    ("an inline handler", re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)),
    ("a script in an address", re.compile(r"""=\s*["']?\s*javascript:""", re.IGNORECASE)),
)


def files(*suffixes: str, under: Iterable[str] = ("",)) -> list[Path]:
    """Every file that belongs to the repository, by git or else by walking; only those suffixes, if any are given."""
    known = _by_git() or by_walking()
    folders = tuple(f"{folder}/" if folder else "" for folder in under)
    return [
        path
        for path in known
        if path.relative_to(ROOT).as_posix().startswith(folders) and (not suffixes or path.suffix in suffixes)
    ]


def by_walking() -> list[Path]:
    """The same without git: all but hidden, made and stored files."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if _is_ours(name)]
        found += [Path(folder) / name for name in names if _is_ours(name) and not name.endswith(".pyc")]
    return sorted(found)


def _is_ours(name: str) -> bool:
    return name in HIDDEN_BUT_OURS or not (name.startswith(".") or name in NOT_OURS)


def _by_git() -> list[Path]:
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return sorted(path for name in set(listed.split("\0")) if name and (path := ROOT / name).is_file())


def text_of(path: Path) -> str:
    """What a file says; nothing for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def source_files() -> list[Path]:
    """The product's own Python: no tests, no migrations."""
    return [path for path in files(".py", under=CODE) if "migrations" not in path.parts] + [ROOT / "manage.py"]


def templates() -> list[Path]:
    """Pages and parts; mails have no stylesheet to link and are held to other laws."""
    return [
        path
        for path in files(".html", under=["templates"])
        if not {"mail", "email"} & set(path.relative_to(ROOT).parts)
    ]


def matches(pattern: re.Pattern[str], text: str) -> Iterator[Finding]:
    """Line and text of each place where `pattern` is found."""
    for found in pattern.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0].strip()


def inline(text: str) -> Iterator[Finding]:
    """Line and name of everything that a strict content security policy would refuse."""
    for name, pattern in INLINE:
        for line, _text in matches(pattern, text):
            yield line, name


def dead_links(path: Path) -> Iterator[Finding]:
    """Line and target of every relative link in a text that leads nowhere."""
    for line, link in matches(re.compile(r"\]\((?!\w+:|#)[^)\s#]+"), text_of(path)):
        target = link.removeprefix("](")
        if not (path.parent / target).exists():
            yield line, target


def late_imports(source: str) -> Iterator[Finding]:
    """Line and text of every import inside a function."""
    for function in _functions(source):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node.lineno, ast.unparse(node)


def long_functions(source: str, *, limit: int) -> Iterator[Finding]:
    """Line, name and length of every function of more than `limit` lines, decorators left out."""
    for function in _functions(source):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > limit:
            yield function.lineno, f"{function.name} has {length} lines"


def _functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
