"""The list of guarantees is true: what is promised is shown, and what is shown is promised."""

import pytest

from tests.house import guarantees
from tests.house.guarantees import ROWS, Row
from tests.house.tally import pytest_collection_modifyitems, table

AZ = Row("AZ-01", 0, "A table.")


def test_the_list_and_the_tests_agree():
    assert guarantees.faults(ROWS, guarantees.named()) == []


def test_every_row_is_a_sentence_of_its_own():
    """No id stands twice (the reader of the list refuses it), and no two rows say the same."""
    said = [row.says for row in ROWS.values()]
    assert [words for words in said if not words.endswith(".") or len(words) > 120] == []
    assert len(set(said)) == len(said)
    assert {row.priority for row in ROWS.values()} == {0, 1, 2}
    assert {name.split("-")[0] for name in ROWS} == set(guarantees.FAMILIES)


@pytest.mark.parametrize(
    ("row", "shown", "said"),
    [
        (AZ, {"AZ-01"}, []),
        (AZ, set(), ["AZ-01 has priority 0, and no test shows it: A table."]),
        (AZ, {"AZ-01", "AZ-99"}, ["AZ-99 is in a test, but in no row"]),
        (Row("AZ-01", 1, "A table."), set(), []),
        (Row("AZ-01", 0, "A table.", not_yet="No table."), set(), []),
        (
            Row("AZ-01", 0, "A table.", not_yet="No table."),
            {"AZ-01"},
            ["AZ-01 is shown by a test: take “No table.” out of guarantees.toml"],
        ),
        (Row("AZ-01", 0, "A table.", owed="A test."), set(), []),
        (Row("AZ-01", 0, "A table.", owed="A test."), {"AZ-01"}, []),
        (Row("AZ-01", 0, "A table.", "No table.", "A test."), set(), ["AZ-01 is not there yet, so that no test is owed"]),
    ],
)  # fmt: skip
def test_the_law_catches_a_planted_break(row, shown, said):
    assert guarantees.faults({row.id: row}, shown) == said


def test_a_row_is_named_by_a_tests_own_name_or_docstring():
    source = '''
"""AZ-01: a file names nothing."""
def test_one():
    """AZ-02, IN-10: SHA-12 and PAIR-AZ-03 are no rows, AZ-041 neither."""  # AZ-05
class TestTwo:
    """AZ-06."""
    async def test_three(self):
        """Like CC-01."""
def no_test():
    """AZ-07."""
'''
    assert guarantees.named_in(source) == {"AZ-02", "IN-10", "CC-01"}
    assert guarantees.ids_in("test_headers[HDR-04]", None) == ["HDR-04"]


def test_the_table_counts_by_what_the_tests_did():
    rows = [
        Row("A", 0, ""), Row("B", 0, ""), Row("C", 1, ""), Row("D", 0, "", not_yet="No."), Row("E", 0, "", owed="One."),
        Row("F", 1, ""), Row("G", 0, ""), Row("H", 2, "", owed="More."),
    ]  # fmt: skip
    outcomes = {
        "A": {"passed"},
        "B": {"passed", "failed"},
        "C": {"skipped"},
        "G": {"skipped", "passed"},
        "H": {"passed"},
    }
    assert table(rows, outcomes) == [
        "   8 rows",
        "   2 shown by a test",
        "   1 of a test that failed",
        "       priority 0: B",
        "   1 of tests that were left out here",
        "       priority 1: C",
        "   1 not yet applicable",
        "   3 open",
        "       priority 0: E",
        "       priority 1: F",
        "       priority 2: H",
    ]


def test_every_test_carries_its_rows_to_the_table():
    class Item:
        name, user_properties = "test_one", []

        def function():
            """AZ-01: a table. IN-01."""

    pytest_collection_modifyitems([Item])
    assert Item.user_properties == [("guarantees", "AZ-01 IN-01")]
