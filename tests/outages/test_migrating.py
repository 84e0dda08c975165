"""Migrations that are killed, and two that run at once."""

import subprocess
import sys

from tests.journeys.server import ROOT, Server


def migrating(server: Server) -> subprocess.Popen[str]:
    """A migration from nothing, on its way."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def is_whole(server: Server) -> bool:
    """Whether a migration comes to its end now, and the doctor finds every rule in the database."""
    server.manage("migrate", "--verbosity=0")
    return "fine   Rules: The database holds every rule that it should." in server.manage("doctor").splitlines()


def test_a_migration_that_was_killed_can_be_run_again(database, tmp_path):
    """MIG-04: each is wholly there or not at all."""
    server = Server(tmp_path, database_url=database)
    with migrating(server) as process:
        for line in process.stdout:
            if "Applying objectives.0001" in line:
                break
        process.kill()
    assert process.returncode == -9
    assert is_whole(server)


def test_of_two_migrations_at_once_one_waits_or_stops(database, tmp_path):
    """MIG-04: and the database is what one would have made."""
    server = Server(tmp_path, database_url=database)
    both = [migrating(server) for _one in range(2)]
    for process in both:
        process.communicate(timeout=120)
    assert 0 in [process.returncode for process in both]
    assert is_whole(server)
