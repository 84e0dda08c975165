"""Who belongs to a team: coming, going, changing roles."""

from datetime import date, timedelta

import pytest

from activity.models import Event
from core.errors import NotNow, NotYours
from people.actions.memberships import MembershipInvalid, add, change_role, leave, remove
from people.models import Membership
from people.viewer import viewer_of
from tests.factories import MembershipFactory, TeamFactory, UserFactory
from tests.people.racing import race

TODAY = date(2026, 11, 19)
LAST = "A team keeps one lead. Name another one first."


@pytest.fixture
def team(db):
    return TeamFactory(name="Rockets")


@pytest.fixture
def tara(team):
    """The team's only lead."""
    return MembershipFactory(team=team, user=UserFactory(name="Tara"), role="LEAD")


@pytest.fixture
def bob(team):
    """A member of hers."""
    return MembershipFactory(team=team, user=UserFactory(name="Bob"))


def members_of(team) -> list[tuple[str, str]]:
    return [(row.user.name, row.role) for row in Membership.objects.current().filter(team=team).by_name()]


def events() -> list[tuple[str, dict[str, object]]]:
    return [(event.verb, event.data) for event in Event.objects.order_by("at", "pk")]


def test_a_lead_adds_somebody(team, tara, now):
    joined = add(by=viewer_of(tara.user), team=team, person=UserFactory(name="Ann"), role="COACH", now=now)
    assert (joined.joined_on, members_of(team)) == (TODAY, [("Ann", "COACH"), ("Tara", "LEAD")])
    assert events() == [("MEMBER_ADDED", {"person": joined.user_id, "role": "COACH"})]


def test_a_site_admin_may_make_themselves_lead_and_it_is_recorded(team, tara, now):
    """Guarantees, roles: SA may make themselves TA, which is audited and seen by the team."""
    ada = UserFactory(name="Ada", is_site_admin=True)
    add(by=viewer_of(ada), team=team, person=ada, role="LEAD", now=now)
    assert members_of(team) == [("Ada", "LEAD"), ("Tara", "LEAD")]
    assert (Event.objects.get().by, Event.objects.get().team_id) == (ada, team.pk)


@pytest.mark.parametrize("role", ["MEMBER", "COACH", None])
def test_others_add_nobody(team, bob, now, role):
    """Row 36."""
    viewer = viewer_of(MembershipFactory(team=team, role=role).user if role else UserFactory())
    with pytest.raises(NotYours):
        add(by=viewer, team=team, person=UserFactory(), role="MEMBER", now=now)


def test_nobody_is_in_it_twice(team, tara, bob, now):
    """CC-09: the database says so, and it is told in a sentence."""
    with pytest.raises(MembershipInvalid, match=r"Bob is in it already."):
        add(by=viewer_of(tara.user), team=team, person=bob.user, role="MEMBER", now=now)
    assert (members_of(team), events()) == ([("Bob", "MEMBER"), ("Tara", "LEAD")], [])


@pytest.mark.parametrize(
    ("kind", "person", "role", "reason"),
    [
        ("TEAM", {"switched_off_at": "2026-11-18T09:00Z"}, "MEMBER", "Ann is no longer here."),
        ("TEAM", {}, "BOSS", "A role is member, lead or coach."),
        ("ORGANISATION", {}, "MEMBER", "Everybody belongs to the organisation."),
    ],
)
def test_adding_what_makes_no_sense(db, now, kind, person, role, reason):
    team = TeamFactory(kind=kind)
    ada = UserFactory(is_site_admin=True)
    with pytest.raises(MembershipInvalid, match=reason):
        add(by=viewer_of(ada), team=team, person=UserFactory(name="Ann", **person), role=role, now=now)


def test_a_closed_team_takes_nobody(db, now):
    team = TeamFactory(closed_at=now)
    with pytest.raises(NotNow, match=r"This team is closed."):
        add(by=viewer_of(UserFactory(is_site_admin=True)), team=team, person=UserFactory(), role="LEAD", now=now)


@pytest.mark.parametrize("role", ["LEAD", "COACH", "MEMBER"])
def test_a_role_changes(team, tara, bob, now, role):
    change_role(by=viewer_of(tara.user), membership=bob, role=role, now=now)
    assert members_of(team) == [("Bob", role), ("Tara", "LEAD")]
    data = {"person": bob.user_id, "role": role, "was": "MEMBER"}
    expected = [("ROLE_CHANGED", data)] if role != "MEMBER" else []
    assert events() == expected


