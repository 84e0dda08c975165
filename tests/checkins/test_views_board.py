"""The board: who pushes what, this quarter and others, as far as the viewer may read it."""

from datetime import date

import pytest

from tests.checkins.reading import board_of, links
from tests.checkins.scenes import join
from tests.factories import (
    AbsenceFactory,
    CheckInFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    NudgeFactory,
    ObjectiveFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.objectives import WEEK_46
from tests.factories.people import WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BOARD = "/teams/accelerator/"
EMPTY = [
    "Nothing together yet.",
    "A direction that all of you push, and two or three key results that say when you are there.",
    "“Ship a change before the coffee goes cold”",
]


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def summer():
    return QuarterFactory(slug="2026-Q3", first_on=date(2026, 7, 1), ends_on=date(2026, 10, 1))


def test_the_whole_board_of_a_team(scene, browser):
    team = scene.team
    jonas, sam = join(team, "Jonas Lind"), join(team, "Sam")
    why = "Waiting is how ideas go stale.\n" + "They do. " * 200
    ship = ObjectiveFactory(kind="TEAM", owner=jonas, team=team, audience="EVERYONE", title="Ship", why=why)
    merge = KeyResultFactory(objective=ship, title="Merge", unit="min", baseline=90, target=20)
    ConfidenceFactory(key_result=merge, level=4)
    ConfidenceFactory(key_result=merge, week_on=WEEK_47, level=6)
    ValueFactory(key_result=merge, amount=41)
    reached = KeyResultFactory(objective=ship, title="Deploys", target=3, position=1)
    ValueFactory(key_result=reached, amount=3)
    KeyResultFactory(objective=ship, title="Stars", state="DROPPED", state_reason="No.", position=2)
    KeyResultFactory(objective=ship, title="Nights", baseline=None, position=3)
    ObjectiveFactory(owner=jonas, title="Run far", state="DROPPED", state_reason="Knee.")
    ConfidenceFactory(
        key_result=KeyResultFactory(objective__owner=sam, objective__title="Be funny"), week_on="2026-10-26"
    )
    ObjectiveFactory(owner=jonas, title="A draft", state="DRAFT")
    CheckInFactory(person=jonas, week_on=WEEK_47)
    AbsenceFactory(user=sam, first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    page = browser.get(BOARD)
    assert board_of(page) == [
        "Accelerator",
        "2026-Q4 · one of two is in · one away",
        "Only what moved Celebrate Look back On the wall What we protect Quarters so far About the team Write a team objective",
        "Team",
        "What we push together",
        "Ship",
        "Why: Waiting is how ideas go stale. " + " ".join(["They do."] * 10),
        "Merge 41 min → 20 min · 70 % Confidence 6/10, before 4 ▲ 2",
        "Deploys 3 of 3 · ✓ reached not logged yet",
        "Stars dropped",
        "Nights not measured yet → 10 · measure first not logged yet",
        "People",
        "JL",
        "Jonas Lind",
        "checked in",
        "Run far dropped",
        "See the week: Jonas Lind",
        "M",
        "Mira",
        "week 46 shown",
        "Become a writer",
        "Essays 2 of 6 essays · 33 % Confidence 5/10",
        "S",
        "Sam",
        "away until 30 November",
        "Be funny",
        f"{KeyResultFactory._meta.model.objects.get(objective__title='Be funny').title} 0 of 10 · 0 % Confidence 5/10",
    ]
    assert links(page)["Jonas Lind"] == "/people/jonas-lind/"
    assert page.content.decode().count("who hollow") == 2


def test_a_team_that_has_nothing_yet(scene, client_of):
    rockets = TeamFactory(name="Rockets")
    tara = join(rockets, "Tara", role="LEAD")
    page = client_of(tara).get("/teams/rockets/")
    assert board_of(page) == [
        "Rockets", "2026-Q4 · nobody is in yet", "Celebrate Look back On the wall What we protect Room link Quarters so far About the team Write a team objective", "Team",
        "What we push together", *EMPTY, "Write a team objective", "People", "T", "Tara", "nothing shared yet",
    ]  # fmt: skip
    assert links(page)["Write a team objective"] == "/objectives/new/?team=rockets"


def test_a_coach_is_offered_nothing_that_is_refused(scene, client_of):
    coach = join(scene.team, "Cora", role="COACH")
    assert "/objectives/new/?team=accelerator" not in links(client_of(coach).get(BOARD)).values()
    assert "/objectives/new/?team=accelerator" in links(client_of(scene.mira).get(BOARD)).values()


def test_a_stranger_reads_what_is_open_and_is_not_told_who_is_in(scene, browser, client_of):
    """Guarantees, row 24: who is in is for the team, the coach and the manager."""
    ObjectiveFactory(owner=scene.mira, title="Open", audience="EVERYONE")
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    AbsenceFactory(user=join(scene.team, "Sam"), first_on=date(2026, 11, 16), last_on=date(2026, 11, 30))
    page = client_of(UserFactory()).get(BOARD)
    assert board_of(page) == [
        "Accelerator", "2026-Q4", "Only what moved On the wall Quarters so far About the team", "Team", "What we push together", *EMPTY, "People",
        "M", "Mira", "not logged yet", "Open", "S", "Sam", "nothing shared yet",
    ]  # fmt: skip
    assert "hollow" not in page.content.decode()


def test_a_manager_outside_the_team_is_told_about_their_reports(scene, client_of):
    mona = UserFactory(name="Mona")
    ana = UserFactory(name="Ana", manager=mona)
    MembershipFactory(team=scene.team, user=ana)
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    page = board_of(client_of(mona).get(BOARD))
    assert page[1] == "2026-Q4"
    assert page[page.index("A") : page.index("M") + 3] == [
        "A", "Ana", "nothing shared yet", "M", "Mira", "nothing shared yet",
    ]  # fmt: skip
    CheckInFactory(person=ana, week_on=WEEK_47)
    assert board_of(client_of(mona).get(BOARD))[page.index("A") + 2] == "checked in"


def test_the_past_is_shown_with_those_who_were_there(scene, browser):
    """Decisions 6: members whose membership overlaps the quarter; who has left only with something to read."""
    team, past = scene.team, summer()
    MembershipFactory._meta.model.objects.update(joined_on=date(2026, 7, 1))
    gone = join(team, "Gone", joined_on=date(2026, 1, 1), left_on=date(2026, 8, 1))
    join(team, "Silent", joined_on=date(2026, 1, 1), left_on=date(2026, 8, 1))
    join(team, "Before", joined_on=date(2026, 1, 1), left_on=date(2026, 7, 1))
    join(team, "After", joined_on=date(2026, 10, 1))
    old = ObjectiveFactory(owner=gone, quarter=past, title="Old", state="CLOSED", audience="EVERYONE")
    tests = KeyResultFactory(objective=old, title="Tests")
    ConfidenceFactory(key_result=tests, week_on=date(2026, 9, 14), level=6)
    ConfidenceFactory(key_result=tests, week_on=date(2026, 9, 21), level=8)
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    page = browser.get(BOARD, {"quarter": "2026-Q3"})
    assert board_of(page) == [
        "Accelerator", "2026-Q3", "2026-Q4 → Only what moved Celebrate Look back On the wall The story of it Quarters so far About the team Write a team objective", "Team",
        "What we push together", *EMPTY, "Write a team objective", "People",
        "G", "Gone", "week 39 shown", "Old", "Tests 0 of 10 · 0 % Confidence 8/10, before 6 ▲ 2",
        "M", "Mira", "nothing shared",
    ]  # fmt: skip
    assert links(page)["2026-Q4 →"] == "?quarter=2026-Q4"
    assert "← 2026-Q3" in links(browser.get(BOARD))


def test_the_next_quarter_has_nothing_to_compare(scene, browser):
    later = QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1))
    hands = ObjectiveFactory(owner=scene.mira, quarter=later, title="Hands")
    KeyResultFactory(objective=hands, title="Drawn")
    page = board_of(browser.get(BOARD, {"quarter": "2027-Q1"}))
    assert page[-5:] == ["M", "Mira", "not logged yet", "Hands", "Drawn 0 of 10 · 0 % not logged yet"]


