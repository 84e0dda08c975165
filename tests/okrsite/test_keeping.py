"""Every table says how it is kept, and what was kept for long enough goes."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session

from activity.models import Delivery
from okrsite import keeping
from okrsite.keeping import KEEPING, Erase, Keeping, clear_away
from people.models import AccessLink, User
from tests.conftest import NOW
from tests.factories import AccessLinkFactory, DeliveryFactory, UserFactory

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def test_no_model_is_forgotten():
    """CON-04."""
    assert sorted(KEEPING) == sorted(MODELS)


@pytest.mark.parametrize("label", KEEPING)
def test_what_is_said_of_a_model_can_be(label):
    """CON-04: its read rule is a method of its queryset, or a whole that it leads to; its way to a person leads there."""
    assert faults(MODELS[label], KEEPING[label]) == []


@pytest.mark.parametrize(
    ("label", "planted", "said"),
    [
        ("people.Absence", Keeping("seen_by", "user", Erase.GOES), ["no read rule “seen_by”"]),
        ("people.Absence", Keeping("people.Team", "user", Erase.GOES), ["no part of people.Team"]),
        ("people.Absence", Keeping("visible_to", "", Erase.NOBODYS), ["somebody's"]),
        ("people.Absence", Keeping("", "user", Erase.GOES), ["has a read rule of its own"]),
        ("people.Membership", Keeping("visible_to", "team", Erase.STAYS), ["“team” leads to no person"]),
        ("people.Absence", Keeping("visible_to", "user", Erase.GOES, 3), ["days are counted from nothing"]),
    ],
)
def test_the_law_catches_what_is_not_true(label, planted, said):
    assert faults(MODELS[label], planted) == said


def faults(model, kept: Keeping) -> list[str]:
    """What is not true of the model."""
    found = []
    fields = {field.name: field for field in model._meta.get_fields()}
    towards = {field.related_model for field in model._meta.fields if field.related_model}
    if "." in kept.read:
        found += [] if MODELS[kept.read] in towards else [f"no part of {kept.read}"]
    elif kept.read:
        found += [] if hasattr(model._default_manager, kept.read) else [f"no read rule “{kept.read}”"]
    elif hasattr(model._default_manager, "visible_to"):
        found.append("has a read rule of its own")
    if kept.export:
        found += [] if ends_at(model, kept.export) is User else [f"“{kept.export}” leads to no person"]
    if kept.erase is Erase.NOBODYS and (kept.export or User in towards):
        found.append("somebody's")
    if (kept.days is None) != (kept.counted_from not in fields):
        found.append("days are counted from nothing")
    return found


def ends_at(model, way: str):
    """The model at the end of a way of foreign keys."""
    for name in way.split(".") if way != "pk" else ():
        model = model._meta.get_field(name).related_model
    return model


@pytest.fixture
def _rows(db) -> None:
    """Of each table that is cleared, one that was kept for long enough and one that was not."""
    person, minute, day = UserFactory(), timedelta(minutes=1), timedelta(days=1)
    for name, moment in (("old", NOW - minute), ("new", NOW + minute)):
        AccessLinkFactory(email=f"{name}@example.org", expires_at=moment - 30 * day)
        DeliveryFactory(message_id=f"<{name}@example.org>", created_at=moment - 90 * day)
        Session.objects.create(session_key=name, expire_date=moment)
        session = UserSession.objects.create(user=person, session_key=name, ip="::1", user_agent="")
        UserSession.objects.filter(pk=session.pk).update(last_seen_at=moment - 31 * day)


@pytest.mark.usefixtures("_rows")
def test_what_was_kept_for_long_enough_goes_once():
    """RL-07, PRIV-12: used links and sessions after 30 days, mails after 90."""
    assert (clear_away(now=NOW), clear_away(now=NOW)) == (4, 0)
    assert [row.email for row in AccessLink.objects.all()] == ["new@example.org"]
    assert [row.message_id for row in Delivery.objects.all()] == ["<new@example.org>"]
    assert [row.session_key for row in Session.objects.all()] == ["new"]
    assert [row.session_key for row in UserSession.objects.all()] == ["new"]


@pytest.mark.django_db
def test_a_long_list_goes_in_parts(monkeypatch):
    """RL-07: nobody waits for a tick that has much to clear."""
    monkeypatch.setattr(keeping, "BATCH", 2)
    for number in range(5):
        Session.objects.create(session_key=str(number), expire_date=NOW - timedelta(days=1))
    assert [clear_away(now=NOW) for _tick in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db
def test_nothing_is_written_while_nothing_is_too_old(django_assert_num_queries):
    """RL-07: the tick asks every few seconds; one question for each table that is cleared."""
    with django_assert_num_queries(sum(kept.days is not None for kept in KEEPING.values())) as asked:
        assert clear_away(now=NOW) == 0
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}
