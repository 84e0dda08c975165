"""Where a session stands and goes: as tables, and beside a slow twin that walks the same way by names."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.rules import sessions as rules
from checkins.rules.celebrations import in_turn
from checkins.rules.sessions import Mark, Phase, Stand, Timer
from core.calendar import Week

PHASES = (Phase("WINS"), Phase("ROUNDS", has_turns=True), Phase("THANKS"))
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MARKS = {"w": Mark.WAITING, "d": Mark.DONE, "s": Mark.SKIPPED}


def at(words: str) -> Stand:
    """“ROUNDS 1 dws”: the phase, the place of who is on stage or -, the marks; then the part, where it is not 0."""
    phase, turn, marks, *part = words.split(" ")
    return Stand(phase, None if turn == "-" else int(turn), int((part or ["0"])[0]), tuple(MARKS[one] for one in marks))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("WINS - www", "ROUNDS 0 www"),
        ("WINS - sww", "ROUNDS 1 sww"),
        ("WINS - sss", "THANKS - sss"),
        ("WINS - ddd", "THANKS - ddd"),
        ("WINS - ", "THANKS - "),
        ("ROUNDS 0 www", "ROUNDS 1 dww"),
        ("ROUNDS 0 wsw", "ROUNDS 2 dsw"),
        ("ROUNDS 2 ddw", "THANKS - ddd"),
        ("ROUNDS 2 wdw", "ROUNDS 0 wdd"),
        ("THANKS - ddd", "THANKS - ddd"),
        ("THANKS - wdd", "THANKS - wdd"),
    ],
)
def test_the_next_press(before, after):
    assert rules.ahead(at(before), PHASES) == at(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("WINS - www", "WINS - www"),
        ("ROUNDS 0 www", "WINS - www"),
        ("ROUNDS 1 sww", "WINS - sww"),
        ("ROUNDS 2 dsw", "ROUNDS 0 wsw"),
        ("ROUNDS 1 dww 2", "ROUNDS 1 dww 1"),
        ("THANKS - ddd", "ROUNDS 2 ddw"),
        ("THANKS - dds", "ROUNDS 1 dws"),
        ("THANKS - sss", "WINS - sss"),
    ],
)
def test_the_press_back(before, after):
    assert rules.back(at(before), PHASES) == at(after)


def test_what_does_not_fit_comes_part_by_part():
    stand = rules.ahead(at("ROUNDS 0 ww"), PHASES, parts=3)
    assert stand == at("ROUNDS 0 ww 1")
    assert rules.ahead(rules.ahead(stand, PHASES, parts=3), PHASES, parts=3) == at("ROUNDS 1 dw")


@pytest.mark.parametrize(
    ("before", "turn", "after"),
    [
        ("WINS - www", 2, "ROUNDS 2 www"),
        ("ROUNDS 0 wws", 2, "ROUNDS 2 www"),
        ("ROUNDS 1 dww", 0, "ROUNDS 0 www"),
        ("THANKS - ddd", 1, "ROUNDS 1 dwd"),
    ],
)
def test_a_jump_takes_nobodys_turn_away(before, turn, after):
    assert rules.to_turn(at(before), PHASES, turn) == at(after)


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("WINS - sdw", "ROUNDS", "ROUNDS 2 sdw"),
        ("WINS - sdd", "ROUNDS", "ROUNDS 1 swd"),
        ("WINS - sss", "ROUNDS", "ROUNDS - sss"),
        ("ROUNDS 1 dww 1", "WINS", "WINS - dww"),
        ("ROUNDS 1 dww", "THANKS", "THANKS - dww"),
    ],
)
def test_a_phase_is_opened(before, name, after):
    assert rules.to_phase(at(before), PHASES, name) == at(after)


@pytest.mark.parametrize(
    ("before", "turn", "after"),
    [
        ("WINS - www", 1, "WINS - wsw"),
        ("ROUNDS 0 www", 0, "ROUNDS 1 sww"),
        ("ROUNDS 0 wdd", 0, "THANKS - sdd"),
        ("ROUNDS 0 wdd", 2, "ROUNDS 0 wds"),
    ],
)
def test_somebody_is_skipped(before, turn, after):
    assert rules.skip(at(before), PHASES, turn) == at(after)


def test_somebody_who_came_late_is_waited_for():
    assert rules.wait_for(at("ROUNDS 0 wss"), 2) == at("ROUNDS 0 wsw")


def test_who_is_on_stage_stays_there_in_another_order():
    assert rules.reorder(at("ROUNDS 1 dws"), [2, 1, 0]) == at("ROUNDS 1 swd")
    assert rules.reorder(at("ROUNDS 0 wds"), [1, 2, 0]) == at("ROUNDS 2 dsw")
    for order in ([0, 1], [0, 1, 1], [0, 1, 3]):
        with pytest.raises(ValueError, match="Not each turn once"):
            rules.reorder(at("ROUNDS 1 dws"), order)


def test_a_last_phase_with_turns_ends_with_nobody_on_stage():
    """A workshop may end with a round."""
    phases = (Phase("TALK"), Phase("ROUND", has_turns=True))
    assert rules.ahead(Stand("ROUND", 0, 0, (Mark.WAITING,)), phases) == Stand("ROUND", None, 0, (Mark.DONE,))
    assert rules.begin((phases[1],), [Mark.SKIPPED, Mark.WAITING]).turn == 1
    assert rules.begin((phases[1],), []).turn is None


@dataclass
class Twin:
    """The same by names, written to be read: a list of who has which mark, and who is on stage."""

    people: list[str]
    marks: dict[str, Mark]
    phase: str = "WINS"
    on_stage: str | None = None
    part: int = 0
    log: list[str] = field(default_factory=list)

    def put(self, name: str | None, phase: str = "ROUNDS") -> None:
        self.phase, self.on_stage, self.part = phase, name, 0
        if name:
            self.marks[name] = Mark.WAITING

    def in_line(self) -> list[str]:
        """Those who wait, from whoever is on stage on and round."""
        first = self.people.index(self.on_stage) + 1 if self.on_stage else 0
        return [name for name in self.people[first:] + self.people[:first] if self.marks[name] == Mark.WAITING]

    def leave(self, mark: Mark) -> None:
        self.marks[self.on_stage] = mark
        line = self.in_line()
        self.put(line[0]) if line else self.put(None, "THANKS")

    def ahead(self, parts: int) -> None:
        if self.part + 1 < parts:
            self.part += 1
        elif self.on_stage:
            self.leave(Mark.DONE)
        elif self.phase == "WINS" and self.in_line():
            self.put(self.in_line()[0])
        else:
            self.put(None, "THANKS")
            self.part = self.part if self.phase == "THANKS" else 0

    def back(self) -> None:
        kept = [name for name in self.people if self.marks[name] != Mark.SKIPPED]
        before = kept[: kept.index(self.on_stage)] if self.on_stage else kept if self.phase == "THANKS" else []
        if self.part:
            self.part -= 1
        elif before:
            self.put(before[-1])
        else:
            self.put(None, "WINS")

    def skip(self, name: str) -> None:
        if name == self.on_stage:
            self.leave(Mark.SKIPPED)
        else:
            self.marks[name] = Mark.SKIPPED

    def seen(self) -> Stand:
        turn = self.people.index(self.on_stage) if self.on_stage else None
        return Stand(self.phase, turn, self.part, tuple(self.marks[name] for name in self.people))


PRESSES = st.lists(
    st.tuples(
        st.sampled_from(["ahead", "back", "skip", "turn", "wait", "shuffle"]), st.integers(0, 5), st.integers(1, 3)
    ),
    max_size=60,
)


@given(st.lists(st.booleans(), max_size=6), PRESSES)
def test_any_walk_stands_where_its_twin_does(away, presses):
    names = [f"P{number}" for number in range(len(away))]
    marks = [Mark.SKIPPED if one else Mark.WAITING for one in away]
    twin, stand = Twin(names, dict(zip(names, marks, strict=True))), rules.begin(PHASES, marks)
    for verb, number, parts in presses:
        stand = step(stand, twin, verb, number, parts if stand.phase != "THANKS" else 1)
        assert stand == twin.seen()
        assert stand.turn is None or stand.marks[stand.turn] == Mark.WAITING
        assert sorted(twin.people) == names
    for _press in range(3 * len(names) + 3):
        stand = rules.ahead(stand, PHASES)
    assert (stand.phase, stand.turn) == ("THANKS", None)
    for _press in range(len(names) + 3):
        stand = rules.back(stand, PHASES)
    assert stand.phase == "WINS"


def step(stand: Stand, twin: Twin, verb: str, number: int, parts: int) -> Stand:
    """The same press on both."""
    if verb == "ahead":
        twin.ahead(parts)
        return rules.ahead(stand, PHASES, parts=parts)
    if verb == "back":
        twin.back()
        return rules.back(stand, PHASES)
    turn = number % len(twin.people) if twin.people else None
    return stand if turn is None else about(stand, twin, verb, turn)


def about(stand: Stand, twin: Twin, verb: str, turn: int) -> Stand:
    """A press about somebody's turn."""
    name = twin.people[turn]
    if verb == "skip":
        twin.skip(name)
        return rules.skip(stand, PHASES, turn)
    if verb == "turn":
        twin.put(name)
        return rules.to_turn(stand, PHASES, turn)
    if verb == "wait":
        twin.marks[name] = Mark.WAITING
        return rules.wait_for(stand, turn)
    order = rules.shuffled(stand, Random(turn))  # noqa: S311 - the same in every run
    assert all(order[place] == place for place, mark in enumerate(stand.marks) if mark != Mark.WAITING)
    assert stand.turn is None or order[stand.turn] == stand.turn
    twin.people = [twin.people[place] for place in order]
    return rules.reorder(stand, order)


