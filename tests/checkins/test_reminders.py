"""Reminders: who is owed one, once; and what is looked up again when it goes out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from activity.models import Delivery, Round
from checkins.actions import reminder_mail, reminders
from checkins.actions.reminders import owe_due
from core.calendar import Week
from okrsite.tick import tick
from people.models import Team, User
from tests.factories import (
    AbsenceFactory,
    CheckInFactory,
    MembershipFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), BERLIN)


def tick_at(moment: datetime) -> dict[str, int]:
    return tick(clock=lambda: moment)


def owe_at(moment: datetime) -> int:
    return owe_due(clock=lambda: moment)


def sent_to() -> list[str]:
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox)


@pytest.fixture(autouse=True)
def _began():
    """okrsite reminds people since this week's Monday."""
    Round.objects.create(name="reminders", began_at=at(MONDAY, 12), looked_at=at(MONDAY, 12))


def a_team(**fields: object) -> Team:
    return TeamFactory(zone="Europe/Berlin", celebration_time=time(15, 30), **fields)


def somebody(*teams: Team, role: str = "MEMBER", **fields: object) -> User:
    user = UserFactory(**{"zone": "Europe/Berlin", **fields})
    for team in teams:
        MembershipFactory(team=team, user=user, role=role)
    return user


def test_a_member_is_reminded_once_at_nine_on_friday():
    """JOB-01, JOB-04, CON-05."""
    noor = somebody(a_team(), name="Noor")
    tick_at(at(FRIDAY, 8, 59))
    assert not Delivery.objects.exists()
    done = tick_at(at(FRIDAY, 9))
    assert (done["reminders due"], done["mails sent"], sent_to()) == (1, 1, ["noor"])
    owed = Delivery.objects.get()
    assert (owed.person, owed.kind, owed.period, owed.state) == (noor, "REMINDER", "2026-W47", "SENT")
    for moment in (at(FRIDAY, 9, 1), at(FRIDAY, 9, 15), at(FRIDAY, 15), at(FRIDAY + 4 * DAY, 9)):
        assert tick_at(moment)["mails sent"] == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda noor, team: User.objects.filter(pk=noor.pk).update(switched_off_at=at(MONDAY, 9)),
        lambda noor, team: User.objects.filter(pk=noor.pk).update(is_reminded=False),
        lambda noor, team: CheckInFactory(person=noor, week_on=MONDAY, done_at=at(FRIDAY, 8)),
        lambda noor, team: AbsenceFactory(user=noor, first_on=FRIDAY, last_on=FRIDAY),
        lambda noor, team: AbsenceFactory(user=noor, first_on=MONDAY, last_on=FRIDAY + 9 * DAY),
        lambda noor, team: Team.objects.filter(pk=team.pk).update(closed_at=at(MONDAY, 9)),
        lambda noor, team: Team.objects.filter(pk=team.pk).update(skipped_weeks=[str(MONDAY)]),
        lambda noor, team: Team.objects.filter(pk=team.pk).update(
            celebration_every=2, celebration_from_on=MONDAY + 7 * DAY
        ),
        lambda noor, team: noor.memberships.update(role="COACH"),
        lambda noor, team: noor.memberships.update(left_on=MONDAY),
    ],
    ids=[
        "off",
        "unsubscribed",
        "in",
        "away-that-day",
        "away-all-week",
        "closed",
        "skipped",
        "other-week",
        "coach",
        "left",
    ],
)
def test_who_is_not_reminded_and_what_is_looked_up_again(change):
    """JOB-07: before it is owed, and once more when it goes out."""
    team = a_team()
    noor = somebody(team, name="Noor")
    tomas = somebody(a_team(), name="Tomas")
    owe_at(at(FRIDAY, 9))
    assert {*Delivery.objects.values_list("person", flat=True)} == {noor.pk, tomas.pk}
    change(noor, team)
    tick_at(at(FRIDAY, 9, 1))
    assert sent_to() == ["tomas"]
    assert Delivery.objects.get(person=noor).state == "CANCELLED"
    Delivery.objects.all().delete()
    assert owe_at(at(FRIDAY, 9, 30)) == 1
    assert Delivery.objects.get().person == tomas


def test_an_unfinished_week_is_reminded_of():
    noor = somebody(a_team(), name="Noor")
    CheckInFactory(person=noor, week_on=MONDAY, done_at=None)
    CheckInFactory(person=noor, week_on=MONDAY - 7 * DAY, done_at=at(FRIDAY - 7 * DAY, 9))
    tick_at(at(FRIDAY, 9))
    assert sent_to() == ["noor"]


