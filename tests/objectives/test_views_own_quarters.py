"""The page of a team's own quarters, and what they change where objectives are planned."""

import re
from datetime import date

import pytest

from objectives.models import Objective, Quarter
from people.models import Team
from tests.factories import MembershipFactory, ObjectiveFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.objectives.own import by_own_dates, own_quarter, told_of
from tests.objectives.pages import links, main, problems, summary, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = "/teams/accelerator/quarters/"
KEY = "00000000-0000-0000-0000-000000000007"
WORDS = "Quarters of our own Each lasts from two weeks to a year, and no two share a day. One that has begun keeps its dates."
SENT = {"first_on": "2026-11-30", "last_on": "2027-01-15", "label": "", "client_key": KEY}


@pytest.fixture
def team(crew):
    return by_own_dates(crew.team)


@pytest.fixture
def browser(crew, team, client_of):
    return client_of(crew.elif_)


def winter(team: Team) -> Quarter:
    return own_quarter(team, "winter", date(2026, 11, 30), date(2027, 1, 16))


def edit(row: Quarter) -> str:
    return f"{URL}{row.pk}/edit/"


def deletion(row: Quarter) -> str:
    return f"{URL}{row.pk}/deletion/"


def test_before_the_first(team, browser):
    page = browser.get(URL)
    assert main(page) == (
        f"Team settings · Accelerator {WORDS} None yet. The board and the planning wait for the first one. Make one "
        "First day Last day included "
        "What it is called optional: a short name, such as autumn; it stands in addresses Make the quarter"
    )
    assert (values(page)["first_on"], values(page)["last_on"]) == ("", "")


def test_what_there_is(crew, team, browser):
    """The newest first; the form goes on where the last one ends, and what begins is not offered for a change."""
    own_quarter(team, "spring", date(2026, 3, 2), date(2026, 5, 4))
    running = own_quarter(team, "autumn", date(2026, 10, 5), date(2026, 11, 30))
    ObjectiveFactory(quarter=running, owner=crew.elif_)
    coming = winter(team)
    page = browser.get(URL)
    assert main(page).removeprefix(f"Team settings · Accelerator {WORDS} ").partition(" Make another ")[0] == (
        "winter 30\xa0Nov 2026 – 15\xa0Jan 2027 · 7 weeks Change winter Take away winter Nobody can plan in it then. "
        "Yes, take it away winter "
        "autumn now 5\xa0Oct – 29\xa0Nov 2026 · 8 weeks · 1 objective "
        "spring over 2\xa0Mar – 3\xa0May 2026 · 9 weeks"
    ).replace("\xa0", " ")
    assert {edit(coming), deletion(coming)} == {link for link in links(page) if link.startswith(URL)}
    assert values(page)["first_on"] == "2027-01-16"


def test_making_one(team, browser):
    answer = browser.post(URL, SENT)
    assert (answer.status_code, answer.url) == (302, URL)
    assert toasts(answer) == [("Here it is: accelerator-2026-11-30.", "")]
    assert told_of(team) == [("accelerator-2026-11-30", date(2026, 11, 30), date(2027, 1, 16))]
    assert (browser.post(URL, SENT).status_code, len(told_of(team))) == (302, 1)  # CC-04


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"first_on": ""}, "Say which day."),
        ({"last_on": "2026-02-30"}, "That is not a day of the calendar. 2026-11-30 is one."),
        ({"last_on": "2999-12-31"}, "That day lies outside the calendar."),
        ({"last_on": "2026-11-29"}, "It ends before it begins."),
        ({"last_on": "2999-12-29"}, "A quarter lasts a year at most."),
        ({"label": "x" * 31}, "That is 31 characters; 30 fit."),
        ({"label": "a\x1bb"}, "There is a character in it that is not text."),
        ({"label": "2027-Q1"}, "The calendar calls its own quarters like that. Choose other words."),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(team, browser, typed, problem):
    """IN-14: 422, and what was typed stays."""
    answer = browser.post(URL, SENT | typed)
    assert (answer.status_code, problems(answer), told_of(team)) == (422, [problem], [])
    assert (values(answer)["first_on"], values(answer)["client_key"]) == ((SENT | typed)["first_on"], KEY)


