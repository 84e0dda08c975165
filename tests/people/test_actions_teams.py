"""Making teams and circles, and changing them."""

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest

from activity.models import Event
from core.errors import NotYours, Stale
from people.actions.teams import TeamInvalid, TeamSettings, change, create, free_slug
from people.models import Membership, Team
from people.viewer import viewer_of
from tests.factories import MembershipFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.people.racing import race

KEY = UUID(int=7)
SETTINGS = TeamSettings(
    name="Night Owls",
    purpose="We try things after dark.",
    length="MONTH",
    zone="Europe/Berlin",
    celebration_weekday=2,
    celebration_time=time(12, 30),
    celebration_every=2,
    celebration_from_on=date(2026, 11, 16),
    reminder_hour=8,
    grading_weeks=3,
)


@pytest.fixture
def ada(db):
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


@pytest.fixture
def bob(db):
    return UserFactory(name="Bob")


def leads_of(team) -> list[str]:
    return [row.user.name for row in Membership.objects.current().leading().filter(team=team).by_name()]


def test_who_makes_a_circle_leads_it(bob, now):
    """Decisions 2."""
    team = create(by=viewer_of(bob), kind="CIRCLE", settings=SETTINGS, now=now)
    kept = {field: getattr(team, field) for field in SETTINGS.__dataclass_fields__}
    assert TeamSettings(**kept) == SETTINGS
    assert (team.kind, team.slug, team.version, leads_of(team)) == ("CIRCLE", "night-owls", 1, ["Bob"])
    event = Event.objects.get()
    assert (event.verb, event.by, event.team_id, event.data) == ("TEAM_MADE", bob, team.pk, {"lead": bob.pk})


def test_a_site_admin_names_who_leads_a_team(ada, bob, now):
    team = create(by=viewer_of(ada), kind="TEAM", settings=SETTINGS, lead=bob, now=now)
    assert leads_of(team) == ["Bob"]


def test_a_site_admin_leads_it_when_nobody_is_named(ada, now):
    team = create(by=viewer_of(ada), kind="TEAM", settings=SETTINGS, now=now)
    assert leads_of(team) == ["Ada"]


def test_the_first_day_is_that_of_the_teams_zone(bob, now):
    team = create(by=viewer_of(bob), kind="CIRCLE", settings=replace(SETTINGS, zone="Pacific/Kiritimati"), now=now)
    assert Membership.objects.get(team=team).joined_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "names_other", "reason"),
    [
        ("TEAM", False, "A site admin makes teams. You can make a circle."),
        ("ORGANISATION", False, "A site admin makes teams. You can make a circle."),
        ("CIRCLE", True, "Who makes a circle leads it."),
    ],
)
def test_making_is_refused(ada, bob, now, kind, names_other, reason):
    with pytest.raises(NotYours, match=reason):
        create(by=viewer_of(bob), kind=kind, settings=SETTINGS, lead=ada if names_other else None, now=now)
    assert Team.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"length": "YEAR"}, "A team works in months, in quarters, in half-years or by dates of its own."),
        ({"celebration_every": 5}, "A team celebrates on a weekday, every one to four weeks."),
        ({"reminder_hour": 24}, "A reminder goes out at an hour of the day."),
        ({"grading_weeks": 5}, "Grading opens one to four weeks before the quarter ends."),
        ({"parent_id": 404}, "It can be part of a team that still meets."),
    ],
)
def test_settings_that_do_not_fit(ada, now, changes, reason):
    with pytest.raises(TeamInvalid, match=reason):
        create(by=viewer_of(ada), kind="TEAM", settings=replace(SETTINGS, **changes), now=now)


def test_there_is_one_organisation(ada, now):
    with pytest.raises(TeamInvalid, match=r"There is one organisation, and it is here already."):
        create(by=viewer_of(ada), kind="ORGANISATION", settings=SETTINGS, now=now)


def test_somebody_who_left_leads_nothing_new(ada, now):
    gone = UserFactory(name="Dan", switched_off_at=now)
    with pytest.raises(TeamInvalid, match=r"Somebody who is still here leads a team."):
        create(by=viewer_of(ada), kind="TEAM", settings=SETTINGS, lead=gone, now=now)


def test_a_form_sent_twice_makes_one(bob, now):
    """CC-04."""
    first = create(by=viewer_of(bob), kind="CIRCLE", settings=SETTINGS, client_key=KEY, now=now)
    second = create(by=viewer_of(bob), kind="CIRCLE", settings=SETTINGS, client_key=KEY, now=now)
    assert (first, Team.objects.count(), Event.objects.count()) == (second, 1, 1)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Accelerator", "accelerator-3"),
        ("ACCELERATOR", "accelerator-3"),
        ("Accelerator!", "accelerator-3"),
        ("New", "team"),
        ("Search", "team"),
        ("東京", "team"),
        ("..", "team"),
        ("Speakers’ Corner", "speakers-corner"),
        ("a" * 80, "a" * 40),
    ],
)
def test_the_address_comes_from_the_name(db, name, slug):
    """IN-21: reserved words, look-alikes and names without a Latin letter get an address of their own."""
    TeamFactory(name="x", slug="accelerator")
    TeamFactory(name="y", slug="accelerator-2")
    assert free_slug(name) == slug


