"""A person is switched off, and what they answered for goes on (decisions 5)."""

import re

import pytest

from core.errors import NotYours
from objectives.actions import departures
from objectives.models import KeyResult, Objective
from people.models import User
from people.viewer import viewer_of
from tests.factories import (
    PASSWORD,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
)
from tests.objectives.crew import sentence, told
from tests.objectives.pages import links, main, problems, toasts
from tests.people.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(crew):
    return UserFactory(name="Ada", is_site_admin=True)


def switch_off(ada, person, now, successor=None):
    departures.switch_off(by=viewer_of(ada), person=person, successor=successor, now=now)


def owners():
    """Who answers for each objective and who logs each of its key results, by title."""
    rows = {row.title: row.owner.name for row in Objective.objects.select_related("owner")}
    parts = {row.title: row.owner.name for row in KeyResult.objects.select_related("owner")}
    return rows, parts


@pytest.fixture
def rows(crew, now):
    """Mira's own; of the team an active one, a draft, a closed and a deleted one of hers, and one of Elif's."""
    other = TeamFactory(name="Other")
    MembershipFactory(team=other, user=crew.mira)
    MembershipFactory(team=other, user=UserFactory(name="Otto"), role="LEAD")
    made = {
        "own": crew.objective(),
        "active": crew.team_objective(audience="TEAM"),
        "draft": crew.team_objective(state="DRAFT"),
        "closed": crew.team_objective(state="CLOSED"),
        "deleted": crew.team_objective(deleted_at=now),
        "elifs": crew.team_objective(owner=crew.elif_),
        "other": crew.team_objective(team=other),
        "gone": crew.team_objective(team=TeamFactory(name="Gone", closed_at=now)),
    }
    for title, row in made.items():
        Objective.objects.filter(pk=row.pk).update(title=title)
        KeyResultFactory(objective=row, title=f"{title} of Mira", owner=crew.mira)
    KeyResultFactory(objective=made["active"], title="active of Elif", owner=crew.elif_)
    return made


def test_it_goes_to_whom_is_named_where_they_are_in_the_team(crew, ada, rows, now):
    switch_off(ada, crew.mira, now, crew.jonas)
    whole, parts = owners()
    stays = dict.fromkeys(("own", "closed", "deleted", "gone"), "Mira")
    assert whole == {"active": "Jonas", "draft": "Jonas", "elifs": "Elif", "other": "Otto", **stays}
    assert parts == {
        "active of Mira": "Jonas",
        "active of Elif": "Elif",
        "draft of Mira": "Jonas",
        "elifs of Mira": "Jonas",
        "other of Mira": "Otto",
        **{f"{title} of Mira": "Mira" for title in stays},
    }
    assert told(rows["active"]) == [("HANDED_OVER", {"owner": crew.jonas.pk, "was": crew.mira.pk})]
    part = KeyResult.objects.get(title="elifs of Mira")
    assert (told(part), part.version) == ([("CHANGED", {"fields": ["owner_id"], "numbers": {}})], 2)


def test_with_nobody_named_it_goes_to_the_lead_who_was_there_first(crew, ada, rows, now):
    MembershipFactory(team=crew.team, user=UserFactory(name="Early", switched_off_at=now), role="LEAD")
    late = MembershipFactory(team=crew.team, user=UserFactory(name="Late"), role="LEAD")
    late.joined_on = "2026-10-01"
    late.save()
    switch_off(ada, crew.mira, now)
    whole, _parts = owners()
    assert (whole["active"], whole["draft"], whole["other"]) == ("Elif", "Elif", "Otto")


def test_where_nobody_is_left_it_stays(crew, ada, now):
    """The organisation's team may have nobody in it."""
    everyone = TeamFactory(kind="ORGANISATION")
    row = ObjectiveFactory(kind="TEAM", owner=crew.mira, team=everyone, quarter=crew.quarter, audience="EVERYONE")
    switch_off(ada, crew.mira, now)
    assert Objective.objects.get(pk=row.pk).owner == crew.mira


