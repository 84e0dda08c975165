"""A Redis of a test's own, on a port of its own, and a Celery worker beside it."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from celery import Celery

from tests.journeys.server import ROOT, Server

BINARY = shutil.which("redis-server")
WHY_NONE = "No Redis is installed: apt-get install redis-server"
PATIENCE = 40.0  # seconds


@dataclass
class Redis:
    """One on a port of its own, which keeps nothing; it can hang, die and come back."""

    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Serve."""
        words = [str(BINARY), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd="/")
        wait_until(lambda: answers(self.port))

    def hang(self) -> None:
        """Hold every line, and say nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def die(self) -> None:
        """At once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh one; gone afterwards."""
    redis = Redis()
    try:
        redis.start()
        yield redis.url
    finally:
        redis.die()


@contextmanager
def worker(server: Server, app: str = "okrsite") -> Iterator[subprocess.Popen[bytes]]:
    """A worker of that okrsite, ready, in a process group of its own; ended afterwards if it is still there."""
    log = server.folder / "worker"
    command = [sys.executable, "-m", "celery", "--app", app, "worker", "--loglevel", "INFO", "--concurrency", "1"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=server.environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        wait_until(lambda: b" ready" in log.read_bytes() or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(10)


def hand_out_a_tick(url: str) -> None:
    """What beat does every minute."""
    with Celery(broker=url) as beat:
        beat.send_task("okrsite.tick", ignore_result=True)


def wait_until(is_so: object) -> None:
    """Look again until it is so; it is soon."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "It never was."
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
