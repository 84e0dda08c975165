"""Naming somebody: their name or username, typed; the browser offers names."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.fields import LineField
from core.text import fold_key
from people.models import User
from people.viewer import Viewer

OFFERED = 100  # names that the browser suggests; everybody else can still be typed
MOST_NAMESAKES = 50


class PersonField(LineField):
    """One person who is here, by name or username; None for a blank. Call `offer` before use.

    A list of everybody to choose from would be a page of its own in a large organisation.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)
        self.widget.attrs |= {"list": "names", "autocomplete": "off"}
        self.viewer: Viewer
        self.names: list[str] = []

    def offer(self, viewer: Viewer) -> None:
        """Whom `viewer` may name; suggests the first of them. One query."""
        self.viewer = viewer
        rows = User.objects.visible_to(viewer).active().order_by("name_key", "username")
        people = [*rows.values_list("name", "username")[:OFFERED]]
        names = [name for name, _username in people]
        self.names = [username if names.count(name) > 1 else name for name, username in people]

    def clean(self, value: Any) -> Any:
        """The person. Raises ValidationError."""
        typed = super().clean(value)
        if not typed:
            return None
        found = [*User.objects.visible_to(self.viewer).active().called(typed)[:MOST_NAMESAKES]]
        if not found:
            raise ValidationError(_("Nobody here goes by that name."))
        exact = [person for person in found if person.username == typed]
        exact = exact or [person for person in found if fold_key(person.name) == fold_key(typed)]
        if len(found) > 1 and len(exact) != 1:
            names = ", ".join(sorted(person.username for person in exact or found))
            raise ValidationError(_("Several people go by that name. Write one of these: %s.") % names)
        return (exact or found)[0]
