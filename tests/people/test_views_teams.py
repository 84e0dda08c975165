"""The list of teams, a team's page, and making one."""

from datetime import date

import pytest
from django.urls import reverse

from people import rules
from people.models import Membership, Team
from tests.checkins.reading import fields, links, said
from tests.factories import (
    AbsenceFactory,
    AccessLinkFactory,
    MembershipFactory,
    OrganisationFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
    make_world,
)

NEW = {
    "name": "Night Owls",
    "purpose": "We try things after dark.",
    "length": "MONTH",
    "zone": "Europe/Berlin",
    "celebration_weekday": "2",
    "celebration_time": "12:30",
    "celebration_every": "2",
    "celebration_from_on": "2026-11-16",
    "reminder_hour": "8",
    "grading_weeks": "3",
    "client_key": "00000000-0000-0000-0000-000000000007",
}
TEAMS = "/teams/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def bob():
    OrganisationFactory()
    return UserFactory(name="Bob")


@pytest.fixture
def ada():
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


def test_all_teams_with_what_one_wants_to_know(bob, client_of):
    TeamFactory(kind="ORGANISATION", name="Northlight", purpose="We make tools.", celebration_weekday=3)
    rockets = TeamFactory(name="Rockets", purpose="We fly.")
    MembershipFactory(team=rockets, user=bob)
    for name in ("Tara", "Sven"):
        MembershipFactory(team=rockets, user=UserFactory(name=name), role="LEAD")
    MembershipFactory(team=rockets, left_on=date(2026, 11, 1))
    TeamFactory(name="Talks", kind="CIRCLE", celebration_weekday=0, celebration_every=2)
    TeamFactory(name="Closed", closed_at="2026-10-01T00:00Z")
    assert said(client_of(bob).get(TEAMS)) == [
        "Teams and circles",
        "Make a circle",
        "Northlight",
        "everybody",
        "We make tools.",
        "Celebrates next",
        "today, 15:30",
        "Board Northlight People Northlight",
        "Rockets",
        "team · 3 people · you are in it",
        "We fly.",
        "Led by Sven, Tara",
        "Celebrates next",
        "tomorrow, 15:30",
        "Board Rockets People Rockets",
        "Talks",
        "circle · 0 people",
        "It has not said yet what it is for.",
        "Celebrates next",
        "Monday, 30 November, 15:30",
        "Board Talks People Talks",
    ]


def test_before_there_is_a_team(ada, client_of):
    TeamFactory(kind="ORGANISATION", name="Northlight")
    page = said(client_of(ada).get(TEAMS))
    assert page[:2] == ["Teams and circles", "Make a team Make a circle"]
    assert page[-4] == "No team meets here yet."


def test_a_long_list_has_pages(bob, client_of):
    """IN-13."""
    for number in range(51):
        TeamFactory(name=f"Team {number:02}")
    client = client_of(bob)
    first = client.get(TEAMS)
    assert said(first)[-1] == "1–50 of 51 After →"
    after = f"{TEAMS}{links(first)['After →']}"
    assert said(client.get(after))[-2:] == ["Board Team 50 People Team 50", "← Before 51–51 of 51"]
    for odd in ("0", "-1", "x", "9" * 5000, "", "1.5", "1&after=x"):
        assert said(client.get(f"{TEAMS}?after={odd}")) == said(first)


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_of_the_list(bob, client_of, django_assert_num_queries, rows):
    for number in range(rows):
        team = TeamFactory(name=f"Team {number}")
        MembershipFactory(team=team, role="LEAD")
        AccessLinkFactory(team=team, email=bob.email)
    client = client_of(bob)
    with django_assert_num_queries(10):
        client.get(TEAMS)


