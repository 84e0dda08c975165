"""`manage.py serve`: okrsite on one port."""

import errno
import signal
import socket
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import autoreload, timezone
from uvicorn.supervisors import Multiprocess

from core.health import is_migrated
from objectives.actions.quarters import make_ahead
from okrsite.tick import Ticker
from people.actions.set_up import is_set_up, open_set_up
from people.models import Organisation

PAGES = "okrsite.asgi:application"
SERVING: dict[str, Any] = {
    "log_config": None,  # its lines are ours
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "date_header": True,
    "proxy_headers": False,
    "timeout_graceful_shutdown": 25,  # who runs us grants 30
    "lifespan": "on",
}


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
        config = uvicorn.Config(PAGES, host=host, port=port, workers=workers, **SERVING)
        if settings.IS_EMBEDDED:
            _serve_and_tick(config)
        elif workers == 1:
            _serve(_Server(config))
        else:
            _Processes(config, sockets=[config.bind_socket()]).run()


class _Server(uvicorn.Server):
    """A server that ends what it began, and lets its ticker know at once that all is to end."""

    def __init__(self, config: uvicorn.Config, ticker: Ticker | None = None) -> None:
        super().__init__(config)
        self._ticker = ticker

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End what was begun; a second Ctrl-C waits for nothing. uvicorn's own would then die by the signal."""
        if self._ticker:
            self._ticker.ask_to_stop()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


class _Processes(Multiprocess):
    """Several servers behind one door, which their parent holds as well."""

    def terminate_all(self) -> None:
        """Close the door first: nobody is let in who would wait for an answer that never comes."""
        for door in self.sockets:
            door.close()
        super().terminate_all()


def _serve(server: _Server) -> None:
    server.run()
    if not server.started:
        raise CommandError("The server did not start; the log says why.")


def _serve_and_tick(config: uvicorn.Config) -> None:
    ticker = Ticker()
    ticker.start()
    try:
        _serve(_Server(config, ticker))
    finally:
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
