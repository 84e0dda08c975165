"""What tests of the week may ask for."""

import pytest

from tests.checkins.scenes import Scene, make_scene


@pytest.fixture
def scene() -> Scene:
    """Mira, who writes essays in Accelerator."""
    return make_scene()
