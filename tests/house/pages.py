"""Every address and what it answers to whom, as it stands in pages.toml."""

import tomllib
from pathlib import Path

from tests.factories import PERSONAS
from tests.house.house import cells

_GROUPS = tomllib.loads((Path(__file__).parent / "pages.toml").read_text())
PAGES: dict[str, dict[str, str]] = {words: cells(line) for group in _GROUPS.values() for words, line in group.items()}
GIVEN_PATHS = list({words.split()[0]: words for words in reversed(PAGES)}.values())  # the first of each address
PAGES_AND_PERSONAS = [
    (words, persona) for words, answers in PAGES.items() for persona in PERSONAS if answers[persona] == "200"
]
OBJECTIVE = "objectives:objective pk={{objectives[{mark}].pk}}"


def readers(mark: str) -> set[str]:
    """The personas who may read the world's objective of that mark, by the table of pages."""
    answers = PAGES[OBJECTIVE.format(mark=mark)]
    return {persona for persona, answer in answers.items() if answer == "200"}
