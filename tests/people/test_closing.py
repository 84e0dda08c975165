"""Closing a team, and opening it again within 30 days (DB-05)."""

from datetime import timedelta

import pytest

from activity.models import Event
from core.errors import LinkOver, NotNow, NotYours
from people.actions import closing, invitations, memberships
from people.models import AccessLink, Membership, Team, User
from people.viewer import Viewer, viewer_of
from tests.factories import AccessLinkFactory, MembershipFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.objectives.pages import links, main, toasts
from tests.people.racing import race

DAY = timedelta(days=1)
NOT_LEAD = "The team’s leads look after it."


@pytest.fixture
def team(db):
    OrganisationFactory()
    return TeamFactory(name="Rockets")


@pytest.fixture
def tara(team):
    return MembershipFactory(team=team, user=UserFactory(name="Tara"), role="LEAD").user


@pytest.fixture
def ada(db):
    return UserFactory(name="Ada", is_site_admin=True)


def close(by, team, now):
    closing.close(by=viewer_of(by), team=team, now=now)


def reopen(by, team, now):
    closing.reopen(by=viewer_of(by), team=Team.objects.get(pk=team.pk), now=now)


def test_a_lead_closes_it_and_opens_it_again(team, tara, now):
    AccessLinkFactory(team=team, by=tara, secret="waits", expires_at=now + 9 * DAY)
    before = viewer_of(tara)
    close(tara, team, now)
    assert Team.objects.get(pk=team.pk).closed_at == now
    assert (viewer_of(tara).places, viewer_of(tara).closed) == ((), before.places)
    with pytest.raises(LinkOver):
        invitations.find_invitation("waits", now=now)
    assert not AccessLink.objects.unanswered().exists()
    with pytest.raises(NotNow, match=r"This team is closed."):
        close(tara, team, now)
    reopen(tara, team, now + 30 * DAY)
    assert viewer_of(tara) == before
    assert sorted(Event.objects.about(team).values_list("verb", flat=True)) == ["TEAM_CLOSED", "TEAM_REOPENED"]
    with pytest.raises(NotNow, match=r"This team is open."):
        reopen(tara, team, now)


def test_after_thirty_days_it_stays_closed(team, tara, now):
    close(tara, team, now)
    with pytest.raises(NotNow, match=r"It was closed more than 30 days ago."):
        reopen(tara, team, now + 30 * DAY + timedelta(seconds=1))


def test_only_leads_and_site_admins_do(team, tara, ada, now):
    """Row 36."""
    bob = MembershipFactory(team=team, user=UserFactory(name="Bob")).user
    other = MembershipFactory(user=UserFactory(), role="LEAD").user
    for action in (close, reopen):
        for person in (bob, other):
            with pytest.raises(NotYours, match=NOT_LEAD):
                action(person, team, now)
        action(ada, team, now)


def test_the_organisation_stays(ada, now, db):
    everyone = TeamFactory(kind="ORGANISATION")
    with pytest.raises(NotYours, match=r"The organisation’s own team stays."):
        close(ada, everyone, now)


def test_it_never_opens_without_a_lead(team, tara, ada, now):
    """CC-08: whoever led it may be gone by then."""
    close(tara, team, now)
    User.objects.filter(pk=tara.pk).update(switched_off_at=now)
    reopen(ada, team, now)
    assert [row.user for row in Membership.objects.present().leading().filter(team=team)] == [ada]


@pytest.mark.django_db(transaction=True)
def test_somebody_is_added_while_it_closes(now):
    """CC-09: before, or refused; closed twice at once it is closed once."""
    OrganisationFactory()
    team, bob = TeamFactory(), UserFactory(name="Bob")
    tara: Viewer = viewer_of(MembershipFactory(team=team, role="LEAD").user)
    ends = race(
        lambda: closing.close(by=tara, team=team, now=now),
        lambda: closing.close(by=tara, team=team, now=now),
        lambda: memberships.add(by=tara, team=team, person=bob, role="MEMBER", now=now),
    )
    assert ends in (["NotNow", "NotNow", "done"], ["NotNow", "done", "done"])
    verbs = sorted(Event.objects.about(team).values_list("verb", flat=True))
    assert verbs in (["TEAM_CLOSED"], ["MEMBER_ADDED", "TEAM_CLOSED"])


@pytest.mark.usefixtures("frozen")
def test_a_circle_is_called_one_and_asks_for_nothing_once_it_is_closed(tara, client_of):
    circle = TeamFactory(name="Owls", slug="owls", kind="CIRCLE")
    MembershipFactory(team=circle, user=tara, role="LEAD")
    browser = client_of(tara)
    assert "Close the circle" in main(browser.get("/teams/owls/settings/"))
    assert "Nothing together in this quarter." not in main(browser.get("/teams/owls/"))
    browser.post("/teams/owls/closure/")
    board = main(browser.get("/teams/owls/"))
    assert "This circle was closed on 19 November 2026." in board
    assert "Nothing together in this quarter." in board
    for asking in ("Nothing together yet.", "No quarter of our own", "Its first quarter", "objective"):
        assert asking not in board


@pytest.mark.usefixtures("frozen")
def test_closing_and_opening_in_the_browser(team, tara, client_of):
    bob = MembershipFactory(team=team, user=UserFactory(name="Bob")).user
    lead, member = client_of(tara), client_of(bob)
    settings, about = "/teams/rockets/settings/", "/teams/rockets/about/"
    assert "/teams/rockets/closure/" in links(lead.get(settings))
    answer = lead.post("/teams/rockets/closure/")
    said = "Rockets is closed. It can be opened again for 30 days."
    assert (answer.url, toasts(answer)) == (about, [(said, "/teams/rockets/reopening/")])
    for browser, offered in ((lead, True), (member, False)):
        page = browser.get(about)
        assert "This team was closed on 19 November 2026. What it wrote stays readable" in main(page)
        assert "We celebrate" not in main(page)
        board = main(browser.get("/teams/rockets/"))
        assert "This team was closed on 19 November 2026. What it wrote stays readable, and stays as it is." in board
        assert ("/teams/rockets/reopening/" in links(page)) is offered
        assert not links(page) & {settings, "/teams/rockets/departure/", "/teams/rockets/invitations/"}
        assert "Closed in the last 30 days: Rockets" in main(browser.get("/teams/"))
    asked = [lead.get(settings), lead.post("/teams/rockets/closure/"), member.post("/teams/rockets/reopening/")]
    assert [answer.status_code for answer in asked] == [409, 409, 403]
    answer = lead.post("/teams/rockets/reopening/")
    assert (answer.url, toasts(answer)) == (about, [("Rockets is open again, as it was.", "")])
    assert "/teams/rockets/departure/" in links(member.get(about))
