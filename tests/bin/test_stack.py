"""`make stack`: what it says when something is missing, and that it ends all that it began."""

import signal
import subprocess
import sys
import time

import pytest

from bin import stack
from tests.house.tree import ROOT

NOBODY = "127.0.0.1:1"  # nothing listens on the first port


def sleeper(code: str = "import time; time.sleep(60)") -> subprocess.Popen[bytes]:
    """A process that stays until it is ended."""
    return subprocess.Popen([sys.executable, "-c", code])


def test_without_postgresql_it_says_so_and_starts_nothing():
    done = subprocess.run(
        [sys.executable, "bin/stack.py"],
        cwd=ROOT,
        env={"DATABASE_URL": f"postgres://somebody:secret@{NOBODY}/okrsite"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        "make stack needs PostgreSQL; DATABASE_URL leads to postgres://127.0.0.1:1/okrsite."
    )
    assert "secret" not in done.stdout + done.stderr


def test_without_redis_it_says_so():
    said = stack.why_no_redis(f"redis://{NOBODY}/0")
    assert said.splitlines()[0] == "make stack needs Redis; REDIS_URL leads to redis://127.0.0.1:1/0."


def test_the_first_process_that_ends_gives_its_code():
    running = [sleeper(), sleeper("raise SystemExit(3)")]
    assert stack.first_code(running) == 3
    stack.end(running)


@pytest.mark.parametrize(("code", "given"), [("pass", 1), ("raise SystemExit(7)", 7)])
def test_a_silent_end_is_a_failure_too(code, given):
    assert stack.first_code([sleeper(code)]) == given


def test_ending_leaves_nobody_behind(monkeypatch):
    monkeypatch.setattr(stack, "PATIENCE", 0.5)
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    running = [sleeper(), subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE)]
    running[1].stdout.readline()
    began = time.monotonic()
    stack.end(running)
    assert [process.wait(timeout=5) for process in running] == [-signal.SIGTERM, -signal.SIGKILL]
    assert time.monotonic() - began < 5
    running[1].stdout.close()


def test_a_new_machine_has_the_folder_in_which_the_beat_keeps_its_rounds(tmp_path):
    environment = {
        "DATABASE_URL": f"postgres://nobody@{NOBODY}/okrsite",
        "REDIS_URL": f"redis://{NOBODY}/0",
        "SECRET_KEY": "k" * 40,
        "OKRSITE_VAR": str(tmp_path / "var"),
    }
    asked = "from okrsite.celery import app; print(app.conf.beat_schedule_filename)"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.strip() == str(tmp_path / "var" / "beat-schedule")
    assert (tmp_path / "var").is_dir()
