"""The tick: all that is due, once, whatever one of the jobs does."""

from datetime import UTC, datetime, timedelta
from time import sleep
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from okrsite.tasks import tick_task
from okrsite.tick import Ticker, tick
from tests.factories import DeliveryFactory, OrganisationFactory

NOW = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)


def tick_at(moment: datetime) -> dict[str, int]:
    """A tick in which no time passes."""
    return tick(clock=lambda: moment)


def wait_for_mails(count: int) -> None:
    """Look again until so many went out; ten seconds at most. Leaves the database to the ticker."""
    for _time in range(200):
        if len(mail.outbox) == count:
            return
        sleep(0.05)
    raise AssertionError("They were not sent.")


NO_MORE = {"reminders due": 0, "chats reminded": 0, "chats told": 0}


@pytest.mark.django_db
def test_an_empty_okrsite_has_nothing_to_do():
    assert tick_at(NOW) == {"quarters made": 0, "mails sent": 0, **NO_MORE, "people erased": 0, "rows cleared away": 0}


@pytest.mark.django_db
def test_a_tick_does_what_is_due_and_the_next_one_nothing():
    """CON-05."""
    OrganisationFactory()
    DeliveryFactory()
    DeliveryFactory(due_at=NOW + timedelta(minutes=1))
    assert tick_at(NOW) == {"quarters made": 3, "mails sent": 1, **NO_MORE, "people erased": 0, "rows cleared away": 0}
    assert tick_at(NOW) == {"quarters made": 0, "mails sent": 0, **NO_MORE, "people erased": 0, "rows cleared away": 0}
    assert tick_at(NOW + timedelta(minutes=1)) == {
        "quarters made": 0,
        "mails sent": 1,
        **NO_MORE,
        "people erased": 0,
        "rows cleared away": 0,
    }


@pytest.mark.django_db
def test_a_job_that_fails_holds_up_no_other_and_is_raised_in_the_end(caplog):
    """OPS-03."""
    OrganisationFactory(zone="No/Such_Zone")
    DeliveryFactory()
    with pytest.raises(ZoneInfoNotFoundError):
        tick_at(NOW)
    assert len(mail.outbox) == 1
    assert [(record.getMessage(), record.job) for record in caplog.records] == [("A job failed", "quarters made")]


@pytest.mark.django_db
def test_a_tick_that_is_over_begins_no_further_job():
    """JOB-15."""
    OrganisationFactory()
    DeliveryFactory()
    asked = iter([False, True])
    assert tick(clock=lambda: NOW, is_over=lambda: next(asked)) == {"quarters made": 3}
    assert mail.outbox == []


@pytest.mark.django_db
def test_the_command_acts_at_the_moment_it_is_given(capsys):
    OrganisationFactory()
    DeliveryFactory(due_at=NOW)
    call_command("tick", now="2026-11-19T10:59:00+01:00")
    call_command("tick", now="2026-11-19T11:00:00+01:00")
    assert capsys.readouterr().out == (
        "quarters made: 3\nreminders due: 0\nmails sent: 0\nchats reminded: 0\nchats told: 0\npeople erased: 0\nrows cleared away: 0\n"
        "quarters made: 0\nreminders due: 0\nmails sent: 1\nchats reminded: 0\nchats told: 0\npeople erased: 0\nrows cleared away: 0\n"
    )


@pytest.mark.django_db
def test_the_command_without_a_moment_acts_now(frozen, capsys):
    OrganisationFactory()
    DeliveryFactory(due_at=frozen)
    call_command("tick")
    assert (
        capsys.readouterr().out
        == "quarters made: 3\nreminders due: 0\nmails sent: 1\nchats reminded: 0\nchats told: 0\npeople erased: 0\nrows cleared away: 0\n"
    )


@pytest.mark.parametrize("moment", ["soon", "2026-11-19", "2026-11-19T10:00:00", "2026-02-30T10:00:00+01:00", ""])
def test_the_command_refuses_what_is_no_moment(moment):
    with pytest.raises(CommandError, match="moment"):
        call_command("tick", now=moment)


@pytest.mark.django_db
def test_celery_carries_the_same_tick_and_swallows_what_older_deploys_send(frozen):
    DeliveryFactory(due_at=frozen)
    tick_task(reason="from before")
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_ticker_ticks_on_after_a_failure_until_it_is_stopped(monkeypatch, caplog):
    monkeypatch.setattr("okrsite.tick.SECONDS_BETWEEN", 0.01)
    OrganisationFactory(zone="No/Such_Zone")
    DeliveryFactory()
    DeliveryFactory(due_at=timezone.now() + timedelta(seconds=0.3))  # noqa: TID251 - its loop reads the clock
    ticker = Ticker()
    ticker.start()
    wait_for_mails(2)
    ticker.stop()
    assert not ticker.is_alive()
    assert {record.getMessage() for record in caplog.records} == {"A job failed"}
