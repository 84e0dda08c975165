"""A comment as it is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import ParagraphField
from people.models import User

MOST_OF_A_COMMENT = 2000  # characters


class CommentForm(forms.Form):
    """Words; `mention` names somebody, whose username is put at their end when it is not in them yet."""

    text = ParagraphField(
        label=gettext_lazy("Add a comment"),
        max_length=MOST_OF_A_COMMENT,
        error_messages={"required": gettext_lazy("Say something, or leave it.")},
    )
    mention = forms.ChoiceField(
        label=gettext_lazy("Mention"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose somebody of those who can read it.")},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.username, f"{one.name} (@{one.username})") for one in people]
        self.fields["mention"].choices = [("", gettext_lazy("nobody")), *named]  # type: ignore[attr-defined]

    def words(self) -> str:
        """What was written, with whom it mentions."""
        text: str = self.cleaned_data["text"]
        name = self.cleaned_data["mention"]
        return text if not name or f"@{name}" in text.casefold() else f"{text} @{name}"
