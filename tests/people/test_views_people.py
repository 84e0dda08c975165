"""Everybody by name, and whom somebody reports to."""

from itertools import pairwise

import pytest

from activity.models import Delivery, Event
from people.models import User
from tests.checkins.reading import fields, links, said
from tests.factories import MembershipFactory, OrganisationFactory, TeamFactory, UserFactory, make_world

PEOPLE = "/people/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def ada():
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


def names_on(answer) -> list[str]:
    """The lines of people; the disc with their initials stands before each."""
    lines = said(answer)
    return [line for disc, line in pairwise(lines) if len(disc) <= 2]


def test_everybody_who_is_here_by_name(world, client_of):
    """Row 35, row 42: who reports to whom is told to the person and the manager."""
    MembershipFactory(team=TeamFactory(name="Talks", kind="CIRCLE"), user=world.alice)
    answer = client_of(world.alice).get(PEOPLE)
    assert said(answer)[:2] == ["People", "9 people"]
    assert names_on(answer) == [
        "Ada",
        "Alice Rockets · Talks · reports to Mona",
        "Bob Rockets",
        "Charlie",
        "Max",
        "Mona",
        "Tara Rockets",
        "Xavier Harbour",
        "Xenia",
    ]


def test_a_site_admin_sees_and_sets_managers(world, client_of):
    answer = client_of(world.ada).get(PEOPLE)
    assert names_on(answer)[1] == "Alice Rockets · reports to Mona"
    assert links(answer)["of Alice"] == "/people/alice/manager/"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("al", ["Alice Rockets"]),
        ("XEN", ["Xenia"]),
        ("%25", []),
        ("_", []),
        ("a%00", None),
    ],
)
def test_names_are_looked_for(world, client_of, typed, expected):
    """IN-12, IN-07."""
    answer = client_of(world.bob).get(f"{PEOPLE}?q={typed}")
    if expected is None:
        assert answer.status_code == 400
    else:
        assert (answer.status_code, names_on(answer)) == (200, expected)


def test_nobody_of_that_name(world, client_of):
    answer = client_of(world.bob).get(f"{PEOPLE}?q=<b>zoe")
    assert said(answer)[-1] == "Nobody here has “<b>zoe” in their name. Everybody"
    assert fields(answer)["q"] == "<b>zoe"


def test_two_hundred_characters_are_the_most(world, client_of):
    """IN-15."""
    client = client_of(world.bob)
    assert client.get(f"{PEOPLE}?q={'x' * 200}").status_code == 200
    answer = client.get(f"{PEOPLE}?q={'x' * 201}")
    assert (answer.status_code, "That is 201 characters; 200 fit." in said(answer)) == (422, True)


def test_pages(ada, client_of):
    """IN-13."""
    for number in range(60):
        UserFactory(name=f"Person {number:02}")
    client = client_of(ada)
    first = client.get(f"{PEOPLE}?q=person")
    assert "1–50 of 60 After →" in said(first)
    second = client.get(links(first)["After →"].replace("?", f"{PEOPLE}?", 1))
    assert len(names_on(second)) == 10
    assert links(second)["← Before"].startswith("?q=person&before=")
    assert names_on(client.get(links(second)["← Before"].replace("?", f"{PEOPLE}?", 1))) == names_on(first)
    assert len(names_on(client.get(f"{PEOPLE}?page=99"))) == 50


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_of_the_list(ada, client_of, django_assert_num_queries, rows):
    for number in range(rows):
        user = UserFactory(name=f"Person {number}", manager=ada)
        MembershipFactory(user=user)
    client = client_of(ada)
    with django_assert_num_queries(7):
        client.get(PEOPLE)


def test_a_manager_is_set(world, client_of):
    client = client_of(world.ada)
    page = client.get("/people/bob/manager/")
    assert "Reports to nobody at present." in said(page)
    assert {name: fields(page)[name] for name in ("manager", "was")} == {"manager": "", "was": ""}
    answer = client.post("/people/bob/manager/", {"manager": "Mona", "was": ""}, follow=True)
    assert "Bob reports to Mona from today on." in answer.content.decode()
    assert "Reports to Mona since 19 November 2026." in said(answer)
    assert [(owed.kind, owed.person.name) for owed in Delivery.objects.exclude(kind="REMINDER")] == [("NOTICE", "Bob")]


