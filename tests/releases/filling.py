"""What is in a database that is kept: Zelda's life, and whatever else a table needs to hold a row."""

from datetime import timedelta

from django.test.utils import override_settings, setup_test_environment

from activity.actions.mail import send_due
from tests.conftest import NOW
from tests.factories import AbsenceFactory
from tests.okrsite.life import live

AFTERWARDS = NOW + timedelta(days=60)
IN_MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def fill() -> None:
    """Into an empty, migrated database; counts of tries are nobody's to keep."""
    setup_test_environment()
    with override_settings(CACHES=IN_MEMORY):
        life = live(NOW)
    send_due(clock=lambda: AFTERWARDS)  # nobody can open them later: the key they are sealed with is not kept
    if not life.zelda.absences.exists():
        AbsenceFactory(user=life.zelda)
