"""The document for those who write screens shows the code as it is."""

import inspect

import pytest

from objectives.actions import objectives
from objectives.views import objective
from tests.house.tree import ROOT

DOCUMENT = (ROOT / "docs/developers/writing-a-screen.md").read_text()


@pytest.mark.parametrize(
    "shown", [objectives.drop, objective.drop, objective._find], ids=["action", "view", "what the view reads"]
)
def test_the_example_is_the_code(shown):
    assert inspect.getsource(inspect.unwrap(shown)) in DOCUMENT
