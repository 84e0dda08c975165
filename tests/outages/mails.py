"""Mails of an okrsite in processes of its own: some that are owed, and what became of them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.journeys.server import Server

COUNT = 4
OWE = f"""
from datetime import UTC, datetime
from activity.actions.mail import owe
from activity.letters import Letter
for number in range({COUNT}):
    owe(Letter(str(number), "Words."), to=f"reader-{{number}}@example.org", kind="NOTICE", about="it", now=datetime.now(UTC))
"""


def owing(folder: Path) -> Path:
    """The folder of an okrsite that owes some mails, to be copied."""
    Server(folder).prepare().manage("shell", "-v0", "-c", OWE)
    return folder


def another(kept: Path, folder: Path) -> Server:
    """The same in a folder of its own."""
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    return Server(folder)


def told(server: Server) -> list[tuple[str, int, str]]:
    """State, tries and Message-ID of each mail, those that were owed first before the others."""
    return _asked(server, "SELECT state, tries, message_id FROM activity_delivery ORDER BY created_at")


def states(server: Server) -> list[str]:
    """The state of each."""
    return [state for state, _tries, _id in told(server)]


def ids(server: Server) -> list[str]:
    """The Message-ID of each."""
    return [message_id for _state, _tries, message_id in told(server)]


def let_leases_run_out(server: Server) -> None:
    """As after five minutes."""
    _asked(server, "UPDATE activity_delivery SET claimed_until = created_at WHERE state = 'CLAIMED'")


def _asked(server: Server, words: str) -> list[tuple[str, int, str]]:
    with closing(sqlite3.connect(server.folder / "okrsite.sqlite3", timeout=20)) as line, line:
        return line.execute(words).fetchall()
