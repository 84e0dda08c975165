"""The doctor says what is wrong, in words, and changes nothing."""

import sqlite3
from collections import namedtuple
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from activity.models import Delivery
from objectives.models import KeyResult
from okrsite import doctor
from okrsite.doctor import Level, database, place, work
from okrsite.own_data import erasing
from people.actions.people import create_person
from people.models import Handle, User
from tests.conftest import NOW
from tests.factories import CheckInFactory, DeliveryFactory, KeyResultFactory, UserFactory
from tests.house.house import undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    """A folder of the site's own, closed to others, with mail that goes somewhere."""
    tmp_path.chmod(0o700)
    settings.VAR, settings.EMAIL_URL = tmp_path, "smtp://mail.example.org"
    return tmp_path


def said(check, now=NOW) -> list[tuple[str, str]]:
    """How bad, and in which words."""
    return [(str(finding.level), finding.words) for finding in check(now)]


def test_a_healthy_okrsite(capsys):
    """CON-06."""
    KeyResultFactory()
    CheckInFactory()
    call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("wrong")] == []
    assert [line.split(":")[0] for line in lines if line.startswith("fine")] == [
        f"fine   {about}"
        for about in ("Settings", "Keeping", "Files", "Disk", "Database", "Rows", "Rules", "Totals", "Mail")
    ]
    assert lines[-1] == "Nothing is wrong."


def test_what_is_wrong_ends_the_command_with_1(capsys):
    """CON-06."""
    DeliveryFactory(due_at=NOW - timedelta(hours=1))
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert (ended.value.code, capsys.readouterr().out.splitlines()[-1]) == (1, "1 wrong.")


def test_it_looks_and_changes_nothing():
    with CaptureQueriesContext(connection) as asked:
        list(doctor.examine(now=NOW))
    verbs = {query["sql"].split()[0] for query in asked.captured_queries}
    # Django itself asks SQLite once a process, within a savepoint, whether it knows JSON.
    assert verbs <= {"SELECT", "PRAGMA", "SET", "SAVEPOINT", "RELEASE"}


def test_a_row_that_leads_nowhere():
    """CON-06."""
    row = KeyResultFactory()
    with undone():
        KeyResult.objects.filter(pk=row.pk).update(objective_id=1)
        findings = said(database.is_whole)
    assert [level for level, _words in findings] == ["wrong"]
    assert findings[0][1].startswith("A row leads nowhere: ")


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL alone can hold a rule that was never looked at"
)
def test_a_key_that_postgresql_was_told_not_to_look_at():
    """CON-06: as after a table was filled by hand."""
    with undone(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE people_absence ADD CONSTRAINT by_hand FOREIGN KEY (user_id) REFERENCES people_user NOT VALID"
        )
        assert said(database.is_whole)[0] == (
            "wrong",
            "PostgreSQL was told not to look whether by_hand holds. Run: ALTER TABLE … VALIDATE CONSTRAINT …",
        )


def test_a_rule_that_is_lost(monkeypatch):
    """CON-06."""
    find = connection.introspection.get_constraints

    def without_one(cursor, table):
        return {name: rule for name, rule in find(cursor, table).items() if name != "confidence_is_0_to_10"}

    monkeypatch.setattr(connection.introspection, "get_constraints", without_one)
    assert said(database.rules_stand) == [
        ("wrong", "The database has lost confidence_is_0_to_10. Go back to a backup.")
    ]


def test_what_is_kept_twice_and_does_not_agree():
    """CON-06."""
    UserFactory()
    lost = UserFactory()
    Handle.objects.filter(user=lost).delete()
    DeliveryFactory(kind=Delivery.Kind.SECURITY, state=Delivery.State.SENT, sent_at=NOW)
    assert said(database.totals) == [
        ("fine", "2 people, 0 teams, 0 objectives, 0 check-ins."),
        ("wrong", "1 people have a username that is not kept for them."),
        ("wrong", "1 mails with secrets were sent and not forgotten."),
    ]


@pytest.mark.parametrize(
    ("waited", "level", "words"),
    [
        (timedelta(minutes=-1), "fine", "Nothing waits."),
        (timedelta(minutes=15), "fine", "Nothing has waited for long."),
        (timedelta(minutes=16), "wrong", "The oldest has waited for 16 minutes."),
        (timedelta(hours=26), "wrong", "The oldest has waited for 26 hours."),
    ],
)
def test_how_long_the_oldest_mail_waits(waited, level, words):
    """CON-06, JOB-14."""
    DeliveryFactory(due_at=NOW - waited)
    [(how_bad, sentence)] = said(work.queue)
    assert (how_bad, sentence.startswith(words)) == (level, True)


def test_a_mail_server_that_is_away_is_seen_though_each_mail_waits_for_its_next_try():
    """JOB-14."""
    DeliveryFactory(created_at=NOW - timedelta(minutes=40), due_at=NOW + timedelta(minutes=20), tries=3)
    [(how_bad, sentence)] = said(work.queue)
    assert (how_bad, sentence.startswith("The oldest has waited for 40 minutes.")) == ("wrong", True)


def test_mails_that_were_put_aside():
    DeliveryFactory(state=Delivery.State.PARKED)
    assert said(work.queue)[1:] == [("look", "1 could not be sent and are not tried again: Settings, Mail.")]