@pytest.mark.parametrize(
    "asked",
    ["2026-Q5", "2026-q4", "x", " ", "2026-Q4 ", "2026-10", "' OR 1=1", "%", "２０２６-Q4", "x" * 5_000, "\ud800"],
)
def test_a_quarter_that_is_not_there_is_404(browser, asked):
    QuarterFactory(slug="2026-10", length="MONTH", first_on=date(2026, 10, 1), ends_on=date(2026, 11, 1))
    assert browser.get(BOARD, {"quarter": asked.encode("utf-8", "surrogatepass")}).status_code == 404


@pytest.mark.parametrize("slug", ["nobody", "ACCELERATOR", "a--b", "%2e%2e", "é", "x" * 200])
def test_a_team_that_is_not_there_is_404(browser, slug):
    assert browser.get(f"/teams/{slug}/").status_code == 404


def test_a_control_character_in_the_quarter_is_400(browser):
    assert browser.get(f"{BOARD}?quarter=%00").status_code == 400


def test_members_of_another_length_stand_with_their_own_quarter(scene, browser, client_of):
    """Decisions 19: the objectives of overlapping quarters, tagged with their own."""
    monthly = TeamFactory(name="Monthly", length="MONTH")
    MembershipFactory(team=monthly, user=scene.mira)
    november = QuarterFactory(slug="2026-11", length="MONTH", first_on=date(2026, 11, 1), ends_on=date(2026, 12, 1))
    ObjectiveFactory(kind="TEAM", owner=scene.mira, team=monthly, quarter=november, audience="EVERYONE", title="Tidy")
    assert board_of(browser.get("/teams/monthly/")) == [
        "Monthly", "2026-11 · nobody is in yet", "Only what moved Celebrate Look back On the wall What we protect Quarters so far About the team Write a team objective", "Team",
        "What we push together", "Tidy", "People", "M", "Mira", "week 46 shown", "Become a writer 2026-Q4",
        "Essays 2 of 6 essays · 33 % Confidence 5/10",
    ]  # fmt: skip


