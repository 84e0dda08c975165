"""What the fields of our forms understand, and the sentence when they do not."""

import re
from decimal import Decimal

import pytest
from django import forms
from django.utils.html import escape

from core.fields import LineField, NameField, NumberField, ParagraphField, ZoneField

INVISIBLE = "\u200b\u2060"
NO_ZONE = "That is not the name of a time zone. Europe/Berlin is one."


def cleaned(field: forms.Field, typed: object) -> object:
    """What is kept, or the sentence about it."""
    try:
        return field.clean(typed)
    except forms.ValidationError as problem:
        return problem.messages[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  one\n two\t", "one two"),
        ("", ""),
        (None, ""),
        ("a" * 10, "a" * 10),
        ("a" * 11, "That is 11 characters; 10 fit."),
        ("🧑‍🚀" * 3, "🧑‍🚀" * 3),
        ("a\x00b", "There is a character in it that is not text."),
        ("\ud800", "There is a character in it that is not text."),
    ],
)
def test_a_line_is_one_line_of_text(typed, kept):
    """IN-07, IN-20."""
    assert cleaned(LineField(max_length=10, required=False), typed) == kept


def test_a_line_that_is_needed_is_asked_for():
    assert cleaned(LineField(max_length=10), "  ") == "This field is required."


@pytest.mark.parametrize(
    ("typed", "is_required", "kept"),
    [
        ("Ana", True, "Ana"),
        (INVISIBLE, True, "A name needs at least one letter that can be seen."),
        (INVISIBLE, False, "A name needs at least one letter that can be seen."),
        (" ", False, ""),
        ("", True, "This field is required."),
    ],
)
def test_a_name_leaves_ink(typed, is_required, kept):
    """IN-09."""
    assert cleaned(NameField(max_length=10, required=is_required), typed) == kept


def test_a_paragraph_keeps_its_lines():
    field = ParagraphField(max_length=20, rows=5)
    assert cleaned(field, "one\r\ntwo \n") == "one\ntwo"
    assert cleaned(field, "a\n" * 10 + "aa") == "That is 22 characters; 20 fit."
    assert field.widget.attrs == {"rows": "5", "maxlength": "20"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1,5", Decimal("1.5")),
        ("1.5k", Decimal(1500)),
        ("20 min", Decimal(20)),
        ("-0", Decimal(0)),
        ("", None),
        ("  ", None),
        (None, None),
        (["1"], None),
        ("many", "“many” is not a number. 20, 20\xa0min and 1,5 all work."),
        ("-1", "A number from 0 to 2000 fits here."),
        ("2001", "A number from 0 to 2000 fits here."),
        ("1.25", "At most 1 digit after the point fits here."),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, kept):
    """IN-02, IN-04: nothing is rounded."""
    field = NumberField(unit="min", least=Decimal(0), most=Decimal(2000), places=1, required=False)
    assert cleaned(field, typed) == kept


def test_a_number_without_limits_takes_what_the_parser_takes():
    field = NumberField(required=False)
    assert cleaned(field, "-123456.789") == Decimal("-123456.789")
    assert cleaned(field, "1234567890123456") == "That number has more than 15 digits. A larger unit helps."
    assert (field.widget.attrs["inputmode"], field.widget.attrs["autocomplete"]) == ("decimal", "off")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("US/Pacific", "US/Pacific"),
        ("Mars/Base", NO_ZONE),
        ("../../etc/passwd", NO_ZONE),
    ],
)
def test_a_zone_is_one_that_exists(typed, kept):
    """IN-14."""
    assert cleaned(ZoneField(), typed) == kept


def test_zones_are_offered_with_blanks_for_underscores():
    assert ("America/New_York", "America/New York") in ZoneField().choices
    assert cleaned(ZoneField(), None) == cleaned(ZoneField(), "")


def drawn(chosen: str | None) -> str:
    """The select element of a form in which that zone is chosen."""

    class Form(forms.Form):
        zone = ZoneField(required=False)

    return str(Form(initial={"zone": chosen})["zone"])


@pytest.mark.parametrize("chosen", ["Europe/Berlin", "US/Pacific", '"><script>'])
def test_the_zone_that_is_chosen_stays_chosen_also_by_an_older_name(chosen):
    """IN-10: and whatever stands in the field, it is text."""
    assert re.findall(r'<option value="([^"]*)" selected>', drawn(chosen)) == [escape(chosen)]
    assert "<script>" not in drawn(chosen)


def test_every_zone_is_drawn_as_django_would():
    offered = re.findall(r'<option value="([^"]*)">([^<]*)</option>', drawn(None))
    assert offered == ZoneField().choices
    assert drawn(None).startswith('<select id="id_zone" name="zone"><option value="UTC">UTC</option>')
