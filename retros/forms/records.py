"""To whom one's growth record is given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.days import DayField
from people.forms.person import PersonField
from people.viewer import Viewer


class GiveForm(forms.Form):
    """Somebody who is here, until when, and whether what is for few goes with it."""

    reader = PersonField(label=_("Who"), error_messages={"required": _("Say whom you mean.")})
    until_on = DayField(label=_("Until the end of"), required=False)
    with_private = forms.BooleanField(label=_("Also what I keep to myself, or to me and my manager"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].offer(viewer)  # type: ignore[attr-defined]  # the stubs know a plain Field
