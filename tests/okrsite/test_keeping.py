"""Every table says how it is kept, and what was kept for long enough goes."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from okrsite import keeping
from okrsite.keeping import KEEPING, Erase, Keeping, Term, clear_away
from people.models import User
from tests.conftest import NOW

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
        ("people.Absence", Keeping("visible_to", "user", Erase.GOES, (Term("", days=3),)), ["counted from nothing"]),
        ("people.Absence", Keeping("visible_to", "user", Erase.GOES, address="mail"), ["no address “mail”"]),
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
    if kept.of:
        found += [] if ends_at(model, kept.of) is User else [f"“{kept.of}” leads to no person"]
    if kept.erase is Erase.NOBODYS and (kept.of or User in towards):
        found.append("somebody's")
    if any(term.counted_from.partition("__")[0] not in fields for term in kept.terms):
        found.append("counted from nothing")
    if kept.address and kept.address not in fields:
        found.append(f"no address “{kept.address}”")
    return found


def ends_at(model, way: str):
    """The model at the end of a way of foreign keys."""
    for name in way.split(".") if way != "pk" else ():
        model = model._meta.get_field(name).related_model
    return model


@pytest.mark.django_db
def test_a_long_list_goes_in_parts(monkeypatch):
    """RL-07: nobody waits for a tick that has much to clear."""
    monkeypatch.setattr(keeping, "BATCH", 2)
    for number in range(5):
        Session.objects.create(session_key=str(number), expire_date=NOW - timedelta(days=1))
    assert [clear_away(now=NOW) for _tick in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db
def test_nothing_is_written_while_nothing_is_too_old(django_assert_num_queries):
    """RL-07: the tick asks every few seconds; one question for each end of a table that is cleared."""
    with django_assert_num_queries(sum(len(kept.terms) for kept in KEEPING.values())) as asked:
        assert clear_away(now=NOW) == 0
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}
