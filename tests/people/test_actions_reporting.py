"""Setting managers: no rings, nobody in silence."""

import pytest

from activity.actions.mail import read
from activity.models import Delivery, Event
from core.errors import NotYours, Stale
from people.actions.reporting import ManagerInvalid, set_manager
from people.models import User
from people.viewer import viewer_of
from tests.factories import OrganisationFactory, UserFactory
from tests.people.racing import race


@pytest.fixture
def ada(db):
    OrganisationFactory()
    return UserFactory(name="Ada", is_site_admin=True)


@pytest.fixture
def line(db):
    """Kim reports to Lee, who reports to Max."""
    top = UserFactory(name="Max")
    middle = UserFactory(name="Lee", manager=top)
    return {"max": top, "lee": middle, "kim": UserFactory(name="Kim", manager=middle)}


def managers() -> dict[str, str]:
    rows = User.objects.filter(manager__isnull=False).by_name().values_list("name", "manager__name")
    return dict(rows)


def test_a_site_admin_sets_a_manager_and_the_person_is_told(ada, now):
    """Decisions 4, row 42: nobody reads people by making themselves their manager in silence."""
    bob, mona = UserFactory(name="Bob"), UserFactory(name="Mona")
    set_manager(by=viewer_of(ada), person=bob, manager=mona, was_pk=None, now=now)
    bob.refresh_from_db()
    assert (bob.manager, bob.manager_since_on) == (mona, now.date())
    event = Event.objects.get()
    assert (event.verb, event.by, event.data) == ("MANAGER_SET", ada, {"manager": mona.pk, "was": None})
    owed = Delivery.objects.get()
    assert (owed.kind, owed.address, owed.person) == ("NOTICE", "bob@northlight.example", bob)
    letter = read(owed)
    assert letter.subject == "Mona is your manager in okrsite now"
    assert "Bob, Ada noted that you report to Mona." in letter.text
    assert "From today on Mona reads what you share with your manager" in letter.text


def test_a_site_admin_who_makes_themselves_manager_is_told_of_too(ada, now):
    bob = UserFactory(name="Bob")
    set_manager(by=viewer_of(ada), person=bob, manager=ada, was_pk=None, now=now)
    assert read(Delivery.objects.get()).subject == "Ada is your manager in okrsite now"


def test_a_manager_is_cleared(ada, line, now):
    set_manager(by=viewer_of(ada), person=line["kim"], manager=None, was_pk=line["lee"].pk, now=now)
    kim = User.objects.get(name="Kim")
    assert (kim.manager, kim.manager_since_on) == (None, None)
    assert Event.objects.get().data == {"manager": None, "was": line["lee"].pk}
    assert read(Delivery.objects.get()).subject == "Nobody is your manager in okrsite now"


def test_the_same_again_changes_nothing(ada, line, now):
    set_manager(by=viewer_of(ada), person=line["kim"], manager=line["lee"], was_pk=None, now=now)
    assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_set_over_a_newer_one_is_refused(ada, line, now):
    """CC-01."""
    with pytest.raises(Stale):
        set_manager(by=viewer_of(ada), person=line["kim"], manager=line["max"], was_pk=None, now=now)
    assert managers() == {"Kim": "Lee", "Lee": "Max"}


@pytest.mark.parametrize(
    ("person", "manager", "reason"),
    [
        ("max", "max", "Nobody is their own manager."),
        ("max", "lee", "Lee reports to Max, directly or through others."),
        ("max", "kim", "Kim reports to Max, directly or through others."),
        ("lee", "kim", "Kim reports to Lee, directly or through others."),
    ],
)
def test_reporting_lines_have_no_rings(ada, line, now, person, manager, reason):
    who = line[person]
    with pytest.raises(ManagerInvalid, match=reason):
        set_manager(by=viewer_of(ada), person=who, manager=line[manager], was_pk=who.manager_id, now=now)
    assert managers() == {"Kim": "Lee", "Lee": "Max"}


def test_somebody_who_left_manages_nobody_new(ada, line, now):
    gone = UserFactory(name="Dan", switched_off_at=now)
    with pytest.raises(ManagerInvalid, match=r"Dan is no longer here."):
        set_manager(by=viewer_of(ada), person=line["max"], manager=gone, was_pk=None, now=now)


def test_somebody_who_left_gets_no_mail(ada, line, now):
    gone = UserFactory(name="Dan", switched_off_at=now)
    set_manager(by=viewer_of(ada), person=gone, manager=line["max"], was_pk=None, now=now)
    assert Delivery.objects.count() == 0


def test_only_site_admins_set_managers(line, now):
    """Row 42: not even the manager, nor the person."""
    for who in line.values():
        with pytest.raises(NotYours, match=r"A site admin looks after this."):
            set_manager(by=viewer_of(who), person=line["kim"], manager=None, was_pk=line["lee"].pk, now=now)


@pytest.mark.django_db(transaction=True)
def test_two_settings_at_once_make_no_ring(now):
    """Raced: each alone is right, both together would be a ring."""
    OrganisationFactory()
    ada = viewer_of(UserFactory(is_site_admin=True))
    kim, lee = UserFactory(name="Kim"), UserFactory(name="Lee")
    ends = race(
        lambda: set_manager(by=ada, person=kim, manager=lee, was_pk=None, now=now),
        lambda: set_manager(by=ada, person=lee, manager=kim, was_pk=None, now=now),
    )
    assert ends == ["ManagerInvalid", "done"]
    assert len(managers()) == 1
