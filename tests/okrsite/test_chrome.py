"""The top bar: only what exists, and where one is."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from core.kept import mark_of
from okrsite.chrome import NavItem, chrome
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import MembershipFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
BAR = ["This week", "Team board", "Objectives", "Growth", "Teams", "People"]


@pytest.fixture
def mira():
    person = UserFactory(name="Mira", theme="DARK")
    MembershipFactory(team=TeamFactory(kind="ORGANISATION", name="Northlight"), user=person)
    MembershipFactory(team=TeamFactory(name="Accelerator"), user=person)
    return person


def asked(path, person):
    request = RequestFactory().get(path)
    request.viewer = viewer_of(person) if person else None
    request.session, request.now = {"_session_expiry": (NOW + timedelta(minutes=3)).isoformat()}, NOW
    return chrome(request)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["This week"]),
        ("/check-in/", ["This week"]),
        ("/check-in/2026-W47/", ["This week"]),
        ("/teams/accelerator/", ["Team board"]),
        ("/teams/accelerator/about/", ["Team board"]),
        ("/teams/compass/", ["Teams"]),
        ("/teams/", ["Teams"]),
        ("/objectives/7/", ["Objectives"]),
        ("/key-results/7/edit/", ["Objectives"]),
        ("/growth/", ["Growth"]),
        ("/growth/record/", ["Growth"]),
        ("/people/mira/", ["People"]),
        ("/settings/", []),
        ("/somewhere/", []),
    ],
)
def test_one_place_is_current(mira, path, current):
    nav = asked(path, mira)["nav"]
    assert [item.label for item in nav] == BAR
    assert [item.label for item in nav if item.is_current] == current


@pytest.mark.parametrize(
    ("path", "is_mine"),
    [
        ("/settings/", True),
        ("/settings/data/erasure/", True),
        ("/accounts/sessions/", True),
        ("/accounts/password/change/", True),
        ("/accounts/kept/", False),
        ("/people/mira/", False),
    ],
)
def test_ones_own_name_is_current_on_what_settings_lead_to(mira, path, is_mine):
    assert asked(path, mira)["me"]["is_current"] is is_mine


def test_a_person_without_a_team_has_no_board():
    assert [item.label for item in asked("/", UserFactory())["nav"]] == [
        label for label in BAR if label != "Team board"
    ]


def test_nobody_has_no_bar():
    nothing = {"viewer": None, "nav": [], "me": None, "news": None, "theme": "", "session_left": None}
    assert asked("/", None) == nothing
    assert chrome(RequestFactory().get("/")) == nothing


@pytest.mark.parametrize(("theme", "expected"), [("SYSTEM", ""), ("LIGHT", "light"), ("DARK", "dark")])
def test_the_bar_names_me_and_wears_my_theme(mira, theme, expected):
    mira.theme = theme
    worn = asked("/settings/sessions/", mira)
    assert worn["me"] == {"name": "Mira", "mark": mark_of(mira.pk), "url": "/settings/", "is_current": True}
    assert worn["theme"] == expected
    assert worn["nav"][1] == NavItem("Team board", "/teams/accelerator/", is_current=False)


def test_it_asks_nothing_of_the_database(mira, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.viewer, request.session, request.now = viewer_of(mira), {}, NOW
    with django_assert_num_queries(0):
        chrome(request)


def test_the_page_knows_how_long_the_session_goes_on(mira):
    """AX-09."""
    assert asked("/", mira)["session_left"] == 180