def test_a_manager_is_cleared(world, client_of):
    client = client_of(world.ada)
    was = fields(client.get("/people/alice/manager/"))["was"]
    assert was == str(world.mona.pk)
    answer = client.post("/people/alice/manager/", {"manager": "", "was": was}, follow=True)
    assert "Alice reports to nobody now." in answer.content.decode()
    assert User.objects.get(name="Alice").manager is None


@pytest.mark.parametrize(
    ("person", "typed", "problem"),
    [
        ("alice", "Alice", "Manager: Nobody is their own manager."),
        ("max", "Alice", "Manager: Alice reports to Max, directly or through others."),
        ("bob", "Zoe", "Manager: Nobody here goes by that name."),
        ("bob", "Dan", "Manager: Nobody here goes by that name."),
        ("bob", "x" * 81, "Manager: That is 81 characters; 80 fit."),
    ],
)
def test_why_a_manager_is_not_set(world, client_of, person, typed, problem):
    was = world.persona(person).manager_id or ""
    answer = client_of(world.ada).post(f"/people/{person}/manager/", {"manager": typed, "was": was})
    assert (answer.status_code, problem in said(answer)) == (422, True)
    assert fields(answer)["manager"] == typed
    assert not Event.objects.filter(verb="MANAGER_SET").exists()
    assert not Delivery.objects.exclude(kind="REMINDER").exists()


def test_a_set_over_a_newer_one_shows_both(world, client_of):
    """CC-01."""
    answer = client_of(world.ada).post("/people/alice/manager/", {"manager": "Max", "was": ""})
    assert answer.status_code == 409
    page = said(answer)
    start = page.index("Theirs, saved")
    assert page[start : start + 6] == ["Theirs, saved", "Manager", "Mona", "Yours, not saved", "Manager", "Max"]
    assert "Yours is kept below. Save it, write a third, or take theirs." in page  # nobody knows who set it
    assert fields(answer)["was"] == str(world.mona.pk)
    assert User.objects.get(name="Alice").manager == world.mona


def test_who_set_the_newer_one_is_said_and_not_what_the_person_did_since(world, client_of):
    """CC-01, PRIV-09: their own account is their own."""
    ada = client_of(world.ada)
    ada.post("/people/alice/manager/", {"manager": "Max", "was": str(world.mona.pk)})
    client_of(world.alice).post("/settings/", {"name": "Alice", "zone": "UTC", "theme": "DARK"})
    page = said(ada.post("/people/alice/manager/", {"manager": "", "was": str(world.mona.pk)}))
    (words,) = [line for line in page if line.endswith("take theirs.")]
    assert words == "Ada, Thursday, 19 November, 10:00. Yours is kept below. Save it, write a third, or take theirs."


@pytest.mark.parametrize("persona", ["charlie", "bob", "alice", "mona", "max", "xenia", "tara", "xavier"])
def test_only_site_admins_set_managers(world, client_of, persona):
    """Row 42."""
    client = client_of(world.persona(persona))
    answers = [client.get("/people/alice/manager/"), client.post("/people/alice/manager/", {"manager": "", "was": ""})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "of Alice" not in links(client.get(PEOPLE))


@pytest.mark.parametrize("username", ["no-such-person", "dan"])
def test_nobody_of_that_username(world, client_of, username):
    assert client_of(world.ada).get(f"/people/{username}/manager/").status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_of_the_manager_page(ada, client_of, django_assert_num_queries, rows):
    person = UserFactory(name="Zoe", manager=ada)
    for number in range(rows):
        UserFactory(name=f"Person {number}")
    client = client_of(ada)
    with django_assert_num_queries(6):
        client.get(f"/people/{person.username}/manager/")
