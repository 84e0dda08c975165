"""Who leads what somebody led who is switched off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from people.forms.person import PersonField
from people.viewer import Viewer


class SwitchOffForm(forms.Form):
    """Somebody who is here, or nobody."""

    successor = PersonField(label=gettext_lazy("Who takes over"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].offer(viewer)  # type: ignore[attr-defined]  # the stubs know a plain Field