def test_who_is_in_a_team_and_who_is_away(client_of):
    """Row 35; away as far as the reader may know (decisions 7)."""
    world = make_world()
    Team.objects.filter(slug="rockets").update(purpose="We fly.")
    AbsenceFactory(user=world.alice, first_on=date(2026, 11, 19), last_on=date(2026, 11, 20))
    page = said(client_of(world.bob).get("/teams/rockets/about/"))
    assert page == [
        "Rockets",
        "3 people since September 2026 · everyone may read this page",
        "What we are for",
        "We fly.",
        "People",
        "T Taralead",
        "A Alice away until 20 November",
        "B Bob",
        "Leave the team",
        "You are out of it at once. Coming back takes a lead, or an invitation.",
        "Yes, leave it",
        "We celebrate",
        "Friday, 15:30",
        "Next: tomorrow, 15:30",
        "What we celebrated",
        "Open the board",
    ]
    for stranger in (world.charlie, world.ada, world.max, world.xavier):
        assert "A Alice" in said(client_of(stranger).get("/teams/rockets/about/"))


def test_a_stranger_learns_nothing_from_an_absence(client_of):
    """AZ-06: to the byte."""
    world = make_world()
    client = client_of(world.charlie)
    before = said(client.get("/teams/rockets/about/"))
    AbsenceFactory(user=world.alice, first_on=date(2026, 11, 19), last_on=date(2026, 11, 20))
    assert said(client.get("/teams/rockets/about/")) == before


@pytest.mark.parametrize(
    ("persona", "offered"),
    [
        ("charlie", {"Open the board"}),
        ("bob", {"Open the board"}),
        ("tara", {"Invite", "Team settings", "Open the board"}),
        ("xavier", {"Open the board"}),
        ("ada", {"Invite", "Team settings", "Open the board"}),
    ],
)
def test_only_what_one_may_do_is_offered(client_of, persona, offered):
    world = make_world()
    page = client_of(world.persona(persona)).get("/teams/rockets/about/")
    assert links(page).keys() & {"Invite", "Team settings", "Open the board"} == offered


def test_the_last_lead_reads_why_they_cannot_leave(client_of):
    """CC-08."""
    world = make_world()
    page = said(client_of(world.tara).get("/teams/rockets/about/"))
    assert "You cannot leave yet. A team keeps one lead. Name another one first." in page
    answer = client_of(world.tara).post("/teams/rockets/departure/")
    assert (answer.status_code, "A team keeps one lead. Name another one first." in said(answer)) == (409, True)


def test_one_leaves(client_of):
    world = make_world()
    client = client_of(world.bob)
    answer = client.post("/teams/rockets/departure/", follow=True)
    assert answer.redirect_chain == [("/teams/rockets/about/", 302)]
    assert "B Bob" not in said(answer)
    assert client.post("/teams/rockets/departure/").status_code == 409


def test_the_organisation_and_a_part_of_it(bob, client_of):
    whole = TeamFactory(kind="ORGANISATION", name="Northlight", zone="Europe/Berlin")
    part = TeamFactory(name="Part", parent=whole)
    assert said(client_of(bob).get("/teams/northlight/about/")) == [
        "Northlight",
        "everyone may read this page",
        "What we are for",
        "Not said yet. One sentence that others can repeat is enough.",
        "Who looks after it",
        "Nobody yet.",
        "Everybody belongs to the organisation. Everybody by name",
        "We celebrate",
        "Friday, 15:30",
        "Next: tomorrow, 15:30 (Europe/Berlin)",
        "Open the board",
    ]
    assert said(client_of(bob).get(reverse("people:team", kwargs={"slug": part.slug})))[-2:] == [
        "Part of",
        "Northlight",
    ]


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_of_a_team(bob, client_of, django_assert_num_queries, rows):
    team = TeamFactory(name="Rockets", parent=TeamFactory())
    MembershipFactory(team=team, user=bob)
    for _row in range(rows):
        AbsenceFactory(user=MembershipFactory(team=team).user, first_on=date(2026, 11, 1))
    client = client_of(bob)
    with django_assert_num_queries(7):
        client.get("/teams/rockets/about/")


def test_no_such_team(bob, client_of):
    assert client_of(bob).get("/teams/no-such-team/about/").status_code == 404


def test_anybody_makes_a_circle_and_leads_it(bob, client_of):
    """Decisions 2; CC-04: two presses make one."""
    client = client_of(bob)
    for _press in range(2):
        answer = client.post("/teams/new/", NEW)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/teams/night-owls/about/")
    made = Team.objects.get()
    assert (made.kind, made.celebration_every, made.celebration_from_on) == ("CIRCLE", 2, date(2026, 11, 16))
    assert [row.user for row in Membership.objects.leading()] == [bob]


