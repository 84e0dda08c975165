"""The organisation's own settings."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy

from core.fields import LineField, NameField, ZoneField


class OrganisationForm(forms.Form):
    """The organisation: name, zone, currency, and the month in which its year begins.

    The page says beside each field, under `opened-` and its name, what stood in it.
    """

    name = NameField(max_length=80, label=gettext_lazy("Organisation"))
    zone = ZoneField(label=gettext_lazy("Time zone"))
    currency = LineField(max_length=8, label=gettext_lazy("Currency"), required=False)
    fiscal_start_month = forms.TypedChoiceField(
        label=gettext_lazy("The year begins in"), coerce=int, choices=[*MONTHS.items()]
    )

    def opened(self) -> dict[str, Any]:
        """What stood in the fields when the page was opened; None for what the page does not say."""
        months = {str(month): month for month in MONTHS}
        said = {name: self.data.get(f"opened-{name}") for name in self.fields}
        return said | {"fiscal_start_month": months.get(str(said["fiscal_start_month"]))}