def test_changing_one(team, browser):
    row = winter(team)
    page = browser.get(edit(row))
    typed = {name: values(page)[name] for name in ("first_on", "last_on", "label", "version")}
    assert typed == {"first_on": "2026-11-30", "last_on": "2027-01-15", "label": "winter", "version": "1"}
    answer = browser.post(edit(row), typed | {"first_on": "7.12.2026"})
    assert (answer.status_code, answer.url, toasts(answer)) == (302, URL, [("Saved.", "")])
    assert told_of(team) == [("winter", date(2026, 12, 7), date(2027, 1, 16))]
    wrong = browser.post(edit(row), typed | {"last_on": "2026-12-01", "version": "2"})
    assert (wrong.status_code, problems(wrong)) == (422, ["A quarter lasts two weeks at least."])
    assert values(wrong)["version"] == "2"


def test_one_that_is_called_by_its_days_is_called_by_the_new_ones(team, browser):
    browser.post(URL, SENT)
    row = Quarter.objects.own_of(team).get()
    typed = values(browser.get(edit(row)))
    assert typed["label"] == ""
    browser.post(edit(row), typed | {"first_on": "2026-12-07"})
    assert told_of(team) == [("accelerator-2026-12-07", date(2026, 12, 7), date(2027, 1, 16))]


def test_a_save_over_a_newer_one_shows_both(team, browser, client_of):
    """CC-01."""
    row, admin = winter(team), client_of(UserFactory(name="Ada", is_site_admin=True))
    typed = values(browser.get(edit(row)))
    admin.post(edit(row), typed | {"first_on": "2026-12-07", "label": "Snow"})
    answer = browser.post(edit(row), typed | {"first_on": "2026-12-14"})
    assert answer.status_code == 409
    assert "Somebody saved a newer version. Ada , Thursday, 19 November, 10:00." in main(answer)
    assert (
        "Theirs, saved First day 2026-12-07 What it is called snow Yours, not saved First day 2026-12-14 What it is called winter"
        in main(answer)
    )
    assert (values(answer)["first_on"], values(answer)["version"]) == ("2026-12-14", "2")
    assert browser.post(edit(row), values(answer)).status_code == 302
    assert told_of(team) == [("winter", date(2026, 12, 14), date(2027, 1, 16))]


def test_taking_one_away(team, browser):
    row = winter(team)
    answer = browser.post(deletion(row))
    assert (answer.status_code, answer.url, toasts(answer)) == (302, URL, [("winter is taken away.", "")])
    assert (told_of(team), browser.post(deletion(row)).status_code) == ([], 404)


def test_what_has_begun_is_not_to_be_changed_now(team, browser):
    row = own_quarter(team, "autumn", date(2026, 10, 5), date(2026, 11, 30))
    answers = [browser.get(edit(row)), browser.post(edit(row), SENT), browser.post(deletion(row))]
    assert [(one.status_code, "It has begun, so its dates stay." in main(one)) for one in answers] == [(409, True)] * 3
    assert told_of(team) == [("autumn", date(2026, 10, 5), date(2026, 11, 30))]


def test_hidden_plans_change_no_byte_of_the_pages(crew, team, browser):
    """AZ-06: what one may not read does not show; who tries to take the quarter away is told that somebody plans."""
    row = winter(team)
    before = [main(browser.get(url)) for url in (URL, edit(row))]
    ObjectiveFactory(owner=crew.mira, team=team, quarter=row, audience="ONLY_ME")
    ObjectiveFactory(owner=crew.mira, team=team, quarter=row, state="DRAFT")
    assert [main(browser.get(url)) for url in (URL, edit(row))] == before
    answer = browser.post(deletion(row))
    assert (answer.status_code, len(told_of(team))) == (409, 1)
    assert "Somebody plans in it already, so it stays as it is." in main(answer)
    ObjectiveFactory(owner=crew.mira, team=team, quarter=row)
    assert main(browser.get(URL)) != before[0]


def test_a_team_that_plans_by_the_calendar(crew, client_of):
    browser = client_of(crew.elif_)
    row = winter(crew.team)
    page = main(browser.get(URL))
    assert "winter 30 Nov 2026 – 15 Jan 2027 · 7 weeks Change winter" in page
    assert "This team plans by the calendar, and its quarters are made ahead." in page
    assert "Make the quarter" not in page
    assert browser.post(URL, SENT | {"first_on": "2027-02-01", "last_on": "2027-03-01"}).status_code == 409
    assert browser.post(deletion(row)).status_code == 302


