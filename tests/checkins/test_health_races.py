"""Two people at one form of what a team protects, in the same moment (CC-01, CC-09)."""

import pytest

from checkins.actions import health
from checkins.actions.health import Changes, Marked
from checkins.models import HealthMark, HealthMetric
from checkins.rules.health import Change
from core.calendar import Week
from people.viewer import viewer_of
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import HealthMetricFactory, OrganisationFactory, TeamFactory
from tests.factories.people import WEEK_47
from tests.people.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leads(frozen):
    OrganisationFactory()
    team = TeamFactory(name="Accelerator")
    return [join(team, name, role="LEAD") for name in ("Elif", "Ben")]


def keep(by, changes):
    team = by.memberships.select_related("team").get().team
    viewer = viewer_of(by)
    return lambda: health.keep(by=viewer, team=team, week=Week(WEEK_47), changes=changes, now=NOW)


def test_two_leads_name_one_place_at_once(leads):
    """At most five things: the same one is named once, and of two the later one is told."""
    ends = race(*[keep(by, Changes(names={0: Change("", by.name)})) for by in leads])
    assert (HealthMetric.objects.count(), ends) == (1, ["Stale", "done"])


def test_two_say_at_once_how_one_metric_is(leads):
    metric = HealthMetricFactory(team=leads[0].memberships.get().team)
    said = [Changes(marks={metric.pk: Marked(Change("", state), Change("", ""))}) for state in ("GREEN", "RED")]
    ends = race(*[keep(by, changes) for by, changes in zip(leads, said, strict=True)])
    assert (HealthMark.objects.count(), ends) == (1, ["Stale", "done"])
