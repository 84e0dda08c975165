"""The event log: written with its change, never changed itself."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from activity.actions.events import record, record_each
from activity.models import Event
from core.live import Happening, listen
from tests.factories import TeamFactory, UserFactory

NOON = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)


@pytest.fixture
def happened(db):
    """One event about a team, by somebody."""
    return record("RENAMED", TeamFactory(), by_pk=UserFactory(name="Tara").pk, now=NOON, data={"fields": ["name"]})


def test_an_event_says_what_happened_to_what_by_whom_and_when(happened):
    event = Event.objects.get()
    assert (event.verb, event.at, event.by.name, event.data) == ("RENAMED", NOON, "Tara", {"fields": ["name"]})
    assert event.subject_type == "people.Team"


@pytest.mark.django_db
def test_one_event_for_each_of_many_takes_one_query(django_assert_num_queries):
    teams, tara = TeamFactory.create_batch(3), UserFactory()
    with django_assert_num_queries(1):
        record_each("MOVED", [(team, {"to": place}) for place, team in enumerate(teams)], by_pk=tara.pk, now=NOON)
    assert [Event.objects.about(team).values_list("verb", "by_id", "at", "data").get() for team in teams] == [
        ("MOVED", tara.pk, NOON, {"to": place}) for place in range(3)
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(verb="FORGED"),
        lambda: Event.objects.filter(verb="RENAMED").update(verb="FORGED"),
        lambda: Event.objects.bulk_update(Event.objects.all(), ["verb"]),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.get().save(),
        lambda: Event.objects.get().delete(),
    ],
    ids=["update", "filtered", "bulk", "delete", "save one", "delete one"],
)
def test_history_cannot_be_changed_or_removed(happened, change):
    """DB-04."""
    with pytest.raises(TypeError, match="append-only"), transaction.atomic():
        change()
    assert list(Event.objects.values_list("verb", flat=True)) == ["RENAMED"]


@pytest.mark.django_db(transaction=True)
def test_an_event_stands_or_falls_with_its_change():
    """JOB-10: outside a transaction nothing is recorded; what is rolled back did not happen."""
    team = TeamFactory()
    with pytest.raises(RuntimeError, match="inside the action's transaction"):
        record("RENAMED", team, by_pk=None, now=NOON)
    with pytest.raises(RuntimeError, match="inside the action's transaction"):
        record_each("RENAMED", [(team, {})], by_pk=None, now=NOON)
    with transaction.atomic():
        record("RENAMED", team, by_pk=None, now=NOON)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_events_are_read_through_the_things_already_found():
    rockets, harbour = TeamFactory(), TeamFactory()
    person = UserFactory()
    first = record("MADE", rockets, by_pk=person.pk, now=NOON)
    second = record("RENAMED", rockets, by_pk=None, now=NOON.replace(hour=13))
    record("MADE", harbour, by_pk=person.pk, now=NOON)
    assert list(Event.objects.about(rockets).newest_first()) == [second, first]
    assert set(Event.objects.about(rockets, harbour).values_list("subject_id", flat=True)) == {rockets.pk, harbour.pk}
    assert not Event.objects.about().exists()


@pytest.mark.django_db
def test_the_same_number_in_another_table_is_another_thing():
    team, person = TeamFactory(id=7), UserFactory(id=7)
    record("MADE", team, by_pk=None, now=NOON)
    assert not Event.objects.about(person).exists()


@pytest.mark.django_db
def test_live_screens_are_told_in_ids_who_did_something_and_in_which_team(django_capture_on_commit_callbacks):
    team, tara, told = TeamFactory(), UserFactory(), []
    hush = listen(told.append)
    with django_capture_on_commit_callbacks(execute=True):
        record("RENAMED", team, by_pk=tara.pk, now=NOON, team_pk=team.pk, data={"fields": ["name"]})
        record_each("MOVED", [(team, {}), (team, {})], by_pk=None, now=NOON)
    hush()
    assert told == [Happening(by=tara.pk, team=team.pk), Happening(by=None, team=None)]