def test_leads_hear_of_it_a_day_earlier():
    """P69."""
    team = a_team()
    somebody(team, name="Lea", role="LEAD")
    somebody(team, name="Noor")
    tick_at(at(FRIDAY - DAY, 9))
    assert sent_to() == ["lea"]
    tick_at(at(FRIDAY, 9))
    assert sent_to() == ["lea", "noor"]


def test_of_several_teams_one_mail_comes_before_the_first():
    """Decisions 21: and it counts for those who celebrate on Monday, too."""
    noor = somebody(a_team(celebration_weekday=4), a_team(celebration_weekday=3), a_team(celebration_weekday=0))
    counts = [tick_at(at(MONDAY + after * DAY, 9))["mails sent"] for after in range(14)]
    assert counts == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert [*noor.deliveries.order_by("period").values_list("period", flat=True)] == ["2026-W47", "2026-W48"]


def test_ones_own_hour_and_zone():
    somebody(a_team(), name="Early", reminder_hour=7)
    somebody(a_team(), name="Far", zone="America/New_York")
    tick_at(at(FRIDAY, 7))
    assert sent_to() == ["early"]
    tick_at(at(FRIDAY, 14, 59))
    assert sent_to() == ["early"]
    tick_at(at(FRIDAY, 15))
    assert sent_to() == ["early", "far"]


def test_who_moves_to_another_zone_on_friday_is_reminded_once():
    """JOB-05: westwards, and eastwards and back."""
    noor = somebody(a_team(), name="Noor")
    tick_at(at(FRIDAY, 9))
    for number, zone in enumerate(["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"]):
        User.objects.filter(pk=noor.pk).update(zone=zone)
        for hour in range(24):
            tick_at(at(FRIDAY + number * DAY, 10) + hour * HOUR)
    assert sent_to() == ["noor"]


def test_a_late_one_comes_by_day_while_the_week_is_open():
    """JOB-08: after an outage from Thursday on."""
    somebody(a_team(), name="Noor")
    done = tick_at(at(FRIDAY, 23))
    assert (done["reminders due"], done["mails sent"]) == (1, 0)
    assert Delivery.objects.get().due_at == at(FRIDAY + DAY, 8)
    assert tick_at(at(FRIDAY + DAY, 8))["mails sent"] == 1
    assert "has celebrated. Your week can still be written until Wednesday, 25 November." in mail.outbox[0].body


def test_what_waited_for_its_mail_server_until_night_waits_for_the_day():
    """JOB-07, JOB-08."""
    somebody(a_team(), name="Noor")
    owe_at(at(FRIDAY, 9))
    assert tick_at(at(FRIDAY, 22))["mails sent"] == 0
    owed = Delivery.objects.get()
    assert (owed.state, owed.due_at, owed.tries) == ("OWED", at(FRIDAY + DAY, 8), 0)


def test_older_ones_are_skipped_and_counted(caplog):
    """JOB-08: three weeks without a tick; who gave a week, or was away, did not miss its reminder."""
    noor, given, away = (somebody(a_team(), name=name) for name in ("Noor", "Given", "Away"))
    CheckInFactory(person=given, week_on=MONDAY, done_at=at(FRIDAY, 8))
    AbsenceFactory(user=away, first_on=MONDAY, last_on=FRIDAY)
    assert tick_at(at(MONDAY + 21 * DAY, 9))["mails sent"] == 3  # of the week before, which is open
    told = [(one.week, one.count) for one in caplog.records if one.getMessage() == "Reminders were missed"]
    assert told == [("2026-W47", 1), ("2026-W48", 3)]
    assert [*noor.deliveries.values_list("period", flat=True)] == ["2026-W49"]


