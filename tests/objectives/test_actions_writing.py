"""An objective and its key results in one go, and the organisation's own settings."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from activity.models import Event
from core.errors import NotYours
from objectives.actions import organisation
from objectives.actions.measures import KeyResultInvalid
from objectives.actions.objectives import ObjectiveInvalid, WrittenAlready
from objectives.actions.quarters import make_ahead
from objectives.actions.writing import write
from objectives.models import KeyResult, Objective, Quarter
from people.models import Organisation
from people.viewer import viewer_of
from tests.factories import TeamFactory, UserFactory
from tests.objectives.crew import just_before, measure, sentence, told

pytestmark = pytest.mark.django_db


def writing(crew, now, *measures, is_active=True, **more):
    return {
        "by": viewer_of(crew.mira),
        "kind": "GROWTH",
        "wording": crew.wording(),
        "measures": measures,
        "is_active": is_active,
        "client_key": more.get("client_key"),
        "now": now,
    }


def test_all_of_it_is_kept_in_order(crew, now):
    row = write(**writing(crew, now, measure(title="One"), measure(title="Two")))
    assert (row.state, [one.title for one in row.key_results.in_order()]) == ("ACTIVE", ["One", "Two"])
    assert told(row) == [("ACTIVATED", {}), ("CREATED", {})]
    draft = write(**writing(crew, now, is_active=False))
    assert (draft.state, draft.key_results.count()) == ("DRAFT", 0)


@pytest.mark.parametrize(
    ("measures", "refusal"),
    [([measure(), measure(title="Same", baseline=measure().target)], KeyResultInvalid), ([], ObjectiveInvalid)],
)
def test_all_of_it_or_nothing(crew, now, measures, refusal):
    """DB-03."""
    assert sentence(refusal, write, **writing(crew, now, *measures))
    assert (Objective.objects.count(), KeyResult.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_a_break_in_the_middle_leaves_nothing(crew, now):
    """DB-03: also when the database goes away after the objective is written."""
    with connection.execute_wrapper(_break), pytest.raises(ConnectionError):
        write(**writing(crew, now, measure()))
    assert (Objective.objects.count(), KeyResult.objects.count(), Event.objects.count()) == (0, 0, 0)


def _break(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "objectives_keyresult"'):
        raise ConnectionError
    return execute(sql, params, many, context)


def test_twice_the_same_form_is_one(crew, now):
    """CC-04."""
    key = uuid4()
    row = write(**writing(crew, now, measure(), client_key=key))
    with pytest.raises(WrittenAlready) as before:
        write(**writing(crew, now, measure(title="Other"), client_key=key))
    assert before.value.objective == row
    assert [one.title for one in KeyResult.objects.all()] == ["Essays"]


def test_the_other_of_two_presses_was_faster(crew, now):
    """CC-04: the row appears after it was looked for; the database keeps it one."""
    key = uuid4()
    rows = []
    with (
        just_before('SELECT "objectives_quarter"', lambda: rows.append(crew.objective(client_key=key))),
        pytest.raises(WrittenAlready) as before,
    ):
        write(**writing(crew, now, measure(), client_key=key))
    assert before.value.objective.client_key == key
    assert (len(rows), Event.objects.count()) == (1, 0)


def test_another_break_of_the_database_is_no_second_press(crew, now):
    with pytest.raises(IntegrityError):
        write(**(writing(crew, now, measure()) | {"kind": "WISH"}))


def test_the_organisation_is_changed_and_its_quarters_with_it(now):
    place = Organisation.objects.create(name="Old", zone="UTC", fiscal_start_month=1, founded_at=now)
    everyone, admin = TeamFactory(kind="ORGANISATION", name="Old"), UserFactory(is_site_admin=True)
    make_ahead(now=now)
    old = {"name": "Old", "zone": "UTC", "currency": "", "fiscal_start_month": 1}
    new = {"name": "New", "zone": "Europe/Berlin", "currency": "CHF", "fiscal_start_month": 2}
    arguments = {"by": viewer_of(admin), "now": now}
    organisation.change(opened=old, **new, **arguments)
    organisation.change(opened=old, **new, **arguments)
    place.refresh_from_db()
    everyone.refresh_from_db()
    assert (place.name, place.zone, place.fiscal_start_month, everyone.name) == ("New", "Europe/Berlin", 2, "New")
    assert [row.ends_on.month for row in Quarter.objects.in_order()] == [1, 5, 8]
    event = Event.objects.get()
    assert (event.verb, event.data) == (
        "ORGANISATION_CHANGED",
        {
            "fields": ["currency", "fiscal_start_month", "name", "zone"],
            "values": {"currency": ["", "CHF"], "fiscal_start_month": ["1", "2"], "zone": ["UTC", "Europe/Berlin"]},
        },
    )
    organisation.change(opened=new, **new | {"zone": "UTC"}, **arguments)
    place.refresh_from_db()
    assert (place.name, place.zone) == ("New", "UTC")


def test_only_a_site_admin_changes_the_organisation(crew, now):
    arguments = {"opened": {}, "name": "Mine", "zone": "UTC", "currency": "", "fiscal_start_month": 1, "now": now}
    words = sentence(NotYours, organisation.change, by=viewer_of(crew.elif_), **arguments)
    assert words == "A site admin looks after the organisation."
    assert Organisation.objects.get().name == "Northlight"
