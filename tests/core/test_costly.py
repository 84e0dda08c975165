"""What costs much is done twice at a time at most (RL-04)."""

import pytest

from core.costly import costly
from core.errors import TooMany


def test_two_at_a_time_and_the_next_when_one_is_done():
    """RL-04: for each person on their own."""
    with costly(1):
        with costly(1):
            with pytest.raises(TooMany, match="Two of your requests"), costly(1):
                pass
            with costly(2):
                pass
        with costly(1):
            pass


def test_what_breaks_gives_its_place_back():
    for _time in range(3):
        with pytest.raises(ValueError, match="broken"), costly(1):
            raise ValueError("broken")
