"""Choices among rows, read once: drawing them asks nothing more of the database."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Model

from people.models import Membership, User
from people.viewer import Viewer


class PickField(forms.ChoiceField):
    """One of the rows that it was offered; None for a blank."""

    def offer(self, rows: Iterable[Model], words: Callable[[Any], str] = str) -> None:
        """Let `rows`, each in `words`, be the choices."""
        self.rows: dict[str, Model] = {str(row.pk): row for row in rows}
        self.choices = [(pk, words(row)) for pk, row in self.rows.items()]

    def clean(self, value: Any) -> Any:
        """The row. Raises ValidationError."""
        return self.rows.get(super().clean(value))


class PicksField(forms.MultipleChoiceField):
    """Some of the rows that it was offered, each once."""

    def offer(self, rows: Iterable[Model], words: Callable[[Any], str] = str) -> None:
        """Let `rows`, each in `words`, be the choices."""
        self.rows: dict[str, Model] = {str(row.pk): row for row in rows}
        self.choices = [(pk, words(row)) for pk, row in self.rows.items()]

    def clean(self, value: Any) -> list[Any]:
        """The rows. Raises ValidationError."""
        return [self.rows[pk] for pk in dict.fromkeys(super().clean(value))]


def members_of(viewer: Viewer, team_pk: int | None) -> list[User]:
    """The people of a team, by name; one query."""
    members = Membership.objects.visible_to(viewer).current().filter(team=team_pk).values("user")
    return [*User.objects.visible_to(viewer).active().filter(pk__in=members).by_name()]
