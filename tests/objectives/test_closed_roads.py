"""Closed is closed: by every road there is (decisions 16; guarantees, row 14, and DB-01)."""

import inspect
import pkgutil
from importlib import import_module
from typing import Any

import pytest

from core.errors import Refused
from objectives import actions
from objectives.actions import objectives
from objectives.models import (
    Amendment,
    Bet,
    Closing,
    Confidence,
    CoOwner,
    EarlierGrade,
    Grade,
    KeyResult,
    Objective,
    Review,
    Step,
    Suggestion,
    Value,
)
from people.viewer import viewer_of
from tests.objectives.closed import ANYWAY, FREE, LATE, ROADS, Closed
from tests.objectives.crew import Crew, read

pytestmark = pytest.mark.django_db

TABLES = (
    Amendment,
    Bet,
    Closing,
    CoOwner,
    Confidence,
    EarlierGrade,
    Grade,
    KeyResult,
    Objective,
    Review,
    Step,
    Suggestion,
    Value,
)


def stands() -> list[Any]:
    return [list(model._base_manager.order_by("pk").values()) for model in TABLES]


@pytest.mark.parametrize("is_stale", [False, True], ids=["read after", "read before"])
@pytest.mark.parametrize("road", ROADS)
def test_every_road_into_a_closed_quarter_is_refused(crew: Crew, road: str, is_stale: bool):
    """409 with a sentence, and not a letter is changed; also for who had opened the page before."""
    it = Closed(crew, is_stale=is_stale)
    it.close()
    before = stands()
    with pytest.raises(Refused) as refusal:
        ROADS[road](it)
    assert (refusal.value.status, str(refusal.value)[-1]) == (409, ".")
    assert stands() == before


@pytest.mark.parametrize("road", sorted(set(ROADS) - ANYWAY))
def test_without_a_closing_they_are_open(crew: Crew, road: str):
    """The control: it is the closing that refuses."""
    ROADS[road](Closed(crew))


def test_the_table_knows_every_action():
    """Whoever adds an action says whether a closed quarter takes it."""
    found = set()
    for module in pkgutil.walk_packages(actions.__path__, "objectives.actions."):
        loaded = import_module(module.name)
        short = module.name.split(".")[2]
        for name, what in vars(loaded).items():
            bare = inspect.unwrap(what) if callable(what) else what
            is_own = inspect.isfunction(bare) and bare.__module__ == module.name and not name.startswith("_")
            if is_own and "by" in inspect.signature(bare).parameters:
                found.add(f"{short}.{name}")
    known = {road.split()[0].rstrip(",") for road in ROADS} | set(FREE)
    assert found - known == set()
    assert {name for name in known - found if not name.startswith(("check_ins", "on_stage", "promises"))} == set()


def test_drafts_go_on_and_go_elsewhere(crew: Crew):
    """No closing touches them: they are reworded, moved to the next quarter, or deleted."""
    it = Closed(crew)
    it.close()
    by = viewer_of(crew.mira)
    row = it["draft"]
    words = {name: getattr(row, name) for name in ("quarter_id", "audience", "team_id", "why")}
    wording = crew.wording(**words | {"title": "Better"})
    objectives.reword(by=by, objective=row, version=1, wording=wording, now=LATE)
    wording = crew.wording(**words | {"title": "Better", "quarter_id": crew.after.pk})
    objectives.reword(by=by, objective=read(row), version=2, wording=wording, now=LATE)
    objectives.activate(by=by, objective=read(row), now=LATE)
    assert (read(row).quarter, read(row).state) == (crew.after, "ACTIVE")
