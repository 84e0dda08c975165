"""What somebody saved since a page was opened, beside what was typed on it (CC-01)."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from activity.models import Event
from core.newer import Newer, differences


def newer(
    form: forms.Form, event: Event | None, *, theirs: Mapping[str, Any], mine: Mapping[str, Any], zone: ZoneInfo
) -> Newer:
    """What `event` saved beside the valid `form`; `theirs` and `mine` as they would be typed."""
    return Newer(
        by=event.by.name if event and event.by else "",
        at=event.at.astimezone(zone) if event else None,
        differences=differences(form, theirs=theirs, mine=mine),
    )