def test_one_that_was_owed_but_not_sent_while_its_week_was_open_is_given_up(caplog):
    """JOB-08."""
    somebody(a_team(), name="Noor")
    owe_at(at(FRIDAY, 9))
    assert tick_at(at(FRIDAY + 6 * DAY, 9))["mails sent"] == 0
    assert Delivery.objects.get(period="2026-W47").state == "CANCELLED"
    assert "A reminder came too late" in [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("back", [2 * HOUR, 3 * DAY, 100 * DAY])
def test_a_clock_that_is_put_back_repeats_nothing_and_goes_on_looking(back):
    """JOB-09."""
    somebody(a_team(), name="Noor")
    tick_at(at(FRIDAY, 9))
    for moment in (at(FRIDAY, 9) - back, at(FRIDAY, 9) - back + HOUR, at(FRIDAY, 9), at(FRIDAY, 10)):
        tick_at(moment)
    assert sent_to() == ["noor"]
    tick_at(at(FRIDAY + 7 * DAY, 9))
    assert sent_to() == ["noor", "noor"]


def test_a_clock_that_jumps_forward_leaves_nobody_out():
    """JOB-09: by a day, over the hour itself."""
    somebody(a_team(), name="Noor")
    tick_at(at(FRIDAY - DAY, 12))
    tick_at(at(FRIDAY, 12))
    assert sent_to() == ["noor"]


def test_an_okrsite_that_is_new_makes_nothing_up():
    """What was due before its first look is nothing to it."""
    Round.objects.all().delete()
    somebody(a_team(), name="Noor")
    assert tick_at(at(FRIDAY, 12))["reminders due"] == 0
    assert tick_at(at(FRIDAY, 12) + DAY)["reminders due"] == 0
    assert tick_at(at(FRIDAY + 7 * DAY, 9))["mails sent"] == 1


def test_two_who_look_at_once_owe_one(monkeypatch):
    """JOB-03: the other one comes after the first has read who has none yet."""
    somebody(a_team(), name="Noor")
    owe = reminders._owe
    monkeypatch.setattr(reminders, "_owe", owe_twice(owe))
    assert owe_at(at(FRIDAY, 9)) == 1
    assert Delivery.objects.count() == 1


def owe_twice(owe):
    def both(*args):
        owe(*args)
        owe(*args)

    return both


def test_a_look_that_breaks_off_is_taken_up_again(monkeypatch):
    """JOB-01: the round is noted when it is over."""
    first, second = somebody(a_team(), name="Ada"), somebody(a_team(), name="Bo", zone="Europe/Paris")
    owe = reminders._owe

    def break_off(people, *args):
        owe(people, *args)
        if first.pk in people or second.pk in people:
            raise RuntimeError

    monkeypatch.setattr(reminders, "_owe", break_off)
    with pytest.raises(RuntimeError):
        owe_at(at(FRIDAY, 9))
    monkeypatch.setattr(reminders, "_owe", owe)
    assert tick_at(at(FRIDAY, 9, 1))["mails sent"] == 2


@pytest.mark.parametrize("people", [1, 5])
def test_queries(django_assert_num_queries, people):
    """One while the same quarter of an hour lasts; of a look as many for one as for five."""
    team = a_team()
    for _person in range(people):
        somebody(team)
    with django_assert_num_queries(8):
        owe_at(at(FRIDAY, 9))
    with django_assert_num_queries(1):
        owe_at(at(FRIDAY, 9, 14))


HARD = [  # weeks in which clocks change, a year ends, or a Friday is short
    ("Africa/Cairo", "2026-W17"),
    ("Africa/Cairo", "2026-W44"),
    ("Australia/Lord_Howe", "2026-W40"),
    ("Australia/Lord_Howe", "2026-W14"),
    ("Pacific/Kiritimati", "2026-W53"),
    ("Pacific/Pago_Pago", "2026-W53"),
    ("Asia/Kathmandu", "2026-W01"),
    ("America/St_Johns", "2026-W11"),
    ("America/Santiago", "2026-W36"),
    ("Europe/Berlin", "2026-W43"),
]


@pytest.mark.parametrize(("zone", "name"), HARD)
def test_real_ticks_of_a_hard_week_send_one_mail_to_each(zone, name):
    """JOB-04, JOB-05: at each moment at which somebody's is due, before and after it, and twice a day besides."""
    week = Week.parse(name)
    begins, ends = week.starts_at(ZoneInfo("Pacific/Kiritimati")), (week + 1).ends_at(ZoneInfo("Pacific/Pago_Pago"))
    Round.objects.update(began_at=begins - 2 * HOUR, looked_at=begins - HOUR)
    team = TeamFactory(zone=zone, celebration_weekday=4, celebration_time=time(15, 30), reminder_hour=0)
    other = TeamFactory(zone="Europe/Berlin", celebration_weekday=3, celebration_every=2, reminder_hour=0)
    people = [somebody(team, other, zone=home) for home in {zone, "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"}]
    people += [somebody(team, zone=zone, role="LEAD")]
    due = {reminder_mail.first_due(person, week).call.due_at for person in people}
    around = {moment + change for moment in due for change in (-MINUTE, 0 * MINUTE, MINUTE, QUARTER)}
    half_days = {begins + number * 12 * HOUR for number in range((ends - begins) // (12 * HOUR) + 1)}
    for moment in sorted(around | half_days):
        tick_at(moment)
        late = {person.pk for person in people if reminder_mail.first_due(person, week).call.due_at <= moment}
        assert {*Delivery.objects.filter(period=name, state="SENT").values_list("person", flat=True)} == late
    found = Delivery.objects.filter(period=name, state="SENT")
    assert sorted(found.values_list("person", flat=True)) == sorted(person.pk for person in people)
    assert len(mail.outbox) == Delivery.objects.filter(state="SENT").count()
