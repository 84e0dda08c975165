"""Objectives, as far as their audience goes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request as ApiRequest

from core.api.body import WordsField, fields_of
from core.api.endpoint import match, said, told
from core.api.fields import IdField, moment, number
from core.errors import NotYours
from core.text import clean_line, clean_text
from objectives import permissions, rules
from objectives.actions.measures import KeyResultInvalid, Measure
from objectives.actions.objectives.wording import WORDS, ObjectiveInvalid, Wording, reword
from objectives.actions.writing import write
from objectives.api.measures import SentMeasure, measure_of
from objectives.forms.key_result import MOST
from objectives.models import Objective, Quarter
from people.api.access import Access, AccessList, AccessObject
from people.models import Organisation, Team

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
    on_wall = serializers.BooleanField()
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


class Words(serializers.Serializer[Any]):
    """What a person writes of an objective."""

    title = WordsField(most=200)
    why = WordsField(most=2000, clean=clean_text, required=False, allow_blank=True)
    first_step = WordsField(most=300, clean=clean_line, required=False, allow_blank=True)
    hours = serializers.DecimalField(
        4, 1, min_value=0, max_value=168, required=False, allow_null=True, help_text="a week, to a tenth of an hour"
    )
    money = serializers.DecimalField(
        12, 2, min_value=0, required=False, allow_null=True, help_text="in the organisation's currency"
    )
    audience = serializers.ChoiceField(choices=[one.value for one in rules.Audience], required=False)
    on_wall = serializers.BooleanField(
        required=False,
        help_text="of a personal one: whether everyone in a room may see it on its owner's teams' walls",
    )
    quarter_id = IdField(help_text="the id of a quarter that is not over")
    team_id = IdField(required=False, allow_null=True, help_text="whose it is, or of a personal one its home")


class NewObjective(Words):
    """The words of a new one, with its key results."""

    kind = serializers.ChoiceField(choices=KINDS)
    owner_id = IdField(required=False, help_text="of a team's, whom its lead names; else you")
    state = serializers.ChoiceField(
        choices=[rules.State.DRAFT.value, rules.State.ACTIVE.value], required=False, help_text="DRAFT unless told"
    )
    key_results: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=SentMeasure(), required=False, max_length=MOST, help_text="each as it is added to one, but for its owner"
    )


class ObjectiveList(AccessList):
    """Objectives that you may read, personal ones and teams'."""

    called = "list_objectives"
    does = "write_objective"
    input = NewObjective
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

    def post(self, request: ApiRequest) -> HttpResponse:
        """Write a new objective with its key results: a draft, or active at once."""
        return self.once(lambda: self._written(request))

    def _written(self, request: ApiRequest) -> HttpResponse:
        sent = fields_of(NewObjective(data=request.data), request.data)
        kind, owner_pk = sent.pop("kind"), sent.pop("owner_id", None)
        is_active = sent.pop("state", rules.State.DRAFT) == rules.State.ACTIVE
        measures = _measures(sent.pop("key_results", []))
        wording = Wording(**{"audience": rules.default_audience(kind).value} | sent)
        team = wording.team_id if kind == rules.ObjectiveKind.TEAM else None
        if team is not None and (reason := permissions.why_not_write_for(self.viewer, team)):
            raise NotYours(reason)
        _check_place(self, kind, wording)
        with told(ObjectiveInvalid, KeyResultInvalid):
            made = write(
                by=self.viewer,
                kind=kind,
                wording=wording,
                measures=measures,
                is_active=is_active,
                client_key=None,
                owner_pk=owner_pk,
                now=self.now,
            )
        return said(request, self.output(get_object_or_404(self.rows(), pk=made.pk)).data, status=201)


def _measures(sent: Sequence[Mapping[str, Any]]) -> list[Measure]:
    """The key results of a new one. Raises ValidationError (400), with the place of each that is wrong."""
    made = []
    for place, one in enumerate(sent):
        try:
            made.append(measure_of(one))
        except ValidationError as problem:
            detail: Any = problem.detail
            raise ValidationError({f"key_results.{place}.{name}": words for name, words in detail.items()}) from problem
    return made


class ObjectiveObject(AccessObject):
    """An objective."""

    called = "get_objective"
    input = Words
    output = ObjectiveShape

    def rows(self) -> QuerySet[Objective]:
        """As far as their audience goes."""
        return objectives(self)

    def patch(self, request: ApiRequest, pk: int) -> HttpResponse:
        """Change its words, as they were read (If-Match); what is not named stays."""
        found = get_object_or_404(self.rows(), pk=pk)
        if reason := permissions.why_not_word(self.viewer, found):
            raise NotYours(reason)
        match(request, self.output(found).data)
        sent = fields_of(Words(data=request.data, partial=True), request.data)
        wording = Wording(**{name: getattr(found, name) for name in WORDS} | sent)
        _check_place(self, found.kind, wording, found)
        with told(ObjectiveInvalid):
            reword(by=self.viewer, objective=found, version=found.version, wording=wording, now=self.now)
        return said(request, self.output(get_object_or_404(self.rows(), pk=pk)).data)


def _check_place(access: Access, kind: str, wording: Wording, was: Objective | None = None) -> None:
    """See that quarter and team are among those that the form offers, or stay. Raises ValidationError (400)."""
    if was is not None and was.is_team and wording.team_id != was.team_id:
        raise ValidationError({"team_id": [_("A team’s objective stays that team’s.")]})
    homes = {None, was and was.team_id, *(team.pk for team in access.viewer.teams)}
    if kind != rules.ObjectiveKind.TEAM and wording.team_id not in homes:
        raise ValidationError({"team_id": [_("Its owner is not in that team.")]})
    if was is not None and wording.quarter_id == was.quarter_id:
        return
    today = Organisation.objects.visible_to(access.viewer).get().today(access.now)
    rows = Quarter.objects.visible_to(access.viewer).open_for_planning(today)
    if kind == rules.ObjectiveKind.TEAM:
        teams = Team.objects.visible_to(access.viewer).filter(pk=wording.team_id or 0)
        rows = rows.of_team(teams[0]) if teams else rows.none()
    else:
        rows = rows.offered_to(access.viewer)
    if not rows.filter(pk=wording.quarter_id).exists():
        raise ValidationError({"quarter_id": [_("No quarter of this id is open for it.")]})
