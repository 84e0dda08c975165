"""Dates for calendars: whose, which, at the right hour on both sides of a change of the clock, and nobody's words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from core.calendar import Week
from core.secrets import hash_secret
from people.actions import feeds, switching
from people.models import AccessLink, Team
from people.viewer import viewer_of
from retros.actions import retros
from retros.models import Retro
from tests.conftest import NOW
from tests.factories import MembershipFactory, PromiseFactory, TeamFactory, UserFactory
from tests.objectives.crew import make_crew

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture
def secret(crew) -> str:
    return feeds.make(by=viewer_of(crew.mira), now=NOW)


def fetch(secret: str):
    """As a calendar does: with no cookie."""
    return Client().get(reverse("calendars:feed", kwargs={"secret": secret}))


def events(body: bytes) -> list[tuple[str, object]]:
    """Each title with its first day or moment."""
    return [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in Calendar.from_ical(body).walk("VEVENT")]


def test_it_tells_my_dates_and_nobody_elses(crew, secret):
    """FEED-01: whole; what others promised, wrote or meet is not in it."""
    other = MembershipFactory(team=TeamFactory(name="Others"), user=crew.nora).team
    retros.begin(by=viewer_of(crew.mira), team=crew.team, quarter=crew.quarter, now=NOW)
    Retro.objects.update(writing_until=date(2026, 12, 30))
    retros.begin(by=viewer_of(crew.nora), team=other, quarter=crew.quarter, now=NOW)
    PromiseFactory(by=crew.mira, to=crew.jonas, team=crew.team, due_on=date(2026, 12, 1), text="A secret of two")
    PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, due_on=date(2026, 12, 2))
    PromiseFactory(by=crew.mira, to=crew.jonas, team=crew.team, due_on=date(2026, 12, 3), state="KEPT")
    crew.objective(title="Nobody’s business")
    body = fetch(secret).content
    begins = crew.team.celebration_in(Week.of(crew.team.created_at, crew.team.zone_info))
    assert events(body) == [
        ("Celebration, Accelerator", begins),
        ("Grading of 2026-Q4 opens", date(2026, 12, 18)),
        ("2026-Q4 ends", date(2026, 12, 31)),
        ("Grading of 2027-Q1 opens", date(2027, 3, 18)),
        ("2027-Q1 ends", date(2027, 3, 31)),
        ("Last day to write for the retro, Accelerator", date(2026, 12, 30)),
        ("A promise of yours is due", date(2026, 12, 1)),
    ]
    for words in ("secret of two", "business", "Jonas", "Others", "Mira"):
        assert words not in body.decode()


def test_a_team_that_is_closed_has_no_dates_any_more(crew, secret):
    retros.begin(by=viewer_of(crew.mira), team=crew.team, quarter=crew.quarter, now=NOW)
    Retro.objects.update(writing_until=date(2026, 12, 30))
    assert "Accelerator" in fetch(secret).content.decode()
    Team.objects.update(closed_at=NOW)
    assert events(fetch(secret).content) == []


def test_without_anything_it_is_an_empty_calendar(crew):
    nobody = UserFactory()
    assert events(fetch(feeds.make(by=viewer_of(nobody), now=NOW)).content) == []


def test_how_it_is_answered(secret):
    """FEED-01, HDR-11: to be kept privately, never shown as a page, and its address is told to no other page."""
    answer = fetch(secret)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="okrsite.ics"'
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.cookies == {}
    address = reverse("calendars:feed", kwargs={"secret": secret})
    assert [Client().post(address).status_code, Client().put(address).status_code] == [405, 405]


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Kiritimati"])
def test_a_celebration_is_at_its_hour_on_both_sides_of_a_change_of_the_clock(crew, secret, zone):
    """FEED-02: the series names its zone and brings its rules along."""
    Team.objects.filter(pk=crew.team.pk).update(zone=zone, celebration_time=time(15, 30))
    calendar = Calendar.from_ical(fetch(secret).content)
    (event,) = (one for one in calendar.walk("VEVENT") if "RRULE" in one)
    assert (event["DTSTART"].params["TZID"], event["DTSTART"].dt.time()) == (zone, time(15, 30))
    assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == [zone]
    assert event["DURATION"].dt == timedelta(minutes=30)


def test_fortnights_and_weeks_without_are_told(crew, secret):
    """Decisions 20."""
    team = crew.team
    Team.objects.filter(pk=team.pk).update(celebration_every=2, celebration_from_on=date(2026, 11, 16))
    team.refresh_from_db()
    Team.objects.filter(pk=team.pk).update(skipped_weeks=["2026-11-30"])
    (event,) = (one for one in Calendar.from_ical(fetch(secret).content).walk("VEVENT") if "RRULE" in one)
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;INTERVAL=2"
    assert (event["DTSTART"].dt.date() - date(2026, 11, 20)).days % 14 == 0
    assert [one.dt.date() for one in event["EXDATE"].dts] == [date(2026, 12, 4)]


def test_names_of_any_kind_stay_one_line_each(crew, secret):
    """FEED-02: commas, semicolons, long ones and those of other scripts are folded and read back."""
    name = "Alpha, Beta; Gamma\\n 🎉 " + "ש" * 40
    Team.objects.filter(pk=crew.team.pk).update(name=name)
    body = fetch(secret).content
    assert events(body)[0][0] == f"Celebration, {name}"
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


def test_ids_stay_the_same(crew, secret):
    """FEED-02: read on another day, every event that is told again has the name it had."""

    def uids() -> list[str]:
        return [str(one["UID"]) for one in Calendar.from_ical(fetch(secret).content).walk("VEVENT")]

    before = uids()
    assert len({*before}) == len(before)
    with time_machine.travel(NOW + timedelta(days=6)):
        assert uids() == before


def test_reading_is_noted_once_a_day_and_moves_the_end(secret):
    """FEED-01: last use is shown; a feed that nothing reads ends after 180 days."""
    link = AccessLink.objects.get(secret_hash=hash_secret(secret))
    assert link.last_used_on is None
    fetch(secret)
    with time_machine.travel(NOW + timedelta(days=179)):
        assert fetch(secret).status_code == 200
    link.refresh_from_db()
    assert link.last_used_on == (NOW + timedelta(days=179)).date()
    with time_machine.travel(NOW + timedelta(days=300)):
        assert fetch(secret).status_code == 200
    with time_machine.travel(NOW + timedelta(days=300 + 181)):
        assert fetch(secret).status_code == 410


def test_what_is_ended_opens_nothing(crew, secret):
    """FEED-01, AUTH-08: a new one ends the old one, and being switched off ends it for good."""
    newer = feeds.make(by=viewer_of(crew.mira), now=NOW)
    assert (fetch(secret).status_code, fetch(newer).status_code) == (410, 200)
    admin = viewer_of(UserFactory(is_site_admin=True))
    switching.switch_off(by=admin, person=crew.mira, successor=crew.elif_, now=NOW)
    assert fetch(newer).status_code == 410
    switching.switch_on(by=admin, person=crew.mira, now=NOW)
    assert fetch(newer).status_code == 410
    assert fetch("guessed").status_code == 404


def test_whoever_left_the_team_reads_its_dates_no_more(crew, secret):
    crew.mira.memberships.update(left_on=NOW.date())
    assert [title for title, _at in events(fetch(secret).content) if "Accelerator" in title] == []


def test_a_file_for_one_team(crew, client_of):
    """For everybody who is signed in: when a team celebrates is no secret."""
    address = reverse("calendars:team", kwargs={"slug": crew.team.slug})
    answer = client_of(crew.nora).get(address)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{crew.team.slug}.ics"'
    assert events(answer.content) == [
        ("Celebration, Accelerator", crew.team.celebration_in(Week.of(crew.team.created_at, crew.team.zone_info)))
    ]
    assert Client().get(address).status_code == 302
    Team.objects.filter(pk=crew.team.pk).update(closed_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert client_of(crew.nora).get(address).status_code == 404
