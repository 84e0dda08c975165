"""One's own settings."""

from datetime import date

import pytest

from activity.models import Event
from people.models import Absence, User
from tests.checkins.reading import fields, links, said
from tests.factories import (
    AbsenceFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
    make_world,
)

PAGE, AWAY = "/settings/", "/settings/absences/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def mira():
    user = UserFactory(name="Mira", zone="Europe/Berlin", theme="DARK")
    MembershipFactory(team=TeamFactory(name="Rockets"), user=user)
    return user


def test_what_is_ones_own(mira, client_of):
    AbsenceFactory(user=mira, first_on=date(2026, 11, 19), last_on=date(2026, 11, 19))
    AbsenceFactory(user=mira, first_on=date(2026, 12, 21), last_on=date(2027, 1, 1))
    AbsenceFactory(user=mira, first_on=date(2026, 3, 2), last_on=date(2026, 3, 6))
    AbsenceFactory(user=UserFactory(manager=mira))
    page = client_of(mira).get(PAGE)
    assert said(page) == [
        "Your settings",
        "Yours alone. Team settings are on the page of Rockets.",
        "Profile",
        "What the others see.",
        "Name",
        "Time zone decides when your week ends",
        "Look",
        "Save",
        "You sign in with mira@northlight.example",
        "Reminder",
        "One mail in a week that you have not logged yet. No other mail does.",
        "Remind me by mail, once a week, before my team celebrates",
        "At of your own day; whoever leads hears of it a day before",
        "Keep my goals out of mail it then opens your week only where you sign in",
        "Save the reminder",
        "What it says",
        "Away",
        "Nobody waits for you, and nobody reminds you.",
        "2 March 2026 – 6 March 2026",
        "Take back 2026-03-02 – 2026-03-06",
        "19 November 2026 now",
        "Take back 2026-11-19 – 2026-11-19",
        "21 December 2026 – 1 January 2027",
        "Take back 2026-12-21 – 2027-01-01",
        "From",
        "Until",
        "Say I am away",
        "Your teams and your manager read “away until” and the day, nothing else.",
        "Signed in",
        "Only you see this.",
        "Where you are signed inChange your passwordTokens for programsYour calendarWhat was decided about youYour data",
        "Sign out",
    ]
    assert fields(page)["name"] == "Mira"
    assert 'data-theme="dark"' in page.content.decode()
    assert links(page)["Where you are signed in"] == "/accounts/sessions/"
    assert links(page)["Change your password"] == "/accounts/password/change/"


def test_a_site_admin_finds_the_site_there(client_of):
    """Row 44."""
    found = links(client_of(UserFactory(is_site_admin=True)).get(PAGE))
    assert (found["The organisation"], found["Mail"]) == ("/settings/organisation/", "/settings/mail/")


def test_a_profile_is_saved(mira, client_of):
    sent = {"name": " Mira  Okafor ", "zone": "Africa/Lagos", "theme": "LIGHT"}
    answer = client_of(mira).post(PAGE, sent, follow=True)
    assert "Saved." in answer.content.decode()
    assert 'data-theme="light"' in answer.content.decode()
    saved = User.objects.get(pk=mira.pk)
    assert (saved.name, saved.zone, saved.theme, saved.username) == ("Mira Okafor", "Africa/Lagos", "LIGHT", "mira")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "Name: Say what the others call you."),
        ({"name": "\u2060"}, "Name: A name needs at least one letter that can be seen."),
        ({"name": "a\u0001"}, "Name: There is a character in it that is not text."),
        ({"zone": "localtime"}, "Time zone: That is not the name of a time zone. Europe/Berlin is one."),
        ({"theme": "PINK"}, "Look: Select a valid choice. PINK is not one of the available choices."),
    ],
)
def test_what_cannot_be_kept(mira, client_of, changes, problem):
    """IN-07, IN-09, IN-14: 422 beside the field."""
    usual = {"name": "Mira", "zone": "UTC", "theme": "SYSTEM"}
    answer = client_of(mira).post(PAGE, usual | changes)
    assert (answer.status_code, problem in said(answer)) == (422, True)
    assert User.objects.get(pk=mira.pk).theme == "DARK"


