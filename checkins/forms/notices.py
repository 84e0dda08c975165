"""Up to which moment a list of notices was looked at."""

from django import forms


class NoticesForm(forms.Form):
    """The moment of the newest one on the page."""

    until = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
