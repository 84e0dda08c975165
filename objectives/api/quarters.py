"""Quarters: the days in which something is planned."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.fields import IdField
from core.calendar import Length
from objectives.models import Quarter
from people.api.access import AccessList, AccessObject


class QuarterShape(serializers.Serializer[Any]):
    """From `first_on` up to, not including, `ends_on`; `team_id` is whose own it is."""

    id = IdField(source="pk")
    version = serializers.IntegerField()
    slug = serializers.CharField()
    length = serializers.ChoiceField(choices=[one.value for one in Length])
    first_on = serializers.DateField()
    ends_on = serializers.DateField()
    team_id = IdField(allow_null=True)


class QuarterList(AccessList):
    """Quarters of every length."""

    called = "list_quarters"
    output = QuarterShape
    filters = {
        "slug": serializers.CharField(max_length=40, help_text="such as 2026-Q4"),
        "length": serializers.ChoiceField(choices=[one.value for one in Length]),
        "team_id": IdField(help_text="the id of a team"),
    }

    def rows(self) -> QuerySet[Quarter]:
        """All of them."""
        return Quarter.objects.visible_to(self.viewer)


class QuarterObject(AccessObject):
    """A quarter."""

    called = "get_quarter"
    output = QuarterShape

    def rows(self) -> QuerySet[Quarter]:
        """All of them."""
        return Quarter.objects.visible_to(self.viewer)
