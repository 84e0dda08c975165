"""Changing the organisation and, with it, its quarters to come."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotYours, Stale
from objectives.actions.quarters import remake_ahead
from people.actions.holding import hold_tree
from people.actions.teams import values_changed
from people.models import Organisation, Team
from people.viewer import Viewer

WORDLESS = ("zone", "currency", "fiscal_start_month")  # of which the log holds what they were and are


@transaction.atomic
def change(
    *,
    by: Viewer,
    opened: Mapping[str, object],
    name: str,
    zone: str,
    currency: str,
    fiscal_start_month: int,
    now: datetime,
) -> None:
    """Save name, zone, currency and the first month (1–12) of the year; quarters not begun are made anew for it.

    `opened` is what was read before, by field: only what differs from it is saved, so that two who change different
    things keep both. Records ORGANISATION_CHANGED with the names of the fields; but for the name, then and now.
    Raises NotYours (403), Stale (409: somebody saved another value of the same field since).
    """
    if not by.is_site_admin:
        raise NotYours(_("A site admin looks after the organisation."))
    hold_tree()
    row = Organisation.objects.get()
    wanted = {"name": name, "zone": zone, "currency": currency, "fiscal_start_month": fiscal_start_month}
    changed = {field: value for field, value in wanted.items() if value not in {opened.get(field), getattr(row, field)}}
    if any(getattr(row, field) != opened.get(field) for field in changed):
        raise Stale(_("Somebody saved a newer version."))
    if not changed:
        return
    Organisation.objects.filter(pk=row.pk).update(**changed)
    if "name" in changed:
        Team.objects.for_everyone(because="it bears the organisation's name").filter(kind="ORGANISATION").update(
            name=name
        )
    if "fiscal_start_month" in changed:
        remake_ahead(now=now)
    data = {"fields": sorted(changed), "values": values_changed(row, changed, WORDLESS)}
    record("ORGANISATION_CHANGED", row, by_pk=by.pk, now=now, data=data)
