"""What our tables have in common: ids that tell nothing, and constraints that are broken here on purpose."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from core.models import Row, both_or_neither, one_of, random_id
from people.models import User
from tests.factories import TeamFactory, UserFactory


def test_ids_are_random_and_exact_in_javascript():
    """Source: decisions 31."""
    drawn = {random_id() for _time in range(1000)}
    assert len(drawn) == 1000
    assert all(0 < number < 2**52 for number in drawn)
    assert len({number >> 48 for number in drawn}) == 16


def test_every_table_of_ours_has_random_ids_but_the_one_row_and_the_names():
    ours = {"activity", "people", "objectives", "checkins", "retros", "okrsite"}
    others = {
        model.__name__ for model in apps.get_models() if model._meta.app_label in ours and not issubclass(model, Row)
    }
    assert others == {"Organisation", "Handle", "Round"}


def test_the_constraints_say_what_they_are_called():
    known = one_of("kind", ["A", "B"], "kind_is_known")
    pair = both_or_neither("at", "by", "at_has_a_by")
    assert (known.name, known.condition) == ("kind_is_known", models.Q(kind__in=["A", "B"]))
    assert (pair.name, pair.condition) == (
        "at_has_a_by",
        models.Q(at__isnull=False, by__isnull=False) | models.Q(at__isnull=True, by__isnull=True),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"theme": "PINK"}, "user_theme_is_known"),
        ({"manager_since_on": "2026-11-01"}, "user_manager_has_a_since"),
    ],
)
def test_the_database_refuses_what_must_never_be_false(change, name):
    """DB-01."""
    user = UserFactory()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**change)


@pytest.mark.django_db
def test_a_new_row_has_its_id_before_it_is_saved():
    assert TeamFactory.build().pk
    assert TeamFactory().version == 1