@pytest.mark.django_db(transaction=True)
def test_two_teams_of_one_name_at_once_get_two_addresses(now):
    """CC-09."""
    OrganisationFactory()
    bob = viewer_of(UserFactory(name="Bob"))
    action = lambda: create(by=bob, kind="CIRCLE", settings=SETTINGS, now=now)  # noqa: E731
    assert race(action, action) == ["done", "done"]
    assert [*Team.objects.order_by("slug").values_list("slug", flat=True)] == ["night-owls", "night-owls-2"]


def test_a_lead_changes_what_the_team_decided(bob, now):
    team = MembershipFactory(user=bob, role="LEAD").team
    wanted = replace(SETTINGS, name="Rockets")
    changed = change(by=viewer_of(bob), team=team, version=1, settings=wanted, now=now)
    assert (changed.name, changed.length, changed.version) == ("Rockets", "MONTH", 2)
    event = Event.objects.get()
    assert (event.verb, event.data["fields"]) == (
        "TEAM_CHANGED",
        [
            "celebration_every",
            "celebration_from_on",
            "celebration_time",
            "celebration_weekday",
            "grading_weeks",
            "length",
            "name",
            "purpose",
            "reminder_hour",
            "zone",
        ],
    )


def test_the_same_again_changes_nothing(bob, now):
    team = MembershipFactory(user=bob, role="LEAD").team
    change(by=viewer_of(bob), team=team, version=0, settings=TeamSettings(name=team.name), now=now)
    assert (Team.objects.get().version, Event.objects.count()) == (1, 0)


def test_a_save_over_a_newer_one_is_refused(bob, now):
    """CC-01."""
    team = MembershipFactory(user=bob, role="LEAD").team
    read_by_both = Team.objects.get()
    change(by=viewer_of(bob), team=team, version=1, settings=replace(SETTINGS, name="First"), now=now)
    for version in (1, 7):
        with pytest.raises(Stale):
            change(by=viewer_of(bob), team=read_by_both, version=version, settings=SETTINGS, now=now)
    assert Team.objects.get().name == "First"


def test_the_organisation_keeps_its_own_name(ada, now):
    team = TeamFactory(kind="ORGANISATION", name="Northlight")
    changed = change(by=viewer_of(ada), team=team, version=1, settings=TeamSettings(name="X", purpose="Y"), now=now)
    assert (changed.name, changed.purpose) == ("Northlight", "Y")


@pytest.mark.parametrize("role", ["MEMBER", "COACH"])
def test_only_leads_and_site_admins_change_it(bob, now, role):
    """Row 36."""
    team = MembershipFactory(user=bob, role=role).team
    with pytest.raises(NotYours, match=r"The team’s leads look after it."):
        change(by=viewer_of(bob), team=team, version=1, settings=SETTINGS, now=now)


def test_a_team_is_part_of_another(ada, now):
    above = TeamFactory(name="Above")
    team = create(by=viewer_of(ada), kind="TEAM", settings=replace(SETTINGS, parent_id=above.pk), now=now)
    assert team.parent == above
    changed = change(by=viewer_of(ada), team=team, version=1, settings=SETTINGS, now=now)
    assert changed.parent is None


@pytest.mark.parametrize(
    ("kind", "parent", "reason"),
    [
        ("CIRCLE", {"name": "Above"}, "A circle cuts across the teams and is part of none."),
        ("TEAM", {"name": "Above", "kind": "CIRCLE"}, "It can be part of a team that still meets."),
        ("TEAM", {"name": "Above", "closed_at": "2026-11-01T00:00Z"}, "It can be part of a team that still meets."),
    ],
)
def test_what_stands_above_is_an_open_team(ada, now, kind, parent, reason):
    above = TeamFactory(**parent)
    with pytest.raises(TeamInvalid, match=reason):
        create(by=viewer_of(ada), kind=kind, settings=replace(SETTINGS, parent_id=above.pk), now=now)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_the_tree_has_no_rings(ada, now, depth):
    teams = [TeamFactory(name="Team 0")]
    for number in (1, 2):
        teams.append(TeamFactory(name=f"Team {number}", parent=teams[-1]))
    wanted = replace(SETTINGS, parent_id=teams[depth].pk)
    with pytest.raises(TeamInvalid, match=r"That team is part of this one already."):
        change(by=viewer_of(ada), team=teams[0], version=1, settings=wanted, now=now)
