"""The sender is killed with -9 in the middle of a batch, again and again: nobody is lost (JOB-02, decisions 32)."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from tests.activity.sink import sink
from tests.journeys.server import ROOT, Server
from tests.outages.mails import ids, let_leases_run_out, states

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="Each has a database of its own.")
MANY, KILLS = 500, 10
OWE = f"""
from datetime import UTC, datetime
from activity.actions.mail import owe
from activity.letters import Letter
for number in range({MANY}):
    owe(Letter(str(number), "Words."), to=f"reader-{{number}}@example.org", kind="NOTICE", about="it", now=datetime.now(UTC))
"""


def test_ten_kills_in_a_batch_of_five_hundred_lose_nobody(tmp_path):
    """JOB-02: each goes once, and one more time for a kill between the server's yes and our mark, under the same id."""
    server = Server(tmp_path).prepare()
    server.manage("shell", "-v0", "-c", OWE)
    with sink() as post:
        server.besides["EMAIL_URL"] = post.url
        for number in range(KILLS):
            sender = start(server)
            wait_for(post, len(post.envelopes) + 20 + number)
            os.kill(sender.pid, signal.SIGKILL)
            sender.wait(30)
            let_leases_run_out(server)
        while "OWED" in states(server):
            server.manage("tick")
        copies = Counter(post.ids)
    assert {*copies} == {*ids(server)}
    assert set(states(server)) == {"SENT"}
    assert sum(copies.values()) - MANY <= KILLS
    assert max(copies.values()) <= 2


def start(server: Server) -> subprocess.Popen[bytes]:
    """A sender in a process of its own."""
    words = [sys.executable, "manage.py", "tick"]
    return subprocess.Popen(
        words, cwd=ROOT, env=server.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def wait_for(post, count: int) -> None:
    """Until so many came; a minute at most."""
    for _look in range(12_000):
        if len(post.envelopes) >= count:
            return
        time.sleep(0.005)
    raise AssertionError("They were not sent.")
