"""What a number did is said at once, and a count takes one more (P26; product, section 4)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.models import CheckIn
from checkins.rows import moved
from checkins.rules import Stand, Way, what_it_did
from objectives.models import Value
from tests.checkins.reading import fields, said
from tests.checkins.scenes import make_scene
from tests.factories import KeyResultFactory, ObjectiveFactory, QuarterFactory

W47 = "/check-in/2026-W47/"
NUMBERS = st.decimals(-1000, 1000, places=2)
KNOWN = {"start": Decimal(41), "end": Decimal(20)}
FALLING = Way(**KNOWN, now=Decimal(41))


@pytest.mark.parametrize(
    ("way", "number", "words"),
    [
        (Way(Decimal(0), Decimal(6), Decimal(2)), "2", "0.3 of the way"),
        (Way(Decimal(0), Decimal(6), Decimal(2)), "5", "+3, now 0.8 of the way"),
        (Way(Decimal(0), Decimal(6), Decimal(2)), "1.5", "−0.5, now 0.2 of the way"),
        (Way(Decimal(0), Decimal(6), Decimal(2)), "7", "+5, now all of the way"),
        (Way(Decimal(0), Decimal(6), None), "3", "+3, now 0.5 of the way"),
        (Way(Decimal(0), Decimal(6), None), None, "No number yet."),
        (Way(Decimal(0), Decimal(100), None), "9.99", "+9.99, now less than 0.1 of the way"),
        (Way(Decimal(0), Decimal(100), None), "10", "+10, now 0.1 of the way"),
        (Way(Decimal(0), Decimal(100), None), "99.99", "+99.99, now 0.9 of the way"),
        (FALLING, "41", "0 of the way: it starts at 41 and has not moved towards 20 yet"),
        (FALLING, "44.5", "+3.5, now 0 of the way: it starts at 41 and has moved away from 20"),
        (FALLING, "38", "−3, now 0.1 of the way"),
        (Way(None, Decimal(20), None), None, "Measure first: no start is known."),
        (Way(None, Decimal(20), None), "41", "Measure first: no start is known."),
        (Way(None, Decimal(20), Decimal(41)), "38", "−3. Measure first: no start is known."),
    ],
)
def test_what_a_number_did_in_words(way, number, words):
    assert moved(way, None if number is None else Decimal(number), "") == words


def test_the_reason_for_nothing_names_both_ends_in_their_unit():
    assert moved(FALLING, Decimal(41), "min") == (
        "0 of the way: it starts at 41 min and has not moved towards 20 min yet"
    )


@given(start=NUMBERS, end=NUMBERS, before=st.none() | NUMBERS, number=NUMBERS)
def test_the_change_leads_from_what_stood_there_and_the_way_is_never_overstated(start, end, before, number):
    if start == end:
        return
    did = what_it_did(Way(start, end, before), number)
    assert (start if before is None else before) + (did.change or 0) == number
    assert did.change != 0
    gone = (number - start) / (end - start)
    assert did.tenths <= max(gone, 0)
    assert (did.stand == Stand.REACHED) == (gone >= 1) == (did.tenths == 1)
    assert (did.stand in {Stand.AT_START, Stand.BACKWARDS}) == (gone <= 0)


@pytest.fixture
def scene(db):
    return make_scene()


@pytest.fixture
def browser(scene, client_of, frozen):
    return client_of(scene.mira)


def part(browser, row, **typed):
    """What the page is told, while it stands there, about what was typed."""
    sent = {"say": str(row.pk), **{f"{name}-{row.pk}": text for name, text in typed.items()}}
    return browser.post(W47, sent, headers={"HX-Request": "true"})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("5", "+3, now 0.8 of the way"),
        ("2", "0.3 of the way"),
        ("five", "“five” is not a number. 20, 20 essays and 1,5 all work."),
        ("", "Give the number as it is now. It was 2."),
        ("<b>", "“&lt;b&gt;” is not a number. 20, 20 essays and 1,5 all work."),
    ],
)
def test_what_is_typed_is_answered_and_nothing_is_saved(scene, browser, typed, words):
    answer = part(browser, scene.essays, confidence="5", value=typed)
    assert (answer.status_code, answer.content.decode().strip()) == (200, words)
    assert (CheckIn.objects.count(), Value.objects.count()) == (0, 1)


def test_of_what_is_not_theirs_to_log_nothing_is_said(scene, browser):
    other = KeyResultFactory(title="Of somebody else")
    assert part(browser, other, value="5").status_code == 404
    assert browser.post(W47, {"say": "nonsense"}).status_code == 404


def test_without_a_script_one_more_comes_back_with_everything_that_was_typed(scene, browser):
    stands = fields(browser.get(W47))
    value = f"value-{scene.essays.pk}"
    typed = stands | {"did": "One\nTwo", "plan": "Three", f"confidence-{scene.essays.pk}": "8"}
    page = browser.post(W47, typed | {"one-more": str(scene.essays.pk)})
    assert page.status_code == 200
    assert fields(page) == typed | {value: "3"}
    assert "of 6 essays +1, now 0.5 of the way" in said(page)
    again = browser.post(W47, fields(page) | {"one-more": str(scene.essays.pk)})
    assert fields(again) == typed | {value: "4"}
    assert (CheckIn.objects.count(), Value.objects.count()) == (0, 1)
    assert browser.post(W47, fields(again)).status_code == 302
    assert Value.objects.get(week_on="2026-11-16").amount == 4


@pytest.mark.parametrize(
    ("baseline", "typed", "then"),
    [
        (0, "", "1"),
        (3, "", "4"),
        (None, "", "1"),
        (0, "1 200", "1201"),
        (0, "1.5k", "1501"),
        (0, "-1", "0"),
        (0, "2,5", "3.5"),
        (0, "some", "some"),
        (0, "999999999999999", "999999999999999"),  # one more would be a digit too long
    ],
)
def test_one_more_of_what_stands_there(scene, browser, baseline, typed, then):
    """Blank counts from the start; what cannot be counted stays for the form to say why."""
    row = KeyResultFactory(objective=scene.writer, kind="COUNT", baseline=baseline, target=99)
    page = browser.post(W47, fields(browser.get(W47)) | {f"value-{row.pk}": typed, "one-more": str(row.pk)})
    assert fields(page)[f"value-{row.pk}"] == then
    assert page.status_code == (422 if typed == "some" else 200)


def test_only_a_count_that_is_asked_for_takes_one_more(scene, browser):
    number = KeyResultFactory(objective=scene.writer, target=99)
    later = QuarterFactory(slug="2027-Q1", first_on="2027-01-01", ends_on="2027-04-01")
    planned = KeyResultFactory(objective=ObjectiveFactory(owner=scene.mira, quarter=later), kind="COUNT", target=9)
    page = browser.get(W47)
    assert [line for line in said(page) if line.startswith("+1")] == ["+1 Essays"]
    stands = fields(page)
    for other in (str(number.pk), str(planned.pk), "nonsense", ""):
        assert fields(browser.post(W47, stands | {"one-more": other})) == stands


def test_enter_saves_although_one_more_is_a_button_too(scene, browser):
    """A browser presses the first button of a form that sends it."""
    body = browser.get(W47).content.decode()
    form = body[body.index('id="check-in"') :]
    assert form.index('<button type="submit" class="vh" tabindex="-1" aria-hidden="true"></button>') < form.index(
        'name="one-more"'
    )


def test_the_words_of_what_was_saved_stand_there_at_first(scene, browser):
    KeyResultFactory(objective=scene.writer, title="Readers", baseline=None, position=1)
    KeyResultFactory(objective=scene.writer, title="Site is up", kind="YES_NO", target=1, position=2)
    lines = said(browser.get(W47))
    assert "of 6 essays 0.3 of the way" in lines
    assert "Readers Value: Readers → 10 Measure first: no start is known." in lines
    assert [line for line in lines if "No number" in line] == []
