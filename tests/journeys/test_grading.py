"""Grading in a browser: few presses, one page an objective, by keyboard alone, and for everybody (P99; AX-01, AX-02, AX-06)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.access import faults
from tests.journeys.presses import count_from_here, counted
from tests.journeys.server import Server, running

MOST_PRESSES = 14
PREPARE = """
from datetime import timedelta
from django.utils import timezone
from core.models import random_id
from objectives.models import KeyResult, Objective, Quarter
from people.models import User
mira = User.objects.get(email="mira@northlight.example")
today = timezone.now().date()
mine = list(Objective.objects.filter(owner=mira, state="ACTIVE").order_by("position", "created_at", "pk"))
Quarter.objects.filter(pk__in=[one.quarter_id for one in mine]).update(ends_on=today + timedelta(days=7))
for one in mine:
    KeyResult.objects.filter(objective=one).exclude(owner=mira).update(owner=mira)
for one in mine:
    rows = list(KeyResult.objects.kept().filter(objective=one))
    for number in range(3 - len(rows)):
        row = rows[0]
        row.pk, row.title, row.position, row._state.adding = random_id(), f"Once more: {row.title}", 20 + number, True
        row.save(force_insert=True)
print(len(mine), [KeyResult.objects.kept().filter(objective=one).count() for one in mine])
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, _static_files: None) -> Iterator[Server]:
    """A demo of its own, whose quarter ends in a week, and in which Mira answers for three objectives of three."""
    with running(Server(tmp_path_factory.mktemp("grading"), is_demo=True)) as server:
        assert server.manage("shell", "-v0", "-c", PREPARE).strip().endswith("[3, 3, 3]")
        yield server


@pytest.fixture
def grading(profile: Callable[..., object], site: Server) -> Page:
    """Mira's first objective that waits for its grades."""
    page: Page = profile(site, "mira").new_page()  # type: ignore[attr-defined]
    count_from_here(page)
    page.goto(f"{site.url}/grading/")
    expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
    return page


def test_a_page_for_everybody(grading):
    """AX-01, AX-06: axe in every look, also with what is wrong said beside it."""
    assert faults(grading) == []
    grading.get_by_label("or typed").first.fill("0.65")
    grading.get_by_role("button", name="Save grades").click()
    expect(grading.locator(".error").first).to_have_text("A grade is 0.0 to 1.0, in steps of 0.1.")
    assert faults(grading) == []


def test_the_ruler_and_the_number_say_the_same(grading):
    """AX-10: whichever one uses; and of 1.0 one is asked whether to aim higher."""
    number, higher = grading.get_by_label("or typed").first, grading.get_by_text("Aim higher next time?").first
    ruler = grading.locator(".ruler").first
    expect(ruler.locator("input:checked")).to_have_count(0)
    expect(higher).to_be_hidden()
    ruler.locator("input[value='4']").click()
    expect(number).to_have_value("0.4")
    number.fill("0,7")
    expect(ruler.locator("input:checked")).to_have_value("7")
    number.fill("1.0")
    expect(higher).to_be_visible()
    number.fill("0.65")
    expect(ruler.locator("input:checked")).to_have_count(0)


def test_three_objectives_of_three_take_few_presses_by_keyboard_alone(grading):
    """AX-02: nine digits and three times Save, on one page an objective; the suggestion is not chosen by itself."""
    page = grading
    for digits in ("7 4 t", "0 6 7", "8 5 3"):
        page.locator(".ruler input").first.focus()
        for digit in digits.split():
            page.keyboard.press(digit)
        title = page.title()
        page.keyboard.press("Enter")
        expect(page).not_to_have_title(title)
        expect(page.locator('[data-behaviour]:not([data-bound="yes"])')).to_have_count(0)
    expect(page.get_by_role("heading", name="Your grades")).to_be_visible()
    found = counted(page)
    assert (found.presses <= MOST_PRESSES, found.loads) == (True, 4), found
    assert page.locator(".graded .num").all_text_contents() == [
        "0.7",
        "0.4",
        "1.0",
        "0.0",
        "0.6",
        "0.7",
        "0.8",
        "0.5",
        "0.3",
    ]
    assert faults(page) == []
