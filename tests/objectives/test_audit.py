"""What was decided with power over others, and who reads of it (PRIV-14, row 43)."""

import re
from datetime import timedelta
from html import unescape

import pytest

from activity.actions.events import record
from activity.models import Event
from objectives.actions import departures, objectives
from objectives.models import audit
from objectives.rows.audit import SENTENCES
from people.actions import closing, invitations, memberships, reporting, switching, teams, tokens
from people.models import AccessLink, Membership
from people.viewer import viewer_of
from tests.checkins.reading import links
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.objectives.crew import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MINE, SITE, TEAM = "/settings/decided/", "/settings/decided/site/", "/teams/accelerator/decided/"


@pytest.fixture
def ada(crew):
    return UserFactory(name="Ada", is_site_admin=True)


def lines(answer) -> list[tuple[str, str, str]]:
    """What, by whom, when."""
    rows = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', answer.text, re.S)
    return [tuple(unescape(re.sub("<[^>]+>", "", cell)) for cell in row) for row in rows]


def whats(answer) -> list[str]:
    return [what for what, _by, _at in lines(answer)]


@pytest.fixture
def decided(crew, ada, now):
    """A month of decisions, an hour apart, in the order in which they are named here."""
    admin, lead = viewer_of(ada), viewer_of(crew.elif_)
    row = crew.team_objective(audience="EVERYONE")
    own = crew.objective(audience="EVERYONE")
    jonas = Membership.objects.get(user=crew.jonas)

    def at(hours):
        return now + timedelta(hours=hours)

    reporting.set_manager(by=admin, person=crew.mira, manager=ada, was_pk=crew.elif_.pk, now=at(1))
    memberships.change_role(by=lead, membership=jonas, role="COACH", now=at(2))
    memberships.add(by=lead, team=crew.team, person=crew.nora, role="MEMBER", now=at(3))
    settings = teams.TeamSettings(name="Accelerator", reminder_hour=10, purpose="PRIVATE WORDS")
    teams.change(by=lead, team=crew.team, version=read_version(crew), settings=settings, now=at(4))
    invite = {"emails": ["new@example.org"], "role": "LEAD", "message": "PRIVATE WORDS"}
    invitations.invite(by=lead, team=crew.team, now=at(5), **invite)
    wording = crew.wording(team_id=crew.team.pk, audience="TEAM", title=row.title)
    objectives.reword(by=lead, objective=read(row), version=1, wording=wording, now=at(6))
    mira = viewer_of(crew.mira)
    private = crew.wording(team_id=crew.team.pk, audience="ONLY_ME", title="PRIVATE WORDS")
    objectives.reword(by=mira, objective=read(own), version=1, wording=private, now=at(7))
    tokens.make(by=mira, name="PRIVATE WORDS", scope="READ", days=9, client_key=None, now=at(8))
    switching.set_site_admin(by=admin, person=crew.elif_, is_site_admin=True, now=at(9))
    closing.close(by=lead, team=crew.team, now=at(10))
    closing.reopen(by=lead, team=crew.team, now=at(11))
    departures.switch_off(by=admin, person=crew.mira, successor=crew.elif_, now=at(12))
    switching.switch_on(by=admin, person=crew.mira, now=at(13))


def read_version(crew):
    crew.team.refresh_from_db()
    return crew.team.version


INVITATION = [
    "Invitation of new@example.org into Accelerator withdrawn",
    "new@example.org invited into Accelerator as lead",
]
OF_TEAM = [
    "Accelerator opened again",
    "Accelerator closed",
    INVITATION[0],
    INVITATION[1],
    "Settings of Accelerator: purpose, hour of the reminder 9 → 10",
    "Nora belongs to Accelerator as member",
    "Jonas in Accelerator: member → coach",
]


def test_each_reads_what_is_theirs_to_know(crew, ada, decided, client_of):
    """PRIV-14: who, whom, when, before and after, and not a word that somebody wrote."""
    team = whats(client_of(crew.elif_).get(TEAM))
    objective = ["Who answers for an objective: Mira → Elif", "Who may read an objective: everyone → the team"]
    assert sorted(team) == sorted([*OF_TEAM, *objective])
    site = client_of(ada).get(SITE)
    assert sorted(whats(site)) == sorted(
        [
            "Mira can sign in again",
            "Mira switched off. Who took over: Elif",
            "A token ended that might read",
            "Elif looks after the site",
            "A token made that may read",
            "Manager of Mira: Elif → Ada",
            *OF_TEAM,
        ]
    )
    mine = client_of(crew.mira).get(MINE)
    assert [line[2] for line in lines(mine)] == sorted([line[2] for line in lines(mine)], reverse=True)
    assert sorted(lines(mine)) == sorted(
        [
            ("Mira can sign in again", "Ada", "2026-11-19 23:00"),
            ("Mira switched off. Who took over: Elif", "Ada", "2026-11-19 22:00"),
            ("A token ended that might read", "Ada", "2026-11-19 22:00"),
            ("Who answers for an objective: Mira → Elif", "Ada", "2026-11-19 22:00"),
            ("A token made that may read", "Mira", "2026-11-19 18:00"),
            ("Who may read an objective: everyone → only me", "Mira", "2026-11-19 17:00"),
            ("Manager of Mira: Elif → Ada", "Ada", "2026-11-19 11:00"),
        ]
    )
    for persona, page in ((crew.elif_, TEAM), (ada, SITE), (crew.mira, MINE)):
        assert "PRIVATE WORDS" not in client_of(persona).get(page).text


