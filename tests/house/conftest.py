"""The house for the laws: built once for a module, and every test leaves it as it was."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from tests.conftest import NOW
from tests.factories import make_world
from tests.house.house import House


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: object) -> Iterator[House]:
    """The house of one module, in a transaction that is never committed."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():  # type: ignore[attr-defined]
        yield House(make_world()).sign_in_all()
        transaction.set_rollback(True)


@pytest.fixture
def house(built: House, db: None) -> House:
    """The house; what a test does to it is taken back."""
    return built
