"""No read at a door of the house passes by the viewer (PRIV-01)."""

import pytest

from tests.house.reading import ROOT, asks, doors, model_names, reverse_names, rows, unread_through_viewer


def test_every_read_at_a_door_goes_through_the_viewer():
    """PRIV-01: a queryset without visible_to in a view, form, API or task is a red test."""
    broken = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in doors()
        for line, text in unread_through_viewer(path.read_text(), reverse_names(), model_names())
    ]
    assert broken == [], "Read through visible_to(viewer), or for_everyone(because=…)"


@pytest.mark.parametrize(
    ("planted", "is_caught"),
    [
        ("Objective.objects.filter(pk=1)", True),
        ("Objective.objects.all()", True),
        ("rows = Objective.objects", True),
        ("Objective._default_manager.get(pk=1)", True),
        ("get_object_or_404(Objective, pk=1)", True),
        ("shortcuts.get_list_or_404(Objective)", True),
        ("team.objectives.all()", True),
        ("team.objectives.in_order()", True),
        ("self.team.objectives.active().count()", True),
        ("get_object_or_404(Objective.objects.visible_to(viewer), pk=1)", False),
        ("team.objectives.visible_to(viewer).count()", False),
        ("form.objectives", False),
        ("Objective.objects.visible_to(viewer).filter(pk=1)", False),
        ("Objective.objects.for_everyone(because='grading closes').filter(pk=1)", False),
    ],
)
def test_the_law_catches_a_planted_leak(planted, is_caught):
    assert bool(list(unread_through_viewer(planted, {"objectives"}, {"Objective"}))) is is_caught


def test_rows_ask_the_database_nothing():
    """ADR 2026-11-25: the view reads, the row takes what was read."""
    found = [f"{path.relative_to(ROOT)}:{line}: {text}" for path in rows() for line, text in asks(path.read_text())]
    assert found == [], "Read in the view, or beside the models"
    assert len(rows()) > 10


def test_a_row_that_reads_is_caught():
    planted = (
        "def words(row):\n    return [*row.confidences.all(), *Event.objects.visible_to(viewer), User._base_manager]"
    )
    assert {*asks(planted)} == {(2, "Event.objects"), (2, "User._base_manager")}


def test_the_doors_are_found():
    names = {str(path.relative_to(ROOT)) for path in doors()}
    assert "okrsite/tasks.py" in names
    assert any(name.startswith("objectives/views") for name in names)
