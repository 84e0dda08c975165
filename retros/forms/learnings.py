"""What is looked for in the library, and what is shared to it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import LineField
from objectives.models import Quarter
from people.models import Team

MOST_WORDS = 200


class LearningSearch(forms.Form):
    """Words, a team and a quarter, each of them or none."""

    q = LineField(
        max_length=MOST_WORDS, required=False, label=_("Words"), widget=forms.TextInput(attrs={"type": "search"})
    )
    team = forms.ChoiceField(
        required=False, label=_("Team"), error_messages={"invalid_choice": _("Nothing you may read came from there.")}
    )
    quarter = forms.ChoiceField(
        required=False, label=_("Quarter"), error_messages={"invalid_choice": _("Nothing you may read came from it.")}
    )

    def __init__(self, *args: Any, teams: Iterable[Team], quarters: Iterable[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams, self.quarters = {row.slug: row for row in teams}, {row.slug: row for row in quarters}
        named = [(slug, row.name) for slug, row in self.teams.items()]
        self.fields["team"].choices = [("", _("Every team")), *named]  # type: ignore[attr-defined]
        dated = [(slug, slug) for slug in self.quarters]
        self.fields["quarter"].choices = [("", _("Every quarter")), *dated]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What it asks for, once it is valid: the words, the team or None, the quarter or None."""
        said = self.cleaned_data
        return {"team": self.teams.get(said["team"]), "quarter": self.quarters.get(said["quarter"])}


class ShareForm(forms.Form):
    """The version that was read, and whether one's name stands beside the words."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    name = forms.TypedChoiceField(
        label=_("Whose words are they?"),
        choices=[("with", _("With my name")), ("without", _("Without a name"))],
        coerce=lambda said: said == "with",
        initial="with",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether your name stands beside them.")},
    )