def test_about_oneself(crew, ada, decided, client_of):
    assert whats(client_of(crew.jonas).get(MINE)) == ["Jonas in Accelerator: member → coach"]
    assert whats(client_of(crew.nora).get(MINE)) == ["Nora belongs to Accelerator as member"]
    assert whats(client_of(ada).get(MINE)) == ["Mira reports to Ada"]  # not to whom before
    assert whats(client_of(crew.elif_).get(MINE)) == [
        "Who answers for an objective: Mira → Elif",
        "Elif looks after the site",
        "Who may read an objective: everyone → the team",
    ]


def test_who_has_left_reads_no_more_of_an_objective(crew, ada, now, client_of):
    """Row 43: it is led to only for those who may read it."""
    row = crew.team_objective(audience="TEAM")
    data = {"owner": crew.nora.pk, "was": crew.mira.pk}
    record("HANDED_OVER", row, by_pk=crew.elif_.pk, now=now, team_pk=crew.team.pk, data=data)
    page = client_of(crew.mira).get(MINE)
    assert (whats(page), row.get_absolute_url() in page.text) == (["Who answers for an objective: Mira → Nora"], True)
    assert whats(client_of(crew.nora).get(MINE)) == []
    assert "Nothing yet." in client_of(crew.nora).get(MINE).text


def test_what_one_does_to_ones_own_account_is_nobody_elses_to_know(crew, ada, now, client_of):
    for verb, data in (("SESSIONS_ENDED", {"number": 2}), ("PASSWORD_SET", {})):
        record(verb, crew.mira, by_pk=crew.mira.pk, now=now, data=data)
    record("SESSIONS_ENDED", crew.jonas, by_pk=ada.pk, now=now, data={"number": 3})
    assert whats(client_of(ada).get(SITE)) == ["Browsers in which Jonas was signed out: 3"]
    assert sorted(whats(client_of(crew.mira).get(MINE))) == [
        "Browsers in which Mira was signed out: 2",
        "New password of Mira",
    ]


def test_every_verb_has_a_sentence_and_every_name_is_escaped(crew, ada, now, client_of):
    """IN-10: markup does nothing; who is not known any more is somebody."""
    known = {*audit.ABOUT_PERSON, *audit.OF_TEAM, *audit.TOKEN, *audit.OF_SITE, "HANDED_OVER", "REWORDED"}
    assert known == {*SENTENCES, "SITE_ADMIN_SET"}
    mark = MembershipFactory(team=crew.team, user=UserFactory(name="<b>Mark</b>", username="mark")).user
    about = {"MANAGER_SET": mark, "SITE_ADMIN_SET": mark, "SWITCHED_OFF": mark}
    for verb in [*SENTENCES, "SITE_ADMIN_SET"]:
        data = {"person": mark.pk, "manager": 5, "role": "LEAD", "fields": ["name", "more"], "is_site_admin": False}
        record(verb, about.get(verb, crew.team), by_pk=None, now=now, team_pk=crew.team.pk, data=data)
    page = client_of(ada).get(SITE)
    assert page.status_code == 200
    assert "<b>Mark</b>" not in page.text
    found = whats(page)
    assert "<b>Mark</b> in Accelerator: lead" in found
    assert "<b>Mark</b> looks after it no more" in found
    assert "Manager of <b>Mark</b>: nobody → somebody" in found
    assert {by for _what, by, _at in lines(page)} == {"okrsite"}


def test_fifty_to_a_page(crew, ada, now, client_of, django_assert_num_queries):
    for number in range(51):
        record(
            "SITE_ADMIN_SET", crew.mira, by_pk=ada.pk, now=now + timedelta(hours=number), data={"is_site_admin": True}
        )
    browser = client_of(ada)
    with django_assert_num_queries(7):
        first = browser.get(SITE)
    second = browser.get(f"{SITE}{links(first)['After →']}")
    assert (len(lines(first)), len(lines(second))) == (50, 1)
    assert lines(second)[0][2] == "2026-11-19 10:00"


def test_an_invitation_that_is_forgotten_names_nobody(crew, now, client_of):
    OrganisationFactory()
    invite = {"emails": ["new@example.org"], "role": "MEMBER", "message": ""}
    invitations.invite(by=viewer_of(crew.elif_), team=crew.team, now=now, **invite)
    AccessLink.objects.all().delete()
    assert whats(client_of(crew.elif_).get(TEAM)) == ["somebody invited into Accelerator as member"]


def test_no_request_changes_a_line(crew, ada, decided, client_of):
    """DB-04: there is no form, and no method but reading."""
    before = list(Event.objects.order_by("pk").values())
    for person, page in ((ada, SITE), (crew.elif_, TEAM), (crew.mira, MINE)):
        browser = client_of(person)
        asked = [browser.post(page), browser.put(page), browser.patch(page), browser.delete(page)]
        assert [answer.status_code for answer in asked] == [405] * 4
        assert "<form" not in browser.get(page).text.partition("<main")[2].partition("</main>")[0]
    assert list(Event.objects.order_by("pk").values()) == before


def test_the_pages_are_found(crew, ada, client_of):
    assert MINE in client_of(crew.mira).get("/settings/").text
    assert (SITE in client_of(crew.mira).get("/settings/").text, SITE in client_of(ada).get("/settings/").text) == (
        False,
        True,
    )
    settings = "/teams/accelerator/settings/"
    assert (TEAM in client_of(crew.elif_).get(settings).text, TEAM in client_of(ada).get(settings).text) == (
        True,
        False,
    )
