"""A team's settings and its members."""

import re
from datetime import date

import pytest

from activity.models import Event
from people.models import Membership, Team
from tests.checkins.reading import fields, said
from tests.factories import MembershipFactory, TeamFactory, UserFactory, make_world

SETTINGS = {
    "name": "Rockets",
    "purpose": "",
    "length": "QUARTER",
    "zone": "UTC",
    "celebration_weekday": "4",
    "celebration_time": "15:30",
    "celebration_every": "1",
    "celebration_from_on": "2026-11-16",
    "reminder_hour": "9",
    "grading_weeks": "2",
    "version": "1",
}
PAGE = "/teams/rockets/settings/"
MEMBERS = "/teams/rockets/members/"
OTHERS = ("charlie", "bob", "alice", "mona", "max", "xenia", "xavier")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def world():
    return make_world()


def place(user) -> Membership:
    return Membership.objects.current().get(user=user)


def members_of(slug: str) -> list[tuple[str, str]]:
    return [(row.user.name, row.role) for row in Membership.objects.current().filter(team__slug=slug).by_name()]


def test_what_stands_there(world, client_of):
    page = client_of(world.tara).get(PAGE)
    assert said(page)[:3] == ["Rockets", "Team settings", "What it is"]
    assert {name: fields(page)[name] for name in ("name", "celebration_time", "version")} == {
        "name": "Rockets",
        "celebration_time": "15:30",
        "version": "1",
    }
    assert [name for name in ("Alice", "Bob", "Tara") if name in said(page)] == ["Alice", "Bob", "Tara"]


@pytest.mark.parametrize("persona", ["tara", "ada"])
def test_leads_and_site_admins_save(world, client_of, persona):
    """Row 36."""
    client = client_of(world.persona(persona))
    answer = client.post(PAGE, SETTINGS | {"purpose": "We fly.", "grading_weeks": "3"}, follow=True)
    assert said(answer)[0] == "Rockets"
    assert "Saved." in answer.content.decode()
    saved = Team.objects.get(slug="rockets")
    assert (saved.purpose, saved.grading_weeks, saved.version) == ("We fly.", 3, 2)
    values = {"grading_weeks": ["2", "3"]}
    assert Event.objects.get(verb="TEAM_CHANGED").data == {"fields": ["grading_weeks", "purpose"], "values": values}


def test_dates_of_our_own_lead_on_to_our_quarters(world, client_of):
    """Decisions 19: chosen once it leads on, later it is a link beside the choice."""
    client, link = client_of(world.tara), "/teams/rockets/quarters/"
    assert link not in client.get(PAGE).content.decode()
    answer = client.post(PAGE, SETTINGS | {"length": "CUSTOM"})
    assert (answer.status_code, answer.headers["Location"]) == (302, link)
    assert link in client.get(PAGE).content.decode()
    again = client.post(PAGE, SETTINGS | {"length": "CUSTOM", "purpose": "We fly.", "version": "2"})
    back = client.post(PAGE, SETTINGS | {"purpose": "We fly.", "version": "3"})
    assert [one.headers["Location"] for one in (again, back)] == [PAGE, PAGE]
    assert Team.objects.get(slug="rockets").length == "QUARTER"


