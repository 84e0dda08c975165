"""Without a Chromium the walks are left out, and say how to get one; where one is required they fail."""

import subprocess
import sys

import pytest

from tests.house.tree import ROOT
from tests.journeys.chromium import HOW_TO_GET_ONE

WALK = ["tests/journeys/test_week.py", "-k", "by_digits"]


@pytest.mark.parametrize(
    ("required", "code", "told"),
    [({}, 0, "1 skipped"), ({"OKRSITE_REQUIRE_BROWSER": "1"}, 1, "1 error")],
    ids=["left out", "required"],
)
def test_a_machine_without_chromium_is_told_how_to_get_one(required, code, told, tmp_path):
    words = [sys.executable, "-m", "pytest", *WALK, "-q", "-p", "no:cacheprovider"]
    alone = {"PATH": str(tmp_path), "OKRSITE_VAR": str(tmp_path), **required}
    done = subprocess.run(words, cwd=ROOT, env=alone, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stdout
    assert told in done.stdout.splitlines()[-1]
    assert HOW_TO_GET_ONE in done.stdout
