"""What was planned comes back the week after: done, not yet, dropped; and words about one objective."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from checkins.models import CheckIn, Line
from objectives.models import Objective
from tests.checkins.reading import fields, links, said, week_of
from tests.factories import CheckInFactory, LineFactory, ObjectiveFactory, UserFactory
from tests.factories.objectives import WEEK_46
from tests.factories.people import WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
W47 = "/check-in/2026-W47/"
W46 = "/check-in/2026-W46/"


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def planned(scene, *texts, week_on=WEEK_46, **more):
    """The lines of a week's plan."""
    week, _new = CheckIn.objects.get_or_create(
        person=scene.mira, week_on=week_on, defaults={"done_at": CheckInFactory.build().done_at}
    )
    return [LineFactory(check_in=week, kind="PLAN", text=text, position=n, **more) for n, text in enumerate(texts)]


def told(week_on=WEEK_47):
    """Each line of the week: its kind, its words, what it is about and where it comes from."""
    rows = Line.objects.filter(check_in__week_on=week_on).order_by("position", "pk")
    return [*rows.values_list("kind", "text", "objective", "carried_from__text")]


def answer(browser, said_of, path=W47, **more):
    """Send the page as it stands but for that; None takes a field out, as an unticked box is."""
    sent = fields(browser.get(f"{path}?edit=1")) | said_of | more
    return browser.post(path, {name: text for name, text in sent.items() if text is not None})


def test_an_untouched_plan_is_not_yet_done_and_planned_again(scene, browser):
    """P72: nothing changed is one press."""
    essay, deploy = planned(scene, "Publish the essay", "Deploy twice")
    stands = fields(browser.get(W47))
    assert {name: text for name, text in stands.items() if name.startswith(("outcome", "again"))} == {
        f"outcome-{essay.pk}": "NOT_YET", f"again-{essay.pk}": "1",
        f"outcome-{deploy.pk}": "NOT_YET", f"again-{deploy.pk}": "1",
    }  # fmt: skip
    assert answer(browser, {}).status_code == 302
    assert told() == [
        ("PLAN", "Publish the essay", None, "Publish the essay"),
        ("PLAN", "Deploy twice", None, "Deploy twice"),
    ]
    assert fields(browser.get(f"{W47}?edit=1"))["plan"] == ""


def test_each_line_is_done_not_yet_or_dropped_and_can_be_answered_anew(scene, browser):
    """P72."""
    rows = planned(scene, "Publish", "Deploy", "Paper", "Rest")
    publish, deploy, paper, rest = (row.pk for row in rows)
    outcomes = {f"outcome-{publish}": "DONE", f"outcome-{paper}": "DROPPED", f"again-{rest}": None}
    assert answer(browser, outcomes, plan="Next thing").status_code == 302
    assert told() == [
        ("DID", "Publish", None, "Publish"),
        ("PLAN", "Deploy", None, "Deploy"),
        ("PLAN", "Next thing", None, None),
    ]
    assert week_of(browser.get(W46))[-4:] == ["Publish done", "Deploy not yet", "Paper dropped", "Rest not yet"]
    assert week_of(browser.get(W47))[-4:] == ["Publish as planned", "What I plan next", "Deploy again", "Next thing"]
    stands = fields(browser.get(f"{W47}?edit=1"))
    assert [stands.get(f"again-{pk}") for pk in (publish, deploy, paper, rest)] == [None, "1", None, None]
    assert answer(browser, {f"outcome-{publish}": "NOT_YET", f"again-{publish}": "1"}).status_code == 302
    assert answer(browser, {f"outcome-{deploy}": "DONE"}).status_code == 302
    assert told() == [
        ("PLAN", "Publish", None, "Publish"),
        ("DID", "Deploy", None, "Deploy"),
        ("PLAN", "Next thing", None, None),
    ]