def test_one_says_that_one_is_away_and_takes_it_back(mira, client_of):
    client = client_of(mira)
    answer = client.post(AWAY, {"first_on": "2026-12-21", "last_on": "1.1.2027"}, follow=True)
    assert "Away until 1 January 2027. Nobody waits for you, and nobody reminds you." in answer.content.decode()
    absence = Absence.objects.get()
    assert (absence.user, absence.first_on, absence.last_on) == (mira, date(2026, 12, 21), date(2027, 1, 1))
    assert client.post(f"{AWAY}{absence.pk}/deletion/").headers["Location"] == PAGE
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(
    ("first_on", "last_on", "problem"),
    [
        ("2026-12-02", "2026-12-01", "Until: It ends before it begins."),
        ("2026-12-02", "", "Until: Say which day."),
        ("2026-02-30", "2026-12-01", "From: That is not a day of the calendar. 2026-11-30 is one."),
        ("0000-01-01", "2026-12-01", "From: That is not a day of the calendar. 2026-11-30 is one."),
        ("2026-12-01", "10000-01-01", "Until: That is not a day of the calendar. 2026-11-30 is one."),
        ("2026-12-01", "9999-12-31", "Until: That day lies outside the calendar."),
        ("2026-12-01", "2999-12-31", "Until: That day lies outside the calendar."),
        ("0001-01-01", "2026-12-01", "From: That day lies outside the calendar."),
        ("2026-12-01", "2030-12-01", "Until: Two years at a time are the most."),
        ("2999-12-28", "2999-12-29", "Until: Only days within two years of today can be said."),
    ],
)
def test_days_that_cannot_be_said(mira, client_of, first_on, last_on, problem):
    """IN-14: what was typed stays."""
    answer = client_of(mira).post(AWAY, {"first_on": first_on, "last_on": last_on})
    assert (answer.status_code, problem in said(answer)) == (422, True)
    assert fields(answer)["name"] == "Mira"
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(
    ("persona", "status"),
    [("bob", 403), ("mona", 403), ("tara", 403), ("charlie", 404), ("max", 404), ("xenia", 404), ("ada", 404)],
)
def test_only_oneself_takes_an_absence_back(client_of, persona, status):
    """Row 41, AZ-02: for whom it does not exist it is not there."""
    world = make_world()
    answer = client_of(world.persona(persona)).post(f"{AWAY}{world.absence.pk}/deletion/")
    assert (answer.status_code, Absence.objects.count()) == (status, 1)


@pytest.mark.parametrize("rows", [1, 5])
def test_queries(mira, client_of, django_assert_num_queries, rows):
    for number in range(rows):
        AbsenceFactory(user=mira, first_on=date(2026, 1 + number, 1), last_on=date(2026, 1 + number, 2))
    client = client_of(mira)
    with django_assert_num_queries(5):
        client.get(PAGE)


def test_when_one_is_reminded(mira, client_of):
    """PRIV-08, row 41: one's own hour, the team's again, and not at all."""
    client = client_of(mira)
    assert {"is_reminded"} == {"is_reminded", "hides_words"} & {*fields(client.get(PAGE))}
    sent = {"is_reminded": "on", "reminder_hour": "7", "hides_words": "on"}
    assert "Saved." in client.post("/settings/reminder/", sent, follow=True).content.decode()
    saved = User.objects.get(pk=mira.pk)
    assert (saved.is_reminded, saved.reminder_hour, saved.hides_words) == (True, 7, True)
    assert '<option value="7" selected>07:00</option>' in client.get(PAGE).content.decode()
    client.post("/settings/reminder/", {"reminder_hour": ""})
    saved.refresh_from_db()
    assert (saved.is_reminded, saved.reminder_hour, saved.hides_words) == (False, None, False)
    told = Event.objects.filter(verb="PROFILE_CHANGED").order_by("at", "pk").values_list("data", flat=True)
    assert sorted(len(data["fields"]) for data in told) == [2, 3]


@pytest.mark.parametrize("hour", ["24", "-1", "noon"])
def test_a_reminder_comes_at_an_hour(mira, client_of, hour):
    answer = client_of(mira).post("/settings/reminder/", {"reminder_hour": hour})
    assert answer.status_code == 422
    assert User.objects.get(pk=mira.pk).reminder_hour is None


def test_what_the_reminder_says(mira, client_of):
    """No secret of a link stands on the page."""
    KeyResultFactory(objective=ObjectiveFactory(owner=mira), title="Essays")
    page = client_of(mira).get("/settings/reminder/preview/")
    words = page.content.decode()
    assert said(page)[:3] == [
        "Settings",
        "Your reminder of week 47",
        "Its moment is Friday, 20 November, 09:00. It does not come when your week is in by then, or you are away. In mail "
        "programs that show it, each confidence is a bar.",
    ]
    assert "Essays: 5/10" in words
    assert "/week-links/your-own/" in words
    assert "/unsubscriptions/your-own/" in words


def test_without_a_team_that_celebrates_nothing_is_said(client_of):
    page = client_of(UserFactory()).get("/settings/reminder/preview/")
    assert said(page)[-1] == "No team of yours celebrates this week, so nothing reminds you of it."
