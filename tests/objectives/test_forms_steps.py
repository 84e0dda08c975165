"""The steps of milestones as they are typed: rows of a label and a share."""

import pytest
from django.http import QueryDict

from objectives.forms import KeyResultForm, as_asked, key_results_as_asked, key_results_written, measure_as_typed
from objectives.forms.steps import TypedStep
from objectives.rules import Rung
from tests.objectives.ladders import climb, typed_steps

LADDER = {"title": "A talk", "kind": "LADDER", "opening_confidence": "5"}


def form(*rows, **fields):
    return KeyResultForm({**LADDER, **typed_steps(*rows), **fields})


def query(**typed):
    data = QueryDict(mutable=True)
    data.update(typed)
    return data


@pytest.mark.parametrize(
    ("rows", "steps"),
    [
        ([("Rehearsed", "30"), ("Published", "70")], [("Rehearsed", 30), ("Published", 70)]),
        (
            [("Rehearsed", ""), ("Recorded", ""), ("Published", "")],
            [("Rehearsed", 34), ("Recorded", 33), ("Published", 33)],
        ),
        (
            [("", ""), (" Rehearsed ", " 30 % "), (" ", " "), ("Published", "70.0")],
            [("Rehearsed", 30), ("Published", 70)],
        ),
    ],
)
def test_what_is_typed_are_its_steps(rows, steps):
    """Blank rows are none; the numbers of milestones are those of the kind, whatever stands in the other fields."""
    found = form(*rows, baseline="7", target="many", unit="essays")
    assert found.is_valid(), found.errors
    measure = found.measure()
    assert [(step.label, step.share, step.pk) for step in measure.steps] == [(*step, None) for step in steps]
    assert (measure.baseline, measure.target, measure.unit) == (0, 100, "%")


def test_a_step_keeps_its_id_wherever_its_row_stands():
    found = form(("Published", "70", "12"), ("Rehearsed", "30", "nonsense"))
    assert found.is_valid()
    assert found.measure().steps == (Rung("Published", 70, 12), Rung("Rehearsed", 30))


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([], {0: "Milestones are two steps at least, and twelve at most."}),
        ([("Rehearsed", "100")], {1: "Milestones are two steps at least, and twelve at most."}),
        ([(str(n), "1") for n in range(13)], {12: "Milestones are two steps at least, and twelve at most."}),
        ([("A", "30"), ("B", "")], {1: "Give it a share: 70 of 100 are left."}),
        ([("A", "30"), ("", ""), ("B", "60")], {1: "They add up to 90: 10 are missing."}),
        ([("A", "30"), ("", "70")], {1: "Say what will be there then."}),
        ([("A", "30.5"), ("B", "70")], {0: "A share is a whole number from 1 to 100."}),
        (
            [("A", "half"), ("B", "½")],
            {0: "“half” is not a number. 20, 20\N{NO-BREAK SPACE}% and 1,5 all work.", 1: ""},
        ),
        ([("A", "50"), ("a", "50")], {1: "Another step says the same."}),
        ([("A" * 81, "50"), ("B", "50")], {0: "That is 81 characters; 80 fit."}),
        ([("\u200b", "50"), ("B", "50")], {0: "A name needs at least one letter that can be seen."}),
    ],
)
def test_what_is_wrong_stands_at_its_row(rows, problems):
    found = form(*rows)
    assert not found.is_valid()
    at = {place: row.problem for place, row in enumerate(found.step_rows()) if row.problem}
    assert {place: words or at[place] for place, words in problems.items()} == at
    assert all(any(words in said for said in found.errors["steps"]) for words in at.values())
    kept = [(row.label, row.share) for row in found.step_rows() if not row.is_blank]
    assert kept == [row for row in rows if any(row)]


def test_another_kind_has_no_steps():
    found = KeyResultForm({**LADDER, "kind": "NUMBER", "target": "7", **typed_steps(("A", "50"))})
    assert found.is_valid()
    assert found.measure().steps == ()


def test_at_first_there_are_a_few_rows():
    assert KeyResultForm().step_rows() == [TypedStep()] * 3
    initial = {"steps": [TypedStep(str(n), "25") for n in range(4)]}
    assert KeyResultForm(initial=initial).step_rows() == initial["steps"]


@pytest.mark.parametrize(
    ("wish", "labels"),
    [
        ("more", ["A", "B", "C", ""]),
        ("1", ["B", "A", "C"]),
        ("2", ["A", "C", "B"]),
        ("0", ["A", "B", "C"]),
        ("3", ["A", "B", "C"]),
        ("-1", ["A", "B", "C"]),
        ("nonsense", ["A", "B", "C"]),
        ("٢", ["A", "B", "C"]),
    ],
)
def test_the_rows_as_asked(wish, labels):
    typed, reason = as_asked(query(**LADDER, **typed_steps(("A", "", "1"), ("B", "30"), ("C", "")), step=wish))
    assert ([row.label for row in typed["steps"]], reason) == (labels, "")
    assert sum(row.is_new for row in typed["steps"]) == (labels != ["A", "B", "C"])
    assert next(row.pk for row in typed["steps"] if row.label == "A") == "1"


def test_there_are_twelve_rows_at_most():
    rows = typed_steps(*[(str(n), "") for n in range(12)])
    assert len(as_asked(query(**rows, step="more"))[0]["steps"]) == 12


def test_of_several_key_results_the_one_that_was_asked_about_has_a_row_more():
    first, second = (typed_steps(("A", ""), ("B", ""), ("C", ""), prefix=f"kr-{n}-") for n in (0, 1))
    typed = query(**{"kr-0-title": "One", "kr-1-title": "Two", **first, **second, "step": "kr-1-more"})
    assert [len(row.step_rows()) for row in key_results_as_asked(typed).forms] == [3, 4]


def test_a_row_of_which_only_steps_were_typed_is_not_blank():
    typed = query(**{"kr-0-title": "", "kr-0-kind": "LADDER", **typed_steps(("A", ""), prefix="kr-0-")})
    rows = key_results_written(typed)
    assert not rows.is_valid()
    assert [*rows.forms[0].errors] == ["title", "opening_confidence", "steps"]


def test_a_ladder_as_it_would_be_typed():
    steps = measure_as_typed(climb(Rung("Rehearsed", 30, 12), Rung("Published", 70)))["steps"]
    assert steps == [TypedStep("Rehearsed", "30", "12"), TypedStep("Published", "70")]
