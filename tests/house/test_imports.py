"""The tower: each app imports only from the floors below it, and so does each file inside one."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.tree import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
APPS = SETTINGS["root_packages"]
TOWER, INSIDE = SETTINGS["contracts"]
PLANTED = {
    "core/planted.py": "import people.models",
    "people/rules_planted.py": "from objectives import rules",
    "objectives/rules/planted.py": "from objectives import models",
    "checkins/models/planted.py": "from checkins.views import board",
    "activity/models/planted.py": "from people.models import User",
    "people/letters.py": "from people.actions import invitations",
    "people/viewer.py": "from people import permissions",
    "people/models/planted.py": "from people.viewer import viewer_of",
    "activity/letters.py": "from activity.actions import mail",
    "people/own_name.py": "",
}


def test_the_contract_covers_every_app():
    ours = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert set(APPS) == ours == set(TOWER["layers"])
    assert {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT} == ours


def test_every_folder_and_file_of_an_app_has_its_floor():
    """A module with a name of its own would stand outside the contract."""
    floors = set(re.findall(r"\w+", " ".join(INSIDE["layers"])))
    named = {path.stem for app in INSIDE["containers"] for path in (ROOT / app).iterdir() if is_module(path)}
    assert named - floors - {"migrations", "apps"} == set()
    assert {"urls", "views", "forms", "rows", "actions", "permissions", "models", "rules"} <= named
    assert set(INSIDE["containers"]) == set(APPS) - {"okrsite", "core"}, "These wire and serve; the others are floors."


def is_module(path: Path) -> bool:
    """Whether something in an app's folder is Python to be imported, made by us."""
    return (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()


@pytest.fixture(scope="module")
def broken(tmp_path_factory) -> str:
    """What import-linter says of a house with an upward import on every floor."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", house)
    for app in APPS:
        shutil.copytree(ROOT / app, house / app, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    for name, line in PLANTED.items():
        path = house / name
        path.write_text(f"{line}\n{path.read_text() if path.exists() else ''}")
    linter = Path(sys.executable).parent / "lint-imports"
    words = [str(linter), "--no-cache", "--no-logo"]
    done = subprocess.run(words, cwd=house, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "core.planted -> people.models",
        "people.rules_planted -> objectives.rules",
        "objectives.rules.planted -> objectives.models",
        "checkins.models.planted -> checkins.views.board",
        "activity.models.planted -> people.models",
        "people.letters -> people.actions.invitations",
        "people.viewer -> people.permissions",
        "people.models.planted -> people.viewer",
        "activity.letters -> activity.actions.mail",
        "- people.own_name",
    ],
)
def test_an_upward_import_and_a_module_without_a_floor_are_caught(broken, line):
    assert line in broken
