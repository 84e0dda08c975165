"""Home: what to do now, my objectives, who is in."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from objectives.models import Objective
from tests.checkins.reading import links, said
from tests.factories import (
    AbsenceFactory,
    CheckInFactory,
    ConfidenceFactory,
    DraftFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = pytest.mark.django_db
HEADS = "Key result Now Progress This quarter Confidence"


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def test_before_the_check_in(scene, browser, frozen):
    CheckInFactory(person=scene.mira, week_on=date(2026, 11, 2))
    CheckInFactory(person=scene.mira)
    page = browser.get("/")
    assert said(page) == [
        "Thursday, 19 November",
        "Week 8 of 14. You have logged two weeks in a row.",
        "Your week takes about 10 seconds.",
        "One confidence, three lines.",
        "Check in for week 47",
        "Waiting for you",
        "Look once whether yours are still the right ones mid-quarter",
        "My objectives",
        "As of week 46. The hollow tick is the number before.",
        "Become a writer",
        "Key results of: Become a writer",
        HEADS,
        "Essays 2 of 6 essays 33 % Confidence 5/10, before 5 same",
        "Write another objective",
        "Who is in",
        "Week 47",
        "Accelerator nobody is in yet · celebrates tomorrow, 15:30",
    ]
    assert links(page) == {
        "Look once whether yours are still the right ones": "/objectives/review/",
        "Check in for week 47": "/check-in/2026-W47/",
        "Become a writer": scene.writer.get_absolute_url(),
        "Write another objective": "/objectives/new/",
        "Accelerator": "/teams/accelerator/",
        "celebrates tomorrow, 15:30": "/teams/accelerator/celebration/",
    }


def test_what_was_begun_is_gone_on_with(scene, browser, client_of, frozen):
    """DB-09, P72: and nobody else is told that somebody has begun."""
    DraftFactory(person=MembershipFactory(team=scene.team).user, week_on=WEEK_47)
    DraftFactory(person=scene.mira, week_on=WEEK_46)
    assert "Check in for week 47" in said(browser.get("/"))
    DraftFactory(person=scene.mira, week_on=WEEK_47)
    page = browser.get("/")
    assert said(page)[2:5] == [
        "You have begun your week.",
        "What you typed is kept, for you alone until you press Done.",
        "Go on with week 47",
    ]
    assert links(page)["Go on with week 47"] == "/check-in/2026-W47/"
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    assert said(browser.get("/"))[2:6] == [
        "You have checked in for week 47.",
        "See your week. It stays open until Sunday.",
        "What you typed since is kept, and not given yet.",
        "Go on",
    ]


def test_a_why_stands_under_its_title(scene, browser, frozen):
    """P8."""
    Objective.objects.update(why="I explain things badly on a page.")
    words = said(browser.get("/"))
    title = words.index("Become a writer")
    assert words[title + 1] == "Why: I explain things badly on a page."
    Objective.objects.update(why="")
    assert [line for line in said(browser.get("/")) if line.startswith("Why")] == []


def test_after_the_check_in(scene, browser, frozen):
    CheckInFactory(person=scene.mira)
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    page = browser.get("/")
    assert said(page)[2:5] == [
        "You have checked in for week 47.",
        "See your week. It stays open until Sunday.",
        "Change it",
    ]
    assert said(page)[-1] == "Accelerator everybody is in · celebrates tomorrow, 15:30"
    assert links(page)["Change it"] == "/check-in/2026-W47/?edit=1"


def test_who_is_away_is_not_waited_for(scene, browser, frozen):
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    page = browser.get("/")
    assert said(page)[2:5] == [
        "You are away until 30 Nov.",
        "Nobody waits for you. Back already?",
        "Check in all the same",
    ]
    assert links(page)["Back already?"] == "/settings/"
    assert "primary" not in page.content.decode()


def test_a_newcomer_has_first_steps(client_of, frozen):
    person = UserFactory()
    page = client_of(person).get("/")
    assert said(page) == [
        "Thursday, 19 November",
        "How is your week?",
        "A line or two in your words.",
        "Check in for week 47",
        "First steps",
        "They take about four minutes.",
        "1",
        "Write one objective",
        "One sentence about what you want to be true by the end of the quarter.",
        "2",
        "Check in",
        "How sure are you? A number for each key result, a line of words.",
        "My objectives",
        "Nothing here yet. That is the best moment.",
        "One sentence about what you want to be true by the end of the quarter, and how you will know.",
        "Write an objective",
        "Who is in",
        "You are in no team yet. A lead or a site admin can invite you; see the teams, or make a circle.",
    ]
    assert links(page)["Write one objective"] == "/objectives/new/"


@pytest.mark.parametrize(
    ("role", "is_site_admin", "expected"),
    [("LEAD", False, True), ("MEMBER", False, False), ("MEMBER", True, True), ("COACH", False, False)],
)
def test_who_may_invite_is_reminded_to(client_of, frozen, role, is_site_admin, expected):
    person = UserFactory(is_site_admin=is_site_admin)
    MembershipFactory(team=TeamFactory(slug="rockets"), user=person, role=role)
    page = client_of(person).get("/")
    assert (links(page).get("Invite a colleague") == "/teams/rockets/invitations/") is expected


def test_first_steps_are_ticked_one_by_one_and_go(scene, browser, frozen):
    page = said(browser.get("/"))
    assert page[page.index("First steps") : page.index("Waiting for you")] == [
        "First steps", "They take about four minutes.", "✓", "Write one objective", "Done.", "2", "Check in",
        "How sure are you? A number for each key result, a line of words.",
    ]  # fmt: skip
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    assert "First steps" not in said(browser.get("/"))


def test_last_week_can_be_caught_up_with_by_those_who_logged_before(scene, browser):
    CheckInFactory(person=scene.mira)
    words = "Fill in week 47 while you can: until Wednesday."
    for day, expected in ((23, True), (25, True), (26, False)):
        with time_machine.travel(datetime(2026, 11, day, 12, tzinfo=UTC), tick=False):
            assert (words in said(browser.get("/"))) is expected
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        assert links(browser.get("/"))["Fill in week 47"] == "/check-in/2026-W47/"
        CheckInFactory(person=scene.mira, week_on=WEEK_47)
        assert words not in said(browser.get("/"))


def test_a_newcomer_is_not_asked_to_catch_up(browser):
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        assert not [line for line in said(browser.get("/")) if line.startswith("Fill in")]


def test_what_is_mine_and_what_others_log(scene, browser, frozen):
    """A team's objective that I own, with a key result of somebody else; one of mine under another's."""
    jonas = UserFactory(name="Jonas")
    MembershipFactory(team=scene.team, user=jonas)
    team = {"kind": "TEAM", "team": scene.team, "audience": "EVERYONE"}
    ship = ObjectiveFactory(owner=scene.mira, title="Ship", position=1, **team)
    KeyResultFactory(objective=ship, owner=jonas, title="Deploys")
    sleep = ObjectiveFactory(owner=jonas, title="Sleep", position=2, **team)
    ConfidenceFactory(key_result=KeyResultFactory(objective=sleep, owner=scene.mira, title="Pages"), level=6)
    ObjectiveFactory(owner=jonas, title="Another's own", audience="EVERYONE")
    page = said(browser.get("/"))
    assert page[2:4] == ["Your week takes about 15 seconds.", "Two confidences, three lines."]
    assert page[page.index("Ship") : page.index("Write another objective")] == [
        "Ship", "Accelerator’s own.", "Key results of: Ship", HEADS, "Deploys logged by Jonas 0 of 10 0 % not logged yet",
        "Sleep", "Accelerator’s own.", "Key results of: Sleep", HEADS,
        "Pages 0 of 10 0 % Confidence 6/10, before 5 ▲ 1",
    ]  # fmt: skip


def test_drafts_reached_unmeasured_and_empty_ones(scene, browser, frozen):
    later = QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1))
    ObjectiveFactory(owner=scene.mira, title="A draft", state="DRAFT", quarter=later)
    hands = ObjectiveFactory(owner=scene.mira, title="Draw hands", quarter=later)
    ValueFactory(key_result=KeyResultFactory(objective=hands, title="Hands", target=3), amount=3)
    KeyResultFactory(objective=hands, title="Unknown", baseline=None, position=1)
    ObjectiveFactory(owner=scene.mira, title="Empty", position=1)
    ObjectiveFactory(owner=scene.mira, title="Over", state="CLOSED")
    page = said(browser.get("/"))
    start = page.index("Empty")
    assert page[start : page.index("Who is in")] == [
        "Empty",
        "No key results yet. How will you know you met it?",
        "Draw hands 2027-Q1",
        "Key results of: Draw hands",
        HEADS,
        "Hands reached 3 of 3 100 % not logged yet",
        "Unknown not measured yet → 10 measure first not logged yet",
        "Write another objective",
        "Drafts",
        "Nobody logs them until you make them active.",
        "A draft 2027-Q1",
    ]


def test_five_objectives_are_called_enough(scene, browser, frozen):
    ObjectiveFactory.create_batch(4, owner=scene.mira)
    words = "Write another objective One more usually takes its time from another."
    assert words in said(browser.get("/"))


def test_who_is_in_counts_members_who_are_here(scene, browser, client_of, frozen):
    """Decisions 8: those who are away are not waited for; coaches log in a team of their own."""
    team = scene.team
    jonas, sam, kofi, coach, gone, off = (UserFactory(name=name) for name in ("J", "S", "K", "C", "G", "O"))
    for person in (jonas, sam, kofi):
        MembershipFactory(team=team, user=person)
    MembershipFactory(team=team, user=coach, role="COACH")
    MembershipFactory(team=team, user=gone, left_on=date(2026, 11, 18))
    MembershipFactory(team=team, user=off)
    off.switched_off_at = frozen
    off.save(update_fields=["switched_off_at"])
    AbsenceFactory(user=sam, first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    for person in (jonas, coach, gone, off):
        CheckInFactory(person=person, week_on=WEEK_47)
    CheckInFactory(person=kofi, week_on=WEEK_47, done_at=None)
    CheckInFactory(person=kofi, week_on=WEEK_46)
    assert said(browser.get("/"))[-1] == "Accelerator one of three is in · one away · celebrates tomorrow, 15:30"
    assert (
        said(client_of(coach).get("/"))[-1] == "Accelerator one of three is in · one away · celebrates tomorrow, 15:30"
    )