def test_a_closed_team_is_left_as_it_is(crew, team, browser, now):
    row = winter(team)
    Team.objects.filter(pk=team.pk).update(closed_at=now)
    assert [browser.get(URL).status_code, browser.post(deletion(row)).status_code] == [409, 409]
    admin = UserFactory(is_site_admin=True)
    browser.force_login(admin)
    assert [browser.get(URL).status_code, browser.post(deletion(row)).status_code] == [409, 409]


def offered(page) -> list[str]:
    """The quarters in the choice of the editor."""
    choice = page.content.decode().partition('<select name="quarter"')[2].partition("</select>")[0]
    return re.findall(r"<option[^>]*>([^<]*)", choice)


@pytest.mark.parametrize("who", ["mira", "elif_", "nora"])
def test_planning_in_it(crew, team, client_of, who):
    """Its people are offered it, for the team and for themselves; nobody else is."""
    winter(team)
    own_quarter(team, "past", date(2026, 3, 2), date(2026, 5, 4))
    browser = client_of(getattr(crew, who))
    days = "winter, 30\xa0Nov 2026 – 15\xa0Jan 2027"
    everybodys = ["2026-Q4", "2027-Q1"]
    own = offered(browser.get("/objectives/new/"))
    if who == "nora":
        assert own == everybodys
        return
    assert own == ["2026-Q4", days, "2027-Q1"]
    page = browser.get("/objectives/new/?team=accelerator")
    assert offered(page) == [days]
    assert '" selected>winter,' in page.content.decode()


def test_a_personal_one_stands_in_it_with_the_team_for_its_home(crew, team, client_of):
    browser, row = client_of(crew.mira), winter(team)
    typed = {"title": "Write", "kind": "GROWTH", "quarter": row.pk, "audience": "MY_TEAMS", "draft": "yes"}
    typed |= {"kr-TOTAL_FORMS": "0", "kr-INITIAL_FORMS": "0"}
    assert summary(browser.post("/objectives/new/", typed | {"home": ""})) == [
        "That quarter is a team’s own. Choose that team as its home, or another quarter."
    ]
    assert browser.post("/objectives/new/", typed | {"home": team.pk}).status_code == 302
    assert Objective.objects.get().quarter == row


def test_the_organisation_may_plan_by_dates_of_its_own(client_of):
    """Who leads it plans in them for all."""
    OrganisationFactory()
    house, lead = TeamFactory(kind="ORGANISATION", name="Northlight", length="CUSTOM"), UserFactory()
    MembershipFactory(team=house, user=lead, role="LEAD")
    browser, url = client_of(lead), "/teams/northlight/quarters/"
    assert browser.post(url, SENT).status_code == 302
    assert offered(browser.get("/objectives/new/?team=northlight"))[0].startswith("northlight-2026-11-30, ")
    assert (
        "northlight-2026-11-30 · 30\xa0Nov 2026 – 15\xa0Jan 2027" in browser.get("/teams/northlight/").content.decode()
    )


def test_before_the_first_one_can_be_planned_in(crew, team, client_of):
    """Who may make it is shown where."""
    words = "This team has no quarter to plan in: its quarters have dates of its own."
    lead, member = (client_of(who).get("/objectives/new/?team=accelerator") for who in (crew.elif_, crew.mira))
    assert (f"{words} Make one first" in main(lead), URL in links(lead)) == (True, True)
    assert (f"{words} A lead of the team makes the next one." in main(member), URL in links(member)) == (True, False)


def test_after_the_team_went_back_to_the_calendar(crew, team, client_of):
    """What was planned stays in its quarter; nothing new is planned in one of its own."""
    row = own_quarter(team, "autumn", date(2026, 10, 5), date(2026, 12, 1))
    kept = ObjectiveFactory(owner=crew.mira, team=team, quarter=row)
    Team.objects.filter(pk=team.pk).update(length="QUARTER")
    browser = client_of(crew.mira)
    assert offered(browser.get("/objectives/new/")) == ["2026-Q4", "2027-Q1"]
    days = "autumn, 5\xa0Oct – 30\xa0Nov 2026"
    assert offered(browser.get(f"/objectives/{kept.pk}/edit/")) == ["2026-Q4", days, "2027-Q1"]
