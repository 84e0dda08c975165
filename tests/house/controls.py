"""Every race of the table runs thrice: as it is, and without its guards in turn and at once (CC-15)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.people import racing
from tests.people.racing import AT_ONCE, GUARDED, IN_TURN
from tests.people.unguarded import BROKEN, WAITS, Order, unguarded, without

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Race:
    """What a race is about; the words of tests/house/races.toml."""

    damage: str = ""
    told: tuple[str, ...] = ()
    last_first: bool = False
    without: tuple[str, ...] = ()
    apart: str = ""


def read(text: str) -> dict[tuple[str, str], Race]:
    """The table, by file and test."""
    found = {}
    for path, tests in tomllib.loads(text).items():
        for test, words in tests.items():
            found[path, test] = Race(**{key: tuple(v) if isinstance(v, list) else v for key, v in words.items()})
    return found


RACES = read((HERE / "races.toml").read_text(encoding="utf-8"))


def race_of(path: Path, test: str) -> Race:
    """What the table says of a test; without a damage for one that it does not name."""
    return RACES.get((path.relative_to(ROOT).as_posix(), test), Race())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a race in three modes."""
    if race_of(metafunc.definition.path, metafunc.function.__name__).damage:
        metafunc.fixturenames.append("guards")
        metafunc.parametrize("guards", [GUARDED, IN_TURN, AT_ONCE], indirect=True)


@pytest.fixture
def guards(request: pytest.FixtureRequest) -> str:
    """How two are kept apart while the test runs."""
    return str(request.param)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Without guards and in turn the test must pass, and at once it must fail."""
    how = pyfuncitem.callspec.params.get("guards", GUARDED) if hasattr(pyfuncitem, "callspec") else GUARDED
    if how == GUARDED:
        return (yield)
    race = race_of(pyfuncitem.path, pyfuncitem.function.__name__)
    racing.order = Order(in_turn=how == IN_TURN, last_first=race.last_first, told=race.told)
    try:
        with unguarded(), without(race.without if how == AT_ONCE else ()):
            done = yield
    except AssertionError as failure:
        if how == IN_TURN or WAITS in str(failure) or BROKEN in str(failure):
            raise
        return True
    finally:
        racing.order = None
    if how == AT_ONCE:
        pytest.fail(f"It passes without versions and locks. The table says: {race.damage}")
    return done
