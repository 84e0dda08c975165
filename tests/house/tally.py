"""At the end of a whole run: which guarantees were shown, and which are open.

A row counts by what its tests did: it is shown when one of them passed, none failed, and nothing of it is owed.
"""

from collections import defaultdict
from collections.abc import Iterable

import pytest

from tests.house.guarantees import ROWS, Row, ids_in

MARK = "guarantees"
_outcomes: dict[str, set[str]] = defaultdict(set)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the rows that it names; its report carries them, also from another process."""
    for item in items:
        docstring = getattr(getattr(item, "function", None), "__doc__", None)
        if named := ids_in(item.name, docstring):
            item.user_properties.append((MARK, " ".join(named)))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what became of a test, under each row that it names."""
    if report.when == "call" or report.outcome != "passed":
        for name, rows in report.user_properties:
            if name == MARK:
                for row in str(rows).split():
                    _outcomes[row].add(report.outcome)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table, when everything was asked for."""
    if is_whole(config):
        terminalreporter.section("guarantees")
        for line in table(ROWS.values(), _outcomes):
            terminalreporter.line(line)


def is_whole(config: pytest.Config) -> bool:
    """Whether no test was picked: no file, no word, no mark."""
    picked = config.option.keyword or config.option.markexpr or config.option.collectonly
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not picked


def table(rows: Iterable[Row], outcomes: dict[str, set[str]]) -> list[str]:
    """The lines of the table: a number and a word, and the ids of what asks for work."""
    rows = list(rows)
    heaps: dict[str, list[Row]] = {
        word: [row for row in rows if _word(row, outcomes.get(row.id, set())) == word] for word in _WORDS
    }
    lines = [f"{len(rows):4} rows"]
    for word, heap in heaps.items():
        if heap or word in {_SHOWN, _NOT_YET, _OPEN}:
            lines.append(f"{len(heap):4} {word}")
        if word not in {_SHOWN, _NOT_YET}:
            lines += _by_priority(heap)
    return lines


_SHOWN, _FAILED, _SKIPPED, _NOT_YET, _OPEN = _WORDS = (
    "shown by a test",
    "of a test that failed",
    "of tests that were left out here",
    "not yet applicable",
    "open",
)


def _word(row: Row, outcomes: set[str]) -> str:
    if row.not_yet:
        return _NOT_YET
    for outcome, word in (("failed", _FAILED), ("passed", _SHOWN), ("skipped", _SKIPPED)):
        if outcome in outcomes and not (row.owed and outcome != "failed"):
            return word
    return _OPEN


def _by_priority(heap: list[Row]) -> list[str]:
    priorities = sorted({row.priority for row in heap})
    return [
        f"       priority {priority}: " + " ".join(row.id for row in heap if row.priority == priority)
        for priority in priorities
    ]
