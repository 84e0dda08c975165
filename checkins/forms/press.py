"""What a press in a celebration sends: what it does, and the version that it saw."""

from typing import Any

from django import forms

from checkins.forms.fields import ConfidenceField

MOST = 2**31 - 1
PAGES = ("stage", "remote")


class Press(forms.Form):
    """The version that stood there. `on` is the page to which it leads back."""

    version = forms.IntegerField(min_value=1, max_value=MOST)
    on = forms.ChoiceField(choices=[(page, page) for page in PAGES], required=False)


def _choice(*verbs: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[(verb, verb) for verb in verbs])


class Move(Press):
    """Next, back, somebody's turn, a phase, the end, or on from there."""

    do = _choice("next", "back", "turn", "phase", "end", "again")
    turn = forms.SlugField(required=False, max_length=40)
    phase = forms.SlugField(required=False, max_length=12)


class ChangeTurn(Press):
    """Skip somebody, wait for them, put them earlier or later; or shuffle all."""

    do = _choice("skip", "keep", "earlier", "later", "shuffle")
    turn = forms.SlugField(required=False, max_length=40)


class SetClock(Press):
    """Run it, pause it, whichever of both is the other one, a minute more, or so many seconds a turn."""

    do = _choice("run", "pause", "toggle", "minute", "seconds")
    seconds = forms.IntegerField(required=False, min_value=0, max_value=3600)

    def clean(self) -> dict[str, Any]:
        """Seconds are said when they are set."""
        found = super().clean() or {}
        if found.get("do") == "seconds" and found.get("seconds") is None:
            self.add_error("seconds", forms.ValidationError("Say how many."))
        return found


class Lead(Press):
    """Hand it over to somebody (a username), or take it over."""

    do = _choice("give", "take")
    to = forms.SlugField(required=False, max_length=40)


class SetTogether(Press):
    """Set something together, about a key result that is on the stage; show it, or put it away."""

    do = _choice("open", "show", "away")
    key_result = forms.IntegerField(required=False, min_value=1, max_value=2**53)


class SayApart(forms.Form):
    """How sure somebody is, in private: of what is set together (`reveal`)."""

    reveal = forms.IntegerField(min_value=1, max_value=2**53)
    level = ConfidenceField()
    on = forms.ChoiceField(choices=[(page, page) for page in PAGES], required=False)


class Say(forms.Form):
    """How sure somebody is of a key result."""

    key_result = forms.IntegerField(min_value=1, max_value=2**53)
    level = ConfidenceField()
