"""What a team protects, leaves and has before it: one form, by its people, read on board and wall."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from activity.models import Event
from checkins.models import HealthMark, HealthMetric, Outlook, with_health
from checkins.rows import health, health_panels
from checkins.rows.wall import HALL, LINE, LONG
from core.calendar import Week
from people.models import Team
from people.viewer import viewer_of
from tests.checkins.reading import fields, said
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import (
    HealthMarkFactory,
    HealthMetricFactory,
    MembershipFactory,
    OrganisationFactory,
    OutlookFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE, BOARD, WALL = "/teams/accelerator/health/", "/teams/accelerator/", "/teams/accelerator/wall/"
WEEK_48 = date(2026, 11, 23)
SAID_AT_ONCE = "Somebody of the team changed this while you wrote."


class Crew:
    """Accelerator with Elif, who leads it, and Mira; Kim is of no team."""

    def __init__(self):
        OrganisationFactory()
        QuarterFactory()
        self.team = TeamFactory(name="Accelerator")
        self.elif_, self.mira = join(self.team, "Elif", role="LEAD"), join(self.team, "Mira")
        self.kim = UserFactory(name="Kim")

    @property
    def morale(self):
        return HealthMetric.objects.get(let_go_at=None)


@pytest.fixture
def crew():
    return Crew()


def send(browser, **changes):
    """The form as it stands, sent with these changes; `_` for `-`."""
    shown = fields(browser.get(PAGE))
    return browser.post(PAGE, shown | {name.replace("_", "-"): value for name, value in changes.items()})


def verbs():
    rows = Event.objects.filter(verb__startswith="HEALTH") | Event.objects.filter(verb__startswith="OUTLOOK")
    return sorted(rows.values_list("verb", "by__name"))


def marks():
    return sorted(HealthMark.objects.values_list("metric__name", "week_on", "state", "note", "by__name"))


def test_a_lead_names_and_the_team_says_how_it_is(crew, client_of):
    """The whole of it: named, said, said what is left and what is ahead; board and wall show it to the team."""
    lead, mira = client_of(crew.elif_), client_of(crew.mira)
    assert send(lead, name_0="Morale", not_doing="rewriting the billing service").headers["Location"] == BOARD
    mark = f"mark_{crew.morale.pk}"
    send(mira, **{mark: "YELLOW", f"note_{crew.morale.pk}": "3.6 of 5", "week_2026_W48": "The big release"})
    assert marks() == [("Morale", WEEK_47, "YELLOW", "3.6 of 5", "Mira")]
    told = [("HEALTH_MARKED", "Mira"), ("HEALTH_NAMED", "Elif"), ("OUTLOOK_SAID", "Elif"), ("OUTLOOK_SAID", "Mira")]
    assert verbs() == told
    lines = said(mira.get(BOARD))
    at = lines.index("We protect")
    assert lines[at : at + 9] == [
        "We protect",
        "Say how it is",
        "Health metrics, the last four weeks",
        "Metric Four weeks Now",
        "Morale –––▲ yellow, 3.6 of 5",
        "This quarter we are not rewriting the billing service",
        "Agreed on 19 November.",
        "The coming weeks",
        "Week 48",
    ]
    wall = said(mira.get(WALL))
    assert wall[wall.index("We protect") :] == [
        "We protect",
        "▲ Morale: yellow, 3.6 of 5",
        "This quarter we are not",
        "rewriting the billing service",
        "The coming weeks",
        "Week 48: The big release",
    ]
    assert "Weeks 44 to 47: not said, not said, not said, yellow" in mira.get(BOARD).text


def test_how_a_team_is_belongs_to_the_team_and_what_it_leaves_to_all(crew, client_of):
    """AZ-06: nobody outside reads a mark or a coming week, on board, wall or in a room; the form is the team's."""
    metric = HealthMetricFactory(team=crew.team, name="HIDDEN morale")
    HealthMarkFactory(metric=metric, state="RED", note="HIDDEN note")
    OutlookFactory(team=crew.team, text="HIDDEN release")
    left = {"kind": "NOT_DOING", "starts_on": date(2026, 10, 1), "text": "rewriting billing"}
    OutlookFactory(team=crew.team, **left)
    ada = UserFactory(name="Ada", is_site_admin=True)
    for person in (crew.kim, ada):
        bodies = [client_of(person).get(path).text for path in (BOARD, WALL)]
        assert [("HIDDEN" in body, "rewriting billing" in body) for body in bodies] == [(False, True)] * 2
        answers = [client_of(person).get(PAGE), client_of(person).post(PAGE, {f"mark-{metric.pk}": "GREEN"})]
        assert [answer.status_code for answer in answers] == [403, 403]
    assert "HIDDEN morale" in client_of(crew.mira).get(BOARD).text
    assert marks()[0][2] == "RED"


