"""The macros of which pages are made, each as a whole."""

import re
from decimal import Decimal

import pytest
from django import forms
from django.template import engines

from core import charts


def drawn(source: str, **context: object) -> str:
    """What the template says, with blanks as one."""
    page = engines["pages"].from_string(source)
    return re.sub(r">\s+<", "><", " ".join(page.render(context).split()))


MARK = '{% from "components/confidence.html" import confidence_mark %}{{ confidence_mark(now, was, large) }}'


def mark(now, was=None, *, large=False):
    return re.sub(r"<svg.*?</svg>", "", drawn(MARK, now=now, was=was, large=large))


@pytest.mark.parametrize(
    ("now", "was", "words", "delta"),
    [
        (7, None, "", '<span class="delta"></span>'),
        (7, 5, '<span class="vh">, before 5</span>', '<span class="delta up" aria-hidden="true">▲ 2</span>'),
        (4, 5, '<span class="vh">, before 5</span>', '<span class="delta" aria-hidden="true">▽ 1</span>'),
        (0, 10, '<span class="vh">, before 10</span>', '<span class="delta" aria-hidden="true">▽ 10</span>'),
        (0, 0, '<span class="vh">, before 0</span>', '<span class="delta" aria-hidden="true">same</span>'),
    ],
)
def test_a_confidence_says_number_and_change_three_ways(now, was, words, delta):
    """AX-05: number, shape and colour; the change is heard as words."""
    number = f'<span class="num"><span class="vh">Confidence </span>{now}<small>/10</small>{words}</span>'
    assert mark(now, was) == f'<span class="conf" data-c="{now}">{number}{delta}</span>'


def test_a_confidence_that_was_not_said_is_words():
    assert mark(None) == '<span class="conf-none hint">not logged yet</span>'
    assert mark(7, large=True).startswith('<span class="conf large" data-c="7">')


@pytest.mark.parametrize(("now", "was"), [(0, None), (7, None), (10, 10), (4, 9), (9, 4)])
def test_the_drawing_of_a_confidence_has_only_what_there_is(now, was):
    paths = charts.steps(now, was)
    expected = "".join(
        f'<path class="{name}" d="{d}"/>' for name in ("off", "on", "lost", "was") if (d := getattr(paths, name))
    )
    page = drawn(MARK, now=now, was=was, large=False)
    drawing = '<svg class="steps" viewBox="-1 0 72.2 24" aria-hidden="true">'
    assert re.search(r"<svg.*?</svg>", page)[0] == f"{drawing}{expected}</svg>"


PROGRESS = '{% from "components/progress.html" import progress_bar %}{{ progress_bar(value, "Essays") }}'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, '<span class="hint">measure first</span>'),
        (Decimal(0), '<progress class="prog" max="100" value="0" aria-label="Progress: Essays">0 %</progress>'),
        (Decimal("0.333"), '<progress class="prog" max="100" value="33" aria-label="Progress: Essays">33 %</progress>'),
        (Decimal("0.996"), '<progress class="prog" max="100" value="99" aria-label="Progress: Essays">99 %</progress>'),
        (Decimal(1), '<progress class="prog" max="100" value="100" aria-label="Progress: Essays">100 %</progress>'),
    ],
)
def test_a_progress_says_itself_without_its_drawing(value, expected):
    assert drawn(PROGRESS, value=value) == expected


SPARK = '{% from "components/spark.html" import sparkline %}{{ sparkline(levels, weeks, "Essays", wide) }}'


@pytest.mark.parametrize(
    ("levels", "colour", "points"), [([], 5, 0), ([None, None], 5, 0), ([5, None, 7, None], 7, 1), ([0], 0, 1)]
)
def test_a_trend_has_a_dot_on_its_last_week(levels, colour, points):
    page = drawn(SPARK, levels=levels, weeks=[], wide=False)
    assert page.startswith(
        f'<svg class="spark" width="112" height="36" viewBox="0 0 112 36" data-c="{colour}" role="img" aria-label="Essays">'
    )
    assert page.count("<circle") == points


def test_a_wide_trend_has_an_axis_and_names_every_second_week():
    page = drawn(SPARK, levels=[5, 6, None, 7], weeks=[50, 51, 52, 53], wide=True)
    assert re.findall(r"<text[^>]*>([^<]*)</text>", page) == ["0", "5", "10", "51", "53"]
    assert re.findall(r'<circle class="(\w+)"', page) == ["pt", "pt", "dot"]


SCALE = '{% from "components/scale.html" import scale %}{{ scale("confidence-7", "How sure?", value, was, keys) }}'


@pytest.mark.parametrize(
    ("value", "was", "checked", "ringed"),
    [("7", 5, ["7"], ["5"]), (0, None, ["0"], []), (None, 10, [], ["10"]), ("x", None, [], []), ("", 0, [], ["0"])],
)
def test_a_scale_is_eleven_radio_buttons_one_chosen_one_ringed(value, was, checked, ringed):
    page = drawn(SCALE, value=value, was=was, keys="scale-keys")
    assert re.findall(r'name="confidence-7" value="(\d+)"', page) == [str(level) for level in range(11)]
    assert re.findall(r'value="(\d+)" checked', page) == checked
    assert re.findall(r'data-c="(\d+)" class="was"', page) == ringed
    assert '<fieldset data-behaviour="scale-keys"><legend class="vh">How sure?</legend>' in page
    assert "data-behaviour" not in drawn(SCALE, value=value, was=was, keys="")


