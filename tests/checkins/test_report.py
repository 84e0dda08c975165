"""The week to take along: nothing that only some may read is in it, and what was written stays as it was."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.rows.report import Report, ReportPart
from core.links import Part, parts_of
from tests.checkins.reading import fields, said
from tests.factories import CheckInFactory, ConfidenceFactory, KeyResultFactory, LineFactory, ObjectiveFactory
from tests.factories.people import WEEK_47

pytestmark = pytest.mark.usefixtures("frozen")
W47 = "/check-in/2026-W47/"
URL = "https://git.example/a/shop/pull/12"


def fill(scene):
    """Week 47 of Mira: two readings, and lines about nothing and about objectives of every audience."""
    week = CheckInFactory(person=scene.mira, week_on=WEEK_47)
    ConfidenceFactory(key_result=scene.essays, week_on=WEEK_47, level=7)
    LineFactory(check_in=week, kind="DID", text=f"Merged {URL}.", position=1)
    LineFactory(check_in=week, kind="DID", text="Wrote 3 * 4 [pages]", objective=scene.writer, position=2)
    LineFactory(check_in=week, kind="PLAN", text="- Sleep", position=3)
    for audience in ("ONLY_ME", "MANAGER"):
        hidden = ObjectiveFactory(owner=scene.mira, audience=audience, title=f"Secret of {audience}")
        ConfidenceFactory(key_result=KeyResultFactory(objective=hidden, title=f"Part {audience}"), week_on=WEEK_47)
        LineFactory(check_in=week, text=f"Words {audience}", objective=hidden, position=4)


@pytest.mark.django_db
def test_what_the_teams_may_read_can_be_copied(scene, client_of):
    """P81, AZ-02: as text and as Markdown; what only Mira or her manager may read stands on her page alone."""
    fill(scene)
    page = client_of(scene.mira).get(W47)
    assert fields(page)["report-text"].splitlines() == [
        "Mira, week 47 (16–22 November)",
        "",
        "Become a writer",
        "- Essays: 2 of 6\N{NO-BREAK SPACE}essays, confidence 7/10, before 5",
        "",
        "What I did",
        f"- Merged {URL}.",
        "- Wrote 3 * 4 [pages]",
        "",
        "What I plan next",
        "- - Sleep",
    ]
    assert fields(page)["report-markdown"].splitlines() == [
        "## Mira, week 47 (16–22 November)",
        "",
        "**Become a writer**",
        "",
        "- Essays: 2 of 6\N{NO-BREAK SPACE}essays, confidence 7/10, before 5",
        "",
        "**What I did**",
        "",
        f"- Merged [shop\\#12](<{URL}>).",
        "- Wrote 3 \\* 4 \\[pages\\]",
        "",
        "**What I plan next**",
        "",
        "- \\- Sleep",
    ]
    report = page.content.decode().partition('class="report"')[2].partition("</details>")[0]
    assert "Wrote 3 * 4 [pages]" in report
    assert not any(word in unescape(report) for word in ("Secret", "Part", "Words"))
    assert {"Secret of ONLY_ME", "Secret of MANAGER"} <= set(said(page))


@pytest.mark.django_db
def test_a_week_without_anything_shared_has_nothing_to_copy(scene, client_of):
    hidden = ObjectiveFactory(owner=scene.mira, audience="ONLY_ME")
    week = CheckInFactory(person=scene.mira, week_on=WEEK_47)
    LineFactory(check_in=week, text="Mine alone", objective=hidden)
    body = client_of(scene.mira).get(W47).content.decode()
    assert "Mine alone" in body
    assert 'class="report"' not in body


@given(st.text(alphabet="ab*_[]()<>#|~`\\&-+1. !{}", min_size=1, max_size=30))
def test_markdown_reads_nothing_but_words_in_what_was_written(text):
    """IN-10: each mark of it is struck, so the words are the line again."""
    line = Report("T", (ReportPart("P", (parts_of(text),)),)).markdown.rpartition("\n- ")[2]
    unstruck, rest = "", iter(line)
    for letter in rest:
        assert letter not in "*_[]<>#|~`&{}"
        unstruck += next(rest) if letter == "\\" else letter
    assert unstruck == text


def test_an_address_may_hold_what_markdown_would_read():
    part = Part("a_b", "https://example.org/a_b(c)")
    report = Report("T", (ReportPart("P", ((part,),)),))
    assert report.markdown.endswith("- [a\\_b](<https://example.org/a_b(c)>)")
