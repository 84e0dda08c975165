"""Picking a best moment and a change of mind, out of one's own quarter or in own words."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField
from retros.actions.picks import Picked
from retros.models import Pick
from retros.rows.picks import OWN, Offer

MOST_WORDS = 180  # characters that the screen of a recap shows to their end
WHICH = gettext_lazy("You chose something above and wrote something else. Which one is it?")

GONE = gettext_lazy("What you chose is no longer there. Choose something else.")


class PickForm(forms.Form):
    """Of each one thing: nothing, something that is there, or own words."""

    def __init__(self, data: QueryDict | None, *, best: Sequence[Offer], minds: Sequence[Offer], pick: Pick) -> None:
        super().__init__(data, label_suffix="")
        self.pick = pick
        self.fields |= _pair("best", "moment", best, pick.moment, _("Your best moment"))
        self.fields |= _pair("mind", "turn", minds, pick.turn, _("What you changed your mind about"))
        self.fields["version"] = forms.IntegerField(
            required=False, initial=pick.version, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
        )

    def clean(self) -> dict[str, Any]:
        """One of each: what was written is not lost beside what was chosen."""
        data = super().clean() or self.cleaned_data
        for name, words, stood in (("best", "moment", self.pick.moment), ("mind", "turn", self.pick.turn)):
            chosen, typed = data.get(name, ""), data.get(words, "")
            if name in self.errors or words in self.errors:
                continue
            if chosen == OWN and not typed:
                self.add_error(words, _("Write it in a sentence, or choose something else."))
            if chosen not in {"", OWN} and typed and typed != stood:
                self.add_error(words, WHICH)
            data[words] = typed if chosen == OWN or (not chosen and typed != stood) else ""
        return data

    def picked(self) -> Picked:
        """What was picked."""
        data = self.cleaned_data
        kinds = {"line": "best", "cheer": "best", "confidence": "mind", "amendment": "mind"}
        ids = {kind: _id_of(data[field], kind) for kind, field in kinds.items()}
        return Picked(**ids, moment=data["moment"], turn=data["turn"])


def _pair(name: str, words: str, offers: Collection[Offer], typed: str, label: str) -> dict[str, forms.Field]:
    chosen = next((one.key for one in offers if one.is_chosen), "")
    choices = [("", ""), *((one.key, one.text) for one in offers), (OWN, "")]
    return {
        name: forms.ChoiceField(
            choices=choices,
            required=False,
            label=label,
            initial=OWN if typed else chosen,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": GONE},
        ),
        words: LineField(
            max_length=MOST_WORDS, required=False, label=_("In your own words"), initial=typed, widget=forms.Textarea
        ),
    }


def _id_of(chosen: str, kind: str) -> int | None:
    found, _dash, pk = chosen.partition("-")
    return int(pk) if found == kind else None
