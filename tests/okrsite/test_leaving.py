"""Leaving for good: asked for by oneself or by a site admin, thought over for 30 days, called off (PRIV-05, DB-05)."""

from datetime import timedelta

import pytest
import time_machine

from activity.actions.mail import read
from activity.models import Delivery, Event
from core.errors import NotNow, NotYours
from objectives.models import KeyResult, Objective
from okrsite.own_data import erasing
from people.actions import erasing as asking
from people.actions import switching
from people.models import Membership, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import (
    PASSWORD,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
)
from tests.objectives.crew import sentence
from tests.objectives.pages import links
from tests.people.doors import is_signed_in, letter_to, sign_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE, AGAIN = "/settings/data/erasure/", "/accounts/reauthenticate/"
LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def ada(db):
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


@pytest.fixture
def mira():
    return UserFactory(name="Mira Okafor")


def fresh(person):
    """A browser in which the password was shown just now."""
    browser, _answer = sign_in(person.email)
    browser.post(AGAIN, {"password": PASSWORD})
    return browser


def verbs(person):
    return sorted(Event.objects.about(person).values_list("verb", "by__name"))


def switched_off(**fields):
    return UserFactory(name="Dan", switched_off_at=NOW, **fields)


def test_one_leaves_by_oneself(mira):
    """PRIV-05: the password is asked for, the page says what goes, one's name is typed, and a mail tells of it."""
    browser, _answer = sign_in(mira.email)
    page = words_of(browser.get(PAGE).text)
    for said in (
        "After 30 days everything that tells who you were is gone",
        "What goes",
        "What stays",
        "Former member",
    ):
        assert said in page
    asked = browser.post(PAGE, {"typed": " mira OKAFOR ", "successor": ""})
    assert asked.headers["Location"].startswith(AGAIN)
    assert is_signed_in(browser)
    done = browser.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert "Your account is erased on Saturday, 19 December; a mail says how to stay." in words_of(done.text)
    assert not is_signed_in(browser)
    mira.refresh_from_db()
    assert (mira.switched_off_at, mira.erase_at, mira.erased_at) == (NOW, LATER, None)
    assert ("ERASURE_ASKED", "Mira Okafor") in verbs(mira)
    letter = letter_to(mira.email)
    assert letter.subject == "Your okrsite account ends on Saturday, 19 December"
    assert "You want to stay? Ask a site admin until then" in letter.text
    assert "mira okafor" not in letter.subject.casefold()
    assert sign_in(mira.email)[1].status_code == 422  # the door knows them no more


@pytest.mark.parametrize("typed", ["", "Mira", "Mira Okafo", "mira@northlight.example", "Ada"])
def test_another_name_erases_nobody(mira, typed):
    answer = fresh(mira).post(PAGE, {"typed": typed, "successor": ""})
    assert (answer.status_code, "That is not the name. Type it as it stands above." in answer.text) == (422, True)
    mira.refresh_from_db()
    assert (mira.switched_off_at, mira.erase_at) == (None, None)


def test_who_alone_leads_a_team_names_somebody(mira):
    """DB-05: what they answer for goes on, as when they are switched off."""
    team, jonas = TeamFactory(name="Rockets"), UserFactory(name="Jonas")
    MembershipFactory(team=team, user=mira, role="LEAD")
    MembershipFactory(team=team, user=jonas)
    ours = ObjectiveFactory(kind="TEAM", team=team, owner=mira, audience="TEAM", title="Ours")
    KeyResultFactory(objective=ours, title="Ours too")
    browser = fresh(mira)
    assert "Nobody else leads Rockets." in words_of(browser.get(PAGE).text)
    assert browser.post(PAGE, {"typed": "Mira Okafor", "successor": ""}).status_code == 422
    refused = browser.post(PAGE, {"typed": "Mira Okafor", "successor": "Mira Okafor"})
    assert (refused.status_code, "Name somebody else, who is still here." in refused.text) == (422, True)
    assert browser.post(PAGE, {"typed": "Mira Okafor", "successor": "Jonas"}).status_code == 302
    assert Membership.objects.get(user=jonas).role == "LEAD"
    assert Objective.objects.get(title="Ours").owner == jonas
    assert KeyResult.objects.get(title="Ours too").owner == jonas


def test_the_last_site_admin_stays(ada, mira):
    """PRIV-05: never the last who looks after the site."""
    browser = fresh(ada)
    page = browser.get(PAGE)
    assert "Nobody else looks after this okrsite. Name another site admin first." in words_of(page.text)
    assert "/people/" in links(page)  # where another one is named
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert browser.post(PAGE, {"typed": "Ada", "successor": ""}).status_code == 409
    User.objects.filter(pk=mira.pk).update(is_site_admin=True)
    assert browser.post(PAGE, {"typed": "Ada", "successor": ""}).status_code == 302