RIBBON = '{% from "components/ribbon.html" import week_ribbon %}{{ week_ribbon("2026-Q4", weeks) }}'


def test_a_ribbon_links_what_has_begun_and_marks_where_one_is():
    weeks = [
        {"label": "46", "url": "/check-in/2026-W46/", "current": ""},
        {"label": "W47", "url": "/check-in/2026-W47/", "current": "page"},
        {"label": "48", "url": None, "current": ""},
    ]
    week = '<span class="vh">Week </span>'
    assert drawn(RIBBON, weeks=weeks) == (
        '<nav class="ribbon" aria-label="Weeks of 2026-Q4"><span class="q">2026-Q4</span>'
        f'<a href="/check-in/2026-W46/">{week}46</a>'
        f'<a href="/check-in/2026-W47/" aria-current="page">{week}W47</a>'
        f"<span>{week}48</span></nav>"
    )
    assert 'aria-current="date"' in drawn(RIBBON, weeks=[weeks[2] | {"current": "date"}])


def test_sections_empty_places_and_discs():
    source = (
        '{% from "components/fold.html" import fold %}{% call fold("h", "Label", hint) %}<p>Inside</p>{% endcall %}'
    )
    head = '<section class="fold" aria-labelledby="h"><header><h2 id="h">Label</h2>'
    assert drawn(source, hint="A hint") == f"{head}<p>A hint</p></header><div><p>Inside</p></div></section>"
    assert drawn(source, hint="") == f"{head}</header><div><p>Inside</p></div></section>"
    source = '{% from "components/empty.html" import empty %}{{ empty("Title", "Text", example, href, "Do it") }}'
    head = '<div class="frame shared"><p class="big-q">Title</p><p class="dim">Text</p>'
    assert drawn(source, example="", href="") == f"{head}</div>"
    assert drawn(source, example="So", href="/x/") == (
        f'{head}<p class="words">“So”</p><p><a class="btn small" href="/x/">Do it</a></p></div>'
    )
    source = '{% from "components/who.html" import who %}{{ who("Mira Okafor", hollow) }}'
    assert drawn(source, hollow=False) == '<span class="who" aria-hidden="true">MO</span>'
    assert drawn(source, hollow=True) == '<span class="who hollow" aria-hidden="true">MO</span>'


def test_a_name_cannot_break_out_of_its_place():
    """IN-10."""
    evil = '"><script>alert(1)</script>'
    for source, context in ((SCALE.replace('"How sure?"', "evil"), {"value": evil, "was": None, "keys": ""}), (PROGRESS.replace('"Essays"', "evil"), {"value": 1}), (SPARK.replace('"Essays"', "evil"), {"levels": [1], "weeks": [], "wide": False})):  # fmt: skip
        assert "<script>" not in drawn(source, evil=evil, **context)


class Dinner(forms.Form):
    """One field of each sort."""

    dish = forms.CharField(label="Dish")
    size = forms.ChoiceField(label="Size", choices=[("S", "Small"), ("L", "Large")], widget=forms.RadioSelect)
    is_hot = forms.BooleanField(label="Hot")


FIELD = '{% from "components/field.html" import field %}{{ field(form[name], "a hint") }}'
SUMMARY = '{% from "components/field.html" import error_summary %}{{ error_summary(form) }}'
NEEDED = "This field is required."


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("dish", r'<input type="text" name="dish"[^>]* aria-invalid="true" aria-describedby="id_dish-problem"[^>]*>'),
        ("size", r'<fieldset class="field " id="id_size" aria-describedby="id_size-problem">'),
        ("is_hot", r'<input type="checkbox" name="is_hot"[^>]* aria-describedby="id_is_hot-problem"[^>]*>'),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_is_tied_to_it(name, described):
    """AX-04."""
    plain, wrong = drawn(FIELD, form=Dinner(), name=name), drawn(FIELD, form=Dinner({}), name=name)
    assert ("problem" in plain, "aria-invalid" in plain) == (False, False)
    assert '<span class="hint">a hint</span>' in plain
    assert f'<p class="error" id="id_{name}-problem">{NEEDED}</p>' in wrong
    assert re.search(described, wrong)


def test_the_summary_links_every_field_that_is_there():
    """AX-04."""
    form = Dinner({})
    form.add_error(None, "Nobody is hungry.")
    assert drawn(SUMMARY, form=Dinner({"dish": "Soup", "size": "S", "is_hot": "on"})) == ""
    links = "".join(
        f'<li><a href="#id_{name}">{label}: {NEEDED}</a></li>'
        for name, label in (("dish", "Dish"), ("size", "Size"), ("is_hot", "Hot"))
    )
    assert drawn(SUMMARY, form=form) == (
        '<div class="summary" role="alert" tabindex="-1" data-behaviour="focus">'
        "<h2>4 things before this can be saved</h2>"
        f'<ul class="s"><li>Nobody is hungry.</li>{links}</ul></div>'
    )
    page = "".join(drawn(FIELD, form=form, name=name) for name in form.fields)
    assert [name for name in form.fields if f'id="id_{name}"' not in page] == []