def test_a_member_decides_neither_what_is_protected_nor_what_is_left(crew, client_of):
    """AZ-08: fields that are not theirs are never stored."""
    page = client_of(crew.mira).get(PAGE)
    assert [name for name in fields(page) if name.startswith(("name-", "not-doing"))] == []
    send(client_of(crew.mira), name_0="Mine", not_doing="work")
    assert (HealthMetric.objects.exists(), Outlook.objects.exists()) == (False, False)


def test_renamed_let_go_and_named_anew(crew, client_of):
    """A name is changed with its weeks; let go, they are kept, and its place is free."""
    lead = client_of(crew.elif_)
    send(lead, name_0="Moral")
    HealthMarkFactory(metric=crew.morale, week_on=WEEK_46)
    send(lead, name_0="Morale")
    assert HealthMetric.objects.get().name == "Morale"
    send(lead, name_0="")
    assert "Morale" not in lead.get(BOARD).text
    send(lead, name_0="Uptime")
    assert sorted(HealthMetric.objects.values_list("name", "let_go_at")) == [("Morale", NOW), ("Uptime", None)]
    assert HealthMark.objects.count() == 1
    assert [verb for verb, _by in verbs()] == ["HEALTH_LET_GO", *["HEALTH_NAMED"] * 3]


def test_sent_twice_it_is_once(crew, client_of):
    """CC-04."""
    HealthMetricFactory(team=crew.team)
    mira = client_of(crew.mira)
    form = fields(mira.get(PAGE)) | {f"mark-{crew.morale.pk}": "RED", "week-2026-W49": "Holidays"}
    assert [mira.post(PAGE, form).status_code for _time in range(3)] == [302] * 3
    assert (HealthMark.objects.count(), Outlook.objects.count(), len(verbs())) == (1, 1, 2)


def test_what_another_said_meanwhile_is_not_wiped_out(crew, client_of):
    """CC-01: all or none of a form; what is not touched does not stand in anybody's way."""
    HealthMetricFactory(team=crew.team)
    HealthMetricFactory(team=crew.team, place=1, name="Uptime")
    first, second = HealthMetric.objects.order_by("place")
    mira, elif_ = client_of(crew.mira), client_of(crew.elif_)
    hers = fields(mira.get(PAGE))
    send(elif_, **{f"mark_{first.pk}": "RED"})
    assert mira.post(PAGE, hers | {f"mark-{second.pk}": "GREEN"}).status_code == 302
    late = mira.post(PAGE, hers | {f"mark-{first.pk}": "GREEN", "week-2026-W48": "My words"})
    assert (late.status_code, SAID_AT_ONCE in late.text, "My words" in late.text) == (409, True, True)
    assert [row[:3:2] for row in marks()] == [("Morale", "RED"), ("Uptime", "GREEN")]
    assert not Outlook.objects.exists()


def test_a_page_of_last_week_writes_nothing_into_this_one(crew, client_of):
    """Nor one with a metric that was let go."""
    mira = client_of(crew.mira)
    stale = fields(mira.get(PAGE)) | {"week-2026-W47": "Late", "was-week-2026-W47": ""}
    assert mira.post(PAGE, stale).status_code == 409
    gone = HealthMetricFactory(team=crew.team, let_go_at=NOW)
    assert mira.post(PAGE, {f"mark-{gone.pk}": "GREEN", f"was-mark-{gone.pk}": ""}).status_code == 409
    other = HealthMetricFactory()
    assert mira.post(PAGE, {f"mark-{other.pk}": "GREEN"}).status_code == 409
    assert not HealthMark.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"mark": "PURPLE"}, "PURPLE"),
        ({"note": "4 of 5"}, "Say green, yellow or red as well."),
        ({"mark": "RED", "note": "x" * 41}, "40"),
    ],
)
def test_what_cannot_be_is_given_back(crew, client_of, sent, words):
    HealthMetricFactory(team=crew.team)
    answer = send(client_of(crew.mira), **{f"{name}_{crew.morale.pk}": value for name, value in sent.items()})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert not HealthMark.objects.exists()


