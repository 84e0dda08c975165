"""The recap of a team's quarter in front of one screen (P102, P106)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from people.models import Membership
from tests.factories import (
    AmendmentFactory,
    CheckInFactory,
    CheerFactory,
    ConfidenceFactory,
    GradeFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    SessionFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.retros import PickFactory
from tests.objectives.crew import make_crew
from tests.people.doors import words_of

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)  # 2026-Q4 is over
URL = "/teams/accelerator/quarters/2026-Q4/recap/"
FIRST = date(2026, 9, 28)  # the Monday of its first week
MOST_QUERIES = 12


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def show(client_of):
    """The screens as one person gets them: the words of each, by its name in the address."""

    def shown(person, url=URL):
        answer = client_of(person).get(url)
        assert answer.status_code == 200
        parts = re.findall(
            r'<section class="look" id="([\w-]+)".*?</header>(.*?)<footer(.*?)</section>',
            re.sub(r'<svg.*?"(Mean \S+)\. .*?</svg>', r"(\1)", answer.content.decode()),
            re.DOTALL,
        )
        return {name: words_of(f"{told} <footer{foot}").replace(" Back", "") for name, told, foot in parts}

    return shown


def graded(objective, tenths, lesson="", **fields):
    return GradeFactory(
        key_result=KeyResultFactory(objective=objective, **fields), tenths=tenths, lesson=lesson
    ).key_result


def week(number):
    return FIRST + timedelta(weeks=number)


def minds(row, levels, person):
    """One level a week from the first on."""
    return [
        ConfidenceFactory(key_result=row, week_on=week(place), level=level, by=person)
        for place, level in enumerate(levels)
    ]


def test_screen_by_screen(crew, show):
    """P102: grades with the learning on top, a best moment, a change of mind; then the story, then the retro."""
    crew.graded_before()
    ship = crew.team_objective(title="Ship before the coffee goes cold")
    graded(ship, 7, "Caching was an afternoon.", title="Merge")
    KeyResultFactory(objective=ship, title="Deploy", position=1)
    write = crew.objective(title="Become a writer")
    essays = graded(write, 8, "A title is half of it.", title="Essays")
    graded(write, 4, "The slow draft was the one people forwarded.", title="Replies", position=1)
    minds(essays, [5, 6, 2, 3], crew.mira)
    LineFactory(check_in=CheckInFactory(person=crew.mira, week_on=week(2)), kind="DID", text="Threw away the draft")
    KeyResultFactory(objective=crew.objective(owner=crew.jonas, title="Play standards"), title="Tunes")
    PickFactory(person=crew.mira, team=crew.team, quarter=crew.quarter, moment="A stranger asked to keep it.")
    found = show(crew.jonas)
    assert [*found] == ["start", "together", "turn-elif", "turn-jonas", "turn-mira", "story"]
    assert found["together"] == (
        "Together Caching was an afternoon. (Mean 0.7) Ship before the coffee goes cold 0.7 Merge not graded Deploy then Elif"
    )
    assert found["turn-elif"] == "Elif Elif says what the quarter was. then Jonas"
    assert found["turn-jonas"] == "Jonas Play standards not graded Tunes then Mira"
    assert found["turn-mira"] == (
        "Mira The slow draft was the one people forwarded. (Mean 0.6) Become a writer 0.8 Essays 0.4 Replies"
        " “A title is half of it.” Ship before the coffee goes cold with the team 0.7 Merge not graded Deploy"
        " “Caching was an afternoon.” Best moment A stranger asked to keep it. Changed my mind about"
        " Threw away the draft Essays: 6 → 2 in week 42 then the story"
    )
    assert found["story"] == (
        "The story of 2026-Q4 Three objectives. The whole story, to print On to the retro then the retro"
    )


def test_it_is_the_same_for_everybody_of_the_team(crew, client_of):
    """Decisions 25: nobody's private things are on the wall, not for themselves either, and nothing is counted of
    them; nor what only the reader may read: because they answer for it, because they gave or got it, or share
    another team."""
    crew.objective(title="For my teams")
    for audience in ("ONLY_ME", "MANAGER"):
        graded(crew.objective(title=f"HIDDEN {audience}", audience=audience), 2, f"HIDDEN {audience}")
    crew.objective(title="HIDDEN draft", state="DRAFT")
    circle = TeamFactory(name="Circle")
    gone = UserFactory(name="Gone")
    for person in (crew.mira, gone):
        MembershipFactory(team=circle, user=person)
    MembershipFactory(team=crew.team, user=gone, left_on=date(2026, 12, 1))
    graded(crew.objective(owner=gone, title="HIDDEN, of who left"), 3, "HIDDEN, what they learned")
    CheerFactory(check_in=CheckInFactory(person=gone, week_on=FIRST), by=crew.mira, text="HIDDEN for them")
    room = SessionFactory(team=circle, week_on=FIRST)
    CheerFactory(session=room, check_in=None, to=crew.mira, by=gone, text="HIDDEN in another room")
    CheerFactory(
        check_in=CheckInFactory(person=crew.jonas, week_on=FIRST, done_at=None), by=crew.mira, text="HIDDEN yet"
    )
    private = crew.objective(title="HIDDEN too", audience="ONLY_ME")
    line = LineFactory(check_in=CheckInFactory(person=crew.mira, week_on=FIRST), objective=private, text="HIDDEN line")
    PickFactory(person=crew.mira, team=crew.team, quarter=crew.quarter, moment="", line=line)
    seen = set()
    for person in (crew.mira, crew.jonas, crew.elif_):
        page = client_of(person).get(URL).content.decode()
        seen.add(page[page.index("<main") : page.index("</main>")])
    assert len(seen) == 1
    told = seen.pop()
    assert "HIDDEN" not in told
    assert "For my teams" in told
    assert "One objective." in told
    assert "cheer" not in words_of(told).replace("Cheers", "")


def test_a_cheer_for_a_week_and_one_in_the_room_stand_at_the_foot(crew, show):
    given = {"by": crew.jonas, "sign": "CLAP"}
    CheerFactory(check_in=CheckInFactory(person=crew.mira, week_on=FIRST), text="the drawers essay", at=LATER, **given)
    room = SessionFactory(team=crew.team, week_on=FIRST)
    sooner = LATER - timedelta(days=1)
    CheerFactory(session=room, check_in=None, to=crew.mira, text="read it aloud", at=sooner, **given)
    CheerFactory(check_in=CheckInFactory(person=crew.mira, week_on=week(1)), text="", **given)
    CheerFactory(check_in=CheckInFactory(person=crew.mira, week_on=FIRST - timedelta(weeks=2)), text="before", **given)
    found = show(crew.mira)
    assert found["turn-mira"] == (
        "Mira Mira says what the quarter was. 👏 Clap, Jonas: the drawers essay 👏 Clap, Jonas: read it aloud"
        " then the story"
    )
    assert "gave three cheers" in found["story"]


def test_the_change_of_mind_is_the_biggest_step_or_a_key_result_that_was_changed(crew, show):
    row = KeyResultFactory(objective=crew.objective(title="Write"), title="Essays")
    minds(row, [5, 7, 6], crew.mira)
    assert "Changed my mind about Essays: 5 → 7 in week 41" in show(crew.mira)["turn-mira"]
    AmendmentFactory(key_result=row, by=crew.mira, reason="Strangers only.", week_on=week(4))
    AmendmentFactory(key_result=row, by=crew.jonas, number=2, reason="Another’s.", week_on=week(5))
    assert "Changed my mind about Strangers only. Essays: changed in week 44" in show(crew.mira)["turn-mira"]
    ConfidenceFactory(key_result=row, week_on=week(3), level=9, by=crew.mira)
    assert "Changed my mind about Essays: 6 → 9 in week 43" in show(crew.mira)["turn-mira"]
    ConfidenceFactory(key_result=row, week_on=week(4), level=0, by=crew.jonas)
    found = show(crew.mira)
    assert "6 → 9 in week 43" in found["turn-mira"]
    assert "9 → 0 in week 44" in found["turn-jonas"]


def test_beside_a_step_stands_what_was_done_for_it_that_week(crew, show):
    write, draw = crew.objective(title="Write"), crew.objective(title="Draw")
    minds(KeyResultFactory(objective=write, title="Essays"), [5, 9], crew.mira)
    check_in = CheckInFactory(person=crew.mira, week_on=week(1))
    LineFactory(check_in=check_in, kind="PLAN", text="Not yet done", position=0)
    LineFactory(check_in=check_in, kind="DID", objective=draw, text="Drew a tide", position=1)
    assert "about Essays: 5 → 9 in week 41" in show(crew.mira)["turn-mira"]
    LineFactory(check_in=check_in, kind="DID", text="Slept", position=2)
    assert "about Slept Essays: 5 → 9 in week 41" in show(crew.mira)["turn-mira"]
    LineFactory(check_in=check_in, kind="DID", objective=write, text="Wrote all night", position=3)
    assert "about Wrote all night Essays: 5 → 9 in week 41" in show(crew.mira)["turn-mira"]


def test_what_was_picked_takes_the_place_of_what_was_found(crew, show):
    row = KeyResultFactory(objective=crew.objective(title="Write"), title="Essays")
    small, _big = minds(row, [5, 6, 0], crew.mira)[1:]
    check_in = CheckInFactory(person=crew.mira, week_on=week(1))
    line = LineFactory(check_in=check_in, kind="DID", text="Sold a print")
    pick = PickFactory(person=crew.mira, team=crew.team, quarter=crew.quarter, moment="", line=line, confidence=small)
    assert (
        "Best moment Sold a print week 41 Changed my mind about Sold a print Essays: 5 → 6 in week 41"
        in show(crew.mira)["turn-mira"]
    )
    cheer = CheerFactory(check_in=check_in, by=crew.jonas, text="You made my day")
    pick.line, pick.cheer, pick.confidence, pick.turn = None, cheer, None, "Speed. Slow ones were better."
    pick.save()
    found = show(crew.mira)["turn-mira"]
    assert "Best moment You made my day Jonas Changed my mind about Speed. Slow ones were better. 👏" in found
    PickFactory(person=crew.mira, team=TeamFactory(), quarter=crew.quarter, moment="HIDDEN elsewhere")
    PickFactory(person=crew.mira, team=crew.team, quarter=crew.before, moment="HIDDEN before")
    assert "HIDDEN" not in show(crew.mira)["turn-mira"]


def test_more_than_three_objectives_go_on_on_the_next_screen(crew, show):
    crew.graded_before()
    for number in range(4):
        graded(crew.objective(title=f"Goal {number}", position=number), 10, f"Lesson {number}", title="Part")
    PickFactory(person=crew.mira, team=crew.team, quarter=crew.quarter)
    found = show(crew.elif_)
    assert [*found] == ["start", "turn-elif", "turn-jonas", "turn-mira", "turn-mira-2", "story"]
    assert found["turn-mira"].endswith("Best moment A stranger asked to keep it more")
    assert found["turn-mira-2"] == "Mira , more (Mean 1.0) Goal 3 1.0 Part “Lesson 3” then the story"


def test_who_left_who_came_later_and_a_coach_have_no_turn(crew, show):
    coach = UserFactory(name="Coco")
    MembershipFactory(team=crew.team, user=coach, role="COACH")
    late = MembershipFactory(team=crew.team, user=UserFactory(name="Late"), joined_on=date(2027, 1, 1))
    MembershipFactory(team=crew.team, user=UserFactory(name="Gone"), left_on=date(2026, 12, 30))
    MembershipFactory(team=crew.team, user=UserFactory(name="Off", switched_off_at=LATER))
    turns = ["start", "turn-elif", "turn-jonas", "turn-mira", "story"]
    assert [[*show(person)] for person in (coach, late.user)] == [turns, turns]
    Membership.objects.filter(team=crew.team).exclude(role="COACH").delete()
    assert [*show(coach)] == ["start", "story"]


def test_another_one_begins_each_quarter(crew, show):
    url = URL.replace("2026-Q4", "2026-Q3")
    assert [*show(crew.mira, url)] == ["start", "turn-mira", "turn-elif", "turn-jonas", "story"]


@pytest.mark.parametrize(
    "url",
    [URL.replace("2026-Q4", "2027-Q2"), URL.replace("2026-Q4", "2026-11"), URL.replace("accelerator", "nowhere")],
)
def test_there_is_none_of_a_quarter_to_come_or_of_another_length(crew, client_of, url):
    assert client_of(crew.mira).get(url).status_code == 404


def test_it_is_the_teams_alone(crew, client_of):
    """Her manager included, who leads the team here, and not there."""
    manager = UserFactory(name="Mona")
    type(crew.mira).objects.filter(pk=crew.mira.pk).update(manager=manager)
    for person in (crew.nora, manager):
        assert client_of(person).get(URL).status_code == 404
    type(crew.team).objects.filter(pk=crew.team.pk).update(closed_at=LATER)
    assert client_of(crew.mira).get(URL).status_code == 404


def fill(crew, person, number):
    """Three objectives of three, all graded and taught, with a line of confidence, cheers and something picked."""
    for place in range(3):
        objective = crew.objective(owner=person, title=f"Goal {place}", position=place)
        for part in range(3):
            row = graded(objective, 7, f"Lesson {part}", title=f"Part {part}", position=part)
            minds(row, [5, 6, 2], person)
            AmendmentFactory(key_result=row, by=person, week_on=FIRST)
    for place in range(3):
        check_in = CheckInFactory(person=person, week_on=week(place))
        line = LineFactory(check_in=check_in, kind="DID", text="Did it", objective=objective)
        CheerFactory(check_in=check_in, by=crew.elif_, text="Well done")
    PickFactory(person=person, team=crew.team, quarter=crew.quarter, moment="", line=line)


@pytest.mark.parametrize("people", [1, 12])
def test_twelve_people_take_as_many_queries_as_one(crew, client_of, django_assert_num_queries, people):
    """At most 12 for 12 people with three objectives of three key results each."""
    Membership.objects.filter(user__in=[crew.mira, crew.jonas]).delete()
    for number in range(people - 1):
        person = UserFactory()
        MembershipFactory(team=crew.team, user=person)
        fill(crew, person, number)
    fill(crew, crew.elif_, people)
    client = client_of(crew.elif_)
    with django_assert_num_queries(MOST_QUERIES):
        page = client.get(URL).content.decode()
    assert (page.count('class="look"'), page.count("<bdi>Part 2</bdi>")) == (people + 2, 3 * people)
