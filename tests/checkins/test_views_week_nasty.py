"""Nothing that is typed or sent to a week breaks it, and nothing is stored by halves.

Source: guarantees IN-01, IN-02, IN-04, IN-05, IN-07, IN-10, IN-12, IN-18, IN-19.
"""

from decimal import Decimal
from urllib.parse import quote

import pytest

from checkins.models import CheckIn, Line
from objectives.models import Confidence, Value
from tests.checkins.reading import fields, said, week_of
from tests.checkins.scenes import nothing_about

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = "/check-in/2026-W47/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def sent(scene, **changed):
    """A whole week as the page sends it, with some of it changed; dashes in names are written `_`."""
    whole = {"version": "0", "did": "", "plan": "", "learned": ""}
    whole |= {f"confidence-{scene.essays.pk}": "5", f"value-{scene.essays.pk}": "2"}
    whole |= nothing_about(scene.writer)
    names = {"confidence": f"confidence-{scene.essays.pk}", "value": f"value-{scene.essays.pk}"}
    return whole | {names.get(name, name): text for name, text in changed.items()}


def nothing_is_stored():
    return not CheckIn.objects.exists() and not Line.objects.exists() and Confidence.objects.count() == 1


@pytest.mark.parametrize(
    "level", ["", "11", "-1", "7.0", "7.5", "07", "+7", " 7", "７", "٧", "t", "1e1", "True", "0x7", "7\x00", "9" * 400]
)
def test_a_confidence_is_a_whole_number_from_0_to_10(scene, browser, level):
    """IN-01."""
    answer = browser.post(URL, sent(scene, confidence=level))
    assert answer.status_code == 422
    assert nothing_is_stored()
    needed = "Choose a confidence from 0 to 10." if level == "" else "Confidence is a whole number from 0 to 10."
    assert f"Essays: {needed}" in said(answer)


@pytest.mark.parametrize("level", [str(level) for level in range(11)])
def test_every_level_is_taken_as_it_is(scene, browser, level):
    assert browser.post(URL, sent(scene, confidence=level)).status_code == 302
    assert Confidence.objects.get(week_on="2026-11-16").level == int(level)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3", "3"),
        ("3 essays", "3"),
        ("1,5", "1.5"),
        ("1.5k", "1500"),
        ("1 200", "1200"),
        ("-0", "0"),
        ("−2", "-2"),
        ("９", "9"),
        ("999999999999999", "999999999999999"),
        ("0.000001", "0.000001"),
    ],
)
def test_a_value_is_understood_as_people_type_it(scene, browser, typed, kept):
    """IN-02: -0 is 0."""
    assert browser.post(URL, sent(scene, value=typed)).status_code == 302
    assert str(Value.objects.get(week_on="2026-11-16").amount.normalize() + 0) == str(Decimal(kept).normalize() + 0)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "many",
        "1" + "0" * 400,
        "1e5",
        "NaN",
        "Infinity",
        "--1",
        "1,200",
        "0.0000001",
        "1" * 16,
        "3\x00",
        "=1+1",
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_and_stays_in_its_field(scene, browser, typed):
    """IN-04."""
    answer = browser.post(URL, sent(scene, value=typed, did="Kept"))
    assert answer.status_code == 422
    assert nothing_is_stored()
    assert fields(answer) == sent(scene, value=typed, did="Kept")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("a\x00b", "There is a character in it that is not text."),
        ("a\x1bb", "There is a character in it that is not text."),
        ("x" * 501, "That is 501 characters; 500 fit."),
        ("\n".join("x" * 41), "That is 41 lines; 40 fit."),
    ],
)
def test_lines_that_cannot_be_kept_are_refused_and_stay_in_their_field(scene, browser, typed, problem):
    """IN-07."""
    answer = browser.post(URL, sent(scene, did=typed, plan="Kept"))
    assert answer.status_code == 422
    assert nothing_is_stored()
    assert said(answer)[2:4] == ["One thing before this can be saved", f"What I did: {problem}"]
    assert fields(answer) == sent(scene, did=typed, plan="Kept")


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "{{ 7 * 7 }}", "'; DROP TABLE x; --", "100 % _sure_", "\u202egnp.exe", "👩‍👩‍👧 é"],
)
def test_what_looks_like_code_is_words(scene, browser, typed):
    """IN-10, IN-12."""
    assert browser.post(URL, sent(scene, did=typed)).status_code == 302
    assert list(Line.objects.values_list("text", flat=True)) == [typed]
    page = browser.get(URL)
    assert week_of(page)[-1] == typed
    assert "<script>alert" not in page.content.decode()


