"""Entries as iCalendar (RFC 5545).

Source: guarantees FEED-02.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from okrsite.calendars.entries import LENGTH, Entry


def as_ics(entries: Iterable[Entry], *, name: str, now: datetime) -> bytes:
    """A calendar of that name; times are those of the team's zone, whose changes of the clock it brings along."""
    calendar = Calendar()
    calendar.add("prodid", "-//okrsite//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: datetime) -> Any:
    event = Event()
    event.add("uid", f"{entry.name}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("summary", entry.title)
    event.add("url", entry.url)
    event.add("dtstart", entry.begins)
    event.add("transp", "OPAQUE" if isinstance(entry.begins, datetime) else "TRANSPARENT")
    if isinstance(entry.begins, datetime):
        event.add("duration", LENGTH)
    if entry.every:
        event.add("rrule", {"freq": "weekly", "interval": entry.every})
    for moment in entry.without:
        event.add("exdate", moment)
    return event
