"""Grades of key results, one at a time."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request as ApiRequest

from core.api.body import WordsField, fields_of
from core.api.endpoint import match, said, told
from core.api.fields import GradeField, IdField, moment
from core.errors import NotYours
from core.text import clean_text
from objectives import permissions, rules
from objectives.actions.grades import GradeInvalid, Grading, grade
from objectives.api.key_results import key_results
from objectives.api.objectives import objectives
from objectives.models import KeyResult, times_amended
from people.api.access import AccessObject


class GradeShape(serializers.Serializer[Any]):
    """How far a key result came, and what that taught; null while nobody has graded it.

    `suggested` is what its progress comes to; `judged` says after how many amendments it is graded, 0 as it was set.
    """

    key_result_id = IdField(source="pk")
    version = serializers.IntegerField(source="grade_version", allow_null=True)
    grade = GradeField(source="tenths", allow_null=True)
    suggested = GradeField(allow_null=True)
    lesson = serializers.CharField(allow_null=True)
    judged = serializers.IntegerField(allow_null=True)
    amendments = serializers.IntegerField()
    graded_by_id = IdField(allow_null=True)
    graded_at = moment(allow_null=True)


class SentGrade(serializers.Serializer[Any]):
    """The grade, and what the key result taught."""

    grade = GradeField(required=False, help_text="0.0 to 1.0, in steps of 0.1; needed for the first one")
    lesson = WordsField(most=rules.MOST_LEARNED, clean=clean_text, required=False, allow_blank=True)


class GradeObject(AccessObject):
    """The grade of a key result."""

    called = "get_grade"
    input = SentGrade
    output = GradeShape

    def rows(self) -> QuerySet[KeyResult]:
        """Of those whose objectives the reader may see."""
        return key_results(self).with_amendments().annotate(graded_by_id=F("grade__by"))

    def get(self, request: ApiRequest, pk: int) -> HttpResponse:
        """The grade, or that there is none yet, unless the reader has it already (304)."""
        return said(request, self._shape(get_object_or_404(self.rows(), pk=pk)))

    def patch(self, request: ApiRequest, pk: int) -> HttpResponse:
        """Grade a key result, as its grade was read (If-Match); what is not named stays."""
        found = get_object_or_404(self.rows(), pk=pk)
        objective = get_object_or_404(objectives(self), pk=found.objective_id)
        if reason := permissions.why_not_grade(self.viewer, found, objective):
            raise NotYours(reason)
        match(request, self._shape(found))
        sent = fields_of(SentGrade(data=request.data, partial=True), request.data)
        tenths = sent.get("grade", found.tenths)
        if tenths is None:
            raise ValidationError({"grade": [_("Say the grade.")]})
        given = rules.Graded(tenths, sent.get("lesson", found.lesson or ""), times_amended(found))
        with told(GradeInvalid):
            one = Grading(found, given, found.grade_version or 0)
            grade(by=self.viewer, objective=objective, gradings=[one], now=self.now)
        return said(request, self._shape(get_object_or_404(self.rows(), pk=pk)))

    def _shape(self, row: KeyResult) -> Any:
        about = vars(row) | {
            "pk": row.pk,
            "suggested": rules.suggested(row.baseline, row.target, row.value),
            "amendments": times_amended(row),
        }
        return self.output(about).data