def test_a_new_team_of_another_length_works_at_once(ada, client_of):
    """Before the tick has made its quarters, no page breaks."""
    QuarterFactory()
    client = client_of(ada)
    client.post("/teams/new/?kind=team", NEW)
    pages = ["/teams/night-owls/", "/teams/night-owls/about/", "/objectives/new/?team=night-owls", "/", "/objectives/"]
    assert [client.get(page).status_code for page in pages] == [200] * 5


def test_a_site_admin_names_the_lead_of_a_team(ada, client_of):
    mona = UserFactory(name="Mona")
    above = TeamFactory(name="Above")
    client_of(ada).post("/teams/new/?kind=team", NEW | {"lead": "mona", "parent": above.pk})
    made = Team.objects.get(slug="night-owls")
    assert (made.kind, made.parent) == ("TEAM", above)
    assert [row.user for row in Membership.objects.leading().filter(team=made)] == [mona]


def test_others_make_no_team(bob, client_of):
    client = client_of(bob)
    for answer in (client.get("/teams/new/?kind=team"), client.post("/teams/new/?kind=team", NEW)):
        assert answer.status_code == 403
        assert "A site admin makes teams. You can make a circle." in said(answer)
    assert client.get("/teams/new/?kind=organisation").status_code == 200  # it is a circle's form


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "Name: Give it a name."),
        ({"name": "\u200b"}, "Name: A name needs at least one letter that can be seen."),
        ({"name": "x" * 81}, "Name: That is 81 characters; 80 fit."),
        ({"zone": "Mars/Base"}, "Time zone: That is not the name of a time zone. Europe/Berlin is one."),
        ({"celebration_time": "25:00"}, "At: That is not a time of the day. 15:30 is one."),
        ({"celebration_from_on": ""}, "Counted from: Choose one of the weeks."),
        ({"celebration_from_on": "2026-02-30"}, "Counted from: Choose one of the weeks."),
        ({"celebration_from_on": "2026-11-17"}, "Counted from: Choose one of the weeks."),
        ({"celebration_from_on": "2999-12-31"}, "Counted from: Choose one of the weeks."),
        ({"lead": "Zoe"}, "Who leads it: Nobody here goes by that name."),
        ({"length": "YEAR"}, "A quarter lasts: Select a valid choice. YEAR is not one of the available choices."),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field(ada, client_of, changes, problem):
    """CON-01, IN-14: 422, and what was typed stays."""
    answer = client_of(ada).post("/teams/new/?kind=team", NEW | changes)
    assert answer.status_code == 422
    assert problem in said(answer)
    assert fields(answer)["purpose"] == "We try things after dark."
    assert Team.objects.count() == 0


def test_what_a_rule_refuses_is_said_on_the_page(ada, client_of, monkeypatch):
    monkeypatch.setattr(rules, "Length", ())
    answer = client_of(ada).post("/teams/new/?kind=team", NEW)
    assert answer.status_code == 422
    assert "A team works in months, in quarters, in half-years or by dates of its own." in said(answer)


def test_a_team_with_dates_of_its_own_goes_on_to_its_quarters(ada, client_of):
    """Decisions 19: nothing is made ahead for it, so the next step is said."""
    client = client_of(ada)
    answer = client.post("/teams/new/?kind=team", NEW | {"length": "CUSTOM"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/teams/night-owls/quarters/")
    assert (
        "Here it is. Say when its first quarter begins and ends."
        in client.get(answer.headers["Location"]).content.decode()
    )


def test_a_circle_is_no_parent(ada, client_of):
    circle = TeamFactory(kind="CIRCLE")
    assert client_of(ada).post("/teams/new/?kind=team", NEW | {"parent": circle.pk}).status_code == 422


@pytest.mark.parametrize("people", [1, 5])
def test_queries_of_the_form(ada, client_of, django_assert_num_queries, people):
    for number in range(people):
        TeamFactory()
        UserFactory(name=f"Person {number}", username=f"p{number}")
    client = client_of(ada)
    with django_assert_num_queries(7):
        client.get("/teams/new/?kind=team")