def test_a_database_that_waits_for_a_migration_is_looked_at_no_further():
    """CON-06."""
    MigrationRecorder.Migration.objects.filter(app="objectives").delete()
    findings = list(doctor.examine(now=NOW))
    assert (findings[-1].level, findings[-1].words) == (
        Level.WRONG,
        "It waits for a migration. Run: manage.py migrate",
    )


def test_a_database_that_is_away(monkeypatch):
    """CON-06."""

    def away(*args):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "ensure_connection", away)
    assert database.is_ready().words == "It does not answer. Look whether it runs, and at DATABASE_URL."


def test_a_database_that_goes_away_while_it_is_looked_at(monkeypatch):
    def away(now):
        raise OperationalError("gone")
        yield

    monkeypatch.setattr(doctor, "INSIDE", (away,))
    assert list(doctor.examine(now=NOW))[-1].words == "It broke off while it was looked at: gone"


def test_a_damaged_file_of_sqlite(tmp_path, monkeypatch):
    """CON-06: the real thing, with a page of it overwritten."""
    path = tmp_path / "damaged.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE words (word TEXT UNIQUE)")
        made.executemany("INSERT INTO words VALUES (?)", [(f"{number:0200}",) for number in range(200)])
    made.close()
    body = bytearray(path.read_bytes())
    body[8192:8292] = b"x" * 100
    path.write_bytes(body)
    with sqlite3.connect(path) as damaged:
        monkeypatch.setattr(database, "connection", _Like(damaged))
        assert said(database.is_whole)[0][1].startswith("The file of the database is damaged: ")
    damaged.close()


class _Like:
    """A connection of Django's, as far as looking for damage goes."""

    vendor = "sqlite"

    def __init__(self, connection):
        self.cursor = lambda: _Cursor(connection.cursor())

    def check_constraints(self):
        """Nothing to see."""


class _Cursor:
    def __init__(self, cursor):
        self.execute, self.fetchone = cursor.execute, cursor.fetchone

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        return None


def test_settings_that_tell_everything(settings):
    """CON-06."""
    settings.DEBUG, settings.EMAIL_URL, settings.SITE_URL = True, "", "http://okr.example.org"
    assert said(place.settings_fit) == [
        ("wrong", "OKRSITE_DEBUG is on: whoever breaks a page reads your source."),
        ("look", "SITE_URL is not https: everybody on the way can read along."),
        ("look", "EMAIL_URL is empty: mails become files, and nobody gets them."),
    ]


def test_settings_of_a_site_with_tls_are_held_to_djangos_own_list(settings):
    settings.IS_HTTPS, settings.SITE_URL, settings.SESSION_COOKIE_SECURE = True, "https://okr.example.org", False
    assert any("(security.W012)" in words for _level, words in said(place.settings_fit))


def test_how_long_things_are_kept(settings):
    """PRIV-12: said where an operator looks."""
    settings.KEEP = {**settings.KEEP, "MAIL": 45}
    assert said(place.days_kept) == [
        (
            "fine",
            "Drafts 90 days, sessions 30 days, links and tokens that have ended 30 days, mails 45 days, "
            "what was decided 731 days, what happened 1827 days.",
        )
    ]


def test_files_that_others_can_read(var, settings):
    """CON-06: a closed folder keeps all that is in it."""
    key = var / "secret-key"
    key.write_text("x")
    key.chmod(0o640)
    assert said(place.files_are_private) == [("fine", "Nobody else on this machine can read what is kept here.")]
    var.chmod(0o755)
    assert said(place.files_are_private) == [
        ("wrong", f"Others on this machine can read secret-key. Run: chmod go= {key}")
    ]


def test_the_database_of_sqlite_is_one_of_the_files(var, settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(var / "okrsite.sqlite3"))
    settings.IS_SQLITE = True
    (var / "okrsite.sqlite3-wal").write_text("x")
    (var / "okrsite.sqlite3-wal").chmod(0o644)
    var.chmod(0o755)
    assert [words.split(".")[0] for _level, words in said(place.files_are_private)] == [
        "Others on this machine can read okrsite"
    ]


def test_a_disk_that_is_nearly_full(monkeypatch):
    """CON-06."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(place.shutil, "disk_usage", lambda path: usage(2, 1, 12_345_678))
    assert said(place.disk_has_room) == [("wrong", "12 MB are free, where okrsite keeps its data. Make room soon.")]


def test_backups_are_somebody_elses():
    assert said(place.backups)[0][0] == "look"


def test_nothing_is_wrong_after_somebody_was_erased(frozen):
    """CON-06, PRIV-05: they have no username that could be kept; somebody else's that is not is told all the same."""
    gone = create_person(name="Zoe", email="zoe@example.org", zone="UTC", password_hash="", now=NOW)
    User.objects.filter(pk=gone.pk).update(switched_off_at=NOW, erase_at=NOW)
    assert erasing.erase_due(now=NOW) == 1
    assert [level for level, _words in said(database.totals)] == ["fine"]
    Handle.objects.filter(user=UserFactory(name="Ana")).delete()
    assert said(database.totals)[1:] == [("wrong", "1 people have a username that is not kept for them.")]
