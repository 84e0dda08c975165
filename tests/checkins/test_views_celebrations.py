"""What a team celebrated: held or not, when, and who was there; for the team itself."""

from datetime import date, timedelta

import pytest

from checkins.rules.celebrations import weeks_due
from core.calendar import Week
from tests.checkins.meeting import MINUTE, Meeting
from tests.checkins.reading import links, said
from tests.conftest import NOW
from tests.factories import AttendanceFactory, SessionFactory, TurnFactory, UserFactory

PAST = "/teams/comets/celebrations/"
W44, W46 = date(2026, 10, 26), date(2026, 11, 9)


@pytest.fixture
def team(db, frozen):
    """Held in week 44, not in 45, begun and not ended in 46; in 47 it has begun."""
    meeting = Meeting()
    began = NOW - timedelta(weeks=3)
    held = SessionFactory(
        team=meeting.team, week_on=W44, facilitator=meeting.ann, started_at=began, held_at=began + 34 * MINUTE
    )
    for place, (person, state) in enumerate([(meeting.ann, "DONE"), (meeting.bo, "DONE"), (meeting.cy, "SKIPPED")]):
        TurnFactory(session=held, person=person, position=place, state=state)
    for person in (meeting.bo, meeting.ann):
        AttendanceFactory(session=held, person=person)
    SessionFactory(team=meeting.team, week_on=W46, facilitator=meeting.abby, started_at=NOW - timedelta(weeks=1))
    return meeting


@pytest.mark.django_db
def test_every_week_is_told_and_nobody_is_counted(team, client_of):
    """P115: held, or not held; no number about a person."""
    page = client_of(team.cy).get(PAST)
    assert said(page) == [
        "Celebrations", "Comets", "Celebrate Board",
        "Week 47 16–22 NovemberThursday, 19 November · it is going on · 0 turns · Ann ledThere: Ann",
        "Week 46 9–15 NovemberThursday, 12 November · it was not ended · 0 turns · Abby led",
        "Week 45 2–8 Novemberno celebration",
        "Week 44 26 October – 1 NovemberThursday, 29 October · 34 minutes · 2 turns · Ann ledThere: Ann, Bo",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_team_that_never_did_has_a_sentence(client_of, frozen):
    meeting = Meeting(begun=False)
    assert "Not held yet." in said(client_of(meeting.ann).get(PAST))


@pytest.mark.django_db
def test_it_is_for_the_team_itself(team, client_of):
    """AZ-02: also when it is closed; who is not in it finds no way there."""
    about = "/teams/comets/about/"
    assert links(client_of(team.ann).get(about))["What we celebrated"] == PAST
    assert "What we celebrated" not in client_of(team.kim).get(about).text
    for person in (team.kim, UserFactory(is_site_admin=True)):
        assert client_of(person).get(PAST).status_code == 404
    type(team.team).objects.update(closed_at=NOW)
    assert client_of(team.ann).get(PAST).status_code == 200


def weeks(*names):
    return [Week.parse(f"2026-W{name}") for name in names]


@pytest.mark.parametrize(
    ("weekday", "every", "from_on", "due"),
    [
        (4, 1, date(2026, 11, 2), weeks(47, 46, 45, 44)),
        (4, 2, date(2026, 11, 2), weeks(47, 45)),
        (4, 2, date(2026, 11, 9), weeks(46, 44)),
        (0, 2, date(2026, 11, 2), weeks(46, 44)),
        (2, 1, date(2026, 11, 2), weeks(47, 46, 45, 44)),
    ],
)
def test_in_which_weeks_a_team_meant_to(weekday, every, from_on, due):
    """Decisions 20: one held on Monday looks at the week before."""
    first, last = weeks(44, 47)
    assert weeks_due(first, last, weekday=weekday, every=every, from_on=from_on) == due
    assert weeks_due(last, first, weekday=weekday, every=every, from_on=from_on) == []