def test_a_team_whose_first_quarter_is_not_made_yet(scene, browser):
    MembershipFactory(team=TeamFactory(name="Halves", length="HALF"), user=scene.mira)
    page = browser.get("/teams/halves/")
    assert board_of(page) == [
        "Halves", "nobody is in yet", "Celebrate Look back On the wall What we protect Quarters so far About the team Write a team objective", "Team", "What we push together",
        "Its first quarter is being made.",
        "Look again in a minute: objectives stand here, and below them the people with theirs.",
        "People", "M", "Mira", "nothing shared yet",
    ]  # fmt: skip
    assert 'class="ribbon"' not in page.content.decode()


def test_the_organisations_board(scene, client_of):
    house = TeamFactory(kind="ORGANISATION", name="Northlight")
    ruth = join(house, "Ruth", role="LEAD")
    ObjectiveFactory(kind="TEAM", owner=ruth, team=house, audience="EVERYONE", title="Be the name")
    lines = [
        "Organisation", "What we push together", "Be the name",
        "Everybody belongs here. What each team pushes stands on its own board. See the teams",
    ]  # fmt: skip
    assert board_of(client_of(scene.mira).get("/teams/northlight/")) == [
        "Northlight",
        "2026-Q4",
        "Only what moved On the wall About the team",
        *lines,
    ]
    leader = board_of(client_of(ruth).get("/teams/northlight/"))
    assert leader == [
        "Northlight",
        "2026-Q4",
        "Only what moved On the wall What we protect Room link About the team Write a team objective",
        *lines,
    ]


