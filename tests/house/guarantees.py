"""The rows of what okrsite promises, and which tests say that they show them."""

import ast
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ID = re.compile(r"(?<![A-Z0-9-])[A-Z]{2,4}-\d\d(?!\d)")
FAMILIES = ("CON", "AUTH", "AZ", "IN", "CC", "JOB", "DB", "OUT", "HDR", "RL", "PRIV", "BAK", "MIG", "AX", "MAIL", "API",
            "FEED", "HOOK", "OPS")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One promise. `not_yet` says what is not there, `owed` what is there and not shown, or not wholly."""

    id: str
    priority: int
    says: str
    not_yet: str = ""
    owed: str = ""


def read(text: str) -> dict[str, Row]:
    """The rows of a table of guarantees, by id."""
    return {name: Row(name, **row) for group in tomllib.loads(text).values() for name, row in group.items()}


def ids_in(name: str, docstring: str | None) -> list[str]:
    """The rows that a test of that name and docstring says it shows, each once."""
    said = f"{name} {docstring or ''}"
    return sorted({found for found in ID.findall(said) if found.split("-")[0] in FAMILIES})


def named_in(source: str) -> set[str]:
    """The rows that the tests of a file say they show."""
    tests = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {
        row for test in tests if test.name.startswith("test_") for row in ids_in(test.name, ast.get_docstring(test))
    }


def named(folder: Path = HERE.parent) -> set[str]:
    """The rows that the tests of the repository say they show."""
    return {row for path in folder.rglob("test_*.py") for row in named_in(path.read_text(encoding="utf-8"))}


def faults(rows: Mapping[str, Row], shown: Iterable[str]) -> list[str]:
    """Where the list and the tests contradict each other, in words."""
    shown = set(shown)
    found = [f"{name} is in a test, but in no row" for name in sorted(shown - set(rows))]
    for row in rows.values():
        if row.not_yet and row.owed:
            found.append(f"{row.id} is not there yet, so that no test is owed")
        elif row.id in shown and row.not_yet:
            found.append(f"{row.id} is shown by a test: take “{row.not_yet}” out of guarantees.toml")
        elif row.id not in shown and not (row.not_yet or row.owed) and row.priority == 0:
            found.append(f"{row.id} has priority 0, and no test shows it: {row.says}")
    return found


ROWS = read((HERE / "guarantees.toml").read_text(encoding="utf-8"))