def test_what_was_not_answered_comes_back_for_four_weeks(scene, browser):
    for week_on, text in (
        (date(2026, 10, 12), "Too old"), (date(2026, 10, 19), "Oldest"), (date(2026, 11, 2), "Older"), (WEEK_46, "Last"),
    ):  # fmt: skip
        planned(scene, text, week_on=week_on)
    drafts = planned(scene, "Of a draft", week_on=date(2026, 10, 26))
    CheckIn.objects.filter(pk=drafts[0].check_in_id).update(done_at=None)
    other = CheckInFactory(person=UserFactory(), week_on=WEEK_46)
    LineFactory(check_in=other, kind="PLAN", text="Somebody else's")
    page = said(browser.get(W47))
    shown = [text for text in ("Too old", "Oldest", "Of a draft", "Older", "Last", "Somebody else's") if text in page]
    assert shown == ["Oldest", "Older", "Last"]


def test_what_one_week_answered_no_other_asks(scene, browser):
    """A line is answered once."""
    (row,) = planned(scene, "Publish", week_on=date(2026, 11, 2))
    Line.objects.filter(pk=row.pk).update(
        outcome="DONE", answered_in=CheckInFactory(person=scene.mira, week_on=WEEK_46)
    )
    assert f"outcome-{row.pk}" not in fields(browser.get(W47))


def test_a_line_answered_elsewhere_meanwhile_refuses_the_week_and_keeps_what_was_typed(scene, browser):
    """CC-01: 409, nothing saved; one press saves the rest."""
    (row,) = planned(scene, "Publish", week_on=date(2026, 11, 2))
    sent = fields(browser.get(W47)) | {f"outcome-{row.pk}": "DONE", "did": "One"}
    Line.objects.filter(pk=row.pk).update(
        outcome="DONE", answered_in=CheckInFactory(person=scene.mira, week_on=WEEK_46)
    )
    refused = browser.post(W47, sent)
    assert refused.status_code == 409
    assert "A line of your plan was answered in another week meanwhile." in said(refused)
    assert told() == []
    assert fields(refused)["did"] == "One"
    assert browser.post(W47, fields(refused)).status_code == 302
    assert told() == [("DID", "One", None, None)]


@pytest.mark.parametrize("pk", [1, 9999999999999999])
def test_a_line_that_is_not_mine_is_refused_like_one_that_is_not_there(scene, browser, pk):
    """AZ-02."""
    theirs = LineFactory(check_in=CheckInFactory(person=UserFactory(), week_on=WEEK_46), kind="PLAN", text="Theirs")
    answers = [answer(browser, {f"outcome-{which}": "DONE"}) for which in (pk, theirs.pk)]
    assert [(one.status_code, said(one)[2:4]) for one in answers] == [(409, said(answers[0])[2:4])] * 2
    theirs.refresh_from_db()
    assert (theirs.outcome, told()) == ("", [])


@pytest.mark.parametrize("typed", ["", "done", "MAYBE", "DONE\x00"])
def test_an_outcome_is_one_of_three(scene, browser, typed):
    """IN-07; none at all is no answer."""
    (row,) = planned(scene, "Publish")
    sent = answer(browser, {f"outcome-{row.pk}": typed})
    assert sent.status_code == (302 if typed == "" else 422)
    row.refresh_from_db()
    assert row.outcome == ""


def test_a_line_about_an_objective_is_carried_about_the_same(scene, browser):
    """Its audience goes with it (product, section 3)."""
    (row,) = planned(scene, "Ask for a review", objective=scene.writer)
    assert any(line.startswith("Ask for a review about Become a writer") for line in said(browser.get(W47)))
    assert answer(browser, {}).status_code == 302
    assert told() == [("PLAN", "Ask for a review", scene.writer.pk, "Ask for a review")]
    Objective.objects.filter(pk=scene.writer.pk).update(state="DROPPED", state_reason="No.")
    assert answer(browser, {f"outcome-{row.pk}": "DONE"}).status_code == 302
    assert told() == [("DID", "Ask for a review", scene.writer.pk, "Ask for a review")]


