"""Every query that is written once finds what its queryset would find, for everybody of the sample organisation.

Source: docs/adr, queries that are written once.
"""

from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import models

from core.prepared import EVERY, Prepared
from okrsite.demo.load import load
from people.models import User

pytestmark = pytest.mark.django_db

FRIDAY, LATER = datetime(2026, 11, 20, 14, 30, tzinfo=UTC), datetime(2027, 8, 2, 3, 0, tzinfo=UTC)


def told(row):
    """All that a row says, and which rows are joined to it."""
    if not isinstance(row, models.Model):
        return row
    said = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    return type(row), said, {name: told(one) for name, one in row._state.fields_cache.items()}


@pytest.fixture
def asked(monkeypatch):
    """How many rows each prepared query found; each is asked both ways, and written the same at another time."""
    found = Counter()
    quickly = Prepared.__call__

    def both(self, *args, **named):
        rows = quickly(self, *args, **named)
        assert [*map(told, rows)] == [*map(told, self.about(*args, **named))], self.__qualname__
        if not found[self]:
            with time_machine.travel(LATER, tick=False):
                again = self._write(args, named)
            assert (again.sql, again.params) in [(one.sql, one.params) for one in self._written.values()]
        found[self] += len(rows)
        return rows

    monkeypatch.setattr(Prepared, "__call__", both)
    return found


def test_all_of_them_find_what_their_querysets_find(client, asked):
    with time_machine.travel(FRIDAY, tick=False):
        load(now=FRIDAY)
        for person in User.objects.filter(switched_off_at=None):
            client.force_login(person)
            for path in ("/", "/check-in/", "/check-in/?edit", "/teams/accelerator/", "/settings/reminder/preview/"):
                assert client.get(path).status_code == 200, path
    ours = [one for one in EVERY if not one.__module__.startswith("tests.")]
    assert [one.__qualname__ for one in ours if not asked[one]] == []
