"""The sample organisation: the mock-ups' numbers, whatever day it is."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from activity.models import Event
from checkins.models import CheckIn, Line
from core.calendar import Week
from core.text import clean_line, clean_text
from objectives.actions.snapshots import is_sound
from objectives.models import Bet, Closing, Confidence, Idea, KeyResult, Objective, Quarter
from objectives.rules import why_not_closable
from okrsite.demo import northlight
from okrsite.demo.load import AlreadyInUse, load
from okrsite.demo.stage import Stage
from people.models import Absence, Membership, Organisation, Team, User
from people.viewer import viewer_of
from tests.factories import PASSWORD, OrganisationFactory

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
DAYS = {
    "thursday": THURSDAY,
    "monday-just-after-midnight": datetime(2026, 11, 15, 23, 1, tzinfo=UTC),
    "sunday-just-before-midnight": datetime(2026, 11, 22, 22, 59, tzinfo=UTC),
    "first-of-january": datetime(2027, 1, 1, 0, 30, tzinfo=UTC),
    "last-of-december": datetime(2026, 12, 31, 12, 0, tzinfo=UTC),
    "a-short-february-before": datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    "two-long-months": datetime(2026, 8, 31, 12, 0, tzinfo=UTC),
    "week-53": datetime(2027, 1, 2, 12, 0, tzinfo=UTC),
    "leap-day": datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "first-of-the-quarter-elsewhere": datetime(2026, 10, 1, 6, 0, tzinfo=UTC),
    "last-of-the-quarter-elsewhere": datetime(2026, 9, 30, 20, 0, tzinfo=UTC),
}
SHIP, SLEEP = (
    "Ship a change before the coffee goes cold",
    "Sleep through the night, and let our users sleep too",
)
WRITER, PLOTTER = (
    "Become a writer people look forward to reading",
    "Make a machine draw something worth framing",
)
SPEAK, RUN = "Speak so that the last row leans in", "Run far enough to leave the phone behind"
GROW, NUMBERS = "Grow someone who will outgrow me", "Understand the numbers before I trust them"
STANDARDS, NEWCOMERS = "Play standards without fear", "Make our code kind to newcomers"
ASKS, READ, PORTUGUESE = (
    "Be a manager who asks before answering",
    "Read beyond software",
    "Be funny in Portuguese",
)
# whose · objective · key result · value and target · confidence last week, this week (or the newest there is)
BOARD = [
    ("Accelerator", SHIP, "Merge to production, median", "41 → 20 min", 4, 6),
    ("Accelerator", SHIP, "Deployments rolled back", "7 → 3 %", 5, 5),
    ("Accelerator", SHIP, "Main branch green", "93 → 98 %", 7, 7),
    ("Accelerator", SLEEP, "Pages outside working hours, a month", "9 → 3", 5, 4),
    ("Accelerator", SLEEP, "Requests answered within 300 ms", "96.4 → 99 %", 6, 6),
    ("Accelerator", SLEEP, "Incidents with a written lesson in 5 days", "75 → 90 %", 7, 8),
    ("Mira Okafor", WRITER, "Essays published", "3 → 6 essays", 5, 7),
    ("Mira Okafor", WRITER, "Replies from readers I do not know", "22 → 40 replies", 6, 6),
    ("Mira Okafor", WRITER, "Drafts finished within a week of starting", "40 → 70 %", 5, 4),
    ("Mira Okafor", PLOTTER, "Plotter pieces I would sign", "5 → 8 pieces", 7, 8),
    ("Mira Okafor", PLOTTER, "Prints a stranger asked to keep", "1 → 3 prints", 5, 5),
    ("Jonas Lindqvist", SPEAK, "Talks to thirty people or more", "2 → 4 talks", 6, 7),
    ("Jonas Lindqvist", SPEAK, "Listeners who would come again", "78 → 85 %", 6, 6),
    ("Jonas Lindqvist", RUN, "Longest unhurried run", "16 → 21 km", 8, 8),
    ("Jonas Lindqvist", RUN, "Evenings offline, a week", "3 → 5", 6, 5),
    ("Priya Raman", GROW, "Design reviews led by my mentees", "3 → 5 reviews", 7, 8),
    ("Priya Raman", GROW, "Questions they settle without me", "35 → 60 %", 5, 5),
    ("Priya Raman", GROW, "Mentees asking for harder work", "1 → 2 mentees", 4, 6),
    ("Priya Raman", NUMBERS, "Analyses that needed no correction", "1 → 4 analyses", 5, 4),
    ("Priya Raman", NUMBERS, "Forecasts inside my own error bars", "60 → 80 %", 6, 6),
    ("Tomasz Wrona", STANDARDS, "Tunes by heart", "6 → 10 tunes", 6, None),
    ("Tomasz Wrona", STANDARDS, "Jams joined in", "2 → 6 jams", 3, None),
    ("Tomasz Wrona", NEWCOMERS, "Days to a first merged change", "6 → 3", 7, None),
    ("Tomasz Wrona", NEWCOMERS, "Set-up steps that need a person", "2 → 0", 6, None),
    ("Elif Demir", ASKS, "1:1s where the other talks most", "65 → 80 %", 7, 7),
    ("Elif Demir", ASKS, "Promised support given in two weeks", "82 → 90 %", 7, 8),
    ("Elif Demir", READ, "Books talked over with somebody", "3 → 6 books", 6, 5),
    ("Sam Beaumont", PORTUGUESE, "Conversations with no English at all", "5 → 12 conversations", None, None),
    ("Sam Beaumont", PORTUGUESE, "Jokes that landed", "2 → 5 jokes", None, None),
]


def person(first: str) -> User:
    return User.objects.get(email=f"{first}@northlight.example")


def stage_of(now: datetime, *, is_ending: bool = False) -> Stage:
    return Stage(now=now, zone=person("mira").zone_info, is_ending=is_ending)


def board_of_accelerator(stage: Stage) -> list[tuple[object, ...]]:
    """What Mira may read of the running quarter, as one table."""
    quarter = Quarter.objects.get(slug=stage.running.slug)
    objectives = Objective.objects.visible_to(viewer_of(person("mira"))).published().in_quarter(quarter)
    rows = (
        KeyResult.objects.kept()
        .filter(objective__in=objectives, objective__team__slug="accelerator")
        .select_related("objective__owner", "objective__team")
        .with_value()
        .order_by("-objective__kind", "objective__position", "position", "pk")
    )
    this, last = stage.week.monday, stage.week.previous.monday
    table = []
    for row in rows:
        said = dict(Confidence.objects.filter(key_result=row).values_list("week_on", "level"))
        whose = row.objective.team if row.objective.is_team else row.objective.owner
        way = f"{row.value.normalize():f} → {row.target.normalize():f} {row.unit}".strip()
        table.append((str(whose), row.objective.title, row.title, way, said.get(last), said.get(this)))
    return table


@pytest.mark.parametrize("now", DAYS.values(), ids=DAYS)
def test_on_any_day_it_shows_the_mock_ups_board_in_the_middle_of_a_quarter(now):
    load(now=now)
    stage = stage_of(now)
    assert board_of_accelerator(stage) == BOARD
    hold_to_the_middle_of_a_fourth_quarter(stage)
    hold_to_the_past(stage)


@pytest.mark.parametrize("now", DAYS.values(), ids=DAYS)
def test_it_can_stand_in_the_last_month_of_its_quarter(now):
    """The same board; Accelerator grades in the last four weeks, and can be closed then."""
    load(now=now, is_ending=True)
    stage = stage_of(now, is_ending=True)
    team, last_on = Team.objects.get(slug="accelerator"), stage.running.last_on
    assert stage.running.slug.endswith("-Q4")
    assert (last_on + timedelta(days=1)).day == 1
    assert timedelta(0) <= last_on - stage.today < timedelta(days=36)
    assert board_of_accelerator(stage) == BOARD
    is_open = not why_not_closable(stage.running, team.grading_weeks, today=stage.today)
    assert is_open == (last_on - stage.today < timedelta(days=28))
    hold_to_the_past(stage)


def hold_to_the_middle_of_a_fourth_quarter(stage: Stage) -> None:
    """Source: decisions 23."""
    assert stage.running.first_on == (stage.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    assert stage.running.slug.endswith("-Q4")
    assert 4 <= stage.running.number_of(stage.week) <= 10
    quarters = list(Quarter.objects.filter(team=None).order_by("first_on", "pk"))
    assert [quarter.slug for quarter in quarters[2:4]] == [stage.before.slug, stage.running.slug]
    assert all(one.ends_on == other.first_on for one, other in pairwise(quarters))
    assert sum(quarter.first_on > stage.today for quarter in quarters) == 2


def hold_to_the_past(stage: Stage) -> None:
    """Nothing happened in the future, or outside its week."""
    for model in (Event, Confidence):
        assert not model.objects.filter(at__gt=stage.now).exists()
    assert not Objective.objects.filter(state_at__gt=stage.now).exists()
    for check_in in CheckIn.objects.select_related("person"):
        day, week = check_in.done_at.astimezone(stage.zone).date(), check_in.week
        assert check_in.done_at <= stage.now
        assert day == week.next.monday if check_in.is_late else week.monday <= day <= week.sunday
    for reading in Confidence.objects.select_related("key_result__objective__quarter"):
        assert reading.key_result.objective.quarter.period.holds(Week(reading.week_on))


def test_who_is_in_this_week_is_as_in_the_mock_up():
    load(now=THURSDAY)
    members = Membership.objects.current().filter(team__slug="accelerator")
    done = set(CheckIn.objects.of(stage_of(THURSDAY).week).done().values_list("person__name", flat=True))
    away = set(Absence.objects.on(date(2026, 11, 19)).values_list("user__name", flat=True))
    assert {row.user.name: (row.role, row.user.name in done) for row in members.by_name()} == {
        "Ana Ferrer": ("COACH", True),
        "Elif Demir": ("LEAD", True),
        "Jonas Lindqvist": ("MEMBER", True),
        "Mira Okafor": ("MEMBER", True),
        "Priya Raman": ("MEMBER", True),
        "Sam Beaumont": ("MEMBER", False),
        "Tomasz Wrona": ("MEMBER", False),
    }
    assert away == {"Sam Beaumont"}
    assert Absence.objects.get().last_on == date(2026, 11, 30)


def test_confidences_moved_as_the_insights_say():
    """Up, held and down in weeks 45 to 47, of those who were in."""
    load(now=THURSDAY)
    moved = {}
    for week in (45, 46, 47):
        moved[week] = [0, 0, 0]
        for _whose, _objective, title, _way, _was, now_is in BOARD:
            if now_is is not None:
                said = Confidence.objects.filter(key_result__title=title)
                levels = dict(said.values_list("week_on", "level"))
                monday = date.fromisocalendar(2026, week, 1)
                step = levels[monday] - levels[monday - timedelta(days=7)]
                moved[week][0 if step > 0 else 1 if step == 0 else 2] += 1
    assert moved == {45: [5, 14, 4], 46: [6, 12, 5], 47: [8, 10, 5]}


def test_private_ones_stay_with_those_they_are_for():
    load(now=THURSDAY)
    titles = ["Decide what I want to lead next", "Sleep like somebody who is not on call"]
    titles += ["Help two newcomers stand on their own feet", "Leave the review board in better hands"]
    seen = {}
    for first in ("mira", "tomasz", "priya", "elif", "ada", "ana"):
        objectives = Objective.objects.visible_to(viewer_of(person(first))).filter(title__in=titles)
        seen[first] = sorted(titles.index(title) for title in objectives.values_list("title", flat=True))
    assert seen == {"mira": [2], "tomasz": [1], "priya": [3], "elif": [0, 1, 3], "ada": [], "ana": []}


def test_elif_manages_five_and_ada_runs_the_site():
    load(now=THURSDAY)
    reports = User.objects.filter(manager=person("elif")).by_name()
    assert [user.name.split()[0] for user in reports] == ["Jonas", "Mira", "Priya", "Sam", "Tomasz"]
    assert [user.name for user in User.objects.filter(is_site_admin=True)] == ["Ada Moreau"]
    assert sorted(Team.objects.values_list("kind", "slug")) == [
        ("CIRCLE", "speakers-corner"),
        ("ORGANISATION", "northlight"),
        ("TEAM", "accelerator"),
        ("TEAM", "compass"),
        ("TEAM", "front-desk"),
    ]
    assert [place.slug for place in viewer_of(person("jonas")).teams] == ["accelerator", "speakers-corner"]


@pytest.mark.parametrize("day", [0, 3, 6])
def test_a_circle_plans_by_dates_of_its_own(day):
    """One that is over, one that runs, one to come, whatever the day."""
    now = THURSDAY + timedelta(days=day)
    load(now=now)
    own = Quarter.objects.own_of(Team.objects.get(length="CUSTOM")).in_order()
    assert [(row.slug, row.first_on <= now.date(), now.date() < row.ends_on) for row in own] == [
        ("round-1", True, False),
        ("round-2", True, True),
        ("round-3", False, True),
    ]


def test_the_quarter_before_is_closed_with_its_readings():
    load(now=THURSDAY)
    before = Objective.objects.filter(quarter__slug="2026-Q3")
    left = before.exclude(state="CLOSED").values_list("team__slug", "state")
    assert set(left) == {("front-desk", "ACTIVE")}  # its lead has not come to it
    closings = Closing.objects.standing().order_by("team__slug", "quarter__first_on")
    assert list(closings.values_list("team__slug", "quarter__slug", "closed_by__name")) == [
        *(("accelerator", f"2026-Q{number}", "Elif Demir") for number in (1, 2)),
        ("accelerator", "2026-Q3", "Elif Demir"),
        ("compass", "2026-Q3", closings[3].closed_by.name),
    ]
    assert all(is_sound(one) and one.closed_pks for one in closings)
    assert before.count() == sum(goal.quarter == -1 for goal in northlight.GOALS)
    for key_result in KeyResult.objects.filter(objective__in=before):
        assert key_result.confidences.count() == 13


def test_the_quarter_before_is_graded_with_what_it_taught():
    """P99, P101, P106: every key result, by whoever answers for it, before the quarter was closed."""
    load(now=THURSDAY)
    before = Objective.objects.exclude(review=None, key_results__grade=None).filter(quarter__slug="2026-Q3")
    parts = KeyResult.objects.filter(objective__in=before).with_grade()
    assert {row.tenths is None for row in parts} == {False}
    assert all(row.lesson for row in parts)
    closed = Event.objects.filter(verb="CLOSED", subject_id__in=before.values("pk")).earliest("at").at
    assert max(row.graded_at for row in parts) < closed
    low = parts.get(tenths=2)
    assert (low.graded_by, low.lesson) == (
        "Ana Ferrer",
        "The same day was the wrong thing to want. The good answers took two.",
    )
    graded = Event.objects.filter(verb="GRADED", subject_id__in=parts.values("pk")).count()
    assert graded == parts.count() + 1  # one was thought over


def test_an_objective_tells_its_history():
    load(now=THURSDAY)
    writer = Objective.objects.get(title=WRITER)
    dropped = writer.key_results.get(state="DROPPED")
    assert (dropped.title, dropped.state_reason) == (
        "Newsletter subscribers",
        "Subscribers count how loud I am, not whether anybody reads.",
    )
    assert list(Event.objects.about(writer).newest_first().values_list("verb", "by__name")) == [
        ("ACTIVATED", "Mira Okafor"),
        ("CREATED", "Mira Okafor"),
    ]
    story = list(Event.objects.about(dropped).order_by("at", "verb").values_list("verb", flat=True))
    assert story == ["ADDED", *["CONFIDENCE_LOGGED", "VALUE_LOGGED"] * 4, "DROPPED"]
    assert dropped.confidences.count() == 4
    changed = Event.objects.get(verb="CHANGED", subject_id=writer.key_results.get(title__startswith="Replies").pk)
    assert changed.at.date() == date(2026, 10, 29)
    assert changed.data == {"fields": ["target"], "numbers": {"target": ["60", "40"]}}


def test_ideas_wait_on_shelves_and_bets_stand_or_are_settled():
    """P24, P25: whose, on what, since when; what came of it, when, and that the history tells it."""
    load(now=THURSDAY)
    shelved = Idea.objects.order_by("added_at").values_list("owner__name", "title", "added_at__date")
    assert list(shelved) == [
        ("Elif Demir", "Take a month in somebody else’s team", date(2026, 9, 28)),
        ("Mira Okafor", "Tell one of my essays on a stage, without notes", date(2026, 10, 10)),
        ("Priya Raman", "Read a balance sheet as I read code", date(2026, 10, 20)),
        ("Jonas Lindqvist", "Teach the evening course that I wished I had had", date(2026, 10, 25)),
        ("Mira Okafor", "Learn to set type by hand", date(2026, 10, 31)),
        ("Kofi Mensah", "Sing in front of people", date(2026, 11, 7)),
        ("Jonas Lindqvist", "Understand what our compiler does", date(2026, 11, 11)),
        ("Mira Okafor", "Write a letter a week to somebody I admire", date(2026, 11, 16)),
    ]
    bets = Bet.objects.order_by("at").values_list(
        "by__name", "key_result__title", "at__date", "state", "settled_at__date"
    )
    settled = date(2026, 11, 12)
    assert list(bets) == [
        ("Mira Okafor", "Essays published", date(2026, 10, 17), "CONFIRMED", settled),
        ("Mira Okafor", "Merge to production, median", date(2026, 10, 20), "CONFIRMED", settled),
        ("Mira Okafor", "Drafts finished within a week of starting", date(2026, 10, 24), "REFUTED", settled),
        ("Jonas Lindqvist", "Talks to thirty people or more", date(2026, 10, 30), "OPEN", None),
        ("Mira Okafor", "Deployments rolled back", date(2026, 11, 4), "OPEN", None),
        ("Mira Okafor", "Replies from readers I do not know", date(2026, 11, 7), "OPEN", None),
    ]
    history = Event.objects.filter(verb__startswith="BET_").order_by("at", "verb").values_list("verb", "at__date")
    made = [("BET_MADE", day) for _name, _title, day, _state, _settled in bets]
    assert list(history) == [*made, ("BET_CONFIRMED", settled), ("BET_REFUTED", settled), ("BET_CONFIRMED", settled)]


def test_every_row_is_one_that_the_product_would_have_made():
    """Choices, lengths, text in its clean form; the constraints held when it was written."""
    load(now=THURSDAY)
    for model in apps.get_models():
        if model._meta.app_label in {"people", "objectives", "checkins", "activity"}:
            for row in model.objects.all():
                row.full_clean(exclude=["data"], validate_unique=False, validate_constraints=False)
    for text in Line.objects.values_list("text", flat=True):
        assert clean_line(text, most=500) == text
    for title, why in Objective.objects.values_list("title", "why"):
        assert (clean_line(title, most=200), clean_text(why, most=2000)) == (title, why)


def told() -> list[list[tuple[object, ...]]]:
    """All that a demo says, without ids; the database is empty again afterwards."""
    with transaction.atomic():
        load(now=THURSDAY)
        said = [
            list(Line.objects.order_by("check_in__done_at", "position").values_list("text", "check_in__done_at")),
            list(Objective.objects.order_by("position", "title").values_list("title", "owner__name", "state_at")),
            list(Confidence.objects.order_by("at", "key_result__title").values_list("week_on", "level", "at")),
            list(Event.objects.order_by("at", "verb", "by__name").values_list("verb", "by__name", "at")),
        ]
        transaction.set_rollback(True)
    return said


def test_the_same_moment_gives_the_same_words():
    first = told()
    assert not Organisation.objects.exists()
    assert told() == first


def test_everybody_signs_in_with_the_known_password():
    load(now=THURSDAY)
    assert [user.name for user in User.objects.all() if not user.check_password("celebrate")] == []
    assert not person("mira").check_password(PASSWORD)


def test_a_second_run_says_it_is_there_and_changes_nothing(capsys):
    call_command("demo")
    before = Objective.objects.count(), Event.objects.count()
    capsys.readouterr()
    call_command("demo")
    assert capsys.readouterr().out == "The sample organisation is here already.\n"
    assert (Objective.objects.count(), Event.objects.count()) == before
    assert Organisation.objects.get().is_demo


def test_it_refuses_a_database_that_is_somebody_elses():
    OrganisationFactory()
    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("demo")
    with pytest.raises(AlreadyInUse) as found:
        load(now=THURSDAY)
    assert not found.value.is_demo
    assert not User.objects.exists()
    assert not Organisation.objects.get().is_demo


@pytest.mark.parametrize("now", DAYS.values(), ids=DAYS)
def test_what_was_decided_is_there_to_read(now, client_of):
    """PRIV-14: on one's own page, in a team, and on the site; and nobody of the place has ever been in the future."""
    load(now=now)
    pages = {"mira": "/settings/decided/", "elif": "/teams/accelerator/decided/", "ada": "/settings/decided/site/"}
    with time_machine.travel(now, tick=False):
        said = {
            first: client_of(person(first)).get(path).text.count('<th scope="row">') for first, path in pages.items()
        }
    assert said == {"mira": 3, "elif": 9, "ada": 22}
    gone = person("gunnar")
    assert (gone.is_active, gone.memberships.current().exists(), gone.switched_off_at <= now) == (False, False, True)
