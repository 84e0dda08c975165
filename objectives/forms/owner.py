"""Who answers for a team's objective."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from objectives.forms.picks import PickField, members_of
from objectives.models import Objective
from people.viewer import Viewer


class OwnerForm(forms.Form):
    """Somebody else of the team; `was` is who answered for it when the page was opened (an id)."""

    owner = PickField(
        label=gettext_lazy("Who answers for it"),
        error_messages={
            "required": gettext_lazy("Say who it is to be."),
            "invalid_choice": gettext_lazy("Choose somebody of the team."),
        },
    )
    with_key_results = forms.BooleanField(required=False)
    was = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**52)

    def __init__(self, *args: Any, viewer: Viewer, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = members_of(viewer, objective.team_id)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]  # the stubs know a plain Field
        is_here = objective.owner_id in {one.pk for one in people}
        if not is_here:
            choices = self.fields["owner"].choices  # type: ignore[attr-defined]
            self.fields["owner"].choices = [("", gettext_lazy("choose somebody")), *choices]  # type: ignore[attr-defined]
