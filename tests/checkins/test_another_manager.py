"""A new manager gets what is open, and nothing that was said to the one before (PRIV-10; rows 19 and 26; decisions 4)."""

from datetime import date, timedelta

import pytest

from checkins.models import CheckIn, Line
from objectives.models import Objective
from people.actions.reporting import set_manager
from people.viewer import viewer_of
from tests.checkins.reading import said
from tests.factories import (
    CheckInFactory,
    KeyResultFactory,
    LineFactory,
    ObjectiveFactory,
    OrganisationFactory,
    QuarterFactory,
    UserFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
Q3 = {"slug": "2026-Q3", "first_on": date(2026, 7, 1), "ends_on": date(2026, 10, 1)}


@pytest.fixture
def person():
    """Mira, who wrote for Old, her manager since spring, in this quarter and the one before."""
    OrganisationFactory()
    old = UserFactory(name="Old")
    mira = UserFactory(name="Mira", manager=old, manager_since_on=date(2026, 4, 1))
    before = QuarterFactory(**Q3)
    for title, fields in {
        "Open": {"audience": "MANAGER"},
        "Earlier": {"audience": "MANAGER", "quarter": before, "state": "CLOSED"},
        "Private": {"audience": "ONLY_ME"},
    }.items():
        KeyResultFactory(objective=ObjectiveFactory(owner=mira, title=title, **fields))
    for week_on in (WEEK_46, WEEK_47):
        LineFactory(check_in=CheckInFactory(person=mira, week_on=week_on), text=f"Said {week_on}")
    return mira


def read_by(manager) -> tuple[set[str], set[date], set[str]]:
    """Objectives, weeks and words that `manager` finds."""
    viewer = viewer_of(manager)
    objectives = Objective.objects.visible_to(viewer).values_list("title", flat=True)
    weeks = CheckIn.objects.visible_to(viewer).values_list("week_on", flat=True)
    return set(objectives), set(weeks), set(Line.objects.visible_to(viewer).values_list("text", flat=True))


def test_the_new_one_reads_the_open_quarter_and_the_weeks_from_now_on(person, now, client_of):
    """PRIV-10, AZ-07: at once, and the former one reads nothing any more."""
    old, new, ada = person.manager, UserFactory(name="New"), UserFactory(is_site_admin=True)
    everything = ({"Open", "Earlier"}, {WEEK_46, WEEK_47}, {f"Said {WEEK_46}", f"Said {WEEK_47}"})
    assert (read_by(old), read_by(new)) == (everything, (set(), set(), set()))
    set_manager(by=viewer_of(ada), person=person, manager=new, was_pk=old.pk, now=now)
    assert read_by(old) == (set(), set(), set())
    assert read_by(new) == ({"Open"}, {WEEK_47}, {f"Said {WEEK_47}"})
    assert "Open" in said(client_of(new).get(person.get_absolute_url()))
    assert "Open" not in said(client_of(old).get(person.get_absolute_url()))


def test_without_a_manager_nobody_takes_their_place(person, now):
    """PRIV-10."""
    ada = UserFactory(is_site_admin=True)
    set_manager(by=viewer_of(ada), person=person, manager=None, was_pk=person.manager_id, now=now)
    assert [read_by(other) for other in (person.manager, ada)] == [(set(), set(), set())] * 2


def test_a_manager_of_next_quarter_reads_nothing_of_this_one(person, now):
    """Decisions 4: they became one after it was over."""
    new = UserFactory(name="New")
    later = now + timedelta(days=60)
    ada = viewer_of(UserFactory(is_site_admin=True))
    set_manager(by=ada, person=person, manager=new, was_pk=person.manager_id, now=later)
    assert read_by(new) == (set(), set(), set())
