"""Whether one got the hours that were promised for an objective: one press each (P59)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.models import Line
from checkins.rows import GOT, Ask

LABEL = gettext_lazy("Did you get the time?")


@dataclass(frozen=True)
class FormTime:
    """The question as it is drawn: the `hours` of a week, and which answer is chosen, "" for none."""

    hours: str
    answer: str
    problem: str


def promised(asks: Iterable[Ask]) -> dict[int, str]:
    """The hours of each objective (its id) that is asked about."""
    return {ask.objective_pk: ask.hours for ask in asks if ask.hours}


def time_fields(asks: Iterable[Ask]) -> dict[str, forms.Field]:
    """A choice for each objective with promised hours: `time-7` and the like."""
    return {
        f"time-{pk}": forms.ChoiceField(
            choices=[*GOT.items()],
            required=False,
            label=LABEL,
            error_messages={"invalid_choice": _("Choose all of it, some of it or none.")},
        )
        for pk in promised(asks)
    }


def answered(cleaned: Mapping[str, Any], pk: int) -> dict[Line.Kind, list[str]]:
    """What was said of the time for that objective, as a line of the week; none where nothing was."""
    return {Line.Kind.TIME: [answer] if (answer := cleaned.get(f"time-{pk}")) else []}
