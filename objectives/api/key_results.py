"""Key results of objectives that one may read, with their readings."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.fields import IdField, WeekField, moment, number
from objectives import rules
from objectives.models import KeyResult
from people.api.access import Access, AccessList, AccessObject

KINDS = [kind.value for kind in rules.Kind]
STATES = [rules.State.ACTIVE.value, rules.State.DROPPED.value]


class ConfidenceShape(serializers.Serializer[Any]):
    """How sure its owner was in one week, 0 to 10."""

    week = WeekField(source="week_on")
    level = serializers.IntegerField()


class KeyResultShape(serializers.Serializer[Any]):
    """From `baseline` (null when unknown) to `target`; `value` is the newest reading, null before the first."""

    id = IdField(source="pk")
    version = serializers.IntegerField()
    objective_id = IdField()
    owner_id = IdField()
    kind = serializers.ChoiceField(choices=KINDS)
    title = serializers.CharField()
    intention = serializers.CharField()
    unit = serializers.CharField()
    baseline = number(allow_null=True)
    target = number()
    value = number(allow_null=True)
    opening_confidence = serializers.IntegerField()
    confidences = ConfidenceShape(many=True)
    state = serializers.ChoiceField(choices=STATES)
    state_at = moment()
    state_reason = serializers.CharField()
    created_at = moment()


def key_results(access: Access) -> QuerySet[KeyResult]:
    """Those of objectives that the reader may see, with value and readings; one further query."""
    rows = KeyResult.objects.visible_to(access.viewer).with_value().with_readings()
    return rows if access.sees_drafts else rows.of_published()


class KeyResultList(AccessList):
    """Key results of objectives that you may read."""

    called = "list_key_results"
    output = KeyResultShape
    filters = {
        "objective_id": IdField(help_text="the id of an objective"),
        "owner_id": IdField(help_text="the id of an owner"),
        "state": serializers.ChoiceField(choices=STATES),
    }

    def rows(self) -> QuerySet[KeyResult]:
        """As far as the audience of their objectives goes."""
        return key_results(self)


class KeyResultObject(AccessObject):
    """A key result."""

    called = "get_key_result"
    output = KeyResultShape

    def rows(self) -> QuerySet[KeyResult]:
        """As far as the audience of their objectives goes."""
        return key_results(self)
