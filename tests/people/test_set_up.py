"""The first minutes: one link from the command line, one person, one team."""

from datetime import timedelta

import pytest
from django.test import Client

from activity.models import Event
from core.errors import LinkOver
from objectives.models import Quarter
from people.actions.set_up import NoSuchLink, find_set_up, found, open_set_up
from people.models import Membership, Organisation, Team, User
from tests.factories import OrganisationFactory, UserFactory
from tests.people.doors import is_signed_in, sign_in
from tests.people.racing import race

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Elif Demir",
    "email": "Elif@Lighthouse.example",
    "password": "tide paper lantern",
    "organisation_name": "Lighthouse Works",
    "zone": "Europe/Berlin",
    "fiscal_start_month": "4",
    "team_name": "Accelerator",
}
KEPT = {**TYPED, "email": "elif@lighthouse.example", "fiscal_start_month": 4}


def path_of(secret: str) -> str:
    return f"/set-up/{secret}/"


def test_the_first_person_founds_the_place_and_is_in(frozen):
    """AUTH-10."""
    secret, client = open_set_up(now=frozen), Client()
    page = client.get(path_of(secret))
    assert (page.status_code, page["Referrer-Policy"]) == (200, "strict-origin")
    assert "make demo" in page.text
    answer = client.post(path_of(secret), TYPED)
    assert answer["Location"] == "/"
    assert "three steps and it is the team’s" in client.get("/").text
    place = Organisation.objects.get()
    assert (place.name, place.zone, place.fiscal_start_month, place.is_demo) == (
        "Lighthouse Works",
        "Europe/Berlin",
        4,
        False,
    )
    elif_ = User.objects.get()
    assert (elif_.name, elif_.email, elif_.zone, elif_.is_site_admin) == (
        *(KEPT[k] for k in ("name", "email", "zone")),
        True,
    )
    leads = Membership.objects.order_by("team__kind").values_list("team__kind", "team__name", "team__slug", "role")
    assert list(leads) == [
        ("ORGANISATION", "Lighthouse Works", "lighthouse-works", "LEAD"),
        ("TEAM", "Accelerator", "accelerator", "LEAD"),
    ]
    assert list(Event.objects.order_by("verb").values_list("verb", "by")) == [
        ("FOUNDED", elif_.pk),
        ("JOINED", elif_.pk),
    ]
    assert Quarter.objects.exists()
    assert is_signed_in(sign_in("ELIF@lighthouse.example", TYPED["password"])[0])


def test_the_link_then_disappears(frozen):
    """AUTH-10: used is 410 for everybody, made up is 404, and a new one cannot be opened."""
    secret = open_set_up(now=frozen)
    Client().post(path_of(secret), TYPED)
    for path, status in ((path_of(secret), 410), (path_of("made-up"), 404), (path_of("x" * 500), 404)):
        assert Client().get(path).status_code == status
        assert Client().post(path, TYPED).status_code == status
    assert Client().get(path_of(open_set_up(now=frozen))).status_code == 410
    assert User.objects.count() == 1


def test_a_link_is_a_day_old_at_most_and_the_newest_counts(now):
    """AUTH-10."""
    first = open_set_up(now=now)
    second = open_set_up(now=now)
    with pytest.raises(LinkOver):
        find_set_up(first, now=now)
    assert find_set_up(second, now=now + timedelta(hours=24, seconds=-1))
    with pytest.raises(LinkOver):
        find_set_up(second, now=now + timedelta(hours=24))
    with pytest.raises(NoSuchLink):
        find_set_up("", now=now)


def test_the_secret_is_kept_as_a_hash(now):
    secret = open_set_up(now=now)
    link = find_set_up(secret, now=now)
    assert secret not in {str(value) for value in vars(link).values()}


def test_looking_changes_nothing(frozen):
    """MAIL-02."""
    secret = open_set_up(now=frozen)
    before = vars(find_set_up(secret, now=frozen))
    Client().get(path_of(secret))
    after = vars(find_set_up(secret, now=frozen))
    assert {key: before[key] for key in before if key != "_state"} == {
        key: after[key] for key in after if key != "_state"
    }
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "\u200b", "A name needs at least one letter that can be seen."),
        ("email", "elif", "That is not a whole address."),
        ("password", "elif demir", "too similar to the name"),
        ("password", "lighthouse.example", "too similar to the email"),
        ("organisation_name", "", "Say whose okrsite this is."),
        ("zone", "Europe/Atlantis", "That is not the name of a time zone."),
        ("fiscal_start_month", "13", "Select a valid choice."),
        ("team_name", "x" * 81, "81 characters; 80 fit"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(frozen, field, typed, said):
    secret = open_set_up(now=frozen)
    answer = Client().post(path_of(secret), {**TYPED, field: typed})
    assert (answer.status_code, answer.text.count(said)) == (422, 2)
    other = "name" if field == "team_name" else "team_name"
    assert f'value="{TYPED[other]}"' in answer.text
    assert TYPED["password"] not in answer.text
    assert not Organisation.objects.exists()


def test_the_page_needs_no_javascript_and_asks_nothing_twice(frozen):
    """OUT-07: the script only puts the browser's zone first."""
    page = Client().get(path_of(open_set_up(now=frozen))).text
    assert 'data-behaviour="own-zone"' in page
    assert [page.count(f'name="{field}"') for field in TYPED] == [1] * len(TYPED)
    assert page.count('type="password"') == 1
    assert 'autocomplete="new-password"' in page


def test_an_organisation_that_is_there_ends_every_link(now):
    secret = open_set_up(now=now)
    OrganisationFactory()
    with pytest.raises(LinkOver):
        found(secret=secret, now=now, **KEPT)
    assert not Team.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_at_once_one_founds(now):
    """CC-04."""
    secret = open_set_up(now=now)
    ends = race(*[lambda: found(secret=secret, now=now, **KEPT)] * 2)
    assert ends == ["LinkOver", "done"]
    assert (User.objects.count(), Organisation.objects.count(), Team.objects.count()) == (1, 1, 2)


def test_a_second_person_of_the_same_name_gets_a_username_of_their_own(frozen):
    UserFactory(name="Elif Demir")
    Client().post(path_of(open_set_up(now=frozen)), TYPED)
    assert sorted(User.objects.values_list("username", flat=True)) == ["elif-demir", "elif-demir-2"]
