"""Opened once, a room link leaves a cookie for that one wall, and a clean address (FEED-03)."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.test import Client

from checkins.views import room as view
from people.actions import closing, room_links
from people.models import AccessLink
from people.viewer import viewer_of
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import OrganisationFactory, RoomLinkFactory, TeamFactory
from tests.house.house import masked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ROOM, OTHER = "/teams/accelerator/room/", "/teams/harbour/room/"
NAME = "okrsite-room-accelerator"
HALF_A_YEAR = timedelta(days=180)


@pytest.fixture
def elif_(db):
    """She leads two teams, each with a room link of hers."""
    OrganisationFactory()
    team = TeamFactory(name="Accelerator")
    elif_ = join(team, "Elif", role="LEAD")
    other = TeamFactory(name="Harbour")
    other.memberships.create(user=elif_, role="LEAD", joined_on=NOW.date())
    RoomLinkFactory(team=team, by=elif_, secret="the-room", expires_at=NOW + HALF_A_YEAR)
    RoomLinkFactory(team=other, by=elif_, secret="the-harbour", expires_at=NOW + HALF_A_YEAR)
    return elif_


def screen(*secrets, cookie=""):
    """A browser in which these links were opened, or that has been given that cookie of Accelerator."""
    browser = Client()
    for secret in secrets:
        browser.get(f"/rooms/{secret}/")
    if cookie:
        browser.cookies[NAME] = cookie
    return browser


def shown(browser, path=ROOM):
    page = browser.get(path)
    return page.status_code, "Accelerator" in page.text, "Harbour" in page.text


def team_of(elif_, name):
    return elif_.memberships.select_related("team").get(team__name=name).team


def test_the_secret_is_left_behind(elif_):
    """It stands in no address after it, in no cookie and on no page; no other page is told where one came from."""
    browser = Client()
    answer = browser.get("/rooms/the-room/")
    told = (answer.status_code, answer.headers["Location"], answer.headers["Referrer-Policy"])
    assert told == (302, ROOM, "strict-origin")
    assert "no-store" in answer.headers["Cache-Control"]
    cookie = answer.cookies[NAME]
    kept = {name: cookie[name] for name in ("path", "httponly", "samesite", "max-age", "domain", "secure")}
    long = HALF_A_YEAR.days * 86_400
    assert kept == {"path": "/", "httponly": True, "samesite": "Lax", "max-age": long, "domain": "", "secure": ""}
    assert list(answer.cookies) == [NAME]
    assert "the-room" not in cookie.value + browser.get(ROOM).text
    assert Client().get("/rooms/the-room/?bright").headers["Location"] == f"{ROOM}?bright"


def test_a_mail_scanner_changes_nothing(elif_):
    """MAIL-02: it may open it as often as it likes."""
    before = list(AccessLink.objects.order_by("pk").values())
    for _time in range(30):
        assert Client().get("/rooms/the-room/").status_code == 302
    assert list(AccessLink.objects.order_by("pk").values()) == before


def test_each_wall_has_a_cookie_of_its_own(elif_):
    """Two rooms on one machine: neither takes the other's place, and the end of one leaves the other."""
    browser = screen("the-room", "the-harbour", "the-room")
    assert (shown(browser), shown(browser, OTHER)) == ((200, True, False), (200, False, True))
    room_links.revoke(by=viewer_of(elif_), team=team_of(elif_, "Accelerator"), now=NOW)
    assert (browser.get(ROOM).status_code, shown(browser, OTHER)) == (410, (200, False, True))


def test_it_opens_no_other_wall(elif_):
    """Neither as it is nor under another's name, nor sealed for something else, nor made up."""
    given = screen("the-room").cookies[NAME].value
    browser = Client()
    browser.cookies["okrsite-room-harbour"] = given
    assert browser.get(OTHER).status_code == 404
    assert screen("the-room").get(OTHER).status_code == 404
    pk = AccessLink.objects.get(team__name="Accelerator").pk
    forged = [
        "the-room",
        str(pk),
        f"{pk}:",
        Signer(salt="another").sign(str(pk)),
        given[:-1],
        f"1{given}",
        view.SEAL.sign("1"),
    ]
    assert [screen(cookie=cookie).get(ROOM).status_code for cookie in [*forged, given]] == [404] * len(forged) + [200]


def test_an_invitation_is_no_room(elif_):
    link = AccessLink.objects.filter(team__name="Accelerator")
    cookie = view.SEAL.sign(str(link.get().pk))
    link.update(kind="INVITATION", email="new@example.org")
    assert screen(cookie=cookie).get(ROOM).status_code == 404


def test_made_anew_or_ended_all_screens_end(elif_):
    """AUTH-08: those that are open as well as those that come; the new link opens it again."""
    screens = [screen("the-room") for _one in range(2)]
    new = room_links.make(by=viewer_of(elif_), team=team_of(elif_, "Accelerator"), now=NOW)
    assert [one.get(ROOM).status_code for one in screens] == [410, 410]
    assert Client().get("/rooms/the-room/").status_code == 410
    screens[0].get(f"/rooms/{new}/")
    assert [one.get(ROOM).status_code for one in screens] == [200, 410]
    closing.close(by=viewer_of(elif_), team=team_of(elif_, "Accelerator"), now=NOW)
    assert [one.get(ROOM).status_code for one in screens] == [410, 410]


def test_a_screen_without_one_learns_how_and_not_whether_there_is_such_a_team(elif_):
    """AZ-02: byte for byte; also of a team whose link was opened for another, and of one that was closed."""
    closing.close(by=viewer_of(elif_), team=team_of(elif_, "Harbour"), now=NOW)
    pages = [Client().get(path) for path in (ROOM, OTHER, "/teams/no-such-team/room/")]
    assert {page.status_code for page in pages} == {404}
    assert len({masked(page) for page in pages}) == 1
    assert len({tuple(sorted(page.headers.items())) for page in pages}) == 1
    body = pages[0].text
    assert ("No wall on this screen yet" in body, "Open that link here, once." in body) == (True, True)
    assert [word for word in ("Accelerator", "Harbour", "accelerator") if word in body] == []


def test_without_a_cookie_nobody_is_kept_out_for_asking(elif_):
    """RL-01 counts guesses of a secret; there is none to guess here."""
    assert {Client().get(ROOM).status_code for _time in range(30)} == {404}
    assert Client().get("/rooms/the-room/").status_code == 302
