"""Two versions of one thing, side by side: what somebody saved, and what was typed meanwhile.

Source: guarantees CC-01.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms


@dataclass(frozen=True)
class Difference:
    """A field of which there are two versions, both in words."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Newer:
    """A newer version than the one that was read: by whom, and when in the reader's zone, if that is known."""

    by: str
    at: datetime | None
    differences: list[Difference]


def differences(form: forms.Form, *, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Difference]:
    """The fields of `form` in which the two differ; each is given as it would be typed."""
    return [
        Difference(str(field.label), _words(field, theirs[name]), _words(field, mine[name]))
        for name, field in form.fields.items()
        if name in theirs and theirs[name] != mine[name]
    ]


def _words(field: forms.Field, value: Any) -> str:
    offered = getattr(field, "choices", None) or getattr(field.widget, "choices", [])
    choices: dict[str, str] = {str(key): str(label) for key, label in offered}
    typed = "" if value is None else str(value)
    return choices.get(typed, typed)
