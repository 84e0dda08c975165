"""A bet as it is written, and as it is settled."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import NameField, ParagraphField
from objectives.actions.bets import Verdict
from objectives.models import Bet
from objectives.rules import MOST_LEARNED, Hypothesis, Stands

SAY = gettext_lazy("Say it in a few words.")


class NewBetForm(forms.Form):
    """What one does, and why it should move the key result; `client_key` names the form."""

    if_we = NameField(max_length=300, label=gettext_lazy("If we"), error_messages={"required": SAY})
    because = NameField(max_length=300, label=gettext_lazy("it moves, because"), error_messages={"required": SAY})
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def hypothesis(self) -> Hypothesis:
        """What was written, as the actions take it."""
        return Hypothesis(self.cleaned_data["if_we"], self.cleaned_data["because"])


class BetForm(NewBetForm):
    """The same, with what came of it. Who did not make it changes no words of it."""

    state = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=[
            (Stands.OPEN.value, gettext_lazy("Still open")),
            (Stands.CONFIRMED.value, gettext_lazy("Confirmed: it did move, and for that reason")),
            (Stands.REFUTED.value, gettext_lazy("Refuted: it did not, or for another reason")),
        ],
        widget=forms.RadioSelect,
    )
    learned = ParagraphField(max_length=MOST_LEARNED, label=gettext_lazy("What we learned"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, bet: Bet, can_reword: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bet = bet
        del self.fields["client_key"]
        if not can_reword:
            del self.fields["if_we"], self.fields["because"]

    def clean(self) -> dict[str, Any]:
        """What is settled says what was learned."""
        data = super().clean() or {}
        if data.get("state") in {Stands.CONFIRMED, Stands.REFUTED} and data.get("learned") == "":
            self.add_error("learned", _("Say in a few words what you learned. It is what a bet is for."))
        return data

    def hypothesis(self) -> Hypothesis:
        """As it was written, or as it stands."""
        return super().hypothesis() if "if_we" in self.fields else Hypothesis(self._bet.if_we, self._bet.because)

    def verdict(self) -> Verdict:
        """What came of it; what was learned is kept of what is settled alone."""
        state = Stands(self.cleaned_data["state"])
        return Verdict(state, "" if state == Stands.OPEN else self.cleaned_data["learned"])


def bet_as_typed(bet: Bet) -> dict[str, Any]:
    """A bet as it would be typed."""
    return {name: getattr(bet, name) for name in ("if_we", "because", "state", "learned", "version")}