def test_refused_it_changes_nothing(crew, ada, rows, now):
    assert sentence(NotYours, switch_off, ada=crew.elif_, person=crew.mira, now=now)
    assert owners()[0]["active"] == "Mira"


URL = "/people/mira/account/"


@pytest.fixture
def browser(ada, frozen):
    """Ada, who has just shown her password."""
    client = sign_in(ada.email)[0]
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_switching_off_and_on_in_the_browser(crew, ada, browser):
    """AUTH-14: her password was asked just now, so it is not asked again."""
    assert URL in links(browser.get("/people/mira/"))
    page = main(browser.get(URL))
    assert "Can sign in. Signed in" in page
    assert "Nobody else leads" not in page
    answer = browser.post(URL, {"successor": "jonas"})
    assert (answer.status_code, toasts(answer)) == (302, [("Mira is switched off. What they wrote stays.", "")])
    assert "Switched off on 19 November 2026: nobody signs in with this account." in main(browser.get(URL))
    assert "Mira" not in main(browser.get("/people/"))
    off = browser.get("/people/?off=1")
    assert ("Mira" in main(off), URL in links(off)) == (True, True)
    answer = browser.post(f"{URL}return/")
    assert toasts(answer) == [("Mira can sign in again, with the password of before.", "")]
    assert "Nobody is switched off." in main(browser.get("/people/?off=1"))


def test_only_site_admins_see_who_is_switched_off(crew, ada, now, client_of):
    User.objects.filter(pk=crew.nora.pk).update(switched_off_at=now)
    page = main(client_of(crew.elif_).get("/people/?off=1"))
    assert ("Nora" in page, "Mira" in page, "switched off" in page) == (False, True, False)


def test_the_only_lead_is_not_switched_off_without_somebody_named(crew, browser):
    url = "/people/elif/account/"
    assert "Nobody else leads Accelerator . Whom you name does from then on." in main(browser.get(url))
    answer = browser.post(url, {"successor": ""})
    words = "Nobody else leads Accelerator. Name somebody who does from now on."
    assert (answer.status_code, problems(answer)) == (422, [words])
    answer = browser.post(url, {"successor": "Somebody"})
    assert (answer.status_code, problems(answer)) == (422, ["Nobody here goes by that name."])


def test_one_does_none_of_it_to_oneself(ada, browser):
    page = browser.get("/people/ada/account/")
    assert "Another site admin does that for you." in main(page)
    assert not re.findall("<form", page.content.decode().partition("<main")[2].partition("</main>")[0])
    for path in ("", "return/", "sessions/ending/", "admin/"):
        assert browser.post(f"/people/ada/account/{path}", {"to": "on"}).status_code == 403


def test_naming_a_site_admin_and_ending_sessions(crew, browser):
    for to, words in (
        ("on", "Mira looks after this okrsite now."),
        ("off", "Mira no longer looks after this okrsite."),
    ):
        assert toasts(browser.post(f"{URL}admin/", {"to": to})) == [(words, "")]
        assert User.objects.get(pk=crew.mira.pk).is_site_admin is (to == "on")
        assert ("and looks after this okrsite." in main(browser.get(URL))) is (to == "on")
    theirs = sign_in(crew.mira.email)[0]
    assert toasts(browser.post(f"{URL}sessions/ending/")) == [("Mira is signed out everywhere.", "")]
    assert theirs.get("/").status_code == 302


@pytest.mark.parametrize(("path", "data"), [("", {"successor": "Elif"}), ("admin/", {"to": "on"})])
def test_the_password_is_asked_for_again_first(crew, ada, frozen, client_of, path, data):
    """AUTH-14: and then it is done, as it was sent."""
    browser = client_of(ada)  # she came some time ago
    answer = browser.post(URL + path, data)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/accounts/reauthenticate/")
    mira = User.objects.get(pk=crew.mira.pk)
    assert (mira.is_active, mira.is_site_admin) == (True, False)
    browser.post(answer.url, {"password": PASSWORD}, follow=True)
    mira = User.objects.get(pk=crew.mira.pk)
    assert (mira.is_active, mira.is_site_admin) == ((False, False) if path == "" else (True, True))
