"""The shape of a week that is logged behind the link in a reminder."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from checkins.actions.week_links import WeekLink
from checkins.forms.fields import ConfidenceField


@dataclass(frozen=True)
class LinkLine:
    """A key result as it is drawn: where it was, what stands in its field, and what is wrong with that."""

    pk: int
    title: str
    was: int
    level: str
    problem: str


class WeekLinkForm(forms.Form):
    """A confidence (0–10) for each key result that the mail showed, prefilled with where it was."""

    def __init__(self, link: WeekLink, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self._shown = link.shown
        for one in link.shown:
            self.fields[_name(one.pk)] = ConfidenceField(
                label=one.title,
                initial=one.level,
                error_messages={"required": _("Choose a confidence from 0 to 10.")},
            )

    def levels(self) -> dict[int, int]:
        """What was said, by the id of the key result."""
        return {one.pk: self.cleaned_data[_name(one.pk)] for one in self._shown}

    def lines(self) -> list[LinkLine]:
        """Each with what stands in its field."""
        return [
            LinkLine(
                one.pk,
                one.title,
                one.level,
                level=str(self[_name(one.pk)].value()),
                problem=" ".join(str(problem) for problem in self.errors.get(_name(one.pk), [])),
            )
            for one in self._shown
        ]


def _name(pk: int) -> str:
    return f"confidence-{pk}"
