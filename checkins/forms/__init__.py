"""The shape of a week as it is typed."""

from checkins.forms.check_in import CheckInForm, FormGroup, FormLine
from checkins.forms.cheer import CheerForm, RoomCheerForm
from checkins.forms.choices import Choice, choices, chosen, fields_in, standing, touched
from checkins.forms.fields import MOST_CHARACTERS, MOST_LINES, ConfidenceField, LinesField
from checkins.forms.notices import NoticesForm
from checkins.forms.pages import MOST_TURNS, page_in
from checkins.forms.promise import PromiseForm, RewordedForm
from checkins.forms.values import with_one_more
from checkins.forms.week_link import WeekLinkForm
from checkins.forms.words import initial_words

__all__ = [
    "MOST_CHARACTERS",
    "MOST_LINES",
    "MOST_TURNS",
    "CheckInForm",
    "CheerForm",
    "Choice",
    "ConfidenceField",
    "FormGroup",
    "FormLine",
    "LinesField",
    "NoticesForm",
    "PromiseForm",
    "RewordedForm",
    "RoomCheerForm",
    "WeekLinkForm",
    "choices",
    "chosen",
    "fields_in",
    "initial_words",
    "page_in",
    "standing",
    "touched",
    "with_one_more",
]
