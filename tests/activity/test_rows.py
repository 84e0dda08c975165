"""What pages tell of events, as plain values."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms

from activity.models import Event
from activity.rows import newer
from core.newer import Difference, Newer
from people.models import User


class WordsForm(forms.Form):
    title = forms.CharField(label="Title")
    kind = forms.ChoiceField(label="Kind", choices=[("A", "Asked for"), ("G", "Growth")])


SAVED = Event(at=datetime(2026, 11, 19, 23, 30, tzinfo=UTC), by=User(name="Ada"))
TYPED = {"title": "Mine", "kind": "A"}


@pytest.mark.parametrize(
    ("event", "theirs", "expected"),
    [
        (None, TYPED, Newer(by="", at=None, differences=[])),
        (
            SAVED,
            {"title": "Mine", "kind": "G"},
            Newer("Ada", datetime(2026, 11, 20, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")), [Difference("Kind", "Growth", "Asked for")]),
        ),
        (Event(at=SAVED.at, by=None), TYPED, Newer("", SAVED.at.astimezone(ZoneInfo("Europe/Berlin")), [])),
    ],
)  # fmt: skip
def test_a_newer_version_is_somebodys_in_the_readers_zone(event, theirs, expected):
    """CC-01."""
    assert newer(WordsForm(TYPED), event, theirs=theirs, mine=TYPED, zone=ZoneInfo("Europe/Berlin")) == expected
