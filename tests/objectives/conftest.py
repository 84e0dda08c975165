"""What the tests of objectives share."""

import pytest

from tests.objectives.crew import Crew, make_crew


@pytest.fixture
def crew() -> Crew:
    """A team of three, their quarters, and a stranger."""
    return make_crew()
