"""The shape of a week as it is typed."""

from checkins.forms.check_in import CheckInForm, FormGroup, FormLine
from checkins.forms.cheer import CheerForm
from checkins.forms.fields import MOST_CHARACTERS, MOST_LINES, ConfidenceField, LinesField
from checkins.forms.values import with_one_more
from checkins.forms.words import initial_words

__all__ = [
    "MOST_CHARACTERS",
    "MOST_LINES",
    "CheckInForm",
    "CheerForm",
    "ConfidenceField",
    "FormGroup",
    "FormLine",
    "LinesField",
    "initial_words",
    "with_one_more",
]
