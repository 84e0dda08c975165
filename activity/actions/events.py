"""Recording what happened, in the transaction in which it happens."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, models

from activity.models import Event
from core.live import Happening, tell


def record(
    verb: str,
    subject: models.Model,
    *,
    by_pk: int | None,
    now: datetime,
    team_pk: int | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Write one event about `subject`. The row is the outbox: history, notices and mail are made from it.

    Live screens are told once it holds, in ids alone.

    `data` takes ids, numbers and names of fields, never what a person wrote.
    Raises RuntimeError outside a transaction: an event must stand or fall with its change.
    Source: architecture, section 2; decisions 28.
    """
    _refuse_outside()
    event = _event(verb, subject, by_pk=by_pk, now=now, team_pk=team_pk, data=data)
    event.save(force_insert=True)
    tell(Happening(by=by_pk, team=team_pk))
    return event


def record_each(
    verb: str, happened: Iterable[tuple[models.Model, dict[str, Any]]], *, by_pk: int | None, now: datetime
) -> None:
    """Write one event about each subject, with its own data, as `record` does; one query for all of them."""
    _refuse_outside()
    Event.objects.bulk_create(_event(verb, subject, by_pk=by_pk, now=now, data=data) for subject, data in happened)
    tell(Happening(by=by_pk, team=None))


def forget(model: type[models.Model], pks: Iterable[int]) -> int:
    """Take what happened to rows of `model` that are erased out of the log: it tells nobody anything any more.

    The one way in which the app changes the log, besides its end (PRIV-05, PRIV-12). How many events went.
    """
    rows = Event._base_manager.filter(subject_type=model._meta.label, subject_id__in=[*pks])
    return rows.delete()[0]


def _refuse_outside() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("An event belongs inside the action's transaction.")


def _event(
    verb: str,
    subject: models.Model,
    *,
    by_pk: int | None,
    now: datetime,
    team_pk: int | None = None,
    data: dict[str, Any] | None,
) -> Event:
    return Event(
        at=now,
        by_id=by_pk,
        verb=verb,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        team_id=team_pk,
        data=data or {},
    )
