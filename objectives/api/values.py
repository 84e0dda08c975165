"""Values that programs send."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request as ApiRequest

from core.api.body import WordsField, fields_of
from core.api.endpoint import said
from core.api.fields import IdField, WeekField, moment, number
from core.errors import NotYours
from objectives.actions import values
from objectives.api.key_results import key_results
from objectives.permissions import why_not_log
from objectives.rules import MOST_DUE, MOST_STEPS, Measured, Reached, Share
from people.api.access import Access
from people.models import Token


class ValueShape(serializers.Serializer[Any]):
    """A reading of a key result; `week` is the one in which its moment lies for the owner."""

    id = IdField(source="pk")
    key_result_id = IdField()
    amount = number(allow_null=True, help_text="null of a ratio")
    done = serializers.IntegerField(allow_null=True, help_text="of a ratio alone")
    due = serializers.IntegerField(allow_null=True, help_text="the same")
    reached = serializers.ListField(child=IdField(), allow_null=True, help_text="of milestones alone: ids of steps")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of this name, not the framework's own
    at = moment()
    week = WeekField(source="week_on")


def sent_share(**kwargs: Any) -> serializers.IntegerField:
    """A field for what was done, or due, of a ratio in a week."""
    return serializers.IntegerField(min_value=0, max_value=MOST_DUE, required=False, allow_null=True, **kwargs)


def sent_reached(**kwargs: Any) -> serializers.ListField:
    """A field for the steps of milestones that are reached."""
    return serializers.ListField(child=IdField(), max_length=MOST_STEPS, required=False, allow_null=True, **kwargs)


def value_of(sent: Mapping[str, Any], name: str) -> Measured | None:
    """The number called `name`, or what was done of due, or what is reached; None for none of it.

    Raises ValidationError (400).
    """
    number, done, due, reached = (sent.get(one) for one in (name, "done", "due", "reached"))
    said = [one for one in (number, done, reached) if one is not None]
    if (done is None) != (due is None) or len(said) > 1:
        words = _("Say one number, or of a ratio both `done` and `due`, or of milestones what is `reached`.")
        raise ValidationError({name: [words]})
    if reached is not None:
        return Reached(frozenset(reached))
    found: Decimal | None = number
    return found if done is None or due is None else Share(done, due)


class SentValue(serializers.Serializer[Any]):
    """What was measured, by what, and when; the same again is one."""

    amount = number(
        required=False,
        allow_null=True,
        help_text="in the unit of the key result; for yes or no 1 or 0; not of a ratio or milestones",
    )
    done = sent_share(help_text="of a ratio: how much was done in the week of that moment, all in all")
    due = sent_share(help_text="and how much was due")
    reached = sent_reached(help_text="of milestones: the ids of all steps that are reached")
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
        value = value_of(sent, "amount")
        if value is None:
            raise ValidationError({"amount": [_("Say what was measured.")]})
        kept, is_new = values.send(
            by=self.viewer, key_result=found, value=value, source=sent["source"], at=sent["at"], now=self.now
        )
        return said(request, ValueShape(kept).data, status=201 if is_new else 200)
