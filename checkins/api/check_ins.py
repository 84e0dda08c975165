"""Weeks: one's own, and what one's teams and reports gave to the group."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request as ApiRequest

from checkins.actions.check_ins import Answer, save
from checkins.actions.lines import PlanAnswer
from checkins.forms import MOST_CHARACTERS, MOST_LINES
from checkins.models import CheckIn, Line
from checkins.permissions import why_not_write
from checkins.rules import is_planned
from core.api.body import WordsField, fields_of
from core.api.endpoint import match, said, told
from core.api.fields import MOST_ROWS, IdField, WeekField, moment, sent_number
from core.calendar import Week
from core.errors import NotNow, NotYours, Stale
from core.text import clean_line
from objectives.actions.readings import why_not_value
from objectives.api.values import sent_reached, sent_share, value_of
from objectives.models import KeyResult
from objectives.rules import Measured, Reached
from people.api.access import Access, AccessList, AccessObject
from people.models import Token
from people.viewer import Viewer


class LineShape(serializers.Serializer[Any]):
    """What was done, is planned or was learned, about an objective or none; TIME: whether one had time for it."""

    id = IdField(source="pk")
    kind = serializers.ChoiceField(choices=Line.Kind.values)
    objective_id = IdField(allow_null=True)
    text = serializers.CharField()
    outcome = serializers.ChoiceField(
        choices=["", *Line.Outcome.values], help_text="what became of a plan, as a later week says; empty for no answer"
    )


class CheckInShape(serializers.Serializer[Any]):
    """Somebody's week; `done_at` is null while it is theirs alone, `version` when it is not yours."""

    id = IdField(source="pk")
    version = serializers.IntegerField(
        source="own_version", allow_null=True, help_text="null in a week that is not yours"
    )
    person_id = IdField()
    week = WeekField(source="week_on")
    done_at = moment(allow_null=True)
    is_late = serializers.BooleanField()
    lines = LineShape(many=True)


def check_ins(access: Access) -> QuerySet[CheckIn]:
    """Those that the reader may see, with the lines that they may; one further query."""
    lines = Line.objects.visible_to(access.viewer).in_order()
    rows = CheckIn.objects.visible_to(access.viewer).with_own_version(access.viewer)
    rows = rows.prefetch_related(Prefetch("lines", lines))
    return rows if access.sees_drafts else rows.done()


class SentAnswer(serializers.Serializer[Any]):
    """How sure you are of a key result that you log, and where its number stands."""

    key_result_id = IdField()
    confidence = serializers.IntegerField(min_value=0, max_value=10)
    value = sent_number(required=False, allow_null=True, help_text="in its unit; for yes or no 1 or 0")
    done = sent_share(help_text="of a ratio, in place of `value`: how much was done this week")
    due = sent_share(help_text="and how much was due")
    reached = sent_reached(help_text="of milestones, in place of `value`: the ids of all steps that are reached")


class SentOutcome(serializers.Serializer[Any]):
    """What became of a line that you planned in the last weeks."""

    line_id = IdField()
    outcome = serializers.ChoiceField(choices=Line.Outcome.values)
    again = serializers.BooleanField(default=True, help_text="whether what is not yet done is planned again")


def _lines(**kwargs: Any) -> serializers.ListField:
    line = WordsField(most=MOST_CHARACTERS, clean=clean_line)
    return serializers.ListField(child=line, max_length=MOST_LINES, required=False, **kwargs)


class SentWords(serializers.Serializer[Any]):
    """What a week says; each list takes the place of the lines of its kind that name no objective."""

    key_results: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=SentAnswer(),
        required=False,
        max_length=MOST_ROWS,
        help_text="key_result_id, confidence and value of each",
    )
    plans: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=SentOutcome(),
        required=False,
        max_length=MOST_ROWS,
        help_text="line_id, outcome and again of each; what is done is a line of this week",
    )
    did = _lines(help_text="a line of words each")
    plan = _lines(help_text="the same")
    learned = _lines(help_text="the same")


class SentWeek(SentWords):
    """The same, and which week it is."""

    week = WeekField(help_text="such as 2026-W47")


