"""The shape of what people write about themselves and their teams."""

from people.forms.invitations import AcceptanceForm, InvitationForm
from people.forms.set_up import SetUpForm

__all__ = ["AcceptanceForm", "InvitationForm", "SetUpForm"]
