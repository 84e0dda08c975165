"""Objectives, as far as their audience goes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request as ApiRequest

from core.api.body import WordsField, fields_of
from core.api.endpoint import Passed, match, said
from core.api.fields import IdField, moment, number
from core.errors import NotYours, Refused, Stale
from core.text import clean_line, clean_text
from objectives import permissions, rules
from objectives.actions.objectives.wording import WORDS, ObjectiveInvalid, Wording, reword
from objectives.models import Objective
from people.api.access import Access, AccessList, AccessObject

KINDS = [kind.value for kind in rules.ObjectiveKind]
STATES = [state.value for state in rules.State]


class CoOwnerShape(serializers.Serializer[Any]):
    """Somebody of the team who words it too."""

    person_id = IdField(source="user_id")


class ObjectiveShape(serializers.Serializer[Any]):
    """A direction for one quarter. `state_reason` says why it was dropped; `hours` are a week's."""

    id = IdField(source="pk")
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=KINDS)
    title = serializers.CharField()
    why = serializers.CharField()
    first_step = serializers.CharField()
    hours = number(allow_null=True)
    money = number(allow_null=True)
    audience = serializers.ChoiceField(choices=[one.value for one in rules.Audience])
    state = serializers.ChoiceField(choices=STATES)
    state_at = moment()
    state_reason = serializers.CharField()
    owner_id = IdField()
    co_owners = CoOwnerShape(many=True)
    team_id = IdField(allow_null=True)
    quarter_id = IdField()
    created_at = moment()


def objectives(access: Access) -> QuerySet[Objective]:
    """Those that the reader may see, with co-owners; one further query. Drafts only where they are for its eyes."""
    rows = Objective.objects.visible_to(access.viewer).with_people()
    return rows if access.sees_drafts else rows.published()


class ObjectiveList(AccessList):
    """Objectives that you may read, personal ones and teams'."""

    called = "list_objectives"
    output = ObjectiveShape
    filters = {
        "owner_id": IdField(help_text="the id of an owner"),
        "team_id": IdField(help_text="the id of a team"),
        "quarter_id": IdField(help_text="the id of a quarter"),
        "kind": serializers.ChoiceField(choices=KINDS),
        "state": serializers.ChoiceField(choices=STATES),
    }

    def rows(self) -> QuerySet[Objective]:
        """As far as their audience goes."""
        return objectives(self)


class NewWords(serializers.Serializer[Any]):
    """Words to put in the place of those that are there; what is not named stays."""

    title = WordsField(most=200, required=False)
    why = WordsField(most=2000, clean=clean_text, required=False, allow_blank=True)
    first_step = WordsField(most=300, clean=clean_line, required=False, allow_blank=True)
    hours = serializers.DecimalField(4, 1, min_value=0, max_value=168, required=False, allow_null=True)
    money = serializers.DecimalField(12, 2, min_value=0, required=False, allow_null=True)
    audience = serializers.ChoiceField(choices=[one.value for one in rules.Audience], required=False)


class Unfit(Refused):
    """The words do not fit each other: 400."""


class ObjectiveObject(AccessObject):
    """An objective."""

    called = "get_objective"
    input = NewWords
    output = ObjectiveShape

    def rows(self) -> QuerySet[Objective]:
        """As far as their audience goes."""
        return objectives(self)

    def patch(self, request: ApiRequest, pk: int) -> HttpResponse:
        """Change its words, as they were read (If-Match)."""
        found = get_object_or_404(self.rows(), pk=pk)
        if reason := permissions.why_not_word(self.viewer, found):
            raise NotYours(reason)
        match(request, self.output(found).data)
        sent = fields_of(NewWords(data=request.data), request.data)
        wording = Wording(**{name: getattr(found, name) for name in WORDS} | sent)
        now = request._request.now  # type: ignore[attr-defined]
        try:
            reword(by=self.viewer, objective=found, version=found.version, wording=wording, now=now)
        except Stale as problem:
            raise Passed from problem
        except ObjectiveInvalid as problem:
            raise Unfit(str(problem)) from problem
        return said(request, self.output(get_object_or_404(self.rows(), pk=pk)).data)
