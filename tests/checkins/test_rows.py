"""What the pages show, as plain rows."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from checkins import rows
from checkins.rows import Ask
from checkins.rules import Presence, Way
from core.calendar import Week
from objectives.models import KeyResult, Objective, Quarter
from objectives.rules import Mark, Share
from people.models import User
from people.viewer import Viewer

W46, W47 = Week.parse("2026-W46"), Week.parse("2026-W47")
IN, AWAY, NOT_YET = Presence.IN, Presence.AWAY, Presence.NOT_YET


@pytest.mark.parametrize(
    ("number", "beside", "expected"),
    [(0, 0, "no"), (1, 0, "one"), (12, 12, "twelve"), (13, 0, "13"), (9, 12, "nine"), (9, 13, "9"), (0, 13, "0")],
)
def test_small_numbers_are_words(number, beside, expected):
    assert rows.counted(number, beside=beside) == expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], "nobody checks in here yet"),
        ([NOT_YET], "nobody is in yet"),
        ([NOT_YET] * 20, "nobody is in yet"),
        ([IN], "everybody is in"),
        ([IN, NOT_YET], "one of two is in"),
        ([IN, IN], "both are in"),
        ([IN] * 4 + [NOT_YET, AWAY], "four of five are in · one away"),
        ([IN] * 13, "all 13 are in"),
        ([IN] * 9 + [NOT_YET] * 11 + [AWAY] * 2, "9 of 20 are in · two away"),
        ([NOT_YET, AWAY], "nobody is in yet · one away"),
        ([AWAY], "one away"),
    ],
)
def test_the_turnout_is_told_in_words(states, expected):
    assert rows.turnout_words(states) == expected


def quarter(**fields):
    given = {
        "pk": 1,
        "slug": "2026-Q4",
        "length": "QUARTER",
        "first_on": date(2026, 10, 1),
        "ends_on": date(2027, 1, 1),
    }
    return Quarter(**(given | fields))


def key_result(*, level=None, level_on=None, was=None, value=None, value_on=None, **fields):
    """A row as `as_of` reads it."""
    objective = Objective(pk=2, title="Write", audience="MY_TEAMS", quarter=quarter(**fields.pop("of", {})))
    given = {"pk": 3, "objective": objective, "kind": "NUMBER", "title": "Essays", "baseline": Decimal(0), "target": 6}
    row = KeyResult(**(given | fields))
    row.level, row.level_on, row.was, row.value, row.value_on = level, level_on, was, value, value_on
    row.reached = row.ladder = None
    row.is_wordable = True
    row.bet_list = None
    row.value_source, row.done, row.due, row.done_before, row.due_before = "", None, None, None, None
    return row


@pytest.mark.parametrize(
    ("read", "confidence", "was"),
    [
        ({}, 5, 5),
        ({"level": 7, "level_on": W46.monday}, 7, 7),
        ({"level": 7, "level_on": W46.monday, "was": 2}, 7, 7),
        ({"level": 7, "level_on": W47.monday}, 7, 5),
        ({"level": 0, "level_on": W47.monday, "was": 10}, 0, 10),
        ({"level": 0, "level_on": date(2026, 10, 5)}, 0, 0),
    ],
)
def test_an_ask_starts_on_the_newest_number_and_rings_last_weeks(read, confidence, was):
    found = rows.ask(key_result(**read), W47)
    assert (found.confidence, found.was, found.is_planned) == (confidence, was, False)


@pytest.mark.parametrize(
    ("fields", "value", "target"),
    [
        ({}, "", "of 6"),
        ({"value": Decimal("1200.50")}, "1200.5", "of 6"),
        ({"value": Decimal(21_400)}, "21\N{NARROW NO-BREAK SPACE}400", "of 6"),
        ({"value": Decimal(-2), "baseline": Decimal(1)}, "−2", "→ 6"),
        ({"baseline": Decimal(41), "target": 20, "unit": "min"}, "", "from 41 → 20\N{NO-BREAK SPACE}min"),
        ({"baseline": None}, "", "→ 6"),
        ({"kind": "YES_NO", "target": 1}, "0", ""),
        ({"kind": "YES_NO", "target": 1, "value": Decimal("1.000000")}, "1", ""),
        ({"unit": "%", "value": Decimal(40)}, "40", "→ 6\N{NO-BREAK SPACE}%"),
    ],
)
def test_a_value_stands_as_one_would_type_it(fields, value, target):
    found = rows.ask(key_result(**fields), W47)
    assert (found.value, found.target) == (value, target)


def test_before_its_quarter_an_ask_is_the_opening():
    row = key_result(opening_confidence=3, unit="hands", of={"first_on": date(2026, 11, 26), "slug": "2026-12"})
    assert rows.ask(row, W47) == Ask(
        pk=3, title="Essays", objective_pk=2, objective="Write", objective_url="/objectives/2/",
        readers="teammates read this", kind="NUMBER", unit="hands", target="of 6\N{NO-BREAK SPACE}hands",
        confidence=3, was=None, way=Way(Decimal(0), Decimal(6), None), value="", due="", before=Share(0, 0),
        steps=(), sent_by="", is_planned=True, is_wordable=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ({}, Mark(now=5, was=None, week=None)),
        ({"level": 7, "level_on": W47.monday}, Mark(now=7, was=5, week=W47)),
        ({"level": 7, "level_on": W47.monday, "was": 0}, Mark(now=7, was=0, week=W47)),
        ({"level": 7, "level_on": W46.monday, "was": 5}, Mark(now=7, was=None, week=W46)),
    ],
)
def test_a_mark_compares_only_a_number_of_the_week_itself(read, expected):
    assert rows.mark_as_of(key_result(**read), W47) == expected


@pytest.mark.parametrize(
    ("fields", "now", "percent", "is_finished"),
    [
        ({}, "0", "0\N{NO-BREAK SPACE}%", False),
        ({"value": Decimal(2)}, "2", "33\N{NO-BREAK SPACE}%", False),
        ({"value": Decimal("5.999999")}, "5.999999", "99\N{NO-BREAK SPACE}%", False),
        ({"value": Decimal(7)}, "7", "100\N{NO-BREAK SPACE}%", True),
        ({"value": Decimal(-1)}, "−1", "0\N{NO-BREAK SPACE}%", False),
        ({"baseline": None}, "not measured yet", "", False),
        ({"baseline": None, "value": Decimal(6)}, "6", "", False),
        ({"baseline": Decimal(11), "target": 3, "value": Decimal(6)}, "6", "62\N{NO-BREAK SPACE}%", False),
        ({"kind": "YES_NO", "target": 1, "value": Decimal(1)}, "yes", "", True),
    ],
)
def test_progress_is_cut_never_rounded_up(fields, now, percent, is_finished):
    """IN-04: unknown baseline, falling metrics, the wrong way."""
    found = rows.key_result(key_result(**fields), Mark(5, None, None))
    assert (found.now, found.percent, found.is_finished) == (now, percent, is_finished)
    assert found.trend_words == "Nothing logged this quarter yet"


@pytest.mark.parametrize(("team", "expected"), [("Accelerator", "Accelerator’s own."), ("Rockets", "Rockets’ own.")])
def test_whose_objective_it_is_is_said_well(team, expected):
    row = Objective(pk=2, kind="TEAM", quarter=quarter(), state="ACTIVE")
    row.team = type(row)._meta.get_field("team").related_model(name=team)
    at = rows.Moment(shown=W47, this_week=W47, away=())
    shown = rows.my_objectives([row], [], viewer=None, page=None, at=at)
    assert [(one.hint, one.quarter) for one in shown] == [(expected, "2026-Q4")]


@pytest.mark.parametrize(
    ("state", "away", "is_over", "words", "is_hollow"),
    [
        (IN, None, False, "checked in", False),
        (AWAY, date(2026, 11, 30), False, "away until 30 November", True),
        (NOT_YET, None, False, "nothing shared yet", True),
        (None, None, False, "nothing shared yet", False),
        (None, None, True, "nothing shared", False),
    ],
)
def test_a_member_without_objectives(state, away, is_over, words, is_hollow):
    found = rows.member(User(name="Sam", username="sam"), state, away, [], week=None, is_over=is_over)
    assert found == rows.MemberRow("Sam", "sam", "/people/sam/", words, is_hollow, (), "", (), state == NOT_YET, False)


def test_the_latest_of_several_absences_counts():
    days = [(1, date(2026, 11, 30)), (1, date(2026, 11, 20)), (2, date(2026, 11, 19)), (1, date(2026, 12, 1))]
    assert rows.away_days(days) == {1: date(2026, 12, 1), 2: date(2026, 11, 19)}


def test_presences_tell_of_whom_one_is_told():
    found = rows.presences([1, 2, 3], present=[2, 9], away={3: W47.sunday}, told=None)
    assert found.states == {1: NOT_YET, 2: IN, 3: AWAY}
    found = rows.presences([1, 2, 3], present=[2], away={3: W47.sunday}, told={1})
    assert found.states == {1: NOT_YET, 2: IN}


def test_the_switcher_names_the_quarters_beside():
    named = [quarter(slug=slug) for slug in ("2026-Q2", "2026-Q3", "2026-Q4")]
    assert rows.switcher(named, named[0]) == {"quarter": "2026-Q2", "earlier": "", "later": "2026-Q3"}
    assert rows.switcher(named, named[1]) == {"quarter": "2026-Q3", "earlier": "2026-Q2", "later": "2026-Q4"}
    assert rows.switcher(named, named[2]) == {"quarter": "2026-Q4", "earlier": "2026-Q3", "later": ""}
    assert rows.switcher([], None) == {"quarter": "", "earlier": "", "later": ""}


@pytest.mark.parametrize(
    ("mates", "manager", "expected"),
    [
        ({1}, None, "Only you can read it: nobody shares a team with you yet."),
        (set(), 9, "Your manager can read it."),
        ({1, 9}, 9, "Your manager can read it."),
        ({1, 2}, None, "One teammate can read it."),
        ({1, 2, 9}, 9, "One teammate and your manager can read it."),
        ({1, 2, 3, 4}, None, "Three teammates can read it."),
        ({1, *range(20, 34)}, 9, "14 teammates and your manager can read it."),
    ],
)
def test_who_reads_a_week_is_said_in_numbers(mates, manager, expected):
    """PRIV-11."""
    viewer = Viewer(1, "Mira", "mira", ZoneInfo("UTC"), "SYSTEM", False, manager, (), frozenset(mates), ())
    assert rows.readers_of_week(viewer) == expected
