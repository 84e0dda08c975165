"""`manage.py serve`: okrsite on one port."""

import errno
import socket
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import autoreload, timezone

from core.health import is_migrated
from objectives.actions.quarters import make_ahead
from okrsite.tick import Ticker
from people.actions.set_up import is_set_up, open_set_up
from people.models import Organisation


class Command(BaseCommand):
    help = "Serve okrsite: pages, live screens and, without Redis, the jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to bind (default: loopback)")
        parser.add_argument("--port", type=int, default=None, help="the port (default: PORT, or 8000)")
        parser.add_argument("--reload", action="store_true", help="start anew when code changes, in one process")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reload"]:
            autoreload.run_with_reloader(self._serve, workers=1, **options)
        else:
            self._serve(workers=settings.WEB_PROCESSES, **options)

    def _serve(self, *, workers: int, **options: Any) -> None:
        if not is_migrated():
            raise CommandError("The database is not migrated. Run: manage.py migrate")
        host, port = options["host"], options["port"] or settings.PORT
        _refuse_open_demo(host)
        _refuse_taken(host, port)
        call_command("createcachetable", verbosity=0)
        if is_set_up():
            make_ahead(now=timezone.now())  # noqa: TID251 - a command's first line is the edge
        self.stdout.write(_welcome(host, port))
        self.stdout.flush()
        ticker = Ticker() if settings.IS_EMBEDDED else None
        if ticker:
            ticker.start()
        try:
            uvicorn.run(
                "okrsite.asgi:application",
                host=host,
                port=port,
                workers=workers,
                log_config=None,  # its lines are ours
                log_level="warning",
                access_log=False,
                server_header=False,
                date_header=True,
                proxy_headers=False,
                timeout_graceful_shutdown=25,
                lifespan="on",
            )
        finally:
            if ticker:
                ticker.stop()


def _refuse_open_demo(host: str) -> None:
    if Organisation.objects.filter(is_demo=True).exists() and host not in {"127.0.0.1", "::1", "localhost"}:
        raise CommandError("The sample organisation has a known password: it is served on loopback only.")


def _refuse_taken(host: str, port: int) -> None:
    """Before a set-up link is printed that would lead to whoever has the port; other troubles are uvicorn's to tell."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise CommandError(f"Port {port} is taken. PORT={port + 1} make run takes another.") from problem


def _welcome(host: str, port: int) -> str:
    if is_set_up():
        return f"okrsite runs on {settings.SITE_URL} (Ctrl-C ends it)"
    secret = open_set_up(now=timezone.now())  # noqa: TID251 - a command's first line is the edge
    return (
        f"okrsite runs on {settings.SITE_URL} and is still empty.\n\n"
        f"  Open this link once to set it up:\n\n  {settings.SITE_URL}/set-up/{secret}/\n\n"
        "To look around first: make demo (Ctrl-C ends this)"
    )
