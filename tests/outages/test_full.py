"""A disk that is full."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.server import Server, running
from tests.outages.asking import Browser, given_back

MOST = 400  # forms that are sent until there is no room


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.getuid() != 0 or not (mount and umount):
        pytest.skip("Only root can mount a small disk.")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("Nothing can be mounted here.")
    yield place
    subprocess.run([umount, place], check=True)


def fill(path: Path) -> None:
    """Write until nothing more can be written."""
    with path.open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 4096)
        except OSError:
            return


def test_a_full_disk_damages_nothing(small_disk, tmp_path):
    """OUT-05: a clear answer, what was acknowledged is there once, reading goes on, and room makes all well."""
    database = small_disk / "okrsite.sqlite3"
    with running(Server(tmp_path, is_demo=True, database_url=f"sqlite:///{database}")) as server:
        browser, kept = Browser(server), []
        fill(small_disk / "filler")
        for number in range(MOST):
            form = browser.new_objective(f"Squeezed in {number:03}", "A long reason. " * 60)
            answer = browser.post("/objectives/new/", form)
            if answer.status != 302:
                break
            kept.append(f"Squeezed in {number:03}")
        assert (answer.status, "There is no room left" in answer.body) == (503, True)
        assert sorted(given_back(answer.body)) == sorted(form)
        assert browser.get("/objectives/").status == 200

        (small_disk / "filler").unlink()
        assert browser.post("/objectives/new/", given_back(answer.body)).status == 302
        assert browser.titles("Squeezed") == [*kept, dict(form)["title"]]
    with sqlite3.connect(database) as looked_at:
        assert looked_at.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    looked_at.close()
