"""Key results of objectives that one may read, with their readings."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request as ApiRequest

from core.api.body import fields_of
from core.api.endpoint import match, said, told
from core.api.fields import GradeField, IdField, WeekField, moment, number
from core.errors import NotYours
from objectives import permissions, rules
from objectives.actions.amendments import ReasonMissing
from objectives.actions.key_results import add, change
from objectives.actions.measures import KeyResultInvalid
from objectives.api.measures import KINDS, SentChange, SentKeyResult, measure_of
from objectives.api.objectives import objectives
from objectives.models import KeyResult, Objective
from objectives.models.key_result import KeyResultQuerySet
from people.api.access import Access, AccessList, AccessObject

STATES = [rules.State.ACTIVE.value, rules.State.DROPPED.value]


class ConfidenceShape(serializers.Serializer[Any]):
    """How sure its owner was in one week, 0 to 10."""

    week = WeekField(source="week_on")
    level = serializers.IntegerField()


class StepShape(serializers.Serializer[Any]):
    """A step of milestones, and its share in percent."""

    id = IdField(source="pk")
    label = serializers.CharField()  # type: ignore[assignment]  # a field of this name, not the framework's own
    share = serializers.IntegerField()
    is_reached = serializers.BooleanField()


class BetShape(serializers.Serializer[Any]):
    """“If we `if_we`, it moves because `because`”; `learned` says what came of it, "" while it is open."""

    id = IdField(source="pk")
    if_we = serializers.CharField()
    because = serializers.CharField()
    state = serializers.ChoiceField(choices=[one.value for one in rules.Stands])
    learned = serializers.CharField()
    settled_at = moment(allow_null=True)


class KeyResultShape(serializers.Serializer[Any]):
    """From `baseline` (null when unknown) to `target`; `value` is the newest reading, null before the first.

    Milestones have `steps`, other kinds none. `bets` are what is done so that it moves, the first one first.
    `grade` and its `lesson` are null while nobody has graded it.
    """

    id = IdField(source="pk")
    version = serializers.IntegerField()
    objective_id = IdField()
    owner_id = IdField()
    kind = serializers.ChoiceField(choices=KINDS)
    title = serializers.CharField()
    intention = serializers.CharField()
    anchor_low = serializers.CharField(help_text="what a grade of 0.3 would look like")
    anchor_good = serializers.CharField(help_text="what 0.7 would")
    anchor_full = serializers.CharField(help_text="what 1.0 would")
    unit = serializers.CharField()
    baseline = number(allow_null=True)
    target = number()
    value = number(allow_null=True)
    steps = StepShape(many=True, source="milestones")
    bets = BetShape(many=True, source="wagers")
    opening_confidence = serializers.IntegerField()
    confidences = ConfidenceShape(many=True)
    grade = GradeField(source="tenths", allow_null=True)
    lesson = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(choices=STATES)
    state_at = moment()
    state_reason = serializers.CharField()
    created_at = moment()


def key_results(access: Access) -> KeyResultQuerySet:
    """Those of objectives that the reader may see, with value and readings; one further query."""
    rows = KeyResult.objects.visible_to(access.viewer).with_value().with_readings().with_bets().with_grade()
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
    input = SentChange
    output = KeyResultShape

    def rows(self) -> QuerySet[KeyResult]:
        """As far as the audience of their objectives goes."""
        return key_results(self)

    def patch(self, request: ApiRequest, pk: int) -> HttpResponse:
        """Change its words and numbers, as they were read (If-Match); what is not named stays."""
        found = get_object_or_404(self.rows(), pk=pk)
        found.objective = to_word(self, found.objective_id)
        match(request, self.output(found).data)
        sent = fields_of(SentChange(data=request.data, partial=True), request.data)
        about = {"owner_pk": sent.pop("owner_id", None), "reason": sent.pop("reason", "")}
        asked = {"key_result": found, "version": found.version, "measure": measure_of(sent, found), **about}
        with told(KeyResultInvalid):
            try:
                change(by=self.viewer, now=self.now, **asked)
            except ReasonMissing as problem:
                raise ValidationError({"reason": [str(problem)]}) from problem
        return said(request, self.output(get_object_or_404(self.rows(), pk=pk)).data)


class KeyResultsOfObjective(Access):
    """A key result more of an objective."""

    does = "add_key_result"
    input = SentKeyResult
    output = KeyResultShape

    def post(self, request: ApiRequest, pk: int) -> HttpResponse:
        """Add a key result to an objective that you word."""
        return self.once(lambda: self._added(request, pk))

    def _added(self, request: ApiRequest, pk: int) -> HttpResponse:
        objective = to_word(self, pk)
        sent = fields_of(SentKeyResult(data=request.data), request.data)
        owner_pk = sent.pop("owner_id", None)
        measure = measure_of(sent)
        with told(KeyResultInvalid):
            made = add(by=self.viewer, objective=objective, measure=measure, owner_pk=owner_pk, now=self.now)
        return said(request, self.output(get_object_or_404(key_results(self), pk=made.pk)).data, status=201)


def to_word(access: Access, pk: int) -> Objective:
    """The objective, for whoever may change what is under it. Raises Http404, NotYours (403)."""
    found = get_object_or_404(objectives(access), pk=pk)
    if reason := permissions.why_not_word(access.viewer, found):
        raise NotYours(reason)
    return found
