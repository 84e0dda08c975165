"""How large a lesson may be beside the rest of a screen."""

import pytest

from retros.rows.fitting import Column, size_of

PLAIN = Column(title="Become a writer", has_mean=True, marks=3, lesson="")
FULL = Column(title="x" * 200, has_mean=True, marks=3, lesson="x" * 500)
MANY = Column(title="x" * 200, has_mean=True, marks=9, lesson="x" * 500)
LONG = ("x" * 500, "A note")


@pytest.mark.parametrize(
    ("letters", "size"),
    [
        (10, ""),
        (66, ""),
        (67, "middling"),
        (144, "middling"),
        (145, "long"),
        (444, "long"),
        (445, "long"),
        (2000, "long"),
    ],
)
def test_beside_little_only_its_length_counts(letters, size):
    assert size_of("x" * letters, [PLAIN], [("A stranger kept it.", "")]) == size


@pytest.mark.parametrize(
    ("letters", "columns", "said", "size"),
    [
        (30, [FULL] * 3, [], ""),
        (60, [FULL] * 3, [], ""),
        (60, [MANY] * 2, [], "middling"),
        (60, [MANY] * 3, [], "long"),
        (90, [MANY] * 3, [], "tightest"),
        (60, [FULL] * 2, [], ""),
        (60, [PLAIN] * 3, [LONG], ""),
        (30, [PLAIN], [LONG, LONG], ""),
        (60, [PLAIN], [LONG, LONG], "long"),
        (150, [PLAIN], [LONG, LONG], "tightest"),
        (300, [PLAIN], [LONG], "long"),
        (2000, [FULL] * 3, [LONG], "tight"),
        (2000, [], [LONG, LONG], "tightest"),
        (2000, [], [], "long"),
    ],
)
def test_beside_much_it_gives_way(letters, columns, said, size):
    assert size_of("x" * letters, columns, said) == size
