"""Starting the server: what it refuses, and what it says."""

import signal
import socket

import pytest
import uvicorn
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import autoreload
from uvicorn.supervisors import Multiprocess

from objectives.models import Quarter
from okrsite.demo.load import load
from okrsite.tick import Ticker
from people.models import AccessLink
from tests.factories import DeliveryFactory, OrganisationFactory


@pytest.fixture
def started(monkeypatch, settings):
    """What uvicorn, at the border, was asked to serve; the jobs are left to another process."""
    asked: list[uvicorn.Config] = []

    def serve(server):
        asked.append(server.config)
        server.started = True

    monkeypatch.setattr(uvicorn.Server, "run", serve)
    monkeypatch.setattr(Multiprocess, "__init__", lambda supervisor, config, sockets: asked.append(config))
    monkeypatch.setattr(Multiprocess, "run", lambda supervisor: None)
    monkeypatch.setattr(uvicorn.Config, "bind_socket", lambda config: None)
    settings.IS_EMBEDDED = False
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.PORT = free.getsockname()[1]
    return asked


@pytest.mark.django_db
def test_a_port_that_is_taken_is_told_before_any_link_is_made(started):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"^Port {port} is taken. PORT={port + 1} make run takes another.$"):
            call_command("serve", port=port)
    assert not AccessLink.objects.exists()
    assert started == []


@pytest.mark.django_db
def test_an_empty_okrsite_prints_a_link_that_sets_it_up(started, capsys):
    """AUTH-10."""
    call_command("serve")
    first = capsys.readouterr().out
    call_command("serve")
    assert "http://localhost:8000/set-up/" in first
    assert capsys.readouterr().out != first
    older, newer = AccessLink.objects.order_by("created_at", "pk")
    assert older.revoked_at is not None
    assert newer.revoked_at is None


@pytest.mark.django_db
def test_it_binds_to_loopback_unless_told_otherwise(started, settings):
    OrganisationFactory()
    call_command("serve")
    call_command("serve", host="192.0.2.7", port=9000)
    assert [(run.app, run.host, run.port) for run in started] == [
        ("okrsite.asgi:application", "127.0.0.1", settings.PORT),
        ("okrsite.asgi:application", "192.0.2.7", 9000),
    ]


@pytest.mark.django_db
def test_for_developers_django_watches_the_code_and_one_process_serves(started, settings, monkeypatch):
    settings.WEB_PROCESSES = 4
    monkeypatch.setattr(autoreload, "run_with_reloader", lambda serve, **options: serve(**options))
    call_command("serve", reload=True)
    call_command("serve")
    assert [run.workers for run in started] == [1, 4]


@pytest.mark.django_db
def test_it_makes_quarters_before_the_first_page_and_leaves_mail_to_the_tick(started, capsys):
    """A mail server that hangs must not hold up the start."""
    OrganisationFactory()
    DeliveryFactory()
    call_command("serve")
    assert Quarter.objects.count() == 3
    assert mail.outbox == []
    assert capsys.readouterr().out == "okrsite runs on http://localhost:8000 (Ctrl-C ends it)\n"


@pytest.mark.django_db
def test_a_database_that_is_not_migrated_is_not_served(started):
    """MIG-05."""
    MigrationRecorder.Migration.objects.filter(app="people").delete()
    with pytest.raises(CommandError, match="not migrated"):
        call_command("serve")
    assert started == []


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_sample_organisation_is_served_on_loopback(started, host, now):
    load(now=now)
    call_command("serve", host=host)
    assert [run.host for run in started] == [host]


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "okr.example.org"])  # noqa: S104 - refused
def test_the_sample_organisation_is_served_nowhere_else(started, host, now):
    load(now=now)
    with pytest.raises(CommandError, match="on loopback only"):
        call_command("serve", host=host)
    assert started == []


@pytest.mark.django_db
def test_a_server_that_does_not_start_is_told(started, monkeypatch):
    OrganisationFactory()
    monkeypatch.setattr(uvicorn.Server, "run", lambda server: None)
    with pytest.raises(CommandError, match=r"^The server did not start; the log says why\.$"):
        call_command("serve")


@pytest.mark.django_db
def test_the_ticker_of_one_process_ends_with_its_pages(started, settings, monkeypatch):
    """JOB-15: however they end."""
    heard: list[str] = []
    settings.IS_EMBEDDED = True
    OrganisationFactory()
    for word in ("start", "ask_to_stop", "stop"):
        monkeypatch.setattr(Ticker, word, lambda ticker, word=word: heard.append(word))

    def told_twice(server):
        server.started = True
        for ending in (signal.SIGINT, signal.SIGINT):
            server.handle_exit(ending, None)
            heard.append(f"{server.should_exit} {server.force_exit}")
        raise OSError("broken")

    monkeypatch.setattr(uvicorn.Server, "run", told_twice)
    with pytest.raises(OSError, match="broken"):
        call_command("serve")
    assert heard == ["start", "ask_to_stop", "True False", "ask_to_stop", "True True", "stop"]
