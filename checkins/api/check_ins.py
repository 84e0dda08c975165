"""Weeks: one's own, and what one's teams and reports gave to the group."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from checkins.models import CheckIn, Line
from core.api.fields import IdField, WeekField, moment
from people.api.access import Access, AccessList, AccessObject


class LineShape(serializers.Serializer[Any]):
    """What was done, is planned or was learned; about an objective, or about none."""

    kind = serializers.ChoiceField(choices=Line.Kind.values)
    objective_id = IdField(allow_null=True)
    text = serializers.CharField()


class CheckInShape(serializers.Serializer[Any]):
    """Somebody's week; `done_at` is null while it is theirs alone."""

    id = IdField(source="pk")
    version = serializers.IntegerField()
    person_id = IdField()
    week = WeekField(source="week_on")
    done_at = moment(allow_null=True)
    is_late = serializers.BooleanField()
    lines = LineShape(many=True)


def check_ins(access: Access) -> QuerySet[CheckIn]:
    """Those that the reader may see, with the lines that they may; one further query."""
    lines = Line.objects.visible_to(access.viewer).in_order()
    rows = CheckIn.objects.visible_to(access.viewer).prefetch_related(Prefetch("lines", lines))
    return rows if access.sees_drafts else rows.done()


class CheckInList(AccessList):
    """Your weeks, and those that your teams and reports gave to the group."""

    called = "list_check_ins"
    output = CheckInShape
    filters = {
        "person_id": IdField(help_text="the id of a person"),
        "week": WeekField(source="week_on", help_text="such as 2026-W47"),
    }

    def rows(self) -> QuerySet[CheckIn]:
        """As far as the reader is near."""
        return check_ins(self)


class CheckInObject(AccessObject):
    """A week."""

    called = "get_check_in"
    output = CheckInShape

    def rows(self) -> QuerySet[CheckIn]:
        """As far as the reader is near."""
        return check_ins(self)