@pytest.mark.parametrize("persona", OTHERS)
def test_nobody_else_does_anything(world, client_of, persona):
    """Row 36, CON-01: seen, but not theirs to do."""
    client = client_of(world.persona(persona))
    pk = place(world.bob).pk
    answers = [
        client.get(PAGE),
        client.post(PAGE, SETTINGS | {"name": "Mine"}),
        client.post(MEMBERS, {"person": "Charlie", "role": "MEMBER"}),
        client.post(f"{MEMBERS}{pk}/role/", {"role": "LEAD"}),
        client.post(f"{MEMBERS}{pk}/departure/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert members_of("rockets") == [("Alice", "MEMBER"), ("Bob", "MEMBER"), ("Tara", "LEAD")]
    assert not Event.objects.filter(verb="TEAM_CHANGED").exists()


def test_saving_the_same_keeps_the_week_from_which_it_counts(world, client_of):
    """The form offers the coming weeks; what was chosen long ago stays when it means the same."""
    client_of(world.tara).post(PAGE, SETTINGS)
    saved = Team.objects.get(slug="rockets")
    assert (saved.celebration_from_on, saved.version) == (date(2024, 1, 1), 1)


@pytest.mark.parametrize(
    ("day", "status"),
    [("2024-01-01", 302), ("2026-11-16", 302), ("2026-12-07", 302)]
    + [(day, 422) for day in ("2026-11-09", "2026-12-14", "2999-12-31", "1900-01-01", "None", "")],
)
def test_weeks_are_counted_from_one_that_is_offered_or_from_the_one_that_stands(world, client_of, day, status):
    """CON-02, IN-14."""
    answer = client_of(world.tara).post(PAGE, SETTINGS | {"celebration_every": "2", "celebration_from_on": day})
    assert answer.status_code == status
    assert ("Counted from: Choose one of the weeks." in said(answer)) == (status == 422)


def test_choosing_other_weeks(world, client_of):
    client = client_of(world.tara)
    client.post(PAGE, SETTINGS | {"celebration_every": "2", "celebration_from_on": "2026-11-23"})
    assert Team.objects.get(slug="rockets").celebration_from_on == date(2026, 11, 23)
    offered = client.get(PAGE).content.decode()
    assert '<option value="2026-11-23" selected>next week, 23–29 November</option>' in offered


def test_a_save_over_a_newer_one_shows_both(world, client_of):
    """CC-01: 409, both versions in words, and what was typed is kept."""
    client_of(world.ada).post(PAGE, SETTINGS | {"purpose": "Theirs.", "celebration_weekday": "2"})
    client_of(world.bob).post("/teams/rockets/departure/")  # no settings of his
    tara = client_of(world.tara)
    answer = tara.post(PAGE, SETTINGS | {"purpose": "Mine.", "length": "MONTH"})
    assert answer.status_code == 409
    page = said(answer)
    start = page.index("Somebody saved a newer version.")
    assert page[start : start + 16] == [
        "Somebody saved a newer version.",
        "Ada, Thursday, 19 November, 10:00. Yours is kept below. Save it, write a third, or take theirs.",
        "Theirs, saved",
        "What it is for",
        "Theirs.",
        "A quarter lasts",
        "three months",
        "Celebrates on",
        "Wednesday",
        "Yours, not saved",
        "What it is for",
        "Mine.",
        "A quarter lasts",
        "a month",
        "Celebrates on",
        "Friday",
    ]
    assert (fields(answer)["purpose"], fields(answer)["version"]) == ("Mine.", "2")
    assert Team.objects.get(slug="rockets").purpose == "Theirs."
    again = tara.post(PAGE, SETTINGS | {"purpose": "Mine.", "version": fields(answer)["version"]})
    assert (again.status_code, Team.objects.get(slug="rockets").purpose) == (302, "Mine.")


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "9" * 30])
def test_an_odd_version_saves_nothing(world, client_of, version):
    """CON-02."""
    answer = client_of(world.tara).post(PAGE, SETTINGS | {"purpose": "Mine.", "version": version})
    assert answer.status_code in {409, 422}
    assert Team.objects.get(slug="rockets").purpose == ""


def test_a_team_is_no_part_of_its_own_part(world, client_of):
    part = TeamFactory(name="Part", parent=Team.objects.get(slug="rockets"))
    answer = client_of(world.tara).post(PAGE, SETTINGS | {"parent": part.pk})
    assert (answer.status_code, "That team is part of this one already." in said(answer)) == (422, True)


def test_a_closed_team_is_not_changed(world, client_of):
    Team.objects.filter(slug="rockets").update(closed_at="2026-11-01T00:00Z")
    assert client_of(world.ada).get(PAGE).status_code == 409


def test_the_organisation_bears_its_own_name(world, client_of):
    client = client_of(world.ada)
    page = client.get("/teams/northlight/settings/")
    assert said(page)[2] == "It bears the organisation’s name. Change that"
    assert "name" not in fields(page)
    answer = client.post("/teams/northlight/settings/", SETTINGS | {"purpose": "All of us."})
    assert answer.status_code == 302
    assert Team.objects.get(slug="northlight").purpose == "All of us."


def test_the_only_lead_is_not_offered_to_be_removed(world, client_of):
    """It would be refused (409)."""
    removing = re.compile(r"/members/(\d+)/departure/")
    people = dict(Membership.objects.filter(team__slug="rockets").values_list("pk", "user__name"))

    def offered():
        return {people[int(pk)] for pk in removing.findall(client_of(world.ada).get(PAGE).content.decode())}

    assert offered() == {"Alice", "Bob"}
    Membership.objects.filter(team__slug="rockets", user=world.bob).update(role="LEAD")
    assert offered() == {"Alice", "Bob", "Tara"}


def test_somebody_is_added(world, client_of):
    answer = client_of(world.tara).post(MEMBERS, {"person": "charlie", "role": "COACH"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert members_of("rockets") == [
        ("Alice", "MEMBER"),
        ("Bob", "MEMBER"),
        ("Charlie", "COACH"),
        ("Tara", "LEAD"),
    ]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"person": "", "role": "MEMBER"}, "Who: Say whom you mean."),
        ({"person": "Zoe", "role": "MEMBER"}, "Who: Nobody here goes by that name."),
        ({"person": "Dan", "role": "MEMBER"}, "Who: Nobody here goes by that name."),
        ({"person": "Bob", "role": "MEMBER"}, "Who: Bob is in it already."),
        ({"person": "Charlie", "role": "BOSS"}, "Role: Choose one of the roles."),
    ],
)
def test_why_somebody_is_not_added(world, client_of, sent, problem):
    """CC-09, CON-01; what was typed stays."""
    answer = client_of(world.tara).post(MEMBERS, sent)
    assert (answer.status_code, problem in said(answer)) == (422, True)
    assert fields(answer)["person"] == sent["person"]