@pytest.mark.parametrize(
    "hidden",
    [{"audience": "ONLY_ME"}, {"audience": "MANAGER"}, {"state": "DRAFT"}, {"deleted_at": "2026-11-01T00:00Z"}],
)
@pytest.mark.parametrize("quarter", ["2026-Q4", "2026-Q3"])
def test_what_is_hidden_leaves_no_trace(scene, client_of, hidden, quarter):
    """AZ-06: neither in titles, nor in weeks shown, nor in quarters to switch to; nor for its owner (decisions 9)."""
    jonas = join(scene.team, "Jonas")
    reader = client_of(jonas)
    NudgeFactory(person=scene.mira, by=jonas)
    NudgeFactory(person=jonas, by=scene.mira)  # so that nobody is offered to send one
    before = board_of(reader.get(BOARD))
    past = summer()
    secret = ObjectiveFactory(
        owner=scene.mira, quarter=past if quarter == "2026-Q3" else scene.writer.quarter, **hidden
    )
    ConfidenceFactory(key_result=KeyResultFactory(objective=secret), week_on=WEEK_47, level=9)
    assert board_of(reader.get(BOARD)) == before
    scene.mira.refresh_from_db()
    assert board_of(client_of(scene.mira).get(BOARD)) == before
    type(secret).objects.filter(pk=secret.pk).update(audience="EVERYONE", state="ACTIVE", deleted_at=None)
    assert board_of(reader.get(BOARD)) != before


def test_what_people_said_this_week_stands_beside_them_for_those_who_may_read_it(scene, client_of):
    """Decisions 4: a week's words are for the person's teams and manager."""
    week = CheckInFactory(person=scene.mira, week_on=WEEK_47)
    for position, (kind, text) in enumerate([("LEARNED", "Ask."), ("DID", "Sent it."), ("DID", "Slept.")]):
        LineFactory(check_in=week, kind=kind, text=text, position=position)
    LineFactory(check_in=week, text="Of mine.", objective=ObjectiveFactory(owner=scene.mira, audience="ONLY_ME"))
    LineFactory(check_in=CheckInFactory(person=scene.mira, week_on=WEEK_46), text="Old.")
    LineFactory(check_in=CheckInFactory(person=join(scene.team, "Sam"), week_on=WEEK_47, done_at=None), text="Unsent.")
    words = ["This week in their words: Mira", "Did", "Sent it.", "Slept.", "Learned", "Ask."]
    ours = board_of(client_of(join(scene.team, "Jonas")).get(BOARD))
    start = ours.index(words[0])
    assert ours[start : start + len(words)] == words
    assert not {"Of mine.", "Old.", "Unsent."} & set(ours)
    assert not {*words, "Of mine."} & set(board_of(client_of(UserFactory()).get(BOARD)))
    assert "Of mine." not in board_of(client_of(scene.mira).get(BOARD))


def test_only_what_moved_this_week(scene, browser):
    """Confidences other than before; who and what did not move is left out, and all of it is a press away."""
    jonas = join(scene.team, "Jonas")
    for title, was, now in (("Up", 4, 6), ("Down", 6, 4), ("Still", 5, 5)):
        moving = KeyResultFactory(objective__owner=jonas, objective__title=f"{title} of Jonas", title=title)
        ConfidenceFactory(key_result=moving, level=was)
        ConfidenceFactory(key_result=moving, week_on=WEEK_47, level=now)
    page = browser.get(BOARD, {"moved": "1"})
    lines = board_of(page)
    known = {"Jonas", "Mira", "Team", "Up of Jonas", "Down of Jonas", "Still of Jonas"}
    assert sorted(known.intersection(lines)) == ["Down of Jonas", "Jonas", "Up of Jonas"]
    assert links(page)["Everything"] == "?quarter=2026-Q4"
    assert "Still of Jonas" in board_of(browser.get(BOARD))


def test_a_week_in_which_nothing_moved_says_so(scene, browser):
    lines = board_of(browser.get(BOARD, {"moved": "1"}))
    assert (lines[-1], "Mira" in lines) == ("No confidence has moved since the number before it.", False)
