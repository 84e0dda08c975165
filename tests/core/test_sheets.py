"""Tables for spreadsheets: texts stay texts, numbers stay numbers (IN-11)."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets import guarded, sheet, unguarded

DANGEROUS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


def read(packed: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(packed.decode("utf-8-sig"), newline=""))]


@pytest.mark.parametrize("first", DANGEROUS)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(first):
    """IN-11: = + - @, tab, CR, LF, and their full-width forms."""
    text = f'{first}HYPERLINK("http://evil.example","x")'
    assert read(sheet(["words"], [[text]])) == [["words"], [f"'{text}"]]
    assert unguarded(guarded(text)) == text
    assert guarded(f"a{text}") == f"a{text}"


def test_numbers_and_days_stay_what_they_are():
    """IN-11: a number below zero is no formula."""
    row = [-5, Decimal("-1.500000"), 0, Decimal("1E+3"), True, None, date(2026, 11, 19), {"a": [1]}]
    moment = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
    assert read(sheet(["a"] * 9, [[*row, moment]]))[1] == (
        ["-5", "-1.5", "0", "1000", "yes", "", "2026-11-19", '{"a": [1]}', "2026-11-19T10:00:00+00:00"]
    )


@pytest.mark.parametrize("text", ["'=1", "''=1", "'a", "'", "", "a", "1", "' =1"])
def test_what_looks_guarded_already_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet=[*DANGEROUS, "'", "a", " ", ",", '"', ";"], max_size=8))
def test_any_text_comes_back_and_none_begins_like_a_formula(text):
    """IN-11."""
    (cell,) = read(sheet(["words"], [[text or "a"]]))[1]
    assert cell[:1] not in DANGEROUS
    assert unguarded(cell) == (text or "a")
