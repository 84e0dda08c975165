"""When a week is not saved: too late, saved elsewhere, closed meanwhile, the database away. What was typed is kept."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import OperationalError, connection

from checkins.models import CheckIn, Line
from objectives.models import Confidence, KeyResult, Objective
from tests.checkins.reading import fields, said
from tests.checkins.scenes import make_scene
from tests.factories import CheckInFactory, KeyResultFactory, LineFactory
from tests.factories.people import WEEK_47

pytestmark = pytest.mark.django_db
W47 = "/check-in/2026-W47/"
SAVED = "Saved. This is your week."


def utc(day, hour=10, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def confidence(scene):
    return f"confidence-{scene.essays.pk}"


def test_the_same_press_twice_is_one_week(scene, browser, frozen):
    """CC-04: double click, reload, back button."""
    sent = fields(browser.get(W47)) | {confidence(scene): "7", "did": "One"}
    assert [browser.post(W47, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert list(CheckIn.objects.values_list("version", flat=True)) == [1]
    assert list(Line.objects.values_list("text", flat=True)) == ["One"]
    assert Confidence.objects.filter(week_on=WEEK_47).count() == 1


def test_a_week_saved_elsewhere_shows_both(scene, browser, frozen):
    """CC-01: the later save with an old version is refused, and nothing is lost."""
    stands = fields(browser.get(W47))
    value = f"value-{scene.essays.pk}"
    browser.post(W47, stands | {confidence(scene): "7", value: "4", "did": "On the phone"})
    mine = stands | {confidence(scene): "6", "did": "On the laptop", "plan": "Sleep"}
    answer = browser.post(W47, mine)
    assert answer.status_code == 409
    assert said(answer)[2:14] == [
        "Your week was saved elsewhere. Yours is kept below; pick one.",
        "Essays: how sure",
        "Here 6 Elsewhere 7",
        "Essays: the value",
        "Here 2 Elsewhere 4",
        "What I did",
        "Here On the laptop Elsewhere On the phone",
        "What I plan next",
        "Here Sleep Elsewhere nothing",
        "Go on with what is chosen",
        "Keep what is here",
        "Take what is elsewhere",
    ]
    picks = {f"pick-{name}": "mine" for name in (confidence(scene), value, "did", "plan")}
    assert fields(answer) == mine | picks | {"version": "1", "newest-version": "1", "newest-draft": "0"}
    assert list(Line.objects.values_list("text", flat=True)) == ["On the phone"]
    assert browser.post(W47, fields(answer)).status_code == 302
    assert list(Line.objects.values_list("text", flat=True)) == ["On the laptop", "Sleep"]
    assert Confidence.objects.get(week_on=WEEK_47).level == 6


def test_a_version_that_never_was_is_told(browser, frozen):
    answer = browser.post(W47, {"version": "3", "did": "One"})
    assert (answer.status_code, fields(answer)["version"], fields(answer)["did"]) == (409, "0", "One")
    assert not CheckIn.objects.exists()


def closed(scene, now):
    Objective.objects.filter(pk=scene.writer.pk).update(state="CLOSED")


def dropped(scene, now):
    KeyResult.objects.filter(pk=scene.essays.pk).update(state="DROPPED", state_reason="No.")


def deleted(scene, now):
    KeyResult.objects.filter(pk=scene.essays.pk).update(deleted_at=now)


def handed_over(scene, now):
    KeyResult.objects.filter(pk=scene.essays.pk).update(owner=KeyResultFactory().owner)


@pytest.mark.parametrize("meanwhile", [closed, dropped, deleted, handed_over])
def test_a_line_that_ended_meanwhile_refuses_all_and_one_press_saves_the_rest(scene, browser, frozen, meanwhile):
    """Decisions 22."""
    other = KeyResultFactory(objective__owner=scene.mira, title="Hands drawn")
    sent = fields(browser.get(W47)) | {confidence(scene): "7", f"confidence-{other.pk}": "8", "did": "One"}
    meanwhile(scene, frozen)
    answer = browser.post(W47, sent)
    assert answer.status_code == 409
    assert said(answer)[2:4] == [
        "Something you log was closed, dropped or handed over meanwhile.",
        "Nothing was saved yet. What can still be logged is below as you left it: Done saves it.",
    ]
    assert not CheckIn.objects.exists()
    rest = fields(answer)
    gone = {str(scene.essays.pk), str(scene.writer.pk)}
    assert rest == {name: text for name, text in sent.items() if name.partition("-")[2] not in gone}
    assert browser.post(W47, rest).status_code == 302
    assert list(Confidence.objects.filter(week_on=WEEK_47).values_list("key_result", "level")) == [(other.pk, 8)]


def test_a_line_that_ended_meanwhile_is_told_beside_what_is_wrong(scene, browser, frozen):
    other = KeyResultFactory(objective__owner=scene.mira)
    sent = fields(browser.get(W47)) | {f"value-{other.pk}": "many", f"confidence-{other.pk}": "8"}
    closed(scene, frozen)
    answer = browser.post(W47, sent)
    assert answer.status_code == 422
    assert said(answer)[2:4] == [
        "Nothing was saved yet. What can still be logged is below as you left it: Done saves it.",
        "One thing before this can be saved",
    ]


def test_the_quarter_closes_between_the_check_and_the_writing(scene, browser, frozen, monkeypatch):
    """Decisions 16: closing flips the states first; the later save is refused as a whole."""
    for_check_in, calls = type(KeyResult.objects.all()).for_check_in, []

    def closing(*args, **kwargs):
        rows = list(for_check_in(*args, **kwargs))
        calls.append(rows)
        if len(calls) == 1:  # what the form asks is written since the page was read, so it is the action that asks
            closed(scene, frozen)
        return rows

    sent = fields(browser.get(W47)) | {confidence(scene): "7", "did": "One"}
    monkeypatch.setattr(type(KeyResult.objects.all()), "for_check_in", closing)
    answer = browser.post(W47, sent)
    assert (answer.status_code, said(answer)[2]) == (409, "Its state has changed since you opened the page.")
    assert fields(answer)["did"] == "One"
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("now", "status", "words"),
    [
        (utc(22, 23, 59), 302, None),
        (utc(23, 0, 0), 302, "filled in late"),
        (utc(25, 23, 59), 302, "filled in late"),
        (utc(26, 0, 0), 409, None),
    ],
)
def test_a_week_stays_open_until_the_wednesday_after_it(scene, browser, now, status, words):
    """Decisions 22."""
    with time_machine.travel(utc(22), tick=False):
        sent = fields(browser.get(W47)) | {confidence(scene): "7", "did": "One"}
    with time_machine.travel(now, tick=False):
        browser.force_login(scene.mira)
        assert browser.post(W47, sent).status_code == status
        assert CheckIn.objects.count() == (status == 302)
        assert (words or "late") in said(browser.get(W47))[1] or words is None


def test_the_late_page_says_so(browser):
    with time_machine.travel(utc(25), tick=False):
        assert said(browser.get(W47))[:3] == [
            "Check in, week 47",
            "16–22 November · see week 46 · I was away your teams and your manager read that",
            "Last week stays open until Wednesday, and is marked as filled in late.",
        ]


def test_a_week_that_is_over_keeps_what_was_typed_to_copy(scene, browser):
    with time_machine.travel(utc(26), tick=False):
        answer = browser.post(W47, {"version": "0", "did": "One"})
        assert answer.status_code == 409
        assert said(answer)[2:4] == [
            "That week is over: it could be written until the Wednesday after it.",
            "What you typed is below, to copy.",
        ]
        assert fields(answer)["did"] == "One"
        assert "Done, show my week" not in answer.content.decode()
        assert said(browser.get(W47)) == [
            "My week 47",
            "16–22 November · see week 46",
            "Nothing was said this week.",
            "Weeks without words happen. The next one is open. Check in for this week",
        ]


def test_an_empty_week_that_is_done_can_still_be_filled(browser, frozen, scene):
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    assert said(browser.get(W47))[:5] == [
        "My week 47",
        "16–22 November · see week 46",
        "Change it",
        "Nothing was said this week.",
        "There is still time to. Check in for this week",
    ]


def test_a_draft_of_the_week_stands_in_the_form_alone(scene, browser, client_of, frozen):
    row = CheckInFactory(person=scene.mira, week_on=WEEK_47, done_at=None)
    LineFactory(check_in=row, text="Not yet said")
    assert fields(browser.get(W47))["did"] == "Not yet said"
    assert fields(browser.get(W47))["version"] == "1"


@pytest.mark.django_db(transaction=True)
def test_saved_is_said_only_after_the_commit(client_of, frozen, monkeypatch):
    """DB-08."""
    scene = make_scene()
    browser = client_of(scene.mira)
    sent = fields(browser.get(W47)) | {"did": "One"}

    def broken():
        raise OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "_commit", broken)
        answer = browser.post(W47, sent)
    assert answer.status_code == 503
    assert not CheckIn.objects.exists()
    assert SAVED not in browser.get(W47).content.decode()
    assert browser.post(W47, sent).status_code == 302
    assert SAVED in browser.get(W47).content.decode()