def test_the_title_of_what_one_may_no_longer_read_is_not_told(scene, browser):
    """AZ-02: one's own words stay one's own, on the week and in the checklist; they are not for others to copy."""
    together = ObjectiveFactory(kind="TEAM", owner=UserFactory(), team=scene.team, audience="TEAM", title="Secret plan")
    planned(scene, "Ask Jonas", objective=together)
    assert all("Secret plan" in browser.get(path).content.decode() for path in (W46, W47))
    scene.mira.memberships.update(left_on=date(2026, 11, 18))
    for path in (W46, W47):
        body = browser.get(path).content.decode()
        assert ("Ask Jonas" in body, "Secret plan" in body) == (True, False)
    assert "Ask Jonas" not in fields(browser.get(W46))["report-text"]


def test_words_about_one_objective_stand_apart_and_can_be_changed(scene, browser):
    """P73."""
    about = {f"did-{scene.writer.pk}": "Wrote\nCut", f"plan-{scene.writer.pk}": "Publish"}
    assert answer(browser, about, did="Slept").status_code == 302
    pk = scene.writer.pk
    assert sorted(told()) == sorted(
        [
            ("DID", "Slept", None, None),
            ("DID", "Wrote", pk, None),
            ("DID", "Cut", pk, None),
            ("PLAN", "Publish", pk, None),
        ]
    )
    stands = fields(browser.get(f"{W47}?edit=1"))
    assert [stands[name] for name in ("did", f"did-{pk}", f"plan-{pk}")] == ["Slept", "Wrote\nCut", "Publish"]
    assert answer(browser, {f"did-{pk}": "Cut"}).status_code == 302
    assert sorted(told()) == sorted(
        [("DID", "Slept", None, None), ("DID", "Cut", pk, None), ("PLAN", "Publish", pk, None)]
    )


def test_an_address_in_a_line_is_a_link_with_a_short_title(scene, browser):
    """P80, IN-10."""
    url = "https://git.example/northlight/shop/pull/128"
    assert answer(browser, {}, did=f'Merged {url}?a=1&b="2".').status_code == 302
    page = browser.get(W47)
    assert links(page)["shop#128"] == f"{url}?a=1&b="
    assert f'href="{url}?a=1&amp;b="' in page.content.decode()
    assert 'Merged shop#128"2".' in said(page)


def test_words_about_what_ended_meanwhile_are_given_back_to_copy(scene, browser):
    """Decisions 22: nothing is saved, and nothing that was typed is lost."""
    sent = fields(browser.get(W47)) | {f"did-{scene.writer.pk}": "Wrote half of it"}
    Objective.objects.filter(pk=scene.writer.pk).update(state="DROPPED", state_reason="No.")
    refused = browser.post(W47, sent)
    assert refused.status_code == 409
    assert "Wrote half of it" in said(refused)
    assert told() == []


def test_a_line_that_stays_keeps_its_answer_when_its_week_is_written_again(scene, client_of):
    """On Monday last week can still be changed, and this week has answered it already."""
    first, second = planned(scene, "Publish", "Deploy", week_on=WEEK_47)
    this_week = date(2026, 11, 23)
    answers = CheckInFactory(person=scene.mira, week_on=this_week)
    Line.objects.filter(pk=first.pk).update(outcome="DONE", answered_in=answers)
    LineFactory(check_in=answers, text="Publish", carried_from=first)
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False):
        assert answer(client_of(scene.mira), {"plan": "New\nPublish"}).status_code == 302
    assert told() == [("PLAN", "New", None, None), ("PLAN", "Publish", None, None)]
    assert told(this_week) == [("DID", "Publish", None, "Publish")]
    assert not Line.objects.filter(pk=second.pk).exists()