def test_forty_lines_of_five_hundred_fit(scene, browser):
    lines = ["x" * 500] * 40
    assert browser.post(URL, sent(scene, did="\n".join(lines))).status_code == 302
    assert list(Line.objects.values_list("text", flat=True)) == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"", []),
        (b"version=%00", []),
        (b"&&&=&==;", []),
        (b"did=%ED%A0%80", ["\ufffd" * 3]),  # half a surrogate pair
        (b"did=%FF%FE", ["\ufffd" * 2]),
        (b"did=One&did=Two", ["Two"]),
    ],
)
def test_a_body_that_no_page_sends_says_what_can_be_read(browser, body, lines):
    """IN-07, IN-19: what was not sent is left out, what is not text is marked as such."""
    assert browser.post(URL, body, content_type=FORM).status_code == 302
    assert list(Line.objects.values_list("text", flat=True)) == lines
    assert Confidence.objects.count() == 1


@pytest.mark.parametrize("body", [b"x=" + b"y" * 1_000_001, b"&".join(b"f%d=" % number for number in range(2_001))])
def test_too_much_is_413(browser, body):
    """IN-05."""
    assert browser.post(URL, body, content_type=FORM).status_code == 413
    assert nothing_is_stored()


@pytest.mark.parametrize(
    "name", ["confidence-" + "9" * 400, "confidence--1", "confidence-１", "confidence-", "confidence-1e3"]
)
def test_a_field_of_no_key_result_is_passed_over(scene, browser, name):
    assert browser.post(URL, sent(scene) | {name: "7"}).status_code == 302
    assert Confidence.objects.get(week_on="2026-11-16").key_result == scene.essays


@pytest.mark.parametrize("pk", [1, 2**52 - 1, 10**16 - 1])
def test_a_key_result_that_is_not_there_refuses_the_week(scene, browser, pk):
    """AZ-02, AZ-04: the same for what is hidden and for what never was; nothing else of the form is kept."""
    answer = browser.post(URL, sent(scene, did="Kept") | {f"confidence-{pk}": "7"})
    assert answer.status_code == 409
    assert nothing_is_stored()
    assert fields(answer) == sent(scene, did="Kept")


def test_repeated_fields_are_one(scene, browser):
    """IN-19: the last one counts."""
    name = f"confidence-{scene.essays.pk}"
    assert browser.post(URL, sent(scene) | {name: ["3", "8"]}).status_code == 302
    assert Confidence.objects.get(week_on="2026-11-16").level == 8


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "9" * 400, "１", "\x00"])
def test_a_version_that_was_not_read_here_is_none(scene, browser, version):
    assert browser.post(URL, sent(scene, version=version)).status_code == 302
    assert CheckIn.objects.get().version == 1


@pytest.mark.parametrize(
    "week",
    [
        "2026-W54", "2026-W00", "2025-W53", "0000-W01", "9999-W01", "1899-W52", "3000-W01", "2026-W48", "2026-w47",
        "2026W47", "2026-W4", "2026-W047", "２０２６-W47", "2026-W4７", "2026-W47 ", "-2026-W47", "now", "..", "%2e%2e",
        "2026-W47%0A", "\u202e2026-W47", "\ud800", "x" * 5_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_week_that_cannot_be_written_is_not_there(browser, method, week):
    """IN-18; a week to come is not there either."""
    path = f"/check-in/{quote(week, safe='%', errors='surrogatepass')}/"
    assert getattr(browser, method)(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/check-in/%00/", "/check-in/2026-W47%00/", "/check-in/2026-W47/?edit=%00", "/check-in/%1b/"]
)
def test_a_control_character_in_the_address_is_400(browser, path):
    """IN-07."""
    assert browser.get(path).status_code == 400


@pytest.mark.parametrize("week", ["1900-W01", "1900-W02", "2026-W01", "2020-W53"])
def test_every_week_of_the_calendar_can_be_read(browser, week):
    assert browser.get(f"/check-in/{week}/").status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_405(browser, method):
    for path in ("/", "/check-in/", URL, "/teams/accelerator/"):
        assert getattr(browser, method)(path).status_code == 405
