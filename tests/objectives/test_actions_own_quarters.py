"""Quarters with dates of a team's own (decisions 19): made, changed, taken away, and by whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from activity.models import Event
from core.errors import NotNow, NotYours, Stale
from objectives import rules
from objectives.actions.own_quarters import QuarterInvalid, Span, change, make, take_away
from objectives.actions.quarters import make_ahead
from objectives.actions.writing import write
from objectives.models import Objective, Quarter
from people.actions import teams
from people.actions.teams import TeamSettings
from people.models import Organisation, Team
from people.viewer import viewer_of
from tests.factories import ObjectiveFactory, TeamFactory, UserFactory
from tests.objectives.crew import measure, sentence
from tests.objectives.own import by_own_dates, own_quarter, span, told_of
from tests.people.racing import race

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
DECEMBER = ((11, 30), (12, 31))


@pytest.fixture
def team(crew):
    return by_own_dates(crew.team)


@pytest.fixture
def lead(crew, team):
    return viewer_of(crew.elif_)


def told() -> list[tuple[str, dict[str, object]]]:
    return list(Event.objects.order_by("at", "verb").values_list("verb", "data"))


def test_making_one(team, lead, now):
    """The first and the last day belong to it; in the database the end is the first day after."""
    row = make(by=lead, team=team, span=span(*DECEMBER), now=now)
    assert (row.slug, row.length, row.team, row.first_on, row.ends_on) == (
        *("accelerator-2026-11-30", "CUSTOM", team, date(2026, 11, 30), date(2027, 1, 1)),
    )
    assert told() == [("QUARTER_MADE", {"first_on": "2026-11-30", "ends_on": "2027-01-01"})]
    assert Event.objects.get().team_id == team.pk
    assert make_ahead(now=now) == 1  # 2027-Q2 of the calendar, and nothing for this team


@pytest.mark.parametrize("months", [10, 11])
def test_one_may_have_begun(team, lead, now, months):
    make(by=lead, team=team, span=span((months, 1), (12, 15)), now=now)
    assert told_of(team) == [(f"accelerator-2026-{months}-01", date(2026, months, 1), date(2026, 12, 16))]


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("", "accelerator-2026-11-30"),
        ("Autumn", "autumn"),
        ("Frühling & Öl", "fruhling-ol"),
        ("秋", "accelerator-2026-11-30"),
        ("settings", "accelerator-2026-11-30"),
        ("Taken", "taken-2"),
        ("x" * 30, "x" * 30),
        ("2026", "2026"),
    ],
)
def test_what_it_is_called(team, lead, now, label, slug):
    """Labels are unique over all quarters, and stand in addresses."""
    own_quarter(TeamFactory(length="CUSTOM"), "taken", date(2026, 10, 1), date(2026, 11, 1))
    assert make(by=lead, team=team, span=span(*DECEMBER, label), now=now).slug == slug


@pytest.mark.parametrize("label", ["2027-Q1", "2027 q1", "2027-H2", "2026-11", "2026-q4-2"])
def test_what_the_calendar_calls_its_own(team, lead, now, label):
    """Or else the next quarter of everybody would be called 2027-Q1-2."""
    with pytest.raises(QuarterInvalid) as problem:
        make(by=lead, team=team, span=span(*DECEMBER, label), now=now)
    assert (str(problem.value), problem.value.field) == (
        *("The calendar calls its own quarters like that. Choose other words.", "label"),
    )


def test_a_long_address_is_shortened(crew, now):
    team = TeamFactory(slug="x" * 23 + "-" + "y" * 30, length="CUSTOM")
    row = make(by=viewer_of(UserFactory(is_site_admin=True)), team=team, span=span(*DECEMBER), now=now)
    assert row.slug == f"{'x' * 23}-2026-11-30"


@pytest.mark.parametrize(
    ("first_on", "last_on", "expected"),
    [
        (TODAY, TODAY - timedelta(days=1), "It ends before it begins."),
        (TODAY, TODAY, "A quarter lasts two weeks at least."),
        (TODAY, TODAY + timedelta(days=12), "A quarter lasts two weeks at least."),
        (TODAY, TODAY + timedelta(days=13), ""),
        (TODAY, TODAY + timedelta(days=365), ""),
        (TODAY, TODAY + timedelta(days=366), "A quarter lasts a year at most."),
        (date(2026, 10, 1), TODAY - timedelta(days=1), "It would be over already. Its last day is today or later."),
        (date(2026, 10, 1), TODAY, ""),
        (TODAY + timedelta(days=731), TODAY + timedelta(days=760), ""),
        (TODAY + timedelta(days=732), TODAY + timedelta(days=760), "It begins within two years from today."),
        (date(1900, 1, 1), date(2999, 12, 29), "A quarter lasts a year at most."),
        (date(2999, 1, 1), date(2999, 12, 29), "It begins within two years from today."),
    ],
)
def test_days_that_fit(first_on, last_on, expected):
    """IN-14."""
    assert rules.why_not_own_dates(first_on, last_on, today=TODAY) == expected


@pytest.mark.parametrize(
    ("first", "last", "is_free"),
    [
        ((11, 16), (11, 29), True),
        ((11, 16), (11, 30), False),
        ((12, 31), (12, 31), False),
        ((12, 2), (12, 20), False),
        ((10, 1), (12, 31), False),
    ],
)
def test_no_two_of_a_team_share_a_day(team, lead, now, first, last, is_free):
    own_quarter(team, "winter", date(2026, 11, 30), date(2027, 1, 1))
    own_quarter(TeamFactory(length="CUSTOM"), "theirs", date(2026, 10, 1), date(2027, 1, 1))
    wanted = Span(date(2026, *first), date(2026, *last) if first != last else date(2027, 1, 20))
    if is_free:
        make(by=lead, team=team, span=wanted, now=now)
        return
    assert sentence(QuarterInvalid, make, by=lead, team=team, span=wanted, now=now) == (
        "It overlaps winter, which lasts from Monday, 30 November to Thursday, 31 December."
    )


def test_a_day_after_another_is_free(team, lead, now):
    own_quarter(team, "winter", date(2026, 11, 30), date(2027, 1, 1))
    assert make(by=lead, team=team, span=span((1, 1), (1, 14), year=2027), now=now).ends_on == date(2027, 1, 15)


def test_the_day_is_the_organisations(team, lead):
    """Decisions 17: late on 31 December in UTC it is New Year on Kiritimati, and a quarter until then is over."""
    late = datetime(2026, 12, 31, 11, 0, tzinfo=UTC)
    Organisation.objects.update(zone="Pacific/Kiritimati")
    over = sentence(QuarterInvalid, make, by=lead, team=team, span=span(*DECEMBER), now=late)
    assert over == "It would be over already. Its last day is today or later."
    Organisation.objects.update(zone="UTC")
    assert make(by=lead, team=team, span=span(*DECEMBER), now=late).pk


@pytest.mark.parametrize("who", ["mira", "jonas", "nora"])
def test_only_who_looks_after_the_team(crew, team, now, who):
    """Row 36, on every road."""
    by, row = viewer_of(getattr(crew, who)), own_quarter(team, "winter", date(2026, 11, 30), date(2027, 1, 1))
    said = {
        sentence(NotYours, make, by=by, team=team, span=span(*DECEMBER), now=now),
        sentence(NotYours, change, by=by, team=team, quarter=row, version=1, span=span(*DECEMBER), now=now),
        sentence(NotYours, take_away, by=by, team=team, quarter=row, now=now),
    }
    assert (said, told()) == ({"The team’s leads look after it."}, [])


def test_a_team_that_plans_by_the_calendar_makes_none(crew, now):
    by = viewer_of(crew.elif_)
    assert sentence(NotNow, make, by=by, team=crew.team, span=span(*DECEMBER), now=now) == (
        "This team plans by the calendar. Its settings say how long a quarter lasts."
    )


def test_a_closed_team_makes_none(team, lead, now):
    Team.objects.filter(pk=team.pk).update(closed_at=now)
    assert sentence(NotNow, make, by=lead, team=team, span=span(*DECEMBER), now=now) == "This team is closed."


def test_sent_twice_it_is_one(team, lead, now):
    """CC-04."""
    key = uuid4()
    one, other = (make(by=lead, team=team, span=span(*DECEMBER), client_key=key, now=now) for _press in range(2))
    assert (one.pk, Quarter.objects.own_of(team).count(), len(told())) == (other.pk, 1, 1)


def test_changing_one_that_has_not_begun(team, lead, now):
    """It is free on the days that it has itself; called by its days, it is called by the new ones."""
    row = make(by=lead, team=team, span=span(*DECEMBER), now=now)
    changed = change(by=lead, team=team, quarter=row, version=1, span=span((12, 7), (12, 31)), now=now)
    assert (changed.slug, changed.first_on, changed.ends_on, changed.version) == (
        *("accelerator-2026-12-07", date(2026, 12, 7), date(2027, 1, 1), 2),
    )
    assert told()[0] == (
        "QUARTER_CHANGED",
        {
            "was": {"first_on": "2026-11-30", "ends_on": "2027-01-01"},
            "first_on": "2026-12-07",
            "ends_on": "2027-01-01",
        },
    )


def test_saving_the_same_changes_nothing(team, lead, now):
    row = make(by=lead, team=team, span=span(*DECEMBER, "Winter"), now=now)
    ObjectiveFactory(quarter=row)
    assert change(by=lead, team=team, quarter=row, version=7, span=span(*DECEMBER, "winter"), now=now) == row
    assert [verb for verb, _data in told()] == ["QUARTER_MADE"]


def test_a_save_over_a_newer_one(team, lead, now):
    """CC-01."""
    row = make(by=lead, team=team, span=span(*DECEMBER), now=now)
    change(by=lead, team=team, quarter=row, version=1, span=span((12, 7), (12, 31)), now=now)
    said = sentence(Stale, change, by=lead, team=team, quarter=row, version=1, span=span((12, 8), (12, 31)), now=now)
    assert (said, told_of(team)[0][0]) == ("Somebody saved a newer version.", "accelerator-2026-12-07")


@pytest.mark.parametrize("first_on", [date(2026, 11, 19), date(2026, 10, 1)])
def test_one_that_has_begun_keeps_its_dates(team, lead, now, first_on):
    """Decisions 19."""
    row = own_quarter(team, "winter", first_on, date(2027, 1, 1))
    longer = Span(first_on, date(2027, 1, 20), "winter")
    said = {
        sentence(NotNow, change, by=lead, team=team, quarter=row, version=1, span=longer, now=now),
        sentence(NotNow, take_away, by=lead, team=team, quarter=row, now=now),
    }
    assert (said, told_of(team)) == (
        {"It has begun, so its dates stay."},
        [("winter", first_on, date(2027, 1, 1))],
    )


@pytest.mark.parametrize("fields", [{}, {"state": "DRAFT", "audience": "ONLY_ME"}, {"deleted_at": "2026-11-01T00:00Z"}])
def test_one_in_which_somebody_plans_stays(team, lead, now, fields):
    """Whosever it is, and what can be restored as well."""
    row = own_quarter(team, "winter", date(2026, 11, 30), date(2027, 1, 1))
    ObjectiveFactory(quarter=row, **fields)
    later = span((12, 7), (12, 31), "winter")
    said = {
        sentence(NotNow, change, by=lead, team=team, quarter=row, version=1, span=later, now=now),
        sentence(NotNow, take_away, by=lead, team=team, quarter=row, now=now),
    }
    assert (said, len(told_of(team))) == ({"Somebody plans in it already, so it stays as it is."}, 1)


def test_taking_one_away(team, lead, now):
    row = make(by=lead, team=team, span=span(*DECEMBER), now=now)
    take_away(by=lead, team=team, quarter=row, now=now)
    assert (told_of(team), [verb for verb, _data in told()]) == ([], ["QUARTER_MADE", "QUARTER_TAKEN_AWAY"])
    assert sentence(NotNow, take_away, by=lead, team=team, quarter=row, now=now) == "Somebody has taken it away."


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_make_no_two_that_overlap(team, lead, now):
    def one(first_day):
        return lambda: make(by=lead, team=team, span=span((12, first_day), (12, 31)), now=now)

    assert race(one(1), one(2), one(3)) == ["QuarterInvalid", "QuarterInvalid", "done"]
    assert len(told_of(team)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_teams_at_once_call_theirs_the_same(team, lead, now):
    other, admin = TeamFactory(length="CUSTOM"), viewer_of(UserFactory(is_site_admin=True))
    ends = race(
        lambda: make(by=lead, team=team, span=span(*DECEMBER, "winter"), now=now),
        lambda: make(by=admin, team=other, span=span(*DECEMBER, "winter"), now=now),
    )
    labels = sorted(Quarter.objects.filter(length="CUSTOM").values_list("slug", flat=True))
    assert (ends, labels) == (["done", "done"], ["winter", "winter-2"])


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once(team, lead, now):
    """CC-04."""
    key = uuid4()
    assert race(*[lambda: make(by=lead, team=team, span=span(*DECEMBER), client_key=key, now=now)] * 2) == ["done"] * 2
    assert (len(told_of(team)), len(told())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_making_one_while_the_team_goes_back_to_the_calendar(team, lead, now):
    """One after the other: it was made in time, or there is nothing to make."""
    settings = TeamSettings(**{name: getattr(team, name) for name in TeamSettings.__dataclass_fields__})
    ends = race(
        lambda: make(by=lead, team=team, span=span(*DECEMBER), now=now),
        lambda: teams.change(by=lead, team=team, version=1, settings=replace(settings, length="QUARTER"), now=now),
    )
    assert (ends, len(told_of(team))) in [(["done", "done"], 1), (["NotNow", "done"], 0)]
    assert Team.objects.get(pk=team.pk).length == "QUARTER"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["change", "take_away"])
def test_planning_in_one_that_is_changed_or_taken_away(crew, team, lead, now, what):
    """Either it is planned in, and stays as it was, or it changes first: never an objective without its quarter."""
    row, planner = own_quarter(team, "winter", date(2026, 11, 30), date(2027, 1, 1)), viewer_of(crew.mira)
    wording = crew.wording(quarter_id=row.pk, team_id=team.pk)
    roads = {
        "change": lambda: change(
            by=lead, team=team, quarter=row, version=1, span=span((12, 7), (12, 31), "winter"), now=now
        ),
        "take_away": lambda: take_away(by=lead, team=team, quarter=row, now=now),
    }
    ends = race(
        roads[what],
        lambda: write(
            by=planner, kind="GROWTH", wording=wording, measures=[measure()], is_active=True, client_key=None, now=now
        ),
    )
    days = [first_on for _label, first_on, _ends_on in told_of(team)]
    changed = ([date(2026, 12, 7)], ["done", "done"], 1) if what == "change" else ([], ["ObjectiveInvalid", "done"], 0)
    assert (days, ends, Objective.objects.count()) in [([date(2026, 11, 30)], ["NotNow", "done"], 1), changed]
