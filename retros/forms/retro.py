"""What is sent in a retro: presses of whoever leads, notes, votes, what is chosen, and what is answered."""

import secrets
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.actions.promises import Wording
from checkins.forms.press import MOST, Press
from core.fields import LineField, NameField, ParagraphField
from core.kept import UNSIGNED
from people.forms.days import DayField
from people.models import User
from retros.models import Choice
from retros.models.own import MOST_OWN
from retros.models.retro import MOST_SUMMARY
from retros.models.why import MOST_WHY
from retros.rows.choices import WORDS
from retros.rows.notes import ASKS
from retros.rules.retros import MOST_NAME, MOST_TEXT, NAMES, Column, Working

MOST_ID = 2**52 - 1
WORDING = f"{UNSIGNED}text"


class MoveRetro(Press):
    """Next, back, a phase, the end, or on from there."""

    do = forms.ChoiceField(choices=[(verb, verb) for verb in ("next", "back", "phase", "end", "again")])
    phase = forms.ChoiceField(choices=[(name, name) for name in NAMES], required=False)


class WriteForm(forms.Form):
    """A note for each column, if there is one; each brings a random number of its own, so that sent twice it is one.

    `with_names` is sent where the page said that they carry a name: what is sent without it is written without.
    """

    with_names = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, titles: dict[Column, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in Column:
            words = forms.Textarea(attrs={"rows": 2, "placeholder": ASKS[column], "data-draft": column.value})
            self.fields[f"{UNSIGNED}{column}"] = LineField(
                max_length=MOST_TEXT, required=False, label=titles[column], widget=words
            )
            self.fields[f"number-{column}"] = forms.IntegerField(
                min_value=1, max_value=MOST_ID, widget=forms.HiddenInput, initial=_number
            )

    def clean(self) -> dict[str, Any]:
        """One of them says something."""
        found = super().clean() or {}
        if not self.errors and not any(found.get(f"{UNSIGNED}{column}") for column in Column):
            raise forms.ValidationError(_("Write one note at least, in any of the columns."))
        return found

    def notes(self) -> Iterator[tuple[Column, int, str]]:
        """What was written: the column, the number and the words of each."""
        for column in Column:
            if text := self.cleaned_data[f"{UNSIGNED}{column}"]:
                yield column, self.cleaned_data[f"number-{column}"], text


def _number() -> int:
    return secrets.randbelow(MOST_ID) + 1


class NoteForm(forms.Form):
    """One's own note in other words."""

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[WORDING] = LineField(
            max_length=MOST_TEXT,
            label=gettext_lazy("Your note"),
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=text,
            error_messages={"required": gettext_lazy("A note has words. You can withdraw it.")},
        )


class PlaceForm(forms.Form):
    """Under which note another is put (an id), or under none."""

    top = forms.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class VoteForm(forms.Form):
    """A vote given, or taken back."""

    do = forms.ChoiceField(choices=[("give", "give"), ("return", "return")])


class ReadyForm(forms.Form):
    """Ready, or not yet after all."""

    do = forms.ChoiceField(choices=[("ready", "ready"), ("wait", "wait")])


class WritingForm(forms.Form):
    """The last day of writing; none for one sitting."""

    day = DayField(label=gettext_lazy("Until which day may notes be written?"), required=False)


class ChoiceForm(forms.Form):
    """A change or a stop, who keeps it, and until when; `client_key` names the form."""

    kind = forms.TypedChoiceField(
        choices=[(Choice.Kind.CHANGE.value, gettext_lazy("change")), (Choice.Kind.STOP.value, gettext_lazy("stop"))],
        coerce=Choice.Kind,
        label=gettext_lazy("It is a"),
        widget=forms.RadioSelect,
        initial=Choice.Kind.CHANGE.value,
    )
    text = NameField(
        max_length=180,
        label=gettext_lazy("What"),
        error_messages={"required": gettext_lazy("Say in a few words what changes, or what stops.")},
    )
    keeper = forms.ChoiceField(label=gettext_lazy("Who keeps it"))
    due_on = DayField(
        label=gettext_lazy("By which day"),
        error_messages={"required": gettext_lazy("Say a day. Without one it is a wish.")},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.username: person for person in people}
        named = [(name, person.name) for name, person in self.people.items()]
        self.fields["keeper"].choices = [("", gettext_lazy("choose somebody")), *named]  # type: ignore[attr-defined]

    @property
    def keeper_found(self) -> User:
        """Who keeps it."""
        return self.people[self.cleaned_data["keeper"]]

    def wording(self) -> Wording:
        """What is promised, and until when."""
        return Wording(self.cleaned_data["text"], self.cleaned_data["due_on"])


class AnswerForm(forms.Form):
    """Whether it works, and a sentence if one likes."""

    working = forms.TypedChoiceField(
        choices=[(one.value, WORDS[one]) for one in Working],
        coerce=Working,
        label=gettext_lazy("Does it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes, partly or no.")},
    )
    sentence = LineField(max_length=200, required=False, label=gettext_lazy("In a sentence"))


class SummaryForm(forms.Form):
    """What everybody reads of it besides what was chosen."""

    summary = ParagraphField(max_length=MOST_SUMMARY, required=False, rows=3, label=gettext_lazy("In our words"))


class FrameForm(forms.Form):
    """Why a team uses OKRs, and how it looks back."""

    why = ParagraphField(max_length=MOST_WHY, required=False, label=gettext_lazy("What should OKRs solve for us?"))
    will_see = ParagraphField(max_length=MOST_WHY, required=False, label=gettext_lazy("What will we see when they do?"))
    is_anonymous = forms.TypedChoiceField(
        choices=[
            ("yes", gettext_lazy("without names: okrsite does not keep whose they are")),
            ("no", gettext_lazy("with names, once they are revealed")),
        ],
        coerce=lambda typed: typed == "yes",
        label=gettext_lazy("Notes in the retro"),
        widget=forms.RadioSelect,
    )
    well = LineField(max_length=MOST_NAME, required=False, label=gettext_lazy("Instead of “Went well”"))
    better = LineField(max_length=MOST_NAME, required=False, label=gettext_lazy("Instead of “Do better”"))
    stop = LineField(max_length=MOST_NAME, required=False, label=gettext_lazy("Instead of “Stop”"))
    version = forms.IntegerField(required=False, min_value=0, max_value=MOST, widget=forms.HiddenInput)


class OwnRetroForm(forms.Form):
    """A look back for oneself."""

    well = ParagraphField(max_length=MOST_OWN, required=False, rows=4, label=gettext_lazy("Went well"))
    better = ParagraphField(max_length=MOST_OWN, required=False, rows=4, label=gettext_lazy("Do better"))
    stop = ParagraphField(max_length=MOST_OWN, required=False, rows=4, label=gettext_lazy("Stop"))
    version = forms.IntegerField(required=False, min_value=0, max_value=MOST, widget=forms.HiddenInput)
