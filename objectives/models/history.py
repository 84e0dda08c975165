"""What happened to an objective or a key result, read through the thing that was already found (decisions 28)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from activity.models import Event
from objectives.models.key_result import KeyResult
from objectives.models.objective import Objective
from objectives.models.quarter import Quarter
from people.models import Organisation, User

MOST = 100  # events that a page tells
NOT_TOLD = ("CONFIDENCE_LOGGED", "VALUE_LOGGED", "OPENING_SET", "MOVED")


def events_of(objective: Objective) -> list[Event]:
    """What happened to it and to its key results, deleted ones too, readings aside; the newest first. One query.

    They hold ids and numbers only; who shows them knows no words of what was deleted.
    """
    parts = KeyResult.objects.filter(objective=objective.pk).values("pk")
    about = Q(subject_type=Objective._meta.label, subject_id=objective.pk)
    about |= Q(subject_type=KeyResult._meta.label, subject_id__in=parts)
    return list(Event.objects.filter(about).exclude(verb__in=NOT_TOLD).newest_first()[:MOST])


def names_in(events: Iterable[Event]) -> dict[int, str]:
    """The names of those to whom something was handed over, by their ids; one query, where there are such."""
    pks = {event.data["owner"] for event in events if "owner" in event.data}
    return dict(User.objects.filter(pk__in=pks).values_list("pk", "name"))


def last_change_of(row: Objective | KeyResult | Organisation | Quarter) -> Event | None:
    """What was done to it last, readings and its place aside; one query."""
    return Event.objects.about(row).exclude(verb__in=NOT_TOLD).newest_first().first()