def test_a_role_changes_for_whom_the_page_was_right(team, tara, bob, now):
    read_by_two = Membership.objects.select_related("team").get(pk=bob.pk)
    change_role(by=viewer_of(tara.user), membership=bob, role="COACH", now=now)
    with pytest.raises(NotNow, match=r"Somebody changed this since you opened the page."):
        change_role(by=viewer_of(tara.user), membership=read_by_two, role="LEAD", now=now)


STEPPING_DOWN = {
    "role": lambda by, lead, now: change_role(by=by, membership=lead, role="MEMBER", now=now),
    "removal": lambda by, lead, now: remove(by=by, membership=lead, now=now),
    "leaving": lambda by, lead, now: leave(by=by, team=lead.team, now=now),
}


@pytest.mark.parametrize("what", STEPPING_DOWN)
def test_the_last_lead_stays(team, tara, bob, now, what):
    """CC-08; a lead who was switched off does not count."""
    MembershipFactory(team=team, user=UserFactory(switched_off_at=now), role="LEAD")
    with pytest.raises(NotNow, match=LAST):
        STEPPING_DOWN[what](viewer_of(tara.user), tara, now)
    assert Membership.objects.get(pk=tara.pk).role == "LEAD"


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_who_leave_at_once_one_stays(now):
    """CC-08, raced."""
    team = TeamFactory()
    leads = [MembershipFactory(team=team, role="LEAD").user for _lead in range(2)]
    ends = race(*(lambda who=who: leave(by=viewer_of(who), team=team, now=now) for who in leads))
    assert ends == ["NotNow", "done"]
    assert Membership.objects.current().filter(team=team).count() == 1


@pytest.mark.django_db(transaction=True)
def test_somebody_who_is_added_twice_at_once_is_in_it_once(now):
    """CC-09, raced."""
    team, ann = TeamFactory(), UserFactory(name="Ann")
    ada = viewer_of(UserFactory(is_site_admin=True))
    action = lambda: add(by=ada, team=team, person=ann, role="MEMBER", now=now)  # noqa: E731
    assert race(action, action) == ["MembershipInvalid", "done"]


def test_a_removal_ends_the_membership_today(team, tara, bob, now):
    remove(by=viewer_of(tara.user), membership=bob, now=now)
    bob.refresh_from_db()
    assert (bob.left_on, members_of(team)) == (TODAY, [("Tara", "LEAD")])
    assert events() == [("MEMBER_REMOVED", {"person": bob.user_id})]
    assert viewer_of(bob.user).team_pks == frozenset()


def test_a_removal_ends_rights_at_once_and_happens_once(team, tara, bob, now):
    """AZ-07."""
    remove(by=viewer_of(tara.user), membership=bob, now=now)
    with pytest.raises(NotNow):
        remove(by=viewer_of(tara.user), membership=bob, now=now)


def test_a_member_removes_nobody(team, tara, bob, now):
    with pytest.raises(NotYours):
        remove(by=viewer_of(bob.user), membership=tara, now=now)


def test_one_leaves_and_comes_back_on_the_same_day(team, tara, bob, now):
    leave(by=viewer_of(bob.user), team=team, now=now)
    again = add(by=viewer_of(tara.user), team=team, person=bob.user, role="MEMBER", now=now)
    leave(by=viewer_of(bob.user), team=team, now=now)
    add(by=viewer_of(tara.user), team=team, person=bob.user, role="MEMBER", now=now)
    days = [
        *Membership.objects.filter(user=bob.user).order_by("joined_on", "left_on").values_list("joined_on", "left_on")
    ]
    assert sorted(days, key=str) == sorted([(date(2026, 9, 1), TODAY), (TODAY, TODAY), (TODAY, None)], key=str)
    assert again.joined_on == TODAY


def test_a_team_that_moved_west_may_be_a_day_behind(team, tara, bob, now):
    Membership.objects.filter(pk=bob.pk).update(joined_on=TODAY + timedelta(days=1))
    leave(by=viewer_of(bob.user), team=team, now=now)
    bob.refresh_from_db()
    assert bob.left_on == bob.joined_on


def test_only_who_is_in_it_can_leave(team, now):
    with pytest.raises(NotNow, match=r"You are not in this team."):
        leave(by=viewer_of(UserFactory()), team=team, now=now)
