"""At a quarter's edge: the organisation's day decides on every page, and in every action (decisions 17)."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from objectives.models import Objective
from people.models import Organisation
from tests.factories import KeyResultFactory
from tests.objectives.pages import main

pytestmark = pytest.mark.django_db

EDGE = datetime(2026, 12, 31, 10, 30, tzinfo=UTC)  # New Year on Kiritimati, and still the 30th on Pago Pago
EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"
OLD, NEW = "2026-Q4", "2027-Q1"


@pytest.fixture(params=[(EAST, WEST, NEW), (WEST, EAST, OLD)], ids=["new year", "old year"])
def edge(request, crew, client_of):
    """Mira's browser where she is, and the quarter that runs where the organisation is."""
    place, hers, running = request.param
    Organisation.objects.update(zone=place)
    crew.mira.zone = hers
    crew.mira.save(update_fields=["zone"])
    with time_machine.travel(EDGE, tick=False):
        yield client_of(crew.mira), running


@pytest.fixture
def both(crew):
    """An objective of each of the two quarters."""
    return {
        OLD: crew.objective(title="OLD", audience="EVERYONE"),
        NEW: crew.objective(title="NEW", audience="EVERYONE", quarter=crew.after),
    }


def quarters(answer) -> tuple[list[str], list[str]]:
    """The quarters that a form offers, and those of them that are chosen."""
    body = answer.content.decode()
    (select,) = re.findall(r'<select name="quarter".*?</select>', body, re.S)
    return re.findall(r">(20[^<]*)<", select), re.findall(r"selected>(20[^<]*)<", select)


def test_a_list_begins_with_the_running_quarter(edge, both):
    browser, running = edge
    assert main(browser.get("/objectives/")).startswith(f"My objectives {running}")
    words = main(browser.get("/people/mira/"))
    assert ("OLD" in words, "NEW" in words) == (running == OLD, running == NEW)


def test_what_is_over_is_not_planned_in(edge, crew, both):
    browser, running = edge
    offered = [OLD, NEW] if running == OLD else [NEW]
    page = browser.get("/objectives/new/")
    assert quarters(page) == (offered, [running])
    assert quarters(browser.get("/objectives/new/?team=accelerator")) == (offered, [running])
    assert quarters(browser.get(f"{both[NEW].get_absolute_url()}edit/")) == (offered, [NEW])
    others = [crew.objective() for _ in range(3)]
    before = main(page)
    assert (main(browser.get("/objectives/new/")) == before) is (running == NEW)  # they do not fill its focus
    assert len(others) == 3


def test_the_page_says_what_the_action_does(edge, crew):
    browser, running = edge
    row = KeyResultFactory(objective=crew.objective(state="DRAFT")).objective
    is_offered = "Make it active" in main(browser.get(row.get_absolute_url()))
    status = browser.post(f"{row.get_absolute_url()}activation/").status_code
    assert (is_offered, status) == ((True, 302) if running == OLD else (False, 409))
    assert Objective.objects.get().state == ("ACTIVE" if running == OLD else "DRAFT")
