"""One's own week: what stands in it, what is saved, how long it stays open."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from checkins.models import CheckIn
from objectives.models import Confidence, KeyResult, Value
from tests.checkins.reading import fields, links, said, week_of
from tests.checkins.scenes import nothing_about
from tests.factories import (
    AbsenceFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    QuarterFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.people import WEEK_47

pytestmark = pytest.mark.django_db
W46, W47 = "/check-in/2026-W46/", "/check-in/2026-W47/"


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def names(key_result):
    return f"confidence-{key_result.pk}", f"value-{key_result.pk}"


def test_everything_stands_where_it_was_left(scene, browser, frozen):
    page = browser.get("/check-in/")
    assert said(page) == [
        "Check in, week 47",
        "16–22 November · see week 46 · I was away your teams and your manager read that",
        "How sure are you?",
        "Everything stands where you left it. Touch only what changed. The ringed number is the one before. Whoever reads an objective reads its numbers.",
        "Become a writer",
        "Essays Value: Essays",
        "+1 Essays",
        "of 6 essays 0.3 of the way",
        "Confidence: Essays, 0 to 10, before 5",
        "0 1 2 3 4 5 6 7 8 9 10",
        "A line about it: Become a writer",
        "Only for this objective: teammates read this.",
        "Did for it",
        "Next for it",
        "Learned from it",
        "Still the right ones? Become a writer",
        "Essays change it: Essays · let it go: Essays",
        "Add another: Become a writer",
        "In your words",
        "A line each is plenty. Only you can read it: nobody shares a team with you yet.",
        "What I did",
        "What I plan next",
        "What I learned",
    ]
    confidence, value = names(scene.essays)
    assert fields(page) == nothing_about(scene.writer) | {
        "version": "0", value: "2", confidence: "5", "did": "", "plan": "", "learned": "",
    }  # fmt: skip
    one, new = f"/key-results/{scene.essays.pk}", f"{scene.writer.get_absolute_url()}key-results/new/"
    assert links(page) == {
        "see week 46": W46,
        "Become a writer": scene.writer.get_absolute_url(),
        "Add another": new,
        "change it": f"{one}/edit/",
        "let it go": f"{one}/drop/",
        ": Essays": f"{one}/drop/",
        ": Become a writer": new,
    }


def test_one_save_gives_the_week_and_shows_it(scene, browser, frozen):
    confidence, value = names(scene.essays)
    answer = browser.post(
        W47, {"version": "0", confidence: "7", value: "3", "did": "One\n\n  Two ", "plan": "Three", "learned": ""}
    )
    assert (answer.status_code, answer["Location"]) == (302, W47)
    page = browser.get(W47)
    assert "Saved. This is your week." in page.content.decode()
    assert week_of(page) == [
        "My week 47",
        "16–22 November · see week 46",
        "Change it",
        "Your Friday slide",
        "one up",
        "Mira",
        "Become a writer",
        "Essays 3 of 6 essays Confidence from 5 ↗ to 7",
        "What I did",
        "One",
        "Two",
        "What I plan next",
        "Three",
    ]
    assert "Saved." not in browser.get(W47).content.decode()
    again = browser.get(links(page)["Change it"])
    assert fields(again) == nothing_about(scene.writer) | {
        "version": "1", value: "3", confidence: "7", "did": "One\nTwo", "plan": "Three", "learned": "",
    }  # fmt: skip


def test_a_yes_or_no_a_reached_one_and_an_unmeasured_one(scene, browser, frozen):
    done = KeyResultFactory(objective=scene.writer, kind="YES_NO", title="Site is up", target=1, position=1)
    reached = KeyResultFactory(objective=scene.writer, title="Drafts", target=3, position=2)
    ValueFactory(key_result=reached, amount=3)
    unknown = KeyResultFactory(objective=scene.writer, title="Readers", baseline=None, position=3)
    stands = fields(browser.get(W47))
    assert [stands[names(row)[1]] for row in (done, reached, unknown)] == ["0", "3", ""]
    sent = stands | {names(done)[1]: "1", names(unknown)[1]: ""}
    assert browser.post(W47, sent).status_code == 302
    assert list(Value.objects.filter(week_on=WEEK_47).order_by("amount").values_list("key_result", "amount")) == [
        (done.pk, 1),
        (scene.essays.pk, 2),
        (reached.pk, 3),
    ]
    assert said(browser.get(W47))[4:10] == [
        "four the same",
        "Mira",
        "Become a writer",
        "Essays 2 of 6 essays Confidence still 5",
        "Site is up yes Confidence still 5",
        "Drafts 3 of 3 Confidence still 5",
    ]


@pytest.mark.parametrize("typed", ["2", "yes", "-1", ""])
def test_a_yes_or_no_is_one_of_the_two(scene, browser, frozen, typed):
    done = KeyResultFactory(objective=scene.writer, kind="YES_NO", title="Site is up", target=1)
    answer = browser.post(W47, fields(browser.get(W47)) | {names(done)[1]: typed})
    assert answer.status_code == 422
    assert not CheckIn.objects.exists()


def test_only_what_i_log_is_asked(scene, browser, frozen):
    """Decisions 10: the owner of the key result, whoever owns the objective."""
    jonas = UserFactory(name="Jonas")
    MembershipFactory(team=scene.team, user=jonas)
    together = ObjectiveFactory(kind="TEAM", owner=jonas, team=scene.team, audience="TEAM", title="Ship")
    mine = KeyResultFactory(objective=together, owner=scene.mira, title="Builds")
    KeyResultFactory(objective=together, title="Deploys of Jonas")
    KeyResultFactory(objective=scene.writer, owner=jonas, title="Readers of Jonas")
    KeyResultFactory(objective=scene.writer, title="Dropped", state="DROPPED", state_reason="No.")
    KeyResultFactory(objective=ObjectiveFactory(owner=scene.mira, state="DRAFT"), title="Of a draft")
    KeyResultFactory(
        objective=ObjectiveFactory(owner=scene.mira, state="DROPPED", state_reason="No."), title="Of a dropped one"
    )
    KeyResultFactory(objective=ObjectiveFactory(owner=jonas, audience="ONLY_ME"), owner=scene.mira, title="Hidden")
    stands = fields(browser.get(W47))
    asked = {*names(scene.essays), *names(mine)}
    assert set(stands) - asked == {"version", "did", "plan", "learned", *nothing_about(scene.writer, together)}
    assert asked - set(stands) == set()


def test_a_person_without_objectives_has_words(client_of, frozen):
    browser = client_of(UserFactory(name="Jo"))
    assert said(browser.get(W47)) == [
        "Check in, week 47",
        "16–22 November · see week 46 · I was away your teams and your manager read that",
        "How sure are you?",
        "Nothing to log this week.",
        "What you want to be true by the end of the quarter, and how you will know, stands here week by week.",
        "“Become a writer people look forward to reading”",
        "Write an objective",
        "In your words",
        "A line each is plenty. Only you can read it: nobody shares a team with you yet.",
        "What I did",
        "What I plan next",
        "What I learned",
    ]
    assert browser.post(W47, {"version": "0", "learned": "A small one"}).status_code == 302
    assert week_of(browser.get(W47)) == [
        "My week 47", "16–22 November · see week 46", "Change it", "Your Friday slide", "Jo", "What I learned",
        "A small one",
    ]  # fmt: skip


def test_somebody_who_is_away_may_check_in(scene, browser, frozen):
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    assert browser.post(W47, fields(browser.get(W47))).status_code == 302


def test_the_weeks_before_a_quarter_take_its_opening(scene, browser, frozen):
    """Decisions 12, 18."""
    later = QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1))
    hands = ObjectiveFactory(owner=scene.mira, quarter=later, title="Learn to draw hands")
    drawn = KeyResultFactory(objective=hands, title="Hands drawn", opening_confidence=4)
    page = browser.get(W47)
    at = said(page).index("Before it starts")
    assert said(page)[at : at + 6] == [
        "Before it starts",
        "How sure are you that you will get there? It is the first number of the quarter.",
        "Learn to draw hands",
        "Hands drawn of 10",
        "Opening confidence: Hands drawn, 0 to 10",
        "0 1 2 3 4 5 6 7 8 9 10",
    ]
    stands = fields(page)
    assert (stands[names(drawn)[0]], names(drawn)[1] in stands) == ("4", False)
    assert browser.post(W47, stands | {names(drawn)[0]: "8"}).status_code == 302
    assert KeyResult.objects.get(pk=drawn.pk).opening_confidence == 8
    assert not Confidence.objects.filter(key_result=drawn).exists()


def test_the_last_week_of_a_quarter_is_asked_and_the_first_of_the_next_is_not(scene, client_of):
    """Week 53 belongs to the quarter that holds its Thursday, 31 December, up to 3 January."""
    QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1))
    with time_machine.travel(datetime(2027, 1, 3, 23, 59, tzinfo=UTC), tick=False):
        page = client_of(scene.mira).get("/check-in/")
        assert said(page)[:2] == [
            "Check in, week 53",
            "28 December – 3 January · see week 52 · I was away your teams and your manager read that",
        ]
        assert names(scene.essays)[0] in fields(page)
    with time_machine.travel(datetime(2027, 1, 4, 0, 0, tzinfo=UTC), tick=False):
        browser = client_of(scene.mira)
        assert said(browser.get("/check-in/"))[:4] == [
            "Check in, week 1", "4–10 January · see week 53 · I was away your teams and your manager read that", "How sure are you?", "Nothing to log this week.",
        ]  # fmt: skip
        assert browser.post("/check-in/2026-W53/", fields(browser.get("/check-in/2026-W53/"))).status_code == 302
    assert CheckIn.objects.get().is_late


@pytest.mark.parametrize(
    ("zone", "now", "week"),
    [
        ("Pacific/Kiritimati", datetime(2026, 11, 22, 10, 0, tzinfo=UTC), "2026-W48"),  # +14: Monday already
        ("Pacific/Kiritimati", datetime(2026, 11, 22, 9, 59, tzinfo=UTC), "2026-W47"),
        ("Pacific/Pago_Pago", datetime(2026, 11, 23, 10, 59, tzinfo=UTC), "2026-W47"),  # -11: Sunday still
        ("Pacific/Pago_Pago", datetime(2026, 11, 23, 11, 0, tzinfo=UTC), "2026-W48"),
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "2026-W43"),  # the night of 25 hours
        ("Europe/Berlin", datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "2026-W44"),
        ("Europe/Berlin", datetime(2027, 3, 28, 21, 59, tzinfo=UTC), "2027-W12"),  # the one of 23
        ("Europe/Berlin", datetime(2027, 3, 28, 22, 0, tzinfo=UTC), "2027-W13"),
    ],
)
def test_this_week_is_the_persons_own(client_of, zone, now, week):
    """Decisions 17."""
    with time_machine.travel(now, tick=False):
        browser = client_of(UserFactory(zone=zone))
        assert browser.post(f"/check-in/{week}/", {"version": "0", "did": "One"}).status_code == 302
        assert said(browser.get("/check-in/"))[0] == f"My week {int(week[-2:])}"
    assert str(CheckIn.objects.get().week) == week
    assert not CheckIn.objects.get().is_late
