"""The commands that people, scripts and CI rely on (architecture, section 4)."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

CONTRACT = [
    "run", "demo", "dev", "test", "check", "stack", "bench", "shots", "lock", "audit", "components", "help",
]  # fmt: skip
MAKEFILE = (ROOT / "Makefile").read_text()


def make(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make with none of the caller's settings; what it printed and how it ended."""
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run(["make", *words], cwd=cwd, env=clean, capture_output=True, text=True, timeout=60)


def targets() -> list[str]:
    """Every target that the Makefile says is a command."""
    return re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split()


@pytest.fixture
def clone(tmp_path) -> Path:
    """A folder with a space in its name that holds what make reads before anything is installed."""
    folder = tmp_path / "a b"
    (folder / "static").mkdir(parents=True)
    (folder / "okrsite").mkdir()
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "okrsite/storage.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_every_command_of_the_contract_is_there_and_no_other():
    assert sorted(targets()) == sorted(CONTRACT)


def test_help_is_the_default_and_lists_every_command_with_a_sentence():
    shown = make().stdout
    assert re.findall(r"^  ([a-z]+)  +[A-Z]", shown, re.M) == targets_in_order()
    assert shown == make("help").stdout


def targets_in_order() -> list[str]:
    """The commands as they stand in the Makefile, help first."""
    return re.findall(r"^([a-z]+):", MAKEFILE, re.M)


@pytest.mark.parametrize("target", CONTRACT)
def test_make_can_plan_every_command(target, clone):
    planned = make("--dry-run", target, cwd=clone)
    assert (planned.returncode, planned.stderr) == (0, "")


def test_only_the_demo_has_its_own_place_and_knows_nothing_of_a_real_one(clone):
    """It would mail for real, or say `https` where there is none, and nobody could sign in."""
    plans = {target: make("--dry-run", target, cwd=clone).stdout for target in ("run", "demo")}
    assert ["OKRSITE_VAR=var/demo" in plan for plan in plans.values()] == [False, True]
    (forgotten,) = re.findall(r"unset ([A-Z_ ]+);", plans["demo"])
    known = re.findall(r'env\.\w+\("(\w+)"', (ROOT / "okrsite/settings.py").read_text())
    assert {*forgotten.split(), "OKRSITE_VAR", "OKRSITE_DEBUG", "PORT", "TIME_ZONE"} == set(known)
    assert "unset" not in plans["run"]


def test_packages_are_installed_by_hash_and_only_when_the_lock_changed(clone):
    first = make("--dry-run", "run", cwd=clone).stdout
    assert first.count("--require-hashes -r requirements.txt") == 2  # by uv or by pip
    assert "requirements-dev.txt" not in first
    (clone / ".venv/bin").mkdir(parents=True)
    (clone / "staticfiles").mkdir()
    for made in (".venv/bin/python", ".venv/packages", "staticfiles/staticfiles.json"):
        (clone / made).touch()
    second = make("--dry-run", "run", cwd=clone).stdout
    assert second == ".venv/bin/python manage.py migrate --verbosity 0\nexec .venv/bin/python manage.py serve\n"
    os.utime(clone / "requirements.txt", (2**32, 2**32))
    assert "--require-hashes" in make("--dry-run", "run", cwd=clone).stdout


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_the_extras_that_its_packages_ask_for(lock):
    """Else older pips take the newest release for them, and refuse it since it has no hash here."""
    locked = [Requirement(line) for line in re.findall(r"^([a-z].*?) \\$", (ROOT / lock).read_text(), re.M)]
    extras = {canonicalize_name(package.name): package.extras for package in locked}
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    asked = [Requirement(words) for words in chain(ours, *(requires(package) for package in locked))]
    missing = {
        str(each)
        for each in asked
        if each.extras and each.extras - extras.get(canonicalize_name(each.name), each.extras)
    }
    assert missing == set()
    assert any(extras.values())


def requires(package: Requirement) -> list[str]:
    """What that package asks for on this machine; nothing when it is for another kind of machine."""
    if package.marker and not package.marker.evaluate():
        return []
    wanted = [Requirement(words) for words in metadata.requires(package.name) or []]
    return [
        str(each)
        for each in wanted
        if not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in {"", *package.extras})
    ]


def test_without_python_make_says_what_it_needs(clone):
    answer = make("run", "PYTHON=no-such-python", cwd=clone)
    assert answer.returncode != 0
    assert answer.stdout.splitlines()[0] == (
        "okrsite needs Python 3.11 or newer; found none called no-such-python. Name yours: make run PYTHON=python3.12"
    )


def test_with_an_old_python_make_says_what_it_needs(clone):
    old = clone / "python3"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.version_info = (3, 9, 2); $2"\n')
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    answer = make("run", f"PYTHON={old}", cwd=clone)
    assert answer.returncode != 0
    assert answer.stderr.splitlines()[0] == (
        "okrsite needs Python 3.11 or newer; found 3.9. Name a newer one: make run PYTHON=python3.12"
    )
    assert not (clone / ".venv").exists()


def test_ci_runs_the_same_commands():
    script = (ROOT / ".ci/run").read_text()
    assert re.findall(r"^(?!say|#).*\bmake (\w+)", script, re.M) == ["check", "run", "test", "test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)
