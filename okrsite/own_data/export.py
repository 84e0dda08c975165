"""All that is somebody's own, in one file: JSON for programs, CSV for spreadsheets.

It is made while its owner waits, from what they may read, and kept nowhere.
Source: guarantees PRIV-04, IN-11; docs/adr/2026-11-27-own-data.md.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from activity.models import Event
from core.sheets import sheet
from objectives.models import KeyResult, Objective
from objectives.rules import ObjectiveKind
from okrsite.keeping import KEEPING, Keeping
from okrsite.own_data.columns import CALLED, COLUMNS, WORDS
from people.viewer import Viewer

OF_ONESELF = {
    *("people.Handle", "activity.Event", "activity.Delivery", "usersessions.UserSession"),
    *(
        "objectives.Comment",
        "checkins.Comment",
        "objectives.Suggestion",
        "objectives.SuggestedObjective",
        "objectives.Bet",
        "objectives.Grade",
        "objectives.EarlierGrade",
        "objectives.Review",
        "objectives.Idea",
        "checkins.HealthMark",
        "checkins.Outlook",
        "retros.Note",
        "retros.Learning",
    ),  # one's own words, also about what one may no longer read
}
OF_KEY_RESULTS = {"objectives.Step": "steps", "objectives.Amendment": "amendments"}  # written with theirs
Rows = list[dict[str, Any]]


def zip_of(viewer: Viewer, *, now: datetime) -> bytes:
    """The file: what it is, `okrsite.json`, and a sheet for each table."""
    tables = {_name(label): rows for label, rows in own_rows(viewer, now=now)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_file("README.txt", now), _readme(viewer, now))
        archive.writestr(_file("okrsite.json", now), json.dumps(tables, default=_json, ensure_ascii=False, indent=1))
        for label, rows in zip(COLUMNS, tables.values(), strict=True):
            head = [column.replace("__", "_") for column in COLUMNS[label]]
            archive.writestr(_file(f"csv/{_name(label)}.csv", now), sheet(head, ([*row.values()] for row in rows)))
    return packed.getvalue()


def own_rows(viewer: Viewer, *, now: datetime) -> Iterator[tuple[str, Rows]]:
    """Of each table that is taken along its label and the viewer's own rows, column by column; one query each."""
    for label, columns in COLUMNS.items():
        mine = Q(**{KEEPING[label].of.replace(".", "__"): viewer.pk})
        rows = _readable(label, KEEPING[label], viewer, now).filter(mine).order_by("pk")
        yield label, [*_told(label, rows, columns, viewer)]


def _told(label: str, rows: QuerySet[Any], columns: tuple[str, ...], viewer: Viewer) -> Iterator[dict[str, Any]]:
    blank = _of_others(label, rows, viewer)
    for row in rows.values("pk", *columns):
        hidden = WORDS.get(label, ()) if row["pk"] in blank else ()
        yield {column.replace("__", "_"): "" if column in hidden else row[column] for column in columns}


def _readable(label: str, kept: Keeping, viewer: Viewer, now: datetime) -> QuerySet[Any]:
    """What the viewer reads of a table, with what they could still restore; part by part through its whole."""
    model = apps.get_model(label)
    rows: QuerySet[Any] = model._base_manager.all()
    if label in OF_ONESELF:
        return rows
    if "." in kept.read:
        whole = apps.get_model(kept.read)
        way = next(field.name for field in model._meta.fields if field.related_model is whole)
        return rows.filter(**{f"{way}__in": _readable(kept.read, KEEPING[kept.read], viewer, now)})
    found = Q(pk__in=model._default_manager.visible_to(viewer).values("pk"))
    if model in (Objective, KeyResult):
        gone = Objective.objects.deleted_by_mistake(viewer, now=now).values("pk")
        part = KeyResult.objects.deleted_by_mistake(viewer, now=now).values("pk")
        found |= Q(pk__in=gone) if model is Objective else Q(pk__in=part) | Q(objective__in=gone)
    return rows.filter(found)


def _of_others(label: str, rows: QuerySet[Any], viewer: Viewer) -> set[int]:
    """Those rows whose words others may have written: of teams', unless the viewer alone did anything to them."""
    if label not in WORDS:
        return set()
    if label == "objectives.Bet":  # what was learned is the words of whoever settled it
        return set(rows.filter(settled_by__isnull=False).exclude(settled_by=viewer.pk).values_list("pk", flat=True))
    if label in OF_KEY_RESULTS:
        wholes = KeyResult._base_manager.filter(**{f"{OF_KEY_RESULTS[label]}__in": rows})
        blank = _of_others("objectives.KeyResult", wholes, viewer)
        return set(rows.filter(key_result__in=blank).values_list("pk", flat=True))
    whole = "" if label == "objectives.Objective" else "objective__"
    is_personal = ~Q(**{f"{whole}kind": ObjectiveKind.TEAM}) & Q(**{f"{whole}owner": viewer.pk})
    shared = set(rows.exclude(is_personal).values_list("pk", flat=True))
    about = Event.objects.filter(subject_type=label, subject_id__in=shared)
    made = set(about.filter(by=viewer.pk, verb__in=["CREATED", "ADDED"]).values_list("subject_id", flat=True))
    others = set(about.exclude(by=viewer.pk).values_list("subject_id", flat=True))
    return shared - (made - others)


def _name(label: str) -> str:
    """`objectives.KeyResult` is `key_results` in the file."""
    plural = str(apps.get_model(label)._meta.verbose_name_plural)
    return CALLED.get(label, plural.replace(" ", "_").replace("-", "_"))


def _file(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _readme(viewer: Viewer, now: datetime) -> str:
    lines = [
        _("What %(name)s wrote in okrsite, and what okrsite kept about them, on %(day)s (UTC).")
        % {"name": viewer.name, "day": f"{now:%Y-%m-%d %H:%M}"},
        _("okrsite.json holds all of it for programs; the folder csv holds the same as tables for spreadsheets."),
        _("A text that a spreadsheet would take for a formula has an apostrophe before it there."),
        _("Other people are left out, or stand in it as a number. Of a team’s objectives that others wrote too,"),
        _("the title is there and the other words are not. Passwords and secrets are in no file."),
    ]
    return "\n".join(lines) + "\n"
