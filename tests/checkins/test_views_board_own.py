"""The board of a team that plans by dates of its own, or did, or planned in another length before (decisions 19)."""

from datetime import date

import pytest

from people.models import Membership, Team
from tests.checkins.reading import board_of, links
from tests.checkins.scenes import make_scene
from tests.factories import (
    ConfidenceFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
)
from tests.objectives.own import by_own_dates, own_quarter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BOARD = "/teams/accelerator/"
QUARTERS = f"{BOARD}quarters/"
NONE = "No quarter of our own is running or to come."
HOW = (
    "This team names the days itself. Objectives can be planned as soon as a lead has said when the next one begins "
    "and ends."
)


@pytest.fixture
def scene():
    made = make_scene()
    by_own_dates(made.team)
    return made


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def together(scene, quarter, **fields):
    """An objective of the team's."""
    words = {"title": "Ship", "audience": "EVERYONE", **fields}
    return ObjectiveFactory(kind="TEAM", owner=scene.mira, team=scene.team, quarter=quarter, **words)


def autumn(scene):
    return own_quarter(scene.team, "autumn", date(2026, 11, 2), date(2026, 12, 12))


def winter(scene):
    return own_quarter(scene.team, "winter", date(2027, 1, 4), date(2027, 3, 1))


def summer(scene):
    return own_quarter(scene.team, "summer", date(2027, 6, 7), date(2027, 8, 2))


def spring(scene):
    return own_quarter(scene.team, "spring", date(2026, 3, 2), date(2026, 5, 4))


def switches(page) -> list[str]:
    """The quarters beside the one that is shown."""
    return [address.removeprefix("?quarter=") for address in links(page).values() if address.startswith("?quarter=")]


def test_before_the_first_one_it_says_how_to_make_it(scene, browser, client_of):
    assert board_of(browser.get(BOARD)) == [
        "Accelerator", "nobody is in yet", "Celebrate Look back On the wall What we protect Quarters so far About the team", "Team", "What we push together", NONE, HOW,
        "People", "M", "Mira", "nothing shared yet",
    ]  # fmt: skip
    Membership.objects.update(role="LEAD")
    for person in (scene.mira, UserFactory(is_site_admin=True)):
        page = client_of(person).get(BOARD)
        assert links(page)["Make the next quarter"] == links(page)["Our quarters"] == QUARTERS


def test_the_running_one_with_its_weeks_and_everybodys_objectives(scene, browser):
    """A week belongs to it that has its Thursday in it; personal ones of other quarters are tagged with theirs."""
    quarter = autumn(scene)
    ConfidenceFactory(key_result=KeyResultFactory(objective=together(scene, quarter), title="Deploys"))
    page = browser.get(BOARD)
    assert board_of(page) == [
        "Accelerator", "autumn · 2 Nov – 11 Dec 2026 · nobody is in yet", "Only what moved Celebrate Look back On the wall What we protect Quarters so far About the team Write a team objective",
        "Team", "What we push together", "Ship", "Deploys 0 of 10 · 0 % Confidence 5/10", "People",
        "M", "Mira", "week 46 shown", "Become a writer 2026-Q4", "Essays 2 of 6 essays · 33 % Confidence 5/10",
    ]  # fmt: skip
    ribbon = page.content.decode().partition('class="ribbon"')[2].partition("</nav>")[0]
    assert [week for week in range(40, 54) if f"W{week}" in ribbon or f">{week}<" in ribbon] == [*range(45, 51)]
    assert switches(page) == []


def test_all_of_its_own_can_be_reached_whether_or_not_anything_stands_there(scene, browser):
    for made in (spring, autumn, winter):
        made(scene)
    walk = [switches(browser.get(BOARD, {"quarter": label})) for label in ("spring", "autumn", "winter")]
    assert walk == [["autumn"], ["spring", "winter"], ["autumn"]]


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        ((spring, autumn, winter), "autumn · 2 Nov – 11 Dec 2026"),
        ((spring, winter, summer), "winter · 4 Jan – 28 Feb 2027"),
        ((spring,), "spring · 2 Mar – 3 May 2026"),
    ],
)
def test_between_two_the_next_one_is_shown_and_after_the_last_one_that(scene, browser, made, shown):
    for one in made:
        one(scene)
    lines = board_of(browser.get(BOARD))
    assert lines[1].removesuffix(" · nobody is in yet") == shown
    assert (NONE in lines) == (made == (spring,))


def test_what_is_another_teams_own_is_not_there(scene, browser):
    other = own_quarter(TeamFactory(length="CUSTOM"), "theirs", date(2026, 11, 2), date(2026, 12, 12))
    assert "theirs" not in browser.get(BOARD).content.decode()
    assert browser.get(BOARD, {"quarter": other.slug}).status_code == 404


