"""All is told to end while mail goes out: the mail in hand is ended, none is lost, and none goes twice (JOB-15)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.activity.sink import Sink, sink
from tests.journeys.server import ROOT, Server
from tests.outages import redis_server
from tests.outages.mails import COUNT, another, ids, let_leases_run_out, owing, states, told

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="Each has a database of its own.")
with_redis = pytest.mark.skipif(redis_server.BINARY is None, reason=redis_server.WHY_NONE)
LONG = 60.0  # seconds that no sender waits


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """The folder of an okrsite that owes four mails."""
    return owing(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def post() -> Iterator[Sink]:
    """A mail server that thinks over each mail."""
    with sink(seconds=2) as running:
        yield running


@pytest.fixture
def server(kept, tmp_path, post) -> Server:
    """An okrsite that owes four mails, and sends them there."""
    made = another(kept, tmp_path)
    made.besides["EMAIL_URL"] = post.url
    return made


@pytest.fixture
def broker(server) -> Iterator[str]:
    """The address of a Redis that the okrsite goes by."""
    with redis_server.running() as url:
        server.besides["REDIS_URL"] = url
        yield url


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bool]:
    """How a process ended that was told to, and whether in time."""
    began = time.monotonic()
    code = process.wait(60)
    return code, time.monotonic() - began < 30


def test_one_process_that_is_stopped_ends_the_mail_in_hand_and_begins_no_other(server, post):
    """JOB-15: the next start sends the others, each once."""
    server.serve()
    assert post.begun.wait(20)
    server.process.send_signal(signal.SIGTERM)
    assert ended(server.process) == (0, True)
    assert states(server) == ["SENT", "OWED", "OWED", "OWED"]
    assert post.ids == ids(server)[:1]
    post.seconds = 0
    server.serve()
    redis_server.wait_until(lambda: len(post.envelopes) == COUNT)
    server.stop()
    assert post.ids == ids(server)
    assert {tries for _state, tries, _id in told(server)} == {1}


@with_redis
@pytest.mark.parametrize("who_is_told", ["worker", "worker and children"])
def test_a_worker_that_is_stopped_ends_the_mail_in_hand_and_begins_no_other(server, post, broker, who_is_told):
    """JOB-15: as Docker ends it, and as systemd does."""
    with redis_server.worker(server) as worker:
        redis_server.hand_out_a_tick(broker)
        assert post.begun.wait(20)
        (os.killpg if who_is_told == "worker and children" else os.kill)(worker.pid, signal.SIGTERM)
        assert ended(worker) == (0, True)
    assert states(server) == ["SENT", "OWED", "OWED", "OWED"]
    post.seconds = 0
    with redis_server.worker(server):
        redis_server.hand_out_a_tick(broker)
        redis_server.wait_until(lambda: len(post.envelopes) == COUNT)
    assert post.ids == ids(server)


@with_redis
def test_a_worker_whose_mail_server_hangs_hands_its_work_back(server, post, broker):
    """JOB-15: it waits for the answer no longer than for any, and the mail is owed again."""
    post.seconds = LONG
    with redis_server.worker(server) as worker:
        redis_server.hand_out_a_tick(broker)
        assert post.begun.wait(20)
        worker.terminate()
        assert ended(worker) == (0, True)
    assert [(state, tries) for state, tries, _id in told(server)] == [
        ("OWED", 1),
        ("OWED", 0),
        ("OWED", 0),
        ("OWED", 0),
    ]
    assert post.ids == []


def test_a_child_that_cannot_end_its_work_is_ended_and_hands_it_back_by_its_lease():
    """JOB-15."""
    script = (
        "import os, signal, time; from okrsite import celery; "
        "celery.PATIENCE = 1; celery.heed(); print(celery.is_over()); "
        "os.kill(os.getpid(), signal.SIGTERM); print(celery.is_over(), flush=True); time.sleep(20)"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.split()) == (-signal.SIGALRM, ["False", "True"])
    assert time.monotonic() - began < 15


@with_redis
@pytest.mark.parametrize("limit", ["task_soft_time_limit", "task_time_limit"])
def test_a_task_over_its_limit_is_ended_and_its_lease_gives_the_mail_back(server, post, broker, limit):
    """JOB-12, JOB-02: with one of the two limits made short; the worker lives on, and nothing is lost."""
    post.seconds = LONG
    server.besides["SHORT"] = limit
    with redis_server.worker(server, app="tests.outages.short_limits"):
        redis_server.hand_out_a_tick(broker)
        assert post.begun.wait(20)
        redis_server.wait_until(lambda: "TimeLimitExceeded" in (server.folder / "worker").read_text())
        post.seconds = 0
        assert states(server) == ["CLAIMED", "OWED", "OWED", "OWED"]
        redis_server.hand_out_a_tick(broker)
        redis_server.wait_until(lambda: states(server) == ["CLAIMED", "SENT", "SENT", "SENT"])
        let_leases_run_out(server)
        redis_server.hand_out_a_tick(broker)
        redis_server.wait_until(lambda: states(server) == ["SENT"] * COUNT)
    first, *others = ids(server)
    assert post.ids == [*others, first]
    assert [tries for _state, tries, _id in told(server)] == [2, 1, 1, 1]
