"""Settings: safe by default, and what does not fit stops the start with one clear line (OPS-01)."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from core.terms import TERMS
from tests.okrsite.conftest import KNOWN, ROOT

DAYS = {f"KEEP_{name}_DAYS" for name in TERMS}
NAMES = sorted(DAYS | set(re.findall(r'env\.\w+\("(\w+)"', (ROOT / "okrsite/settings.py").read_text())))


def values(found: dict[str, Any]) -> dict[str, Any]:
    """The settings alone, without the one that holds a function made anew."""
    return {
        name: value for name, value in found.items() if name[0].isupper() and name.isupper() and name != "TEMPLATES"
    }


def test_without_a_word_okrsite_is_embedded_and_keeps_all_in_one_folder(read, tmp_path):
    found = read()
    assert (found["SITE_URL"], found["DEBUG"], found["IS_EMBEDDED"]) == ("http://localhost:8000", False, True)
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "okrsite.sqlite3")
    assert found["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["DATABASES"]["default"]["OPTIONS"]["init_command"]  # DB-08
    assert found["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert found["SECRET_KEY"] == (tmp_path / "secret-key").read_text()
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert read()["SECRET_KEY"] == found["SECRET_KEY"]
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]


def test_the_folder_that_is_made_is_for_its_owner_alone(tmp_path):
    """It holds the database, and mails with their links."""
    folder = tmp_path / "var" / "demo"
    words = [sys.executable, "manage.py", "check"]
    environment = {"PATH": os.environ["PATH"], "OKRSITE_VAR": str(folder)}
    subprocess.run(words, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert [part.stat().st_mode & 0o777 for part in (folder, folder.parent)] == [0o700, 0o700]


@pytest.mark.parametrize(
    ("site", "is_https", "session", "csrf"),
    [
        ("http://localhost:8000", False, "okrsite-session", "okrsite-csrf"),
        ("https://okr.example.org", True, "__Host-okrsite-session", "__Host-okrsite-csrf"),
        ("https://okr.example.org:8443/", True, "__Host-okrsite-session", "__Host-okrsite-csrf"),
    ],
)
def test_cookies_are_bound_to_the_host_where_there_is_tls(read, site, is_https, session, csrf):
    """HDR-04, decisions 34."""
    found = read(SITE_URL=site)
    assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == (session, csrf)
    assert found["MESSAGES_COOKIE_NAME"] == session.replace("session", "messages")
    assert (found["SESSION_COOKIE_SECURE"], found["CSRF_COOKIE_SECURE"]) == (is_https, is_https)
    assert found["SECURE_HSTS_SECONDS"] == (31_536_000 if is_https else 0)
    assert found["SECURE_SSL_REDIRECT"] is False
    assert read(SITE_URL=site, TRUSTED_PROXIES="1")["SECURE_SSL_REDIRECT"] is is_https
    assert read(SITE_URL=site)["CSRF_TRUSTED_ORIGINS"] == [site.rstrip("/")]


def test_with_postgresql_and_redis_it_is_many_processes(read):
    found = read(
        DATABASE_URL="postgres://me:secret@db.example.org/okr", REDIS_URL="redis://cache.example.org", WEB_PROCESSES="4"
    )
    database = found["DATABASES"]["default"]
    assert (database["HOST"], database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == ("db.example.org", 600, True)
    assert database["OPTIONS"] == {"connect_timeout": 2}
    assert found["CELERY_BROKER_URL"] == "redis://cache.example.org"
    assert found["CACHES"] == read()["CACHES"]  # RL-05: what is counted does not go away with Redis
    assert (found["IS_EMBEDDED"], found["WEB_PROCESSES"]) == (False, 4)


def test_how_long_things_are_kept(read):
    """PRIV-12: drafts 90 days, sessions and links 30, mails 90, decisions two years; all settable."""
    assert read()["KEEP"] == {
        "DRAFTS": 90, "SESSIONS": 30, "LINKS": 30, "MAIL": 90, "AUDIT": 731, "HISTORY": 1827,
    }  # fmt: skip
    assert read()["SESSION_COOKIE_AGE"] == 30 * 86_400
    other = read(**dict.fromkeys(DAYS, "123"))
    assert set(other["KEEP"].values()) == {123}
    assert other["SESSION_COOKIE_AGE"] == 123 * 86_400


def test_a_database_in_memory_needs_no_folder(read):
    assert read(DATABASE_URL="sqlite://:memory:")["DATABASES"]["default"]["NAME"] == ":memory:"


def test_mail_goes_to_the_server_that_is_named(read):
    found = read(EMAIL_URL="smtp+tls://me:secret@mail.example.org:587")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert "EMAIL_FILE_PATH" not in found or not found["EMAIL_FILE_PATH"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "OKRSITE_VAR"])
def test_a_blank_word_is_as_good_as_none(read, name):
    """A line of .env that was left empty."""
    assert values(read(**{name: ""})) == values(read())


def test_a_blank_folder_is_the_one_of_the_repository(read):
    found = read(OKRSITE_VAR="", SECRET_KEY="long enough to be the key of a site")
    assert found["VAR"] == ROOT / "var"


def test_every_word_is_forgotten_between_tests_and_explained_to_operators():
    table = (ROOT / "docs/operators/settings.md").read_text()
    assert {*KNOWN, "OKRSITE_VAR"} == set(NAMES) == set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE))


@pytest.mark.django_db
def test_many_who_try_to_sign_in_make_no_count_forgotten(read):
    """RL-01: Django's table holds 300 counts when nobody says otherwise, and then throws some away."""
    call_command("createcachetable", "cache", verbosity=0)
    shipped = read()["CACHES"]["default"]
    table = DatabaseCache(shipped["LOCATION"], shipped)
    for number in range(320):
        table.set(f"tries-{number}", [number], 300)
    assert len(table.get_many([f"tries-{number}" for number in range(320)])) == 320


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ({"SITE_URL": "ftp://okr.example.org"}, "SITE_URL must be an address"),
        ({"SITE_URL": "okr.example.org"}, "SITE_URL must be an address"),
        ({"SITE_URL": "https://example.org/okr"}, "SITE_URL must be an address"),
        ({"SITE_URL": "https://me@example.org"}, "SITE_URL must be an address"),
        ({"SITE_URL": "http://[::1"}, "SITE_URL must be an address"),
        ({"PORT": "http"}, "PORT must be a whole number from 1 to 65535"),
        ({"PORT": "0"}, "PORT must be a whole number from 1 to 65535"),
        ({"PORT": "٨"}, "PORT must be a whole number from 1 to 65535"),
        ({"WEB_PROCESSES": "0"}, "WEB_PROCESSES must be a whole number from 1 to 64"),
        ({"LIVE_STREAMS": "0"}, "LIVE_STREAMS must be a whole number from 1 to 65000"),
        ({"WEB_PROCESSES": "2"}, "WEB_PROCESSES above 1 needs REDIS_URL"),
        ({"TRUSTED_PROXIES": "yes"}, "TRUSTED_PROXIES must be a whole number from 0 to 9"),
        ({"KEEP_MAIL_DAYS": "6"}, "KEEP_MAIL_DAYS must be a whole number from 7 to 36500"),
        ({"KEEP_DRAFTS_DAYS": "for ever"}, "KEEP_DRAFTS_DAYS must be a whole number from 14 to 36500"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have 32 characters or more"),
        ({"DATABASE_URL": "mysql://db.example.org/okr"}, "DATABASE_URL must be postgres://"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL must be smtp"),
        ({"TIME_ZONE": "Mars/Base"}, "TIME_ZONE must be the name of a time zone"),
        ({"OKRSITE_VAR": str(ROOT / "manage.py")}, "OKRSITE_VAR must be a folder"),
    ],
)
def test_what_does_not_fit_stops_the_start(read, words, line):
    """OPS-01."""
    with pytest.raises(ImproperlyConfigured, match=line):
        read(**words)


def test_the_command_line_says_it_in_one_line(tmp_path):
    """OPS-01."""
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "OKRSITE_VAR": str(tmp_path), "WEB_PROCESSES": "3"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "okrsite does not start: WEB_PROCESSES above 1 needs REDIS_URL: the processes talk to each other through Redis.\n"
    )