@pytest.mark.parametrize(
    ("timer", "do", "after"),
    [
        (Timer(180), "begun", Timer(180, NOON + timedelta(minutes=3))),
        (Timer(0), "begun", Timer(0)),
        (Timer(180, left=20), "begun", Timer(180, NOON + timedelta(minutes=3))),
        (Timer(180, left=20), "going", Timer(180, NOON + timedelta(seconds=20))),
        (Timer(180), "going", Timer(180, NOON + timedelta(minutes=3))),
        (Timer(0), "going", Timer(0)),
        (Timer(180, left=0), "going", Timer(180, NOON)),
        (Timer(180, NOON), "going", Timer(180, NOON)),
        (Timer(180, NOON + timedelta(seconds=61.2)), "standing", Timer(180, left=62)),
        (Timer(180, NOON - timedelta(seconds=5)), "standing", Timer(180, left=0)),
        (Timer(180, left=7), "standing", Timer(180, left=7)),
        (Timer(180), "standing", Timer(180)),
        (Timer(180, NOON + timedelta(seconds=30)), "longer", Timer(180, NOON + timedelta(seconds=90))),
        (Timer(180, NOON - timedelta(seconds=30)), "longer", Timer(180, NOON + timedelta(seconds=60))),
        (Timer(180, NOON + timedelta(minutes=59, seconds=30)), "longer", Timer(180, NOON + timedelta(minutes=60))),
        (Timer(180, left=10), "longer", Timer(180, left=70)),
        (Timer(180, left=3590), "longer", Timer(180, left=3600)),
        (Timer(0), "longer", Timer(0, left=60)),
    ],
)
def test_the_clock(timer, do, after):
    assert getattr(timer, do)(NOON) == after


def test_the_clock_is_off_where_nobody_has_a_turn():
    assert Timer(180, NOON).off() == Timer(180)


def test_each_week_another_one_begins():
    people = ["Ann", "Bob", "Cy"]
    weeks = [in_turn(people, Week.parse("2026-W47") + after) for after in range(4)]
    assert sorted(weeks[:3]) == [["Ann", "Bob", "Cy"], ["Bob", "Cy", "Ann"], ["Cy", "Ann", "Bob"]]
    assert weeks[3] == weeks[0]
    assert in_turn([], Week.parse("2026-W47")) == []


@pytest.mark.parametrize(("ago", "is_there"), [(0, True), (60, True), (61, False)])
def test_who_was_heard_of_a_minute_ago_is_there(ago, is_there):
    assert rules.is_there(NOON - timedelta(seconds=ago), NOON) is is_there
    assert not rules.is_there(None, NOON)