class CheckInList(AccessList):
    """Your weeks, and those that your teams and reports gave to the group."""

    called = "list_check_ins"
    does = "check_in"
    may_be_there = True
    scopes = {Token.Scope.CHECK_IN, Token.Scope.FULL}
    input = SentWeek
    output = CheckInShape
    filters = {
        "person_id": IdField(help_text="the id of a person"),
        "week": WeekField(source="week_on", help_text="such as 2026-W47"),
    }

    def rows(self) -> QuerySet[CheckIn]:
        """As far as the reader is near."""
        return check_ins(self)

    def post(self, request: ApiRequest) -> HttpResponse:
        """Give your week to the group, once; after that it is changed.

        201 for a new one, 200 when it says just that already.
        """
        return self.once(lambda: self._given(request))

    def _given(self, request: ApiRequest) -> HttpResponse:
        sent = fields_of(SentWeek(data=request.data), request.data)
        week = Week(sent.pop("week"))
        is_there = CheckIn.objects.visible_to(self.viewer).mine(self.viewer, week).exists()
        try:
            made = save(
                by=self.viewer,
                week=week,
                version=0,
                answers=_answers(self.viewer, week, sent),
                words={None: _words(sent)},
                plans=_plans(sent),
                now=self.now,
            )
        except Stale as problem:
            raise NotNow(_("Your week is there already, and says something else. Change that one.")) from problem
        shown = self.output(get_object_or_404(self.rows(), pk=made.pk)).data
        return said(request, shown, status=200 if is_there else 201)


class CheckInObject(AccessObject):
    """A week."""

    called = "get_check_in"
    scopes = {Token.Scope.CHECK_IN, Token.Scope.FULL}
    input = SentWords
    output = CheckInShape

    def rows(self) -> QuerySet[CheckIn]:
        """As far as the reader is near."""
        return check_ins(self)

    def patch(self, request: ApiRequest, pk: int) -> HttpResponse:
        """Change your week while it can be written, as it was read (If-Match); what is not named stays."""
        found = get_object_or_404(self.rows(), pk=pk)
        if reason := why_not_write(self.viewer, found.person_id):
            raise NotYours(reason)
        match(request, self.output(found).data)
        sent = fields_of(SentWords(data=request.data), request.data)
        words = _said(self.viewer, found) | _words(sent)
        answers = _answers(self.viewer, found.week, sent)
        with told():
            save(
                by=self.viewer,
                week=found.week,
                version=found.version,
                answers=answers,
                words={None: words},
                plans=_plans(sent),
                now=self.now,
            )
        return said(request, self.output(get_object_or_404(self.rows(), pk=pk)).data)


def _words(sent: Mapping[str, Any]) -> dict[Line.Kind, list[str]]:
    return {kind: sent[kind.lower()] for kind in Line.Kind if kind.lower() in sent}


def _said(viewer: Viewer, week: CheckIn) -> dict[Line.Kind, list[str]]:
    """What it says so far about no objective in particular."""
    typed = Line.objects.visible_to(viewer).of_week(week).typed().filter(objective=None)
    lines = [*typed.values_list("kind", "text")]
    return {kind: [text for said_of, text in lines if said_of == kind] for kind in Line.Kind}


def _plans(sent: Mapping[str, Any]) -> list[PlanAnswer]:
    """What became of earlier plans. Raises ValidationError (400)."""
    said_of = sent.get("plans", [])
    if len({one["line_id"] for one in said_of}) < len(said_of):
        raise ValidationError({"plans": [_("Say it once.")]})
    return [PlanAnswer(one["line_id"], Line.Outcome(one["outcome"]), again=one["again"]) for one in said_of]


def _answers(viewer: Viewer, week: Week, sent: Mapping[str, Any]) -> list[Answer]:
    """What was said of each key result; one that is not theirs to log is left to the action, which refuses it.

    Raises ValidationError (400).
    """
    said_of = sent.get("key_results", [])
    if len({one["key_result_id"] for one in said_of}) < len(said_of):
        raise ValidationError({"key_results": [_("Say it once.")]})
    rows = KeyResult.objects.visible_to(viewer).for_check_in(viewer, week, with_planned=True).in_bulk()
    for place, one in enumerate(said_of):
        row = rows.get(one["key_result_id"])
        if row is not None and (reason := _why_not(row, week, value_of(one, "value"))):
            raise ValidationError({f"key_results.{place}.value": [reason]})
    return [Answer(one["key_result_id"], one["confidence"], value_of(one, "value")) for one in said_of]


def _why_not(row: KeyResult, week: Week, value: Measured | None) -> str:
    if value is not None and is_planned(row.objective.quarter.period, week):
        return _("Its quarter is still to come: say only how sure you are.")
    if reason := why_not_value(row.kind, value):
        return reason
    steps = value.steps if isinstance(value, Reached) else frozenset()
    return _("That is none of its steps.") if steps - {step.pk for step in row.milestones} else ""