def test_nobody_else_can_make_one_leave(ada, mira):
    leave = {"person": mira, "successor": None, "now": NOW}
    assert sentence(NotYours, erasing.leave, by=viewer_of(ada), **leave) == "Only they leave by themselves."
    assert sentence(NotYours, asking.ask, by=viewer_of(mira), person=switched_off(), now=NOW) == (
        "Another site admin does that for you." if mira.is_site_admin else "A site admin looks after this."
    )


def test_a_site_admin_erases_somebody_who_is_switched_off(ada):
    """PRIV-05: on a page that is found from their account; and calls it off."""
    dan, browser = switched_off(), fresh(ada)
    page = f"/people/{dan.username}/erasure/"
    assert page in browser.get(f"/people/{dan.username}/account/").text
    assert browser.post(page, {"typed": "Daniel"}).status_code == 422
    assert browser.post(page, {"typed": "Dan"}).headers["Location"] == page
    dan.refresh_from_db()
    assert (dan.erase_at, verbs(dan)) == (LATER, [("ERASURE_ASKED", "Ada")])
    assert letter_to(dan.email).subject == "Your okrsite account ends on Saturday, 19 December"
    assert Delivery.objects.get().kind == "SECURITY"  # no site admin reads it
    assert "Erased on Saturday, 19 December" in words_of(browser.get(page).text)
    assert "Erased on 19 December 2026." in words_of(browser.get(f"/people/{dan.username}/account/").text)
    assert browser.post(page, {"typed": "Dan"}).status_code == 409  # asked for already
    assert browser.post(f"{page}calling-off/").status_code == 302
    assert browser.post(f"{page}calling-off/").status_code == 409
    dan.refresh_from_db()
    assert (dan.erase_at, dan.switched_off_at) == (None, NOW)
    assert verbs(dan) == [("ERASURE_ASKED", "Ada"), ("ERASURE_CALLED_OFF", "Ada")]
    assert erasing.erase_due(now=LATER) == 0


def test_the_password_is_asked_for_first(ada):
    """AUTH-14."""
    dan = switched_off()
    browser, _answer = sign_in(ada.email)
    answer = browser.post(f"/people/{dan.username}/erasure/", {"typed": "Dan"})
    assert answer.headers["Location"].startswith(AGAIN)
    assert not User.objects.exclude(erase_at=None).exists()


def test_who_can_sign_in_is_erased_by_nobody_else(ada, mira):
    browser = fresh(ada)
    assert browser.get(f"/people/{mira.username}/erasure/").status_code == 404
    with pytest.raises(NotNow, match="Switch them off first"):
        asking.ask(by=viewer_of(ada), person=mira, now=NOW)


def test_for_thirty_days_they_can_be_brought_back(ada, mira):
    """DB-05: until the last moment; then it is done, once."""
    erasing.leave(by=viewer_of(mira), person=mira, successor=None, now=NOW)
    moment = LATER - timedelta(seconds=1)
    assert erasing.erase_due(now=moment) == 0
    switching.switch_on(by=viewer_of(ada), person=mira, now=moment)
    assert erasing.erase_due(now=LATER) == 0
    mira.refresh_from_db()
    assert (mira.name, mira.is_active, mira.erase_at) == ("Mira Okafor", True, None)
    assert sign_in(mira.email)[1].status_code == 302
    with time_machine.travel(LATER, tick=False):
        erasing.leave(by=viewer_of(mira), person=mira, successor=None, now=LATER)
    much_later = LATER + timedelta(days=31)
    assert [erasing.erase_due(now=much_later), erasing.erase_due(now=much_later)] == [1, 0]
    with pytest.raises(NotNow):
        switching.switch_on(by=viewer_of(ada), person=mira, now=much_later)
    with pytest.raises(NotNow):
        asking.call_off(by=viewer_of(ada), person=mira, now=much_later)


def test_two_site_admins_who_leave_at_once(ada, mira):
    """PRIV-05, CC-08: one of them stays."""
    User.objects.filter(pk=mira.pk).update(is_site_admin=True)
    first, second = viewer_of(ada), viewer_of(User.objects.get(pk=mira.pk))
    erasing.leave(by=first, person=ada, successor=None, now=NOW)
    with pytest.raises(NotNow, match="Name another site admin first"):
        erasing.leave(by=second, person=mira, successor=None, now=NOW)


def test_what_they_are_told_reads_well(mira):
    asked = switched_off(email="dan@example.org", zone="Pacific/Kiritimati")
    asking.ask(by=viewer_of(User.objects.get(name="Ada")), person=asked, now=NOW)
    assert read(Delivery.objects.get()).text == (
        "Your okrsite account ends on Sunday, 20 December.\n"
        "\n"
        "Dan, nobody can sign in with it from now on. It is erased on Sunday, 20 December.\n"
        "\n"
        "Then your name, your address, your private objectives, drafts and tokens are gone for good. What you shared "
        "with your teams stays with them, as a former member’s.\n"
        "\n"
        "You want to stay? Ask a site admin until then: one press, and you sign in as before.\n"
        "\n"
        "You did not ask for this? Tell your site admin today.\n"
        "\n"
        "-- \n"
        "okrsite\n"
    )
