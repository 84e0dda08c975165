"""The line of confidence of key results, and how they were changed, beside key results that are read anyway."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from core.models import Listed
from objectives.models import Amendment, Confidence, KeyResult
from retros.rules.recap import Said


def with_minds(rows: QuerySet[KeyResult]) -> Any:
    """Key results that the reader found, with `said_list` for `said_of`; no further query."""
    said = Confidence.objects.filter(key_result=OuterRef("pk")).values("key_result")
    told = said.annotate(all=Listed(JSONArray("week_on", "level", "by_id", "pk"))).values("all")
    return cast("Any", rows.annotate(said_list=Subquery(told)))


def said_of(row: KeyResult) -> list[Said]:
    """How sure its owners were, week by week; needs `with_minds`."""
    found: list[tuple[str, int, int, int]] = vars(row)["said_list"] or []
    return sorted(Said(date.fromisoformat(week), level, by, pk) for week, level, by, pk in found)


def said_by(rows: QuerySet[KeyResult], person: int) -> QuerySet[KeyResult]:
    """Those of the rows about which that person (an id) said how sure they were, or which they changed."""
    said = Confidence.objects.filter(key_result=OuterRef("pk"), by=person)
    changed = Amendment.objects.filter(key_result=OuterRef("pk"), by=person)
    return rows.filter(Exists(said) | Exists(changed))
