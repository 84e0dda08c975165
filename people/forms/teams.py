"""What a team decides about itself, and who belongs to it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import NameField, ParagraphField, ZoneField
from people import rules
from people.actions.teams import TeamSettings
from people.forms.days import FirstWeekField
from people.forms.person import PersonField
from people.models import Membership, Team
from people.rows.rhythm import GRADING, LENGTHS, OFTEN, WEEKDAYS
from people.rows.teams import ROLES
from people.viewer import Viewer

KEPT = (
    *("zone", "length", "celebration_weekday", "celebration_time", "celebration_every", "reminder_hour"),
    "grading_weeks",
)


class TeamForm(forms.Form):
    """A team's words and rhythm. `weeks` are those from which a rhythm may be counted; `team` is the one changed."""

    name = NameField(
        max_length=80, label=gettext_lazy("Name"), error_messages={"required": gettext_lazy("Give it a name.")}
    )
    purpose = ParagraphField(
        max_length=600,
        label=gettext_lazy("What it is for"),
        required=False,
        widget=forms.Textarea(attrs={"class": "words"}),
    )
    parent = forms.TypedChoiceField(label=gettext_lazy("Part of"), required=False, coerce=int, empty_value=None)
    length = forms.ChoiceField(label=gettext_lazy("A quarter lasts"), choices=[*LENGTHS.items()], initial="QUARTER")
    celebration_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Celebrates on"), coerce=int, choices=[*WEEKDAYS.items()], initial=4
    )
    celebration_time = forms.TimeField(
        label=gettext_lazy("At"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        initial="15:30",
        error_messages={"invalid": gettext_lazy("That is not a time of the day. 15:30 is one.")},
    )
    celebration_every = forms.TypedChoiceField(
        label=gettext_lazy("How often"), coerce=int, choices=[*OFTEN.items()], initial=1
    )
    celebration_from_on = FirstWeekField(label=gettext_lazy("Counted from"))
    zone = ZoneField(label=gettext_lazy("Time zone"))
    reminder_hour = forms.TypedChoiceField(
        label=gettext_lazy("Reminder"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(24)], initial=9
    )
    grading_weeks = forms.TypedChoiceField(
        label=gettext_lazy("Grading opens"), coerce=int, choices=[*GRADING.items()], initial=2
    )
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        kind: str,
        weeks: Iterable[tuple[str, str]],
        parents: Iterable[Team],
        team: Team | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        self._field("celebration_from_on").choices = [*weeks]
        self._field("celebration_from_on").kept = team.celebration_from_on if team else None
        if kind == Team.Kind.TEAM:
            others = [(one.pk, one.name) for one in parents if team is None or one.pk != team.pk]
            self._field("parent").choices = [("", _("nothing: it stands by itself")), *others]
        else:
            del self.fields["parent"]
        if kind == Team.Kind.ORGANISATION:
            del self.fields["name"]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def settings(self) -> TeamSettings:
        """What was decided, as the actions take it."""
        data = self.cleaned_data
        return TeamSettings(
            name=data["name"] if "name" in data or self.team is None else self.team.name,
            purpose=data["purpose"],
            parent_id=data.get("parent"),
            celebration_from_on=self._counted_from(data["celebration_from_on"], data["celebration_every"]),
            **{name: data[name] for name in KEPT},
        )

    def _counted_from(self, chosen: date, every: int) -> date:
        """The day that stands already, when counting from it gives the same weeks."""
        old = self.team.celebration_from_on if self.team else chosen
        return old if rules.is_same_rhythm(old, chosen, every) else chosen


def settings_as_typed(settings: Team | TeamSettings, counted_from: date) -> dict[str, Any]:
    """What a team decided, as it would be chosen in the form; `counted_from` is the Monday that is offered for it."""
    return {
        "name": settings.name,
        "purpose": settings.purpose,
        "parent": settings.parent_id,
        "celebration_from_on": counted_from,
        **{name: getattr(settings, name) for name in KEPT},
        "celebration_time": f"{settings.celebration_time:%H:%M}",
    }


class NewTeamForm(TeamForm):
    """A team or circle to be made; a site admin names who leads a team."""

    lead = PersonField(label=gettext_lazy("Who leads it"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        del self.fields["version"]
        if kind == Team.Kind.TEAM:
            self._field("lead").offer(viewer)
        else:
            del self.fields["lead"]


class RoleForm(forms.Form):
    """A role in a team; the organisation names only leads and coaches."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        error_messages={
            "required": gettext_lazy("Choose one of the roles."),
            "invalid_choice": gettext_lazy("Choose one of the roles."),
        },
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_in(team)  # type: ignore[attr-defined]  # the stubs know a plain Field


class MemberForm(RoleForm):
    """Somebody who is to belong to a team."""

    person = PersonField(label=gettext_lazy("Who"), error_messages={"required": gettext_lazy("Say whom you mean.")})
    field_order = ("person", "role")

    def __init__(self, *args: Any, viewer: Viewer, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, team=team, **kwargs)
        self.fields["person"].offer(viewer)  # type: ignore[attr-defined]  # the stubs know a plain Field


def roles_in(team: Team) -> list[tuple[str, Any]]:
    """The roles that somebody can have there, with their words."""
    is_organisation = team.kind == Team.Kind.ORGANISATION
    return [(role, words) for role, words in ROLES.items() if not is_organisation or role != Membership.Role.MEMBER]
