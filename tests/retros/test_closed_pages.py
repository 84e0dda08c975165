"""What closing a quarter does to pages that were open, and to those that tell of it."""

from datetime import UTC, datetime

import pytest
import time_machine

from checkins.models import Line
from objectives.actions import closings
from objectives.models import Confidence
from people.viewer import viewer_of
from tests.checkins.reading import fields
from tests.factories import KeyResultFactory
from tests.objectives.crew import make_crew

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 28, 12, 0, tzinfo=UTC)
PAGE = "/teams/accelerator/quarters/2026-Q4/"


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def late():
    with time_machine.travel(LATE, tick=False):
        yield LATE


def close(crew):
    return closings.close(by=viewer_of(crew.elif_), team=crew.team, quarter=crew.quarter, now=LATE)


def test_a_week_that_is_sent_after_the_closing_keeps_what_was_typed_and_one_press_saves_the_rest(crew, client_of):
    """Decisions 22: with one line closed meanwhile it is 409 as a whole."""
    closed = KeyResultFactory(objective=crew.team_objective(), owner=crew.mira, title="Ours")
    still = KeyResultFactory(objective=crew.objective(audience="ONLY_ME"), owner=crew.mira, title="Mine alone")
    mira = client_of(crew.mira)
    typed = {f"confidence-{closed.pk}": "3", f"confidence-{still.pk}": "8", "did": "Wrote it down"}
    sent = fields(mira.get("/check-in/2026-W53/")) | typed
    close(crew)
    refused = mira.post("/check-in/2026-W53/", sent)
    assert refused.status_code == 409
    assert Confidence.objects.count() == Line.objects.count() == 0
    kept = fields(refused)
    assert (kept["did"], kept[f"confidence-{still.pk}"]) == ("Wrote it down", "8")
    assert f"confidence-{closed.pk}" not in kept
    assert mira.post("/check-in/2026-W53/", kept).status_code == 302
    assert [*Confidence.objects.values_list("key_result", "level")] == [(still.pk, 8)]
    assert [*Line.objects.values_list("text", flat=True)] == ["Wrote it down"]


@pytest.mark.parametrize("page", [f"{PAGE}story/", f"{PAGE}recap/"])
def test_what_is_closed_is_told_whole_and_not_so_far(crew, client_of, page):
    """Also before its last day; reopened, it runs again."""
    crew.team_objective()
    mira = client_of(crew.mira)
    assert "31 December 2026 · so far" in mira.get(page).text
    closing = close(crew)
    assert "31 December 2026" in mira.get(page).text
    assert "so far" not in mira.get(page).text
    closings.reopen(by=viewer_of(crew.elif_), closing=closing, reason="So.", now=LATE)
    assert "so far" in mira.get(page).text
