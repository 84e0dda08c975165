"""Whether people may be sent here, and what a site admin reads besides (OUT-04, JOB-14)."""

from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.conftest import NOW
from tests.factories import DeliveryFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def admin(client_of):
    return client_of(UserFactory(is_site_admin=True))


def said(client: Client) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.text


@pytest.mark.parametrize(("waited", "seconds"), [(timedelta(minutes=-1), 0), (timedelta(seconds=90), 90)])
def test_a_site_admin_reads_the_age_of_the_oldest_mail_that_is_due(admin, waited, seconds):
    """JOB-14."""
    DeliveryFactory(address="secret@example.org", kind="SECURITY", due_at=NOW - waited)
    assert said(admin) == (200, f"ready\noldest mail due: {seconds} seconds\n")


def test_with_no_mail_it_is_0(admin):
    assert said(admin) == (200, "ready\noldest mail due: 0 seconds\n")


def test_nobody_else_reads_more_than_ready(client_of):
    """OUT-04: no details for strangers, members and leads."""
    DeliveryFactory(due_at=NOW - timedelta(hours=1))
    lead = MembershipFactory(role="LEAD").user
    assert {said(client_of(person)) for person in (None, UserFactory(), lead)} == {(200, "ready\n")}


def test_what_is_not_ready_tells_nothing_more(admin):
    DeliveryFactory(due_at=NOW - timedelta(hours=1))
    MigrationRecorder.Migration.objects.filter(app="checkins").delete()
    assert said(admin) == (503, "not ready\n")


def test_its_queries(admin, django_assert_num_queries):
    for _row in range(5):
        DeliveryFactory()
    with django_assert_num_queries(7):
        said(admin)