def test_a_closed_team_and_one_without_a_quarter(crew, client_of):
    lead = client_of(crew.elif_)
    Team.objects.filter(pk=crew.team.pk).update(length="CUSTOM")
    assert "not-doing" not in fields(lead.get(PAGE))
    assert PAGE in lead.get(BOARD).text
    Team.objects.filter(pk=crew.team.pk).update(closed_at=NOW)
    assert (lead.get(PAGE).status_code, PAGE in lead.get(BOARD).text) == (404, False)


def test_the_week_is_the_one_at_which_the_celebration_looks(crew, client_of):
    """Decisions 20: on a Thursday before a celebration on Monday it is this one; the board looks back four weeks."""
    metric = HealthMetricFactory(team=crew.team)
    for back, state in enumerate(["GREEN", "RED", "YELLOW", "GREEN", "RED"]):
        HealthMarkFactory(metric=metric, week_on=WEEK_47 - timedelta(weeks=back), state=state)
    lines = said(client_of(crew.mira).get(BOARD))
    assert "Morale ●▲■● green" in lines
    earlier = client_of(crew.mira).get(BOARD, {"quarter": "2026-Q4", "moved": "1"}).text
    assert "Morale" not in earlier


def test_on_the_wall_as_much_as_can_be_said_fits(crew, client_of):
    """Five long names with notes, a long no and four full weeks: no panel is higher than a page beside a full line."""
    for place in range(5):
        metric = HealthMetricFactory(team=crew.team, place=place, name="n" * 60)
        HealthMarkFactory(metric=metric, state="YELLOW", note="o" * 40)
    for week in range(1, 5):
        OutlookFactory(team=crew.team, starts_on=WEEK_47 + timedelta(weeks=week), text="w" * 120)
    OutlookFactory(team=crew.team, kind="NOT_DOING", starts_on=date(2026, 10, 1), text="d" * 300)
    team = with_health(Team.objects.all(), viewer_of(crew.mira), NOW.date()).get(slug="accelerator")
    panels = health_panels(health(team, Week(WEEK_47), date(2026, 10, 1)))
    assert [len(panel.notes) for panel in panels] == [5, 1, 4]
    assert [panel.name for panel in panels if panel.rem(1) > HALL - LINE - 2 * LONG[0]] == []


def test_everyone_reads_how_the_organisation_is(client_of):
    """All of them are in it; its leads say so."""
    OrganisationFactory()
    house = TeamFactory(kind="ORGANISATION", name="Northlight")
    metric = HealthMetricFactory(team=house, name="People who stay")
    lead = UserFactory()
    MembershipFactory(team=house, user=lead, role="LEAD")
    other = client_of(UserFactory())
    assert "People who stay" in other.get("/teams/northlight/").text
    assert other.get("/teams/northlight/health/").status_code == 403
    page = client_of(lead).get("/teams/northlight/health/")
    assert (page.status_code, "Everyone here reads it." in page.text, f"mark-{metric.pk}" in page.text) == (200,) + (
        True,
    ) * 2


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda team: HealthMetricFactory(team=team, place=5), "health_metric_is_one_of_five"),
        (lambda team: HealthMetricFactory(team=team, name=""), "health_metric_has_a_name"),
        (lambda team: [HealthMetricFactory(team=team) for _one in range(2)], "unique"),
        (lambda team: HealthMarkFactory(metric__team=team, state="BLUE"), "health_mark_state_is_known"),
        (lambda team: [HealthMarkFactory(metric=team.health_metrics.first() or HealthMetricFactory(team=team)) for _one in "ab"], "unique"),
        (lambda team: OutlookFactory(team=team, kind="DAY"), "outlook_kind_is_known"),
        (lambda team: OutlookFactory(team=team, text=""), "outlook_says_something"),
        (lambda team: [OutlookFactory(team=team) for _one in range(2)], "unique"),
    ],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(crew, make, constraint):
    """IN-03: at most five at a time, one mark a metric and week, one line a week."""
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        make(crew.team)
    assert constraint in str(problem.value).lower()