def test_what_has_begun_before_the_length_was_changed_goes_on(scene, browser):
    """The quarter in which the team planned is shown until one of its own runs, and can be reached after that."""
    together(scene, scene.writer.quarter)
    page = browser.get(BOARD)
    assert board_of(page)[:5] == [
        "Accelerator",
        "2026-Q4 · nobody is in yet",
        "Only what moved Celebrate Look back On the wall What we protect Quarters so far About the team",
        NONE,
        HOW,
    ]
    assert "Ship" in board_of(page)
    autumn(scene)
    page = browser.get(BOARD)
    assert (board_of(page)[1].startswith("autumn"), switches(page)) == (True, ["2026-Q4"])
    page = browser.get(BOARD, {"quarter": "2026-Q4"})
    assert (board_of(page)[1], switches(page)) == ("2026-Q4 · nobody is in yet", ["autumn"])
    assert "Ship" in board_of(page)


def test_back_to_the_calendar_its_own_can_be_reached_where_the_team_planned(scene, browser):
    together(scene, spring(scene), state="CLOSED")
    autumn(scene)
    Team.objects.filter(pk=scene.team.pk).update(length="QUARTER")
    page = browser.get(BOARD)
    assert (board_of(page)[1], switches(page)) == ("2026-Q4 · nobody is in yet", ["spring"])
    assert "Ship" in board_of(browser.get(BOARD, {"quarter": "spring"}))
    assert browser.get(BOARD, {"quarter": "autumn"}).status_code == 404


@pytest.mark.parametrize("month", ["2026-10", "2026-11"])
def test_months_before_quarters_of_the_calendar(scene, browser, month):
    """The same for any two lengths; where only people planned for themselves, their objectives stand elsewhere too."""
    Team.objects.filter(pk=scene.team.pk).update(length="QUARTER")
    number = int(month[-2:])
    was = QuarterFactory(slug=month, length="MONTH", first_on=date(2026, number, 1), ends_on=date(2026, number + 1, 1))
    ObjectiveFactory(owner=scene.mira, quarter=was, title="Alone")
    assert (switches(browser.get(BOARD)), browser.get(BOARD, {"quarter": month}).status_code) == ([], 404)
    together(scene, was)
    page = browser.get(BOARD)
    assert (board_of(page)[1], switches(page)) == ("2026-Q4 · nobody is in yet", [month])
    assert "Ship" in board_of(browser.get(BOARD, {"quarter": month}))


@pytest.mark.parametrize("hidden", [{"audience": "TEAM"}, {"state": "DRAFT"}, {"deleted_at": "2026-11-01T00:00Z"}])
def test_what_is_hidden_opens_no_earlier_quarter(scene, client_of, hidden):
    """AZ-06: neither in the switcher, nor by its address, nor as what is shown first."""
    stranger = client_of(UserFactory())
    before = board_of(stranger.get(BOARD))
    secret = together(scene, scene.writer.quarter, **hidden)
    assert (board_of(stranger.get(BOARD)), stranger.get(BOARD, {"quarter": "2026-Q4"}).status_code) == (before, 404)
    type(secret).objects.filter(pk=secret.pk).update(audience="EVERYONE", state="ACTIVE", deleted_at=None)
    assert board_of(stranger.get(BOARD)) != before


def test_home_and_the_week_are_told_the_quarter_one_lives_in(scene, browser):
    """One's first team's own while one runs; the weeks on the ribbon are its own."""
    assert "2026-Q4" in browser.get("/").content.decode().partition("<main")[0]
    autumn(scene)
    for page in ("/", "/check-in/?edit=1"):
        head = browser.get(page).content.decode().partition("<main")[0]
        assert ("autumn" in head, "2026-Q4" in head) == (True, False)


def test_home_prefers_the_first_teams_own_to_anothers(scene, browser):
    second = TeamFactory(length="CUSTOM")
    MembershipFactory(team=second, user=scene.mira, joined_on=date(2026, 10, 1))
    own_quarter(second, "theirs", date(2026, 10, 1), date(2026, 12, 1))
    assert "theirs" not in browser.get("/").content.decode().partition("<main")[0]
    autumn(scene)
    assert "autumn" in browser.get("/").content.decode().partition("<main")[0]


@pytest.mark.parametrize(("ends_on", "is_asked"), [(date(2026, 11, 20), True), (date(2026, 11, 19), False)])
def test_a_week_is_logged_in_the_quarter_that_holds_its_thursday(scene, browser, ends_on, is_asked):
    """Decisions 18: the same for a quarter that ends within a week."""
    quarter = own_quarter(scene.team, "early", date(2026, 10, 5), ends_on)
    deploys = KeyResultFactory(objective=together(scene, quarter), title="Deploys")
    assert (f"confidence-{deploys.pk}" in browser.get("/check-in/?edit=1").content.decode()) is is_asked
