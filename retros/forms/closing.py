"""What is sent to close a quarter for every team."""

from django import forms


class CloseForAll(forms.Form):
    """Which quarter it is."""

    quarter = forms.SlugField(max_length=40)
