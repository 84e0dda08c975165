"""The wall's pages: everything once and in order, and no page higher than the screen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.rows import Panel, hall
from checkins.rows.key_results import ObjectiveRow
from checkins.rows.wall import ACROSS, CELLS, GAP, HALL, NAMED
from checkins.rules import celebrated_week
from core.calendar import Week


def objective(number, letters=20, key_results=2):
    return ObjectiveRow(number, "t" * letters, "", "", "", "", False, key_results=("kr",) * key_results)


def person(name="Kim", objectives=(), words="Checked in."):
    return Panel(name, said=(), words=words, is_away=False, objectives=tuple(objectives))


@st.composite
def groups(draw):
    """Up to fourteen people with up to nine objectives each; the last two numbers are letters and key results."""
    sizes = st.tuples(st.integers(1, 200), st.integers(0, 12))
    people = draw(st.lists(st.tuples(st.integers(1, 80), st.lists(sizes, max_size=9)), max_size=14))
    return [
        person("n" * letters, [objective(100 * at + number, *size) for number, size in enumerate(theirs)])
        for at, (letters, theirs) in enumerate(people)
    ]


def height(page, beside):
    rows = [page[first : first + ACROSS] for first in range(0, len(page), ACROSS)]
    return sum(max(panel.rem(beside) for panel in row) + GAP for row in rows) - GAP


@given(groups(), st.lists(st.tuples(st.integers(1, 100), st.integers(0, 5)), max_size=4))
def test_everything_is_shown_once_in_order_and_fits(people, team):
    together = [objective(9000 + number, *size) for number, size in enumerate(team)]
    shown = hall("The team", together, people)
    panels = [panel for page in shown.pages for panel in page]
    found = [one.pk for panel in panels for one in panel.objectives] + [one.pk for one in shown.line]
    everything = [one.pk for panel in people for one in panel.objectives]
    own = [one.pk for one in together]
    assert found == (everything + own if shown.line else own + everything)
    names = [panel.name for number, panel in enumerate(panels) if not number or panels[number - 1].name != panel.name]
    assert names == _without_repeats(
        (["The team"] if together and not shown.line else []) + [one.name for one in people]
    )
    beside = NAMED if shown.is_named else CELLS
    whole = [page for page in shown.pages if all(len(panel.objectives) > 1 for panel in page)]
    assert [page for page in whole if height(page, beside) > HALL] == []
    assert not shown.is_named or len(shown.pages) == 1
    assert all(shown.pages)


def _without_repeats(names):
    return [name for number, name in enumerate(names) if not number or names[number - 1] != name]


def test_six_people_and_two_objectives_of_the_team_are_one_page():
    people = [person(f"Person {number}", [objective(number), objective(10 + number)]) for number in range(6)]
    shown = hall("The team", [objective(20), objective(21)], people)
    assert ([len(page) for page in shown.pages], len(shown.line)) == ([6], 2)


def test_a_few_have_room_for_the_titles_of_their_key_results():
    assert hall("The team", [objective(1)], []).is_named
    assert not hall(
        "The team", [], [person(f"{number}", [objective(number, 20, 6)] * 3) for number in range(6)]
    ).is_named


def test_a_small_team_is_told_what_its_own_numbers_are_of():
    """In a line they would have no titles."""
    shown = hall("The team", [objective(1), objective(2)], [person("Kim", [objective(3)])])
    names = [[panel.name for panel in page] for page in shown.pages]
    assert (names, shown.line, shown.is_named) == ([["The team", "Kim"]], (), True)


def test_more_than_fits_goes_on_under_the_same_name():
    many = person("Kim", [objective(number, letters=80, key_results=3) for number in range(9)])
    shown = hall("The team", [], [many])
    panels = [panel for page in shown.pages for panel in page]
    goes_on = ("Kim", "goes on")
    assert [(panel.name, panel.words) for panel in panels] == [("Kim", "Checked in."), goes_on, goes_on]


@pytest.mark.parametrize(
    ("together", "line"),
    [([], 0), ([3], 1), ([3, 3], 2), ([3, 3, 1], 0), ([4], 0)],
    ids=["none", "one", "two", "three", "too wide"],
)
def test_the_team_has_a_line_when_it_fits_and_else_the_first_panels(together, line):
    rows = [objective(number, key_results=many) for number, many in enumerate(together)]
    many = [person(f"{number}", [objective(number, 20, 6)] * 2) for number in range(6)]  # too much for titles
    shown = hall("The team", rows, many)
    assert (len(shown.line), shown.is_named) == (line, False)
    assert (shown.pages[0][0].name == "The team") == (bool(together) and not line)


@pytest.mark.parametrize(
    ("today", "weekday", "week"),
    [
        (date(2026, 11, 19), 4, Week(date(2026, 11, 16))),
        (date(2026, 11, 16), 4, Week(date(2026, 11, 16))),
        (date(2026, 11, 16), 3, Week(date(2026, 11, 16))),
        (date(2026, 11, 16), 0, Week(date(2026, 11, 9))),
        (date(2026, 11, 17), 0, Week(date(2026, 11, 16))),
        (date(2026, 11, 18), 2, Week(date(2026, 11, 9))),
        (date(2026, 11, 19), 2, Week(date(2026, 11, 16))),
        (date(2026, 11, 22), 6, Week(date(2026, 11, 16))),
    ],
)
def test_a_celebration_from_monday_to_wednesday_looks_at_the_week_before(today, weekday, week):
    """Decisions 20."""
    assert celebrated_week(today, weekday=weekday) == week
