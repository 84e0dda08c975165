"""A PostgreSQL of a test's own: own folder, own port, stopped and started under its eyes."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
WHY_NONE = "No PostgreSQL is installed: apt-get install postgresql"


@dataclass
class Postgres:
    """A cluster in `folder`, listening on `port` of loopback while it runs."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """What DATABASE_URL says of it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        self._run("pg_ctl", "--wait", "--log", str(self.folder / "log"), "--options", options, "start")

    def stop(self) -> None:
        """End it at once, as when the machine loses its power."""
        self._run("pg_ctl", "--mode", "immediate", "stop")

    def make(self) -> None:
        """Make its files."""
        self._run("initdb", "--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--no-sync")

    def _run(self, name: str, *words: str) -> None:
        command = [str(BINARIES[-1].with_name(name)), "--pgdata", str(self.folder / "data"), *words]
        if os.getuid() == 0:  # it refuses to run as root
            command = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", *command]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)


@contextmanager
def running() -> Iterator[Postgres]:
    """A fresh one, running; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="okrsite-postgres-"))  # not below pytest's, which only its owner may enter
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        postgres = Postgres(folder, int(taken.getsockname()[1]))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        postgres.make()
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        shutil.rmtree(folder)