def test_of_two_with_one_name_the_username_tells(world, client_of):
    UserFactory(name="Charlie", username="charlie-2")
    client = client_of(world.tara)
    answer = client.post(MEMBERS, {"person": "Charlie", "role": "MEMBER"})
    assert "Who: Several people go by that name. Write one of these: charlie, charlie-2." in said(answer)
    client.post(MEMBERS, {"person": "charlie-2", "role": "MEMBER"})
    assert Membership.objects.filter(team__slug="rockets", user__username="charlie-2").exists()


@pytest.mark.parametrize("typed", ["josé", "Jose\u0301"])
def test_who_is_spelt_as_typed_is_meant(world, client_of, typed):
    """DB-06: accents help to find somebody, and tell namesakes apart."""
    UserFactory(name="José")
    UserFactory(name="Jose")
    client_of(world.tara).post(MEMBERS, {"person": typed, "role": "MEMBER"})
    assert members_of("rockets") == [("Alice", "MEMBER"), ("Bob", "MEMBER"), ("José", "MEMBER"), ("Tara", "LEAD")]


def test_names_are_suggested_and_doubles_by_username(world, client_of):
    UserFactory(name="Charlie", username="charlie-2")
    page = client_of(world.tara).get(PAGE).content.decode()
    offered = page.partition('<datalist id="names">')[2].partition("</datalist>")[0]
    assert re.findall('value="([^"]+)"', offered) == [
        *("Ada", "Alice", "Bob", "charlie", "charlie-2", "Max", "Mona", "Tara", "Xavier", "Xenia")
    ]


def test_a_role_changes(world, client_of):
    client_of(world.tara).post(f"{MEMBERS}{place(world.bob).pk}/role/", {"role": "LEAD"})
    assert members_of("rockets") == [("Alice", "MEMBER"), ("Bob", "LEAD"), ("Tara", "LEAD")]


@pytest.mark.parametrize("sent", [{"role": "BOSS"}, {"role": ""}, {}])
def test_an_odd_role_changes_nothing_and_is_said_on_the_page(world, client_of, sent):
    """CON-01: 422 for who may, 403 for who may not, whatever was sent."""
    pk = place(world.bob).pk
    answer = client_of(world.tara).post(f"{MEMBERS}{pk}/role/", sent)
    assert (answer.status_code, said(answer)[:2]) == (422, ["Rockets", "Team settings"])
    assert f'<a href="#role-{pk}">Role: Choose one of the roles.</a>' in answer.content.decode()
    assert f'id="role-{pk}"' in answer.content.decode()
    assert client_of(world.charlie).post(f"{MEMBERS}{pk}/role/", sent).status_code == 403
    assert members_of("rockets")[1] == ("Bob", "MEMBER")


def test_who_stops_leading_lands_on_the_teams_page(world, client_of):
    client = client_of(world.tara)
    client.post(f"{MEMBERS}{place(world.bob).pk}/role/", {"role": "LEAD"})
    answer = client.post(f"{MEMBERS}{place(world.tara).pk}/role/", {"role": "MEMBER"})
    assert answer.headers["Location"] == "/teams/rockets/about/"
    assert client.get(PAGE).status_code == 403


def test_the_last_lead_is_kept(world, client_of):
    """CC-08."""
    client = client_of(world.ada)
    pk = place(world.tara).pk
    for answer in (client.post(f"{MEMBERS}{pk}/role/", {"role": "MEMBER"}), client.post(f"{MEMBERS}{pk}/departure/")):
        assert (answer.status_code, "A team keeps one lead. Name another one first." in said(answer)) == (409, True)


def test_somebody_is_removed_and_comes_back_on_the_same_day(world, client_of):
    client = client_of(world.tara)
    pk = place(world.bob).pk
    assert client.post(f"{MEMBERS}{pk}/departure/").headers["Location"] == PAGE
    assert members_of("rockets") == [("Alice", "MEMBER"), ("Tara", "LEAD")]
    assert client.post(f"{MEMBERS}{pk}/departure/").status_code == 404
    client.post(MEMBERS, {"person": "Bob", "role": "MEMBER"})
    assert members_of("rockets")[1] == ("Bob", "MEMBER")


@pytest.mark.parametrize("persona", ["xavier", "ada", "tara"])
def test_the_whole_chain_of_an_address_is_checked(world, client_of, persona):
    """AZ-03: a membership through another team's address is not there."""
    client = client_of(world.persona(persona))
    pk = place(world.bob).pk
    addresses = [f"/teams/harbour/members/{pk}/role/", f"/teams/harbour/members/{pk}/departure/"]
    assert [client.post(address, {"role": "LEAD"}).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize("rows", [1, 5])
def test_queries(world, client_of, django_assert_num_queries, rows):
    team = Team.objects.get(slug="rockets")
    for _row in range(rows):
        MembershipFactory(team=team)
        TeamFactory()
    client = client_of(world.tara)
    with django_assert_num_queries(8):
        client.get(PAGE)
