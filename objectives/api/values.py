"""Values that programs send."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request as ApiRequest

from core.api.body import WordsField, fields_of
from core.api.endpoint import said
from core.api.fields import IdField, WeekField, moment, number
from core.errors import NotYours
from objectives.actions import values
from objectives.api.key_results import key_results
from objectives.permissions import why_not_log
from people.api.access import Access
from people.models import Token


class ValueShape(serializers.Serializer[Any]):
    """A reading of a key result; `week` is the one in which its moment lies for the owner."""

    id = IdField(source="pk")
    key_result_id = IdField()
    amount = number()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of this name, not the framework's own
    at = moment()
    week = WeekField(source="week_on")


class SentValue(serializers.Serializer[Any]):
    """What was measured, by what, and when; the same again is one."""

    amount = number(help_text="in the unit of the key result; for yes or no 1 or 0")
    source = WordsField(  # type: ignore[assignment]
        most=60, help_text="the name of what measured it, shown beside the value"
    )
    at = moment(help_text="when it was measured")


class ValueList(Access):
    """Values of a key result."""

    does = "send_value"
    may_be_there = True
    scopes = {Token.Scope.CHECK_IN, Token.Scope.FULL}
    input = SentValue
    output = ValueShape

    def post(self, request: ApiRequest, pk: int) -> HttpResponse:
        """Send a value of a key result that you log.

        A check-in shows it as coming from its source. 201 for a new one, 200 for one that is there already.
        """
        return self.once(lambda: self._sent(request, pk))

    def _sent(self, request: ApiRequest, pk: int) -> HttpResponse:
        found = get_object_or_404(key_results(self).select_related("objective__quarter", "objective__team"), pk=pk)
        if reason := why_not_log(self.viewer, found):
            raise NotYours(reason)
        sent = fields_of(SentValue(data=request.data), request.data)
        value, is_new = values.send(by=self.viewer, key_result=found, now=self.now, **sent)
        return said(request, ValueShape(value).data, status=201 if is_new else 200)
