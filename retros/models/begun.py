"""When objectives began, for a look back at them."""

from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery

from activity.models import Event
from objectives.models import Objective


def with_begun(rows: QuerySet[Objective]) -> Any:
    """Objectives that the reader found, with `activated_at`, the moment in which each became active; no further
    query."""
    about = Event.objects.filter(verb="ACTIVATED", subject_type=Objective._meta.label, subject_id=OuterRef("pk"))
    return cast("Any", rows.annotate(activated_at=Subquery(about.order_by("-at", "-pk").values("at")[:1])))
