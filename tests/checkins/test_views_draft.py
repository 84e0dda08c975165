"""The page keeps what is typed on it, brings it back, and shows two texts where there are two (DB-09, CC-01, OUT-07)."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from checkins.models import CheckIn, Draft, Line
from objectives.models import Objective
from tests.checkins.reading import fields, said
from tests.factories import CheckInFactory, DraftFactory, KeyResultFactory, LineFactory, ValueFactory
from tests.factories.people import WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
W47, DRAFT = "/check-in/2026-W47/", "/check-in/2026-W47/draft/"
EDIT = f"{W47}?edit=1"
BY_SCRIPT = {"HX-Request": "true"}
KEY = "0123456789abcdef"


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def typed():
    return Draft.objects.values_list("typed", flat=True).get()


def test_a_script_sends_what_was_touched_and_is_told_the_version(scene, browser):
    """DB-09: what would not validate is kept too; what is no field of a week is not."""
    value = f"value-{scene.essays.pk}"
    sent = {value: "many\0", "did": " One\r\n", "version": "0", "draft": "0", "page": KEY, "turn": "1"}
    answer = browser.post(DRAFT, sent | {"kind": "x", "did-": "x", "say": "1"}, headers=BY_SCRIPT)
    assert (answer.status_code, answer.headers["Draft-Version"], answer.content) == (204, "1", b"")
    assert typed() == {value: "many\N{REPLACEMENT CHARACTER}", "did": " One\r\n"}
    assert fields(browser.get(W47))[value] == "many\N{REPLACEMENT CHARACTER}"
    assert fields(browser.get(W47))["did"] == " One\r\n"
    assert said(browser.get(W47))[2:4] == ["Unsent since 10:00: nobody sees it until Done.", "Throw it away"]


def test_without_scripts_all_is_sent_and_what_was_changed_is_kept(scene, browser):
    """OUT-07."""
    stands = fields(browser.get(W47))
    level = f"confidence-{scene.essays.pk}"
    answer = browser.post(DRAFT, stands | {level: "8", f"did-{scene.writer.pk}": "For it"})
    assert (answer.status_code, answer.headers["Location"]) == (302, EDIT)
    assert typed() == {level: "8", f"did-{scene.writer.pk}": "For it"}
    page = browser.get(EDIT)
    assert "Saved for later. Nobody sees it until Done." in page.content.decode()
    assert fields(page) == stands | {level: "8", f"did-{scene.writer.pk}": "For it", "draft": "1"}
    assert browser.post(W47, fields(page)).status_code == 302
    assert (Draft.objects.count(), Line.objects.get().text) == (0, "For it")


def test_a_number_that_came_meanwhile_stands_where_nothing_was_typed(scene, browser):
    """A program logs while the draft waits: it is not written over by what stood before."""
    browser.post(DRAFT, fields(browser.get(W47)) | {"did": "One"})
    ValueFactory(key_result=scene.essays, amount=5, week_on=WEEK_47)
    assert fields(browser.get(W47))[f"value-{scene.essays.pk}"] == "5"


def test_what_is_typed_after_done_is_a_draft_again(scene, browser):
    """Decisions 24."""
    browser.post(W47, fields(browser.get(W47)) | {"did": "One"})
    browser.post(DRAFT, fields(browser.get(EDIT)) | {"did": "Two"})
    read = browser.get(W47)
    assert "You typed something since that nobody sees: 10:00. Go on with it" in said(read)
    assert "Two" not in read.content.decode()
    assert [*Line.objects.values_list("text", flat=True)] == ["One"]
    assert fields(browser.get(EDIT))["did"] == "Two"


def test_it_can_be_thrown_away(scene, browser):
    browser.post(DRAFT, fields(browser.get(W47)) | {"did": "One"})
    stands = fields(browser.get(W47))
    answer = browser.post(DRAFT, stands | {"throw-away": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, W47)
    assert (Draft.objects.count(), fields(browser.get(W47))["did"]) == (0, "")


def two_pages(browser, first, second, headers=None):
    """One page keeps `first`, another that had not seen it sends `second`; the answer to that."""
    stands = fields(browser.get(W47))
    browser.post(DRAFT, stands | first | {"page": KEY, "turn": "1"}, headers=BY_SCRIPT)
    sent = second if headers else stands | second
    return browser.post(DRAFT, sent | {"version": "0", "page": KEY[::-1], "turn": "1"}, headers=headers)


def test_a_script_that_comes_second_is_given_both(scene, browser):
    """CC-01: what was touched here and differs; nothing is written."""
    level = f"confidence-{scene.essays.pk}"
    stood = f"value-{scene.essays.pk}"
    answer = two_pages(
        browser, {"did": "There", level: "9"}, {"did": "Here", "plan": "Only here", stood: "2"}, BY_SCRIPT
    )
    assert answer.status_code == 409
    text = " ".join(answer.content.decode().split())
    assert "<h2>More of your week was typed on another page. Nothing is lost: pick one.</h2>" in text
    assert re.findall('name="(pick-[^"]*|newest-draft)" value="([^"]*)"( checked)?', text) == [
        ("newest-draft", "1", ""),
        ("pick-did", "mine", " checked"),
        ("pick-did", "theirs", ""),
    ]
    assert re.findall(" <bdi>(.*?)</bdi>", text) == ["Here", "There"]
    assert (typed()["did"], Draft.objects.get().version) == ("There", 1)


@pytest.mark.parametrize("page", ["", KEY])
@pytest.mark.parametrize(
    ("picked", "did", "plan"),
    [("mine", "Here", "Here too"), ("theirs", "There", "There too"), ("each", "Here", "There too")],
)
def test_one_press_chooses_and_nothing_else_changes(scene, browser, picked, did, plan, page):
    """CC-01, OUT-07: what only one of them touched is no question, nor what is typed after the two were shown."""
    level = f"confidence-{scene.essays.pk}"
    there, here = {"did": "There", "plan": "There too", level: "9"}, {"did": "Here", "plan": "Here too"}
    answer = two_pages(browser, there, here | {f"did-{scene.writer.pk}": "Only here"})
    assert answer.status_code == 409
    form = fields(answer)
    assert {name: text for name, text in form.items() if name.startswith("pick-")} == {
        "pick-did": "mine",
        "pick-plan": "mine",
        f"pick-{level}": "theirs",
    }
    sent = form | {"picked": picked, "pick-plan": "theirs", "learned": "Later", "page": page}
    if page:  # with scripts it was not asked about what it had not touched, and names what it touched
        sent |= {"keep-learned": "1", f"keep-did-{scene.writer.pk}": "1"}
    if picked == "mine":
        sent.pop(f"pick-{level}")
        sent[level] = "9" if not page else sent[level]
    assert browser.post(DRAFT, sent).headers["Location"] == EDIT
    about = f"did-{scene.writer.pk}"
    assert typed() == {level: "9", "did": did, "plan": plan, "learned": "Later", about: "Only here"}


def test_choosing_between_texts_that_changed_once_more_shows_both_again(scene, browser):
    answer = two_pages(browser, {"did": "There"}, {"did": "Here"})
    Draft.objects.update(version=5, typed={"did": "There, later"})
    again = browser.post(DRAFT, fields(answer) | {"picked": "mine"})
    assert (again.status_code, "There, later" in again.content.decode()) == (409, True)
    assert typed() == {"did": "There, later"}


def test_done_with_a_draft_that_was_not_seen_shows_both(scene, browser):
    """CC-01: Done at the foot of that page is a choice as well."""
    stands = fields(browser.get(W47))
    browser.post(DRAFT, stands | {"did": "There"})
    answer = browser.post(W47, stands | {"did": "Here"})
    assert answer.status_code == 409
    assert said(answer)[2:5] == [
        "More of your week was typed on another page. Nothing is lost: pick one.",
        "What I did",
        "Here Here Elsewhere There",
    ]
    assert (fields(answer)["did"], fields(answer)["draft"], CheckIn.objects.count()) == ("Here", "1", 0)
    assert browser.post(W47, fields(answer)).status_code == 302
    assert (Line.objects.get().text, Draft.objects.count()) == ("Here", 0)


def test_a_week_given_elsewhere_stands_beside_the_draft(scene, browser):
    """CC-01: by a program, which leaves the draft alone."""
    browser.post(DRAFT, fields(browser.get(W47)) | {"did": "Here"})
    LineFactory(check_in=CheckInFactory(person=scene.mira, week_on=WEEK_47), text="There")
    page = browser.get(EDIT)
    assert said(page)[2:5] == [
        "Your week was given elsewhere since you typed this. Nothing is lost: pick one.",
        "What I did",
        "Here Here Elsewhere There",
    ]
    browser.post(DRAFT, fields(page) | {"picked": "theirs"})
    assert Draft.objects.count() == 0
    assert fields(browser.get(EDIT))["did"] == "There"


def test_a_draft_that_says_what_was_given_is_none(scene, browser):
    DraftFactory(person=scene.mira, week_on=WEEK_47, typed={"did": "There"})
    LineFactory(check_in=CheckInFactory(person=scene.mira, week_on=WEEK_47), text="There")
    page = browser.get(EDIT)
    assert not [line for line in said(page) if "Unsent" in line or "Elsewhere" in line]
    assert fields(page)["did"] == "There"


@pytest.mark.parametrize("is_kept_before", [True, False])
def test_words_about_what_ended_meanwhile_are_there_to_copy(scene, browser, is_kept_before):
    """CC-11: whether they were kept before it ended or after."""
    KeyResultFactory(objective__owner=scene.mira)
    sent = fields(browser.get(W47)) | {f"did-{scene.writer.pk}": "About it"}
    if is_kept_before:
        browser.post(DRAFT, sent)
    Objective.objects.filter(pk=scene.writer.pk).update(state="CLOSED")
    if not is_kept_before:
        browser.post(DRAFT, sent)
    page = browser.get(W47)
    assert said(page)[3:5] == ["You wrote about it, to copy:", "About it"]
    assert f"did-{scene.writer.pk}" not in fields(page)


def test_when_the_week_is_over_it_is_there_to_copy_for_its_writer(scene, client_of):
    DraftFactory(person=scene.mira, typed={"did": "Not sent", "plan": " "})
    page = client_of(scene.mira).get("/check-in/2026-W46/")
    assert said(page)[2:4] == [
        "You typed something since that nobody sees: Friday, 13 November, 09:00. The week is over; here it is, to copy.",
        "Not sent",
    ]
    answer = client_of(scene.mira).post("/check-in/2026-W46/draft/", {"did": "More"}, headers=BY_SCRIPT)
    assert (answer.status_code, Draft.objects.get().typed["did"]) == (409, "Not sent")


@pytest.mark.parametrize(("path", "status"), [("2026-W48", 404), ("nonsense", 404)])
def test_a_week_that_is_none_has_no_draft(browser, path, status):
    assert browser.post(f"/check-in/{path}/draft/", {"did": "One"}).status_code == status
    assert browser.get(DRAFT).status_code == 405


def test_too_much_is_refused_with_a_sentence(browser):
    """IN-05."""
    answer = browser.post(DRAFT, {"did": "x" * 200_000}, headers=BY_SCRIPT)
    assert (answer.status_code, "Shorten it." in answer.content.decode()) == (413, True)
    assert Draft.objects.count() == 0


def test_who_is_signed_out_is_told_so(client):
    """AUTH-16, AX-09: no sign-in page into a part."""
    assert client.post(DRAFT, {"did": "One"}, headers=BY_SCRIPT).status_code == 401


def test_yesterdays_draft_names_its_day(scene, client_of):
    with time_machine.travel(datetime(2026, 11, 18, 9, 30, tzinfo=UTC), tick=False):
        browser = client_of(scene.mira)
        browser.post(DRAFT, {"did": "One"}, headers=BY_SCRIPT)
    assert said(client_of(scene.mira).get(W47))[2].startswith("Unsent since Wednesday, 18 November, 09:30")


def test_a_form_that_is_refused_is_unsaved_until_it_is(scene, browser):
    """DB-09: what came back with a mistake in it is kept as if it had been typed on that page."""
    sent = fields(browser.get(W47)) | {f"value-{scene.essays.pk}": "many"}
    assert f'data-touched="value-{scene.essays.pk}" data-unsaved' in browser.post(W47, sent).content.decode()
    assert 'data-touched=""' in browser.get(W47).content.decode()


@pytest.mark.parametrize(("before", "queries"), [(0, 12), (1, 9), (5, 9)])
def test_keeping_asks_as_often_the_fifth_time_as_the_second(scene, browser, django_assert_num_queries, before, queries):
    """DB-09: who it is, the week, the draft and its version; the first time it is made besides."""
    for turn in range(before):
        browser.post(DRAFT, {"did": f"{turn}", "page": KEY, "turn": f"{turn + 1}"}, headers=BY_SCRIPT)
    with django_assert_num_queries(queries):
        browser.post(DRAFT, {"did": "Now", "page": KEY, "turn": "9"}, headers=BY_SCRIPT)
