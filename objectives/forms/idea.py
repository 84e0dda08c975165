"""An idea as it is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import NameField, ParagraphField
from objectives.forms.key_result import ReasonForm
from objectives.models import Objective


class IdeaForm(forms.Form):
    """What somebody may pursue one day. A new one has a `client_key`, one that is reworded a `version`."""

    title = NameField(
        max_length=200,
        label=gettext_lazy("An idea"),
        error_messages={"required": gettext_lazy("Say in a few words what you may want to be true one day.")},
    )
    why = ParagraphField(max_length=2000, label=gettext_lazy("Why"), required=False, rows=2)
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def words(self) -> dict[str, str]:
        """What was written, as the actions take it."""
        return {name: self.cleaned_data[name] for name in ("title", "why")}


class DropForm(ReasonForm):
    """Why an objective is let go; and whether what one's own was about stays on one's shelf."""

    keeps_idea = forms.BooleanField(required=False, label=gettext_lazy("Keep the idea on my shelf"))

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if objective.is_team:
            del self.fields["keeps_idea"]

    def is_parked(self) -> bool:
        """Whether the idea is kept."""
        return bool(self.cleaned_data.get("keeps_idea"))
